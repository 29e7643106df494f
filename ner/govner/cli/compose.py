"""``govner compose``: training articles made from patterns, exactly annotated."""

from __future__ import annotations

from typing import Annotated

import typer

from ..document import write_documents
from .console import Tally, progress, say


def compose(
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="How many articles.")] = 20000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same articles.")] = 7,
    output: Annotated[
        str, typer.Option("-o", "--output", help="Where to write; - is a pipe.")
    ] = "-",
) -> None:
    """Compose articles with invented people, posts and bodies, exactly annotated.

    Example: govner compose -n 20000 --seed 7 -o build/composed.jsonl
    """
    from ..dataset.compose import compose as write_articles
    from .lexicons import rule_words

    tally = Tally()
    articles = progress(write_articles(count, seed=seed, words=rule_words()), total=count)
    write_documents(output, tally.count(articles))
    say(f"{output}: {tally}, composed with seed {seed}")
