"""One predictor: the rules or a model, given as a folder or as an installed package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..document.errors import BadConfig, BadModel
from ..document.jsonl import from_record, to_record

Annotator = Callable[[Iterable[Document]], Iterator[Document]]
Record = dict[str, Any]


class Predictor:
    """Gives plain records the spans that rules or a model propose, in their order.

    What every engine runs, made once in each process: ``Predictor(name)`` loads by name or path,
    and a call takes records with a ``text`` and gives records with ``spans`` (code points). Raises
    ``BadModel`` where there is no such model; what is wrong with a record is raised where it is
    met.
    """

    def __init__(self, name: str = "rules", *, rules: str | Path | None = None) -> None:
        self._annotate = load_annotator(name, rules=rules)

    def __call__(self, records: Iterable[Record]) -> Iterator[Record]:
        """Annotate records; what they held as spans before is replaced."""
        documents = (from_record(record, labels=None) for record in records)
        return map(to_record, self._annotate(documents))


def load_annotator(
    name: str, *, rules: str | Path | None = None, batch_size: int = 64
) -> Annotator:
    """Return a function that proposes spans for documents, in their order.

    ``name`` is ``rules``, the folder of a model, or an installed package; ``rules`` is a file of
    own words for the rules. Spans of a model carry its name as their source. Raises ``BadModel``
    for what is no model and ``BadConfig`` for own words beside one.
    """
    if name == "rules":
        return _load_rules(rules)
    if rules is not None:
        raise BadConfig(path=rules, why="own words are for the rules", hint="leave out --with")
    nlp = load_model(name)
    named = nlp.meta["name"] != "pipeline"  # what spaCy calls a model that was not packaged
    source = f"{nlp.meta['name']}-{nlp.meta['version']}" if named else Path(name).resolve().name

    def annotate_with_model(documents: Iterable[Document]) -> Iterator[Document]:
        stream = iter(documents)
        while batch := list(islice(stream, batch_size)):
            with nlp.memory_zone():  # new words are forgotten with the batch, or memory grows
                docs = nlp.pipe((document.text for document in batch), batch_size=batch_size)
                spans = [
                    [Span(e.start_char, e.end_char, e.label_, source) for e in doc.ents]
                    for doc in docs
                ]
            for document, found in zip(batch, spans, strict=True):
                yield document.with_spans(found, state="proposed")

    return annotate_with_model


def _load_rules(own: str | Path | None) -> Annotator:
    from functools import partial

    from ..rules import annotate, default_knowledge
    from ..rules.own import load_knowledge

    if own:
        return partial(annotate, knowledge=load_knowledge(own))
    default_knowledge()  # now, not with the first document
    return annotate


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
