"""How far people are: status in documents, and pulling as they work."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.doccano import Home, project_statuses, push
from govner.doccano.client import Access, Client
from govner.doccano.ledger import Ledger
from govner.document import Document, parse_marked, read_documents
from govner.review import adjudicate

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("doccano")]

GOVNER = [sys.executable, "-c", "from govner.cli.main import main; main()", "doccano"]
SHORT = parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)")
LONG = Document("long", "很长的一段，没有什么，只是很长的段落，要分成两块。\n" * 100)


def status(client, project):
    (found,), _ = project_statuses(client, name=project)
    return (found.documents, found.pieces, found.proposed, found.confirmed, found.commented)


def test_status_counts_documents_and_not_their_pieces(client, project):
    push([LONG, SHORT], client, project=project)
    number = client.call("projects", name=project)[0]["id"]
    first, second, short = client.call("examples", project=number)
    assert status(client, project) == (2, 3, 2, 0, 0)
    client.call("confirm", project=number, example=first)
    for example in (first, second):
        client.call("comment", project=number, example=example, text="?")
    assert status(client, project) == (2, 3, 2, 0, 1)
    client.call("confirm", project=number, example=second)
    client.call("comment", project=number, example=short, text="??")
    assert status(client, project) == (2, 3, 1, 1, 2)
    elsewhere = Client(client.access, home=client.home)
    with elsewhere:
        elsewhere.home = Home.at(client.home.root / "elsewhere")  # it knows no push
        assert status(elsewhere, project) == (2, 3, 1, 1, 2)


def test_the_readings_of_an_adjudication_are_no_comments_of_people(client, project):
    one = SHORT.with_spans(SHORT.spans, state="corrected")
    other = SHORT.with_spans(SHORT.spans[:2], state="corrected")
    push(adjudicate([one], [other]).disputed, client, project=project)
    assert status(client, project) == (1, 1, 1, 0, 0)


def test_projects_of_other_kinds_are_named_and_passed_over(home, client, project):
    push([SHORT], client, project=project)
    about = {"project_type": "DocumentClassification", "description": "another"}
    client.call("create_project", name=f"{project[:80]} other", **about)
    done = CliRunner().invoke(app, ["doccano", "status", "--home", str(home.root)])
    assert done.exit_code == 0, done.output
    assert f"{project}: 1 documents: 1 proposed, 0 confirmed, 0 commented" in done.stdout
    assert f"{project[:80]} other: not a project for round trips" in done.stdout


def test_a_project_is_known_again_at_another_address(home, client, project):
    """The same server at another port, or by its other name."""
    push([SHORT], client, project=project)
    access = Access.local(home)
    url = access.url.replace("127.0.0.1", "localhost")
    with Client(Access(url, access.user, access.password), home=home) as other:
        assert push([SHORT], other, project=project).there == 1
        assert status(other, project) == (1, 1, 1, 0, 0)


def test_a_project_made_anew_under_the_same_number_is_another(tmp_path):
    home = Home.at(tmp_path / "home")
    Ledger.of(home, project=1, created="2026-01-01").put([SHORT])
    assert Ledger.of(home, project=1, created="2026-01-01").documents
    assert not Ledger.of(home, project=1, created="2026-01-02").documents


def test_watching_pulls_as_people_work_and_ends_when_all_is_done(home, client, project, tmp_path):
    """An edit is pulled before anybody confirms, and what is left out counts as waiting."""
    push([SHORT, LONG], client, project=project)
    number = client.call("projects", name=project)[0]["id"]
    examples = client.call("examples", project=number)
    out = tmp_path / "corrected.jsonl"
    options = ["--project", project, "-o", out, "--home", home.root, "--confirmed-only"]
    with subprocess.Popen(
        [*GOVNER, "pull", *options, "--watch", "--every", "0.2"], stderr=subprocess.PIPE, text=True
    ) as watching:
        assert "0 confirmed (0 %), 0 opened, 2 untouched" in watching.stderr.readline()
        client.call("delete_span", project=number, example=examples[0], nth=0)
        assert "0 confirmed (0 %), 1 opened, 1 untouched" in watching.stderr.readline()
        for example in examples:
            client.call("confirm", project=number, example=example)
        assert "2 confirmed (100 %)" in watching.communicate(timeout=120)[1]
    assert watching.returncode == 0
    assert [(d.state, len(d.spans)) for d in read_documents(out)] == [
        ("corrected", 2),
        ("corrected", 0),
    ]


def test_watching_into_a_pipe_is_refused(tmp_path):
    done = CliRunner().invoke(app, ["doccano", "pull", "--project", "p", "--watch"])
    assert "give a file with -o" in str(done.exception)
