"""What a person adds without touching code: own words and switched-off rules, in a TOML file.

[words]                         # or lists of files, one word a line, in [files]
bodies = ["天衡研究院"]
not_bodies = ["联席办"]

[rules]
off = ["person.shape"]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from ..document.errors import BadConfig
from .knowledge import Knowledge
from .rule import read_rules
from .sections import NOT
from .text import normalise

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

POSITIVE = ("persons", "posts", "bodies", "places", "fields", "announcers")
KINDS = (*POSITIVE, *NOT)
_TABLES = ("words", "files", "rules")
_LINE = re.compile(r"at line (\d+)")


class _Word(NamedTuple):
    text: str
    path: Path
    line: int


def load_knowledge(path: str | Path) -> Knowledge:
    """Return the shipped lexicons with what a TOML file adds to them and takes away.

    Paths in it are relative to it. Raises ``BadConfig``, with file and line, for a file that
    cannot be read, for keys, kinds and rules that are not known, and for words that are none.
    """
    own = _Own(Path(path))
    words = own.words()
    _refuse_contradictions(words)
    extra = {kind: tuple(dict.fromkeys(w.text for w in words[kind])) for kind in words}
    return Knowledge(extra=extra, disabled=own.disabled())


class _Own:
    """One TOML file, with the lines that its values stand in."""

    def __init__(self, path: Path) -> None:
        self.path, self.source = path, _read(path)
        try:
            self.tables: dict[str, Any] = tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            line = int(found.group(1)) if found else self.source.count("\n") + 1
            raise _bad(path, line, f"it is no TOML ({error})", "mend it there") from error
        self._check_keys()

    def words(self) -> dict[str, list[_Word]]:
        """Return all words by their kinds, those of the files after those of the file itself."""
        words: dict[str, list[_Word]] = {}
        for kind, values in self.tables.get("words", {}).items():
            words[kind] = [self._word(kind, value) for value in self._list("words", kind, values)]
        for kind, values in self.tables.get("files", {}).items():
            for name in self._list("files", kind, values):
                words.setdefault(kind, []).extend(_read_words(self.path.parent / name))
        return words

    def disabled(self) -> frozenset[str]:
        """Return the ids of the rules that are switched off."""
        off = self._list("rules", "off", self.tables.get("rules", {}).get("off", []))
        known = [rule.id for rule in read_rules()]
        for name in off:
            self._check(name, known, "rule", self._line("[rules]", "off", name))
        return frozenset(off)

    def _check_keys(self) -> None:
        for table, values in self.tables.items():
            line = self._line(table if f"[{table}]" not in self.source else f"[{table}]")
            self._check(table, _TABLES, "table", line)
            if not isinstance(values, dict):
                raise _bad(self.path, line, f"{table} is a value", f"write a table [{table}]")
            for key in values:
                known = ("off",) if table == "rules" else KINDS
                self._check(key, known, "key", self._line(f"[{table}]", key))

    def _check(self, name: str, known: Iterable[str], what: str, line: int) -> None:
        if name not in known:
            near = get_close_matches(name, list(known), 1, 0.0)[0]
            raise _bad(self.path, line, f"there is no {what} {name!r}", f"did you mean {near!r}?")

    def _list(self, table: str, key: str, values: Any) -> list[str]:
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return values
        why = f"{key} in [{table}] is no list of strings"
        raise _bad(self.path, self._line(f"[{table}]", key), why, f'write {key} = ["…"]')

    def _word(self, kind: str, text: str) -> _Word:
        return _checked(text, self.path, self._line("[words]", kind, text))

    def _line(self, *way: str) -> int:
        """Return the line of the last of table, key and value, each sought after the one before."""
        lines = self.source.splitlines()
        at = 0
        for step in way:
            begins = (n for n in range(at, len(lines)) if lines[n].strip().startswith(step))
            holds = (n for n in range(at, len(lines)) if step in lines[n])
            at = next(begins, next(holds, at))
        return at + 1


def _read_words(path: Path) -> Iterator[_Word]:
    """Read one word a line; ``#`` starts a comment line."""
    for number, line in enumerate(_read(path).splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _checked(line.strip(), path, number)


def _checked(text: str, path: Path, line: int) -> _Word:
    word = normalise(text)
    if len(word) < 2 or any(character.isspace() for character in word):
        why = f"{text!r} is no word"
        raise _bad(path, line, why, "give two characters or more, without white space")
    return _Word(word, path, line)


def _refuse_contradictions(words: dict[str, list[_Word]]) -> None:
    for kind in NOT.keys() & words.keys():
        opposite = {w.text: w for w in words.get(kind.removeprefix("not_"), [])}
        for word in words[kind]:
            if word.text in opposite:
                other = opposite[word.text]
                why = f"{word.text} stands in {kind} and, {other.path}, line {other.line}, outside"
                raise _bad(word.path, word.line, why, "keep one of the two")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _bad(path, line, "it is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        why = f"cannot be read ({error.strerror or error})"
        raise BadConfig(path=path, why=why, hint="check the path") from error


def _bad(path: Path, line: int, why: str, hint: str) -> BadConfig:
    return BadConfig(path=f"{path}, line {line}", why=why, hint=hint)
