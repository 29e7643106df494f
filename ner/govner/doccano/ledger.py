"""Our own copy of what went into a project: the proposals, and which arrived as they were sent.

The server does not keep what was proposed once a person has changed it, so a pull is compared
with this copy. It stands in the home, one folder a project.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ..document import Document, read_documents, write_documents
from .home import Home


class Ledger:
    """The documents pushed to one project, by id."""

    def __init__(self, folder: Path) -> None:
        self._documents = folder / "documents.jsonl"
        self._arrived = folder / "arrived.json"
        self.documents: dict[str, Document] = {}
        if self._documents.is_file():
            found = read_documents(self._documents, labels=None)
            self.documents = {document.id: document for document in found}
        self.arrived: set[str] = set()
        if self._arrived.is_file():
            self.arrived = set(json.loads(self._arrived.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, home: Home, *, project: int, created: str) -> Ledger:
        """Return the ledger of a project, known by its number and the microsecond it was made.

        Its address does not count: the same server may come up at another port.
        """
        key = hashlib.sha256(f"{project}\n{created}".encode()).hexdigest()[:16]
        return cls(home.folder(f"projects/{key}"))

    def put(self, documents: Iterable[Document]) -> None:
        """Keep documents that are about to be sent; from now on they have not arrived."""
        new = {document.id: document for document in documents}
        if not new:
            return
        self.mark(self.arrived - set(new))
        self.documents |= new
        write_documents(self._documents, self.documents.values())

    def mark(self, arrived: set[str]) -> None:
        """Keep which documents were seen on the server as they had been sent."""
        self.arrived = arrived
        beside = self._arrived.with_suffix(".new")
        beside.write_text(json.dumps(sorted(arrived)), encoding="utf-8")
        beside.replace(self._arrived)
