"""The document as its own witness: what was certain once is found everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import ahocorasick

from .edges import Body
from .events import names_something_else

_ALIAS = re.compile(
    '（(?:以下|下文|下称|后文)?(?:统?简称|下称)[：:]?[“"《]?([^（）“”"，。：]{2,12})[”"》]?）'
)
MANY = 30  # surfaces that are looked for in one walk
# What a contract calls its parties; elsewhere the word means another one.
_GENERIC = ("公司", "集团", "本公司", "我公司", "本集团", "协会", "学校", "学院", "医院", "合作社")
_FIELDS = ("科技", "股份", "实业", "控股", "汽车", "能源", "电气", "新材", "中国", "物流")
_SEATS = ("书记", "副书记", "委员", "常委", "成员")
_FUNCTION = frozenset("由在为与和对向是被到于从的让把将及给称说使自即并经据")
_TAILS = ("集团", "公司", "银行", "党委", "集团党委", "公司党委", "合作社", "重工", "药业")


def occurrences(text: str, surfaces: Iterable[str]) -> list[tuple[int, int]]:
    """Return every place of every surface, the longer ones first where they begin together."""
    spans: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(everywhere(text, surfaces), key=lambda span: (span[0], -span[1])):
        if start >= done:
            spans.append((start, end))
            done = end
    return spans


def everywhere(text: str, surfaces: Iterable[str]) -> list[tuple[int, int]]:
    """Return every place of every surface, those inside other ones included, in no order."""
    wanted = set(surfaces)
    if len(wanted) > MANY:  # one walk for all, whose time does not grow with their number
        automaton = ahocorasick.Automaton()
        for surface in wanted:
            automaton.add_word(surface, len(surface))
        automaton.make_automaton()
        return [(end + 1 - size, end + 1) for end, size in automaton.iter(text)]
    spans = []
    for surface in wanted:
        start = text.find(surface)
        while start >= 0:
            spans.append((start, start + len(surface)))
            start = text.find(surface, start + 1)
    return spans


def _free(text: str, start: int) -> bool:
    """Whether nothing before a part's name could belong to it."""
    before = text[start - 1 : start]
    return (not before.isalnum() and before not in "）〕”") or before in _FUNCTION


def short_forms(
    text: str,
    bodies: Iterable[Body],
    brands: Iterable[str],
    words: Mapping[str, object],
    alone: Iterable[str] = (),
    tails: Iterable[str] = (),
) -> list[tuple[int, int, str]]:
    """Return where bodies of the document stand again under a shorter name, and by which rule.

    A brand that is no word stands alone for its body (伊莱特); any brand does with a tail
    (盛达集团), and those in ``alone`` do without. ``（以下简称广东工行）`` names a body behind its
    full name; ``tails`` are parts named without their parent (草业学院).
    """
    ends = {body.end for body in bodies}
    found: list[tuple[int, int, str]] = []
    aliases = {m[1] for m in _ALIAS.finditer(text) if m.start() in ends and m[1] not in _GENERIC}
    surfaces = set(aliases)
    for brand in alone:
        surfaces.update((brand, *(brand + field for field in _FIELDS)))
    for brand in {*brands, *alone}:
        surfaces.update(brand + tail for tail in _TAILS)
        if brand not in words and len(brand) >= 3:
            surfaces.add(brand)
    parts = set(tails)
    surfaces.update(parts, (part + unit for part in parts for unit in ("党委", "党支部", "党总支")))
    for start, end in occurrences(text, surfaces):
        if text[start:end].startswith(tuple(parts)) and not _free(text, start):
            continue
        if names_something_else(text, end):
            continue
        seat = text.startswith("党委", end - 2) and text.startswith(_SEATS, end)
        if seat and text[start:end] not in aliases:
            end -= 2  # 便利蜂|党委书记
        rule = "org.alias" if text[start:end] in aliases else "org.again"
        found.append((start, end, rule))
    return found
