"""Speaks doccano-client to a server and JSON Lines to govner; runs in the client's environment.

One request a line on standard input, ``{"call": name, "with": {...}}``; one answer a line on
standard output, ``{"ok": ...}`` or ``{"error": kind, "status": number, "text": ...}``. Only the
standard library and doccano-client are there (Python 3.9 or later, pydantic 1).
"""

from __future__ import annotations

import functools
import json
import sys
import time
from typing import Any

import requests
from doccano_client import DoccanoClient
from doccano_client.models.comment import Comment
from doccano_client.models.data_download import Option
from doccano_client.models.data_upload import Task

TIMEOUT = (5, 600)  # seconds to connect, to answer
PAGE = 1000


class Bridge:
    """The calls that govner needs, each around the client's edges."""

    def connect(self, *, url: str, user: str, password: str) -> None:
        """Log in."""
        self._client = DoccanoClient(url)
        self._http = self._client._base_repository
        session = self._http._session
        session.request = functools.partial(session.request, timeout=TIMEOUT)
        self._client.login(user, password)

    def health(self) -> dict[str, str]:
        """Say what works; the server runs a real task for it. An answer of 500 counts, too."""
        url = f"{self._http.api_url}/health/?format=json"
        answer: dict[str, str] = self._http._session.get(url).json()
        return answer

    def me(self) -> dict[str, Any]:
        """Return who is logged in."""
        profile = self._client.get_profile()
        return {"id": profile.id, "username": profile.username, "is_staff": profile.is_staff}

    def projects(self, *, name: str) -> list[dict[str, Any]]:
        """List the projects of that name; the client's own list breaks on empty descriptions."""
        found = self._pages("projects", q=name)
        return [project for project in found if project["name"] == name]

    def all_projects(self) -> list[dict[str, Any]]:
        """List all projects that one may see."""
        return self._pages("projects")

    def create_project(self, **settings: Any) -> int:
        """Make a project."""
        return int(self._client.create_project(**settings).id)

    def update_guideline(self, *, project: int, guideline: str) -> None:
        """Put another guideline into a project."""
        self._http._session.patch(
            f"{self._http.api_url}/projects/{project}",
            json={"guideline": guideline, "resourcetype": "SequenceLabelingProject"},
        ).raise_for_status()

    def delete_project(self, *, project: int) -> None:
        """Delete a project and all in it."""
        self._client.delete_project(project)

    def label_types(self, *, project: int) -> list[dict[str, Any]]:
        """List the labels of a project."""
        types = self._client.list_label_types(project, type="span")
        return [{"id": kind.id, "text": kind.text} for kind in types]

    def create_label_type(self, *, project: int, text: str, key: str, color: str) -> None:
        """Make a label with its shortcut key and its colour."""
        self._client.create_label_type(project, "span", text, suffix_key=key, color=color)

    def members(self, *, project: int) -> list[dict[str, Any]]:
        """List the members of a project with their roles."""
        members = self._client.list_members(project)
        return [{"user": m.user, "username": m.username, "role": m.rolename} for m in members]

    def add_member(self, *, project: int, user: str, role: str) -> None:
        """Make a user a member."""
        self._client.add_member(project, user, role)

    def change_role(self, *, project: int, user: str, role: str) -> None:
        """Give a member another role."""
        for member in self._client.list_members(project):
            if member.username == user:
                self._client.update_member(project, member.id, role)

    def users(self) -> list[dict[str, Any]]:
        """List the server's users, where one may."""
        return [{"id": user.id, "username": user.username} for user in self._users.list()]

    def create_user(self, *, user: str, password: str) -> None:
        """Make a user."""
        self._users.create_user(user, password)

    @property
    def _users(self) -> Any:
        return self._client._user_repository

    def progress(self, *, project: int) -> dict[str, Any]:
        """Say how many documents there are and how many are confirmed."""
        progress = self._client.get_progress(project)
        return {"total": progress.total, "complete": progress.completed}

    def confirmers(self, *, project: int) -> list[str]:
        """List who has confirmed anything, former members too."""
        rows = self._http.get(f"projects/{project}/metrics/member-progress").json()["progress"]
        return [row["user"] for row in rows if row["done"]]

    def upload(self, *, project: int, path: str) -> str:
        """Send a JSONL file and have it imported; returns the task's id."""
        uploads = self._client._data_import_repository
        sent = uploads.upload(path)
        # Without an encoding the server guesses one.
        return str(
            uploads.ingest(
                project,
                [sent],
                Task.SEQUENCE_LABELING,
                "JSONL",
                column_data="text",
                column_label="label",
                encoding="utf_8",
            )
        )

    def export(self, *, project: int, confirmed_only: bool = False) -> str:
        """Have all documents written, or the confirmed ones; returns the task's id."""
        downloads = self._client._data_export_repository
        option = Option(name="JSONL")
        return str(downloads.schedule_download(project, option, only_approved=confirmed_only))

    def wait(self, *, task: str, seconds: float) -> dict[str, Any]:
        """Wait for a task at most so long; the client's own wait would take an hour."""
        deadline = time.monotonic() + seconds
        while True:
            status = self._client._task_status_repository.get(task)
            if status.ready or time.monotonic() > deadline:
                return {"ready": status.ready, "result": status.result, "error": status.error}
            time.sleep(0.1)

    def fetch(self, *, project: int, task: str, folder: str) -> str:
        """Fetch what an export wrote into a folder; returns the file's path."""
        return str(self._client._data_export_repository.download(project, task, folder))

    def examples(self, *, project: int) -> list[int]:
        """List the ids of all documents; slow, for the server asks twice for each."""
        return [example["id"] for example in self._pages(f"projects/{project}/examples")]

    def pieces(self, *, project: int, confirmed_only: bool = False) -> list[list[Any]]:
        """List rows: id, and the metadata by which we know what they are; slow, as above."""
        only = {"confirmed": "true"} if confirmed_only else {}
        found = self._pages(f"projects/{project}/examples", **only)
        return [[example["id"], example["meta"]] for example in found]

    def piece(self, *, project: int, examples: list[int]) -> list[list[Any]]:
        """List the same of some rows, one request each."""
        rows = [self._http.get(f"projects/{project}/examples/{e}").json() for e in examples]
        return [[row["id"], row["meta"]] for row in rows]

    def activity(self, *, project: int) -> list[Any]:
        """Return something that changes when somebody confirms, comments, adds or deletes."""
        asked = ("metrics/progress", "metrics/span-distribution", "comments")
        few = {"limit": 1}
        return [self._http.get(f"projects/{project}/{name}", params=few).json() for name in asked]

    def spans(self, *, project: int, examples: list[int]) -> list[list[Any]]:
        """List the spans of some documents: example, start, end, label's id, user's id."""
        spans = self._client._span_repository
        return [
            [example, s.start_offset, s.end_offset, s.label, s.user]
            for example in examples
            for s in spans.list(project, example)
        ]

    def states(self, *, project: int, examples: list[int]) -> list[list[int]]:
        """List who confirmed some documents: example, user's id."""
        found = []
        for example in examples:
            states = self._pages(f"projects/{project}/examples/{example}/states")
            found += [[example, state["confirmed_by"]] for state in states]
        return found

    def comments(self, *, project: int) -> list[dict[str, Any]]:
        """List all comments of a project, the oldest first."""
        keys = ("id", "example", "username", "text")
        return [{key: c[key] for key in keys} for c in self._pages(f"projects/{project}/comments")]

    def comment(self, *, project: int, example: int, text: str) -> None:
        """Write a comment."""
        comment = Comment(example=example, text=text)
        self._client._comment_repository.create(project, comment)

    def delete_examples(self, *, project: int, examples: list[int]) -> None:
        """Delete some documents; an empty list would delete all of them."""
        for start in range(0, len(examples), 500):
            self._client.bulk_delete_examples(project, examples[start : start + 500])

    def confirm(self, *, project: int, example: int) -> None:
        """Confirm a document; a second call would take it back, so that it is read first."""
        if not self.states(project=project, examples=[example]):
            self._client._example_repository.update_state(project, example)

    def delete_span(self, *, project: int, example: int, nth: int) -> None:
        """Delete one span of a document, the first being 0, in the order of the text."""
        spans = self._client._span_repository.list(project, example)
        spans = sorted(spans, key=lambda span: span.start_offset)
        self._client._span_repository.delete(project, spans[nth])

    def remove_member(self, *, project: int, user: str) -> None:
        """Take a member out of a project."""
        found = [m.id for m in self._client.list_members(project) if m.username == user]
        self._client._member_repository.bulk_delete(project, found)

    def edit_text(self, *, project: int, example: int, text: str) -> None:
        """Put another text into a document."""
        self._http._session.patch(
            f"{self._http.api_url}/projects/{project}/examples/{example}", json={"text": text}
        ).raise_for_status()

    def _pages(self, resource: str, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            window = {"limit": PAGE, "offset": len(found), **params}
            page = self._http.get(resource, params=window).json()
            found += page["results"]
            if page["next"] is None or not page["results"]:
                return found


def answer(bridge: Bridge, line: str) -> dict[str, Any]:
    """Run one request."""
    try:
        request = json.loads(line)
        return {"ok": getattr(bridge, request["call"])(**request["with"])}
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        return {"error": "refused", "status": status, "text": str(error)}
    except requests.JSONDecodeError as error:
        return {"error": "strange", "status": 0, "text": f"no JSON: {error}"}
    except requests.RequestException as error:
        return {"error": "gone", "status": 0, "text": type(error).__name__}
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # pydantic's is a ValueError
        return {"error": "strange", "status": 0, "text": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Answer requests until the input ends."""
    bridge = Bridge()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(bridge, line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
