"""What people made of a project: documents joined again, who did what, and what is not done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..document import LABELS, Document, GovnerError, Span
from ..document.errors import TextChanged, UnknownLabel
from ..document.pairs import check_same_text
from .client import Client
from .errors import BadProject
from .pieces import Piece, cut, join
from .project import find_project
from .push import notes
from .remote import Example, Makers, read_examples, read_makers, trimmed

CONFIRMED, OPENED, UNTOUCHED = "confirmed", "opened", "untouched"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came back, in the order of the push, and what could not be taken.

    ``documents`` carry their state, confirmers and comments in ``meta["doccano"]``; only those
    that somebody confirmed whole are ``corrected``. Each problem is one sentence. ``states``
    counts the confirmed, the opened and the untouched, those too that were left out.
    """

    documents: tuple[Document, ...]
    problems: tuple[str, ...]
    states: Mapping[str, int]

    def count(self, state: str) -> int:
        """Return how many documents are confirmed, opened or untouched."""
        return self.states.get(state, 0)

    @property
    def waiting(self) -> int:
        """How many documents nobody has confirmed whole."""
        return self.count(OPENED) + self.count(UNTOUCHED)

    @property
    def progress(self) -> str:
        """How far people are, for reading."""
        percent = 100 * self.count(CONFIRMED) // max(1, sum(self.states.values()))
        return (
            f"{self.count(CONFIRMED):,} confirmed ({percent} %), {self.count(OPENED):,} opened, "
            f"{self.count(UNTOUCHED):,} untouched"
        )


def pull(
    client: Client, *, project: str, onto: Iterable[Document] = (), confirmed_only: bool = False
) -> Pulled:
    """Bring a project back and hold it against what was pushed.

    What was pushed is known from the ledger on this machine; ``onto`` adds the proposals where
    the push was made elsewhere. A document whose text was changed on the server, that is there
    twice or in part, or whose spans cannot be, is a problem and not taken. Raises ``BadProject``
    and the errors of ``Client``.
    """
    client.check_worker()
    place = find_project(client, project)
    pushed = {document.id: document for document in onto} | place.ledger(client).documents
    if not pushed:
        hint = "give the documents that were pushed with --onto"
        raise BadProject(project=project, why="was not pushed from here", hint=hint)
    rows: dict[str, list[Example]] = defaultdict(list)
    for example in read_examples(client, place.number):
        rows[example.found.id].append(example)
    problems = [f"{key} is on the server and was never pushed" for key in rows if key not in pushed]
    read: list[_Read] = []
    for document in pushed.values():
        try:
            read.append(_read(document, rows.get(document.id, [])))
        except _Problem as problem:
            problems.append(str(problem))
    people = _People.of(client, place.number, read)
    documents = []
    for item in read:
        if item.state == CONFIRMED or not confirmed_only:
            documents.append(_document(item, people))
    states = Counter(item.state for item in read)
    return Pulled(tuple(documents), tuple(problems), states)


class _Problem(Exception):
    """A document that cannot be taken; the run goes on."""


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document  # as it was pushed
    pieces: tuple[tuple[Piece, Example], ...]
    state: str
    spans: tuple[Span, ...]  # as they are now, without sources

    @property
    def added(self) -> list[Example]:
        """Rows with a span that was not proposed."""
        return [
            example
            for piece, example in self.pieces
            if {trimmed(span, piece.text).key for span in example.found.spans} - piece.keys
        ]


def _read(document: Document, rows: Sequence[Example]) -> _Read:
    pieces = _matched(document, rows)
    try:
        for piece, example in pieces:
            whole = Document(document.id, piece.text)
            check_same_text(whole, Document(document.id, example.found.text))
        _, spans = join(
            (piece, [trimmed(span, piece.text) for span in example.found.spans])
            for piece, example in pieces
        )
        for span in spans:
            if span.label not in LABELS:
                raise UnknownLabel(where=f"document {document.id}", label=span.label, known=LABELS)
        document.with_spans(spans)  # raises where spans cannot be
    except TextChanged as error:
        raise _Problem(str(error)) from error
    except GovnerError as error:
        raise _Problem(f"{error} (it is so on the server; mend it in the page)") from error
    return _Read(document, tuple(pieces), _state(document, pieces, spans), spans)


def _matched(document: Document, rows: Sequence[Example]) -> list[tuple[Piece, Example]]:
    expected = cut(document)
    found: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in rows:
        found[example.key].append(example)
    if not rows:
        raise _Problem(f"document {document.id} is no longer on the server; push it again")
    for piece in expected:
        if len(found[piece.key]) != 1 or len(rows) != len(expected):
            count, what = len(found[piece.key]), piece.key[1]
            raise _Problem(
                f"document {document.id}: its piece {what} is on the server {count} times, "
                f"{len(rows)} rows in all; push it again, which mends what nobody worked on"
            )
    return [(piece, found[piece.key][0]) for piece in expected]


def _state(
    document: Document, pieces: Sequence[tuple[Piece, Example]], spans: Sequence[Span]
) -> str:
    examples = [example for _, example in pieces]
    if all(example.confirmed for example in examples):
        return CONFIRMED
    own = {text for _, text in notes(document)}
    commented = any(c.text not in own for e in examples for c in e.comments)
    changed = {s.key for s in spans} != {s.key for s in document.spans}
    any_confirmed = any(example.confirmed for example in examples)
    return OPENED if commented or changed or any_confirmed else UNTOUCHED


@dataclass(frozen=True, slots=True)
class _People:
    """Who made which span and who confirmed which row, by name."""

    makers: Makers
    confirmers: dict[int, str]
    names: dict[int, str]

    @classmethod
    def of(cls, client: Client, project: int, read: Sequence[_Read]) -> _People:
        """Ask, one request a row, only where it matters: new spans, several confirmers."""
        added = [example for item in read for example in item.added]
        confirmed = [e.number for item in read for _, e in item.pieces if e.confirmed]
        makers = read_makers(client, project, added) if added else {}
        names = client.names(project)
        who = client.call("confirmers", project=project) if confirmed else []
        if len(who) == 1:
            return cls(makers, dict.fromkeys(confirmed, who[0]), names)
        states = client.in_parts("states", confirmed, project=project)
        confirmers = {example: names.get(user, f"user {user}") for example, user in states}
        return cls(makers, confirmers, names)

    def maker(self, example: Example, span: Span, proposed: Sequence[Span]) -> str:
        """Name who made a span that was not proposed.

        Relabelling in the page leaves the uploader as a span's user, so that a span standing just
        where another label was proposed is ascribed to who confirmed the row.
        """
        user = self.makers.get((example.number, span.key))
        relabelled = any((s.start, s.end) == (span.start, span.end) for s in proposed)
        if relabelled and example.number in self.confirmers:
            return self.confirmers[example.number]
        return self.names.get(user, f"user {user}") if user is not None else "annotator"


def _document(item: _Read, people: _People) -> Document:
    spans: list[Span] = []
    for piece, example in item.pieces:
        sources = {span.key: span.source for span in piece.spans}
        for raw in example.found.spans:
            span = trimmed(raw, piece.text)
            source = sources.get(span.key)
            if source is None:
                source = people.maker(example, raw, piece.spans)
            spans.append(replace(span.shift(piece.start), source=source))
    examples = [example for _, example in item.pieces]
    confirmers = sorted({people.confirmers[e.number] for e in examples if e.confirmed})
    own = {text for _, text in notes(item.document)}
    comments = [
        {"user": comment.user, "text": comment.text}
        for example in examples
        for comment in example.comments
        if comment.text not in own
    ]
    about = {"state": item.state, "confirmed_by": confirmers, "comments": comments}
    document = replace(item.document, meta={**item.document.meta, "doccano": about})
    state = "corrected" if item.state == CONFIRMED else "proposed"
    return document.with_spans(spans, state=state)
