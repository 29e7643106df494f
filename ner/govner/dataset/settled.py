"""What a guideline settles, held against the gold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..document import Document, Span

AROUND = 14  # characters of context on each side of a place


@dataclass(frozen=True)
class Settled:
    """A section: its examples, how many places of the gold hold one, and those that differ.

    ``against`` holds the example, the stretch of gold around the place, and its document's id.
    """

    section: str
    examples: int
    places: int = 0
    against: list[tuple[Document, Document, str]] = field(default_factory=list)


def excerpt(document: Document, start: int, end: int) -> Document:
    """Cut out a place with its context, so that no span is cut."""
    low, high = max(0, start - AROUND), min(len(document.text), end + AROUND)
    low = max((s.start for s in _across(document.spans, low)), default=low)
    high = min((s.end for s in _across(document.spans, high)), default=high)
    inside = [s.shift(-low) for s in document.spans if low <= s.start and s.end <= high]
    return Document(document.id, document.text[low:high], tuple(inside))


def _across(spans: Iterable[Span], edge: int) -> list[Span]:
    return [span for span in spans if span.start < edge < span.end]
