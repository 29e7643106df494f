"""Documents into a project: each there once, every span where it was, however often repeated."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..document import Document
from ..document.errors import BadInput
from ..formats.doccano import to_row
from . import remote
from .client import Client
from .errors import Incomplete
from .ledger import Ledger
from .pieces import Piece, cut
from .project import Project, add_members, make_project
from .remote import Example, read_examples

BATCH = 2000  # pieces in one file and one import
READINGS = "readings"  # a document's notes to its reader, which become comments
Pieces = dict[str, list[Piece]]
Rows = dict[str, list[Example]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, in documents: ``sent`` now, ``there`` before, ``kept`` for a person's work.

    ``kept`` are documents that somebody has worked on or that were proposed otherwise elsewhere;
    they stay as they are on the server.
    """

    project: str
    sent: int
    there: int
    kept: tuple[str, ...]
    pieces: int
    made_users: tuple[str, ...] = ()


def push(
    documents: Iterable[Document],
    client: Client,
    *,
    project: str,
    guideline: str = "",
    members: Sequence[tuple[str, str]] = (),
    make_users: bool = False,
    say: Callable[[str], None] = lambda message: None,
) -> Pushed:
    """Bring documents into a project of that name, which is made if it is not there.

    Everything is validated before anything is sent; the worker must answer. What is there already
    is left; what a cut-off push left behind is mended; what a person has worked on is kept. At
    the end all is read back. Raises ``NotExportable``, ``BadInput``, ``BadProject``,
    ``Incomplete`` and the errors of ``Client``.
    """
    wanted = prepare(documents)
    client.check_worker()
    place = make_project(client, project, guideline=guideline)
    made = add_members(client, place, members, make=make_users)
    ledger = place.ledger(client)
    server = _by_document(read_examples(client, place.number))
    plan = _plan(wanted, ledger, server)
    client.call("delete_examples", project=place.number, examples=plan.remove)
    ledger.put(wanted.documents[key] for key in plan.send)
    pieces = [piece for key in plan.send for piece in wanted.pieces[key]]
    _upload(client, place, wanted, pieces, say)
    if plan.send:
        server = _by_document(read_examples(client, place.number))
    _reconcile(wanted, plan, ledger, server, project)
    _comment(client, place, wanted, plan, server)
    kept = tuple(plan.kept)
    return Pushed(project, len(plan.send), len(plan.there), kept, len(pieces), tuple(made))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Documents that are fit to be sent, with their pieces, by id."""

    documents: dict[str, Document]
    pieces: Pieces


def prepare(documents: Iterable[Document]) -> Wanted:
    """Cut and validate documents; raises ``NotExportable``, or ``BadInput`` for a doubled id."""
    wanted = Wanted({}, {})
    for document in documents:
        if document.id in wanted.documents:
            why = f"the document {document.id} stands there twice"
            raise BadInput(path="the input", why=why, hint="give every document its own id")
        wanted.documents[document.id] = document
        wanted.pieces[document.id] = cut(document)
        for piece in wanted.pieces[document.id]:
            row(piece, document)
    if not wanted.documents:
        raise BadInput(path="the input", why="it holds no document", hint="give another file")
    return wanted


def row(piece: Piece, document: Document) -> dict[str, Any]:
    """Return the row of a piece in an upload: doccano's own form and the piece's number."""
    part = Document(piece.document, piece.text, piece.spans, document.meta)
    return {**to_row(part), remote.PIECE: piece.key[1]}


@dataclass(slots=True)
class _Plan:
    send: list[str]
    there: list[str]
    kept: list[str]
    remove: list[int]


def _plan(wanted: Wanted, ledger: Ledger, server: Rows) -> _Plan:
    plan = _Plan([], [], [], [])
    for key, pieces in wanted.pieces.items():
        rows = _without_copies(server.get(key, []), plan.remove)
        if _same(pieces, rows):
            plan.there.append(key)
        elif not rows or _is_ours(key, rows, ledger):
            plan.send.append(key)
            plan.remove += [example.number for example in rows]
        else:
            plan.kept.append(key)
    return plan


def _without_copies(rows: list[Example], remove: list[int]) -> list[Example]:
    """Keep one row a piece, the one that was worked on; the others are to be removed."""
    best: dict[tuple[str, str], Example] = {}
    for example in rows:
        other = best.get(example.key)
        if other is None:
            best[example.key] = example
            continue
        # Two that were both confirmed or commented are a person's work: both stay, and show.
        loser = other if _marked(example) and not _marked(other) else example
        if _marked(loser):
            return rows
        best[example.key] = example if loser is other else other
        remove.append(loser.number)
    return list(best.values())


def _marked(example: Example) -> bool:
    return example.confirmed or bool(example.comments)


def _same(pieces: list[Piece], rows: list[Example]) -> bool:
    found = {example.key: example for example in rows}
    return len(rows) == len(pieces) and all(
        piece.key in found
        and found[piece.key].found.text == piece.text
        and found[piece.key].spans == piece.keys
        for piece in pieces
    )


def _is_ours(key: str, rows: list[Example], ledger: Ledger) -> bool:
    """Whether nobody has worked on these rows, so that they may be replaced.

    Either they are exactly what an earlier push brought, or what a cut-off import can leave:
    texts without any span.
    """
    before = ledger.documents.get(key)
    own = {text for _, text in notes(before)} if before else set()
    if any(e.confirmed or any(c.text not in own for c in e.comments) for e in rows):
        return False
    if before is None:
        return False
    if key in ledger.arrived:
        return _same(cut(before), rows)
    return all(not example.spans for example in rows) or _partly(cut(before), rows)


def _partly(pieces: list[Piece], rows: list[Example]) -> bool:
    expected = {piece.key: piece.keys for piece in pieces}
    return all(example.spans in (frozenset(), expected.get(example.key)) for example in rows)


def _by_document(examples: Iterable[Example]) -> Rows:
    found: Rows = defaultdict(list)
    for example in examples:
        found[example.found.id].append(example)
    return found


def _upload(
    client: Client,
    place: Project,
    wanted: Wanted,
    pieces: list[Piece],
    say: Callable[[str], None],
) -> None:
    with tempfile.TemporaryDirectory(prefix="govner-") as folder:
        for number, batch in enumerate(_batches(pieces)):
            path = Path(folder) / f"govner-{number}.jsonl"
            with path.open("w", encoding="ascii", newline="\n") as stream:
                for piece in batch:
                    line = json.dumps(row(piece, wanted.documents[piece.document]))
                    stream.write(line + "\n")
            task = client.call("upload", project=place.number, path=str(path))
            client.finish(task, during="the import")
            path.unlink()
            say(f"{min((number + 1) * BATCH, len(pieces)):,} of {len(pieces):,} pieces are in")


def _batches(pieces: list[Piece]) -> Iterator[list[Piece]]:
    for start in range(0, len(pieces), BATCH):
        yield pieces[start : start + BATCH]


def _reconcile(wanted: Wanted, plan: _Plan, ledger: Ledger, server: Rows, project: str) -> None:
    """Mark in the ledger what is there as it was sent; raise ``Incomplete`` for the rest."""
    good = {key for key in plan.send if _same(wanted.pieces[key], server.get(key, []))}
    missing = [key for key in plan.there if key not in ledger.documents]
    ledger.put(wanted.documents[key] for key in missing)
    ledger.mark(ledger.arrived | good | set(plan.there))
    if bad := [key for key in plan.send if key not in good]:
        count = len(server.get(bad[0], []))
        first = f"document {bad[0]}, {count} of its {len(wanted.pieces[bad[0]])} pieces there"
        raise Incomplete(project=project, count=len(bad), first=first)


def _comment(client: Client, place: Project, wanted: Wanted, plan: _Plan, server: Rows) -> None:
    """Write what a document tells its reader, once, to the piece that it is about."""
    for key in plan.there + plan.send:
        rows = {example.key: example for example in server.get(key, ())}
        for at, text in notes(wanted.documents[key]):
            piece = [p for p in wanted.pieces[key] if p.start <= at][-1]
            example = rows[piece.key]
            if text not in {comment.text for comment in example.comments}:
                client.call("comment", project=place.number, example=example.number, text=text)


def notes(document: Document) -> list[tuple[int, str]]:
    """Return what a document tells its reader, under ``meta["readings"]``: place and text."""
    return [(int(note["at"]), str(note["text"])) for note in document.meta.get(READINGS, ())]
