"""A spaCy pipeline as a system to evaluate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..document import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def annotate(nlp: Language, documents: Sequence[Document]) -> Iterator[Document]:
    """Give documents the entities of a pipeline.

    ``meta.probabilities`` lists how sure it is of each span, in order, where it can say so.
    """
    texts = (document.text for document in documents)
    for document, doc in zip(documents, nlp.pipe(texts), strict=True):
        source = str(nlp.meta["name"])
        spans = tuple(Span(e.start_char, e.end_char, e.label_, source) for e in doc.ents)
        sure = probabilities(doc)
        meta = {**document.meta, "probabilities": sure} if sure else document.meta
        yield Document(document.id, document.text, spans, meta, "proposed")


def probabilities(doc: Doc) -> list[float]:
    """Return ``ent._.probability`` of each entity, or nothing where one has none."""
    from spacy.tokens import Span as Entity

    if not Entity.has_extension("probability"):
        return []
    sure = [ent._.probability for ent in doc.ents]
    return [] if None in sure else sure
