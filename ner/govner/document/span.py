"""A labelled stretch of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A labelled stretch of a document's text.

    ``start`` and ``end`` are Unicode code points, half-open. ``source`` names who proposed it:
    a rule's id, an annotator, a model. Spans sort by place.
    """

    start: int
    end: int
    label: str
    source: str = ""

    @property
    def key(self) -> tuple[int, int, str]:
        """What strict matching compares: start, end, label."""
        return (self.start, self.end, self.label)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character; neighbours (国务院|总理) do not."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """Return the same span, ``by`` code points further on."""
        return Span(self.start + by, self.end + by, self.label, self.source)
