"""``govner compose`` on the command line."""

from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import parse_marked, read_documents, write_documents


def test_articles_are_written_and_counted(tmp_path):
    out = tmp_path / "composed.jsonl"
    result = CliRunner().invoke(app, ["compose", "-n", "5", "--seed", "7", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "5 documents" in result.stderr
    documents = list(read_documents(out))
    assert [doc.state for doc in documents] == ["corrected"] * 5
    assert [doc.meta["number"] for doc in documents] == list(range(5))


def test_corrected_documents_are_told_again(tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    write_documents(corpus, [parse_marked("[书记](TITLE)[王明](PERSON)来到村里。")])
    out = tmp_path / "composed.jsonl"
    options = ["-n", "10", "--corpus", str(corpus), "--retold", "40", "-o", str(out)]
    result = CliRunner().invoke(app, ["compose", *options])
    assert result.exit_code == 0, result.output
    sources = [doc.meta["source"] for doc in read_documents(out)]
    assert sources == ["compose"] * 6 + ["swap"] * 4
