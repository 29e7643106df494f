"""The packaged wheel: alone in an empty environment, and beside an installed govner."""

import shutil
import subprocess
import venv
import zipfile
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from govner.document.errors import BadConfig, BadModel
from govner.model.package import package_model

from .conftest import article, train_small

pytestmark = pytest.mark.slow  # its tests make models and wheels

TEXT = "县市场监管局副局长张雪林主持会议。"
CODE = """
import pickle, sys
import spacy
if __name__ == "__main__":
    text = sys.argv[1]
    nlp = spacy.load("zh_govnews_ner")
    other = spacy.blank("zh")
    other.add_pipe("ner", source=nlp)
    other.to_disk(sys.argv[2])
    many = list(nlp.pipe([text] * 4, n_process=2, batch_size=2))
    docs = [nlp(text), pickle.loads(pickle.dumps(nlp))(text), other(text), *many]
    for doc in docs:
        print(*[f"{e.text}/{e.label_}" for e in doc.ents])
    print(any(name.split(".")[0] == "govner" for name in sys.modules))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel of the small model, with the rules as hints so that they travel too."""
    folder = tmp_path_factory.mktemp("wheel")
    hinted = train_small(
        [article(seed) for seed in range(40)], hints={"@misc": "govner.RuleHints.v1"}
    )
    hinted.to_disk(folder / "model")
    return package_model(folder / "model", folder / "dist")


def needed(requirement, seen):
    """Yield the installed distributions that a requirement stands for, with all they need."""
    parsed = Requirement(requirement)
    if parsed.marker and not parsed.marker.evaluate({"extra": ""}):
        return
    found = distribution(parsed.name)
    if found.metadata["Name"] in seen:
        return
    seen.add(found.metadata["Name"])
    yield found
    for inner in found.requires or ():
        yield from needed(inner, seen)


def empty_environment(folder, wheel):
    """Make an environment that holds the wheel and what it says it needs, and nothing else."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
        metadata = next(n for n in archive.namelist() if n.endswith("/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
    seen = set()
    for line in (line for line in lines if line.startswith("Requires-Dist: ")):
        for found in needed(line.removeprefix("Requires-Dist: "), seen):
            for top in {file.parts[0] for file in found.files} - {"..", "__pycache__"}:
                target = site / top
                if not target.exists():
                    target.symlink_to(found.locate_file(top))
    return folder / "bin" / "python"


def run(python, *arguments):
    result = subprocess.run(
        [str(python), "-I", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.slow
def test_the_wheel_works_alone(wheel, tmp_path):
    python = empty_environment(tmp_path / "env", wheel)
    script = tmp_path / "check.py"
    script.write_text(CODE, "utf-8")
    *found, imports_govner = run(python, script, TEXT, tmp_path / "other")
    assert set(found) == {"县市场监管局/ORG 副局长/TITLE 张雪林/PERSON"}
    assert len(found) == 7
    assert imports_govner == "False"
    load = "import spacy, sys; print(*[e.text for e in spacy.load(sys.argv[1])(sys.argv[2]).ents])"
    assert run(python, "-c", load, tmp_path / "other", TEXT) == ["县市场监管局 副局长 张雪林"]


def test_the_wheel_names_no_govner_and_is_complete(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith(".py"):
                source = archive.read(name).decode()
                assert "import govner" not in source
                assert "from govner" not in source
            assert not name.startswith("govner/")
        config = next(n for n in names if n.endswith("/config.cfg"))
        assert '"govner' not in archive.read(config).decode()
        metadata = archive.read(next(n for n in names if n.endswith("/METADATA"))).decode()
    assert any("/govner/rules/lexicons/" in name for name in names)
    assert "Requires-Dist: pyahocorasick" in metadata
    assert "Requires-Dist: spacy>=3.8" in metadata
    assert len(names) == len(set(names))


def test_the_same_model_gives_the_same_wheel(wheel):
    again = package_model(wheel.parents[1] / "model", wheel.parents[1] / "again")
    assert again.read_bytes() == wheel.read_bytes()
    assert sorted(path.name for path in again.parent.iterdir()) == [again.name]


def test_a_segmenter_is_a_requirement(tmp_path):
    nlp = train_small([article(seed) for seed in range(4)], steps=1, segmenter="jieba")
    nlp.to_disk(tmp_path / "model")
    made = package_model(tmp_path / "model", tmp_path, name="words", version="2.1")
    assert made.name == "zh_words-2.1-py3-none-any.whl"
    with zipfile.ZipFile(made) as archive:
        metadata = archive.read("zh_words-2.1.dist-info/METADATA").decode()
    assert "Requires-Dist: jieba" in metadata
    assert "pkuseg" not in metadata


def test_a_transformer_needs_pytorch_and_no_other_model_does(wheel, tmp_path):
    """Only the config's names count here, so no transformer is trained."""
    shutil.copytree(wheel.parents[1] / "model", tmp_path / "model")
    config = tmp_path / "model" / "config.cfg"
    encoder = '"govner.BiLstmEncoder.v1"'
    assert encoder in config.read_text("utf-8")
    config.write_text(config.read_text("utf-8").replace(encoder, '"govner.Transformer.v1"'))
    needs = {}
    for made in (wheel, package_model(tmp_path / "model", tmp_path)):
        with zipfile.ZipFile(made) as archive:
            name = next(n for n in archive.namelist() if n.endswith("/METADATA"))
            needs[made] = archive.read(name).decode()
    first, second = needs.values()
    assert "torch" not in first
    assert "transformers" not in first
    assert "Requires-Dist: torch" in second
    assert "Requires-Dist: transformers" in second


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"name": "Über"}, BadConfig, "no name"),
        ({"version": "new"}, BadConfig, "no version"),
        ({}, BadModel, r"no meta\.json"),
    ],
)
def test_what_cannot_be_packaged_is_refused(wheel, tmp_path, options, error, message):
    model = wheel.parents[1] / "model" if options else tmp_path
    with pytest.raises(error, match=message):
        package_model(model, tmp_path / "dist", **options)
    assert not (tmp_path / "dist").exists()
