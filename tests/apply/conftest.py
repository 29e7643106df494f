"""An installed model that marks 王明, raises at 毒, ends its process at 死 and sleeps at 眠."""

import json
import shutil
import sys

import pytest

from govner.apply import annotate_folder

PIECE = 64 * 1024

PACKAGE = """
import os, signal, time
import spacy
from spacy.language import Language

@Language.component("zh_poison")
def poison(doc):
    if "毒" in doc.text:
        raise ValueError("poisonous")
    if "死" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "眠" in doc.text:
        time.sleep(600)
    place = doc.text.find("王明")
    if place >= 0:
        doc.set_ents([doc.char_span(place, place + 2, label="PERSON")])
    return doc

def load(**overrides):
    nlp = spacy.blank("zh")
    nlp.add_pipe("zh_poison")
    nlp.meta.update(name="poison", version="1.0.0")
    return nlp
"""
KILLERS = {3: "毒", 57: "死", 58: "死"}


@pytest.fixture(scope="session")
def poison(tmp_path_factory):
    """Return the name of the model, which this process and its children can import."""
    monkeypatch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("site")
    (folder / "zh_poison").mkdir()
    (folder / "zh_poison" / "__init__.py").write_text(PACKAGE, "utf-8")
    (folder / "zh_poison" / "config.cfg").write_text("[nlp]\nlang = zh\n", "utf-8")
    (folder / "zh_poison-1.0.0.dist-info").mkdir()
    about = "Metadata-Version: 2.1\nName: zh_poison\nVersion: 1.0.0\n"
    (folder / "zh_poison-1.0.0.dist-info" / "METADATA").write_text(about, "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    yield "zh_poison"
    monkeypatch.undo()
    sys.modules.pop("zh_poison", None)


@pytest.fixture(scope="session")
def news(tmp_path_factory):
    """Return 100 documents of 8 kB; three of them are poisonous."""
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    lines = [
        json.dumps({"id": f"d{n}", "text": KILLERS.get(n, "") + f"第{n}号王明。" + "晴" * 2600},
                   ensure_ascii=False)
        for n in range(100)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def undisturbed(news, poison, tmp_path_factory):
    """Return the folder of an undisturbed run, which tests leave as it is."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    annotate_folder([news], folder, by=poison, shard_bytes=PIECE)
    return folder


@pytest.fixture
def whole(undisturbed, tmp_path):
    """Return a copy of the folder of an undisturbed run."""
    return shutil.copytree(undisturbed, tmp_path / "whole")


def contents(folder):
    """Return all files below a folder with their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def address_of(process):
    """Return where a server listens, once it says so; what else it says is in the failure."""
    said = []
    for line in process.stderr:
        if line.startswith("serving"):
            return line.split(" at ")[1].split(";")[0]
        said.append(line)
    raise AssertionError(f"the server ended with {process.wait()}: {''.join(said)}")
