"""``govner rules``: the list of rules, and how good each is on a gold file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console import Tally, progress, say
from .table import table

if TYPE_CHECKING:
    from ..review import Changes


def rules(
    gold: Annotated[
        str | None, typer.Argument(help="Corrected documents to count each rule on.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    own: Annotated[
        Path | None,
        typer.Option("--rules", help="A TOML file with own words and switched-off rules."),
    ] = None,
) -> None:
    """List all rules with what they say, match and leave alone; with GOLD, how good each is.

    Example: govner rules corpus/gold
    """
    if gold is None:
        records = rule_records()
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1) if as_json else _list(records))
        return
    found, tally = measure_rules(gold, own=own)
    records = rule_records(found)
    typer.echo(json.dumps(records, ensure_ascii=False, indent=1) if as_json else _counts(records))
    say(f"{gold}: {tally}; {found.counts()['added']:,} of them by no rule")


def measure_rules(gold: str, *, own: Path | None = None) -> tuple[Changes, Tally]:
    """Run the rules over gold documents and compare; return the comparison and what was read."""
    from ..document import read_documents
    from ..review import changes
    from ..rules import annotate
    from ..rules.own import load_knowledge

    tally = Tally()
    documents = list(tally.count(progress(read_documents(gold))))
    proposed = annotate(documents, knowledge=load_knowledge(own) if own else None)
    return changes(proposed, documents, unreviewed=True), tally


def rule_records(found: Changes | None = None) -> list[dict[str, Any]]:
    """Return a record for each rule, with its counts on a gold file if there is one."""
    from dataclasses import asdict

    from ..rules.rule import read_rules

    if found is None:
        return [asdict(rule) for rule in read_rules()]
    counted = found.to_record()["rules"]
    empty = {"proposed": 0, "kept": 0, "moved": 0, "relabelled": 0, "deleted": 0,
             "precision": None, "interval": [0.0, 1.0]}  # fmt: skip
    return [
        {"id": rule.id, "says": rule.says, **counted.get(rule.id, empty)} for rule in read_rules()
    ]


def _list(records: list[dict[str, Any]]) -> str:
    blocks = []
    for record in records:
        lines = [f"{typer.style(record['id'], bold=True)}  {record['says']}"]
        for key in ("matches", "leaves", "known_failures"):
            name = {"known_failures": "fails on"}.get(key, key)
            lines += [f"  {name:8}  {example}" for example in record[key]]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _counts(records: list[dict[str, Any]]) -> str:
    kinds = ("proposed", "kept", "moved", "relabelled", "deleted")
    head = ["rule", "proposed", "correct", "moved", "relabelled", "wrong", "precision",
            "95 % interval"]  # fmt: skip
    return table(head, [[r["id"], *(f"{r[kind]:,}" for kind in kinds), *_precision(r)]
                        for r in records])  # fmt: skip


def _precision(record: dict[str, Any]) -> tuple[str, str]:
    if record["precision"] is None:
        return "–", "–"
    low, high = record["interval"]
    return f"{record['precision']:.1%}", f"{low:.1%} to {high:.1%}"
