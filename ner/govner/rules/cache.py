"""Compiled lexicons, kept between runs in the user's own cache folder: only faster, never needed.

A kept file is used only where it belongs to the user, nobody else may write it, its digest is
right, and the lexicons, the code and the libraries that made it are those of now.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick

KEPT = 4  # files: the shipped lexicons, and the sets of own words compiled last
_DIGEST = 32  # bytes of SHA-256 before the pickle


def cache_folder() -> Path:
    """Return the folder: ``$XDG_CACHE_HOME/govner`` or ``~/.cache/govner``."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "govner"


def key(extra: Mapping[str, Iterable[str]]) -> str:
    """Return the name under which the lexicons with these own words are kept."""
    words = repr(sorted((section, sorted(words)) for section, words in extra.items()))
    return hashlib.blake2b((_world() + words).encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _world() -> str:
    """Return a digest of all that the compiled form depends on but the own words."""
    here = Path(__file__).parent
    library = Path(ahocorasick.__file__).stat()
    digest = hashlib.blake2b(f"{sys.version} {library.st_size} {library.st_mtime_ns}".encode())
    for path in sorted([*here.glob("*.py"), *(here / "lexicons").iterdir()]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def restore(name: str) -> dict[str, Any] | None:
    """Return what was kept under a name, or None where there is nothing that can be trusted."""
    try:
        path = cache_folder() / name
        if not _ours(path):
            return None
        content = memoryview(path.read_bytes())
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return None
    if bytes(content[:_DIGEST]) != _digest(content[_DIGEST:]):
        return None
    try:
        state: dict[str, Any] = pickle.loads(content[_DIGEST:])
    except Exception:  # whatever a pickle of another world raises, the lexicons are still there
        return None
    return state


def keep(name: str, state: dict[str, Any]) -> None:
    """Keep a state under a name; where that cannot be done, nothing happens."""
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL)
        handle, written = tempfile.mkstemp(dir=folder)  # only the user may read and write it
        with os.fdopen(handle, "wb") as stream:
            stream.write(_digest(memoryview(content)) + content)
        Path(written).replace(folder / name)
        _prune(folder)


def _prune(folder: Path) -> None:
    kept = sorted((p for p in folder.iterdir() if p.is_file()), key=lambda p: p.stat().st_mtime)
    for path in kept[:-KEPT]:
        path.unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    """Whether a file is the user's and closed to others: a pickle is a program."""
    for place in (path.parent, path):
        status = place.stat()
        if hasattr(os, "getuid") and status.st_uid != os.getuid():
            return False
        if os.name == "posix" and status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return False
    return True


def _digest(content: memoryview) -> bytes:
    return hashlib.sha256(content).digest()
