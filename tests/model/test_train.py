"""Training from the configs: what is written, and what is refused."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from thinc.api import Config
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import GovnerError, read_documents
from govner.document.errors import BadConfig, BadInput
from govner.model.train import parse_overrides, train_model

CONFIGS = Path(__file__).parents[2] / "configs"
NAMES = ("char", "jieba", "pkuseg")
FEW = {"training.max_steps": 4, "training.eval_frequency": 2}


def settings(corpus, **more):
    paths = {"paths.train": str(corpus / "train.jsonl"), "paths.dev": str(corpus / "dev.jsonl")}
    return {**paths, **FEW, **more}


@pytest.mark.parametrize("name", [*NAMES, "quick"])
def test_filling_a_config_changes_nothing(name):
    config = Config().from_disk(CONFIGS / f"{name}.cfg", interpolate=False)
    config["initialize"]["tokenizer"]["pkuseg_model"] = None
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    filled = nlp.config.copy()
    assert {key: filled[key] for key in config} == dict(config)
    assert set(filled) == set(config)


@pytest.mark.parametrize("name", NAMES[1:])
def test_configs_differ_only_in_the_segmenter(name):
    lines, others = ((CONFIGS / f"{n}.cfg").read_text("utf-8").splitlines() for n in ("char", name))
    assert len(lines) == len(others)
    different = [b for a, b in zip(lines, others, strict=True) if a != b]
    assert different
    assert all(line.startswith("segmenter = ") for line in different)


def test_training_writes_model_scores_and_manifest(corpus, tmp_path):
    log = io.StringIO()
    trained = train_model(
        CONFIGS / "char.cfg", tmp_path / "model", overrides=settings(corpus), log=log
    )
    manifest = json.loads((trained.folder / "manifest.json").read_text("utf-8"))
    assert manifest["seed"] == 7
    assert set(manifest["inputs"]) == {
        str(path) for path in (CONFIGS / "char.cfg", corpus / "train.jsonl", corpus / "dev.jsonl")
    }
    assert manifest["train"] == str(corpus / "train.jsonl")
    assert set(manifest["learned"]) == {d.id for d in read_documents(corpus / "train.jsonl")}
    assert json.loads((trained.folder / "scores.json").read_text("utf-8")) == trained.scores
    assert spacy.load(trained.folder).pipe_names == ["ner"]
    assert not list(tmp_path.glob(".model*"))


def test_the_same_config_gives_the_same_weights(corpus, tmp_path):
    for name in ("one", "two"):
        options = settings(corpus)
        train_model(CONFIGS / "char.cfg", tmp_path / name, overrides=options, log=io.StringIO())
    one, two = ((tmp_path / name / "ner" / "model").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.slow
def test_spacy_trains_from_the_config_without_any_code(corpus, tmp_path):
    arguments = [word for item in settings(corpus).items() for word in (f"--{item[0]}", item[1])]
    command = ["-m", "spacy", "train", CONFIGS / "jieba.cfg", "--output", tmp_path / "out"]
    subprocess.run(
        [sys.executable, *map(str, command), *map(str, arguments)],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    assert spacy.load(tmp_path / "out" / "model-last").tokenizer.segmenter == "jieba"


def test_a_failed_training_leaves_the_old_model(corpus, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "old").write_text("whole", "utf-8")
    broken = tmp_path / "train.jsonl"
    shutil.copy(corpus / "train.jsonl", broken)
    broken.write_text(broken.read_text("utf-8") + "{no json\n", "utf-8")
    options = settings(corpus) | {"paths.train": str(broken)}
    with pytest.raises(GovnerError, match=r"train\.jsonl, line 41: not JSON"):
        train_model(CONFIGS / "char.cfg", tmp_path / "model", overrides=options, log=io.StringIO())
    assert (tmp_path / "model" / "old").read_text("utf-8") == "whole"


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"paths.train": "nowhere.jsonl"}, BadInput, "no such file"),
        ({"paths.train": None}, BadConfig, "names no documents"),
        ({"components.ner.factory": "nothing"}, BadConfig, "nothing"),
        ({"nlp.tokenizer.segmenter": "hanlp"}, BadConfig, "choose from char"),
    ],
)
def test_bad_settings_are_one_sentence(corpus, tmp_path, change, error, message):
    options = settings(corpus) | change
    with pytest.raises(error, match=message):
        train_model(CONFIGS / "char.cfg", tmp_path / "m", overrides=options, log=io.StringIO())
    assert not (tmp_path / "m").exists()


def test_bad_configs_are_one_sentence(tmp_path):
    bad = tmp_path / "bad.cfg"
    for content, message in ((None, "no such config"), ("[a\nb", "bad"), ("\x00", "bad")):
        if content is not None:
            bad.write_text(content, "utf-8")
        with pytest.raises(BadConfig, match=message):
            train_model(bad, tmp_path / "model", log=io.StringIO())


def test_settings_follow_the_config_as_in_spacy():
    given = ["--paths.train", "a.jsonl", "--training.max_steps=40", "--training.dropout", "0.1"]
    assert parse_overrides(given) == {
        "paths.train": "a.jsonl",
        "training.max_steps": 40,
        "training.dropout": 0.1,
    }
    for wrong in (["extra"], ["--quick"]):
        with pytest.raises(BadConfig, match="no setting"):
            parse_overrides(wrong)


def test_the_command_trains_and_says_what_it_reached(corpus, tmp_path):
    arguments = [f"--{key}={value}" for key, value in settings(corpus).items()]
    result = CliRunner().invoke(
        app, ["train", str(CONFIGS / "char.cfg"), "-o", str(tmp_path / "model"), *arguments]
    )
    assert result.exit_code == 0, result.stderr
    assert "F1" in result.stderr.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("config", ["char.cfg", "bench/govner.cfg"])
def test_the_same_config_data_and_seed_give_the_same_model(corpus, tmp_path, config):
    models = []
    for name in ("first", "second"):
        overrides = settings(corpus)
        train_model(CONFIGS / config, tmp_path / name, overrides=overrides, log=io.StringIO())
        folder = tmp_path / name / "ner"
        models.append([path.read_bytes() for path in sorted(folder.iterdir())])
    assert models[0] == models[1]


def test_probabilities_are_calibrated_on_dev(corpus, tmp_path):
    overrides = {**settings(corpus), "training.max_steps": 60, "training.eval_frequency": 30}
    overrides["training.optimizer.learn_rate.initial_rate"] = 0.02
    overrides["components.ner.threshold"] = 0.0
    trained = train_model(
        CONFIGS / "char.cfg", tmp_path / "model", overrides=overrides, log=io.StringIO()
    )
    learned = trained.scores["calibration"]["ner"]
    assert learned == json.loads((trained.folder / "scores.json").read_text())["calibration"]["ner"]
    nlp = spacy.load(trained.folder)
    assert nlp.get_pipe("ner").cfg["temperature"] == learned["temperature"]
    assert learned["entities"] >= 30
    assert learned["temperature"] != 1.0
