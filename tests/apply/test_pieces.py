"""However an input is cut, every row is read once, in order, and the bounds are the input's own."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.apply.pieces import PieceReader, Run, cut_shards, input_files
from govner.document.errors import BadInput

LINES = st.lists(st.text("省委书\n 王𠮷", max_size=12), min_size=1, max_size=12)


def write(path, texts):
    path.write_text("".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in texts))
    return path


def read(shards):
    reader = PieceReader()
    return [
        row["text"] for shard in shards for piece in shard.pieces() for row in reader.read(piece)
    ]


@settings(deadline=None)  # files are slow on a busy machine
@given(LINES, st.integers(1, 200), st.integers(1, 200))
def test_lines_are_read_once_in_order(tmp_path_factory, texts, step, size):
    path = write(tmp_path_factory.mktemp("cut") / "news.jsonl", texts)
    length = path.stat().st_size
    rest, parts = Run(str(path), 0, length, step, length), []
    while rest:
        part, rest = rest.up_to(size)
        parts.append(part)
    reader = PieceReader()
    pieces = [piece for part in parts for piece in part.pieces()]
    assert [row["text"] for piece in pieces for row in reader.read(piece)] == texts
    assert sum(piece.size for piece in pieces) == length
    assert pieces == list(Run(str(path), 0, length, step, length).pieces())


@settings(deadline=None)  # files are slow on a busy machine
@given(LINES, st.integers(1, 5), st.integers(1, 300))
def test_rows_of_parquet_are_read_once_in_order(tmp_path_factory, texts, group, size):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path_factory.mktemp("cut") / "news.parquet"
    pq.write_table(pa.table({"text": texts}), path, row_group_size=group)
    assert read(cut_shards([path], size=size)) == texts


def test_a_shard_spans_files_and_a_blank_line_counts(tmp_path):
    first = write(tmp_path / "a.jsonl", ["一", "二"])
    (tmp_path / "b.jsonl").write_text('\n{"text": "三"}', "utf-8")
    (shard,) = cut_shards(input_files([tmp_path]))
    assert [run.path for run in shard.runs] == [str(first), str(tmp_path / "b.jsonl")]
    rows = [PieceReader().read(piece) for piece in shard.pieces()]
    assert rows == [[{"text": "一"}, {"text": "二"}], [None, {"text": "三"}]]


def test_a_line_that_is_no_document_is_an_error_in_its_place(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n[1]\nnot json\n\xff\n{"text": "b"}\n')
    (piece,) = next(cut_shards([path])).pieces()
    kinds = [type(row).__name__ for row in PieceReader().read(piece)]
    assert kinds == ["dict", "TypeError", "JSONDecodeError", "UnicodeDecodeError", "dict"]


def test_paths_folders_and_patterns_stand_for_files(tmp_path):
    a, b = write(tmp_path / "a.jsonl", ["一"]), write(tmp_path / "b.jsonl", ["二"])
    (tmp_path / "notes.txt").write_text("no document", "utf-8")
    assert input_files([tmp_path]) == [a, b]
    assert input_files([b, str(tmp_path / "*.jsonl")]) == [b, a, b]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("-", "cannot be read again"),
        ("*.jsonl", "no file matches"),
        ("nowhere", "there is no such file"),
        (".", r"holds no \*.jsonl"),
        ("empty", "it holds no document"),
    ],
)
def test_what_stands_for_nothing_is_named(tmp_path, monkeypatch, name, why):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").touch()
    with pytest.raises(BadInput, match=why):
        input_files([name])
