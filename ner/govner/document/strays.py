"""What a killed run left beside its output: known by its name and by a lock that nobody holds.

The system drops a lock with the process, however that ends. Where there are no such locks
(Windows), strays stay.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock of a file or folder for the block; False where another process has it."""
    lock = _lock(path)
    try:
        yield lock is not None
    finally:
        if lock is not None and lock >= 0:
            os.close(lock)


def sweep(target: Path) -> None:
    """Delete the files and folders that killed runs wrote beside ``target`` and never renamed."""
    name = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]{{8}}")  # as tempfile makes them
    if fcntl is None or not target.parent.is_dir():
        return
    for stray in target.parent.iterdir():
        if name.fullmatch(stray.name):
            with suppress(OSError), held(stray) as ours:
                if ours:
                    _remove(stray)


def _lock(path: Path) -> int | None:
    """Return a descriptor that holds the lock, -1 where there are no locks, None if it is taken."""
    if fcntl is None:
        return -1
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # a file system without locks
        pass
    return descriptor


def _remove(stray: Path) -> None:
    if not stray.is_dir():
        stray.unlink()
        return
    import shutil

    shutil.rmtree(stray, ignore_errors=True)
