"""Vectors of characters and bigrams from raw text, without any download (word2vec, CBOW)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..document.errors import BadInput, MissingExtra
from ..document.files import output_path

_CLAUSE = re.compile(r"[^\s。；！？]+")
_SHIFT = 21  # as in ``features``: a code point has at most 21 bits


@dataclass(frozen=True)
class Pretrained:
    """What was learned: how many characters were read, and the rows of each table."""

    characters: int
    rows: dict[str, int]


def write_vectors(
    texts: Iterable[str],
    output: str | Path,
    *,
    width: int = 50,
    bigrams: int = 60_000,
    least: int = 5,
    epochs: int = 2,
    seed: int = 7,
) -> Pretrained:
    """Learn vectors of ``width`` numbers and write them for ``CharEmbed``'s ``vectors``.

    Characters and the ``bigrams`` most frequent bigrams that come ``least`` times or more get one.
    The same texts and seed give the same file. Raises ``MissingExtra`` without gensim and
    ``BadInput`` for texts that hold too little.
    """
    try:
        from gensim.models import Word2Vec
    except ImportError as error:
        raise MissingExtra(what="gensim", extra="pretrain") from error
    clauses = [clause for text in texts for clause in _CLAUSE.findall(text) if len(clause) > 1]
    arrays: dict[str, Any] = {}
    for name, size, most in (("characters", 1, None), ("bigrams", 2, bigrams)):
        try:
            model = Word2Vec(
                _Units(clauses, size),
                vector_size=width,
                window=5,
                min_count=least,
                max_final_vocab=most,
                epochs=epochs,
                workers=1,
                seed=seed,
            )
        except RuntimeError as error:
            why = f"no {name[:-1]} comes {least} times in it"
            raise BadInput(path="raw text", why=why, hint="give more of it") from error
        keys = np.array([_key(unit) for unit in model.wv.index_to_key], dtype=np.uint64)
        order = np.argsort(keys)
        arrays[f"{name}_keys"] = keys[order]
        arrays[f"{name}_rows"] = model.wv.vectors[order].astype(np.float16)
    with output_path(output) as path, path.open("wb") as stream:
        np.savez(stream, **arrays)
    rows = {name: len(arrays[f"{name}_keys"]) for name in ("characters", "bigrams")}
    return Pretrained(sum(map(len, clauses)), rows)


@dataclass(frozen=True)
class _Units:
    """Clauses as lists of n-grams, as often as they are asked for."""

    clauses: list[str]
    size: int

    def __iter__(self) -> Iterator[list[str]]:
        for clause in self.clauses:
            ends = range(self.size, len(clause) + 1)
            yield [clause[end - self.size : end] for end in ends]


def _key(unit: str) -> int:
    key = 0
    for character in unit:
        key = key << _SHIFT ^ ord(character)
    return key
