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
