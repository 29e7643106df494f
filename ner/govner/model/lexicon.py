"""The embedding ``govner.WordEmbed.v1``: the words of a lexicon in which a character stands.

For each character four vectors: of the words that begin at it, go on over it, end at it, and are it
alone, each a mean weighted by how frequent the words are (SoftLexicon: Ma et al., 2020).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model, concatenate
from thinc.types import Floats2d

from ..document.errors import BadConfig
from .features import Reading, key_of_word, word_keys
from .sample import piece_of
from .table import KeyTable
from .tags import Ints
from .vectors import read_vectors, spread_rows

Docs = list[Doc]
Backward = Callable[[list[Floats2d]], Docs]

LONGEST = 8  # characters a word
_PLACES = 4  # begin, inside, end, single
_SPREAD = 0.4


def build_word_embed(
    vectors: str | None = None, width: int = 50, dropout: float = 0.5
) -> Model[Docs, list[Floats2d]]:
    """Build the embedding from the words of ``vectors``, a file of ``govner pretrain``.

    The file is read when the network is initialised; a trained model keeps words and vectors. Its
    output has ``4 * width`` columns.
    """
    return Model(
        "word_embed",
        _forward,
        init=_init,
        params={"weights": None},
        dims={"nO": _PLACES * width},
        shims=[KeyTable(width)],
        attrs={"pieces": True, "vectors": vectors or "", "dropout": dropout},
    )


def build_joined_embed(
    first: Model[Docs, list[Floats2d]], second: Model[Docs, list[Floats2d]]
) -> Model[Docs, list[Floats2d]]:
    """Build the embedding that sets the columns of two beside each other."""
    joined: Model[Docs, list[Floats2d]] = concatenate(cast(Any, first), cast(Any, second))
    joined.attrs["pieces"] = all(part.attrs.get("pieces", False) for part in (first, second))
    return joined


def _init(model: Model[Docs, list[Floats2d]], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    table = cast(KeyTable, model.shims[0])
    if X is None or len(table.keys):
        return
    path = model.attrs["vectors"]
    hint = "make it with `govner pretrain` and give it as --paths.ngrams"
    if not path:
        raise BadConfig(path="vectors", why="the words of the embedding are not named", hint=hint)
    stored = read_vectors(Path(path))
    if "words" not in stored or stored["words_rows"].shape[1] != table.width:
        why = f"it holds no words with vectors {table.width} wide"
        raise BadConfig(path=path, why=why, hint=hint)
    keys = np.array([key_of_word(str(word)) for word in stored["words"]], dtype=np.uint64)
    table.fill(keys)
    numbers = table.find(keys)
    table.rows[numbers] = spread_rows(stored["words_rows"], _SPREAD)
    weights = np.zeros(len(table.rows), dtype=np.float32)
    weights[numbers] = np.sqrt(stored["words_counts"])
    model.set_param("weights", cast(Any, weights))


def _forward(
    model: Model[Docs, list[Floats2d]], docs: Docs, is_train: bool
) -> tuple[list[Floats2d], Backward]:
    table = cast(KeyTable, model.shims[0])
    lengths = [len(doc) for doc in docs]
    words, slots = _match(table, Reading([piece_of(doc) for doc in docs]))
    total = sum(lengths)
    weights = _normalise(cast(Any, model.get_param("weights"))[words], slots // _PLACES, total)
    sums: Any = np.zeros((_PLACES * total, table.width), dtype=np.float32)
    parts: Any = table.rows[words] * weights
    model.ops.scatter_add(sums, cast(Any, slots.astype(np.int32)), parts)
    rows = sums.reshape(total, -1)
    mask: Any = None
    if is_train and model.attrs["dropout"]:
        mask = model.ops.get_dropout_mask(rows.shape, model.attrs["dropout"])
        rows = rows * mask

    def backward(gradients: list[Floats2d]) -> Docs:
        flat = np.concatenate(cast(Any, gradients), axis=0)
        flat = flat * mask if mask is not None else flat
        table.learn(words, flat.reshape(-1, table.width)[slots] * weights)
        return []

    return model.ops.unflatten(rows, model.ops.asarray1i(lengths)), backward


def _match(table: KeyTable, reading: Reading) -> tuple[Ints, Ints]:
    """Return the numbers of the words and the slot of each: four a character, by its place."""
    words: list[Ints] = []
    slots: list[Ints] = []
    for size, keys in enumerate(word_keys(reading, LONGEST), 1):
        found = table.find(keys)
        begins = np.flatnonzero(found)
        for shift in range(size):
            place = 3 if size == 1 else 0 if shift == 0 else 2 if shift == size - 1 else 1
            words.append(found[begins])
            slots.append(_PLACES * (begins + shift) + place)
    return np.concatenate(words), np.concatenate(slots)


def _normalise(weights: Any, owners: Ints, total: int) -> Any:
    """Scale the weights so that those of each character sum to the number of its slots."""
    sums = np.bincount(owners, weights=weights, minlength=total)
    scaled = _PLACES * weights / np.maximum(sums[owners], 1e-9)
    return np.asarray(scaled, dtype=np.float32)[:, None]
