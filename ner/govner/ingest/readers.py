"""Files to pages: one reader a kind of file, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document import Document
from ..document.errors import BadInput
from ..document.files import read_bytes
from .clean import clean
from .decode import decode
from .page import Page, text_page


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file becomes pages.

    ``suffixes`` are what a folder is searched for. ``knows`` says from its first bytes whether a
    file is of the kind, whatever its name; ``read`` takes the name and the bytes.
    """

    kind: str
    suffixes: frozenset[str]
    knows: Callable[[bytes], bool]
    read: Callable[[str, bytes], Iterator[Page]]


def _read_text(path: str, data: bytes) -> Iterator[Page]:
    decoded = decode(data, path=path)
    yield text_page(path, decoded.text, encoding=decoded.encoding)


# The first that knows a file reads it; plain text comes last, it takes whatever decodes.
READERS = (Reader("text", frozenset({".txt", ".text"}), lambda _: True, _read_text),)


def ingest_paths(paths: Iterable[str | Path]) -> Iterator[Document]:
    """Read files, and folders with all below them, as clean documents; ``-`` is standard input.

    Order: as given, a folder's files by name. Raises ``BadInput``, see ``decode`` and ``clean``.
    """
    return ingest(read_pages(paths))


def ingest(pages: Iterable[Page]) -> Iterator[Document]:
    """Turn pages into clean documents, in order."""
    return map(clean, pages)


def read_pages(paths: Iterable[str | Path]) -> Iterator[Page]:
    """Read the pages of files and folders, in order; see ``ingest_paths``."""
    for file in _files(paths):
        data = read_bytes(file)
        reader = next(reader for reader in READERS if reader.knows(data))
        yield from reader.read(file, data)


def _files(paths: Iterable[str | Path]) -> Iterator[str]:
    for path in paths:
        if str(path) != "-" and Path(path).is_dir():
            yield from _below(Path(path))
        else:
            yield str(path)


def _below(folder: Path) -> Iterator[str]:
    """List a folder's pages; what describes it (README) and hidden files are not pages."""
    suffixes = {suffix for reader in READERS for suffix in reader.suffixes}
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in suffixes and file.is_file() and not _is_aside(file, folder)
    ]
    if not files:
        kinds = ", ".join(f"*{suffix}" for suffix in sorted(suffixes))
        why = f"the folder holds no page ({kinds})"
        raise BadInput(path=folder, why=why, hint="give a folder with pages")
    yield from map(str, files)


def _is_aside(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return hidden or file.stem.upper() == "README"
