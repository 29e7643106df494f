"""Models trained on a part of the documents, to hold against the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..dataset import near_copies
from ..dataset.groups import groups
from ..document import Document, write_documents
from ..document.errors import BadInput
from .train import train_model

if TYPE_CHECKING:
    from spacy.language import Language


def fold_models(
    documents: Sequence[Document],
    config: str | Path,
    *,
    folds: int = 5,
    log: IO[str],
) -> Iterator[tuple[Language, list[Document]]]:
    """Yield a model that was trained on all but one fold, and the documents of that fold.

    Near copies are in one fold, for a model that has seen the copy repeats its mistakes. Raises
    ``BadInput`` for fewer groups of copies than folds, and what ``train_model`` raises.
    """
    for held_out in make_folds(documents, folds):
        inside = set(held_out)
        rest = [document for i, document in enumerate(documents) if i not in inside]
        # Two documents as dev: the last model is kept, so nothing is chosen by what they score.
        nlp = fit(rest, rest[:2], config, log=log)
        yield nlp, [documents[i] for i in held_out]


def make_folds(documents: Sequence[Document], folds: int) -> list[list[int]]:
    """Return the places of the documents of each fold, folds of nearly equal length in characters.

    Raises ``BadInput`` where there are fewer groups of near copies than folds.
    """
    copies = groups(len(documents), [(pair.left, pair.right) for pair in near_copies(documents)])
    if len(copies) < folds:
        why = f"it holds {len(copies)} independent documents or groups of near copies"
        raise BadInput(path="the corpus", why=why, hint=f"{folds} folds need at least as many")
    made: list[list[int]] = [[] for _ in range(folds)]
    sizes = [0] * folds
    for group in sorted(copies, key=lambda group: -_size(documents[i] for i in group)):
        smallest = min(range(folds), key=sizes.__getitem__)
        made[smallest] += group
        sizes[smallest] += _size(documents[i] for i in group)
    return [sorted(fold) for fold in made]


def _size(documents: Iterable[Document]) -> int:
    return sum(len(document.text) for document in documents)


def fit(
    train: Iterable[Document],
    dev: Iterable[Document],
    config: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    log: IO[str],
) -> Language:
    """Train on documents in memory and return the model; nothing stays on disk."""
    import spacy

    with tempfile.TemporaryDirectory(prefix="govner-fit-") as scratch:
        folder = Path(scratch)
        paths = {"paths.train": folder / "train.jsonl", "paths.dev": folder / "dev.jsonl"}
        write_documents(paths["paths.train"], train)
        write_documents(paths["paths.dev"], dev)
        named = {name: str(path) for name, path in paths.items()}
        train_model(config, folder / "model", overrides={**(overrides or {}), **named}, log=log)
        return spacy.load(folder / "model")
