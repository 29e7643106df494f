"""The words of ``words.toml``."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@cache
def words(table: str) -> dict[str, list[str]]:
    """Return one table of the file: lists of words or patterns by their names."""
    text = Path(__file__).with_name("words.toml").read_text("utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    return {name: list(values) for name, values in tables[table].items()}
