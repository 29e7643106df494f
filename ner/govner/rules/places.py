"""The names of places as the lexicons have them, for those who read places off a text."""

from __future__ import annotations

from functools import lru_cache

from .divisions import short_names
from .files import LEXICONS, read_rows, read_sections

_STREETS = 4  # the level of the divisions whose short names are too many to be certain


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Return the full and short names of divisions and countries: 嘉善县, 嘉善, 甘孜州, 韩国."""
    names: set[str] = set()
    for name, level in read_rows(LEXICONS / "divisions.tsv"):
        names.add(name)
        if int(level) < _STREETS:
            names.update(short_names(name))
        if name.endswith("自治州"):
            names.update(short + "州" for short in short_names(name))
    countries = dict(read_sections(LEXICONS / "foreign.txt"))["country"]
    return frozenset(name for name in names.union(countries) if len(name) > 1)
