"""``govner compare``: what a person changed in what was proposed."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated

import typer

from ..document import read_documents
from ..review import KINDS, Changes, changes
from ..review.wilson import wilson
from .console import Tally, say
from .table import table


def compare(
    proposed: Annotated[str, typer.Argument(help="The documents as they were proposed.")],
    corrected: Annotated[str, typer.Argument(help="The same documents, corrected.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print counts and every change as JSON.")
    ] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Count documents nobody has confirmed, too.")
    ] = False,
) -> None:
    """Show what was kept, moved, relabelled, deleted and added, per label and per rule.

    Example: govner compare proposed.jsonl corrected.jsonl
    """
    tally = Tally()
    after = tally.count(read_documents(corrected))
    found = changes(read_documents(proposed), after, unreviewed=unreviewed)
    if as_json:
        typer.echo(json.dumps(found.to_record(), ensure_ascii=False, indent=1))
    else:
        typer.echo(changes_text(found))
    say(
        f"{found.documents:,} documents compared, {found.untouched:,} of them untouched; "
        f"{found.unreviewed:,} proposed ones not reviewed; corrected: {tally}"
    )


def changes_text(found: Changes) -> str:
    """Return the two tables, per label and per rule, with the precision of each."""
    labels = {**found.by_label(), "all": found.counts()}
    return (
        table(["label", *KINDS, "precision", "95 % interval"], _rows(labels))
        + "\n\n"
        + table(["rule", *KINDS, "precision", "95 % interval"], _rows(found.by_rule()))
    )


def _rows(counts: dict[str, Counter[str]]) -> list[list[str]]:
    return [[name, *(f"{row[kind]:,}" for kind in KINDS), *_precision(row)]
            for name, row in counts.items()]  # fmt: skip


def _precision(row: Counter[str]) -> tuple[str, str]:
    proposed = row.total() - row["added"]
    if not proposed:
        return "–", "–"
    low, high = wilson(row["kept"], proposed)
    return f"{row['kept'] / proposed:.1%}", f"{low:.1%} to {high:.1%}"
