"""The words between a person and a post that say what the one has to do with the other."""

from __future__ import annotations

import re
from typing import Literal

Link = Literal["next", "list", "other"]

_ADDRESS = re.compile(r"同志|先生|女士|等人?$|\s")
_BRACKETS = re.compile(r"[（(][^（）()\n]*[）)]")
_LIST = re.compile(r"[、，,/／]?(?:和|及|以及|与|兼|并|暨)?")
_TAIL = r"(?:了|其|所任|原任|原|其所?担?任?的)?(?:的)?$"
_PAST = re.compile(
    r"(?:(?:曾|现|历|时|前|原|后|后来|先后|此前|至今|一直|长期|现在)(?:担)?任(?:过)?"
    r"|曾[^，。；]{0,6}(?:担|出|当)任?(?:过)?|(?:现在|如今)[^，。；]{0,10}当)" + _TAIL
)
_STILL = re.compile(r"(?:继续|仍然?|连续)(?:担|兼)?任" + _TAIL)
_IS = re.compile(r"(?:既|又|也|还|同时)[是系](?:一[名位个])?$")
_SELF = re.compile(r"[，,]?(?:曾|现|就|原|原本|原来)?[是系](?:一[名位个])?")
_LEAVES = re.compile(r"(?:免去|免除|撤销|撤去|罢免|辞去|卸任|不再(?:担|兼)?任|离任|停止)" + _TAIL)
_TAKES = re.compile(
    r"(?:任命|决定任命|选举|推选|选举产生|补选|聘任?|聘请|当选|推举|提名任|提名|挂职?任|兼任?|出任|接任|继任|"
    r"担任|转任|调任|升任|就任|新任|拟任|改任|任|增选|增补|决定|转|(?<![应相担])当上?)(?:为|了|由|产生)?"
    + _TAIL
)
_FORMER = re.compile(r"(?:原|卸任的?|离任的?|(?<![会日目此之年以月天提面午赛生当眼先从])前)$")
_NEW = re.compile(r"新(?:当选|上任|任职|到任|就任|任|晋)的?$")
_AS = re.compile(r"[^，。：“]{0,6}(?<!成)为")
_APPOSITION = re.compile(
    r"(?:[，,](?:男|女|[一-龥]{1,6}族|[^，,。]*(?:生|生于|人|岁|党员|学历|学位|参加工作)))*[，,]?"
)
_HEADING = re.compile(r"(任命|免去|任职|免职|选举|聘任|撤销)[^。：:\n]{0,8}[：:]\s*$")


def strip_asides(gap: str) -> str:
    """Drop brackets, forms of address and white space from the text between two spans."""
    return _ADDRESS.sub("", _BRACKETS.sub("", gap))


def link(gap: str) -> Link:
    """Say how two spans stand to each other by the text between them."""
    bare = strip_asides(gap)
    if not bare or bare in {"：", ":"}:
        return "next"
    return "list" if _LIST.fullmatch(bare) else "other"


def event_before(gap: str) -> str | None:
    """Return the event that the words before a person or a post announce, if they do."""
    bare = strip_asides(gap)
    for pattern, event in (
        (_PAST, "holds"),
        (_STILL, "holds"),
        (_IS, "holds"),
        (_LEAVES, "removed"),
        (_TAKES, "appointed"),
    ):
        if pattern.search(bare):
            return event
    return None


def event_of_list(gap: str) -> str | None:
    """Return the event that the words before a list of posts tell of it: 原, 新当选的."""
    bare = strip_asides(gap)
    if _FORMER.search(bare):
        return "removed"
    return "appointed" if _NEW.search(bare) else None


def is_shared(gap: str) -> bool:
    """Whether two people beside each other share the posts before the first: A、B, not A，B."""
    return not any(comma in strip_asides(gap) for comma in "，,")


def says_who(gap: str) -> bool:
    """Whether the words after a person only say that a post is that person's: 是, 系."""
    return bool(_SELF.fullmatch(strip_asides(gap)))


def continues(gap: str) -> bool:
    """Whether the words after a person hand on an event that was announced before the person."""
    bare = strip_asides(gap)
    return bare in {"的", "其", "其的", "所任", "所任的", "原任", "之"} or bool(_AS.fullmatch(bare))


def is_apposition(gap: str) -> bool:
    """Whether a post after a person only describes them (王丽，女，1980年生，教授)."""
    bare = strip_asides(gap)
    return bool(bare) and bool(_APPOSITION.fullmatch(bare)) and bare not in {"，", ","}


def heading_event(text: str) -> str | None:
    """Return the event that a line such as 决定任命： announces for the lines below it."""
    match = _HEADING.search(text)
    if match is None:
        return None
    return "removed" if match.group(1) in {"免去", "免职", "撤销"} else "appointed"
