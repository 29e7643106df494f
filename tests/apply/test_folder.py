"""Folders of shards: what stands in them, what is passed over, and how a cut-off run goes on."""

import csv
import json
import shutil
import signal
import subprocess
import sys
import time

import pytest

from govner.apply import annotate_folder, annotate_in_order
from govner.apply.in_order import Poisonous
from govner.document import read_documents, write_documents
from govner.document.errors import BadConfig, BadInput, BadModel, BadOutput

from .conftest import KILLERS, PIECE, contents

pytestmark = pytest.mark.slow  # its tests start processes

RUN = """
import sys
from govner.apply import annotate_folder
annotate_folder([sys.argv[1]], sys.argv[2], by="zh_poison", workers=2, shard_bytes=65536)
"""


def test_every_document_is_there_or_listed(whole, news):
    documents = list(read_documents(whole))
    assert [document.id for document in documents] == [
        f"d{n}" for n in range(100) if n not in KILLERS
    ]
    assert {document.surface(document.spans[0]) for document in documents} == {"王明"}
    assert documents[0].spans[0].source == "poison-1.0.0"
    rows = list(csv.DictReader((whole / "failures.csv").read_text("utf-8").splitlines()))
    assert [(row["file"], row["line"]) for row in rows] == [
        (str(news), str(n + 1)) for n in KILLERS
    ]
    assert [row["why"] for row in rows] == [
        "ValueError: poisonous",
        *["a worker process ended of it (SIGKILL)"] * 2,
    ]


def test_the_manifest_lists_what_is_there(whole):
    manifest = json.loads((whole / "manifest.json").read_text("utf-8"))
    assert (manifest["documents"], manifest["failures"], manifest["complete"]) == (97, 3, True)
    assert manifest["spans"] == {"PERSON": 97}
    shards = manifest["shards"]
    assert len(shards) > 5
    assert {s["file"] for s in shards} == {p.name for p in whole.glob("part-*")}
    assert [s["bytes"] for s in shards] == [(whole / s["file"]).stat().st_size for s in shards]
    assert {path.name for path in whole.iterdir()} == {
        "manifest.json", "failures.csv", *(s["file"] for s in shards),
    }  # fmt: skip


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(whole, news, poison, tmp_path):
    annotate_folder([news], tmp_path / "two", by=poison, workers=2, shard_bytes=PIECE)
    assert contents(tmp_path / "two") == contents(whole)


@pytest.mark.slow
def test_parquet_in_and_out_gives_the_same_documents(whole, news, poison, tmp_path):
    pytest.importorskip("pyarrow")
    write_documents(tmp_path / "news.parquet", read_documents(news))
    annotate_folder([tmp_path / "news.parquet"], tmp_path / "out", by=poison)
    (shard,) = (tmp_path / "out").glob("part-*")
    assert shard.name == "part-000000.parquet"
    assert list(read_documents(tmp_path / "out")) == list(read_documents(whole))
    rows = list(csv.DictReader((tmp_path / "out/failures.csv").read_text("utf-8").splitlines()))
    assert [int(row["line"]) - 1 for row in rows] == list(KILLERS)


def test_lines_that_are_no_documents_are_listed(tmp_path):
    lines = ['{"text": "省委书记王明"}', "", "[1]", '{"id": 7}', '{"text": "今天"}', "{"]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    report = annotate_folder([tmp_path / "news.jsonl"], tmp_path / "out")
    assert (report.documents, report.failures) == (2, 3)
    rows = list(csv.reader((tmp_path / "out/failures.csv").read_text("utf-8").splitlines()))
    assert [row[1:3] for row in rows[1:]] == [["3", ""], ["4", "7"], ["6", ""]]
    assert "the key 'text' is missing" in rows[2][3]


@pytest.mark.slow
def test_the_same_again_does_nothing_and_what_is_damaged_is_made_again(whole, news, poison):
    before, times = contents(whole), {path: path.stat().st_mtime_ns for path in whole.iterdir()}
    report = annotate_folder([news], whole, by=poison, shard_bytes=PIECE)
    assert report.kept == report.shards
    assert {path: path.stat().st_mtime_ns for path in whole.iterdir()} == times
    (whole / "part-000002.jsonl").write_text("{}", "utf-8")
    annotate_folder([news], whole, by=poison, shard_bytes=PIECE)
    assert contents(whole) == before


@pytest.mark.slow
def test_another_finished_run_is_replaced(whole, news):
    annotate_folder([news], whole, by="rules")
    assert [path.name for path in whole.glob("part-*")] == ["part-000000.jsonl"]
    assert not (whole / "failures.csv").exists()


def unfinished(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "complete": False}), "utf-8")
    return contents(folder)


@pytest.mark.parametrize("change", ["predictor", "inputs", "format"])
def test_another_unfinished_run_is_left_alone(whole, news, poison, change):
    before = unfinished(whole)
    options = {"by": poison, "shard_bytes": PIECE}
    if change == "inputs":
        news = shutil.copy(news, whole.parent)
    options.update({"predictor": {"by": "rules"}, "format": {"form": "parquet"}}.get(change, {}))
    with pytest.raises(BadOutput, match=f"unfinished run with another {change};"):
        annotate_folder([news], whole, **options)
    assert contents(whole) == before


def test_two_runs_do_not_write_one_folder(whole, news, poison):
    from govner.document.strays import held

    unfinished(whole)
    with held(whole), pytest.raises(BadOutput, match="another run is writing it"):
        annotate_folder([news], whole, by=poison, shard_bytes=PIECE)


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({"by": "zh_nowhere"}, BadModel, "no such folder or package"),
        ({"by": "tests"}, BadModel, "no config.cfg|no such folder"),
        ({"rules": "own.toml"}, BadInput, "cannot be read"),
        ({"by": "zh_x", "rules": "own.toml"}, BadConfig, "for the rules"),
        ({"engine": "abacus"}, BadConfig, "is no engine"),
        ({"form": "xml"}, BadConfig, "is no format"),
    ],
)
def test_nothing_is_touched_where_something_is_wrong(news, tmp_path, options, error, why):
    with pytest.raises(error, match=why):
        annotate_folder([news], tmp_path / "out", **options)
    assert not list(tmp_path.iterdir())


def test_a_model_that_does_not_load_is_told_before_anything_is_written(news, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.cfg").write_text("no config", "utf-8")
    with pytest.raises(BadModel, match=r"cannot be loaded|no such folder"):
        annotate_folder([news], tmp_path / "out", by=str(tmp_path / "model"))
    assert not (tmp_path / "out").exists()


def test_documents_of_several_workers_come_in_order(tmp_path, news):
    write_documents(
        tmp_path / "good.jsonl", (d for n, d in enumerate(read_documents(news)) if n % 9)
    )
    documents = list(annotate_in_order([tmp_path / "good.jsonl"], workers=2))
    assert [document.id for document in documents] == [f"d{n}" for n in range(100) if n % 9]
    assert all(document.state == "proposed" for document in documents)


def test_in_one_file_nothing_is_passed_over(news, poison):
    with pytest.raises(Poisonous, match="line 4: ValueError: poisonous"):
        list(annotate_in_order([news], by=poison, workers=2))


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 5, 9])
def test_a_killed_run_goes_on_and_the_result_is_the_same(whole, news, tmp_path, after):
    folder = tmp_path / "killed"
    command = [sys.executable, "-c", RUN, str(news), str(folder)]
    process = subprocess.Popen(command, start_new_session=True)
    deadline = time.monotonic() + 120
    while len(list(folder.glob(".entries/0*.json"))) < after and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)  # its workers end by themselves
    process.wait()
    kept = len(list(folder.glob("part-*")))
    assert contents(folder) != contents(whole)
    subprocess.run(command, check=True)
    assert contents(folder) == contents(whole)
    assert kept >= after
