"""What can be wrong with what a user gives us: data first, then one sentence.

Every sentence says what is wrong, where, and what to do next.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .span import Span


class GovnerError(Exception):
    """The base of all errors that a user can mend; the command line exits with 2 on them."""


class BadLine(GovnerError):
    """A line of a JSON Lines file that holds no document."""

    def __init__(self, *, path: str, line: int, why: str) -> None:
        self.path, self.line, self.why = path, line, why
        super().__init__(
            f"{path}, line {line}: {why}; each line must be one JSON document with a text"
        )


class BadSpan(GovnerError):
    """A span that its text cannot have."""

    def __init__(self, *, document: str, span: Span, why: str) -> None:
        self.document, self.span, self.why = document, span, why
        super().__init__(
            f"document {document}: the span {span.start} to {span.end} ({span.label}) {why}; "
            "offsets are code points, half-open, without white space at the edges"
        )


class OverlappingSpans(GovnerError):
    """Two spans that share a character."""

    def __init__(self, *, document: str, left: Span, right: Span, text: str) -> None:
        self.document, self.left, self.right = document, left, right
        first, second = text[left.start : left.end], text[right.start : right.end]
        super().__init__(
            f"document {document}: {first} ({left.label}, {left.start} to {left.end}) and "
            f"{second} ({right.label}, {right.start} to {right.end}) overlap; "
            "the scheme is flat, keep one of them"
        )


class UnknownLabel(GovnerError):
    """A label that the scheme does not have."""

    def __init__(self, *, where: str, label: str, known: tuple[str, ...]) -> None:
        self.where, self.label, self.known = where, label, known
        super().__init__(
            f"{where}: the label {label!r} is not known; use one of {', '.join(known)}"
        )


class BadMark(GovnerError):
    """Marked text that does not parse."""

    def __init__(self, *, offset: int, near: str, why: str) -> None:
        self.offset, self.near, self.why = offset, near, why
        super().__init__(
            f"marked text, character {offset}, near {near!r}: {why}; write [省委](ORG)[书记](TITLE)"
        )


class BadInput(GovnerError):
    """A file or folder that cannot be read as what it should be."""

    def __init__(self, *, path: str | Path, why: str, hint: str) -> None:
        self.path, self.why, self.hint = str(path), why, hint
        super().__init__(f"{path}: {why}; {hint}")


class BadOutput(GovnerError):
    """A place that cannot be written."""

    def __init__(self, *, path: str | Path, why: str) -> None:
        self.path, self.why = str(path), why
        super().__init__(f"{path} cannot be written ({why}); choose another output with -o")


class BadConfig(GovnerError):
    """A configuration that does not exist, does not parse, or asks for what is not there."""

    def __init__(self, *, path: str | Path, why: str, hint: str) -> None:
        self.path, self.why, self.hint = str(path), why, hint
        super().__init__(f"{path}: {why}; {hint}")


class BadModel(GovnerError):
    """A path or name that is no trained model."""

    def __init__(self, *, model: str, why: str) -> None:
        self.model, self.why = model, why
        super().__init__(
            f"{model} is no model ({why}); give the folder that `govner train` wrote, "
            "or the name of an installed package"
        )


class TextChanged(GovnerError):
    """A text that came back other than it went out."""

    def __init__(self, *, document: str, offset: int, expected: str, found: str) -> None:
        self.document, self.offset = document, offset
        self.expected, self.found = expected, found
        super().__init__(
            f"document {document}: the text is not the one exported; at character {offset} "
            f"expected {expected!r}, found {found!r}; restore it, only spans may change"
        )


class MissingExtra(GovnerError):
    """A library that an optional part needs and that is not installed."""

    def __init__(self, *, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(f"{what} is not installed; run: pip install 'govner[{extra}]'")


class NotExportable(GovnerError):
    """A document that an outside format cannot hold without loss."""

    def __init__(self, *, document: str, to: str, why: str) -> None:
        self.document, self.to, self.why = document, to, why
        super().__init__(
            f"document {document} cannot go to {to}: {why}; mend it, or export to another format"
        )
