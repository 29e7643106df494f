"""The one place where candidates that exclude each other are settled."""

from __future__ import annotations

from typing import NamedTuple

from ..document import Span


class Candidate(NamedTuple):
    """A possible span with its priority: the lower wins, then the longer."""

    start: int
    end: int
    label: str
    rule: str
    priority: int


class Resolution(NamedTuple):
    """The spans that stay, and those that do not, each with the reason."""

    spans: list[Span]
    losers: list[tuple[Span, str]]


def resolve(
    text: str, candidates: list[Candidate], masked: list[tuple[int, int]], disabled: frozenset[str]
) -> Resolution:
    """Choose by priority, then length, then place, then name; a masked stretch holds no span."""
    spans: list[Span] = []
    losers: list[tuple[Span, str]] = []
    taken = bytearray(len(text))
    for start, end in masked:
        taken[start:end] = b"\2" * (end - start)
    owner: dict[int, Span] = {}
    # To the last: of two that are alike but for their rule the same one wins in every process.
    order = sorted(set(candidates), key=lambda c: (c.priority, c.start - c.end, *c))
    for start, end, label, rule, _ in order:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        span = Span(start, end, label, rule)
        if rule in disabled:
            losers.append((span, "the rule is switched off"))
            continue
        stretch = taken[start:end]
        if any(stretch):
            if 1 in stretch:
                other = owner[start + stretch.index(1)]
                if other.key == span.key:
                    if other.source != rule:
                        losers.append((span, f"{other.source} has said the same"))
                    continue
                losers.append(
                    (span, f"{text[other.start : other.end]} ({other.source}) comes first")
                )
            else:
                losers.append((span, "it stands inside a title of a work, a thought or a session"))
            continue
        taken[start:end] = b"\1" * (end - start)
        for place in range(start, end):
            owner[place] = span
        spans.append(span)
    spans.sort()
    return Resolution(spans, losers)
