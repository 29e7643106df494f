"""The nouns of the project: spans, documents, the map to the raw page, and their files."""

from .document import LABELS, STATES, Document, document_id
from .errors import GovnerError
from .jsonl import read_documents, write_documents
from .marked import format_marked, parse_marked
from .offsets import OffsetMap
from .span import Span

__all__ = [
    "LABELS",
    "STATES",
    "Document",
    "GovnerError",
    "OffsetMap",
    "Span",
    "document_id",
    "format_marked",
    "parse_marked",
    "read_documents",
    "write_documents",
]
