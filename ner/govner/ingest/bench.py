"""How many pages a second are read, kind by kind."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ..document import GovnerError
from .copies import group_copies
from .readers import files_of, ingest_paths, reader_of

ROUNDS = 3


class Rate(NamedTuple):
    """Pages of one kind, the characters of their articles, and the seconds they took."""

    kind: str
    pages: int
    characters: int
    seconds: float

    @property
    def speed(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def measure(paths: Iterable[str | Path]) -> list[Rate]:
    """Return the rates of files and folders by kind, from the bytes to the grouped documents.

    Of ``ROUNDS`` times that the files of a kind are read the shortest counts; an archive is a
    kind, whatever is in it. A page that cannot be read counts for nothing but its time.
    """
    kinds: dict[str, list[str]] = {}
    for source in files_of(paths):
        kinds.setdefault(reader_of(source).kind, []).append(source.path)
    return [rate for kind in sorted(kinds) if (rate := _rate(kind, kinds[kind])).pages]


def _rate(kind: str, files: list[str]) -> Rate:
    best = float("inf")
    for _ in range(ROUNDS):
        skipped: list[GovnerError] = []
        begin = time.perf_counter()
        found = [len(d.text) for d in group_copies(ingest_paths(files, skipped=skipped))]
        best = min(best, time.perf_counter() - begin)
    return Rate(kind, len(found), sum(found), best)
