"""One row of the roster."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

EVENTS = ("holds", "appointed", "removed")
COLUMNS = (
    "person",
    "post",
    "body",
    "place",
    "event",
    "document",
    "date",
    "start",
    "end",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A person, a post, and what the document says of the two.

    ``body`` and ``place`` are as written in the document, the body carried over where a list of
    posts leaves it out; either may be empty. ``evidence`` is the text from the first to the last
    of its spans, white space made one; ``start`` and ``end`` are where it stands on the raw page
    (code points, half-open).
    """

    person: str
    post: str
    body: str
    place: str
    event: str
    document: str = ""
    date: str = ""
    start: int = 0
    end: int = 0
    evidence: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two facts of a document the same: person, post, body, event."""
        return (self.person, self.post, self.body, self.event)

    def to_record(self) -> dict[str, Any]:
        """Return the row as a dictionary in the order of ``COLUMNS``."""
        return asdict(self)
