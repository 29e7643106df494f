"""A real doccano for the tests: its environments built once a machine, its data anew each run."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from govner.doccano import Home, down, ensure_up
from govner.doccano.client import Access, Client
from govner.doccano.environments import environment
from govner.doccano.errors import CannotInstall, NoPython

CACHE = Path(os.environ.get("GOVNER_TEST_CACHE", "~/.cache/govner-test")).expanduser()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def environments() -> Path:
    """Return the folder with doccano's two environments; skips where they cannot be made."""
    home = Home.at(CACHE / "doccano")
    try:
        with home.lock():
            for kind in ("server", "client"):
                environment(home, kind)
    except (NoPython, CannotInstall) as error:
        if os.environ.get("GOVNER_TEST_DOCCANO") == "required":
            raise
        pytest.skip(reason=str(error))
    return home.root / "environments"


@pytest.fixture
def empty_home(environments, tmp_path) -> Home:
    """Return a home that has its environments and nothing else."""
    home = Home.at(tmp_path / "home")
    (home.root / "environments").symlink_to(environments)
    return home


@pytest.fixture(scope="session")
def home(environments, tmp_path_factory):
    """Return the home of a server that runs for all tests; each test has its own project."""
    home = Home.at(tmp_path_factory.mktemp("doccano") / "home")
    (home.root / "environments").symlink_to(environments)
    try:
        ensure_up(home, port=free_port())
        yield home
    finally:
        down(home)


@pytest.fixture
def client(home):
    """Return a connection as admin to the running server."""
    with Client(Access.local(home), home=home) as client:
        yield client


@pytest.fixture
def project(request) -> str:
    """Return a project name of the test's own."""
    return request.node.name[:90]
