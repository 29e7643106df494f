"""``govner pretrain``: vectors from raw text."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from .console import progress, say


def pretrain(
    raw: Annotated[str, typer.Argument(help="Raw documents (JSON Lines), a folder, or -.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "build/vectors.npz"
    ),
    width: Annotated[int, typer.Option(min=1, help="As wide as the embedding of the config.")] = 50,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Documents to read at most; all by default.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same vectors.")] = 7,
) -> None:
    """Learn vectors of characters, bigrams and words from raw text; nothing is downloaded.

    A config takes them as paths.ngrams, see configs/bench/lexicon.cfg.

    Example: govner pretrain raw.jsonl.gz -o build/vectors.npz
    """
    from ..document import read_documents
    from ..model.pretrain import write_vectors

    documents = islice(read_documents(raw, labels=None), limit)
    learned = write_vectors(
        (document.text for document in progress(documents, total=limit)),
        output,
        width=width,
        seed=seed,
    )
    rows = ", ".join(f"{count:,} {name}" for name, count in learned.rows.items())
    say(f"{output}: vectors of {rows} from {learned.characters:,} characters")
