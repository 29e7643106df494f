"""Who predicts: the rules, a model, or a file of predictions made before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import Document, read_documents

if TYPE_CHECKING:
    from ..evaluation.segmentation import Tokenize

_ENDINGS = (".jsonl", ".parquet")
_GENERIC = {"model", "model-best", "model-last", "predictions.jsonl"}


def predict(documents: Sequence[Document], by: str) -> tuple[Iterator[Document], Tokenize | None]:
    """Return the documents with the spans that ``by`` gives them, and the bounds of its tokens.

    ``by`` is ``rules``, a model's folder or package, or a file of predictions (JSON Lines or
    Parquet, a folder of such files, or ``-``). Only a model has tokens. Raises ``BadModel`` for
    what is none.
    """
    if by == "rules":
        from ..rules import annotate

        return annotate(documents), None
    if is_file_of_predictions(by):
        wanted = {document.id for document in documents}
        return (doc for doc in read_documents(by, labels=None) if doc.id in wanted), None
    from ..apply import load_model
    from ..evaluation import pipeline, tokens_of

    nlp = load_model(by)
    return pipeline.annotate(nlp, documents), tokens_of(nlp)


def is_file_of_predictions(by: str) -> bool:
    """Whether ``by`` names documents rather than a model."""
    if by == "-" or by.endswith(_ENDINGS):
        return True
    return any(path.name.endswith(_ENDINGS) for path in Path(by).glob("*"))


def system_name(by: str) -> str:
    """Return a short name for a report: the last part of a path that says something."""
    path = Path(by)
    parent = path.parent.name
    name = path.name.removesuffix(".jsonl").removesuffix(".parquet") or by
    return f"{parent}/{name}" if path.name in _GENERIC and parent else name
