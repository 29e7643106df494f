"""What proposals are worth as lessons: the sure ones are kept, the unsure stretches left open.

A stretch that stands in ``meta["unknown"]`` teaches nothing: the model sums over all taggings that
agree with the rest (Tsuboi et al., 2008).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..document import Document, Span

_TAIL = 2  # characters that tell a missed name by its end
_LEAST_RIGHT, _MOST_MISSED = 0.7, 0.4
_BEFORE, _AFTER = 14, 4  # characters that an unsure stretch reaches out at most
_BOUNDS = frozenset("，。；：、！？“”‘’《》（）,;:!?()\n\t 　")


@dataclass(frozen=True)
class Doubt:
    """What the corrected corpus teaches about proposals.

    ``rules`` are those that people often overrule; ``endings`` the last characters of the names
    that were missed or cut wrongly.
    """

    rules: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Iterable[tuple[str, bool]], names: Iterable[tuple[str, bool]]) -> Doubt:
        """Learn from cases: a rule and whether its span was right, a name and whether it was found.

        A rule is weak below ``_LEAST_RIGHT``, an ending above ``_MOST_MISSED``, both counted with
        one good and one bad case more than there were; what went wrong but once does not count.
        """
        wrong = _shares((rule, not right) for rule, right in rules)
        missed = _shares((name[-_TAIL:], not found) for name, found in names)
        return cls(
            frozenset(rule for rule, share in wrong.items() if share > 1 - _LEAST_RIGHT),
            frozenset(ending for ending, share in missed.items() if share > _MOST_MISSED),
        )


def _shares(cases: Iterable[tuple[str, bool]]) -> dict[str, float]:
    bad: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, is_bad in cases:
        bad[name] += is_bad
        total[name] += 1
    return {name: (bad[name] + 1) / (total[name] + 2) for name in total if bad[name] > 1}


def leave_open(documents: Iterable[Document], doubt: Doubt) -> Iterator[Document]:
    """Take unsure proposals from documents and name the stretches that stay open.

    ``meta["unknown"]`` holds them as ``[start, end]``, sorted, apart from each other and from the
    spans that are kept.
    """
    for document in documents:
        sure = tuple(span for span in document.spans if span.source not in doubt.rules)
        unsure = [span for span in document.spans if span.source in doubt.rules]
        stretches = [_around(document.text, sure, span.start, span.end) for span in unsure]
        stretches += _suspects(document.text, sure, doubt.endings)
        meta = {**document.meta, "unknown": _joined(stretches)}
        yield replace(document, spans=sure, meta=meta)


def _suspects(
    text: str, sure: tuple[Span, ...], endings: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Find what ends like a missed name and is not in a span."""
    covered = bytearray(len(text))
    for span in sure:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    for start in range(len(text) - _TAIL + 1):
        end = start + _TAIL
        if text[start:end] in endings and not any(covered[start:end]):
            yield _around(text, sure, start, end, after=0)


def _around(
    text: str, sure: tuple[Span, ...], start: int, end: int, after: int = _AFTER
) -> tuple[int, int]:
    """Widen a stretch to the bounds of its clause and to the sure spans beside it."""
    left = max((span.end for span in sure if span.end <= start), default=0)
    right = min((span.start for span in sure if span.start >= end), default=len(text))
    first, last = start, end
    while first > max(left, start - _BEFORE) and text[first - 1] not in _BOUNDS:
        first -= 1
    while last < min(right, end + after) and text[last] not in _BOUNDS:
        last += 1
    return first, last


def _joined(stretches: Iterable[tuple[int, int]]) -> list[list[int]]:
    joined: list[list[int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined
