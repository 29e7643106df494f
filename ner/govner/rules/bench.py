"""How fast the rules are, beside jieba's part-of-speech tagger in the same run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from ..document.errors import MissingExtra
from .annotate import propose
from .knowledge import default_knowledge

ROUNDS = 3
LINE = 340_000  # Chinese characters, about a megabyte of UTF-8
_START = "from govner.rules import default_knowledge; default_knowledge()"
_MEMORY = (
    "import resource, sys; from govner.rules import propose\n"
    "for text in sys.stdin.read().split('\\x00'): propose(text)\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def measure(texts: Sequence[str]) -> dict[str, Any]:
    """Return rates (characters a second of CPU time), ratios, start-up and memory.

    The rules and jieba take turns, text by text; the best of ``ROUNDS`` counts. ``start_up`` is
    the wall time of a fresh process that loads the lexicons, the interpreter included, and
    ``start_up_cpu`` what it needs of a core, whoever else is busy; ``memory`` (MiB) is the most
    that one which reads all texts holds, None where the system does not tell. Raises
    ``MissingExtra`` without jieba.
    """
    # First, while this process is small: a child starts with its parent's peak.
    starts = [_start_up() for _ in range(ROUNDS)]
    memory = _memory(texts)
    tag = _jieba()
    default_knowledge()
    rules, jieba = _rates(texts, [propose, tag])
    whole = "".join(texts).replace("\n", "")
    line = (whole * (LINE // max(len(whole), 1) + 1))[:LINE]
    draw = random.Random(1)
    noise = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(LINE))
    return {
        "characters": sum(map(len, texts)),
        "rules": rules,
        "jieba": jieba,
        "ratio": rules / jieba,
        "one_line": _rates([line], [propose])[0] / rules,
        "random_line": _rates([noise], [propose])[0] / rules,
        "start_up": min(wall for wall, _ in starts),
        "start_up_cpu": min(cpu for _, cpu in starts),
        "memory": memory,
    }


def _rates(texts: Sequence[str], taggers: Sequence[Callable[[str], Any]]) -> list[float]:
    best = [float("inf")] * len(taggers)
    for _ in range(ROUNDS):
        spent = [0.0] * len(taggers)
        for text in texts:
            for number, tagger in enumerate(taggers):
                begin = time.process_time()
                tagger(text)
                spent[number] += time.process_time() - begin
        best = [min(pair) for pair in zip(best, spent, strict=True)]
    return [sum(map(len, texts)) / seconds for seconds in best]


def _jieba() -> Callable[[str], Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's source has invalid escapes
            import jieba
            import jieba.posseg
    except ImportError as error:
        raise MissingExtra(what="jieba", extra="jieba") from error
    jieba.setLogLevel("WARNING")
    tagger: Callable[[str], Any] = jieba.posseg.lcut
    tagger("预热")
    return tagger


def _start_up() -> tuple[float, float]:
    begin, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-c", _START], check=True)
    after = os.times()
    spent = sum(after[2:4]) - sum(before[2:4])  # of children, in user and system mode
    return time.perf_counter() - begin, spent


def _memory(texts: Sequence[str]) -> float | None:
    if sys.platform == "win32":
        return None
    child = subprocess.run(
        [sys.executable, "-c", _MEMORY],
        input="\0".join(texts).encode("utf-8", "surrogatepass"),
        capture_output=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes elsewhere
    return int(child.stdout) * unit / 2**20
