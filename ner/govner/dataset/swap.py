"""Corrected documents told again of other people, in other posts, of other bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from ..document import Document, Span, document_id, parse_marked
from .compose import Words, read_grammar
from .grammar import Grammar, Value

SOURCE = "swap"

# How the name of a body ends, and the section of the patterns that gives others of its kind.
_BODIES = (
    ("公司 集团 股份 实业 药业 重工", "公司"),
    ("大学 学院 学校 中学 小学 党校 研究院 研究所", "学校"),
    ("医院 卫生院 疾控中心", "医院"),
    ("日报 晚报 电视台 卫视 日报社 通讯社 新闻网", "媒体"),
    ("协会 商会 学会 联合会 研究会 基金会", "协会"),
    ("村党支部 村党总支 村委会 社区党委 居委会", "基层"),
    ("局 厅 支队 派出所 分局 管委会 人民法院 检察院 街道办事处", "地方机关"),
    ("旅 某部 某团 支队 军分区", "军队"),
)
# Heads of posts that take these modifiers, each as likely as none at all.
_HEADS = frozenset(
    (
        "书记",
        "局长",
        "厅长",
        "处长",
        "部长",
        "主任",
        "主席",
        "院长",
        "校长",
        "总经理",
        "会长",
        "司长",
    )
)
_MODIFIERS = ("副", "副", "常务副", "代理", "专职副", "执行", "第一副")
_MODIFIED = 35  # share in 100
_KEPT = frozenset(("记者", "通讯员"))


def swap_documents(
    documents: Sequence[Document], *, count: int, seed: int, words: Words
) -> Iterator[Document]:
    """Tell documents again, in turn, until there are ``count``; what is new is the same by seed.

    Inside a document the same surface gets the same new one everywhere, a surname its person's new
    surname. A name that also stands unmarked in the text, as part of another one, stays.
    """
    grammar = read_grammar(words)
    known = frozenset(word for name in ("chinese", "foreigner") for word, _ in words.sections[name])
    for number in range(count if documents else 0):
        document = documents[number % len(documents)]
        random = Random(f"{seed}/{number}")
        yield _Swap(document, grammar, random, words.surnames, known).told()


class _Swap:
    """One document on its way to other names."""

    def __init__(
        self,
        document: Document,
        grammar: Grammar,
        random: Random,
        surnames: Mapping[str, float],
        known: frozenset[str],
    ) -> None:
        self.document, self.grammar, self.random = document, grammar, random
        self.surnames, self.known = surnames, known

    def told(self) -> Document:
        new = self.people() | self.others()
        parts: list[str] = []
        spans: list[Span] = []
        position = length = 0
        for span in self.document.spans:
            old = self.document.surface(span)
            surface = new.get((span.label, old), old)
            before = self.document.text[position : span.start]
            length += len(before)
            spans.append(Span(length, length + len(surface), span.label, SOURCE))
            parts += [before, surface]
            length += len(surface)
            position = span.end
        text = "".join([*parts, self.document.text[position:]])
        meta = {"source": SOURCE, "from": self.document.id}
        return replace(
            self.document, id=document_id(text), text=text, spans=tuple(spans), meta=meta, map=None
        )

    def surfaces(self, label: str) -> list[str]:
        """Return the surfaces of a label, the longest first, that are never part of a name."""
        text, counts = self.document.text, dict[str, int]()
        for span in self.document.spans:
            if span.label == label:
                surface = self.document.surface(span)
                counts[surface] = counts.get(surface, 0) + 1
        free = [surface for surface, count in counts.items() if text.count(surface) == count]
        return sorted(free, key=lambda surface: (-len(surface), surface))

    def people(self) -> dict[tuple[str, str], str]:
        new: dict[tuple[str, str], str] = {}
        for old in self.surfaces("PERSON"):
            family = self.family(old)
            if old in self.known or not (family or "·" in old):
                continue
            value = self.draw("person" if family else "外国人")
            new["PERSON", old] = value.form(["bare"])
            if family:
                # The text may go on with the surname alone, before a post.
                new.setdefault(("PERSON", family), value.form(["family", "bare"]))
        return new

    def family(self, name: str) -> str:
        lengths = [n for n in (2, 1) if 2 <= len(name) <= n + 2 and name[:n] in self.surnames]
        return name[: lengths[0]] if lengths else ""

    def draw(self, section: str) -> Value:
        return self.grammar.value(section, self.random)

    def others(self) -> dict[tuple[str, str], str]:
        new: dict[tuple[str, str], str] = {}
        for old in self.surfaces("ORG"):
            section = next((s for ends, s in _BODIES if old.endswith(tuple(ends.split()))), "")
            if section and not old.startswith(("中央", "全国", "国家", "国务院")):
                other = parse_marked(self.draw(section).text)
                new["ORG", old] = other.surface(other.spans[0]) if other.spans else old
        for span in self.document.spans:
            old = self.document.surface(span)
            if span.label == "TITLE" and ("TITLE", old) not in new and old not in _KEPT:
                new["TITLE", old] = self.post(old)
        return new

    def post(self, old: str) -> str:
        if old in _HEADS and self.random.randrange(100) < _MODIFIED:
            return self.random.choice(_MODIFIERS) + old
        return old
