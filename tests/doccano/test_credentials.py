"""A server elsewhere: its password is asked for or in the environment, and shows nowhere."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from govner.document import parse_marked, read_documents, write_documents

GOVNER = [sys.executable, "-c", "from govner.cli.main import main; main()", "doccano"]


def environment(**more):
    return {k: v for k, v in os.environ.items() if not k.startswith("GOVNER_DOCCANO")} | more


def typed(command, *answers, **env):
    """Run a command in a terminal of its own, answer its prompts; what is seen, and its status."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*GOVNER, *map(str, command)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**env),
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = b""
        waiting = list(answers)
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            seen += part
            if waiting and waiting[0][0] in seen.splitlines()[-1]:
                os.write(ours, waiting.pop(0)[1].encode() + b"\n")
            if not part:
                break
    os.close(ours)
    return seen.decode(), process.returncode


def asked(user, password):
    return (b"user: ", user), (b"password: ", password)


@pytest.mark.slow
@pytest.mark.xdist_group("doccano")
def test_a_person_at_a_terminal_is_asked(home, client, project, tmp_path):
    proposed, out = tmp_path / "proposed.jsonl", tmp_path / "corrected.jsonl"
    write_documents(proposed, [parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)")])
    password = home.secret(home.password_file.name)
    options = ["--project", project, "--url", client.access.url, "--home", home.root]
    for command in (["push", proposed], ["pull", "-o", out]):
        seen, status = typed([*command, *options], *asked("admin", password))
        assert status == 0, seen
        assert password not in seen
    assert [len(d.spans) for d in read_documents(out)] == [3]


@pytest.mark.slow
@pytest.mark.xdist_group("doccano")
def test_a_wrong_answer_is_one_sentence_and_shows_in_no_traceback(home, client, project):
    command = ["status", "--url", client.access.url, "--home", home.root]
    seen, status = typed(command, *asked("admin", "not-the-password"))
    assert (status, seen.count("\n")) == (2, 3)  # two prompts and the sentence
    assert "does not take this password for admin" in seen
    seen, _ = typed(command, *asked("admin", "not-the-password"), GOVNER_DEBUG="1")
    assert "Traceback" in seen
    assert "not-the-password" not in seen


@pytest.mark.slow
@pytest.mark.xdist_group("doccano")
def test_no_process_carries_a_password_on_its_command_line(home, client):
    """Neither ours nor the server's; the bridge does not even have it in its environment."""
    password = home.secret(home.password_file.name).encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            assert password not in (process / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
    env = environment(GOVNER_DOCCANO_USER="admin", GOVNER_DOCCANO_PASSWORD=password.decode())
    code = """if True:
        from pathlib import Path
        from govner.doccano import Home
        from govner.doccano.client import Access, Client
        import os, sys
        access = Access(sys.argv[1], "admin", os.environ["GOVNER_DOCCANO_PASSWORD"])
        with Client(access, home=Home.at(sys.argv[2])) as client:
            bridge = client._process.pid
            for name in ("cmdline", "environ"):
                assert access.password.encode() not in Path(f"/proc/{bridge}/{name}").read_bytes()
    """
    command = [sys.executable, "-c", code, client.access.url, str(home.root)]
    subprocess.run(command, check=True, env=env)


def refused(url, tmp_path, **env):
    command = [*GOVNER, "status", "--url", url, "--home", tmp_path]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=environment(**env),
    )
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_without_a_terminal_it_says_where_to_put_them(tmp_path):
    seen = refused("http://127.0.0.1:1", tmp_path)
    assert "set GOVNER_DOCCANO_USER and GOVNER_DOCCANO_PASSWORD" in seen


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path):
    seen = refused("http://admin:hunter2@127.0.0.1:1/", tmp_path)
    assert "a user or a password stands in it" in seen
    assert "hunter2" not in seen


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "http://", "ftp://a", "http://a:b", "http://["])
def test_what_is_no_address_is_said(url, tmp_path):
    env = {"GOVNER_DOCCANO_USER": "admin", "GOVNER_DOCCANO_PASSWORD": "hunter2"}
    assert "is no address; write http://HOST:PORT" in refused(url, tmp_path, **env)
