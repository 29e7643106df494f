"""Posts: how heads and modifiers join, and which of them a text gives to somebody."""

from __future__ import annotations

from collections.abc import Mapping

from . import kinds as k


def compose_posts(sections: Mapping[str, list[str]]) -> dict[str, int]:
    """Join modifiers and heads to the posts that one span shall cover: 常务副市长, 党组书记."""
    posts: dict[str, int] = {}

    def put(word: str, kind: int) -> None:
        posts[word] = posts.get(word, 0) | kind

    for head in sections["head"]:
        put(head, k.HEADPOST)
    for head in sections["member"]:
        put(head, k.MEMBER)
    for head in sections["profession"]:
        put(head, k.PROFESSION)
    for modifier in sections["modifier"]:
        for head in sections["head"]:
            put(modifier + head, k.HEADPOST)
        for head in sections["member"]:
            put(modifier + head, k.MEMBER)
    for party in sections["party"]:
        for post in sections["partypost"]:
            kind = k.HEADPOST if post.endswith("书记") else k.MEMBER
            put(party + post, kind)
    for rank in sections["rank"]:
        for head in sections["rankhead"]:
            put(rank + head, k.HEADPOST)
            put(rank + "高级" + head, k.HEADPOST)
    for fused in sections["fused"]:
        for head in sections["fusedhead"]:
            put(fused + head, k.FUSED)
    return posts


def compose_names(sections: Mapping[str, list[str]]) -> frozenset[str]:
    """Join parts to the names of peoples without family names: 格桑多吉, 乌云其其格."""
    names: set[str] = set()
    for people in ("tibetan", "mongolian"):
        names.update(sections[people])
    ends = sections["tibetan"] + sections["tibetan_end"]
    names.update(first + last for first in sections["tibetan"] for last in ends)
    for first, last in (("mongolian", "mongolian_end"), ("yi_family", "yi_given")):
        names.update(a + b for a in sections[first] for b in sections[last])
    return frozenset(names)
