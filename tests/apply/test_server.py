"""The server: what it answers, what it refuses, and how it ends."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import closing, contextmanager

import pytest

from govner.apply.boss import Setup, Team
from govner.cli.serve import listen

from .conftest import address_of

server = pytest.importorskip("govner.apply.server", exc_type=ImportError)
uvicorn = pytest.importorskip("uvicorn", reason="the extra serve is not installed")
httpx = pytest.importorskip("httpx", reason="httpx is not installed")

TEXT = "省委书记王明出席会议。"


@pytest.fixture(scope="module")
def team():
    with Team(Setup.of("rules")) as team:
        yield team


@contextmanager
def running(app):
    """Serve an application from a thread and give its address."""
    listener = listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(60)


@pytest.fixture(scope="module")
def client(team):
    app = server.make_app(team, predictor={"with": "rules"}, most_documents=3, most_bytes=2000)
    with running(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def found(record):
    return [(record["text"][s["start"] : s["end"]], s["label"]) for s in record["spans"]]


def test_a_document_for_a_document_and_a_list_for_a_list(client):
    one = client.post("/annotate", json={"text": TEXT, "id": "a", "meta": {"date": "2026"}})
    assert one.status_code == 200
    assert found(one.json()) == [("省委", "ORG"), ("书记", "TITLE"), ("王明", "PERSON")]
    assert (one.json()["id"], one.json()["meta"]) == ("a", {"date": "2026"})
    many = client.post("/annotate", json=[{"text": TEXT}, {"text": "今天。"}])
    assert [found(record) for record in many.json()] == [found(one.json()), []]
    assert client.post("/annotate", json=[]).json() == []


def test_health_and_version(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/version").json()["predictor"] == {"with": "rules"}


def test_what_is_too_large_or_no_text_is_refused(client):
    assert client.post("/annotate", json={"text": "省" * 2000}).status_code == 413
    pieces = (b" " * 1000 for _ in range(5))  # without a length, counted as it comes
    assert client.post("/annotate", content=pieces).status_code == 413
    kind = {"Content-Type": "application/json"}
    assert client.post("/annotate", content=b"\xff", headers=kind).status_code == 400
    assert client.post("/annotate", json=[{"text": "a"}] * 4).status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b'{"text": 1}', b'{"text": "a", "x": 1}', b'{"text": "\\ud800"}']
)
def test_what_is_no_document_is_refused(client, body):
    answer = client.post("/annotate", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.slow
def test_the_openapi_is_kept_to(team):
    schemathesis = pytest.importorskip("schemathesis")
    app = server.make_app(team, predictor={"with": "rules"})
    seen = []
    with running(app) as address:
        api = schemathesis.openapi.from_url(f"{address}/openapi.json")
        for operation in api.get_all_operations():
            for mode in schemathesis.GenerationMode:
                # A request that takes nothing cannot be wrong.
                if operation.ok().method == "post" or mode.is_positive:
                    run_examples(operation.ok().as_strategy(generation_mode=mode), seen)
    assert {200, 422} <= set(seen)


def run_examples(strategy, seen):
    from hypothesis import HealthCheck, given, settings

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def check(case):
        seen.append(case.call_and_validate().status_code)

    check()


@pytest.fixture
def serve(tmp_path):
    """Start ``govner serve`` and return the process and its address."""
    started = []

    def serve(*options, **keywords):
        command = [sys.executable, "-m", "govner", "serve", "--port", "0", *options]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **keywords)
        started.append(process)
        return process, address_of(process)

    yield serve
    for process in started:
        process.kill()
        process.communicate()


def post(address, body):
    request = urllib.request.Request(
        f"{address}/annotate",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.slow
def test_requests_under_way_are_answered_before_it_ends(serve):
    process, address = serve("rules", "--most-bytes", "10000000", "--timeout", "600")
    assert address.startswith("http://127.0.0.1:")
    long = json.dumps({"text": TEXT * 20_000})
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=600)
    with closing(connection):
        connection.request("POST", "/annotate", long, {"Content-Type": "application/json"})
        with urllib.request.urlopen(f"{address}/health", timeout=600) as healthy:
            assert healthy.status == 200  # what came before this has been begun
        process.send_signal(signal.SIGTERM)
        answer = connection.getresponse()
        assert answer.status == 200
        assert len(json.load(answer)["spans"]) >= 3
    assert process.wait(600) == 0
    with pytest.raises(OSError, match="refused"):
        post(address, {"text": TEXT})


@pytest.mark.slow
def test_what_fails_or_kills_is_told_and_the_next_is_served(serve, poison):
    process, address = serve(poison, "--timeout", "600")
    assert post(address, [{"text": "王明"}, {"text": "死"}]) == (
        422,
        {"detail": "document 1: a worker process ended of it (SIGKILL)"},
    )
    assert post(address, {"text": "毒"})[1] == {"detail": "document 0: ValueError: poisonous"}
    assert post(address, {"text": "王明"})[1]["spans"][0]["label"] == "PERSON"
    process.send_signal(signal.SIGINT)
    assert process.wait(600) == 0


@pytest.mark.slow
def test_what_takes_too_long_is_told_and_the_next_is_served(serve, poison):
    """503 asks to try again, as while the worker that was ended is started again."""
    _, address = serve(poison, "--timeout", "3")
    assert post(address, {"text": "眠"})[0] == 503
    answers = (post(address, {"text": "王明"}) for _ in range(100))
    status, answer = next(found for found in answers if found[0] != 503)
    assert (status, answer["spans"][0]["label"]) == (200, "PERSON")


def test_a_port_that_is_taken_is_told(tmp_path):
    import socket

    from typer.testing import CliRunner

    from govner.cli.main import app

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["serve", "rules", "--port", port])
    assert "cannot be listened on" in str(result.exception)
