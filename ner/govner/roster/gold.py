"""How well the roster is read: facts against rows that a person wrote.

A row holds the keys document, person, post, body, place and event. What the rows of
``corpus/roster.jsonl`` keep to: a fact stands once a document; names are as written, without the
spaces inside them; 组织部长 after 嘉善县委 is 部长 of 嘉善县委组织部; what was 原 or 前 is
``removed``; a nomination (提名为局长人选) is no event; a surname alone (王书记) gives no row where
the document has the full name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..document.errors import BadInput
from ..document.files import read_bytes
from .fact import EVENTS, Fact

KEYS = ("document", "person", "post", "body", "place", "event")
_HINT = f"each line must be one JSON row with {', '.join(KEYS)}"


@dataclass
class RosterScore:
    """Counts, and the facts that were missed or should not be there, each with its document."""

    correct: int = 0
    place_correct: int = 0
    missed: list[Fact] = field(default_factory=list)
    wrong: list[Fact] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the facts read that are right; 0 where none was read."""
        return _share(self.correct, self.correct + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of the gold facts that were read."""
        return _share(self.correct, self.correct + len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return _share(2 * self.correct, 2 * self.correct + len(self.wrong) + len(self.missed))

    @property
    def place_accuracy(self) -> float:
        """The share of the correct facts whose place is right, too."""
        return _share(self.place_correct, self.correct)


def read_gold(path: str | Path) -> dict[str, list[Fact]]:
    """Return the rows of a file by their document; raises ``BadInput`` with file and line."""
    gold: dict[str, list[Fact]] = {}
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is no UTF-8"
        raise BadInput(path=path, why=why, hint=_HINT) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            fact = _row(f"{path}, line {number}", line)
            gold.setdefault(fact.document, []).append(fact)
    if not gold:
        raise BadInput(path=path, why="it holds no row", hint=_HINT)
    return gold


def score_facts(gold: dict[str, list[Fact]], found: Iterable[Fact]) -> RosterScore:
    """Compare facts by document, person, post, body and event; documents without gold are left."""
    wanted = {(fact.document, *fact.key): fact for facts in gold.values() for fact in facts}
    score = RosterScore()
    for fact in found:
        if fact.document not in gold:
            continue
        row = wanted.pop((fact.document, *fact.key), None)
        if row is None:
            score.wrong.append(fact)
        else:
            score.correct += 1
            score.place_correct += row.place == fact.place
    score.missed = list(wanted.values())
    return score


def _row(where: str, line: str) -> Fact:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = f"it is no JSON ({type(error).__name__})"
        raise BadInput(path=where, why=why, hint=_HINT) from error
    if not isinstance(row, dict) or any(not isinstance(row.get(key), str) for key in KEYS):
        raise BadInput(path=where, why="a key is missing or no string", hint=_HINT)
    if row["event"] not in EVENTS:
        why = f"there is no event {row['event']!r}"
        raise BadInput(path=where, why=why, hint=f"use one of {', '.join(EVENTS)}")
    return Fact(**{key: row[key] for key in KEYS})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
