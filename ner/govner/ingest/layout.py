"""The order in which the lines of a sheet are read: cut at gutters, then at gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol, TypeVar

_GUTTER = 5.0  # points; narrower white space is between words
_DEEPEST = 40
_LARGE = 1.4  # times the usual height
_MOST_ROWS = 80  # beyond these a sheet is no newspaper page, and every run would cost too much


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a sheet, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Boxed(Protocol):
    """Anything with a place."""

    @property
    def box(self) -> Box:
        """Where it stands."""


T = TypeVar("T", bound=Boxed)


def reading_order(items: Sequence[T], *, depth: int = 0) -> list[T]:
    """Put the lines of a sheet in reading order: columns from the left, each from the top.

    White space from top to bottom parts columns; where there is none, the sheet is cut across,
    best where a part below or above falls into columns (a heading over two columns).
    """
    if len(items) < 2 or depth > _DEEPEST:
        return sorted(items, key=lambda item: (item.box.top, item.box.left))
    parts = _split_at_headlines(items) or _split(items, across=False) or _split_across(items)
    if not parts:
        return sorted(items, key=lambda item: (round(item.box.top), item.box.left))
    return [item for part in parts for item in reading_order(part, depth=depth + 1)]


def _split_at_headlines(items: Sequence[T]) -> list[list[T]] | None:
    """Cut above and below rows of nothing but large type: no column runs past a headline."""
    usual = median(_height(item) for item in items)
    parts: list[list[T]] = []
    before = None
    for row in _split(items, across=True) or []:
        large = all(_height(item) > _LARGE * usual for item in row)
        if large == before:
            parts[-1] += row
        else:
            parts.append(list(row))
        before = large
    return parts if len(parts) > 1 else None


def _height(item: Boxed) -> float:
    return item.box.bottom - item.box.top


def _split(items: Sequence[T], *, across: bool) -> list[list[T]] | None:
    """Cut at every gap from side to side, or at every gutter from top to bottom."""
    smallest = 0.0 if across else _GUTTER
    ordered = sorted(items, key=lambda item: item.box.top if across else item.box.left)
    parts: list[list[T]] = [[]]
    end = float("-inf")
    for item in ordered:
        start = item.box.top if across else item.box.left
        if parts[-1] and start - end >= smallest:
            parts.append([])
        parts[-1].append(item)
        end = max(end, item.box.bottom if across else item.box.right)
    return parts if len(parts) > 1 else None


def _split_across(items: Sequence[T]) -> list[list[T]] | None:
    """Cut once across: where the longest run of rows falls into columns."""
    rows = _split(items, across=True)
    if rows is None or len(rows) > _MOST_ROWS:
        return rows
    for size in range(len(rows) - 1, 0, -1):
        for first in range(len(rows) - size + 1):
            middle = [item for row in rows[first : first + size] for item in row]
            columns = _split(middle, across=False) or []
            if columns and all(len(column) > 1 for column in columns):
                above = [item for row in rows[:first] for item in row]
                below = [item for row in rows[first + size :] for item in row]
                return [part for part in (above, middle, below) if part]
    return rows
