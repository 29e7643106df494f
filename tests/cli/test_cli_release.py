"""``govner release``: what is worse than the last release does not go out."""

import json
import subprocess
import sys
import zipfile

import pytest
import spacy
from typer.testing import CliRunner

from govner.cli.main import app
from govner.cli.release import guideline_version
from govner.document import parse_marked, read_documents, write_documents
from govner.document.errors import BadInput
from govner.evaluation.floors import BelowFloor, OtherCorpus

run = CliRunner().invoke
TEXTS = ["[省委](ORG)[书记](TITLE)王明出席。", "[市委](ORG)[书记](TITLE)主持。", "[县委](ORG)说。"]


@pytest.fixture
def place(tmp_path):
    write_documents(tmp_path / "test.jsonl", map(parse_marked, TEXTS))
    build(tmp_path, "省委", "市委", "书记")
    return tmp_path


def build(place, *words):
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        {"label": "TITLE" if word == "书记" else "ORG", "pattern": list_of(word)} for word in words
    )
    nlp.to_disk(place / "model")


def list_of(word):
    return [{"TEXT": character} for character in word]


def release(place, *options):
    fixed = ["--on", place / "test.jsonl", "-o", place / "dist", "--floors", place / "floors.json"]
    return run(app, ["release", str(place / "model"), *map(str, fixed), *options])


def floors(place):
    return json.loads((place / "floors.json").read_text("utf-8"))["f1"]


def test_the_first_release_pins_its_scores(place):
    result = release(place)
    assert result.exit_code == 0, result.exception
    assert floors(place) == {"ORG": 0.8, "TITLE": 1.0, "all": 0.8889}
    assert release(place).exit_code == 0


def test_a_worse_model_does_not_go_out(place):
    release(place)
    (wheel,) = (place / "dist").iterdir()
    kept = wheel.read_bytes()
    build(place, "省委", "书记")
    result = release(place)
    assert isinstance(result.exception, BelowFloor)
    assert "ORG 50.00 < 80.00" in str(result.exception)
    assert wheel.read_bytes() == kept
    assert floors(place)["ORG"] == 0.8
    assert release(place, "--allow-regression").exit_code == 0
    assert floors(place)["ORG"] == 0.5


def test_a_better_model_raises_the_floors_only_when_told(place):
    release(place)
    build(place, "省委", "市委", "县委", "书记")
    assert release(place).exit_code == 0
    assert floors(place)["ORG"] == 0.8
    release(place, "--raise-floors")
    assert floors(place)["ORG"] == 1.0


def test_floors_belong_to_their_corpus(place):
    release(place)
    documents = list(read_documents(place / "test.jsonl"))
    write_documents(place / "test.jsonl", documents[:2])
    result = release(place)
    assert isinstance(result.exception, OtherCorpus)


def test_a_broken_file_of_floors_is_an_error(place):
    (place / "floors.json").write_text("{}", "utf-8")
    assert isinstance(release(place).exception, BadInput)
    assert not (place / "dist").exists()


def test_the_wheel_carries_its_card_and_tests_itself(place):
    release(place, "--version", "1.2.3")
    (wheel,) = (place / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    card = (place / "site" / "zh_govnews_ner" / "MODEL_CARD.md").read_text("utf-8")
    assert card.startswith("# zh_govnews_ner 1.2.3")
    assert "| ORG | 100.0 | 66.7 | 80.0 | 3 |" in card
    assert "- missed ORG: 县委 (1)" in card
    assert 'spacy.load("zh_govnews_ner")' in card
    (meta,) = (place / "site" / "zh_govnews_ner").glob("meta.json")
    assert json.loads(meta.read_text("utf-8"))["license"] == "MIT"
    command = [sys.executable, "-m", "zh_govnews_ner.selftest"]
    done = subprocess.run(command, cwd=place / "site", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "zh_govnews_ner 1.2.3: 3 of 3 agree\n")
    cases = place / "site" / "zh_govnews_ner" / "selftest.json"
    cases.write_text(cases.read_text("utf-8").replace("ORG", "PERSON"), "utf-8")
    done = subprocess.run(command, cwd=place / "site", capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 of 3 agree" in done.stdout


def test_the_guideline_states_its_version(tmp_path):
    path = tmp_path / "guidelines.md"
    path.write_text("# Guideline\n\nVersion 1.4. Three labels.\n", "utf-8")
    assert guideline_version(path) == "version 1.4"
    assert guideline_version(tmp_path / "none.md") == ""
