"""The other end of a worker process, and a team of them that works in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Timer
from typing import Any, TypeVar

from ..document import errors
from ..document.errors import GovnerError
from .pieces import Piece

T = TypeVar("T")
R = TypeVar("R")

DEATHS = 20  # workers that may die one after another before something else must be wrong
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "BLIS")  # a process is a core; more would fight for them


class WorkerLost(GovnerError):
    """Worker processes that end whatever they are given."""

    def __init__(self, *, how: str, when: str) -> None:
        self.how, self.when = how, when
        super().__init__(f"a worker process ended ({how}) {when}; has it memory enough?")


class TooSlow(Exception):
    """Work that was ended because it took too long."""


class _Died(Exception):
    """A worker that is no more."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Who predicts, and what the output is: what every worker is told first."""

    name: str = "rules"
    rules: str | None = None
    form: str = "jsonl"

    @classmethod
    def of(cls, by: str, rules: str | Path | None = None, form: str = "jsonl") -> Setup:
        """Make one whose paths hold wherever a worker stands."""
        name = str(Path(by).resolve()) if Path(by).exists() else by
        return cls(name, str(Path(rules).resolve()) if rules else None, form)


@dataclass
class Outcome:
    """What became of a piece: counts, failures (row, id, why), and the encoded results."""

    rows: int = 0
    documents: int = 0
    characters: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)

    def add(self, header: dict[str, Any], payload: bytes) -> None:
        """Take one answer of a worker in."""
        self.rows = header["rows"]
        self.documents += header["documents"]
        self.characters += header["characters"]
        self.spans.update(header["spans"])
        self.failures += [tuple(failure) for failure in header["failures"]]
        if payload:
            self.payloads.append(payload)


class Worker:
    """A worker process that is started again when it dies, and told what it should pass over."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._deaths = 0
        self._closed = False
        self._process = self._start()

    def annotate(self, piece: Piece) -> Outcome:
        """Return what became of a piece.

        Where the worker dies of it, row after row is tried, and a row that kills is a failure.
        """
        return self._work({"piece": asdict(piece)})

    def annotate_records(self, records: list[dict[str, Any]], *, seconds: float) -> Outcome:
        """Return what became of records; raises ``TooSlow`` where that takes too long."""
        late = Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = Timer(seconds, end)
        timer.start()
        try:
            return self._work({"records": records}, late=late)
        finally:
            timer.cancel()

    def _work(self, request: dict[str, Any], *, late: Event | None = None) -> Outcome:
        outcome = Outcome()
        try:
            outcome.add(*self._ask(request))
        except _Died:
            self._again("at work")
            self._search(request, outcome, late or Event())
        return outcome

    def _search(self, request: dict[str, Any], outcome: Outcome, late: Event) -> None:
        row, rows = 0, 1
        while row < rows:
            if late.is_set():
                raise TooSlow
            try:
                outcome.add(*self._ask({**request, "row": row}))
                self._deaths, rows = 0, outcome.rows
            except _Died as died:
                outcome.failures.append((row, "", f"a worker process ended of it ({died})"))
                rows = max(rows, row + 2)  # the next answer tells
                self._again("at work")
            row += 1

    def memory(self) -> float:
        """Return what the process holds now, in MiB; 0 where the system does not tell."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]
        except OSError:
            return 0.0
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def seconds(self) -> float:
        """Return the seconds of a core that the process has had; 0 where that is not told."""
        try:
            about = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8")
        except OSError:
            return 0.0
        user, system = about.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._process.kill()
        self._bury()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._process
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            raise _Died(self._how()) from None
        return self._hear()

    def _hear(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise _Died(self._how())
        header = json.loads(line)
        payload = self._process.stdout.read(header["bytes"])
        if len(payload) < header["bytes"]:
            raise _Died(self._how())
        return header, payload

    def _how(self) -> str:
        code = self._process.wait()
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"exit {code}"

    def _bury(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not yet sent is lost with it
                stream.close()  # type: ignore[union-attr]
        self._process.wait()

    def _again(self, when: str) -> None:
        self._deaths += 1
        self._bury()
        if self._closed or self._deaths > DEATHS:
            raise WorkerLost(how=self._how(), when=f"{when}, and so did {DEATHS} others")
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        one = {f"{name}_NUM_THREADS": "1" for name in _ONE_THREAD}
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **one},
        )
        setup = {"with": self._setup.name, "rules": self._setup.rules, "format": self._setup.form}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(setup).encode() + b"\n")
            self._process.stdin.flush()
            header, _ = self._hear()
        except (OSError, _Died):
            how = self._how()
            self._bury()
            raise WorkerLost(how=how, when="as it loaded") from None
        if "refused" in header:
            self._bury()
            raise _refusal(header)
        return self._process


def _refusal(header: dict[str, Any]) -> GovnerError:
    kind = header.get("kind")
    if kind is None:
        return GovnerError(header["refused"])
    parts = {key: header[key] for key in ("model", "path", "why", "hint") if key in header}
    error: GovnerError = getattr(errors, kind)(**parts)
    return error


class Team:
    """Workers in threads of their own; results come in the order of the tasks.

    No more than a few tasks a worker are ahead of the one whose result is due, so that memory
    stays bounded however large the input is.
    """

    def __init__(self, setup: Setup, *, workers: int = 1) -> None:
        self._size = workers
        self._setup = setup
        self._closed = False
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._all = [Worker(setup)]  # the first before anything is written: it may be refused
        self._idle.put(self._all[0])
        self._hired = 1
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(workers)

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; what is at work ends with ``WorkerLost``."""
        self._closed = True
        for worker in self._all:
            worker.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def seconds(self) -> float:
        """Return the seconds of a core that all workers have had."""
        return sum(worker.seconds() for worker in self._all)

    def submit(self, work: Callable[[Worker, T], R], task: T) -> Future[R]:
        """Have one task done by the next worker that is free."""
        return self._pool.submit(self._run, work, task)

    def map(self, work: Callable[[Worker, T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Give what ``work`` makes of each task, in the order of the tasks."""
        waiting: deque[Future[R]] = deque()
        for task in tasks:
            waiting.append(self.submit(work, task))
            if len(waiting) >= 4 * self._size:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _run(self, work: Callable[[Worker, T], R], task: T) -> R:
        worker = self._hire()
        try:
            return work(worker, task)
        finally:
            self._idle.put(worker)

    def _hire(self) -> Worker:
        with suppress(Empty):
            return self._idle.get_nowait()
        with self._lock:
            full = self._hired == self._size
            self._hired += not full
        if full:
            return self._idle.get()
        worker = Worker(self._setup)  # outside the lock: all load at the same time
        self._all.append(worker)
        if self._closed:
            worker.close()
        return worker
