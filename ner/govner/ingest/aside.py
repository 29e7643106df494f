"""PDF read in a process of its own, within bounds: its compressed parts may hold anything.

``main`` takes requests on standard input, a line of JSON and behind it as
many bytes as it announces, and answers in lines of JSON: a beat for each sheet, then the page or
the error. It serves one file after another, and is ended when a sheet takes too long.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from threading import Lock, Timer
from typing import IO, Any

from ..document.errors import BadInput, GovnerError, MissingExtra
from .page import Line, Page
from .pdf import read_pdf
from .source import Source

SECONDS = 60  # for a sheet; a full newspaper page takes one or two
MEMORY = 2 * 2**30  # bytes, where the system has such bounds


class _Reader:
    """The other process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = Lock()
        atexit.register(self.end)

    def read(self, source: Source) -> Page:
        """Return the page of a file; raises what ``read_pdf`` does, and ``BadInput`` if too slow.

        Whatever goes wrong here, the next file meets a process that waits for it.
        """
        data = source.bytes()
        late: list[bool] = []
        with self._lock:
            try:
                self._send(data)
                while "beat" in (answer := self._hear(late)):
                    pass
            except BaseException as error:
                self.end()
                if not isinstance(error, (OSError, ValueError)):
                    raise
                why = f"a sheet takes more than {SECONDS} s" if late else "its reading broke down"
                hint = "save it again, or leave it out"
                raise BadInput(path=source.path, why=why, hint=hint) from None
        if "page" in answer:
            return _page(source.path, answer["page"])
        raise _error(source.path, **answer)

    def end(self) -> None:
        """End the process, if there is one and it is our own."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()

    def _send(self, data: bytes) -> None:
        ended = self._process is not None and self._process.poll() is not None
        if ended or self._owner != os.getpid():  # a fork has none of its own
            self.end()
        if self._process is None:
            command = [sys.executable, "-c", f"from {__name__} import main; main()"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._owner = os.getpid()
        assert self._process.stdin is not None
        self._process.stdin.write(b"%d\n" % len(data) + data)
        self._process.stdin.flush()

    def _hear(self, late: list[bool]) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdout is not None

        def end() -> None:
            late.append(True)
            process.kill()

        timer = Timer(SECONDS, end)
        timer.start()
        try:
            answer: dict[str, Any] = json.loads(process.stdout.readline())
        finally:
            timer.cancel()
        return answer


_reader = _Reader()


def read_pdf_aside(source: Source) -> Iterator[Page]:
    """Read a PDF as ``read_pdf`` does; raises ``BadInput``, for one that takes too long, too."""
    yield _reader.read(source)


def _page(path: str, found: dict[str, Any]) -> Page:
    lines = tuple(
        Line(text, tuple((a, b, c, d) for a, b, c, d in rows), indented, role)
        for text, rows, indented, role in found["lines"]
    )
    return Page(path, found["raw"], lines, "pdf", found["meta"])


def _error(path: str, *, why: str = "", hint: str = "", what: str = "", extra: str = "") -> Any:
    if extra:
        return MissingExtra(what=what, extra=extra)
    return BadInput(path=path, why=why, hint=hint)


def main() -> None:
    """Serve one asker until it goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the asker decides when to end
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    requests, answers = sys.stdin.buffer, sys.stdout
    while size := requests.readline():
        _say(answers, _answer(Source("", requests.read(int(size))), answers))


def _answer(source: Source, answers: IO[str]) -> dict[str, Any]:
    try:
        (page,) = read_pdf(source, beat=lambda: _say(answers, {"beat": True}))
    except MissingExtra as error:
        return {"what": error.what, "extra": error.extra}
    except BadInput as error:
        return {"why": error.why, "hint": error.hint}
    except (GovnerError, MemoryError, RecursionError) as error:
        why = f"the PDF is broken ({type(error).__name__})"
        return {"why": why, "hint": "save it again"}
    lines = [astuple(line) for line in page.lines]
    return {"page": {"raw": page.raw, "lines": lines, "meta": page.meta}}


def _say(stream: IO[str], answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()
