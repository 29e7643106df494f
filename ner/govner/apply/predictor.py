"""One predictor: the rules or a model, given as a folder or as an installed package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..document.errors import BadModel

Annotator = Callable[[Iterable[Document]], Iterator[Document]]


def load_annotator(name: str, *, batch_size: int = 64) -> Annotator:
    """Return a function that proposes spans for documents, in their order.

    ``name`` is ``rules``, the folder of a model, or an installed package. Spans of a model carry
    its name as their source. Raises ``BadModel`` for anything else.
    """
    if name == "rules":
        from ..rules import annotate

        return annotate
    nlp = load_model(name)
    named = nlp.meta["name"] != "pipeline"  # what spaCy calls a model that was not packaged
    source = f"{nlp.meta['name']}-{nlp.meta['version']}" if named else Path(name).resolve().name

    def annotate_with_model(documents: Iterable[Document]) -> Iterator[Document]:
        pairs = ((document.text, document) for document in documents)
        for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
            spans = [Span(e.start_char, e.end_char, e.label_, source) for e in doc.ents]
            yield document.with_spans(spans, state="proposed")

    return annotate_with_model


def load_model(name: str) -> Any:
    """Load a spaCy pipeline from a folder or an installed package; raises ``BadModel``."""
    import spacy

    if Path(name).exists() and not (Path(name) / "config.cfg").is_file():
        raise BadModel(model=name, why="the folder holds no config.cfg")
    try:
        return spacy.load(name)
    except OSError as error:
        raise BadModel(model=name, why="there is no such folder or package") from error
    except Exception as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BadModel(model=name, why=f"it cannot be loaded: {why}") from error
