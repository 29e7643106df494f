"""Outputs that are whole or not there: written beside, then renamed."""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import BadInput, BadOutput
from .strays import held, sweep

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # met while writing, not when opening


@contextmanager
def open_output(path: str | Path) -> Iterator[IO[str]]:
    """Open a text file for writing that appears under its name only when it is complete.

    ``-`` is standard output; a device, as /dev/null, is written to as it is. Raises ``BadOutput``
    where the folder cannot be written.
    """
    if str(path) == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):  # a pipe is UTF-8, whatever the terminal is
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    target = Path(os.path.realpath(path))  # a link stays, what it points to is replaced
    if target.exists() and not target.is_file() and not target.is_dir():
        with target.open("w", encoding="utf-8", newline="\n") as device:
            yield device
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        sweep(target)
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed below, before the rename
            "w",
            encoding="utf-8",
            newline="\n",
            dir=target.parent,
            prefix=f".{target.name}.",
            delete=False,
        )
    except OSError as error:
        raise BadOutput(path=path, why=error.strerror or str(error)) from error
    try:
        with held(Path(handle.name)), handle:
            yield handle
            handle.close()
            _publish(Path(handle.name), target)
    except BaseException as error:
        Path(handle.name).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise BadOutput(path=path, why=error.strerror or str(error)) from error
        raise


@contextmanager
def output_path(path: str | Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to, which takes its name when the block ends well.

    For libraries that open files themselves. Raises ``BadOutput`` where it cannot be written.
    """
    with open_output(path) as stream:
        stream.close()
        yield Path(stream.name)


def _publish(written: Path, target: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    try:
        written.replace(target)
    except OSError as error:
        raise BadOutput(path=target, why=error.strerror or str(error)) from error


@contextmanager
def output_folder(path: str | Path, *, mark: str) -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of ``path`` when the block ends well.

    ``mark`` is the file by which an earlier output is known: a folder that holds other files is
    nobody's to replace. Raises ``BadOutput`` for such a folder, and where it cannot be made.
    """
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise NotADirectoryError(20, "it is a file")
        if Path.cwd().is_relative_to(target):
            raise OSError(errno.EBUSY, "you stand in it")
        if target.exists() and any(target.iterdir()) and not (target / mark).is_file():
            raise FileExistsError(17, f"it is a folder with other files and no {mark}")
        sweep(target)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise BadOutput(path=path, why=error.strerror or str(error)) from error
    try:
        with held(work):
            yield work
            _swap(work, target)
    except BaseException as error:
        remove_folder(work)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise BadOutput(path=path, why=error.strerror or str(error)) from error
        raise


def _swap(work: Path, target: Path) -> None:
    work.chmod(0o755)
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    if target.exists():
        target.rename(old)
    work.rename(target)
    remove_folder(old)


def remove_folder(path: Path) -> None:
    """Delete a folder and all below it, if it is there."""
    import shutil

    shutil.rmtree(path, ignore_errors=True)


def read_bytes(path: str | Path) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``; raises ``BadInput``."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        why = f"cannot be read ({error.strerror or error})"
        raise BadInput(path=path, why=why, hint="check the path") from error
