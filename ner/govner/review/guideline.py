"""The annotation guideline as data: its sections, and their examples in marked text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document import Document, Span, parse_marked
from ..document.errors import BadInput, BadMark, UnknownLabel
from ..document.files import read_bytes

_SECTION = re.compile(r"## (?P<id>[A-Z]\d+) (?P<title>.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A line of the guideline: a text with all its spans, and the section it stands in."""

    section: str
    title: str
    line: int
    document: Document

    @property
    def name(self) -> str:
        """The section with its title, both languages: ``T3 Body and post · 机构与职务分开``."""
        return f"{self.section} {self.title}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a document holds an example's text, and the spans that it has there."""

    example: Example
    document: Document
    start: int
    found: tuple[Span, ...]

    @property
    def agrees(self) -> bool:
        """Whether the document has exactly the example's spans."""
        ours = {span.shift(-self.start).key for span in self.found}
        return ours == {span.key for span in self.example.document.spans}


def read_guideline(path: str | Path) -> list[Example]:
    """Return the examples of a guideline, in order.

    A section begins with ``## X1 Title``, an example with ``> ``. Raises ``BadInput`` with the
    line where an example does not parse or stands before the first section.
    """
    return list(_examples(str(path), read_bytes(path).decode("utf-8").splitlines()))


def _examples(path: str, lines: list[str]) -> Iterator[Example]:
    section = title = ""
    for number, line in enumerate(lines, start=1):
        if match := _SECTION.fullmatch(line):
            section, title = match["id"], match["title"]
        elif line.startswith("> "):
            where = f"{path}, line {number}"
            if not section:
                raise BadInput(path=where, why="an example before any section", hint="move it")
            try:
                yield Example(section, title, number, parse_marked(line[2:]))
            except (BadMark, UnknownLabel) as error:
                raise BadInput(path=where, why=str(error), hint="mend the example") from error


def contradictions(
    documents: Iterable[Document], examples: Iterable[Example]
) -> Iterator[Occurrence]:
    """Find where a document holds an example's text and has other spans there.

    A place where a span of the document reaches over the example's edge is another case (市委书记
    in 嘉兴市委书记), and is passed over.
    """
    return (place for place in occurrences(documents, examples) if not place.agrees)


def occurrences(documents: Iterable[Document], examples: Iterable[Example]) -> Iterator[Occurrence]:
    """Find every place that settles an example's case in the documents, right or wrong."""
    examples = list(examples)
    for document in documents:
        for example in examples:
            yield from _in_document(document, example)


def _in_document(document: Document, example: Example) -> Iterator[Occurrence]:
    text = example.document.text
    for match in re.finditer(re.escape(text), document.text):
        start, end = match.span()
        touching = [s for s in document.spans if s.start < end and start < s.end]
        if not any(s.start < start or s.end > end for s in touching):
            yield Occurrence(example, document, start, tuple(touching))
