"""``govner roster``: who holds which post where, read off annotated documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document.errors import BadInput
from .console import Tally, progress, say
from .table import table

if TYPE_CHECKING:
    from ..document import Document
    from ..evaluation import Evaluation
    from ..evaluation.intervals import Measured
    from ..roster import Fact
    from ..roster.gold import RosterScore

SHOWN = 200  # rows of an answer on the screen
WIDEST = 40  # characters of a cell there


def roster(
    documents: Annotated[
        Path,
        typer.Argument(help="Annotated documents (- for a pipe); for a question, a roster."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="roster.csv, .jsonl or .parquet; - for a pipe."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", help="Rows to score against, as in corpus/roster.jsonl."),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="With --gold, print each error.")
    ] = False,
    query: Annotated[
        str | None,
        typer.Option("--query", help="SQL on the table roster, or 'person=王明, post=*书记'."),
    ] = None,
    person: Annotated[str | None, typer.Option(help="Whose posts; * stands for anything.")] = None,
    post: Annotated[str | None, typer.Option(help="Who holds a post, as '*书记'.")] = None,
    body: Annotated[str | None, typer.Option(help="Who is in a body, as '*财政局'.")] = None,
    place: Annotated[str | None, typer.Option(help="Who is in a place, as '嘉善县*'.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Who held a post on a day, by the last word."),
    ] = None,
) -> None:
    """Turn annotated documents into rows: person, post, body, place, event, evidence.

    With --query, --person, --post, --body, --place or --on it answers a question to a roster that
    was written before (extra `query`). With --gold, print precision and recall on (person, post,
    body, event) instead, and write the rows only where -o says so.

    Example: govner roster corpus/gold -o build/roster.csv
    """
    filters = {"person": person, "post": post, "body": body, "place": place}
    chosen = {name: value for name, value in filters.items() if value is not None}
    if chosen or query is not None or on is not None:
        answer(documents, output, query, chosen, on.date() if on else None)
        return
    from ..document import read_documents
    from ..roster import read_facts, write_roster
    from ..roster.gold import read_gold, score_facts

    rows = read_gold(gold) if gold else {}
    tally = Tally()
    stream = tally.count(progress(read_documents(documents)))
    facts: Iterable[Fact] = (fact for document in stream for fact in read_facts(document))
    if gold:
        facts = list(facts)
        typer.echo(score_text(score_facts(rows, facts), errors=errors))
        say(f"{len(rows):,} documents with {sum(map(len, rows.values())):,} rows in {gold}")
    if output or not gold:
        to = output or Path("-")
        say(f"{write_roster(to, facts):,} facts written to {to}, from {tally}")


def answer(
    roster: Path,
    output: Path | None,
    query: str | None,
    filters: Mapping[str, str],
    on: date | None,
) -> None:
    """Print the answer to a question as a table, or write it."""
    from ..roster.query import ask
    from ..roster.table import write_table

    with ask(roster, filters=filters, on=on, sql=query) as found:
        if output is not None:
            say(f"{write_table(output, found.columns, found.rows):,} rows written to {output}")
            return
        rows = list(islice(found.rows, SHOWN + 1))
        if rows:
            typer.echo(
                table(found.columns, [[_cell(cell) for cell in row] for row in rows[:SHOWN]])
            )
        more = f"{SHOWN:,} rows and more; -o writes them all" if rows[SHOWN:] else ""
        say(more or f"{len(rows):,} rows")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def score_text(score: RosterScore, *, errors: bool = False) -> str:
    """Return the scores as lines, and each error if asked."""
    lines = [
        f"precision  {score.precision:6.1%}  {score.correct:,} of "
        f"{score.correct + len(score.wrong):,} facts read",
        f"recall     {score.recall:6.1%}  {score.correct:,} of "
        f"{score.correct + len(score.missed):,} gold facts",
        f"F1         {score.f1:6.1%}",
        f"place      {score.place_accuracy:6.1%}  of the correct facts",
    ]
    if errors:
        lines += [f"- {_fact_line(fact)}" for fact in score.missed]
        lines += [f"+ {_fact_line(fact)}" for fact in score.wrong]
    return "\n".join(lines)


def roster_rows(path: Path, documents: Sequence[Document]) -> dict[str, list[Fact]]:
    """Return the gold rows of these documents, by id; raises ``BadInput`` where there is none."""
    from ..roster.gold import read_gold

    ids = {document.id for document in documents}
    rows = {identifier: facts for identifier, facts in read_gold(path).items() if identifier in ids}
    if not rows:
        hint = "give the rows that belong to the gold documents"
        raise BadInput(path=path, why="none of its rows is of a gold document", hint=hint)
    return rows


def measure_roster(rows: dict[str, list[Fact]], found: Evaluation) -> Measured:
    """Score the facts read off the gold spans and off the predicted ones, with intervals."""
    from ..evaluation.intervals import Measured
    from ..evaluation.ledger import Ledger, Name
    from ..roster import read_facts
    from ..roster.gold import score_facts

    ledger = Ledger(len(rows))
    pairs = [pair for pair in zip(found.gold, found.predicted, strict=True) if pair[0].id in rows]
    for place, (gold, predicted) in enumerate(pairs):
        counts: dict[Name, tuple[int, int, int]] = {}
        # Date and raw places of a fact come from the gold document; only its spans differ.
        for name, document in (("gold", gold), ("predicted", gold.with_spans(predicted.spans))):
            score = score_facts({gold.id: rows[gold.id]}, read_facts(document))
            predictions = score.correct + len(score.wrong)
            counts[(name,)] = (score.correct, len(rows[gold.id]), predictions)
        ledger.enter(place, counts)
    return Measured.of(ledger)


def _fact_line(fact: Fact) -> str:
    return " | ".join([fact.document, fact.person, fact.post, fact.body, fact.event])
