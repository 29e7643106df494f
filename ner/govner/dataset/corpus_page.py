"""The corpus page, in the style of the report page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..page import bars, render
from .consistency import UNMARKED, Inconsistency
from .disagreement import EVERYBODY, Disagreement
from .stats import Statistics

TEMPLATES = Path(__file__).parent / "templates"
AROUND = 14  # characters of context on each side of a place
FIRST = 20  # of a long list, how many stand open
STEP = 200  # characters a bar of the histogram of documents


def corpus_page(found: Statistics, *, name: str, most: int = 200) -> str:
    """Return the page; lists longer than ``most`` are cut, their counts are not."""
    return render(
        "corpus.html",
        folder=TEMPLATES,
        title=f"{name}: corpus",
        name=name,
        found=found,
        labels=[label for label, number in found.spans.items() if number],
        document_bars=bars(_histogram(len(doc.text) for doc in found.documents)),
        length_bars={
            label: bars([(str(size), number) for size, number in _tail(lengths)], style=label)
            for label, lengths in found.lengths.items()
            if lengths
        },
        inconsistent=[_inconsistent(found, item) for item in found.inconsistent[:most]],
        first=FIRST,
        everybody=EVERYBODY,
        copies=[_copy(found, *pair) for pair in found.copies[:most]],
        disagreements={
            name: [_disagreement(found, row) for row in rows[:most]]
            for name, rows in found.disagreements.items()
        },
    )


def _histogram(lengths: Iterable[int]) -> list[tuple[str, int]]:
    counts = Counter(length // STEP for length in lengths)
    return [(str(step * STEP), counts[step]) for step in range(max(counts, default=0) + 1)]


def _tail(lengths: Counter[int], most: int = 16) -> list[tuple[int | str, int]]:
    rows: list[tuple[int | str, int]] = [(size, lengths[size]) for size in range(1, most)]
    return [*rows, (f"{most}+", sum(n for size, n in lengths.items() if size >= most))]


def context(document: Document, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before, in and after a place."""
    text = document.text.replace("\n", "¶")
    before = ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start]
    return before, text[start:end], text[end : end + AROUND] + "…" * (end + AROUND < len(text))


def _inconsistent(found: Statistics, item: Inconsistency) -> dict[str, Any]:
    rows = []
    # The rare way first: that is where a mistake would be.
    for place in sorted(item.places, key=lambda place: item.ways[place.label]):
        document = found.documents[place.document]
        where = context(document, place.start, place.end)
        rows.append({"label": place.label, "where": where, "id": document.id})
    ways = [(label, number) for label, number in item.ways.most_common()]
    return {"surface": item.surface, "ways": ways, "places": rows, "unmarked": UNMARKED}


def _copy(found: Statistics, left: int, right: int, similarity: float) -> dict[str, Any]:
    sides = [found.documents[place] for place in (left, right)]
    return {"similarity": similarity, "sides": [(doc.id, doc.text[:40]) for doc in sides]}


def _disagreement(found: Statistics, row: Disagreement) -> dict[str, Any]:
    document = found.documents[row.document]

    def side(span: Span | None) -> tuple[str, str] | None:
        return (span.label, document.surface(span)) if span else None

    pairs = []
    for gold, other in row.pairs:
        spans = [span for span in (gold, other) if span]
        low, high = min(s.start for s in spans), max(s.end for s in spans)
        pairs.append(
            {
                "gold": side(gold),
                "other": side(other),
                "rule": other.source if other else "",
                "where": context(document, low, high),
            }
        )
    return {"id": document.id, "share": row.share, "opening": document.text[:40], "pairs": pairs}
