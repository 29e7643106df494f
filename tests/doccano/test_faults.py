"""What can break on the way, broken on purpose on a real server: nothing lost, nothing doubled."""

import http.server
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from govner.doccano import down, ensure_up, pull, push, server
from govner.doccano.client import Access, Client
from govner.doccano.errors import (
    BadCredentials,
    BadProject,
    CannotStart,
    NotRunning,
    NoWorker,
    WrongServer,
)
from govner.doccano.project import find_project, make_project
from govner.doccano.push import prepare, row
from govner.doccano.server import ask_health, running
from govner.document import Document, Span, parse_marked
from govner.document.errors import BadInput, NotExportable

from .conftest import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("doccano")]

GOVNER = [sys.executable, "-c", "from govner.cli.main import main; main()"]


def documents(count=6):
    text = "第{}次，[省委](ORG)[书记](TITLE)[王明](PERSON)讲话。"
    return [parse_marked(text.format(number)) for number in range(count)]


def kill(home, name):
    """Kill a process of the server as a crash would, and wait until it is gone."""
    os.killpg(home.read("server.json")[name]["pid"], signal.SIGKILL)
    while (now := running(home)) is not None and getattr(now, name):
        pass


@pytest.fixture(autouse=True)
def all_runs(request, home):
    """Bring back what a test has killed; the pytest process started it all."""
    yield
    ensure_up(home, port=int(home.read("server.json")["url"].rpartition(":")[2]))


class Fault(Client):
    """A client that has something happen at a call: before it, or after it succeeded."""

    def __init__(self, home, *, before=None, after=None):
        super().__init__(Access.local(home), home=home)
        self._before, self._after = before or {}, after or {}

    def call(self, name, /, **arguments):
        """Make a call, with the fault around it."""
        if act := self._before.pop(name, None):
            act()
        answer = super().call(name, **arguments)
        if act := self._after.pop(name, None):
            act()
        return answer


def mend(home):
    """Start again what is dead, at the same address."""
    ensure_up(home, port=int(home.read("server.json")["url"].rpartition(":")[2]))


def assert_once(client, project, expected):
    """Every document is there once with every span where it was."""
    number = find_project(client, project).number
    assert client.call("progress", project=number)["total"] == len(expected)
    back = pull(client, project=project)
    assert back.problems == ()
    assert [(d.id, d.text, d.spans) for d in back.documents] == [
        (d.id, d.text, d.spans) for d in expected
    ]


def test_without_a_worker_nothing_is_sent(home, project):
    kill(home, "worker")
    for knows in (lambda: False, lambda: True):  # here one sees the process, elsewhere health
        access = Access.local(home)
        access = Access(access.url, access.user, access.password, knows)
        with Client(access, home=home) as client:
            with pytest.raises(NoWorker, match="its worker does not"):
                push(documents(), client, project=project)
            assert client.call("projects", name=project) == []


def test_a_worker_killed_during_the_import_doubles_nothing(home, project):
    kill_worker = {"upload": lambda: kill(home, "worker")}
    with Fault(home, after=kill_worker) as client, pytest.raises(NoWorker, match="the import"):
        push(documents(), client, project=project)
    mend(home)
    with Client(Access.local(home), home=home) as client:
        push(documents(), client, project=project)
        assert_once(client, project, documents())


def test_half_an_import_is_mended(home, client, project, tmp_path):
    """Killed between its tables, an import leaves texts without spans."""
    place = make_project(client, project, guideline="")
    wanted = prepare(documents())
    place.ledger(client).put(wanted.documents.values())
    half = [row(p[0], wanted.documents[key]) | {"label": []} for key, p in wanted.pieces.items()]
    upload(client, place.number, half[:4], tmp_path)
    done = push(documents(), client, project=project)
    assert (done.sent, done.there, done.kept) == (6, 0, ())
    assert_once(client, project, documents())


def test_copies_that_nobody_worked_on_are_removed(client, project, tmp_path):
    push(documents(), client, project=project)
    number = find_project(client, project).number
    wanted = prepare(documents())
    rows = [row(p[0], wanted.documents[key]) for key, p in wanted.pieces.items()]
    upload(client, number, rows, tmp_path)
    confirmed = client.call("examples", project=number)[8]
    client.call("confirm", project=number, example=confirmed)
    assert len(pull(client, project=project).problems) == 6
    push(documents(), client, project=project)
    assert_once(client, project, documents())
    assert pull(client, project=project).count("confirmed") == 1


def upload(client, number, rows, folder):
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")
    task = client.call("upload", project=number, path=str(path))
    client.finish(task, during="the import")


@pytest.mark.parametrize("moment", ["create_label_type", "upload", "wait", "export"])
def test_a_server_killed_during_push_doubles_nothing(home, project, moment):
    kill_web = {moment: lambda: kill(home, "web")}
    with Fault(home, before=kill_web) as client, pytest.raises(NotRunning, match="repeat"):
        push(documents(), client, project=project)
    mend(home)
    with Client(Access.local(home), home=home) as client:
        push(documents(), client, project=project)
        assert_once(client, project, documents())


@pytest.mark.parametrize("moment", ["export", "fetch", "comments"])
def test_a_server_killed_during_pull_loses_nothing(home, client, project, moment):
    push(documents(), client, project=project)
    kill_web = {moment: lambda: kill(home, "web")}
    with Fault(home, before=kill_web) as broken, pytest.raises(NotRunning):
        pull(broken, project=project)
    mend(home)
    with Client(Access.local(home), home=home) as again:
        assert_once(again, project, documents())


def test_a_text_changed_on_the_server_is_told_and_not_taken(client, project):
    push(documents(), client, project=project)
    number = find_project(client, project).number
    example = client.call("examples", project=number)[2]
    client.call("edit_text", project=number, example=example, text="第2次,省委书记王明讲话。")
    back = pull(client, project=project)
    assert len(back.documents) == 5
    (problem,) = back.problems
    assert f"document {documents()[2].id}: the text is not the one exported" in problem
    assert "at character 3" in problem
    done = push(documents(), client, project=project)
    assert (done.sent, done.kept) == (0, (documents()[2].id,))


def test_a_span_deleted_meanwhile_stays_deleted(client, project):
    """A push after a person has begun keeps their work, even where all spans are gone."""
    push(documents(2), client, project=project)
    number = find_project(client, project).number
    first, second = client.call("examples", project=number)
    client.call("delete_span", project=number, example=first, nth=1)
    for _ in range(3):
        client.call("delete_span", project=number, example=second, nth=0)
    done = push(documents(2), client, project=project)
    assert (done.sent, len(done.kept)) == (0, 2)
    back = pull(client, project=project)
    assert [[d.surface(s) for s in d.spans] for d in back.documents] == [["省委", "王明"], []]
    assert [d.meta["doccano"]["state"] for d in back.documents] == ["opened", "opened"]
    assert [d.state for d in back.documents] == ["proposed", "proposed"]


def test_better_proposals_replace_what_nobody_touched(client, project):
    push(documents(2), client, project=project)
    number = find_project(client, project).number
    first = client.call("examples", project=number)[0]
    client.call("confirm", project=number, example=first)
    better = [d.with_spans([Span(4, 8, "ORG")]) for d in documents(2)]
    done = push(better, client, project=project)
    assert (done.sent, done.kept) == (1, (better[0].id,))
    back = pull(client, project=project).documents
    assert [len(d.spans) for d in back] == [3, 1]


def test_a_member_removed_meanwhile_keeps_their_name_on_their_work(home, client, project):
    push(documents(2), client, project=project, members=[("rita", "annotator")], make_users=True)
    number = find_project(client, project).number
    first = client.call("examples", project=number)[0]
    theirs = Access(client.access.url, "rita", home.secret("password-rita"))
    with Client(theirs, home=home) as rita:
        rita.call("delete_span", project=number, example=first, nth=0)
        rita.call("confirm", project=number, example=first)
    client.call("remove_member", project=number, user="rita")
    back = pull(client, project=project)
    assert back.problems == ()
    assert back.documents[0].meta["doccano"]["confirmed_by"] == ["rita"]
    assert [d.state for d in back.documents] == ["corrected", "proposed"]


def test_a_wrong_password_is_said_and_never_shown(home):
    access = Access(Access.local(home).url, "admin", "not-the-password")
    with pytest.raises(BadCredentials) as caught, Client(access, home=home):
        pass
    assert "not-the-password" not in str(caught.value) + repr(access)


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"{}"), (200, b"<html>another page</html>"), (200, b"{}")]
)
def test_another_server_is_told_from_doccano(environments, empty_home, status, body):
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        access = Access(f"http://127.0.0.1:{server.server_port}", "admin", "secret")
        with pytest.raises(WrongServer, match=r"as doccano 1\.8 does"):  # noqa: SIM117
            with Client(access, home=empty_home) as client:
                push(documents(), client, project="p")
        server.shutdown()


def test_no_server_is_one_sentence(environments, empty_home):
    with pytest.raises(NotRunning, match="govner doccano up"):
        Access.local(empty_home)
    access = Access(f"http://127.0.0.1:{free_port()}", "admin", "secret")
    with pytest.raises(NotRunning), Client(access, home=empty_home):
        pass


def test_a_full_disk_leaves_the_old_output(home, client, project, tmp_path):
    push(documents(200), client, project=project)
    out = tmp_path / "corrected.jsonl"
    out.write_text("the old one\n", encoding="utf-8")
    done = subprocess.run(
        [*GOVNER, "doccano", "pull", "--project", project, "-o", out, "--home", home.root],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert done.returncode == 2, done.stderr
    assert "cannot be written (File too large)" in done.stderr
    assert out.read_text(encoding="utf-8") == "the old one\n"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".corr")] == []


def test_ten_thousand_documents(client, project):
    many = documents(10_000)
    assert push(many, client, project=project).sent == 10_000
    assert_once(client, project, many)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ([Document("a", "半\ud800个")], NotExportable),
        ([Document("a", " \n")], NotExportable),
        ([*documents(1), *documents(1)], BadInput),
        ([], BadInput),
    ],
)
def test_bad_documents_send_nothing(client, project, bad, error):
    with pytest.raises(error):
        push(bad, client, project=project)
    assert client.call("projects", name=project) == []


@pytest.mark.parametrize("settings", [{"grapheme_mode": True}, {"collaborative_annotation": False}])
def test_a_project_of_another_kind_is_refused(client, project, settings):
    kind = {"collaborative_annotation": True, "grapheme_mode": False} | settings
    about = {"name": project, "project_type": "SequenceLabeling", "description": "another"}
    client.call("create_project", **about, **kind)
    with pytest.raises(BadProject, match=next(iter(settings))):
        push(documents(), client, project=project)


def test_down_stops_what_up_started_and_a_taken_port_is_said(home, empty_home):
    url = Access.local(home).url
    port = int(url.rpartition(":")[2])
    with pytest.raises(CannotStart, match=f"port {port} is taken"):
        ensure_up(empty_home, port=port)
    assert down(empty_home) is False
    assert ask_health(url) is not None
    assert running(home).whole


def test_secrets_can_be_read_by_their_user_alone(home):
    for path in [home.root, *home.root.glob("password-*"), home.password_file]:
        assert path.stat().st_mode & 0o077 == 0
    logs = b"".join(path.read_bytes() for path in (home.root / "logs").iterdir())
    assert home.secret(home.password_file.name).encode() not in logs


def test_the_queue_is_there_before_any_process_that_could_make_it(empty_home, monkeypatch):
    """Two that make it at the same instant would be one too many: the second one would die."""

    class Begun(Exception):
        pass

    def begin(*args, **kwargs):
        raise Begun

    monkeypatch.setattr("govner.doccano.processes.start", begin)
    with pytest.raises(Begun):
        ensure_up(empty_home, port=free_port())
    with sqlite3.connect(empty_home.root / "data" / "queue.sqlite3") as queue:
        assert queue.execute("select name from kombu_queue").fetchall() == [("celery",)]
        assert queue.execute("select count(*) from kombu_message").fetchone() == (0,)


def test_a_server_that_does_not_start_says_its_last_words(home):
    with (home.folder("logs") / "worker.log").open("a") as log:
        log.write("the disk is full\n\n")
    kill(home, "worker")
    with pytest.raises(CannotStart, match=r"the worker ended \(the disk is full\); its log is"):
        server._wait(home, 5)
