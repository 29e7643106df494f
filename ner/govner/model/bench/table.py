"""The table of the benchmark: a line a set and system, beside what others printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean, pstdev

from .runs import Run

_HEAD = """\
Strict span F1 in percent on the set's test part, mean ± standard deviation over the seeds. Training
in seconds of wall time (of processor time), prediction in characters a second of processor time.
Published figures are quoted, not measured.

| set | system | seeds | P | R | F1 | training | prediction | size |
|---|---|---|---|---|---|---|---|---|"""


def as_markdown(
    runs: Sequence[Run],
    *,
    title: str,
    published: Mapping[str, str] | None = None,
    reach: Mapping[str, float] | None = None,
    speeds: Mapping[str, float] | None = None,
) -> str:
    """Return the report; ``published`` and ``reach`` are by set, ``speeds`` by system."""
    lines = [f"# {title}", "", _HEAD]
    for name in dict.fromkeys(run.benchmark for run in runs):
        for system in dict.fromkeys(run.system for run in runs if run.benchmark == name):
            group = [run for run in runs if (run.benchmark, run.system) == (name, system)]
            lines.append(_line(name, system, group))
        if published and published.get(name):
            lines.append(f"| {name} | *published* | | | | {published[name]} | | | |")
        if reach and reach.get(name):
            lines.append(f"| {name} | *to reach* | | | | {reach[name]:.1f} | | | |")
    if speeds:
        lines += ["", "| prediction, same texts in one run | characters a second |", "|---|---|"]
        lines += [f"| {name} | {_speed(speed)} |" for name, speed in speeds.items()]
    return "\n".join(lines) + "\n"


def _line(name: str, system: str, group: Sequence[Run]) -> str:
    scores = [100 * run.f1 for run in group]
    seconds = f"{mean(r.seconds for r in group):.0f} s ({mean(r.cpu_seconds for r in group):.0f} s)"
    cells = [
        name,
        system,
        str(len(group)),
        f"{100 * mean(run.precision for run in group):.1f}",
        f"{100 * mean(run.recall for run in group):.1f}",
        f"{mean(scores):.1f} ± {pstdev(scores):.1f}",
        seconds,
        f"{mean(run.speed for run in group):,.0f}/s",
        f"{mean(run.megabytes for run in group):.1f} MB",
    ]
    return "| " + " | ".join(cells) + " |"


def _speed(speed: float) -> str:
    return f"{speed:,.0f}" if speed else "not installed"
