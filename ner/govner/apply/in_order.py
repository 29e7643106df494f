"""Documents annotated by several processes at once, one after another in the input's order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..document import Document, GovnerError
from ..document.jsonl import from_record
from .boss import Outcome, Setup, Team, Worker
from .pieces import Piece, cut_runs, input_files


class Poisonous(GovnerError):
    """A document that the predictor fails on."""

    def __init__(self, *, path: str, line: int, why: str) -> None:
        self.path, self.line, self.why = path, line, why
        super().__init__(
            f"{path}, line {line}: {why}; take it out, or write to a folder (-o NAME/), "
            "which passes it over"
        )


def annotate_in_order(
    inputs: Sequence[str | Path],
    *,
    by: str = "rules",
    rules: str | Path | None = None,
    workers: int = 2,
    report: Callable[[Piece], object] = lambda piece: None,
) -> Iterator[Document]:
    """Annotate files by several worker processes and give the documents in their order.

    Raises ``BadInput`` and ``BadModel``, and ``Poisonous`` for a line that is no document or that
    the predictor fails on.
    """
    pieces = (
        piece for path in input_files(inputs) for run in cut_runs(path) for piece in run.pieces()
    )
    rows: Counter[str] = Counter()
    with Team(Setup.of(by, rules), workers=workers) as team:
        for piece, outcome in team.map(_annotate, pieces):
            for row, _, why in outcome.failures:
                raise Poisonous(path=piece.path, line=rows[piece.path] + row + 1, why=why)
            rows[piece.path] += outcome.rows
            for line in b"".join(outcome.payloads).splitlines():
                yield from_record(json.loads(line), labels=None)
            report(piece)


def _annotate(worker: Worker, piece: Piece) -> tuple[Piece, Outcome]:
    return piece, worker.annotate(piece)
