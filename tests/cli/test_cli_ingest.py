"""``govner ingest`` as a command."""

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import GovnerError, read_documents

run = CliRunner().invoke
PAGE = "标题\n\n7月13日，省委书记王明出席会议。\n"


def test_files_and_folders_become_documents_in_order(tmp_path):
    pages = tmp_path / "pages"
    (pages / "below").mkdir(parents=True)
    (pages / "b.txt").write_text(PAGE.replace("王明", "李华"), "gb18030")
    (pages / "below" / "a.txt").write_text(PAGE.replace("王明", "张军"), "utf-16")
    for aside in ("README.txt", ".hidden.txt", "sources.toml"):
        (pages / aside).write_text("not a page", "utf-8")
    single = tmp_path / "single"
    single.write_text(PAGE, "utf-8")
    output = tmp_path / "documents.jsonl"
    result = run(app, ["ingest", str(single), str(pages), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "ingested 3 documents, 51 characters, 0 spans" in result.stderr
    documents = list(read_documents(output))
    assert [d.text[10:12] for d in documents] == ["王明", "李华", "张军"]
    assert [d.meta["page"] for d in documents] == [
        str(single), str(pages / "b.txt"), str(pages / "below" / "a.txt"),
    ]  # fmt: skip


def test_a_pipe_in_and_out():
    result = run(app, ["ingest", "-"], input=PAGE.encode())
    assert result.exit_code == 0
    assert '"title": "标题"' in result.stdout


def empty(path):
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.write_bytes(b""), "zero bytes"),
        (lambda path: path.write_bytes(bytes(range(256))), "binary"),
        (lambda path: path.write_bytes("书记".encode("gb18030") * 3 + b"\xff\xff"), "no encoding"),
        (lambda path: path.write_text(" \n\n", "utf-8"), "no article"),
        (empty, "holds no page"),
        (lambda path: None, "No such file"),
    ],
)
def test_bad_input_leaves_the_old_output_whole(tmp_path, make, why):
    good, bad, output = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "out.jsonl"
    good.write_text(PAGE, "utf-8")
    output.write_text("old", "utf-8")
    make(bad)
    result = run(app, ["ingest", str(good), str(bad), "-o", str(output)])
    assert isinstance(result.exception, GovnerError)
    assert why in str(result.exception)
    assert str(bad) in str(result.exception)
    assert output.read_text("utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
