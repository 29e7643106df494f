"""``govner compose``: training articles made from patterns, exactly annotated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from ..document import Document, read_documents, write_documents
from .console import Tally, progress, say


def compose(
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="How many articles.")] = 20000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same articles.")] = 7,
    output: Annotated[
        str, typer.Option("-o", "--output", help="Where to write; - is a pipe.")
    ] = "-",
    corpus: Annotated[
        str | None, typer.Option(help="Corrected documents, to be told again of other people.")
    ] = None,
    retold: Annotated[
        int, typer.Option(min=0, max=100, help="How many in a hundred are told again.")
    ] = 10,
) -> None:
    """Compose articles with invented people, posts and bodies, exactly annotated.

    With --corpus some of them are corrected documents, told again of other people and bodies.

    Example: govner compose -n 20000 --seed 7 --corpus corpus/gold -o build/composed.jsonl
    """
    tally = Tally()
    known = list(read_documents(corpus)) if corpus else []
    again = count * retold // 100 if known else 0
    articles = compose_articles(count - again, seed=seed, corrected=known, retold=again)
    write_documents(output, tally.count(progress(articles, total=count)))
    say(f"{output}: {tally}, {again:,} of them told again, seed {seed}")


def compose_articles(
    count: int, *, seed: int, corrected: Sequence[Document] = (), retold: int = 0
) -> Iterator[Document]:
    """Compose ``count`` articles and tell ``retold`` of the corrected documents again."""
    from ..dataset.compose import compose as write_articles
    from ..dataset.swap import swap_documents
    from .lexicons import rule_words

    words = rule_words()
    yield from write_articles(count, seed=seed, words=words)
    yield from swap_documents(corrected, count=retold, seed=seed, words=words)
