"""The folder in which govner keeps a doccano server: environments, data, secrets, logs."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT = "~/.local/share/govner/doccano"


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that only its user can read; all that the server writes stays below it."""

    root: Path

    @classmethod
    def at(cls, path: str | Path | None = None) -> Home:
        """Make the folder if it is not there; the default is in the user's data folder."""
        root = Path(path or os.environ.get("GOVNER_DOCCANO_HOME") or DEFAULT)
        root = root.expanduser().absolute()
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(root)

    def folder(self, name: str) -> Path:
        """Return a folder of that name below the home, made if it is not there."""
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def secret(self, name: str) -> str:
        """Return a random secret, made and kept at the first call in a file of mode 0600."""
        path = self.root / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            # 24 characters: doccano's login page takes no password of 30 or more.
            stream.write(secrets.token_urlsafe(18) + "\n")
        return path.read_text(encoding="ascii").strip()

    @property
    def password_file(self) -> Path:
        """Where the password of the user ``admin`` stands."""
        return self.root / "admin-password"

    def read(self, name: str) -> dict[str, Any]:
        """Return a small JSON file, or an empty dictionary where there is none."""
        try:
            return dict(json.loads((self.root / name).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError):
            return {}

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a small JSON file of mode 0600."""
        path = self.root / name
        beside = path.with_name(f".{name}.{os.getpid()}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream, indent=1)
        beside.replace(path)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let one process at a time make, start or stop things here."""
        import fcntl

        with (self.root / "lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
