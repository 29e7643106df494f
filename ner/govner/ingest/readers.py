"""Files to pages: one reader a kind of file, the table of them, and the way through a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..document import Document, GovnerError
from ..document.errors import BadInput
from .archives import knows_warc, knows_zip, read_warc, read_zip
from .aside import read_pdf_aside
from .clean import clean
from .decode import decode
from .office import knows_docx, knows_markdown, read_docx, read_markdown
from .page import Page, text_page
from .pdf import knows_pdf
from .source import Source, standard_input
from .tables import knows_csv, knows_jsonl, read_csv, read_jsonl
from .web import knows_html, read_html

Found = Page | Source | GovnerError  # what a reader gives: a page, more to read, or why not


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file becomes pages.

    ``suffixes`` are what a folder is searched for. ``knows`` says from the name and the first
    bytes whether a file is of the kind; ``read`` gives its pages, in order, for an archive its
    members, and in their place the errors of those that cannot be read.
    """

    kind: str
    suffixes: frozenset[str]
    knows: Callable[[Source, bytes], bool]
    read: Callable[[Source], Iterator[Found]]


def _read_text(source: Source) -> Iterator[Page]:
    decoded = decode(source.bytes(), path=source.path, declared=source.charset)
    yield text_page(source.path, decoded.text, encoding=decoded.encoding)


def _reader(kind: str, suffixes: str, knows: object, read: object) -> Reader:
    return Reader(kind, frozenset(suffixes.split()), knows, read)  # type: ignore[arg-type]


# Known by their first bytes, whatever the name is; a folder's other files must have an ending.
_UNMISTAKABLE = frozenset({"pdf", "docx", "html"})
# The first that knows a file reads it; plain text comes last, it takes whatever decodes.
READERS = (
    _reader("pdf", ".pdf", knows_pdf, read_pdf_aside),
    _reader("docx", ".docx", knows_docx, read_docx),
    _reader("zip", ".zip", knows_zip, read_zip),
    _reader("warc", ".warc .gz", knows_warc, read_warc),
    _reader("html", ".html .htm .shtml .xhtml", knows_html, read_html),
    _reader("jsonl", ".jsonl .ndjson", knows_jsonl, read_jsonl),
    _reader("csv", ".csv .tsv", knows_csv, read_csv),
    _reader("markdown", ".md .markdown", knows_markdown, read_markdown),
    _reader("text", ".txt .text", lambda *_: True, _read_text),
)


def ingest_paths(
    paths: Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    skipped: list[GovnerError] | None = None,
) -> Iterator[Document]:
    """Read files, folders and archives as clean documents; ``-`` is standard input.

    Order: as given, a folder's files by name. What cannot be read raises ``BadInput``; where a
    list ``skipped`` is given its error goes there and the rest goes on. ``columns`` says which
    columns of tables hold text, title, date and source, where they are not named so.
    """
    for found in _expand(_sources(paths, columns or {}), skipped):
        try:
            yield clean(found)
        except GovnerError as error:
            _refuse(error, skipped)


def files_of(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Give the files that files and folders stand for, as they are met; raises ``BadInput``."""
    for found in _sources(paths, {}):
        if isinstance(found, Source):
            yield found
        elif isinstance(found, GovnerError):
            raise found


def ingest(pages: Iterable[Page]) -> Iterator[Document]:
    """Turn pages into clean documents, in order."""
    return map(clean, pages)


def read_pages(paths: Iterable[str | Path]) -> Iterator[Page]:
    """Read the pages of files, folders and archives, in order; see ``ingest_paths``."""
    return _expand(_sources(paths, {}), None)


def page_of(document: Document) -> Page:
    """Read again the raw page of a document; raises ``BadInput`` where it is not there."""
    path = str(document.meta.get("page") or "")
    outer = next((str(p) for p in [Path(path), *Path(path).parents] if p.is_file()), path)
    while not Path(outer).is_file() and ("#" in outer or ":" in outer):
        outer = outer[: max(outer.rfind("#"), outer.rfind(":"))]
    skipped: list[GovnerError] = []
    for page in _expand([Source(outer)], skipped):
        if page.path == path:
            return page
    why = f"the page of document {document.id} is not there"
    raise BadInput(path=path or "?", why=why, hint="run it where the pages were ingested")


def _refuse(error: GovnerError, skipped: list[GovnerError] | None) -> None:
    if skipped is None:
        raise error
    skipped.append(error)


def _expand(found: Iterable[Found], skipped: list[GovnerError] | None) -> Iterator[Page]:
    for item in found:
        if isinstance(item, GovnerError):
            _refuse(item, skipped)
        elif isinstance(item, Page):
            yield item
        else:
            try:
                yield from _expand(_told(item), skipped)
            except GovnerError as error:
                _refuse(error, skipped)


def reader_of(source: Source) -> Reader:
    """Return what reads a source, told by its first bytes; raises ``BadInput`` for none."""
    head = source.head()
    if not head:
        why = "it holds zero bytes"
        raise BadInput(path=source.path, why=why, hint="give a page with text")
    return next(reader for reader in READERS if reader.knows(source, head))


def _told(source: Source) -> Iterator[Found]:
    """Give what a source holds; one that holds nothing is an error, too."""
    empty = True
    for found in reader_of(source).read(source):
        empty = False
        yield found
    if empty:
        raise BadInput(path=source.path, why="it holds no page", hint="leave it out")


def _sources(paths: Iterable[str | Path], columns: Mapping[str, str]) -> Iterator[Found]:
    for path in paths:
        if str(path) == "-":
            yield replace(standard_input(), columns=columns)
        elif Path(path).is_dir():
            yield from _below(Path(path), columns)
        else:
            yield Source(str(path), columns=columns)


def _below(folder: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    """List a folder's pages; what describes it (README) and hidden files are not pages."""
    suffixes = {suffix for reader in READERS for suffix in reader.suffixes}
    empty = True
    for file in sorted(folder.rglob("*")):
        source = Source(str(file), columns=columns)
        if file.is_dir() or _is_aside(file, folder):
            continue
        if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
            found: Found = BadInput(
                path=file, why="it is a link out of the folder", hint="copy the file"
            )
        elif file.suffix.lower() in suffixes or _is_unmistakable(source):
            found = source
        else:
            continue
        empty = False
        yield found
    if empty:
        kinds = ", ".join(f"*{suffix}" for suffix in sorted(suffixes))
        why = f"the folder holds no page ({kinds})"
        yield BadInput(path=folder, why=why, hint="give a folder with pages")


def _is_unmistakable(source: Source) -> bool:
    try:
        return reader_of(source).kind in _UNMISTAKABLE
    except GovnerError:
        return False


def _is_aside(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return hidden or file.stem.upper() == "README"
