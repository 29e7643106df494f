"""From pages as they come to clean documents that know their place on the page."""

from .clean import clean
from .copies import group_copies
from .decode import Decoded, decode
from .page import Line, Page, text_page
from .readers import READERS, Reader, ingest, ingest_paths, page_of, read_pages
from .show import show
from .source import Source
from .tables import parse_columns

__all__ = [
    "READERS",
    "Decoded",
    "Line",
    "Page",
    "Reader",
    "Source",
    "clean",
    "decode",
    "group_copies",
    "ingest",
    "ingest_paths",
    "page_of",
    "parse_columns",
    "read_pages",
    "show",
    "text_page",
]
