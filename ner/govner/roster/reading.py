"""Facts read off a document's spans: lists of posts, appointments and removals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Document, Span
from . import cues
from .body import Post, resolve
from .fact import Fact

_CLAUSE = re.compile(r"[^。！？；;\n]*[。！？；;\n]?")
_GENERIC = re.compile(
    r"(?P<kind>公司|集团|本公司|该公司|学校|该校|医院|该院|该局|该厅|该行|该所|该部|该委|局|部|村|社区)$"
)
_OWN = re.compile(r"\s*(?:原|前|时任|代|现任)?")
_COMPANY = re.compile(
    r"(?:独立)?董事长?|(?:常务|执行)?副?总(?:经理|裁)|监事|财务总监|董事会秘书|总法律顾问"
)
_SCHOOL = "学校|中学|小学|大学|学院"
_KINDS = {
    "公司": "公司|集团",
    "集团": "集团|公司",
    "学校": _SCHOOL,
    "校": _SCHOOL,
    "院": "医院|学院|法院|检察院|研究院",
    "行": "银行|行",
    "村": "村[^，。]*",
    "社区": "社区[^，。]*",
}


@dataclass
class _Clause:
    """What is known while a clause is read from left to right."""

    event: str = "holds"
    people: list[Span] = field(default_factory=list)
    posts: list[tuple[Post, Span]] = field(default_factory=list)
    first: Span | None = None
    own: Span | None = None
    body: str = ""
    backward: str | None = None


def read_facts(document: Document) -> list[Fact]:
    """Return the facts of a document in the order of the text, each once."""
    facts: dict[tuple[str, str, str, str], Fact] = {}
    for fact in _read(document):
        if not _is_short_for_another(fact.person, document):
            facts.setdefault(fact.key, fact)
    return list(facts.values())


def _read(document: Document) -> Iterator[Fact]:
    announced: str | None = None
    subject: list[Span] = []
    for match in _CLAUSE.finditer(document.text):
        spans = [s for s in document.spans if match.start() <= s.start < match.end()]
        state = _Clause(event=announced or "holds", people=subject)
        yield from _read_clause(document, match.start(), spans, state)
        line_ends = match.group().endswith("\n")
        subject = [] if line_ends else state.people
        if line_ends and match.group().strip() and not state.people:
            announced = None
        announced = cues.heading_event(match.group()) or announced


def _read_clause(
    document: Document, start: int, spans: list[Span], state: _Clause
) -> Iterator[Fact]:
    position = start
    previous: Span | None = None
    for span in spans:
        gap = document.text[position : span.start]
        if span.label == "PERSON":
            yield from _meet_person(document, state, span, gap, previous)
        elif span.label == "TITLE":
            yield from _meet_title(document, state, span, gap, previous)
        else:
            _meet_body(state, span, gap, previous)
        position, previous = span.end, span


def _meet_person(
    document: Document, state: _Clause, span: Span, gap: str, previous: Span | None
) -> Iterator[Fact]:
    link = cues.link(gap)
    after_post = previous is not None and previous.label == "TITLE" and link == "next"
    in_group = previous is not None and previous.label == "PERSON" and link != "other"
    if in_group:
        state.people.append(span)
    else:
        state.people = [span]
        state.event = cues.event_before(gap) or state.event
    if not (after_post or in_group):
        state.posts, state.first = [], None
    state.backward = None
    for post, title in state.posts:
        yield _fact(document, span, post, "holds", (state.first or title, title, span))


def _meet_body(state: _Clause, span: Span, gap: str, previous: Span | None) -> None:
    _follow(state, gap, previous)
    state.own = span


def _meet_title(
    document: Document, state: _Clause, span: Span, gap: str, previous: Span | None
) -> Iterator[Fact]:
    if document.text.startswith(("人选", "候选人"), span.end):
        return
    own = (
        state.own
        if previous is not None and previous is state.own and _OWN.fullmatch(gap)
        else None
    )
    if own is None:
        _follow(state, gap, previous)
    carried = state.body if own is None or state.posts or state.backward else ""
    named = document.surface(own) if own else _generic(document, span, gap)
    if not (named or carried) and _COMPANY.fullmatch(document.surface(span)):
        named = _alias(document, "公司")
    before = document.text[max(0, span.start - 12) : span.start]
    post = resolve(document.surface(span), own=named, carried=carried, before=before)
    state.body = post.body or state.body
    state.own = None
    if state.backward:
        for person in state.people:
            yield _fact(document, person, post, state.backward, (person, span))
    else:
        state.posts.append((post, span))
        state.first = state.first or own or span


def _follow(state: _Clause, gap: str, previous: Span | None) -> None:
    """Decide whether what comes next continues a list, follows a person, or starts afresh."""
    bare = _GENERIC.sub("", cues.strip_asides(gap))
    event = cues.event_before(bare)
    after_person = previous is not None and previous.label == "PERSON"
    if state.people and event:
        state.backward = event
    elif after_person and cues.continues(bare):
        state.backward = state.event
    elif after_person and (cues.is_apposition(bare) or (not bare and not gap[:1].isspace())):
        state.backward = "holds"
    elif cues.link(bare) == "other" or after_person:
        state.backward = None
        state.posts, state.first = [], None
        if cues.link(bare) == "other":
            state.body = ""


def _generic(document: Document, span: Span, gap: str) -> str:
    """Return the body that 公司 or 该局 before a post stands for: the last one of its kind."""
    match = _GENERIC.search(cues.strip_asides(gap))
    if match is None:
        return ""
    return _last_of_kind(document, match["kind"], span.start)


def _last_of_kind(document: Document, word: str, end: int) -> str:
    """Return the last body of a kind before ``end``; an alias (以下简称“公司”) goes first."""
    kind = re.compile(f"(?:{_KINDS.get(word, _KINDS.get(word[-1], word))})$")
    bodies = [s for s in document.spans if s.label == "ORG" and s.end <= end]
    names = [document.surface(s) for s in bodies if kind.search(document.surface(s))]
    return _alias(document, word) or (names[-1] if names else "")


def _alias(document: Document, word: str) -> str:
    """Return the body that the document itself calls ``word``, or nothing."""
    defined = rf"[（(]以下(?:统)?简称[：:]?[“\"]?(?:本|该)?{word}[”\"]?[）)]"
    match = re.search(defined, document.text)
    if match is None:
        return ""
    bodies = [s for s in document.spans if s.label == "ORG" and s.end == match.start()]
    return document.surface(bodies[0]) if bodies else ""


def _is_short_for_another(name: str, document: Document) -> bool:
    """Whether a surname alone (王书记) stands for somebody whom the document names in full."""
    return len(name) == 1 and any(
        s.label == "PERSON" and s.end - s.start > 1 and document.text.startswith(name, s.start)
        for s in document.spans
    )


def _fact(
    document: Document, person: Span, post: Post, event: str, evidence: tuple[Span, ...]
) -> Fact:
    start = min(span.start for span in evidence)
    end = max(span.end for span in evidence)
    raw_start, raw_end = document.raw_span(start, end)
    name = "".join(document.surface(person).split())
    date = str(document.meta.get("date") or "")
    return Fact(
        name, post.name, post.body, post.place, event, document.id, date, raw_start, raw_end
    )
