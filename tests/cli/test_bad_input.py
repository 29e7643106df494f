"""Bad input, for every command: one sentence on stderr, exit 2, and every output as it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govner.cli import main as command_line

ROOT = Path(__file__).parents[2]
CHAR = str(ROOT / "configs" / "char.cfg")
GOOD = {
    "id": "a",
    "text": "省委书记王明出席会议。",
    "spans": [{"start": 0, "end": 2, "label": "ORG", "source": "org.level"}],
}


def row(**changes):
    return json.dumps({**GOOD, **changes}, ensure_ascii=False)


def spans(*keys):
    return row(spans=[{"start": s, "end": e, "label": label} for s, e, label in keys])


# What is wrong with a file, its bytes, and what the sentence must name.
FILES = {
    "no JSON": (f"{row()}\nnot json\n".encode(), "line 2: not JSON"),
    "no object": (f"{row()}\n[1]\n".encode(), "line 2: a list stands"),
    "no text": (b'{"id": "a"}\n', "line 1: the key 'text' is missing"),
    "endless brackets": (b"[" * 200_000, "line 1: not JSON (nested too deeply)"),
    "half a character": (json.dumps({**GOOD, "text": "省\ud800"}).encode(), "line 1: '\\ud800'"),
    "span outside": (spans((0, 99, "ORG")).encode(), "not inside its text of 11"),
    "overlap": (spans((0, 2, "ORG"), (1, 4, "TITLE")).encode(), "overlap"),
    "unknown label": (spans((0, 2, "PLACE")).encode(), "'PLACE' is not known"),
    "binary": (bytes(range(256)) * 4, "line 1: "),
    "zero bytes": (b"", "it holds no document"),
    "undecodable": (row().encode("gb18030"), "line 1: byte 25 is no UTF-8"),
}
# Each command on a file of documents that it reads; OLD are outputs from before.
READERS = {
    "annotate": "annotate {bad} -o out.jsonl",
    "export": "export {bad} --to doccano -o out.jsonl",
    "export to spaCy": "export {bad} --to spacy -o out.jsonl",
    "export to brat": "export {bad} --to brat -o folder",
    "import": "import doccano.jsonl --from doccano --onto {bad} -o out.jsonl",
    "compare, proposed": "compare {bad} good.jsonl",
    "compare, corrected": "compare good.jsonl {bad}",
    "split": "split {bad} -o folder",
    "evaluate": "evaluate {bad} -o folder",
    "roster": "roster {bad} -o out.csv",
    "stats": "stats {bad} -o folder",
    "train": "train {char} -o folder --paths.train {bad} --paths.dev good.jsonl",
    "train, dev": "train {char} -o folder --paths.train good.jsonl --paths.dev {bad}",
}
OLD = ("out.jsonl", "out.csv", "folder/old")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with good input and old outputs."""
    monkeypatch.chdir(tmp_path)
    Path("good.jsonl").write_text(row() + "\n", "utf-8")
    back = {"text": GOOD["text"], "label": [[0, 2, "ORG"]], "govner_id": "a"}
    Path("doccano.jsonl").write_text(json.dumps(back) + "\n", "utf-8")
    for marked in ("split.json", "report.json", "stats.json", "meta.json", "annotation.conf"):
        Path("folder").mkdir(exist_ok=True)
        (Path("folder") / marked).write_text("old", "utf-8")
    for old in OLD:
        Path(old).write_text("old", "utf-8")
    return tmp_path


@pytest.fixture
def refused(place, monkeypatch, capfd):
    """Run ``govner``, which must refuse and touch nothing, and return its sentence."""

    def refused(line, **names):
        before = contents(place)
        arguments = [word.format(char=CHAR, **names) for word in line.split()]
        monkeypatch.setattr(sys, "argv", ["govner", *arguments])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
        out, error = capfd.readouterr()
        assert (stopped.value.code, out) == (2, "")
        assert error.startswith("govner: ")
        assert error.count("\n") == 1
        assert contents(place) == before
        return error

    return refused


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("wrong", FILES)
@pytest.mark.parametrize("command", READERS)
def test_a_file_that_holds_no_documents(refused, command, wrong):
    data, why = FILES[wrong]
    Path("bad.jsonl").write_bytes(data)
    error = refused(READERS[command], bad="bad.jsonl")
    assert error.startswith("govner: bad.jsonl")
    assert why in error


@pytest.mark.parametrize("command", READERS)
def test_a_folder_without_documents_and_a_path_to_nowhere(refused, command):
    Path("empty").mkdir()
    assert "empty: the folder holds no *.jsonl" in refused(READERS[command], bad="empty")
    assert "nowhere: there is no such file" in refused(READERS[command], bad="nowhere")


@pytest.mark.parametrize("wrong", ["no JSON", "endless brackets", "zero bytes", "undecodable"])
def test_a_file_that_came_back_from_nowhere(refused, wrong):
    Path("bad.jsonl").write_bytes(FILES[wrong][0])
    error = refused("import bad.jsonl --from doccano --onto good.jsonl -o out.jsonl")
    assert error.startswith("govner: bad.jsonl")


@pytest.mark.parametrize("wrong", ["no JSON", "endless brackets", "zero bytes", "undecodable"])
def test_a_roster_gold_that_is_none(refused, wrong):
    Path("bad.jsonl").write_bytes(FILES[wrong][0])
    assert "bad.jsonl" in refused("roster good.jsonl --gold bad.jsonl -o out.csv")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("page.txt", b"", "zero bytes"),
        ("page.jsonl", b"", "zero bytes"),
        ("page.jsonl", FILES["no JSON"][0], "line 2: not JSON"),
        ("page.jsonl", FILES["half a character"][0], "line 1: half a character"),
        ("page.jsonl", FILES["undecodable"][0], "line 1: byte 25 is no UTF-8"),
        ("page.txt", bytes(range(256)), "binary"),
        ("page.txt", "书记".encode("gb18030") * 3 + b"\xff\xff", "no encoding"),
        ("empty", None, "holds no page"),
    ],
)
def test_a_page_that_is_none(refused, name, data, why):
    Path(name).mkdir() if data is None else Path(name).write_bytes(data)
    assert why in refused("ingest {bad} -o out.jsonl", bad=name)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("nowhere.cfg", None, "there is no such config"),
        ("bad.cfg", b"[nlp\n", "bad.cfg: "),
        ("bad.cfg", b"\xff\xfe\x00", "bad.cfg: "),
        ("bad.cfg", b"[nlp]\nlang = ${nope.lang}\n", "bad.cfg: "),
        (CHAR, None, "max_steps"),
    ],
)
def test_a_config_that_is_none(refused, name, data, why):
    if data:
        Path(name).write_bytes(data)
    options = "--paths.train good.jsonl --paths.dev good.jsonl --training.max_steps many"
    assert why in refused("train {config} -o folder " + options, config=name)


@pytest.mark.parametrize("model", ["nowhere", "empty", "page.txt", "broken"])
@pytest.mark.parametrize(
    "line",
    [
        "annotate good.jsonl --with {model} -o out.jsonl",
        "evaluate good.jsonl --with {model} -o folder",
        "package {model} -o folder",
    ],
)
def test_a_path_that_is_no_model(refused, line, model):
    Path("page.txt").write_text("省委书记", "utf-8")
    Path("empty").mkdir()
    Path("broken").mkdir()
    Path("broken/config.cfg").write_text("[nlp]\n", "utf-8")
    assert f"{model} is no model" in refused(line, model=model)


def test_text_that_is_not_segmented(refused):
    Path("text.txt").write_text("省委书记\n", "utf-8")
    assert "no line holds two words" in refused("segmenter train text.txt -o out")
    Path("text.txt").write_bytes("省委 书记".encode("gb18030"))
    assert "no UTF-8" in refused("segmenter train text.txt -o out")


@pytest.mark.parametrize(
    "line",
    [
        "annotate good.jsonl -o good.jsonl/below/out",
        "export good.jsonl --to doccano -o good.jsonl/below/out",
        "export good.jsonl --to spacy -o good.jsonl/below/out",
        "export good.jsonl --to brat -o good.jsonl/below/out",
        "import doccano.jsonl --from doccano --onto good.jsonl -o good.jsonl/below/out",
        "evaluate good.jsonl -o good.jsonl/below/out",
        "roster good.jsonl -o good.jsonl/below/out.csv",
        "stats good.jsonl -o good.jsonl/below/out",
        "ingest page.txt -o good.jsonl/below/out",
        "split three.jsonl -o good.jsonl/below/out",
        "annotate good.jsonl -o folder",
        "evaluate good.jsonl -o good.jsonl",
        "evaluate good.jsonl -o .",
    ],
)
def test_an_output_that_cannot_be_written(refused, line):
    Path("page.txt").write_text("标题\n\n省委书记王明出席会议。\n", "utf-8")
    texts = ("省委书记王明。", "会议由市长主持。", "国务院总理出席了开幕式")
    three = [row(id=text, text=text, spans=[]) for text in texts]
    Path("three.jsonl").write_text("\n".join(three), "utf-8")
    assert "cannot be written" in refused(line)


def test_a_folder_with_other_files_is_not_replaced(refused):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work", "utf-8")
    assert "mine cannot be written (it is a folder with other" in refused(
        "evaluate good.jsonl -o mine"
    )


def test_a_link_stays_and_a_device_is_written_to(place, monkeypatch):
    Path("kept").mkdir()
    Path("link.jsonl").symlink_to("kept/real.jsonl")
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    for output in ("link.jsonl", "pipe"):
        monkeypatch.setattr(sys, "argv", ["govner", "annotate", "good.jsonl", "-o", output])
        _run()
    assert Path("link.jsonl").is_symlink()
    assert Path("kept/real.jsonl").read_bytes() == os.read(reader, 10_000)
    os.close(reader)


def _run():
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    assert stopped.value.code == 0


def test_the_real_command_says_one_sentence(place):
    """The process itself: exit code and streams as a shell sees them, in a Chinese locale, too."""
    Path("bad.jsonl").write_bytes(FILES["no JSON"][0])
    environment = {**os.environ, "PYTHONIOENCODING": "gb18030"}
    command = [sys.executable, "-m", "govner", "annotate", "bad.jsonl", "-o", "out.jsonl"]
    run = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode() == (
        "govner: bad.jsonl, line 2: not JSON (Expecting value at column 1); "
        "each line must be one JSON document with a text\n"
    )
    assert Path("out.jsonl").read_text("utf-8") == "old"
    command[4:] = ["good.jsonl"]
    run = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert json.loads(run.stdout.decode("utf-8"))["text"] == GOOD["text"]


@pytest.mark.parametrize(
    "line",
    [
        "annotate - -o out.jsonl",
        "export - --to doccano -o out.jsonl",
        "export - --to brat -o folder",
        "roster - -o out.csv",
    ],
)
def test_a_command_killed_half_way_leaves_the_old_output(place, line):
    command = [sys.executable, "-m", "govner", *line.split()]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(f"{row()}\n".encode())
    process.stdin.flush()
    # It has begun to write once its own file or folder stands beside the old one.
    deadline = time.monotonic() + 60
    while not list(place.glob(".*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(place.glob(".*"))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert [Path(old).read_text("utf-8") for old in OLD] == ["old"] * len(OLD)
