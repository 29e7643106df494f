"""What is read: a file, a member of an archive, or standard input; never more of it than asked."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ..document.errors import BadInput

LARGEST = 200_000_000  # bytes of one page of any kind; a newspaper page is a hundredth of that


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name. ``data`` is what is already in memory, else the name is a file's.

    ``charset`` is what a server said of them; ``depth`` counts the archives they stand in;
    ``columns`` names the columns of a table that hold text, title, date and source.
    """

    path: str
    data: bytes | None = None
    charset: str = ""
    depth: int = 0
    meta: dict[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The end of the name, in small letters."""
        return Path(self.path).suffix.lower()

    def head(self, size: int = 4096) -> bytes:
        """Return the first bytes; raises ``BadInput`` where they cannot be read."""
        if self.data is not None:
            return self.data[:size]
        with self.open() as stream:
            return stream.read(size)

    def open(self) -> BinaryIO:
        """Open the bytes for reading; raises ``BadInput``."""
        if self.data is not None:
            from io import BytesIO

            return BytesIO(self.data)
        if Path(self.path).exists() and not Path(self.path).is_file():
            why, hint = "it is no file but a pipe or a device", "give it to standard input, as -"
            raise BadInput(path=self.path, why=why, hint=hint)
        try:
            return Path(self.path).open("rb")
        except OSError as error:
            why = f"cannot be read ({error.strerror or error})"
            raise BadInput(path=self.path, why=why, hint="check the path") from error

    def bytes(self, *, most: int = LARGEST) -> bytes:
        """Return all the bytes; raises ``BadInput`` where they are more than ``most``."""
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            why = f"it is larger than {most:,} bytes"
            raise BadInput(path=self.path, why=why, hint="split it, or leave it out")
        return data


def standard_input() -> Source:
    """Return what stands in the pipe."""
    return Source("-", sys.stdin.buffer.read(LARGEST + 1))
