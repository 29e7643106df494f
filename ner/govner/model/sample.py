"""What the network sees of a text: pieces with their known tags and the knowledge beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from .pieces import cut, join_over
from .tags import Bools, Ints, Stretch, Tags

# Where a piece travels in the document that the network reads.
PIECE = "govner_piece"
# Where a reference document keeps its gold, untouched by any token border.
GOLD = "govner_gold"
# Where it keeps its pieces from one epoch to the next.
LESSONS = "govner_lessons"


@dataclass(frozen=True)
class Advice:
    """What is known of a text from outside: proposed spans, and words with their kinds.

    A word is start, end and a number whose bits are the lexicons that it stands in.
    """

    spans: Sequence[Stretch] = ()
    words: Sequence[tuple[int, int, int]] = ()


# Gives advice on a whole text, as knowledge for the network.
Adviser = Callable[[str], Advice]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, as the network reads it.

    ``starts`` and ``ends`` say at which characters a token begins or ends; ``hints`` are the tags
    of what the rules propose, 0 where there is nothing; ``kinds`` are the kinds of the word that
    the character is part of, times four, plus its place in it.
    """

    text: str
    offset: int
    starts: Bools
    ends: Bools
    hints: Ints
    kinds: Ints

    def __len__(self) -> int:
        return len(self.text)

    def as_doc(self, vocab: Vocab) -> Doc:
        """Return the piece as a document with one token a character."""
        characters = list(self.text)
        doc = Doc(vocab, words=characters, spaces=[False] * len(characters))
        doc.user_data[PIECE] = self
        return doc


def piece_of(doc: Doc | Piece) -> Piece:
    """Return the piece that a document of single characters stands for."""
    if isinstance(doc, Piece):
        return doc
    piece = doc.user_data.get(PIECE)
    if isinstance(piece, Piece):
        return piece
    text = doc.text
    if len(doc) != len(text):
        raise ValueError("this layer reads one token a character; use it inside govner_ner")
    full = np.ones(len(text), dtype=bool)
    nothing = np.zeros(len(text), dtype=np.int64)
    return Piece(text, 0, full, full, nothing, nothing)


@dataclass(frozen=True)
class Gold:
    """What is known of a text: its spans, and stretches of which nothing is known."""

    spans: tuple[Stretch, ...] = ()
    unknown: tuple[tuple[int, int], ...] = field(default=())

    def within(self, start: int, end: int) -> Gold:
        """Return what is known between two characters, from the first on."""
        return Gold(
            tuple((s - start, e - start, x) for s, e, x in self.spans if start <= s and e <= end),
            tuple(
                (max(s, start) - start, min(e, end) - start)
                for s, e in self.unknown
                if s < end and start < e
            ),
        )


def gold_of(example: Example) -> Gold:
    """Return the gold of an example: that of its reader, else that of its reference document."""
    reference = example.reference
    stored = reference.user_data.get(GOLD)
    if stored is not None:
        spans, unknown = stored
        return Gold(
            tuple((int(s), int(e), str(x)) for s, e, x in spans),
            tuple((int(s), int(e)) for s, e in unknown),
        )
    return Gold(
        tuple((ent.start_char, ent.end_char, ent.label_) for ent in reference.ents),
        tuple((t.idx, t.idx + len(t)) for t in reference if t.ent_iob == 0),
    )


def token_borders(doc: Doc, text: str) -> tuple[Bools, Bools]:
    """Return at which characters a token begins and ends; white space is never a border."""
    solid = np.array([not c.isspace() for c in text], dtype=bool)
    if len(doc) == len(text):
        return solid, solid
    starts, ends = np.zeros(len(text), dtype=bool), np.zeros(len(text), dtype=bool)
    places = doc.to_array(["IDX", "LENGTH"]).astype(np.int64).reshape(-1, 2)
    starts[places[:, 0]], ends[places.sum(axis=1) - 1] = True, True
    return starts & solid, ends & solid


def read_pieces(
    doc: Doc, *, advise: Adviser | None = None, tags: Tags, gold: Gold | None = None
) -> list[Piece]:
    """Cut a document into pieces; none of the gold spans is cut."""
    text = doc.text
    starts, ends = token_borders(doc, text)
    advice = advise(text) if advise is not None else Advice()
    hints = tags.encode([span for span in advice.spans if span[2] in tags.labels], len(text))
    kinds = word_kinds(advice.words, len(text))
    bounds = cut(text)
    if gold is not None:
        bounds = join_over(bounds, gold.spans)
    return [Piece(text[a:b], a, starts[a:b], ends[a:b], hints[a:b], kinds[a:b]) for a, b in bounds]


def word_kinds(words: Sequence[tuple[int, int, int]], length: int) -> Ints:
    """Return four times the kinds of each character's word, plus 1 at its begin, 2 at its end."""
    kinds = np.zeros(length, dtype=np.int64)
    if not words:
        return kinds
    starts, ends, values = np.array(words, dtype=np.int64).T
    # Words cover the text or leave gaps; the difference of two running sums fills both.
    steps = np.zeros(length + 1, dtype=np.int64)
    np.add.at(steps, starts, 4 * values)
    np.add.at(steps, ends, -4 * values)
    kinds = np.cumsum(steps[:-1])
    kinds[starts] += 1
    kinds[ends - 1] += 2
    return kinds
