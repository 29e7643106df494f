"""Floors under the scores of a release, pinned together with the corpus they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ..document import GovnerError
from ..document.errors import BadInput
from ..document.files import open_output
from .evaluate import Evaluation, labels
from .ledger import ALL

DIGITS = 4


class BelowFloor(GovnerError):
    """A model that scores worse than the last one released."""

    def __init__(self, *, path: Path, below: Mapping[str, tuple[float, float]]) -> None:
        self.path, self.below = path, dict(below)
        parts = [
            f"{label} {100 * score:.2f} < {100 * floor:.2f}"
            for label, (score, floor) in below.items()
        ]
        super().__init__(
            f"below the floors of {path}: {', '.join(parts)}; "
            "improve the model, or lower the floors with --allow-regression"
        )


class OtherCorpus(GovnerError):
    """Floors that were measured on other documents than the ones given."""

    def __init__(self, *, path: Path, expected: str, found: str) -> None:
        self.path, self.expected, self.found = path, expected, found
        super().__init__(
            f"{path}: its floors belong to the corpus {expected[:12]}, this one is {found[:12]}; "
            "give the pinned test, or pin this one with --allow-regression"
        )


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 per label and for ``all``, and the hash of the corpus."""

    corpus: str
    f1: dict[str, float]


def floors_of(found: Evaluation, corpus: str) -> Floors:
    """Return the scores of an evaluation as floors."""
    rows = [*labels(found), ALL]
    return Floors(corpus, {row: round(found.score("strict", row).f1, DIGITS) for row in rows})


def read_floors(path: Path) -> Floors | None:
    """Return the floors of a file, None where there is none; raises ``BadInput``."""
    if not path.exists():
        return None
    try:
        record = json.loads(path.read_text("utf-8"))
        f1 = {str(label): float(floor) for label, floor in record["f1"].items()}
        return Floors(str(record["corpus"]), f1)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "restore it, or delete it to pin the scores of the next release"
        raise BadInput(path=path, why="it holds no floors", hint=hint) from error


def write_floors(path: Path, floors: Floors) -> None:
    """Write floors, sorted, for a file that is kept under version control."""
    with open_output(path) as stream:
        stream.write(json.dumps(asdict(floors), indent=1, sort_keys=True) + "\n")


def check(reached: Floors, pinned: Floors, *, path: Path) -> None:
    """Raise ``OtherCorpus`` or ``BelowFloor`` where a release must not go out.

    A pinned label that no longer occurs counts as 0.
    """
    if reached.corpus != pinned.corpus:
        raise OtherCorpus(path=path, expected=pinned.corpus, found=reached.corpus)
    below = {
        label: (reached.f1.get(label, 0.0), floor)
        for label, floor in pinned.f1.items()
        if reached.f1.get(label, 0.0) < floor
    }
    if below:
        raise BelowFloor(path=path, below=below)
