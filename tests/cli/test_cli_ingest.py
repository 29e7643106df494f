"""``govner ingest`` as a command."""

import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import GovnerError, Span, read_documents, write_documents

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


def test_with_skip_the_rest_goes_on_and_the_exit_code_says_so(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(PAGE, "utf-8")
    output = tmp_path / "out.jsonl"
    result = run(app, ["ingest", str(tmp_path), "--on-error", "skip", "-o", str(output)])
    assert result.exit_code == 1
    assert f"skipped: {tmp_path / 'a.txt'}: it holds zero bytes" in result.stderr
    assert "ingested 1 documents, 17 characters, 0 spans; 1 skipped" in result.stderr
    assert len(list(read_documents(output))) == 1


def test_a_document_is_shown_on_its_raw_page(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("责任编辑：王明\n\n标题\n\n<省委>书记王明、\n\n李华出席会议。\n", "utf-8")
    documents, html = tmp_path / "documents.jsonl", tmp_path / "page.html"
    run(app, ["ingest", str(page), "-o", str(documents)])
    (document,) = read_documents(documents)
    spans = [Span(1, 3, "ORG", "org.short"), Span(9, 11, "PERSON", "<name>")]
    write_documents(documents, [document.with_spans(spans)])
    result = run(app, ["show", str(documents), document.id[:6], "-o", str(html)])
    assert result.exit_code == 0, result.output
    drawn = html.read_text("utf-8")
    assert '<span class="removed" data-why="credits">责任编辑：王明</span>' in drawn
    assert '&lt;<mark class="ORG" title="ORG org.short">省委</mark>&gt;书记王明、' in drawn
    assert '<mark class="PERSON" title="PERSON &lt;name&gt;">李华</mark>出席' in drawn


def test_show_refuses_a_page_that_has_changed(tmp_path):
    page, documents = tmp_path / "page.txt", tmp_path / "documents.jsonl"
    page.write_text(PAGE, "utf-8")
    run(app, ["ingest", str(page), "-o", str(documents)])
    (document,) = read_documents(documents)
    for change in (lambda: page.write_text(PAGE.replace("王明", "李华"), "utf-8"), page.unlink):
        change()
        result = run(app, ["show", str(documents), document.id])
        assert isinstance(result.exception, GovnerError)
    assert isinstance(run(app, ["show", str(documents), "zz"]).exception, GovnerError)


def test_the_columns_of_a_table_can_be_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("头,文章,日\n会议召开,省委书记王明出席。,2024-01-02\n", "utf-8")
    columns = ["--column", "text=文章", "--column", "title=头", "--column", "date=日"]
    result = run(app, ["ingest", str(path), *columns, "-o", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0, result.output
    (document,) = read_documents(tmp_path / "out.jsonl")
    assert document.text == "省委书记王明出席。"
    assert (document.meta["title"], document.meta["date"]) == ("会议召开", "2024-01-02")
    for wrong in ("文章", "body=文章", "text=没有"):
        result = run(app, ["ingest", str(path), "--column", wrong])
        assert isinstance(result.exception, GovnerError)
