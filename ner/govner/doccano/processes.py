"""Processes that outlive the command that started them, and how to find and stop just those."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]
"""What is kept of a process: ``pid``, and ``mark``, a text that stands in its command line."""


def start(
    command: Sequence[str], *, log: Path, env: Mapping[str, str], cwd: Path, mark: str
) -> Record:
    """Start a process in a session of its own, its output in a log file."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "wb") as output:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
        )
    _CHILDREN[process.pid] = process
    return {"pid": process.pid, "mark": mark}


_CHILDREN: dict[int, subprocess.Popen[bytes]] = {}  # ours to reap while we live


def alive(record: Record | None) -> bool:
    """Whether the process still runs and is the one that was started, not a later namesake."""
    if not record:
        return False
    pid = int(record["pid"])
    if pid in _CHILDREN and _CHILDREN[pid].poll() is not None:
        return False
    return str(record["mark"]) in _command_line(pid)


def stop(record: Record | None, *, patience: float = 10) -> bool:
    """Ask the process and its children to end, after some seconds make them; whether it ran."""
    if not record or not alive(record):
        return False
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(int(record["pid"]), number)
        except ProcessLookupError:
            break
        deadline = time.monotonic() + patience
        while alive(record) and time.monotonic() < deadline:
            time.sleep(0.05)
    return True


def _command_line(pid: int) -> str:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        for _ in range(20):
            if line:
                break
            time.sleep(0.05)  # just begun: for an instant there is no command line yet
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        return line.replace(b"\0", b" ").decode("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self").exists():
            return ""
    done = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return done.stdout
