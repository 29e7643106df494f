"""brat's standoff: a folder with a ``.txt`` and a ``.ann`` for each document, in code points.

A file's name is its number and the document's id. A span over a line break is written in
fragments, as brat wants it. Each span's source stands in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote

from ..document import LABELS, Document, Span
from ..document.errors import BadInput, NotExportable
from ..document.files import output_folder
from .annotated import Annotated
from .files import check_unicode

_NAME_LENGTH = 200  # bytes; file systems take 255
_BREAKS = re.compile("[\r\n]+")
_BOUND = re.compile(r"T\d+\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t.*")
_CONF = "[entities]\n{}\n\n[relations]\n\n[events]\n\n[attributes]\n"


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write the folder, with the ``annotation.conf`` that brat needs."""
    with output_folder(path, mark="annotation.conf") as folder:
        (folder / "annotation.conf").write_text(_CONF.format("\n".join(LABELS)), "utf-8")
        for number, document in enumerate(documents, start=1):
            check_unicode(document, "brat")
            name = f"{number:05d}.{quote(document.id, safe='')}"
            if len(name) > _NAME_LENGTH:
                why = "its id is too long for the name of a file"
                raise NotExportable(document=document.id, to="brat", why=why)
            (folder / f"{name}.txt").write_bytes(document.text.encode("utf-8"))
            (folder / f"{name}.ann").write_text(_ann(document), "utf-8", newline="\n")


def _ann(document: Document) -> str:
    rows = []
    for number, span in enumerate(document.spans, start=1):
        fragments = ";".join(f"{start} {end}" for start, end in _fragments(document, span))
        surface = _BREAKS.sub(" ", document.surface(span))
        rows.append(f"T{number}\t{span.label} {fragments}\t{surface}\n")
        if span.source:
            rows.append(f"#{number}\tAnnotatorNotes T{number}\t{_BREAKS.sub(' ', span.source)}\n")
    return "".join(rows)


def _fragments(document: Document, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for match in _BREAKS.finditer(document.text, span.start, span.end):
        yield start, match.start()
        start = match.end()
    yield start, span.end


def read(path: str | Path) -> Iterator[Annotated]:
    """Read a folder; raises ``BadInput`` for a text without its annotations, or the other way."""
    texts = sorted(Path(path).glob("*.txt"))
    if not texts:
        raise BadInput(path=path, why="it is no folder with *.txt", hint="give brat's folder")
    for file in texts:
        ann = file.with_name(f"{file.stem}.ann")
        if not ann.is_file():
            raise BadInput(path=file, why="its .ann is missing", hint="keep both files")
        text = _decoded(file)
        spans = tuple(_spans(_decoded(ann), text, ann))
        number, _, quoted = file.stem.partition(".")
        identifier = unquote(quoted) if number.isdigit() else ""
        yield Annotated(str(ann), text, spans, id=identifier)


def _decoded(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        why = f"not UTF-8 at byte {error.start}"
        raise BadInput(path=file, why=why, hint="export it again") from error


def _spans(annotations: str, text: str, file: Path) -> Iterator[Span]:
    for number, line in enumerate(annotations.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.startswith("T"):
            continue
        match = _BOUND.fullmatch(line)
        if match is None:
            why = f"line {number} is no text-bound annotation"
            raise BadInput(path=file, why=why, hint="write T1, tab, LABEL start end, tab, text")
        yield _joined(match[1], match[2], text, file, number)


def _joined(label: str, places: str, text: str, file: Path, number: int) -> Span:
    fragments = [tuple(map(int, place.split(" "))) for place in places.split(";")]
    for (_, end), (start, _) in pairwise(fragments):
        if not _BREAKS.fullmatch(text, end, start):
            why = f"line {number} has a span in pieces, with other text between {end} and {start}"
            raise BadInput(path=file, why=why, hint="the scheme has whole spans only")
    return Span(fragments[0][0], fragments[-1][1], label)
