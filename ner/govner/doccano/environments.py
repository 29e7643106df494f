"""The two environments of their own that doccano and its client need.

Their pins (pandas 1, numpy 1; pydantic 1, urllib3 1) exclude those of this toolkit. They are made
from the exact lists in ``pins/``, with uv where it is there and with venv and pip where not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ..document.files import remove_folder
from .errors import CannotInstall, NoPython
from .home import Home

VERSIONS = ("3.11", "3.10", "3.9")  # the ones there is a list for, the best first
PINS = Path(__file__).parent / "pins"
WHAT = {"server": "doccano's server", "client": "doccano's client"}


def environment(home: Home, kind: str, *, python: str | None = None) -> Path:
    """Return the Python of an environment (``server`` or ``client``), which is made if need be.

    An environment whose list has changed is made again. Raises ``NoPython`` and ``CannotInstall``.
    """
    folder = home.root / "environments" / kind
    stamp = folder / "made-from"
    ours = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text(encoding="ascii") in _digests(kind):
        return ours
    base, version = _find_python(kind, python)
    remove_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    pins = _pins(kind, version)
    for command in _commands(base, folder, pins):
        _run(command, kind)
    stamp.write_text(_digest(pins), encoding="ascii")  # last: a cut-off installation has none
    return ours


def site_packages(python: Path) -> Path:
    """Return where an environment keeps its packages."""
    return next((python.parents[1] / "lib").glob("python3.*/site-packages"))


def _pins(kind: str, version: str) -> Path:
    return PINS / f"{kind}-py{version.replace('.', '')}.txt"


def _digest(pins: Path) -> str:
    return hashlib.sha256(pins.read_bytes()).hexdigest()


def _digests(kind: str) -> set[str]:
    return {_digest(_pins(kind, version)) for version in VERSIONS}


def _commands(base: str, folder: Path, pins: Path) -> Iterator[list[str]]:
    uv = shutil.which("uv")
    python = str(folder / "bin" / "python")
    if uv:
        yield [uv, "venv", "--quiet", "--python", base, str(folder)]
        yield [uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "-r", str(pins)]
    else:
        yield [base, "-m", "venv", str(folder)]
        yield [python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(pins)]


def _run(command: list[str], kind: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_clean())
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise CannotInstall(what=WHAT[kind], why=lines[-1].strip())


def _clean() -> dict[str, str]:
    drop = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {key: value for key, value in os.environ.items() if key not in drop}


def _find_python(kind: str, wanted: str | None) -> tuple[str, str]:
    for candidate in [wanted] if wanted else _candidates():
        version = _version(candidate)
        if version in VERSIONS:
            return candidate, version
    tried = f"{wanted} is {_version(wanted) or 'no Python'}" if wanted else f"here is {_here()}"
    raise NoPython(what=WHAT[kind], versions=VERSIONS, tried=tried)


def _candidates() -> Iterator[str]:
    if _here() in VERSIONS:
        yield sys.executable
    uv = shutil.which("uv")
    for version in VERSIONS:
        if found := shutil.which(f"python{version}"):
            yield found
        # pyenv's own commands only answer for the version that is switched on.
        yield from map(str, Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
        if uv:
            find = [uv, "python", "find", "--no-python-downloads", version]
            done = subprocess.run(find, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                yield done.stdout.strip()


def _here() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _version(python: str) -> str:
    ask = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
