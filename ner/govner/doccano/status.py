"""How far a project is: documents proposed, confirmed, commented."""

from __future__ import annotations

from dataclasses import dataclass

from .client import Client
from .project import find_project


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """Counts of a project; ``pieces`` are what the page shows as documents."""

    project: str
    documents: int
    pieces: int
    confirmed: int
    commented: int
    members: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.project}: {self.documents:,} documents in {self.pieces:,} pieces; "
            f"{self.pieces - self.confirmed:,} pieces proposed, {self.confirmed:,} confirmed, "
            f"{self.commented:,} commented; members {', '.join(self.members)}"
        )


def project_status(client: Client, name: str) -> ProjectStatus:
    """Return how far a project is; raises ``BadProject`` and the errors of ``Client``."""
    place = find_project(client, name)
    progress = client.call("progress", project=place.number)
    comments = client.call("comments", project=place.number)
    members = client.call("members", project=place.number)
    return ProjectStatus(
        name,
        len(place.ledger(client).documents),
        progress["total"],
        progress["complete"],
        len({comment["example"] for comment in comments}),
        tuple(sorted(f"{m['username']} ({m['role']})" for m in members)),
    )


def project_names(client: Client) -> list[str]:
    """Return the names of all projects one may see."""
    return [str(project["name"]) for project in client.call("all_projects")]
