"""The document as its own witness: what was certain once is found everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable


def occurrences(text: str, surfaces: Iterable[str]) -> list[tuple[int, int]]:
    """Return every place of every surface, the longer ones first where they begin together."""
    wanted = sorted(set(surfaces), key=len, reverse=True)
    if not wanted:
        return []
    pattern = re.compile("|".join(map(re.escape, wanted)))
    return [match.span() for match in pattern.finditer(text)]
