"""A killed run leaves nothing behind once the next one has begun, and a living one is left be."""

import subprocess
import sys

import pytest

from govner.document.files import open_output, output_folder

WRITE = """
import sys
from govner.document.files import open_output, output_folder
with {opened} as place:
    print(place, flush=True)
    sys.stdin.read()
"""
OUTPUTS = {
    "a file": "open_output('out.jsonl')",
    "a folder": "output_folder('out.jsonl', mark='report.json')",
}


@pytest.fixture(params=OUTPUTS)
def other(request, tmp_path):
    """Start a process that writes ``out.jsonl`` and waits."""
    code = WRITE.format(opened=OUTPUTS[request.param])
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def test_what_a_killed_run_wrote_is_swept_away(other, tmp_path):
    other.kill()
    other.wait()
    assert len(list(tmp_path.iterdir())) == 1
    with open_output(tmp_path / "out.jsonl") as stream:
        stream.write("new")
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_what_a_living_run_writes_stays(other, tmp_path):
    with output_folder(tmp_path / "out.jsonl", mark="report.json") as work:
        assert len(list(tmp_path.iterdir())) == 2
        (work / "report.json").write_text("{}", "utf-8")
    assert len(list(tmp_path.iterdir())) == 2


def test_files_with_like_names_stay(tmp_path):
    for name in (".out.jsonl.short", ".other.jsonl.abcd1234", ".out.jsonl.old-1234"):
        (tmp_path / name).touch()
    with open_output(tmp_path / "out.jsonl") as stream:
        stream.write("new")
    assert len(list(tmp_path.iterdir())) == 4
