"""A grammar of marked text: sections of alternatives that name one another.

A pattern file holds sections; a line is one alternative, ``3| …`` counts threefold, and a header
``[name:]`` with a colon is followed by plain words parted by white space. In an alternative

- ``{name}`` is an alternative of the section, ``{name*2-4}`` two to four different ones, and
  ``{name?30}`` stands there in 30 of 100 cases;
- ``{x=name}`` keeps what was drawn as ``{x}`` to the end of the alternative, ``{!x=name}`` keeps it
  without writing it;
- a section named by one Latin letter is a role: it stays the same to the end of the document;
- ``{x.short}`` is the form after ``~``, ``{x.bare}`` the form without marks;
- ``<one|other|>`` is one of them, ``¶`` ends a paragraph, ``␣`` is a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random

from ..document.errors import BadInput

_PLAIN = re.compile(r"[^<>{}]+")
_INNER = re.compile(r"[^<>{}|]+")
_HEADER = re.compile(r"\[(\w+)(:?)\]")
_WEIGHT = re.compile(r"(\d+)\| ")
_REFERENCE = re.compile(
    r"(?P<silent>!)?(?:(?P<bind>\w+)=)?(?P<name>\w+)(?P<forms>(?:\.\w+)*)"
    r"(?:\*(?P<least>\d+)(?:-(?P<most>\d+))?)?(?:\?(?P<chance>\d+))?"
)
_MARK = re.compile(r"\[([^\[\]]+)\]\([A-Z]+\)")


@dataclass(frozen=True)
class Value:
    """Marked text, and the other forms in which the same thing may be named."""

    text: str
    forms: Mapping[str, str] = field(default_factory=dict, hash=False)

    def form(self, names: Iterable[str]) -> str:
        """Return the text, or the form that the names lead to; one that is missing is the text."""
        text = self.text
        for name in names:
            text = _MARK.sub(r"\1", text) if name == "bare" else self.forms.get(name, text)
        return text


# Makes something that no alternative can list, as a person's name.
Maker = Callable[[Random], Value]


@dataclass(frozen=True)
class _Reference:
    name: str
    bind: str
    silent: bool
    forms: tuple[str, ...]
    least: int
    most: int
    chance: int


@dataclass(frozen=True)
class _Choice:
    options: tuple[_Parts, ...]


_Parts = tuple["str | _Reference | _Choice", ...]


@dataclass(frozen=True)
class _Section:
    alternatives: tuple[tuple[_Parts, ...], ...]
    weights: tuple[int, ...]


class Grammar:
    """Pattern files, read and ready; ``makers`` and ``words`` add sections from outside.

    ``words`` have weights.

    Raises ``BadInput`` for a line that does not parse and for a name that no section has.
    """

    def __init__(
        self,
        files: Iterable[Path],
        *,
        makers: Mapping[str, Maker] | None = None,
        words: Mapping[str, Mapping[Value, float]] | None = None,
    ) -> None:
        self.makers = dict(makers or {})
        for name, values in (words or {}).items():
            self.makers[name] = _drawer(values)
        self.sections: dict[str, _Section] = {}
        for path in files:
            self._read(path)
        missing = self.missing()
        if missing:
            hint = "add it, or mend the name"
            raise BadInput(path="the patterns", why=f"no section {missing[0]}", hint=hint)

    def _read(self, path: Path) -> None:
        lines: dict[str, list[tuple[_Parts, ...]]] = {}
        weights: dict[str, list[int]] = {}
        name, listed = "", False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            header = _HEADER.fullmatch(line.strip())
            if header:
                name, listed = header[1], bool(header[2])
                if name in lines or name in self.sections or name in self.makers:
                    raise _bad(path, number, f"the section {name} stands there twice")
                lines[name], weights[name] = [], []
            elif line.strip() and not line.startswith("#"):
                if not name:
                    raise _bad(path, number, "an alternative without a section")
                for text in line.split() if listed else [line.strip()]:
                    weight = _WEIGHT.match(text)
                    weights[name].append(int(weight[1]) if weight else 1)
                    lines[name].append(_forms(text[weight.end() if weight else 0 :], path, number))
        for name, alternatives in lines.items():
            self.sections[name] = _Section(tuple(alternatives), tuple(weights[name]))

    def names(self) -> frozenset[str]:
        """Return the names of all sections, those from outside included."""
        return frozenset(self.sections) | frozenset(self.makers)

    def missing(self) -> list[str]:
        """Return what the alternatives name and no section is, sorted."""
        named: set[str] = set()
        for section in self.sections.values():
            for forms in section.alternatives:
                bound: set[str] = set()
                used: set[str] = set()
                for parts in forms:
                    _collect(parts, bound, used)
                named |= used - bound
        return sorted(named - self.names())

    def draw(self, name: str, random: Random) -> str:
        """Return one expansion of a section as marked text; roles are new each time."""
        return self.value(name, random).text

    def value(self, name: str, random: Random) -> Value:
        """Return one expansion of a section, with its other forms."""
        return _Drawing(self, random).section(name)


class _Drawing:
    """One document in the making: its roles, and what the open alternatives have kept."""

    def __init__(self, grammar: Grammar, random: Random) -> None:
        self.grammar, self.random = grammar, random
        self.kept: list[dict[str, Value]] = [{}]

    def section(self, name: str) -> Value:
        maker = self.grammar.makers.get(name)
        if maker is not None:
            return maker(self.random)
        section = self.grammar.sections[name]
        return self.alternative(self.random.choices(section.alternatives, section.weights)[0])

    def alternative(self, forms: tuple[_Parts, ...]) -> Value:
        self.kept.append({})
        texts = [self.parts(parts) for parts in forms]
        self.kept.pop()
        return Value(texts[0], {"short": texts[1]} if len(texts) > 1 else {})

    def parts(self, parts: _Parts) -> str:
        written = []
        for part in parts:
            if isinstance(part, str):
                written.append(part)
            elif isinstance(part, _Choice):
                written.append(self.parts(self.random.choice(part.options)))
            elif not part.chance or self.random.randrange(100) < part.chance:
                written.append(self.reference(part))
        return "".join(written)

    def reference(self, part: _Reference) -> str:
        value = self.value(part)
        if part.bind:
            # A role that is kept at the top of a document holds for all of it.
            self.kept[0 if _is_role(part.bind) and part.silent else -1][part.bind] = value
        return "" if part.silent else value.form(part.forms)

    def value(self, part: _Reference) -> Value:
        for kept in reversed(self.kept):
            if part.name in kept:
                return kept[part.name]
        if (part.least, part.most) != (1, 1):
            return Value("".join(self.several(part)))
        value = self.section(part.name)
        if _is_role(part.name):
            self.kept[0][part.name] = value
        return value

    def several(self, part: _Reference) -> list[str]:
        count = self.random.randint(part.least, part.most)
        section = self.grammar.sections.get(part.name)
        if section is None or len(section.alternatives) < count:
            return [self.section(part.name).form(part.forms) for _ in range(count)]
        chosen: list[int] = []
        places = range(len(section.alternatives))
        while len(chosen) < count:
            place = self.random.choices(places, section.weights)[0]
            if place not in chosen:
                chosen.append(place)
        return [self.alternative(section.alternatives[place]).form(part.forms) for place in chosen]


def _is_role(name: str) -> bool:
    return len(name) == 1 and name.isascii()


def _drawer(words: Mapping[Value, float]) -> Maker:
    values, weights = list(words), list(accumulate(words.values()))
    return lambda random: random.choices(values, cum_weights=weights)[0]


def _forms(text: str, path: Path, line: int) -> tuple[_Parts, ...]:
    return tuple(_compile(form.strip(), path, line) for form in text.split(" ~ "))


def _compile(text: str, path: Path, line: int) -> _Parts:
    return _Parser(text, path, line).parts(stop="")


class _Parser:
    """Reads one alternative from left to right; choices may stand inside choices."""

    def __init__(self, text: str, path: Path, line: int) -> None:
        self.text, self.path, self.line = text, path, line
        self.position = 0

    def parts(self, stop: str) -> _Parts:
        parts: list[str | _Reference | _Choice] = []
        while self.position < len(self.text) and self.text[self.position] not in stop:
            plain = (
                _PLAIN.match(self.text, self.position)
                if not stop
                else _INNER.match(self.text, self.position)
            )
            if plain:
                self.position = plain.end()
                parts.append(plain[0].replace("¶", "\n").replace("␣", " "))
            else:
                parts.append(self.token())
        return tuple(parts)

    def token(self) -> _Reference | _Choice:
        start = self.position
        self.position += 1
        if self.text[start] == "<":
            options = [self.parts(stop="|>")]
            while self.text[self.position : self.position + 1] == "|":
                self.position += 1
                options.append(self.parts(stop="|>"))
            if self.text[self.position : self.position + 1] == ">":
                self.position += 1
                return _Choice(tuple(options))
        elif self.text[start] == "{" and (end := self.text.find("}", start)) > 0:
            self.position = end + 1
            return _reference(self.text[start + 1 : end], self.path, self.line)
        raise _bad(self.path, self.line, f"a stray bracket near {self.text[start : start + 20]!r}")


def _reference(text: str, path: Path, line: int) -> _Reference:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise _bad(path, line, f"{{{text}}} is no reference")
    return _Reference(
        name=match["name"],
        bind=match["bind"] or "",
        silent=bool(match["silent"]),
        forms=tuple(match["forms"].split(".")[1:]),
        least=int(match["least"] or 1),
        most=int(match["most"] or match["least"] or 1),
        chance=int(match["chance"] or 0),
    )


def _collect(parts: _Parts, bound: set[str], used: set[str]) -> None:
    for part in parts:
        if isinstance(part, _Choice):
            for option in part.options:
                _collect(option, bound, used)
        elif isinstance(part, _Reference):
            used.add(part.name)
            if part.bind:
                bound.add(part.bind)


def _bad(path: Path, line: int, why: str) -> BadInput:
    return BadInput(path=f"{path}, line {line}", why=why, hint="mend the pattern")
