"""Out to a real doccano, corrected in its page, and back: exactly that change and no other."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govner.cli.annotate import annotate_documents
from govner.cli.main import app
from govner.doccano import project_statuses, pull, push
from govner.doccano.bench import measure
from govner.doccano.pieces import cut
from govner.document import Span, parse_marked, read_documents, write_documents
from govner.ingest import ingest_paths
from govner.review import adjudicate, changes

from .browser import person

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("doccano")]

SEEDS = Path(__file__).parents[2] / "seeds"

FIRST = "[嘉善县委](ORG)[书记](TITLE)[王明](PERSON)在西塘镇政府[讲话](TITLE)。"
SECOND = "𠮷野家👨‍👩‍👧‍👦旁，[省委](ORG)[书记](TITLE)张雪林出席。"
THIRD = "[国务院](ORG)[总理](TITLE)[李强](PERSON)"

HARD = [
    "𠮷野家👨‍👩‍👧‍👦旁[省委](ORG)[𠮷田](PERSON)[主席](TITLE)👍🏽后[王明](PERSON)",
    "e\u0301 Z\u0301 [国务院](ORG)\u3000[杜\u3000宇](PERSON)\u3000[总理](TITLE)",
    "前\t[市委](ORG)\t[书记](TITLE)\r\n\r\n[李强](PERSON)\r\n尾 ",
    "\n [县委](ORG)\u2028[书记](TITLE)\u0085[王明](PERSON)\n\n",
    "\ufeff[省委](ORG)\x0b[书记](TITLE)\u200b[张某](PERSON)\x7f",
]


def documents(*marked):
    found = []
    for text in marked:
        document = parse_marked(text)
        spans = [Span(*span.key, "rule.one") for span in document.spans]
        found.append(document.with_spans(spans, state="proposed"))
    return found


def test_what_a_person_does_in_the_page_comes_back(chromium, client, home, project):
    """Delete one wrong span, add two, relabel one, confirm: pull finds just that."""
    proposed = documents(FIRST, SECOND, THIRD)
    push(proposed, client, project=project)
    number = client.call("projects", name=project)[0]["id"]
    password = home.password_file.read_text(encoding="ascii").strip()
    with person(chromium, client.access.url, "admin", password) as page:
        page.open(number, 1)
        assert sorted(page.entities()) == ["ORG", "PERSON", "TITLE", "TITLE"]
        page.delete(3)
        page.add("西塘镇政府", "ORG")
        page.confirm()
        page.open(number, 2)
        page.add("张雪林", "PERSON")
        page.confirm()
        page.open(number, 3)
        page.relabel(1, "ORG")
    pulled = pull(client, project=project)
    assert pulled.problems == ()
    assert [d.meta["doccano"]["state"] for d in pulled.documents] == [
        "confirmed",
        "confirmed",
        "opened",
    ]
    assert [d.state for d in pulled.documents] == ["corrected", "corrected", "proposed"]
    found = changes(proposed, pulled.documents)
    assert [(c.kind, c.surfaces) for c in found.items if c.kind != "kept"] == [
        ("added", ("", "西塘镇政府")),
        ("deleted", ("讲话", "")),
        ("added", ("", "张雪林")),
    ]
    assert found.unreviewed == 1
    made = {d.surface(s): s.source for d in pulled.documents for s in d.spans}
    assert made["西塘镇政府"] == made["张雪林"] == "admin"
    assert made["嘉善县委"] == "rule.one"
    assert pulled.documents[0].meta["doccano"]["confirmed_by"] == ["admin"]


def test_hard_texts_come_back_with_every_span_reading_the_same(client, project):
    proposed = documents(*HARD)
    push(proposed, client, project=project)
    back = pull(client, project=project).documents
    assert [d.text for d in back] == [d.text for d in proposed]
    assert [d.spans for d in back] == [d.spans for d in proposed]


def test_spans_added_in_the_page_behind_wide_characters_read_the_same(
    chromium, client, home, project
):
    """The page counts UTF-16 units; a span dragged behind 𠮷 and emoji must not shift."""
    plain = [
        parse_marked(text)
        for text in (
            "𠮷野家👨‍👩‍👧‍👦在省委👍🏽后王明说",
            "e\u0301\u3000杜\u3000宇\t王明来",
            "第一行𠮷\r\n\r\n\t第二行，王明去\r\n",
        )
    ]
    push(plain, client, project=project)
    number = client.call("projects", name=project)[0]["id"]
    password = home.password_file.read_text(encoding="ascii").strip()
    with person(chromium, client.access.url, "admin", password) as page:
        for at in (1, 2, 3):
            page.open(number, at)
            page.add("王明", "PERSON")
            page.confirm()
    back = pull(client, project=project).documents
    assert [d.text for d in back] == [d.text for d in plain]
    assert [[d.surface(s) for s in d.spans] for d in back] == [["王明"]] * 3


def test_the_page_shows_labels_keys_and_guideline(chromium, client, home, project):
    """As the scheme has them; the guideline's examples with their labels."""
    guideline = "## O1 Named bodies\n> [北京大学](ORG)[校长](TITLE)\n"
    for _ in range(2):  # repeated, all is there once
        push(documents(FIRST), client, project=project, guideline=guideline)
    number = client.call("projects", name=project)[0]["id"]
    password = home.password_file.read_text(encoding="ascii").strip()
    with person(chromium, client.access.url, "admin", password) as page:
        page.open(number, 1)
        assert page.labels() == {
            "PERSON p": "rgb(47, 126, 216)",
            "TITLE t": "rgb(95, 138, 11)",
            "ORG o": "rgb(216, 87, 47)",
        }
        assert "O1 Named bodies [北京大学/ORG][校长/TITLE]" in page.guideline()


def test_the_figures_are_measured_on_what_came_back_whole(client):
    found = measure(client, 3, edit=True)
    assert (found.documents, found.edited is not None) == (3, True)
    assert "3 documents: pushed in" in str(found)
    assert not [p for p in client.call("all_projects") if p["name"].startswith("bench")]


def test_long_documents_are_cut_and_joined(client, project):
    paragraph = "[市纪委](ORG)[书记](TITLE)[张伟](PERSON)在会上讲话，强调纪律。\n"
    long = documents("".join(f"第{i}段，{paragraph}" for i in range(200)))
    done = push(long, client, project=project)
    assert done.pieces > 5
    (back,) = pull(client, project=project).documents
    assert (back.id, back.text, back.spans) == (long[0].id, long[0].text, long[0].spans)


def test_the_commands_go_the_whole_way(home, client, project, tmp_path):
    """Push, push again, confirm one, comment on another, status, pull."""
    write_documents(tmp_path / "proposed.jsonl", documents(FIRST, THIRD))
    options = ["--project", project, "--home", str(home.root)]
    run = CliRunner()
    for member in ("li", "li:annotation_approver"):
        push_again = ["doccano", "push", str(tmp_path / "proposed.jsonl"), *options]
        done = run.invoke(app, [*push_again, "--member", member])
        assert done.exit_code == 0, done.output
    assert "0 documents sent in 0 pieces, 2 there already" in done.output
    number = client.call("projects", name=project)[0]["id"]
    first, second = client.call("examples", project=number)
    confirm(client, number, first)
    client.call("comment", project=number, example=second, text="总理？")
    (status,), _ = project_statuses(client, name=project)
    assert (status.documents, status.pieces, status.confirmed, status.commented) == (2, 2, 1, 1)
    assert status.members == ("admin (project_admin)", "li (annotation_approver)")
    out = tmp_path / "corrected.jsonl"
    done = run.invoke(app, ["doccano", "pull", *options, "-o", str(out)])
    assert done.exit_code == 0, done.output
    one, two = read_documents(out)
    assert (one.state, two.state) == ("corrected", "proposed")
    assert two.meta["doccano"] == {
        "state": "opened",
        "confirmed_by": [],
        "comments": [{"user": "admin", "text": "总理？"}],
    }
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["id"] == one.id


def test_annotators_work_blind(client, project):
    """Each has a project of their own and sees the proposals there, not the other's work."""
    proposed = documents(FIRST)
    for name in ("anna", "bo"):
        members = [(name, "annotator")]
        push(proposed, client, project=f"{project}/{name}", members=members, make_users=True)
    number = client.call("projects", name=f"{project}/anna")[0]["id"]
    delete_span(client, number, 0)
    assert pull(client, project=f"{project}/bo").documents[0].spans == proposed[0].spans
    assert len(pull(client, project=f"{project}/anna").documents[0].spans) == 3


def confirm(client, number, example):
    """Confirm a row as the page does."""
    client.call("confirm", project=number, example=example)


def delete_span(client, number, nth):
    """Delete a span of the first row as the page does."""
    example = client.call("examples", project=number)[0]
    client.call("delete_span", project=number, example=example, nth=nth)


def test_what_two_differ_about_is_settled_by_a_third(client, project):
    """Adjudication goes out with both readings as comments on the right piece, and back as gold."""
    head = "".join(f"第{i}段，没有什么，只是一个很长的段落，为了分成两块。\n" for i in range(80))
    anna = corrected(head + "[市政府](ORG)[党组成员](TITLE)[李四](PERSON)")
    bo = corrected(head + "[市政府党组](ORG)[成员](TITLE)[李四](PERSON)")
    found = adjudicate([anna], [bo], names=("anna", "bo"))
    for _ in range(2):  # repeated, the comments are there once
        push(found.disputed, client, project=project)
    number = client.call("projects", name=project)[0]["id"]
    first, last = client.call("examples", project=number)
    (comment,) = client.call("comments", project=number)
    assert (comment["example"], "bo: [市政府党组](ORG)" in comment["text"]) == (last, True)
    assert pull(client, project=project).documents[0].meta["doccano"]["state"] == "untouched"
    confirm(client, number, first)
    assert pull(client, project=project).documents[0].state == "proposed"
    confirm(client, number, last)
    (gold,) = pull(client, project=project, confirmed_only=True).documents
    assert (gold.state, [gold.surface(s) for s in gold.spans]) == ("corrected", ["李四"])


def test_the_commands_of_adjudication_go_the_whole_way(home, client, project, tmp_path):
    texts = {
        "anna": "[市政府](ORG)[党组成员](TITLE)[李四](PERSON)",
        "bo": "[市政府党组](ORG)[成员](TITLE)李四",
    }
    for name, text in texts.items():
        same = corrected("[省委](ORG)[书记](TITLE)")
        write_documents(tmp_path / f"{name}.jsonl", [corrected(text), same])
    files = [str(tmp_path / f"{name}.jsonl") for name in texts]
    out, options = str(tmp_path / "gold.jsonl"), ["--project", project, "--home", str(home.root)]
    done = CliRunner().invoke(
        app, ["adjudicate", *files, "-o", out, "--names", "anna,bo", *options]
    )
    assert done.exit_code == 0, done.output
    assert f"disputed: 1 documents in 2 places, in the project {project}" in done.output
    number = client.call("projects", name=project)[0]["id"]
    assert len(client.call("comments", project=number)) == 2
    (example,) = client.call("examples", project=number)
    confirm(client, number, example)
    settled = str(tmp_path / "settled.jsonl")
    pulled = ["doccano", "pull", *options, "--confirmed-only", "-o", settled]
    assert CliRunner().invoke(app, pulled).exit_code == 0
    gold = [*read_documents(out), *read_documents(settled)]
    assert [(d.text, d.state) for d in gold] == [
        ("省委书记", "corrected"),
        ("市政府党组成员李四", "corrected"),
    ]


def corrected(marked):
    document = parse_marked(marked)
    return document.with_spans(document.spans, state="corrected")


def test_a_server_elsewhere_takes_credentials_from_the_environment(
    home, client, project, tmp_path, monkeypatch
):
    write_documents(tmp_path / "proposed.jsonl", documents(FIRST))
    monkeypatch.setenv("GOVNER_DOCCANO_USER", "admin")
    monkeypatch.setenv("GOVNER_DOCCANO_PASSWORD", home.secret(home.password_file.name))
    options = ["--project", project, "--url", client.access.url, "--home", str(home.root)]
    for command in (
        ["push", str(tmp_path / "proposed.jsonl")],
        ["pull", "-o", str(tmp_path / "corrected.jsonl")],
    ):
        done = CliRunner().invoke(app, ["doccano", *command, *options])
        assert done.exit_code == 0, done.output
        assert home.secret(home.password_file.name) not in done.output
    (back,) = read_documents(tmp_path / "corrected.jsonl")
    assert back.spans == documents(FIRST)[0].spans


def test_the_seeds_go_out_and_one_correction_comes_back(chromium, client, home, project):
    """The seed page and the composed ones, proposed by the rules, corrected in the page."""
    proposed = list(annotate_documents(ingest_paths([SEEDS])))
    assert len(proposed) > 3
    done = push(proposed, client, project=project)
    assert (done.sent, done.pieces >= len(proposed)) == (len(proposed), True)
    number = client.call("projects", name=project)[0]["id"]
    pieces = [piece for document in proposed for piece in cut(document)]
    at, word = next(
        (at, text)
        for at, piece in enumerate(pieces)
        if len(cut(proposed_by_id(proposed, piece.document))) == 1
        if (text := unmarked(piece))
    )
    password = home.password_file.read_text(encoding="ascii").strip()
    with person(chromium, client.access.url, "admin", password) as page:
        page.open(number, at + 1)
        label = page.entities()[0]
        page.delete(0)
        page.add(word, "ORG")
        page.confirm()
    back = pull(client, project=project)
    assert back.problems == ()
    assert [d.id for d in back.documents if d.state == "corrected"] == [pieces[at].document]
    found = changes(proposed, back.documents, unreviewed=True)
    changed = [c for c in found.items if c.kind != "kept"]
    assert sorted((c.kind, c.label) for c in changed) == [("added", "ORG"), ("deleted", label)]
    assert word in {c.surfaces[1] for c in changed}


def proposed_by_id(documents, key):
    return next(document for document in documents if document.id == key)


def unmarked(piece):
    """Return two characters near the beginning that stand there once and far from any span."""
    for at in range(30):
        word = piece.text[at : at + 2]
        near = any(s.start < at + 3 and at - 1 < s.end for s in piece.spans)
        if word.isalpha() and not near and piece.text.count(word) == 1 and piece.spans:
            return word
    return ""
