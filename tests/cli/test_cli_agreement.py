"""`govner agreement` and `govner adjudicate` on files."""

import json

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents

ANNA = ["[市政府](ORG)[党组成员](TITLE)[李四](PERSON)", "[省委](ORG)"]
BO = ["[市政府党组](ORG)[成员](TITLE)[李四](PERSON)", "[省委](ORG)"]


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, texts in (("anna", ANNA), ("bo", BO)):
        documents = [parse_marked(text) for text in texts]
        documents = [d.with_spans(d.spans, state="corrected") for d in documents]
        paths.append(str(tmp_path / f"{name}.jsonl"))
        write_documents(paths[-1], documents)
    return paths


def test_agreement_prints_figures_clusters_and_the_guideline(files):
    done = CliRunner().invoke(app, ["agreement", *files, "--proposed", files[0]])
    assert done.exit_code == 0, done.output
    assert "2 documents done by both, 1 of them alike" in done.output
    assert "1 × border, TITLE / TITLE, see T6" in done.output
    lines = [line.split() for line in done.output.splitlines()]
    assert "against the proposals" in done.output
    alike = ["1.000"] * 8
    assert [files[0], "2", "2", *alike] in lines  # anna only clicked through
    bo = ["2", "1", "1.000", "0.000", "0.500", "0.500", "1.000", "0.560", "0.645", "0.703"]
    assert [files[1], *bo] in lines


def test_agreement_as_json(files):
    done = CliRunner().invoke(app, ["agreement", *files, "--json"])
    record = json.loads(done.stdout)
    assert record["labels"]["PERSON"] == {
        "both": 1, "only_first": 0, "only_second": 0, "f1": 1.0, "kappa": 1.0,
    }  # fmt: skip
    assert len(record["disagreements"]) == 2


def test_adjudicate_writes_gold_and_the_rest(files, tmp_path):
    out, rest = tmp_path / "gold.jsonl", tmp_path / "rest.jsonl"
    done = CliRunner().invoke(app, ["adjudicate", *files, "-o", str(out), "--rest", str(rest)])
    assert done.exit_code == 0, done.output
    assert [d.text for d in read_documents(out)] == ["省委"]
    (disputed,) = read_documents(rest)
    assert [disputed.surface(s) for s in disputed.spans] == ["李四"]
    assert "disputed: 1 documents in 1 places" in done.output
