"""``govner agreement`` and ``govner adjudicate``: two annotators on the same documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ..document import LABELS, Document, format_marked, read_documents, write_documents
from ..review.adjudication import adjudicate as merge
from ..review.agreement import Agreement, Cluster, Disagreement, clusters
from ..review.agreement import agreement as compare
from .access import HomeFolder, Url, access
from .console import Tally, say
from .table import table

First = Annotated[str, typer.Argument(help="One annotator's documents.")]
Second = Annotated[str, typer.Argument(help="The other's, of the same texts.")]
AROUND = 6  # characters of the text shown on each side of a disagreement
SHOWN = 3  # examples of each cluster


def agreement(
    first: First,
    second: Second,
    proposed: Annotated[
        str | None,
        typer.Option(help="What was proposed to both: shows who just clicks through."),
    ] = None,
    guideline: Annotated[
        Path, typer.Option(help="The guideline, which names the section of a disagreement.")
    ] = Path("corpus/guidelines.md"),
    as_json: Annotated[bool, typer.Option("--json", help="Print all as JSON.")] = False,
) -> None:
    """Show how far two annotators agree: span F1, Cohen's kappa on characters, and on what not.

    Example: govner agreement anna.jsonl bo.jsonl --proposed proposed.jsonl
    """
    one, other = list(read_documents(first)), list(read_documents(second))
    found = compare(one, other)
    sides = {}
    if proposed:
        before = list(read_documents(proposed))
        for name, side in ((first, one), (second, other)):
            sides[name] = compare(side, before, proposals=True)
    section = _sections(guideline)
    groups = clusters(found.items, [section(item) for item in found.items])
    if as_json:
        record = found.to_record()
        record["proposals"] = {name: side.to_record() for name, side in sides.items()}
        record["clusters"] = [
            {"kind": g.kind, "labels": g.labels, "section": g.section, "count": len(g.items)}
            for g in groups
        ]
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        typer.echo(_text(found, groups, sides))
    say(
        f"{found.documents:,} documents done by both, {found.alike:,} of them alike; "
        f"{found.left_out:,} not done by both, left out"
    )


def adjudicate(
    first: First,
    second: Second,
    output: Annotated[str, typer.Option("-o", "--output", help="What agrees: gold.")],
    rest: Annotated[
        str | None, typer.Option(help="Write the disputed documents, with both readings.")
    ] = None,
    project: Annotated[
        str | None, typer.Option(help="Push the disputed documents to this doccano project.")
    ] = None,
    names: Annotated[str, typer.Option(help="The annotators' names in the readings.")] = "A,B",
    url: Url = None,
    home: HomeFolder = None,
) -> None:
    """Merge what two annotators agree about, and have a third person settle the rest.

    In the project each document shows what both marked, and in its comments both readings of the
    rest; `govner doccano pull --project NAME --confirmed-only` brings the settled ones back.

    Example: govner adjudicate anna.jsonl bo.jsonl -o gold.jsonl --project adjudication
    """
    left, _, right = names.partition(",")
    found = merge(read_documents(first), read_documents(second), names=(left, right or "B"))
    tally = Tally()
    write_documents(output, tally.count(found.agreed))
    if rest:
        write_documents(rest, found.disputed)
    if project and found.disputed:
        _push(found.disputed, project, url, home)
    say(f"agreed: {tally}")
    say(
        f"disputed: {len(found.disputed):,} documents in {found.places:,} places"
        + (f", in the project {project}" if project and found.disputed else "")
        + f"; {found.left_out:,} not done by both, left out"
    )


def _push(documents: tuple[Document, ...], project: str, url: str | None, home: str | None) -> None:
    from ..doccano import Home, push
    from ..doccano.client import Client
    from .doccano import guideline_text

    place = Home.at(home)
    with Client(access(place, url), home=place) as client:
        push(documents, client, project=project, guideline=guideline_text(None), say=say)


def _sections(path: Path) -> Callable[[Disagreement], str]:
    """Return what names the section of a disagreement; nothing where there is no guideline."""
    if not path.is_file():
        return lambda item: ""
    from ..evaluation.guideline import Sections
    from ..evaluation.matching import Match
    from ..review.guideline import read_guideline

    rows = [(f"{e.section} {e.title.split(' · ')[0]}", e.document) for e in read_guideline(path)]
    sections = Sections(rows)

    def section(item: Disagreement) -> str:
        gold = item.first or item.second
        second = item.second if item.first else None
        return sections.of(item.document, Match(gold, second))

    return section


def _text(found: Agreement, groups: list[Cluster], sides: dict[str, Agreement]) -> str:
    head = ["label", "both", "only first", "only second", "span F1", "kappa"]
    rows = [
        [label, f"{n.both:,}", f"{n.first:,}", f"{n.second:,}", _share(n.f1),
         _share(found.kappas[label])]
        for label, n in found.spans.items()
    ]  # fmt: skip
    parts = [table(head, rows)]
    if sides:
        head = ["against the proposals", "documents", "alike", *(f"F1 {name}" for name in LABELS),
                "span F1", *(f"kappa {name}" for name in LABELS), "kappa"]  # fmt: skip
        rows = [
            [name, f"{a.documents:,}", f"{a.alike:,}",
             *(_share(counts.f1) for counts in a.spans.values()),
             *(_share(value) for value in a.kappas.values())]
            for name, a in sides.items()
        ]  # fmt: skip
        parts.append(table(head, rows))
    parts += [_cluster(group) for group in groups]
    return "\n\n".join(parts)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _cluster(group: Cluster) -> str:
    head = f"{len(group.items):,} × {group.kind}, {group.labels[0]} / {group.labels[1]}"
    lines = [head + (f", see {group.section}" if group.section else "")]
    for item in group.items[:SHOWN]:
        pair = [_shown(item, span) for span in (item.first, item.second)]
        lines.append(f"  {item.document.id}  {pair[0]}  |  {pair[1]}")
    return "\n".join(lines)


def _shown(item: Disagreement, span: object) -> str:
    spans = [s for s in (item.first, item.second) if s]
    start = max(0, min(s.start for s in spans) - AROUND)
    end = max(s.end for s in spans) + AROUND
    inside = [s.shift(-start) for s in spans if s is span]
    return format_marked(item.document.text[start:end], inside).replace("\n", "⏎")
