"""The embedding ``govner.CharEmbed.v1``: characters with what is known around them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from .features import bucket, read_columns
from .sample import Piece, piece_of
from .table import KeyTable, count_keys
from .vectors import take_vectors

Docs = list[Doc]
Backward = Callable[[list[Floats2d]], Docs]

# Two rows of a table are added for each key, so that keys which share one row still differ.
_HASHES = 2
_SMALL_ROWS = 1024
_SPREAD = 0.4


def build_char_embed(
    width: int = 48,
    rows: int = 20000,
    small_width: int = 8,
    bigrams: bool = True,
    trigrams: bool = False,
    kinds: bool = True,
    words: bool = True,
    lexicon: bool = False,
    hints: bool = False,
    hint_dropout: float = 0.2,
    dropout: float = 0.3,
    blank_characters: float = 0.0,
    blank_pieces: float = 0.0,
    vocabulary: bool = False,
    unseen: float = 0.1,
    vectors: str | None = None,
) -> Model[Docs, list[Floats2d]]:
    """Build the embedding of documents of single characters.

    Each switch adds columns to the output: ``bigrams`` and ``trigrams`` the n-grams around the
    character, ``kinds`` its kind (Han, digit, …), ``words`` the token borders,
    ``lexicon`` the kinds of the word that it is part of, ``hints`` what the rules propose, withheld
    from a share ``hint_dropout`` of the pieces while training.
    ``blank_characters`` and ``blank_pieces`` are the shares of characters and of whole pieces whose
    n-grams are withheld while training, so that the network learns to do with the rest.

    With ``vocabulary`` every n-gram of the training documents has a row of its own, and those never
    seen have zeros, as a share ``unseen`` of the bigrams and trigrams has while training; else keys
    are hashed into ``rows`` rows. ``vectors`` is a file of ``govner pretrain`` whose rows such a
    vocabulary begins with.
    """
    if vectors and not vocabulary:
        raise ValueError("vectors need a vocabulary of their own; set vocabulary = true")
    columns = [("character", "characters", width)]
    if bigrams:
        columns += [(name, "bigrams", width) for name in ("bigram_left", "bigram_right")]
    if trigrams:
        columns += [("trigram", "trigrams", width)]
    switches = {"kind": kinds, "word": words, "lexicon": lexicon, "hint": hints}
    columns += [(name, name, small_width) for name, wanted in switches.items() if wanted]
    tables = {table: width for _, table, width in columns if table not in switches}
    keyed = tables if vocabulary else {}
    return Model(
        "char_embed",
        _forward,
        init=_init,
        params=dict.fromkeys(table for _, table, _ in columns if table not in keyed),
        shims=[KeyTable(size) for size in keyed.values()],
        dims={"nO": sum(size for _, _, size in columns)},
        attrs={
            "pieces": True,
            "columns": [list(column) for column in columns],
            "rows": {table: _SMALL_ROWS if table in switches else rows for _, table, _ in columns},
            "keyed": list(keyed),
            "unseen": unseen,
            "vectors": vectors or "",
            "dropout": dropout,
            "hint_dropout": hint_dropout,
            "blank": [blank_characters, blank_pieces],
            "lexical": sum(size for _, table, size in columns if table not in switches),
        },
    )


def _init(model: Model[Docs, list[Floats2d]], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    for _, table, width in model.attrs["columns"]:
        if table not in model.attrs["keyed"] and not model.has_param(table):
            shape = (model.attrs["rows"][table], width)
            values = model.ops.xp.random.uniform(-_SPREAD, _SPREAD, shape)
            model.set_param(table, model.ops.asarray2f(values.astype("float32")))
    if X is not None and model.shims and not len(_table(model, "characters").keys):
        _learn_keys(model, X)


def _learn_keys(model: Model[Any, Any], docs: Iterable[Doc]) -> None:
    seen: dict[str, list[npt.NDArray[np.uint64]]] = {name: [] for name in model.attrs["keyed"]}
    names = [(name, table) for name, table, _ in model.attrs["columns"] if table in seen]
    stream = iter(docs)
    while batch := list(islice(stream, 1000)):
        columns = read_columns([piece_of(doc) for doc in batch], [name for name, _ in names])
        for (_, table), keys in zip(names, columns, strict=True):
            seen[table].append(np.unique(keys))
    for table, found in seen.items():
        _table(model, table).fill(count_keys(found), spread=_SPREAD)
    if model.attrs["vectors"]:
        tables = {table: _table(model, table) for table in seen}
        take_vectors(Path(model.attrs["vectors"]), tables, spread=_SPREAD)


def _table(model: Model[Any, Any], name: str) -> KeyTable:
    return cast(KeyTable, model.shims[model.attrs["keyed"].index(name)])


def _forward(
    model: Model[Docs, list[Floats2d]], docs: Docs, is_train: bool
) -> tuple[list[Floats2d], Backward]:
    ops = model.ops
    pieces = [piece_of(doc) for doc in docs]
    if is_train:
        pieces = [_withhold(piece, model.attrs["hint_dropout"]) for piece in pieces]
    columns = model.attrs["columns"]
    keys = read_columns(pieces, [name for name, _, _ in columns])
    numbers = [
        _numbers(model, table, k, is_train) for (_, table, _), k in zip(columns, keys, strict=True)
    ]
    parts = [
        sum(_rows(model, table)[rows] for rows in found)
        for (_, table, _), found in zip(columns, numbers, strict=True)
    ]
    rows = ops.xp.concatenate(parts, axis=1)
    lengths = [len(piece.text) for piece in pieces]
    mask = _mask(model, lengths, rows.shape[1]) if is_train else None
    if mask is not None:
        rows *= mask

    def backward(gradients: list[Floats2d]) -> Docs:
        flat = ops.xp.concatenate(gradients, axis=0)
        _learn(model, flat * mask if mask is not None else flat, numbers)
        return []

    return ops.unflatten(rows, ops.asarray1i(lengths)), backward


def _mask(model: Model[Any, Any], lengths: list[int], width: int) -> Any:
    """Draw what is withheld: single values, and the n-grams of characters and whole pieces."""
    total = sum(lengths)
    mask: Any = model.ops.get_dropout_mask((total, width), model.attrs["dropout"])
    characters, whole = model.attrs["blank"]
    if characters or whole:
        blank = np.random.random(total) < characters
        blank |= np.repeat(np.random.random(len(lengths)) < whole, lengths)
        mask[blank, : model.attrs["lexical"]] = 0.0
    return mask


def _numbers(
    model: Model[Any, Any], table: str, keys: npt.NDArray[np.uint64], is_train: bool
) -> list[Any]:
    """Return the numbers of the rows whose sum stands for each key."""
    if table not in model.attrs["keyed"]:
        return [bucket(keys, model.attrs["rows"][table], seed) for seed in range(_HASHES)]
    found = _table(model, table).find(keys)
    if is_train and table != "characters":
        found[np.random.random(len(found)) < model.attrs["unseen"]] = 0
    return [found]


def _rows(model: Model[Any, Any], table: str) -> Any:
    keyed = table in model.attrs["keyed"]
    return _table(model, table).rows if keyed else model.get_param(table)


def _learn(model: Model[Any, Any], rows: Any, numbers: list[list[Any]]) -> None:
    begin = 0
    for (_, table, width), found in zip(model.attrs["columns"], numbers, strict=True):
        part: Any = np.ascontiguousarray(rows[:, begin : begin + width])
        begin += width
        if table in model.attrs["keyed"]:
            _table(model, table).learn(found[0], part)
            continue
        gradient = model.ops.alloc2f(*model.get_param(table).shape)
        for hashed in found:
            model.ops.scatter_add(gradient, hashed.astype("int32"), part)
        model.inc_grad(table, gradient)


def _withhold(piece: Piece, rate: float) -> Piece:
    if rate and np.random.random() < rate:
        return replace(piece, hints=np.zeros_like(piece.hints))
    return piece
