"""``govner next`` as a command."""

from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import Document, read_documents, write_documents

run = CliRunner().invoke
LIST = "省委书记王明、市委副书记李建国、县公安局局长赵志刚出席会议并讲话，随后到企业调研。"
PLAIN = "今天天气晴朗，阳光明媚，适合出门散步，公园里的花都开了，空气中弥漫着香气。"


def test_new_names_come_first_and_copies_once(tmp_path):
    texts = [PLAIN, LIST, "据悉，" + LIST]
    write_documents(tmp_path / "raw.jsonl", [Document(str(i), t) for i, t in enumerate(texts)])
    out = tmp_path / "next.jsonl"
    result = run(app, ["next", str(tmp_path / "raw.jsonl"), "-n", "3", "-o", str(out)])
    assert result.exit_code == 0, result.exception
    chosen = list(read_documents(out))
    assert len(chosen) == 2
    assert "王明" in chosen[0].text
    assert chosen[1].id == "0"
    assert chosen[0].meta["next"]["new"] > 0
    assert chosen[0].state == "proposed"
    assert "chosen from 3" in result.stderr


def test_what_is_annotated_already_is_not_asked_again(tmp_path):
    write_documents(tmp_path / "raw.jsonl", [Document("a", LIST), Document("b", PLAIN)])
    write_documents(tmp_path / "gold.jsonl", [Document("c", LIST + "完")])
    out = tmp_path / "next.jsonl"
    arguments = ["next", str(tmp_path / "raw.jsonl"), "--known", str(tmp_path / "gold.jsonl")]
    assert run(app, [*arguments, "-o", str(out)]).exit_code == 0
    assert [document.id for document in read_documents(out)] == ["b"]
