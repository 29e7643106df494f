"""The table of formats, and the two functions behind ``govner export`` and ``govner import``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ..document import Document
from ..document.errors import BadInput
from .annotated import Annotated, reconcile

FORMATS = ("doccano", "labelstudio", "brat", "conll", "spacy", "marked")


class Format(Protocol):
    """What a module of this folder offers."""

    def write(self, path: str | Path, documents: Iterable[Document]) -> None:
        """Write documents."""

    def read(self, path: str | Path) -> Iterator[Annotated]:
        """Read what came back."""
        ...


def format_named(name: str) -> Format:
    """Return a format by its name; raises ``BadInput`` for one that is not known."""
    if name not in FORMATS:
        raise BadInput(path=name, why="is no format", hint=f"use one of {', '.join(FORMATS)}")
    module: Format = import_module(f".{name}", __package__)
    return module


def export_documents(path: str | Path, documents: Iterable[Document], *, to: str) -> None:
    """Write documents in another tool's format; raises ``NotExportable`` where it is too poor."""
    format_named(to).write(path, documents)


def import_documents(
    path: str | Path,
    *,
    source: str,
    onto: Iterable[Document],
    annotator: str = "annotator",
) -> Iterator[Document]:
    """Read another tool's file onto the documents that were exported; see ``reconcile``."""
    return reconcile(format_named(source).read(path), onto, annotator=annotator)
