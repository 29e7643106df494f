"""From gold and predicted documents to all figures of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..document import LABELS, Document
from ..document.pairs import pair_documents
from ..document.trivial import TRIVIAL
from .calibration import Calibration, Judged, calibrate, judge
from .guideline import Example, Held
from .intervals import Intervals, Measured, bootstrap
from .ledger import ALL, Ledger, Name, write_ledger
from .matching import Bounds, Match, Standing, classes, match, standing
from .scores import Score, SemEval
from .segmentation import Tokenize, ceiling
from .slices import REST, Slicer, slicers

FIGURES = ("precision", "recall", "f1")
SCHEME_ROWS = {
    "strict": ("strict", ALL),
    "exact": ("place", ALL),
    "partial": ("partial", ALL),
    "type": ("label", ALL),
}
"""The rows of the ledger whose scores are those of the schemes of SemEval-2013."""


@dataclass(frozen=True)
class Evaluation:
    """All that was counted for one system on one set of gold documents."""

    system: str
    gold: Sequence[Document]
    predicted: Sequence[Document]
    matches: Sequence[Sequence[Match]]
    ledger: Ledger
    intervals: dict[Name, Intervals]
    slicers: dict[str, Slicer]
    ceilings: dict[str, Measured] = field(default_factory=dict)
    guideline: Sequence[Example] = ()
    held: Held | None = None
    roster: Measured | None = None

    def score(self, *name: str) -> Score:
        """Return a score by its name: ``"strict", "all"`` or ``"slice", "length", "2", "ORG"``."""
        return self.ledger.score(*name)

    @cached_property
    def errors(self) -> Counter[tuple[str, str]]:
        """How many errors there are of each class and label."""
        found = (item for items in self.matches for item in items)
        return Counter((item.kind, item.label) for item in found if item.kind != "correct")

    @cached_property
    def semeval(self) -> dict[str, SemEval]:
        """The SemEval-2013 classes under each scheme, summed over documents."""
        return classes(sum(self._standings.values(), Counter()))

    def semeval_of(self, label: str) -> dict[str, SemEval]:
        """Return the same for one label.

        A pair stands under its gold label, a spurious span under its own, so that the labels add
        up to the whole.
        """
        return classes(self._standings[label])

    @cached_property
    def _standings(self) -> dict[str, Counter[Standing]]:
        counts: dict[str, Counter[Standing]] = defaultdict(Counter)
        for items in self.matches:
            for item in items:
                counts[item.label][standing(item)] += 1
        return counts

    @cached_property
    def judged(self) -> list[Judged]:
        """The predictions whose probability is known, in the order of the documents."""
        return judge(self.predicted, self.matches)

    @cached_property
    def calibration(self) -> Calibration | None:
        """Whether the system is as sure as it is right; None where it does not say how sure."""
        return calibrate(self.judged) if self.judged else None

    @cached_property
    def confusion(self) -> Counter[tuple[str, str]]:
        """How often each gold label met each predicted one; an empty label means no partner."""
        pairs = [
            (item.gold.label if item.gold else "", item.predicted.label if item.predicted else "")
            for items in self.matches
            for item in items
        ]
        if not pairs:
            return Counter()
        from sklearn.metrics import confusion_matrix  # slow to load; only a report needs it

        names = sorted({"", *(name for pair in pairs for name in pair)})
        table = confusion_matrix(*zip(*pairs, strict=True), labels=names).tolist()
        cells = {(a, b): table[i][j] for i, a in enumerate(names) for j, b in enumerate(names)}
        return Counter({pair: number for pair, number in cells.items() if number})


def evaluate(
    gold: Iterable[Document],
    predicted: Iterable[Document],
    *,
    system: str = "system",
    tokenize: Tokenize | None = None,
    train: Iterable[Document] | None = None,
    guideline: Sequence[Example] = (),
    held: Held | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Compare predictions with the untouched gold, on character offsets.

    ``tokenize`` gives the token bounds of the pipeline that predicted; gold spans that they do not
    reach are counted as missed, under ``segmentation``. ``train`` opens the slice of seen and
    unseen entities. ``guideline`` holds the examples whose sections the errors are to name,
    ``held`` how the system does on these. Raises ``BadInput`` and ``TextChanged`` where documents
    do not pair.
    """
    pairs = list(pair_documents(gold, predicted, what=f"the output of {system}"))
    documents = [ours for ours, _ in pairs]
    bounds: list[Bounds] | None = [tokenize(doc.text) for doc in documents] if tokenize else None
    matches = [
        match(ours, theirs, bounds[place] if bounds else None)
        for place, (ours, theirs) in enumerate(pairs)
    ]
    table = slicers(documents, train)
    ledger = write_ledger(documents, matches, table, TRIVIAL)
    return Evaluation(
        system=system,
        gold=documents,
        predicted=[theirs for _, theirs in pairs],
        matches=matches,
        ledger=ledger,
        intervals=bootstrap(ledger.rows, resamples=resamples, seed=seed),
        slicers=table,
        ceilings={system: ceiling(documents, bounds, resamples=resamples)} if bounds else {},
        guideline=guideline,
        held=held,
    )


def labels(found: Evaluation) -> list[str]:
    """Return the labels that occur, those of the scheme first."""
    seen = {name[1] for name in found.ledger.names("strict")} - {ALL}
    return [x for x in LABELS if x in seen] + sorted(seen - set(LABELS))


def values(found: Evaluation, name: str) -> list[str]:
    """Return the values of a slice, in a natural order for lengths, else by size, the rest last."""
    seen = {row[2] for row in found.ledger.names("slice", name)}
    if name == "length":
        return sorted(seen, key=lambda value: int(value.split("–")[0].rstrip("+")))
    size = {value: found.score("slice", name, value, ALL).gold for value in seen}
    return sorted(seen, key=lambda value: (value == REST, -size[value]))
