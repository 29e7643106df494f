"""``govner compose`` on the command line."""

from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import read_documents


def test_articles_are_written_and_counted(tmp_path):
    out = tmp_path / "composed.jsonl"
    result = CliRunner().invoke(app, ["compose", "-n", "5", "--seed", "7", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "5 documents" in result.stderr
    documents = list(read_documents(out))
    assert [doc.state for doc in documents] == ["corrected"] * 5
    assert [doc.meta["number"] for doc in documents] == list(range(5))
