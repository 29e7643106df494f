"""Slices: the same scores for the spans of one kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ..document import Document, Span

Slicer = Callable[[Document, Span], str]
MOST = 12  # values of a slice that are shown
REST = "other"  # what the others are called together
LENGTHS = ((1, "1"), (2, "2"), (3, "3"), (6, "4–6"), (10, "7–10"))
_COLUMN = re.compile(r"\[([^\]]+)\]")
_PAIRS = {"《": "》", "“": "”", "〈": "〉", "「": "」"}
_ROUND = {"（": "）", "(": ")", "【": "】", "[": "]"}
_MARKS = frozenset("".join([*_PAIRS, *_PAIRS.values(), *_ROUND, *_ROUND.values()]))


def slicers(gold: Sequence[Document], train: Iterable[Document] | None = None) -> dict[str, Slicer]:
    """Return the slices that these documents have.

    ``seen`` needs training documents; ``source``, ``column`` and ``type`` come from ``meta`` and
    are left out where all documents have one value.
    """
    table: dict[str, Slicer] = {}
    if train is not None:
        known = {(span.label, doc.surface(span)) for doc in train for span in doc.spans}
        table["seen"] = lambda document, span: (
            "seen" if (span.label, document.surface(span)) in known else "unseen"
        )
    table["length"] = length
    table["context"] = _context(gold)
    table["nested"] = _nested(gold)
    for name, value in (("source", source), ("column", column), ("type", kind)):
        values = {doc.id: value(doc) for doc in gold}
        if len(set(values.values())) > 1:
            table[name] = _by_document(values)
    return table


def length(document: Document, span: Span) -> str:
    """Return the class of a span's length in characters."""
    size = span.end - span.start
    return next((name for most, name in LENGTHS if size <= most), "11+")


def source(document: Document) -> str:
    """Return ``meta.source`` without what stands in brackets behind it."""
    return re.split(r"[\[(（]", str(document.meta.get("source") or "–"), maxsplit=1)[0].strip()


def column(document: Document) -> str:
    """Return ``meta.column``, or what stands in square brackets in the source."""
    if document.meta.get("column"):
        return str(document.meta["column"])
    found = _COLUMN.search(str(document.meta.get("source") or ""))
    return found[1] if found else "–"


def kind(document: Document) -> str:
    """Return the document's type, from ``meta.type``, ``meta.register`` or ``meta.genre``."""
    keys = ("type", "register", "genre")
    return str(next((document.meta[key] for key in keys if document.meta.get(key)), "–"))


def _by_document(values: dict[str, str]) -> Slicer:
    common = {value for value, _ in Counter(values.values()).most_common(MOST)}
    names = {key: value if value in common else REST for key, value in values.items()}
    return lambda document, span: names[document.id]


def _context(gold: Sequence[Document]) -> Slicer:
    edges = {
        doc.id: ({span.end for span in doc.spans}, {span.start for span in doc.spans})
        for doc in gold
    }

    def context(document: Document, span: Span) -> str:
        text = document.text
        if _inside(_PAIRS, text, span):
            return "quoted"
        if _inside(_ROUND, text, span):
            return "brackets"
        if "、" in (text[span.start - 1 : span.start], text[span.end : span.end + 1]):
            return "list"
        ends, starts = edges[document.id]
        return "chain" if span.start in ends or span.end in starts else "plain"

    return context


def _nested(gold: Sequence[Document]) -> Slicer:
    """Tell spans that hold a shorter known name, or quotes and brackets, from plain ones.

    Known is what stands alone as a span of any label somewhere in the same gold.
    """
    known = {surface for doc in gold for s in doc.spans if len(surface := doc.surface(s)) > 1}

    @cache
    def nested(surface: str) -> str:
        if any(character in _MARKS for character in surface):
            return "marks"
        pieces = (surface[a:b] for a in range(len(surface)) for b in range(a + 2, len(surface) + 1))
        return "name" if any(p in known for p in pieces if p != surface) else "flat"

    return lambda document, span: nested(document.surface(span))


def _inside(pairs: Mapping[str, str], text: str, span: Span) -> bool:
    """Whether a pair of marks opens before the span and closes behind it."""
    before, behind = text[max(0, span.start - 30) : span.start], text[span.end : span.end + 30]
    for opening, closing in pairs.items():
        at = before.rfind(opening)
        if at >= 0 and closing not in before[at:]:
            first = behind.find(closing)
            if first >= 0 and opening not in behind[:first]:
                return True
    return False
