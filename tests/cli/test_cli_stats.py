"""``govner stats`` as a command."""

import json
from pathlib import Path

from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import GovnerError, parse_marked, write_documents

run = CliRunner().invoke
QUICK = Path(__file__).parents[2] / "configs" / "quick.cfg"


def test_a_folder_with_gold_gets_its_page(tmp_path):
    texts = ["[省委](ORG)[书记](TITLE)[王明](PERSON)出席。", "省委说。"]
    write_documents(tmp_path / "corpus" / "gold" / "a.jsonl", map(parse_marked, texts))
    out = tmp_path / "page"
    result = run(app, ["stats", str(tmp_path / "corpus"), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "2 documents" in result.stderr
    assert "1 surfaces annotated in different ways" in result.stderr
    assert "2 documents are too few to train models" in result.stderr
    record = json.loads((out / "stats.json").read_text("utf-8"))
    assert record["inconsistent"][0]["ways"] == {"ORG": 1, "–": 1}
    assert "rules" in record["disagreements"]
    assert "<h1>corpus</h1>" in (out / "index.html").read_text("utf-8")


def test_the_gold_is_held_against_the_guideline_of_the_corpus(tmp_path):
    folder = tmp_path / "corpus"
    texts = ["[省委](ORG)[书记](TITLE)出席。", "[省委书记](TITLE)说。", "[嘉兴市委](ORG)书记说。"]
    write_documents(folder / "gold" / "a.jsonl", map(parse_marked, texts))
    guideline = (
        "## T3 Body and post · 分开\n\n> [省委](ORG)[书记](TITLE)\n> [市委](ORG)[书记](TITLE)\n"
    )
    (folder / "guidelines.md").write_text(guideline, "utf-8")
    out = tmp_path / "page"
    assert run(app, ["stats", str(folder), "-o", str(out)]).exit_code == 0
    section = json.loads((out / "stats.json").read_text("utf-8"))["guideline"][
        "T3 Body and post · 分开"
    ]
    ((expected, found, _),) = section["against"]
    assert (section["examples"], section["places"]) == (2, 2)
    assert (expected, found) == ("[省委](ORG)[书记](TITLE)", "[省委书记](TITLE)说。")
    assert 'id="against-1"' in (out / "index.html").read_text("utf-8")


def test_an_empty_folder_is_an_error(tmp_path):
    result = run(app, ["stats", str(tmp_path), "-o", str(tmp_path / "page")])
    assert isinstance(result.exception, GovnerError)
    assert not (tmp_path / "page").exists()


def test_models_are_trained_where_there_is_enough_to_learn_from(tmp_path, monkeypatch):
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    documents = [parse_marked(f"[{name}市委](ORG)[书记](TITLE)出席。") for name in names]
    write_documents(tmp_path / "gold.jsonl", documents)
    asked = []

    def folds_of(given, config, *, folds):
        asked.append((len(given), config.name, folds))
        return list(given)

    monkeypatch.setattr("govner.cli.stats.fold_predictions", folds_of)
    arguments = ["stats", str(tmp_path / "gold.jsonl"), "-o", str(tmp_path / "page")]
    for more in (["--config", str(QUICK)], ["--config", str(QUICK), "--folds", "3"],
                 ["--config", "none.cfg"], ["--folds", "0"]):  # fmt: skip
        assert run(app, [*arguments, *more]).exit_code == 0
    assert asked == [(20, "quick.cfg", 5), (20, "quick.cfg", 3)]
    record = json.loads((tmp_path / "page" / "stats.json").read_text("utf-8"))
    assert list(record["disagreements"]) == ["rules"]
    assert isinstance(run(app, [*arguments, "--folds", "1"]).exception, GovnerError)
