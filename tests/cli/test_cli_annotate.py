"""``govner annotate`` as a command: a file, a folder of shards, and what stands between."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govner.cli.annotate import is_folder
from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents

run = CliRunner().invoke
TEXTS = ("省委书记王明出席会议。", "今天天气晴。")


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    write_documents(path, map(parse_marked, TEXTS))
    return str(path)


def test_a_file_and_a_folder_hold_the_same_documents(news, tmp_path):
    for output in ("out.jsonl", "out/"):
        result = run(app, ["annotate", news, "-o", f"{tmp_path}/{output}"])
        assert result.exit_code == 0, result.exception
        assert "2 documents, 17 characters" in result.stderr
    one, folder = (
        list(read_documents(tmp_path / "out.jsonl")),
        list(read_documents(tmp_path / "out")),
    )
    assert one == folder
    assert [document.text for document in one] == list(TEXTS)
    assert one[0].spans


def test_several_inputs_and_patterns_are_read_in_order(news, tmp_path):
    write_documents(tmp_path / "more.jsonl", [parse_marked("昨天。")])
    result = run(app, ["annotate", news, str(tmp_path / "mor*.jsonl")])
    texts = [json.loads(line)["text"] for line in result.stdout.splitlines()]
    assert texts == [*TEXTS, "昨天。"]


@pytest.mark.slow
def test_several_workers_write_one_file_in_order(news, tmp_path):
    options = ["-o", str(tmp_path / "out.jsonl"), "--workers", "2"]
    assert run(app, ["annotate", news, *options]).exit_code == 0
    assert run(app, ["annotate", news, "-o", str(tmp_path / "one.jsonl")]).exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_what_is_passed_over_is_told_and_the_exit_code_is_1(news, tmp_path):
    with Path(news).open("a", encoding="utf-8") as stream:
        stream.write("no document\n")
    out = str(tmp_path / "out")
    result = run(app, ["annotate", news, "-o", out])
    assert result.exit_code == 1
    assert f"1 documents were passed over; see {out}/failures.csv" in result.stderr
    again = run(app, ["annotate", news, "-o", out])
    assert "1 shards, 1 there already: 2 documents" in again.stderr


def test_parquet_is_written_where_it_is_asked_for(news, tmp_path):
    pytest.importorskip("pyarrow")
    run(app, ["annotate", news, "-o", f"{tmp_path}/out", "--format", "parquet", "--shard-mb", "1"])
    run(app, ["annotate", news, "-o", f"{tmp_path}/one.parquet"])
    assert list(read_documents(tmp_path / "out")) == list(read_documents(tmp_path / "one.parquet"))
    assert (tmp_path / "out" / "part-000000.parquet").is_file()


def test_a_cluster_writes_no_single_file(news, tmp_path):
    result = run(app, ["annotate", news, "-o", f"{tmp_path}/out.jsonl", "--engine", "ray"])
    assert "a cluster writes shards" in str(result.exception)


def test_a_name_says_whether_it_is_a_folder(tmp_path):
    (tmp_path / "kept").touch()
    names = {"out": True, "out.jsonl": False, "out.v2/": True, "-": False, "kept": False, ".": True}
    assert {
        name: is_folder(name if name in "-" else f"{tmp_path}/{name}") for name in names
    } == names
    assert not is_folder("/dev/null")
