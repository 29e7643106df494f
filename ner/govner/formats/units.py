"""UTF-16 units, in which browsers count, and code points, in which this project counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16:
    """The two ways of counting in one text."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, character in enumerate(text) if character > "\uffff"]
        self._after = [place + index + 2 for index, place in enumerate(self._wide)]

    def units(self, offset: int) -> int:
        """Turn a code-point offset into UTF-16 units."""
        return offset + bisect_left(self._wide, offset)

    def points(self, units: int) -> int:
        """Turn UTF-16 units into a code-point offset.

        Raises ``ValueError`` for an offset between the two halves of a character.
        """
        wide = bisect_right(self._after, units)
        if wide < len(self._after) and self._after[wide] == units + 1:
            raise ValueError(f"the UTF-16 offset {units} lies inside a character")
        return units - wide
