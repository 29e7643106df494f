"""How the two environments are made; stand-ins for uv and Python write down their calls."""

import pytest

from govner.doccano import Home, environments
from govner.doccano.environments import PINS, VERSIONS, environment
from govner.doccano.errors import CannotInstall, NoPython

# Answers as Python 3.10 does; `-m venv` makes a copy of itself.
PYTHON = """#!/bin/sh
echo "python $*" >>{log}
case "$1 $2" in
  "-c "*) echo 3.10 ;;
  "-m venv") /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;
  "-m pip") {pip} ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >>{log}
case "$1" in
  venv) /bin/mkdir -p "$5/bin" && /bin/cp "$4" "$5/bin/python" ;;
esac
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Give a machine with a Python 3.10 and, where told so, with uv; and what was called on it."""
    log, commands = tmp_path / "log", tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.setattr(environments, "_here", lambda: "3.13")
    monkeypatch.setattr(environments.Path, "expanduser", lambda path: tmp_path / "nobody")

    def machine(*, uv, pip="true"):
        for name, script in [("python3.10", PYTHON), *([("uv", UV)] if uv else [])]:
            (commands / name).write_text(script.format(log=log, pip=pip), encoding="utf-8")
            (commands / name).chmod(0o755)
        return Home(tmp_path)

    def calls():
        lines = log.read_text(encoding="utf-8").replace(f"{tmp_path}/", "").splitlines()
        log.unlink()
        return [line for line in lines if " -c " not in line and " find " not in line]

    machine.calls = calls
    return machine


@pytest.mark.parametrize("kind", ["server", "client"])
def test_with_uv_uv_makes_them(machine, kind):
    folder = f"environments/{kind}"
    python = environment(machine(uv=True), kind)
    assert python.is_file()
    assert machine.calls() == [
        f"uv venv --quiet --python bin/python3.10 {folder}",
        f"uv pip install --quiet --python {folder}/bin/python --no-deps "
        f"-r {PINS / f'{kind}-py310.txt'}",
    ]


def test_without_uv_venv_and_pip_do(machine):
    environment(machine(uv=False), "client")
    assert machine.calls() == [
        "python -m venv environments/client",
        f"python -m pip install --quiet --no-deps -r {PINS / 'client-py310.txt'}",
    ]


def test_one_that_is_there_is_left_and_one_cut_off_is_made_again(machine):
    home = machine(uv=False)
    stamp = environment(home, "client").parents[1] / "made-from"
    machine.calls()
    assert environment(home, "client").is_file()
    stamp.write_text("another list", encoding="ascii")
    environment(home, "client")
    assert len(machine.calls()) == 2  # and nothing was called in between
    stamp.unlink()
    environment(home, "client")
    assert len(machine.calls()) == 2


def test_an_installation_that_fails_is_one_sentence_and_is_not_taken_for_done(machine):
    home = machine(uv=False, pip="echo 'no such package' >&2; exit 1")
    for _ in range(2):
        with pytest.raises(CannotInstall, match=r"client could not be made \(no such package\)"):
            environment(home, "client")


def test_without_a_fit_python_one_sentence_says_which(machine, tmp_path):
    home = Home(tmp_path)
    said = r"server needs Python 3\.9 to 3\.11 and there is none \(here is 3\.13\)"
    with pytest.raises(NoPython, match=said):
        environment(home, "server")
    with pytest.raises(NoPython, match="/python is no Python"):
        environment(home, "server", python=str(tmp_path / "python"))
    assert not (home.root / "environments").exists()


@pytest.mark.parametrize("kind", ["server", "client"])
@pytest.mark.parametrize("version", VERSIONS)
def test_the_lists_are_exact(kind, version):
    lines = (PINS / f"{kind}-py{version.replace('.', '')}.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert len(pins) == len(lines)
    name, wanted = {"server": ("doccano", "1.8.4"), "client": ("doccano-client", "1.2.8")}[kind]
    assert pins[name] == wanted
