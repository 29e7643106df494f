"""What became of each gold and each predicted span, on character offsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from ..document import Document, Span
from ..document.pairs import align
from .scores import SemEval

Bounds = tuple[Container[int], Container[int]]
"""The offsets at which tokens start, and those at which they end."""

Standing = tuple[str, bool, bool]
"""``missed``, ``spurious`` or nothing; whether a pair agrees in place; whether in label."""

ERRORS = ("label", "boundary", "both", "segmentation", "missed", "spurious")
SCHEMES = ("strict", "exact", "partial", "type")


@dataclass(frozen=True, slots=True)
class Match:
    """A gold span and its prediction, either of which may be missing.

    ``reachable`` is False where no token of the pipeline starts and ends where the gold span does.
    """

    gold: Span | None
    predicted: Span | None
    reachable: bool = True

    @property
    def same_place(self) -> bool:
        """Both sides are there, with equal start and end."""
        gold, predicted = self.gold, self.predicted
        return bool(
            gold and predicted and gold.start == predicted.start and gold.end == predicted.end
        )

    @property
    def same_label(self) -> bool:
        """Both sides are there, overlap, and carry one label."""
        return bool(self.gold and self.predicted and self.gold.label == self.predicted.label)

    @property
    def kind(self) -> str:
        """``correct``, or one of ``ERRORS``; a gold span out of reach is lost to segmentation."""
        if self.gold is None:
            return "spurious"
        if not self.reachable:
            return "segmentation"
        if self.predicted is None:
            return "missed"
        if self.same_label:
            return "correct" if self.same_place else "boundary"
        return "label" if self.same_place else "both"

    @property
    def label(self) -> str:
        """The gold label, or for a spurious span the predicted one."""
        span = self.gold or self.predicted
        assert span is not None
        return span.label

    @property
    def place(self) -> tuple[int, int]:
        """The stretch that either side covers, in code points."""
        spans = [span for span in (self.gold, self.predicted) if span]
        return min(span.start for span in spans), max(span.end for span in spans)


def match(gold: Document, predicted: Document, bounds: Bounds | None = None) -> list[Match]:
    """Match the spans of one document, in the order of their places.

    ``bounds`` are those of the pipeline's tokens; without them every span counts as reachable.
    """
    return [
        Match(ours, theirs, bounds is None or ours is None or reachable(ours, bounds))
        for ours, theirs in align(gold.spans, predicted.spans)
    ]


def reachable(span: Span, bounds: Bounds) -> bool:
    """Whether tokens start and end where the span does."""
    return span.start in bounds[0] and span.end in bounds[1]


def semeval(matches: Iterable[Match]) -> dict[str, SemEval]:
    """Return the classes under each scheme of SemEval-2013.

    ``strict`` wants place and label, ``exact`` the place, ``type`` the label and an overlap;
    ``partial`` gives half a point for another place.
    """
    return classes(Counter(map(standing, matches)))


def classes(standings: Mapping[Standing, int]) -> dict[str, SemEval]:
    """Return the classes under each scheme from how often each standing was counted."""
    counts: dict[str, Counter[str]] = {scheme: Counter() for scheme in SCHEMES}
    for found, number in standings.items():
        for scheme in SCHEMES:
            counts[scheme][_semeval_class(*found, scheme)] += number
    return {scheme: SemEval(**row) for scheme, row in counts.items()}


def standing(item: Match) -> Standing:
    """Return all that the classes of a match depend on."""
    alone = "spurious" if item.gold is None else "missed" if item.predicted is None else ""
    return alone, item.same_place, item.same_label


def _semeval_class(alone: str, same_place: bool, same_label: bool, scheme: str) -> str:
    if alone:
        return alone
    if scheme == "type":
        return "correct" if same_label else "incorrect"
    if same_place and (scheme != "strict" or same_label):
        return "correct"
    return "partial" if scheme == "partial" else "incorrect"
