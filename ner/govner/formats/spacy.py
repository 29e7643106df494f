"""spaCy's DocBin, characters as tokens: the one module here that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO, cast

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from ..document import Document, Span
from ..document.errors import BadInput, NotExportable
from ..document.files import open_output, read_bytes
from .annotated import Annotated
from .files import check_unicode

_KEY = "govner"  # in Doc.user_data: the id, and the sources in the order of the entities


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write documents as a ``.spacy`` file; every span is an entity, or the export fails."""
    vocab = Vocab()
    docs = DocBin(store_user_data=True)
    for document in documents:
        docs.add(to_doc(document, vocab))
    with open_output(path) as stream:
        cast(TextIO, stream).buffer.write(docs.to_bytes())


def to_doc(document: Document, vocab: Vocab) -> Doc:
    """Return a document as a Doc whose tokens are its characters; raises ``NotExportable``."""
    check_unicode(document, "spaCy")
    doc = Doc(vocab, words=list(document.text), spaces=[False] * len(document.text))
    entities = [doc.char_span(span.start, span.end, label=span.label) for span in document.spans]
    for span, entity in zip(document.spans, entities, strict=True):
        if entity is None:
            why = f"no tokens fit {document.surface(span)} ({span.start} to {span.end})"
            raise NotExportable(document=document.id, to="spaCy", why=why)
    doc.set_ents([entity for entity in entities if entity is not None])
    doc.user_data[_KEY] = {"id": document.id, "sources": [s.source for s in document.spans]}
    return doc


def read(path: str | Path) -> Iterator[Annotated]:
    """Read a ``.spacy`` file, whatever its tokens are; offsets become code points."""
    data = read_bytes(path)
    try:
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
    except Exception as error:  # msgpack, zlib and spaCy each have their own
        hint = "give a file that DocBin.to_disk wrote"
        raise BadInput(path=path, why="it is no DocBin", hint=hint) from error
    for number, doc in enumerate(docs, start=1):
        spans = tuple(Span(e.start_char, e.end_char, e.label_) for e in doc.ents)
        known = doc.user_data.get(_KEY) or {}
        yield Annotated(
            f"{path}, document {number}", doc.text, spans, id=str(known.get("id") or "")
        )
