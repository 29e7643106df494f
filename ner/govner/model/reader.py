"""The corpus reader ``govner.Documents.v1``: our JSON Lines documents as training examples."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.training import Example

from ..document import Document, read_documents
from .sample import GOLD


def read_examples(
    path: Path | None, more: Path | None = None, repeat: int = 1, limit: int = 0
) -> Callable[[Language], Iterator[Example]]:
    """Return a reader of documents from a file or folder, at most ``limit`` of them if not 0.

    They are read ``repeat`` times, and after them those of ``more``, composed ones say, once.
    Gold offsets stay as they are, whatever the tokens; labels may be any. Raises what
    ``read_documents`` raises, and ``ValueError`` without a path.
    """
    if path is None:
        raise ValueError("the config names no documents; give --paths.train and --paths.dev")

    def read(nlp: Language) -> Iterator[Example]:
        for source in (*[path] * repeat, *([more] if more else [])):
            for document in islice(read_documents(source, labels=None), limit or None):
                if document.text.strip():
                    yield as_example(nlp, document)

    return read


def as_example(nlp: Language, document: Document) -> Example:
    """Make an example whose reference keeps the gold as offsets.

    A document's ``meta["unknown"]`` may name stretches ``[start, end]`` of which nothing is known.
    """
    reference = nlp.make_doc(document.text)
    spans = [(span.start, span.end, span.label) for span in document.spans]
    unknown = [tuple(stretch) for stretch in document.meta.get("unknown", ())]
    reference.user_data[GOLD] = (spans, unknown)
    reachable = [reference.char_span(*span) for span in spans]
    reference.set_ents([ent for ent in reachable if ent is not None])
    return Example(nlp.make_doc(document.text), reference)
