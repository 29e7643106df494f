"""How fast documents go out and come back: push, pull untouched, pull confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..document import Document, parse_marked
from .client import Client
from .project import find_project
from .pull import Pulled, pull
from .push import push

T = TypeVar("T")
LENGTH, SPANS = 500, 10  # of each document
_SENTENCE = "[省委](ORG)[书记](TITLE)[王明](PERSON)在会上强调，要学习贯彻会议精神，抓好各项工作。"


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of wall time for so many documents; ``edited`` is None where it was not asked for.

    ``edited`` is a pull after somebody took a span away from every document and confirmed it, so
    that the server is asked who did what.
    """

    documents: int
    pushed: float
    pulled: float
    edited: float | None

    def __str__(self) -> str:
        n = self.documents
        parts = [f"pushed in {self.pushed:.1f} s, {n / self.pushed:,.0f} a second"]
        parts += [f"pulled in {self.pulled:.1f} s, {n / self.pulled:,.0f} a second"]
        if self.edited is not None:
            seconds = f"{self.edited:.1f} s, {n / self.edited:,.0f} a second"
            parts.append(f"pulled in {seconds}, when all were edited and confirmed")
        return f"{n:,} documents: " + "; ".join(parts)


def measure(client: Client, count: int, *, edit: bool = False) -> Speed:
    """Push so many documents to a project of their own, pull them, and delete the project.

    Raises the errors of ``push`` and ``pull``; what came back is held against what was sent.
    """
    documents = [_document(number) for number in range(count)]
    name = f"bench {count} {time.time_ns()}"
    try:
        pushed, _ = _timed(lambda: push(documents, client, project=name))
        pulled, back = _timed(lambda: pull(client, project=name))
        _check(back, documents, spans=SPANS)
        edited = _edited(client, name, documents) if edit else None
    finally:
        for project in client.call("projects", name=name):
            client.call("delete_project", project=project["id"])
    return Speed(count, pushed, pulled, edited)


def _edited(client: Client, name: str, documents: list[Document]) -> float:
    number = find_project(client, name).number
    for example in client.call("examples", project=number):
        client.call("delete_span", project=number, example=example, nth=0)
        client.call("confirm", project=number, example=example)
    seconds, back = _timed(lambda: pull(client, project=name))
    _check(back, documents, spans=SPANS - 1)
    return seconds


def _document(number: int) -> Document:
    """Return a document of 500 characters with ten spans; no two are alike."""
    marked = f"第{number}号\n" + (_SENTENCE + "\n") * 3 + "[国务院](ORG)"
    document = parse_marked(marked)
    text = document.text.ljust(LENGTH, "文")
    return Document(f"bench-{number}", text, document.spans)


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    begin = time.monotonic()
    found = act()
    return time.monotonic() - begin, found


def _check(back: Pulled, documents: list[Document], *, spans: int) -> None:
    assert back.problems == ()
    assert [d.text for d in back.documents] == [d.text for d in documents]
    assert all(len(document.spans) == spans for document in back.documents)
