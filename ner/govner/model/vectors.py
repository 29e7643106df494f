"""Vectors of characters and n-grams learned from raw text, as a file that a config names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..document.errors import BadConfig
from .table import KeyTable

_HINT = "make it with `govner pretrain`, of the embedding's width"


def take_vectors(path: Path, tables: Mapping[str, KeyTable], *, spread: float) -> None:
    """Add the keys of a file of vectors to the tables and begin with its rows.

    The file holds, by table, ``NAME_keys`` and ``NAME_rows``. Raises ``BadConfig`` for a file that
    does not fit.
    """
    arrays = read_vectors(path)
    for name, table in tables.items():
        if f"{name}_keys" not in arrays:
            continue
        keys, rows = arrays[f"{name}_keys"], arrays[f"{name}_rows"]
        if rows.shape[1] != table.width:
            why = f"its {name} are {rows.shape[1]} wide, the embedding {table.width}"
            raise BadConfig(path=path, why=why, hint=_HINT)
        table.fill(np.union1d(table.keys, keys), spread=spread)
        table.rows[table.find(keys)] = spread_rows(rows, spread)


def read_vectors(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of a file of vectors; raises ``BadConfig`` where it is none."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise BadConfig(path=path, why="this is no file of vectors", hint=_HINT) from error


def spread_rows(rows: npt.NDArray[Any], spread: float) -> npt.NDArray[np.float32]:
    """Scale rows so that their values spread as those drawn from ``-spread`` to ``spread`` do."""
    deviation = float(rows.astype(np.float32).std()) or 1.0
    return rows.astype(np.float32) * np.float32(spread / 3**0.5 / deviation)
