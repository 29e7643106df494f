"""What ``govner evaluate`` says on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .table import table

if TYPE_CHECKING:
    from ..evaluation import Evaluation
    from .evaluate import Run


def scores_text(run: Run) -> str:
    """Return the table for the terminal, what the tokens cannot reach, and the comparison."""
    from ..evaluation.evaluate import labels

    found = run.found
    rows = [("strict", label) for label in [*labels(found), "all"]]
    rows += [("nontrivial", "all"), ("place", "all"), ("label", "all")]
    names = {
        "nontrivial": "all, without the trivial",
        "place": "place only",
        "label": "label only, overlap",
    }
    head = ["", "precision", "recall", "F1", "95 % interval", "gold", "predicted", "correct"]
    lines = [_row(found, name, names.get(name[0], name[1])) for name in rows]
    return "\n".join(
        [
            table(head, lines),
            *_ceilings(found),
            *_calibration(found),
            *_roster(found),
            *_others(run),
        ]
    )


def _row(found: Evaluation, name: tuple[str, ...], title: str) -> list[str]:
    score, intervals = found.score(*name), found.intervals.get(name)
    figures = [f"{100 * x:.1f}" for x in (score.precision, score.recall, score.f1)]
    low, high = intervals[2] if intervals else (0.0, 0.0)
    interval = f"{100 * low:.1f} to {100 * high:.1f}" if intervals else "too few documents"
    counts = [f"{n:,}" for n in (score.gold, score.predicted, score.correct)]
    return [title, *figures, interval, *counts]


def _ceilings(found: Evaluation) -> list[str]:
    lines = []
    for name, row in found.ceilings.items():
        if "all" in row.names:
            shares = [f"{label} {row.score(label).recall:.1%}" for label in row.names]
            score = row.score("all")
            lost = f"{score.gold - score.correct:,} of {score.gold:,} lost to segmentation"
            lines.append(f"tokens of {name} reach {', '.join(shares)}; {lost}")
    return lines


def _calibration(found: Evaluation) -> list[str]:
    if not found.calibration:
        return []
    error, interval = found.calibration.error, found.calibration.interval
    edges = f" (95 % interval {interval[0]:.1%} to {interval[1]:.1%})" if interval else ""
    return [f"probabilities: expected calibration error {error:.1%}{edges}"]


def _roster(found: Evaluation) -> list[str]:
    if not found.roster:
        return []
    sides = {"gold": "the gold spans", "predicted": "the predicted spans"}
    rows = [(sides[name], found.roster.score(name)) for name in found.roster.names]
    return [
        f"roster from {side}: precision {score.precision:.1%}, recall {score.recall:.1%} "
        f"of {score.gold:,} facts in {found.roster.ledger.size:,} documents"
        for side, score in rows
    ]


def _others(run: Run) -> list[str]:
    from ..evaluation.paired import compare, spread

    lines = []
    if run.found.held:
        right, total = map(sum, zip(*run.found.held.sections.values(), strict=True))
        lines.append(f"guideline: {right} of {total} examples right")
    if run.others:
        figures = spread([run.found, *run.others])
        parts = [f"{name} {100 * m:.1f} ± {100 * sd:.1f}" for name, (m, sd) in figures.items()]
        lines.append(f"{len(run.others) + 1} runs, mean and deviation of F1: {', '.join(parts)}")
    if run.before:
        paired = compare(run.found, run.before)
        gap = paired.differences["all"]
        changes = {
            kind: sum(n for (change, _), n in paired.changes.items() if change == kind)
            for kind in ("fixed", "broken")
        }
        lines.append(
            f"against {paired.theirs}: F1 {100 * gap.f1:+.1f}, p = {gap.p:.4f}, "
            f"{changes['fixed']:,} errors fixed, {changes['broken']:,} new"
        )
    return lines
