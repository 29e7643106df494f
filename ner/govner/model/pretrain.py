"""Vectors of characters, bigrams and words from raw text, without any download (word2vec, CBOW)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..document.errors import BadInput, MissingExtra
from ..document.files import output_path
from .lexicon import LONGEST
from .tokenizer import jieba_cut

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
    words: int = 80_000,
    least: int = 5,
    epochs: int = 2,
    seed: int = 7,
) -> Pretrained:
    """Learn vectors of ``width`` numbers and write them for ``CharEmbed``'s ``vectors``.

    Characters, and the ``bigrams`` most frequent bigrams and ``words`` most frequent words (as
    jieba cuts them) that come ``least`` times or more, get one. The same texts and seed give the
    same file. Raises ``MissingExtra`` without gensim or jieba and ``BadInput`` for texts that hold
    too little.
    """
    clauses = [clause for text in texts for clause in _CLAUSE.findall(text) if len(clause) > 1]
    settings = {"vector_size": width, "min_count": least, "epochs": epochs, "seed": seed}
    arrays: dict[str, Any] = {}
    for name, size, most in (("characters", 1, None), ("bigrams", 2, bigrams)):
        learned = _learn(_Units(clauses, size), name, max_final_vocab=most, **settings)
        keys = np.array([_key(unit) for unit in learned.index_to_key], dtype=np.uint64)
        order = np.argsort(keys)
        arrays[f"{name}_keys"] = keys[order]
        arrays[f"{name}_rows"] = learned.vectors[order].astype(np.float16)
    if words:
        learned = _learn(_cut(clauses), "words", max_final_vocab=words, **settings)
        known = [
            (row, word) for row, word in enumerate(learned.index_to_key) if len(word) <= LONGEST
        ]
        arrays["words"] = np.array([word for _, word in known])
        arrays["words_counts"] = np.array([learned.get_vecattr(w, "count") for _, w in known])
        arrays["words_rows"] = learned.vectors[[row for row, _ in known]].astype(np.float16)
    with output_path(output) as path, path.open("wb") as stream:
        np.savez(stream, **arrays)
    names = [name.removesuffix("_rows") for name in arrays if name.endswith("_rows")]
    rows = {name: len(arrays[f"{name}_rows"]) for name in names}
    return Pretrained(sum(map(len, clauses)), rows)


def _learn(units: Iterable[list[str]], name: str, **settings: Any) -> Any:
    try:
        from gensim.models import Word2Vec
    except ImportError as error:
        raise MissingExtra(what="gensim", extra="pretrain") from error
    try:
        return Word2Vec(units, window=5, workers=1, **settings).wv
    except RuntimeError as error:
        why = f"none of its {name} comes {settings['min_count']} times"
        raise BadInput(path="raw text", why=why, hint="give more of it") from error


def _cut(clauses: Iterable[str]) -> list[list[str]]:
    cut = jieba_cut()
    return [list(cut(clause)) for clause in clauses]


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
