"""The blocks of docs/pipelines.md run as they stand, each in a process of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..model.conftest import article, train_small
from .conftest import address_of

PAGE = Path(__file__).parents[2] / "docs" / "pipelines.md"
BLOCKS = re.findall(r"^## ([^\n]*)\n|```python\n(.*?)```", PAGE.read_text("utf-8"), re.M | re.S)
NEEDS = {"pandas": "pandas", "pyspark": "pyspark", "ray": "ray"}
# What a block must have made, told after it.
CHECKS = {
    "Pages": "assert stories and all(group == d.id for group, d in stories.items())",
    "A pandas column": "assert news['people'].tolist() == [['王明'], []]",
    "A Spark DataFrame": "assert [len(row.spans) for row in annotated] == [3, 0]",
    "Ray Data": "assert sorted(len(row['spans']) for row in annotated) == [0, 3]",
    "HTTP": "assert len(record['spans']) == 3",
    "Plain records": "assert len(record['spans']) == 3",
}


def blocks():
    heading = ""
    for number, (title, code) in enumerate(BLOCKS):
        heading = title or heading
        if code:
            yield pytest.param(heading, code, id=f"{heading} {number}")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "model"
    train_small([article(seed) for seed in range(40)]).to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def address(model):
    command = [sys.executable, "-m", "govner", "serve", model, "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    yield address_of(process)
    process.terminate()
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(("heading", "code"), list(blocks()))
def test_a_block_runs(request, model, tmp_path, heading, code):
    for word, library in NEEDS.items():
        if f"import {word}" in code or f"from {word}" in code:
            pytest.importorskip(library, reason=f"{library} is not installed")
    if "pyspark" in code and not shutil.which("java"):
        pytest.skip(reason="Spark needs Java, and there is none on this machine")
    names = {"MODEL": model, "PAGES": str(PAGE.parents[1] / "seeds")}
    if "ADDRESS" in code:
        names["ADDRESS"] = request.getfixturevalue("address")
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    script = tmp_path / "block.py"
    script.write_text(given + code + CHECKS.get(heading, ""), "utf-8")
    # As in an activated environment: Spark takes the first `python3` for its executors.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    run = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PATH": path, "RAY_raylet_start_wait_time_s": "180"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    if "print(" in code:
        assert "王明" in run.stdout or "PERSON" in run.stdout


def test_every_pipeline_has_its_block():
    headings = {param.values[0] for param in blocks()}
    assert headings >= {"spaCy", "A pandas column", "A Spark DataFrame", "Ray Data", "HTTP"}
