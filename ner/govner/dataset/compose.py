"""Articles composed from patterns: exactly annotated by construction, any amount of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from ..document import Document, parse_marked
from .grammar import Grammar, Value
from .names import name_makers

PATTERNS = Path(__file__).parent / "patterns"
ARTICLE = "article"
SOURCE = "compose"

# Shares in 100 of the documents that look like a scan, or are indented.
_HALF_WIDTH, _INDENTED = 6, 8
_HALF = str.maketrans("，（）；：", ",();:")


@dataclass(frozen=True)
class Words:
    """The words that the patterns are filled from, beside their own.

    ``sections`` are lists by name, each word with its short form (or the word again);
    ``surnames`` have frequencies, ``given`` are the characters of given names, the commonest first;
    ``plain`` are words of the language that name nobody and nothing, by part of speech, with
    weights.
    """

    sections: Mapping[str, Sequence[tuple[str, str]]]
    surnames: Mapping[str, float]
    given: Sequence[str]
    plain: Mapping[str, Mapping[str, float]]


def read_grammar(words: Words, folder: Path = PATTERNS) -> Grammar:
    """Read the pattern files of a folder; raises ``BadInput`` for one that does not parse."""
    given = set(words.given)
    names = [word for word in words.plain.get("名词", ()) if len(word) == 2 and set(word) <= given]
    outside = {
        name: {Value(full, {"short": short}): 1.0 for full, short in pairs}
        for name, pairs in words.sections.items()
    }
    outside |= {
        name: {Value(word): weight for word, weight in plain.items()}
        for name, plain in words.plain.items()
    }
    return Grammar(
        sorted(folder.glob("*.txt")),
        makers=name_makers(words.surnames, words.given, names),
        words=outside,
    )


def compose(count: int, *, seed: int, words: Words) -> Iterator[Document]:
    """Compose articles; the same seed and words give the same ones, each of its own number.

    The first ``n`` articles of a longer run are those of a run of ``n``.
    """
    grammar = read_grammar(words)
    for number in range(count):
        yield compose_one(grammar, seed=seed, number=number)


def compose_one(grammar: Grammar, *, seed: int, number: int) -> Document:
    """Compose the article of a number."""
    random = Random(f"{seed}/{number}")
    document = parse_marked(_typeset(grammar.draw(ARTICLE, random), random))
    meta = {"source": SOURCE, "seed": seed, "number": number}
    return replace(document, meta=meta, state="corrected")


def _typeset(marked: str, random: Random) -> str:
    """Give a text the look of one of the sources: width of punctuation, indents, line ends."""
    text = re.sub(r"\n[ \n]+", "\n", marked.strip())
    if random.randrange(100) < _HALF_WIDTH:
        text = text.translate(_HALF)
    if random.randrange(100) < _INDENTED:
        text = re.sub(r"^(?=.)", "　　", text, flags=re.MULTILINE)
    return text
