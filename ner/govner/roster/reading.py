"""Facts read off a document's spans: lists of posts, appointments and removals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Document, Span
from . import cues
from .body import Post, resolve
from .fact import Fact
from .place import place_before

_CLAUSE = re.compile(r"[^。！？；;\n]*[。！？；;\n]?")
_GENERIC = re.compile(
    r"(?P<kind>公司|集团|本公司|该公司|学校|该校|医院|该院|该局|该厅|该行|该所|该部|该委|局|部|村|社区)$"
)
_OWN = re.compile(r"\s*(?:的(?:退休|离休)?)?(?:原|前|时任|代|现任)?")
_BEFORE = 15  # characters before a post in which its place may stand
_VICE = re.compile(r"(?:第一|常务|专职|代理?)?副")
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

    announced: str = "holds"  # by a heading above
    event: str = "holds"  # of the posts behind a person
    people: list[Span] = field(default_factory=list)
    posts: list[tuple[Post, Span, str]] = field(default_factory=list)  # with their event
    listed: str = "holds"  # the event of the posts before a person
    first: Span | None = None
    own: Span | None = None
    body: str = ""
    backward: str | None = None
    heads: dict[str, str] = field(default_factory=dict)  # whose 主席, 主任 the paragraph spoke of

    def start_list(self) -> None:
        """Forget the posts that no person followed."""
        self.posts, self.first, self.listed = [], None, "holds"


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
    heads: dict[str, str] = {}
    for match in _CLAUSE.finditer(document.text):
        spans = [s for s in document.spans if match.start() <= s.start < match.end()]
        event = announced or "holds"
        state = _Clause(announced=event, event=event, people=subject, heads=heads)
        yield from _read_clause(document, match.start(), spans, state)
        line_ends = match.group().endswith("\n")
        subject, heads = ([], {}) if line_ends else (state.people, state.heads)
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
    beside = previous is not None and previous.label == "PERSON" and link != "other"
    in_group = beside and cues.is_shared(gap)
    if in_group:
        state.people.append(span)
    else:
        state.people = [span]
        known = state.event if link == "list" else state.announced
        state.event = cues.event_before(gap) or known
    if not (after_post or in_group):
        state.start_list()
    state.backward = None
    for post, title, event in state.posts:
        yield _fact(document, span, post, event, (state.first or title, title, span))


def _meet_body(state: _Clause, span: Span, gap: str, previous: Span | None) -> None:
    _follow(state, gap, previous)
    state.listed = cues.event_of_list(gap) or "holds"
    state.own = span


def _meet_title(
    document: Document, state: _Clause, span: Span, gap: str, previous: Span | None
) -> Iterator[Fact]:
    if document.text.startswith(("人选", "候选人"), span.end):
        return
    own = state.own if previous and previous is state.own and _OWN.fullmatch(gap) else None
    if own is None:
        _follow(state, gap, previous)
    post = _post(document, state, span, gap, own)
    state.listed = cues.event_of_list(gap) or state.listed
    state.body = post.carries or state.body
    state.own = None
    if post.body:
        state.heads[_head(document.surface(span))] = post.body
    if state.backward:
        for person in state.people:
            yield _fact(document, person, post, state.backward, (person, span))
    else:
        state.posts.append((post, span, state.listed))
        state.first = state.first or own or span


def _post(document: Document, state: _Clause, span: Span, gap: str, own: Span | None) -> Post:
    """Return a post with the body that it has, that its list carries, or that its head had."""
    title = document.surface(span)
    carried = state.body if own is None or state.posts or state.backward else ""
    named = document.surface(own) if own else _generic(document, span, gap)
    if not (named or state.posts or state.backward) and _head(title) != title:
        carried = state.heads.get(_head(title), carried)
    if not (named or carried) and _COMPANY.fullmatch(title):
        named = _alias(document, "公司")
    before = document.text[max(0, span.start - _BEFORE) : span.start]
    return resolve(title, own=named, carried=carried, before=before)


def _head(title: str) -> str:
    """Return a post without what makes it a deputy's: 主席 for 副主席."""
    return _VICE.sub("", title, count=1)


def _follow(state: _Clause, gap: str, previous: Span | None) -> None:
    """Decide whether what comes next continues a list, follows a person, or starts afresh."""
    bare = _bare(gap)
    after = previous.label if previous else ""
    listed = after == "TITLE" and cues.link(bare) == "list"
    event = None if listed else cues.event_before(bare)
    if state.people and event:
        state.backward = event
    elif after == "PERSON" and cues.continues(bare):
        state.backward = state.event
    elif after == "PERSON" and not bare and not gap[:1].isspace():
        state.backward = "removed" if state.event == "removed" else "holds"
    elif after == "PERSON" and (cues.says_who(bare) or cues.is_apposition(bare)):
        state.backward = "holds"
    elif cues.link(bare) == "other" or after == "PERSON":
        state.backward = None
        state.start_list()
        if cues.link(bare) == "other":
            state.body = ""


def _bare(gap: str) -> str:
    """Return the words of a gap without what names the next post's body: 公司, 黔东南州."""
    bare = _GENERIC.sub("", cues.strip_asides(gap))
    rest = bare.removesuffix(place_before(bare))
    says = cues.link(rest) != "other" or cues.event_before(rest) or cues.continues(rest)
    return rest if says else bare


def _generic(document: Document, span: Span, gap: str) -> str:
    """Return the body that 公司 or 该局 before a post stands for: the last one of its kind."""
    match = _GENERIC.search(cues.strip_asides(gap))
    if match is None:
        return ""
    return _last_of_kind(document, match["kind"], span.start)


def _last_of_kind(document: Document, word: str, end: int) -> str:
    """Return the last body of a kind before ``end``; an alias (以下简称“公司”) goes first."""
    bodies = [document.surface(s) for s in document.spans if s.label == "ORG" and s.end <= end]
    kinds = _KINDS.get(word, _KINDS.get(word[-1], word))
    names = [name for name in bodies if re.search(f"(?:{kinds})$", name)]
    if word == "集团":
        names = [name for name in names if name.endswith("集团")] or names
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
    said = " ".join(document.text[start:end].split())
    where = (document.id, date, raw_start, raw_end, said)
    return Fact(name, post.name, post.body, post.place, event, *where)
