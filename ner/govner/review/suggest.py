"""What corrections teach the rules: words to add, words that are none, rules to switch off."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..document import Document
from .changes import Change, Changes
from .wilson import wilson

WORDS = {"PERSON": "persons", "TITLE": "posts", "ORG": "bodies"}  # a label's own words
SHARE = 0.9  # of a word's free occurrences that must be marked so before it is suggested
_HEAD = """\
# What people's corrections suggest; written by `govner compare --suggest`.
# Review every line, delete what is true of these documents only, then:
#   govner annotate DOCUMENTS --rules THIS_FILE
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word for the rules' lexicons, or a rule to switch off (``kind`` is then ``off``)."""

    kind: str
    name: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class _Use:
    """How a word stands in the corrected texts: under each label, inside longer spans, free."""

    marked: Counter[str]
    inside: int
    free: int

    def share(self, label: str) -> float:
        """Of its occurrences outside longer spans, how many have the label."""
        total = self.marked.total() + self.free
        return self.marked[label] / total if total else 0.0


def suggest(
    found: Changes,
    corrected: Iterable[Document],
    *,
    rules: Collection[str],
    fold: Callable[[str], str] = str,
) -> list[Entry]:
    """Return what the changes in ``corrected`` teach, the most frequent of each kind first.

    A word is to be added that was missed, or proposed otherwise, and that bears its label nearly
    wherever it stands free; one is none that was taken away and is marked nowhere. A rule of
    ``rules`` is to be switched off where even the upper end of its precision's interval is below
    one half. ``fold`` brings words to the form in which the rules read them, place by place.
    """
    put, taken = _count(found.items, fold)
    uses = _uses({word for _, word in (*put, *taken)}, corrected, fold)
    added = [
        Entry(WORDS[label], word, number, _why_word(label, number, uses[word]))
        for (label, word), number in put.items()
        if uses[word].share(label) >= SHARE
    ]
    none = [
        Entry(f"not_{WORDS[label]}", word, number, f"taken away {_times(number)}, marked nowhere")
        for (label, word), number in taken.items()
        if not uses[word].marked and not uses[word].inside
    ]
    return sorted([*added, *none, *_off(found, rules)], key=_order)


def to_toml(entries: Sequence[Entry], *, documents: int) -> str:
    """Return the entries as a rules file, each on a line of its own with its reason."""
    lines = [_HEAD + f"# From {documents:,} corrected documents.\n", "[words]"]
    kinds = dict.fromkeys(entry.kind for entry in entries if entry.kind != "off")
    for kind in kinds:
        lines += _list(kind, entries)
    lines += ["", "[rules]", *_list("off", entries)]
    return "\n".join(lines) + "\n"


def _list(kind: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield f"{kind} = ["
    for entry in entries:
        if entry.kind == kind:
            yield f"    {json.dumps(entry.name, ensure_ascii=False)},  # {entry.why}"
    yield "]"


def _order(entry: Entry) -> tuple[Any, ...]:
    group = (entry.kind == "off", entry.kind.startswith("not_"), entry.kind)
    return (*group, -entry.count, entry.name)


_Words = Counter[tuple[str, str]]  # by label and word


def _count(items: Iterable[Change], fold: Callable[[str], str]) -> tuple[_Words, _Words]:
    """Count how often a word was put in where it was not proposed so, and how often taken away."""
    put, taken = _Words(), _Words()
    for change in items:
        before, after = (fold(surface) for surface in change.surfaces)
        if change.kind == "deleted" and _is_word(before):
            taken[change.label, before] += 1
        elif change.kind != "kept" and change.corrected and _is_word(after):
            put[change.corrected.label, after] += 1
    return put, taken


def _is_word(text: str) -> bool:
    """Whether a rules file can hold it: two characters or more, none of them white space."""
    return len(text) > 1 and text.isprintable() and not any(map(str.isspace, text))


def _uses(
    words: Collection[str], documents: Iterable[Document], fold: Callable[[str], str]
) -> dict[str, _Use]:
    """See how each word stands in all corrected texts."""
    import ahocorasick

    marked: dict[str, Counter[str]] = defaultdict(Counter)
    inside, free = Counter[str](), Counter[str]()
    if not words:
        return {}
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    for document in documents:
        exact = {(span.start, span.end): span.label for span in document.spans}
        covered = {place for span in document.spans for place in range(span.start, span.end)}
        for last, word in automaton.iter(fold(document.text)):
            start, end = last + 1 - len(word), last + 1
            if label := exact.get((start, end)):
                marked[word][label] += 1
            elif covered.isdisjoint(range(start, end)):
                free[word] += 1
            else:
                inside[word] += 1
    return {word: _Use(marked[word], inside[word], free[word]) for word in words}


def _why_word(label: str, number: int, use: _Use) -> str:
    total = use.marked.total() + use.free
    return f"put in {_times(number)}; {label} in {use.marked[label]:,} of {total:,} places"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _off(found: Changes, rules: Collection[str]) -> Iterator[Entry]:
    for rule, counts in found.by_rule().items():
        total = counts.total()
        low, high = wilson(counts["kept"], total)
        if rule in rules and high < 0.5:
            why = f"{counts['kept']:,} of {total:,} kept, 95 % interval {low:.0%} to {high:.0%}"
            yield Entry("off", rule, total, why)
