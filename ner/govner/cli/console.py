"""What commands say: progress while they work, and what they did at the end. All on stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from ..document import Document

T = TypeVar("T")


def progress(items: Iterable[T], *, total: int | None = None, unit: str = "doc") -> Iterator[T]:
    """Pass items through, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, total=total, unit=unit, file=sys.stderr)


@contextmanager
def byte_bar(total: int) -> Iterator[Callable[[int], object]]:
    """Give a function that takes bytes done, shown as a bar with rate and time left on a terminal.

    It may be called from several threads.
    """
    if not sys.stderr.isatty():
        yield lambda size: None
        return
    from tqdm import tqdm

    with tqdm(total=total, unit="B", unit_scale=True, file=sys.stderr) as bar:
        yield bar.update


def say(message: str) -> None:
    """Print one line for the person at the terminal, on stderr, so that pipes stay clean."""
    print(message, file=sys.stderr)


class Tally:
    """Counts the documents that pass through, their characters, and their spans by label."""

    def __init__(
        self, documents: int = 0, characters: int = 0, spans: Mapping[str, int] | None = None
    ) -> None:
        self.documents = documents
        self.characters = characters
        self.spans: Counter[str] = Counter(spans)

    def count(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Pass documents through, counting."""
        for document in documents:
            self.documents += 1
            self.characters += len(document.text)
            self.spans.update(span.label for span in document.spans)
            yield document

    def __str__(self) -> str:
        by_label = ", ".join(f"{label} {n:,}" for label, n in sorted(self.spans.items()))
        spans = f"{sum(self.spans.values()):,} spans" + (f" ({by_label})" if by_label else "")
        return f"{self.documents:,} documents, {self.characters:,} characters, {spans}"
