"""A real doccano on this machine: SQLite, loopback only, a web process and a worker."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..document.files import remove_folder
from . import processes
from .environments import environment, site_packages
from .errors import CannotStart
from .home import Home

WORKS = ("working", "OK")  # what health says, by its version
HOST = "127.0.0.1"
ADMIN = "admin"
_STATE = "server.json"
_SETTINGS = Path(__file__).parent / "server"


@dataclass(frozen=True, slots=True)
class Running:
    """What runs: the address, and whether the web process and the worker are there."""

    url: str
    web: bool
    worker: bool

    @property
    def whole(self) -> bool:
        """Whether both processes are there."""
        return self.web and self.worker


def running(home: Home) -> Running | None:
    """Return what of this home's server runs, or None where nothing of it does."""
    state = home.read(_STATE)
    web, worker = processes.alive(state.get("web")), processes.alive(state.get("worker"))
    return Running(str(state["url"]), web, worker) if web or worker else None


def ensure_up(
    home: Home,
    *,
    port: int = 8000,
    python: str | None = None,
    say: Callable[[str], None] = lambda message: None,
    limit: float = 300,
) -> Running:
    """Start what does not run yet and wait until both the web process and the worker answer.

    Raises ``NoPython``, ``CannotInstall`` or ``CannotStart``.
    """
    with home.lock():
        for kind in ("server", "client"):
            if not (home.root / "environments" / kind / "made-from").is_file():
                say(f"making the environment of doccano's {kind}, once (a minute or two)")
            environment(home, kind, python=python)
        found = running(home)
        if found is None or not found.whole:
            _start(home, port=port)
        return _wait(home, limit)


def down(home: Home) -> bool:
    """Stop what ``ensure_up`` started, and nothing else; whether there was something."""
    with home.lock():
        state = home.read(_STATE)
        stopped = [processes.stop(state.get(name)) for name in ("worker", "web")]
    sweep(home, age=0)
    return any(stopped)


def sweep(home: Home, *, age: float = 60) -> None:
    """Delete what uploads and exports left behind so many seconds ago; nothing needs it any more.

    Younger ones may be on their way to somebody.
    """
    before = time.time() - age
    for folder in ("media", "uploads"):
        for path in (home.root / "data" / folder).glob("*"):
            with suppress(FileNotFoundError):  # another sweep was quicker
                if path.stat().st_mtime <= before:
                    remove_folder(path) if path.is_dir() else path.unlink()


def _start(home: Home, *, port: int) -> None:
    state = home.read(_STATE)
    python = environment(home, "server")
    env = _environment_variables(home, python)
    data, logs = home.folder("data"), home.folder("logs")
    for folder in ("media", "uploads"):
        home.folder(f"data/{folder}")
    if not processes.alive(state.get("web")):
        _check_port(port)
        _initialise(home, python, env)
        web = [str(python), "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"]
        web += ["--workers", "1", "--threads", "4", "--timeout", "900"]
        state["web"] = processes.start(
            web, log=logs / "web.log", env=env, cwd=data, mark=str(python)
        )
        state["url"] = f"http://{HOST}:{port}"
    if not processes.alive(state.get("worker")):
        worker = [str(python), "-m", "celery", "--app=config", "worker", "--pool=solo"]
        worker += ["--loglevel=info", "--without-gossip", "--without-mingle"]
        state["worker"] = processes.start(
            worker, log=logs / "worker.log", env=env, cwd=data, mark=str(python)
        )
    home.write(_STATE, state)


def _environment_variables(home: Home, python: Path) -> dict[str, str]:
    home.secret("secret-key")
    drop = {"PYTHONHOME", "VIRTUAL_ENV", "STANDALONE", "DATABASE_URL", "CELERY_BROKER_URL"}
    drop.add("GOVNER_DOCCANO_PASSWORD")  # which is for a server elsewhere
    kept = {key: value for key, value in os.environ.items() if key not in drop}
    return kept | {
        "PYTHONPATH": f"{site_packages(python) / 'backend'}{os.pathsep}{_SETTINGS}",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "govner_doccano_settings",
        "GOVNER_DOCCANO_DATA": str(home.folder("data")),
        "DEBUG": "False",
        "IMPORT_BATCH_SIZE": "100000",  # one batch, one transaction a table
        "DOCCANO_PAGE_SIZE": "1000",  # with the default of 5, listing crawls
    }


def _initialise(home: Home, python: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        [str(python), str(_SETTINGS / "initialise.py")],
        input=home.secret(home.password_file.name),
        capture_output=True,
        text=True,
        check=False,
        env=env,
        cwd=home.folder("data"),
    )
    if done.returncode:
        log = home.folder("logs") / "initialise.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        why = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise CannotStart(what="doccano's database", why=why, log=str(log))


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            why = f"port {port} is taken ({error.strerror}), give another with --port"
            raise CannotStart(what="doccano", why=why, log="not yet begun") from error


def _wait(home: Home, limit: float) -> Running:
    deadline = time.monotonic() + limit
    missing = "web process"
    while time.monotonic() < deadline:
        found = running(home)
        if found is None or not found.whole:
            dead = "worker" if found and found.web else "web process"
            raise _not_started(home, f"the {dead} ended")
        health = ask_health(found.url)
        if health is not None and all(health.values()):
            return found
        missing = "web process" if health is None else "worker"
        time.sleep(0.3)
    raise _not_started(home, f"the {missing} did not answer within {limit:.0f} seconds")


def _not_started(home: Home, why: str) -> CannotStart:
    log = home.root / "logs" / ("worker.log" if "worker" in why else "web.log")
    with suppress(OSError):
        said = log.read_text(encoding="utf-8", errors="replace").split("\n")
        why += next((f" ({line.strip()[:300]})" for line in reversed(said) if line.strip()), "")
    return CannotStart(what="doccano", why=why, log=str(log))


def ask_health(url: str, *, timeout: float = 20) -> dict[str, bool] | None:
    """Ask our own server what works; None where it does not answer at all."""
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=timeout)
    try:
        connection.request("GET", "/v1/health/?format=json")
        answer = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return {str(name): state in WORKS for name, state in answer.items()}
