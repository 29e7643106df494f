"""A connection to a doccano server, through the bridge in the client's environment."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from .environments import environment
from .errors import BadCredentials, DoccanoError, NotRunning, NoWorker, ServerSaid, WrongServer
from .home import Home
from .server import ADMIN, WORKS, running

_BRIDGE = Path(__file__).with_name("bridge.py")
TASK_LIMIT = 600.0  # seconds that one import or export may take
_DROP = {"PYTHONPATH", "GOVNER_DOCCANO_PASSWORD"}  # the bridge gets it on standard input
_GLANCE = 3.0  # seconds between two looks at the worker's process


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server is and who one is there; the password never shows in a message or a log.

    ``worker`` says whether the worker's process lives, where one can know.
    """

    url: str
    user: str
    password: str = field(repr=False)
    worker: Callable[[], bool] = lambda: True

    @classmethod
    def local(cls, home: Home) -> Access:
        """Return the access to the server that ``govner doccano up`` started here.

        Raises ``NotRunning``.
        """
        found = running(home)
        if found is None or not found.web:
            raise NotRunning(url="this machine")

        def worker() -> bool:
            now = running(home)
            return now is not None and now.worker

        password = home.secret(home.password_file.name)
        return cls(found.url, ADMIN, password, worker)


class Client:
    """A logged-in connection; used with ``with``.

    Calls raise ``NotRunning``, ``NoWorker``, ``BadCredentials``, ``WrongServer`` or
    ``ServerSaid``.
    """

    def __init__(self, access: Access, *, home: Home) -> None:
        self.access = access
        self.home = home
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Client:
        python = environment(self.home, "client")
        self._process = subprocess.Popen(
            [str(python), "-I", str(_BRIDGE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            env={key: value for key, value in os.environ.items() if key not in _DROP},
        )
        try:
            self._log_in()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):  # the bridge may have gone before us
                    stream.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def call(self, name: str, /, **arguments: Any) -> Any:
        """Make one call of the bridge and return its answer."""
        answer = self._ask(name, arguments)
        if "ok" in answer:
            return answer["ok"]
        raise self._error(answer)

    def check_worker(self) -> None:
        """Raise ``NoWorker`` where tasks would wait for ever; takes the server's three seconds."""
        if not self.access.worker():
            raise NoWorker(url=self.access.url)
        health = self.call("health")
        if not isinstance(health, dict) or not any("elery" in name for name in health):
            raise WrongServer(url=self.access.url, why="its health does not name a worker")
        if any("elery" in name and state not in WORKS for name, state in health.items()):
            raise NoWorker(url=self.access.url)

    def finish(self, task: str, *, during: str) -> Any:
        """Wait for a task and return its result; notices within seconds that a worker died."""
        waited = 0.0
        while waited < TASK_LIMIT:
            status = self.call("wait", task=task, seconds=_GLANCE)
            if status["ready"]:
                return self._result(status)
            waited += _GLANCE
            if not self.access.worker():
                break
        raise NoWorker(url=self.access.url, during=f" (it ended during {during})")

    def _result(self, status: dict[str, Any]) -> Any:
        result = status["result"]
        said = result.get("error") if isinstance(result, dict) else None
        if status["error"] or said:
            text = json.dumps(status["error"] or said, ensure_ascii=False)
            raise ServerSaid(url=self.access.url, status=200, text=text)
        return result

    def export(self, project: int, folder: Path, *, confirmed_only: bool = False) -> Path:
        """Have the server write the documents of a project and fetch the file."""
        task = self.call("export", project=project, confirmed_only=confirmed_only)
        self.finish(task, during="the export")
        packed = self.call("fetch", project=project, task=task, folder=str(folder))
        with zipfile.ZipFile(packed) as archive:
            return Path(archive.extract("all.jsonl", folder))

    def names(self, project: int) -> dict[int, str]:
        """Return the users' names by their ids, those of former members too where one may ask."""
        found = {m["user"]: m["username"] for m in self.call("members", project=project)}
        with suppress(ServerSaid):  # only the server's admins may list users; members suffice
            found |= {user["id"]: user["username"] for user in self.call("users")}
        return found

    def in_parts(self, name: str, examples: Sequence[int], /, **arguments: Any) -> list[Any]:
        """Make a call for many documents, some hundred at a time."""
        found: list[Any] = []
        for start in range(0, len(examples), 200):
            part = list(examples[start : start + 200])
            found += self.call(name, examples=part, **arguments)
        return found

    def _log_in(self) -> None:
        access = self.access
        answer = self._ask(
            "connect", {"url": access.url, "user": access.user, "password": access.password}
        )
        if answer.get("error") == "refused" and answer["status"] in (400, 401, 403):
            raise BadCredentials(url=access.url, user=access.user)
        if answer.get("error") == "refused" and answer["status"] in (404, 405):
            raise WrongServer(url=access.url, why=f"no login there, {answer['status']}")
        if "error" in answer:
            raise self._error(answer)

    def _ask(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        assert process is not None, "use `with Client(...)`"
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps({"call": name, "with": arguments}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            return {"error": "gone", "status": 0, "text": "the bridge ended"}
        return dict(json.loads(line))

    def _error(self, answer: dict[str, Any]) -> DoccanoError:
        url = self.access.url
        if answer["error"] == "gone":
            return NotRunning(url=url, hint="start it, then repeat the command; nothing is lost")
        if answer["error"] == "strange":
            return WrongServer(url=url, why=answer["text"][:200])
        return ServerSaid(url=url, status=answer["status"], text=answer["text"])
