"""The short forms of administrative divisions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from . import kinds as k
from .cues import cues


def short_names(name: str) -> Iterator[str]:
    """Give the forms that people use for a division: 嘉善 for 嘉善县, 内蒙古 for 内蒙古自治区."""
    if name in k.SHORT_DIVISIONS:
        yield from k.SHORT_DIVISIONS[name]
        return
    for suffix in _suffixes():
        if name.endswith(suffix):
            stem = name[: -len(suffix)]
            if len(stem) >= 2:
                yield stem
            return


@lru_cache(maxsize=1)
def _suffixes() -> list[str]:
    return sorted(cues("division_suffixes"), key=len, reverse=True)
