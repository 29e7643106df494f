"""``govner explain``: which rules fired where, what won, and why."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from .table import width

COLOURS = {"PERSON": "green", "TITLE": "yellow", "ORG": "cyan"}


def explain(
    text: Annotated[str, typer.Argument(help="The text; - for a pipe.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="A TOML file with own words and switched-off rules."),
    ] = None,
) -> None:
    """Show which rules fired where in a text, what won and why, and what lost.

    Example: govner explain "嘉善县委常委、组织部长沈伟强主持会议。"
    """
    from ..rules.explain import explain as why
    from ..rules.own import load_knowledge

    whole = sys.stdin.read() if text == "-" else text
    record = why(whole, knowledge=load_knowledge(rules) if rules else None)
    if as_json:
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        # Colours go to terminals alone; https://no-color.org switches them off there, too.
        typer.echo(explanation_text(record), color=False if os.environ.get("NO_COLOR") else None)


def explanation_text(record: dict[str, Any]) -> str:
    """Return the text with its spans in colour, and below it a line for each rule that fired."""
    parts = [_coloured(record["text"], record["spans"]).rstrip("\n")]
    parts.append(_lines(record["spans"], "says") or "No rule fired.")
    if record["losers"]:
        parts.append("Lost:\n" + _lines(record["losers"], "reason"))
    if record["masked"]:
        rows = [f"  {_place(m)}  {_one_line(m['text'])}" for m in record["masked"]]
        parts.append("Left alone, titles of works, thoughts and sessions:\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _coloured(text: str, spans: list[dict[str, Any]]) -> str:
    parts, position = [], 0
    for span in spans:
        parts.append(text[position : span["start"]])
        parts.append(typer.style(span["text"], fg=COLOURS[span["label"]], underline=True))
        position = span["end"]
    return "".join([*parts, text[position:]])


def _lines(spans: list[dict[str, Any]], why: str) -> str:
    surface = max((width(_one_line(span["text"])) for span in spans), default=0)
    rule = max((len(span["rule"]) for span in spans), default=0)
    return "\n".join(
        "  ".join(
            [
                f"  {_place(span)}",
                _one_line(span["text"]) + " " * (surface - width(_one_line(span["text"]))),
                typer.style(f"{span['label']:6}", fg=COLOURS[span["label"]]),
                f"{span['rule']:{rule}}",
                span[why],
            ]
        )
        for span in spans
    )


def _place(stretch: dict[str, Any]) -> str:
    return f"{stretch['start']:5}–{stretch['end']:<5}"


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
