"""``govner bench evaluate``: how long scores and report page take besides prediction."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from ..document import write_documents
from .evaluate import run_evaluation, write_report


def bench_evaluate(
    number: Annotated[int, typer.Argument(min=1, help="How many documents.")] = 10_000,
) -> None:
    """Print how long it takes to score documents with ten spans each and write their page.

    The documents are invented, 500 characters each, and so are the predictions; reading both
    files, all intervals and the page with its error browser are in the time.

    Example: govner bench evaluate 10000
    """
    from ..evaluation.bench import LENGTH, SPANS, invent

    with tempfile.TemporaryDirectory(prefix="govner-bench-") as scratch:
        folder = Path(scratch)
        pairs = list(invent(number))
        for side, name in enumerate(("gold", "predicted")):
            write_documents(folder / f"{name}.jsonl", (pair[side] for pair in pairs))
        del pairs
        wall, cpu = time.monotonic(), time.process_time()
        run = run_evaluation(str(folder / "gold.jsonl"), [str(folder / "predicted.jsonl")])
        scored = time.monotonic() - wall
        write_report(run, folder / "report")
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        page = (folder / "report" / "report.html").stat().st_size
    typer.echo(
        f"{number:,} documents of {LENGTH} characters, {number * SPANS:,} gold spans, "
        f"{sum(run.found.errors.values()):,} errors\n"
        f"read and scored  {scored:6.1f} s\n"
        f"with the page    {wall:6.1f} s; {cpu:.1f} s of a core\n"
        f"the page         {page / 1e6:6.1f} MB"
    )
