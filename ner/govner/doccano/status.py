"""How far a project is: documents proposed, confirmed, commented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..formats.doccano import ID
from .client import Client
from .project import Project, find_project, fit, listed
from .push import notes
from .remote import PIECE

_Row = tuple[int, dict[str, Any]]  # a row's number, and the metadata it was sent with


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """Counts of documents; ``pieces`` are what the page shows as documents.

    Confirmed is a document all of whose pieces are, commented one with a comment of a person's.
    """

    project: str
    documents: int
    pieces: int
    confirmed: int
    commented: int
    members: tuple[str, ...]

    @property
    def proposed(self) -> int:
        """How many documents nobody has confirmed whole."""
        return self.documents - self.confirmed

    def __str__(self) -> str:
        pieces = f" ({self.pieces:,} pieces in the page)" if self.pieces != self.documents else ""
        return (
            f"{self.project}: {self.documents:,} documents{pieces}: {self.proposed:,} proposed, "
            f"{self.confirmed:,} confirmed, {self.commented:,} commented; "
            f"members {', '.join(self.members)}"
        )


def project_statuses(
    client: Client, *, name: str | None = None
) -> tuple[list[ProjectStatus], list[str]]:
    """Return how far every project is, and the names of those that are of another kind.

    With ``name``, only that project. Raises ``BadProject`` and the errors of ``Client``.
    """
    if name is not None:
        return [_status(client, find_project(client, name))], []
    rows = client.call("all_projects")
    ours = [row for row in rows if fit(row)]
    others = [str(row["name"]) for row in rows if not fit(row)]
    return [_status(client, listed(row)) for row in ours], others


def _status(client: Client, place: Project) -> ProjectStatus:
    number, pushed = place.number, place.ledger(client).documents
    pieces = client.call("progress", project=number)["total"]
    confirmed = client.call("pieces", project=number, confirmed_only=True)
    members = client.call("members", project=number)
    # What we have not pushed from here must be listed, which the server does slowly.
    documents = len(pushed) or len(_names(client.call("pieces", project=number)))
    own = {text for document in pushed.values() for _, text in notes(document)}
    return ProjectStatus(
        place.name,
        documents,
        pieces,
        _whole(confirmed),
        len(_names(_commented(client, number, own, known=confirmed))),
        tuple(sorted(f"{m['username']} ({m['role']})" for m in members)),
    )


def _commented(client: Client, project: int, own: set[str], known: list[_Row]) -> list[_Row]:
    comments = client.call("comments", project=project)
    wanted = {comment["example"] for comment in comments if comment["text"] not in own}
    found = [row for row in known if row[0] in wanted]
    missing = sorted(wanted - {number for number, _ in found})
    return found + client.in_parts("piece", missing, project=project)


def _names(rows: Iterable[_Row]) -> set[str]:
    return {_name(number, meta) for number, meta in rows}


def _name(number: int, meta: dict[str, Any]) -> str:
    return str(meta.get(ID) or f"row {number}")


def _whole(confirmed: Iterable[_Row]) -> int:
    """Count the documents all of whose pieces are among the confirmed rows."""
    found: Counter[str] = Counter()
    wanted: dict[str, int] = {}
    for number, meta in confirmed:
        name = _name(number, meta)
        found[name] += 1
        wanted[name] = int(str(meta.get(PIECE) or "1/1").partition("/")[2])
    return sum(found[name] >= count for name, count in wanted.items())
