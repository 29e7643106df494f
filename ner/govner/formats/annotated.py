"""What comes back from a person, and how it is put onto what went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..document import LABELS, Document, Span, document_id
from ..document.errors import BadInput, BadSpan, OverlappingSpans, UnknownLabel
from ..document.pairs import check_same_text


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and its spans as a file of another tool has them; code points.

    ``where`` names the place in the file, for errors. ``id`` is ours where the tool carried it,
    else made from the text. A file of proposals that nobody touched is not ``confirmed``.
    """

    where: str
    text: str
    spans: tuple[Span, ...]
    id: str = ""
    annotator: str = ""
    confirmed: bool = True
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """Its id, or that of its text."""
        return self.id or document_id(self.text)


def reconcile(
    annotated: Iterable[Annotated], onto: Iterable[Document], *, annotator: str = "annotator"
) -> Iterator[Document]:
    """Put what people made onto the documents that were exported, in their order.

    A span that was there before keeps its source; the others name the annotator. What is not
    confirmed, and what did not come back, is left out. White space at a span's edges, which a
    mouse easily takes along, does not count. Raises ``BadInput`` for a document that was never
    exported or came back twice, ``TextChanged`` where its text is another, and ``UnknownLabel``,
    ``BadSpan`` and ``OverlappingSpans`` with the place in the file.
    """
    originals: dict[str, Document] = {}
    for document in onto:
        if document.id in originals:
            why = f"two of them have the id {document.id}"
            raise BadInput(path="the exported documents", why=why, hint="keep one of the two")
        originals[document.id] = document
    found: dict[str, Document] = {}
    for item in annotated:
        original = originals.get(item.document)
        if original is None:
            why = f"the document {item.document} is not among those that were exported"
            raise BadInput(path=item.where, why=why, hint="give the exported file with --onto")
        if item.document in found:
            why = f"the document {item.document} came back twice"
            raise BadInput(path=item.where, why=why, hint="keep one of the two")
        if item.confirmed:
            found[item.document] = _corrected(item, original, item.annotator or annotator)
    return (found[identifier] for identifier in originals if identifier in found)


def _corrected(item: Annotated, original: Document, annotator: str) -> Document:
    check_same_text(original, Document(original.id, item.text))
    sources = {span.key: span.source for span in original.spans}
    spans = [_trimmed(span, item.text) for span in item.spans]
    try:
        _check_labels(spans, item.where)
        return original.with_spans(
            [Span(*span.key, sources.get(span.key, annotator)) for span in spans],
            state="corrected",
        )
    except (BadSpan, OverlappingSpans) as error:
        error.args = (f"{item.where}: {error}",)
        raise


def _check_labels(spans: Sequence[Span], where: str) -> None:
    for span in spans:
        if span.label not in LABELS:
            raise UnknownLabel(where=where, label=span.label, known=LABELS)


def _trimmed(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    inside = 0 <= start < end <= len(text)
    while inside and end - start > 1 and text[start].isspace():
        start += 1
    while inside and end - start > 1 and text[end - 1].isspace():
        end -= 1
    return Span(start, end, span.label, span.source)
