"""From a text to its spans: lattice, bodies, people, posts, the document's witness, resolution."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..document import Document, Span
from . import kinds as k
from .bodies import BodyFinder
from .brands import brands
from .edges import Body
from .firmlists import listed_firms
from .initials import initials
from .knowledge import Knowledge, default_knowledge
from .lattice import Token, of_kind, tokenize
from .namesakes import namesakes, speaking_again
from .people import NAMED_AFTER, PeopleFinder, Person
from .postfinder import PostFinder
from .recut import EPONYM, as_words, recut
from .resolve import Candidate, Resolution, resolve
from .slots import cut_at, fill_slots
from .text import masks, normalise
from .witness import occurrences, short_forms


@dataclass
class Proposal:
    """What the rules make of a text: winners, losers with the reason, what is masked, the words."""

    text: str
    spans: list[Span]
    losers: list[tuple[Span, str]] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)


def annotate(
    documents: Iterable[Document], *, knowledge: Knowledge | None = None
) -> Iterator[Document]:
    """Give every document the spans that the rules propose; ``span.source`` is the rule's id."""
    for document in documents:
        yield document.with_spans(
            propose(document.text, knowledge=knowledge).spans, state="proposed"
        )


def propose(text: str, *, knowledge: Knowledge | None = None) -> Proposal:
    """Return what the rules propose for a text and what they weighed and dropped."""
    known = knowledge or default_knowledge()
    plain = normalise(text)
    tokens = fill_slots(plain, tokenize(plain, known), known)
    people = PeopleFinder(plain, tokens, known).run()
    names = _witnesses(plain, people, known) | namesakes(plain, people, known)
    adopted = _adopt(plain, tokens, names)
    adopted = cut_at(adopted, speaking_again(plain, adopted, people), k.NAME | k.SURE)
    settled = recut(plain, _drop_weak(plain, adopted, people, names, known), known.entries)
    searcher = BodyFinder(plain, settled, known.entries)
    bodies = searcher.run()
    if adopted is not tokens:
        people = PeopleFinder(plain, settled, known).run()
    tokens = settled
    people += _again(plain, tokens, names, people)
    finder = PostFinder(plain, tokens, bodies, people, known)
    candidates = finder.run()
    named = {plain[p.start : p.end] for p in people}
    alone = frozenset(brands(plain, known.entries)) - named
    firms = searcher.walker.firms.brands
    tails = searcher.tails | initials(plain, settled, bodies, known.entries)
    for start, end, rule in short_forms(plain, bodies, firms, known.entries, alone, tails):
        tail = any(plain.startswith(name, start) for name in tails)
        candidates.append(Candidate(start, end, "ORG", rule, 20 if tail else 22))
    masked = masks(plain, known.entries)
    for start, end in listed_firms(plain, settled, known.entries):
        candidates.append(Candidate(start, end, "ORG", "org.list", 24))
    resolution = resolve(plain, candidates, masked, known.disabled)
    return Proposal(text, resolution.spans, resolution.losers, masked, tokens)


def _witnesses(plain: str, people: list[Person], known: Knowledge) -> frozenset[str]:
    """Return the names that are certain enough to be looked for in the whole document."""
    counts = Counter(plain[p.start : p.end] for p in people if p.strong)
    return frozenset(
        name
        for name, count in counts.items()
        if len(name) > 1
        and (" " not in name or "  " in name)
        and (count > 1 or not int(known.entries.get(name, (0, 0))[1]) & (k.NOUN | k.STOP))
    )


def _again(
    plain: str, tokens: list[Token], names: frozenset[str], people: list[Person]
) -> list[Person]:
    """Find confirmed names where the first reading saw something else."""
    starts = {p.start for p in people}
    return [
        Person(t.start, t.end, "person.again", True)
        for t in map(tokens.__getitem__, of_kind(tokens, k.PERSON))
        if t.start not in starts and plain[t.start : t.end] in names
        if not NAMED_AFTER.match(plain, t.end)
    ]


def _adopt(plain: str, tokens: list[Token], names: frozenset[str]) -> list[Token]:
    """Cut the tokens at the names that the document has confirmed."""
    places = occurrences(plain, names)
    if not places:
        return tokens
    changed = False
    starts = [token.start for token in tokens]
    out: list[Token] = []
    done = 0
    for start, end in places:
        first = bisect_right(starts, start) - 1
        if (
            tokens[first].start == start
            and tokens[first].end == end
            and tokens[first].kind & k.PERSON
        ):
            continue
        if tokens[first].end >= end and tokens[first].end - tokens[first].start > end - start:
            continue  # a longer word holds it: 马克思主义
        last = first
        while tokens[last].end < end:
            last += 1
        if first < done:
            continue
        changed = True
        out += tokens[done:first]
        out += [Token(i, i + 1, k.NOUN) for i in range(tokens[first].start, start)]
        out.append(Token(start, end, k.NAME))
        out += [Token(i, i + 1, k.NOUN) for i in range(end, tokens[last].end)]
        done = last + 1
    out += tokens[done:]
    return out if changed else tokens


def _drop_weak(
    plain: str, tokens: list[Token], people: list[Person], names: frozenset[str], known: Knowledge
) -> list[Token]:
    """Read names that nothing confirmed as words, so that bodies may hold them."""
    confirmed = {p.start for p in people}
    mask = ~(k.NAME | k.FOREIGN)
    out: list[Token] = []
    done = 0
    for index in of_kind(tokens, k.NAME | k.FOREIGN):
        start, end, kind = tokens[index]
        if kind & k.SURE or start in confirmed or plain[start:end] in names:
            continue
        out += tokens[done:index]
        done = index + 1
        if kind & k.FOREIGN or plain[start:end] in known.entries or EPONYM.match(plain, end):
            out.append(Token(start, end, (kind & mask) | k.NOUN))
        else:
            if out and out[-1].end - out[-1].start == 1 and not out[-1].kind & k.PERSON:
                start = out.pop().start  # 烟|台毓璜|顶医院
            out += as_words(plain, start, end, known.entries)
    return out + tokens[done:]


__all__ = ["Body", "Candidate", "Proposal", "Resolution", "annotate", "propose"]
