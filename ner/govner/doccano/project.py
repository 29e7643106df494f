"""Finding a project on a server, or making it as a round trip needs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .client import Client
from .errors import BadProject
from .ledger import Ledger
from .scheme import LOOKS, ROLES, page_guideline

DESCRIPTION = "Proposed by govner; correct the spans and confirm each document."


@dataclass(frozen=True, slots=True)
class Project:
    """A project on a server."""

    number: int
    name: str
    created: str
    guideline: str

    def ledger(self, client: Client) -> Ledger:
        """Return our copy of what went into it."""
        return Ledger.of(client.home, project=self.number, created=self.created)


def find_project(client: Client, name: str) -> Project:
    """Return the project of that name; raises ``BadProject``."""
    found = _find(client, name)
    if found is None:
        hint = "give the name under which it was pushed"
        raise BadProject(project=name, why=f"is not on {client.access.url}", hint=hint)
    return found


def make_project(client: Client, name: str, *, guideline: str) -> Project:
    """Return the project of that name, made if it is not there, with its labels.

    Raises ``BadProject`` for a name that doccano cannot hold and for a project of another kind.
    """
    if not 0 < len(name.strip()) <= 100 or name != name.strip():
        hint = "give 1 to 100 characters without white space at the ends"
        raise BadProject(project=name, why="is no name that doccano can hold", hint=hint)
    found = _find(client, name)
    guideline = page_guideline(guideline).strip()
    if found is None:
        client.call(
            "create_project",
            name=name,
            project_type="SequenceLabeling",
            description=DESCRIPTION,
            guideline=guideline,
            collaborative_annotation=True,  # else proposals show to their uploader alone
            allow_overlapping=False,
            grapheme_mode=False,
        )
        found = find_project(client, name)
    elif guideline and found.guideline != guideline:
        client.call("update_guideline", project=found.number, guideline=guideline)
    there = {kind["text"] for kind in client.call("label_types", project=found.number)}
    for look in LOOKS:
        if look.text not in there:
            looks = {"text": look.text, "key": look.key, "color": look.color}
            client.call("create_label_type", project=found.number, **looks)
    return found


def add_members(
    client: Client, project: Project, members: Sequence[tuple[str, str]], *, make: bool
) -> list[str]:
    """Make users members with a role, or change it; returns those that had to be made first.

    On our own server an unknown user is made, with a random password in the home; elsewhere
    that raises ``BadProject``, as does an unknown role.
    """
    there = {m["username"]: m["role"] for m in client.call("members", project=project.number)}
    made: list[str] = []
    for user, role in members:
        if role not in ROLES:
            hint = f"use one of {', '.join(ROLES)}"
            raise BadProject(project=project.name, why=f"has no role {role!r}", hint=hint)
        if user in there:
            if there[user] != role:
                client.call("change_role", project=project.number, user=user, role=role)
            continue
        if user not in {known["username"] for known in client.call("users")}:
            made.append(_make_user(client, project, user, make=make))
        client.call("add_member", project=project.number, user=user, role=role)
    return made


def _make_user(client: Client, project: Project, user: str, *, make: bool) -> str:
    if not re.fullmatch(r"[\w.@+-]{1,150}", user):
        hint = "use letters, digits and @ . + - _"
        raise BadProject(project=project.name, why=f"cannot have the member {user!r}", hint=hint)
    if not make:
        hint = "have the server's admin make that user first"
        raise BadProject(project=project.name, why=f"cannot have the member {user!r}", hint=hint)
    password = client.home.secret(f"password-{user}")
    client.call("create_user", user=user, password=password)
    return user


def _find(client: Client, name: str) -> Project | None:
    found: list[dict[str, Any]] = client.call("projects", name=name)
    if len(found) > 1:
        hint = "rename all but one in the page"
        raise BadProject(project=name, why=f"is there {len(found)} times", hint=hint)
    if not found:
        return None
    project = found[0]
    for key, wanted in _NEEDED.items():
        if project.get(key) != wanted:
            why = f"has {key} = {project.get(key)!r} and a round trip needs {wanted!r}"
            raise BadProject(project=name, why=why, hint="give another --project")
    return listed(project)


def listed(row: dict[str, Any]) -> Project:
    """Return a project as the server lists it."""
    created, guideline = str(row.get("created_at") or ""), str(row.get("guideline") or "")
    return Project(row["id"], row["name"], created, guideline)


def fit(row: dict[str, Any]) -> bool:
    """Whether a project that the server lists is of the kind that a round trip needs."""
    return all(row.get(key) == wanted for key, wanted in _NEEDED.items())


_NEEDED = {
    "project_type": "SequenceLabeling",
    "collaborative_annotation": True,
    "allow_overlapping": False,
    "grapheme_mode": False,  # the page then counts UTF-16 units, which we convert
}
