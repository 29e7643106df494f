"""Training a pkuseg model from segmented text, without any download."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from ..document.errors import BadInput, MissingExtra
from ..document.files import output_folder, read_bytes

# spacy_pkuseg keeps its settings in a module-level object, so that two trainings in one process
# would share state; each runs in a process of its own.
_CODE = """
import sys, warnings
warnings.simplefilter("ignore")
import spacy_pkuseg
spacy_pkuseg.train(sys.argv[1], sys.argv[1], sys.argv[2], train_iter=int(sys.argv[3]))
"""
_FILES = ("features.msgpack", "weights.npz")


def train_segmenter(segmented: str | Path, output: str | Path, *, iterations: int = 10) -> int:
    """Train pkuseg on text with a space between words and a sentence a line; return the lines.

    The folder can be named by ``paths.segmenter`` in a config. Raises ``BadInput`` for text that
    is not segmented and ``MissingExtra`` without pkuseg.
    """
    lines = _read_segmented(segmented)
    try:
        import spacy_pkuseg  # noqa: F401 - only asked whether it is there
    except ImportError as error:
        raise MissingExtra(what="spacy-pkuseg", extra="pkuseg") from error
    with (
        output_folder(output, mark="weights.npz") as work,
        tempfile.TemporaryDirectory() as scratch,
    ):
        source = Path(scratch) / "segmented.txt"
        source.write_text("\n".join(lines) + "\n", "utf-8")
        arguments = [str(source), str(Path(scratch) / "model"), str(iterations)]
        run = subprocess.run(
            [sys.executable, "-c", _CODE, *arguments], capture_output=True, text=True, check=False
        )
        if run.returncode:
            why = (run.stderr.strip().splitlines() or ["pkuseg failed"])[-1]
            raise BadInput(path=segmented, why=why, hint="give more segmented text")
        for name in _FILES:
            (work / name).write_bytes((Path(scratch) / "model" / name).read_bytes())
    return len(lines)


def _read_segmented(path: str | Path) -> list[str]:
    hint = "give UTF-8 text, one sentence a line, words parted by spaces"
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(path=path, why=f"byte {error.start} is no UTF-8", hint=hint) from error
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not any(" " in line for line in lines):
        raise BadInput(path=path, why="no line holds two words", hint=hint)
    return lines
