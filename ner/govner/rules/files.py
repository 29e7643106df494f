"""The lexicon files and their two forms: sections of words, and rows parted by tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LEXICONS = Path(__file__).parent / "lexicons"


def read_sections(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read ``[section]`` and words parted by white space; ``#`` starts a comment line."""
    section = ""
    words: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            if section:
                yield section, words
            section, words = line[1:-1], []
        else:
            words += line.split()
    if section:
        yield section, words


def read_rows(path: Path) -> Iterator[list[str]]:
    """Read rows parted by tabs; ``#`` starts a comment line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
