"""A text with its spans, what is known about it, and its place on the raw page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from .errors import BadSpan, OverlappingSpans
from .offsets import OffsetMap
from .span import Span

LABELS = ("PERSON", "TITLE", "ORG")
STATES = ("raw", "proposed", "corrected")


def document_id(text: str) -> str:
    """Return the id of a clean text: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text with flat spans.

    Spans are sorted by place. Raises ``BadSpan`` for a span that is empty, lies outside the text,
    or starts or ends on white space, and ``OverlappingSpans`` where two share a character.
    """

    id: str
    text: str
    spans: tuple[Span, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    state: str = "raw"
    map: OffsetMap | None = None

    def __post_init__(self) -> None:
        spans = tuple(sorted(self.spans))
        object.__setattr__(self, "spans", spans)
        for span in spans:
            self._check(span)
        for left, right in pairwise(spans):
            if left.overlaps(right):
                raise OverlappingSpans(document=self.id, left=left, right=right, text=self.text)

    def _check(self, span: Span) -> None:
        if not 0 <= span.start < span.end <= len(self.text):
            raise BadSpan(
                document=self.id, span=span, why=f"is not inside its text of {len(self.text)}"
            )
        if self.text[span.start].isspace() or self.text[span.end - 1].isspace():
            raise BadSpan(document=self.id, span=span, why="starts or ends on white space")

    def with_spans(self, spans: Iterable[Span], *, state: str | None = None) -> Document:
        """Return the same document with other spans, and another state if one is given."""
        return replace(self, spans=tuple(spans), state=state or self.state)

    def surface(self, span: Span) -> str:
        """Return the characters that a span covers."""
        return self.text[span.start : span.end]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``start`` to ``end`` stood on the raw page, in code points.

        A document that was not ingested is its own raw page.
        """
        return self.map.raw_span(start, end) if self.map else (start, end)
