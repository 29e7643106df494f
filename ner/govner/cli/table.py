"""Tables for the terminal, in which Chinese characters take two columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return lines with aligned columns: the first to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths) for row in cells]
    return "\n".join([lines[0], "-" * width(lines[0]), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    gaps = [" " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)]
    rest = [gap + cell for cell, gap in zip(row[1:], gaps[1:], strict=True)]
    return "  ".join([row[0] + gaps[0], *rest])
