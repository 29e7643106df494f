"""``govner compare``: what a person changed in what was proposed, and what that teaches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from ..document import Document, read_documents
from ..document.files import open_output
from ..review import KINDS, Changes, Entry, changes, suggest, to_toml
from ..review.wilson import wilson
from .console import Tally, say
from .table import table

SHOWN = 20  # missed spans, and entries to add, that are printed; all of them stand in the JSON


def compare(
    proposed: Annotated[str, typer.Argument(help="The documents as they were proposed.")],
    corrected: Annotated[str, typer.Argument(help="The same documents, corrected.")],
    suggestions: Annotated[
        str | None,
        typer.Option(
            "--suggest",
            help="Write words to add and rules to switch off to this TOML file, to review and "
            "give to `govner annotate --rules`.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print counts and every change as JSON.")
    ] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Count documents nobody has confirmed, too.")
    ] = False,
) -> None:
    """Show what was kept, moved, relabelled, deleted and added, per label and per rule.

    Each precision has its 95 % interval (Wilson). Below stand the spans that were missed, and the
    words that the rules' lexicons lack.

    Example: govner compare proposed.jsonl corrected.jsonl --suggest mine.toml
    """
    tally = Tally()
    after = list(tally.count(read_documents(corrected)))
    found = changes(read_documents(proposed), after, unreviewed=unreviewed)
    taught = taught_by(found, [d for d in after if unreviewed or d.state != "proposed"])
    if as_json:
        record = {**found.to_record(), "suggestions": [asdict(entry) for entry in taught]}
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n\n".join([changes_text(found), *_taught_text(found, taught)]))
    if suggestions:
        with open_output(suggestions) as stream:
            stream.write(to_toml(taught, documents=found.documents))
        say(f"{len(taught):,} suggestions in {suggestions}; review them before use")
    say(
        f"{found.documents:,} documents compared, {found.untouched:,} of them untouched; "
        f"{found.unreviewed:,} proposed ones not reviewed; corrected: {tally}"
    )


def taught_by(found: Changes, corrected: Sequence[Document]) -> list[Entry]:
    """Return what changes teach the rules; ``corrected`` are the documents that were reviewed."""
    from ..rules.rule import read_rules
    from ..rules.text import normalise

    known = {rule.id for rule in read_rules()}
    return suggest(found, corrected, rules=known, fold=normalise)


def changes_text(found: Changes) -> str:
    """Return the two tables, per label and per rule, with the precision of each."""
    labels = {**found.by_label(), "all": found.counts()}
    return (
        table(["label", *KINDS, "precision", "95 % interval"], _rows(labels))
        + "\n\n"
        + table(["rule", *KINDS, "precision", "95 % interval"], _rows(found.by_rule()))
    )


def _taught_text(found: Changes, taught: Sequence[Entry]) -> list[str]:
    missed = [
        [text.replace("\n", "⏎"), label, f"{number:,}"]
        for (label, text), number in found.missed().most_common()
    ]
    first = sorted(taught, key=lambda entry: -entry.count)
    tables = [
        (["missed", "as", "times"], missed),
        (["suggested", "for", "because"], [[entry.name, entry.kind, entry.why] for entry in first]),
    ]
    return [
        table(head, rows[:SHOWN])
        + (f"\n… and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else "")
        for head, rows in tables
        if rows
    ]


def _rows(counts: dict[str, Counter[str]]) -> list[list[str]]:
    return [[name, *(f"{row[kind]:,}" for kind in KINDS), *_precision(row)]
            for name, row in counts.items()]  # fmt: skip


def _precision(row: Counter[str]) -> tuple[str, str]:
    proposed = row.total() - row["added"]
    if not proposed:
        return "–", "–"
    low, high = wilson(row["kept"], proposed)
    return f"{row['kept'] / proposed:.1%}", f"{low:.1%} to {high:.1%}"
