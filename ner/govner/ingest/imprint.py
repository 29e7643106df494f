"""Lines that say who made the page, when and where from: 宣应 徐超/文, 责任编辑:陆永林, 来源：….

Only lines that hold nothing else count; what stands inside a paragraph (本报讯（记者 …）) belongs
to the body. One small grammar reads them all: items one after another, each a date, a key with its
value, or people with what they did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .words import words

LONGEST = 160  # characters; a longer line is prose

_WORDS = words("imprint")
_FIRM, _LOOSE, _WORKS = _WORDS["firm"], _WORDS["loose"], _WORDS["works"]
_SOURCES, _COUNTERS = _WORDS["sources"], _WORDS["counters"]


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_S = "[ \u3000\t\xa0]"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_REPORTER = (
    rf"(?:{_HAN}{{2,12}})?(?:首席|高级|资深|特约|特派|见习|实习|全媒体|融媒体)*"
    r"(?:记者|通讯员|评论员|实习生|撰稿人)"
)
_NOT_A_NAME = rf"(?!{_HAN}{{0,8}}(?:记者|通讯员|评论员|实习生|报道|制作)|系|现任|时任|来源)"
_DOTTED = rf"{_HAN}{{1,10}}(?:[·•‧・.]{_HAN}{{1,10}}){{1,3}}"
_NAME = rf"{_NOT_A_NAME}(?:{_DOTTED}|{_HAN}{{2,6}}|{_HAN}{_S}+{_HAN})"
_BODY = rf"{_NOT_A_NAME}(?:{_DOTTED}|{_HAN}{{2,12}}|{_HAN}{_S}+{_HAN}|[A-Za-z]{{2,20}}\d{{0,6}})"
_BETWEEN = r"[ \u3000\t\xa0、，,/]+"  # never empty, so that a list reads in one way only
_NAMES = rf"{_NAME}(?:{_BETWEEN}{_NAME}){{0,11}}"
_BODIES = rf"{_BODY}(?:{_BETWEEN}{_BODY}){{0,11}}"  # 本报资料室, 浙江省委宣传部

_ROLE = rf"(?:本版|本期|本栏)?(?:{_any([*_FIRM, *_LOOSE])})"
_ROLES = rf"{_ROLE}(?:[/、及和]{_ROLE})*"
_KEYS = _any([*_FIRM, *_LOOSE, *_WORKS, *_SOURCES, *_COUNTERS, "时间", "日期"])
_DATE = (
    rf"(?:(?:发布|发表|更新|刊登|公开|成文)?(?:时间|日期|于){_S}*[:：]?{_S}*)?"
    r"(?P<y>(?:19|20)\d\d) ?[-年/.] ?(?P<m>\d{1,2}) ?[-月/.] ?(?P<d>\d{1,2})日?"
    rf"(?P<clock>(?:{_S}|T)*(?:星期[一二三四五六日天])?(?:{_S}|T)*"
    r"\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}(?:\.\d+)?)?[分秒]?Z?)?"
)
# The end of an item: a separator before the next, or the end of the line.
_STOP = rf"(?={_S}*$|{_S}*[|｜;；]|{_S}+(?:{_KEYS}|{_REPORTER}|本版|(?:19|20)\d\d[-年/.]))"

_ITEMS = tuple(
    (kind, re.compile(pattern + _STOP))
    for kind, pattern in (
        ("date", _DATE + rf"(?:{_S}+(?P<bare>{_HAN}{{2,14}}?))?"),
        ("source", rf"(?:{_any(_SOURCES)}){_S}*[:：]{_S}*(?P<value>[^:：|｜;；。]{{0,40}}?)"),
        ("counter", rf"(?:{_any(_COUNTERS)}){_S}*[:：]{_S}*[^:：|｜;；。]{{0,20}}?"),
        ("byline", rf"{_REPORTER}(?:{_S}|[:：])+(?P<names>{_NAMES})"
                   rf"(?:{_S}+(?:摄影)?报道|/?文|/?摄)?"),
        ("credit", rf"(?P<role>(?:{_ROLES}|{_any(_WORKS)}(?:/图|/文)?)){_S}*[:：丨]{_S}*"
                   rf"(?:{_REPORTER}{_S}+)?(?P<names>{_BODIES}?)"),
        ("credit", rf"(?P<role>{_ROLES}){_S}+(?P<names>{_NAME}(?:[、，,]{_NAME})*)"),
        ("byline", rf"(?P<names>{_NAMES})(?={_S}+{_REPORTER}{_S})"),
        ("byline", rf"(?P<names>{_NAMES})(?:{_S}*[/／]{_S}*(?:文图|文|图|摄影|摄)"
                   rf"|{_S}*(?:文/图|图/文|文并图|摄影报道))"),
        ("byline", rf"(?:文字|图片|视频|摄影|文|图|摄)(?:[/、](?:图|摄影|摄|文))?{_S}*[/／]{_S}*"
                   rf"(?:{_REPORTER}{_S}+)?(?P<names>{_NAMES}?)"
                   rf"(?={_S}+(?:图|摄|文){_S}*[/／]|{_S}*$)"),
        ("byline", r"(?P<names>)本(?:报|网|刊|台)(?:特约)?评论员"),
    )
)  # fmt: skip
_FIRM_RE = re.compile(_any(_FIRM))
_GAP = re.compile(r"[ \u3000\t\xa0|｜;；,，、—\-\]】)）\[【(（]*")
_SHORT = rf"{_NOT_A_NAME}{_HAN}{{2,3}}"
_TWO_NAMES = re.compile(rf"[(（](?P<names>{_SHORT}(?:{_S}+{_SHORT})+)[)）]")
_DONE = re.compile(r"(?<=..)(?:整理|采写|编译|摄影)$")


@dataclass(frozen=True, slots=True)
class Credit:
    """A task on the page and who did it; ``start`` and ``end`` are places in the line."""

    role: str
    names: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class Imprint:
    """What an imprint line says; empty where it says nothing."""

    date: str = ""
    source: str = ""
    byline: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)

    @property
    def why(self) -> str:
        """What the line is, by the first of what it has."""
        kinds = (("date", self.date), ("credits", self.credits), ("byline", self.byline))
        return next((kind for kind, value in kinds if value), "source")

    @property
    def firm(self) -> bool:
        """Whether it is an imprint wherever on the page it stands."""
        return any(_FIRM_RE.search(credit.role) for credit in self.credits)

    @property
    def bare_date(self) -> bool:
        """Whether it is a date alone, as below a notice."""
        return bool(self.date) and not (self.source or self.byline or self.credits)


def imprint_in(text: str) -> Imprint | None:
    """Read a line that is nothing but imprint; ``None`` where it holds anything else."""
    if len(text) > LONGEST:
        return None
    if match := _TWO_NAMES.fullmatch(text):
        return Imprint(byline=list(split_names(match["names"])))
    imprint, text = Imprint(), text.rstrip(" \u3000)）]】")
    position = len(text) - len(text.lstrip("□■◆●▲* \u3000(（[【"))
    found = False
    while position < len(text):
        match = _take(imprint, text, position)
        if match is None:
            return None
        found = True
        position = match.end()
        if gap := _GAP.match(text, position):
            position = gap.end()
    return imprint if found else None


def _take(imprint: Imprint, text: str, position: int) -> re.Match[str] | None:
    for kind, pattern in _ITEMS:
        match = pattern.match(text, position)
        if not match:
            continue
        if kind == "date" and not match["clock"] and match["bare"] and "年" in match[0]:
            continue  # 2022年9月1日 桃源县人民政府 may be a sentence or a signature
        _keep(imprint, kind, match)
        return match
    return None


def _keep(imprint: Imprint, kind: str, match: re.Match[str]) -> None:
    if kind == "date":
        imprint.date = f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}"
        imprint.source = imprint.source or match["bare"] or ""
    elif kind == "source":
        imprint.source = imprint.source or match["value"].strip()
    elif kind == "byline":
        imprint.byline += split_names(match["names"])
    elif kind == "credit":
        names = split_names(match["names"])
        imprint.credits.append(Credit(match["role"], names, match.start(), match.end()))


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of names; two single characters set apart (杜　宇) are one name."""
    names: list[str] = []
    for word in re.split(r"[ \u3000\t\xa0、，,/;；]+", text.strip()):
        if len(word) == 1 and names and len(names[-1]) == 1:
            names[-1] += word
        elif word:
            names.append(_DONE.sub("", word))
    return tuple(names)
