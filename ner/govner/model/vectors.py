"""Vectors of characters and n-grams learned from raw text, as a file that a config names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..document.errors import BadConfig
from .table import KeyTable


def take_vectors(path: Path, tables: Mapping[str, KeyTable], *, spread: float) -> None:
    """Add the keys of a file of vectors to the tables and begin with its rows.

    The file holds, by table, ``NAME_keys`` and ``NAME_rows``. Each vector is scaled so that its
    values spread as those of a row drawn from ``-spread`` to ``spread`` do. Raises ``BadConfig``
    for a file that does not fit.
    """
    hint = "make it with `govner pretrain`, of the embedding's width"
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise BadConfig(path=path, why="this is no file of vectors", hint=hint) from error
    for name, table in tables.items():
        if f"{name}_keys" not in arrays:
            continue
        keys, rows = arrays[f"{name}_keys"], arrays[f"{name}_rows"].astype(np.float32)
        if rows.shape[1] != table.width:
            why = f"its {name} are {rows.shape[1]} wide, the embedding {table.width}"
            raise BadConfig(path=path, why=why, hint=hint)
        table.fill(np.union1d(table.keys, keys), spread=spread)
        deviation = float(rows.std()) or 1.0
        table.rows[table.find(keys)] = rows * np.float32(spread / 3**0.5 / deviation)
