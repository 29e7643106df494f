"""Saved web pages: which of their lines are the article.

trafilatura says what it takes for prose, and its htmldate finds the date where the page has no
line for it; the article is the element in which most prose stands together, so that nothing in its
middle is lost and little of the site's own gets in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from ..document.errors import MissingExtra
from .decode import decode
from .furniture import furniture_in
from .imprint import imprint_in
from .markup import BLOCK, Markup, Node, VisibleLine, read_markup
from .page import Line, Page
from .source import Source

LARGEST = 3_000_000  # bytes; a saved page of news is a tenth of that
_TRAFILATURA = 600_000  # characters; beyond, its time grows faster than the page
_NEAR = 12  # lines above and below the article in which its imprint may stand
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_SNIFF = re.compile(rb"<!doctype html|<html\b|<head\b|<body\b|<meta\b|<div\b|<p\b", re.IGNORECASE)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d ?\d\d:\d\d(:\d\d)?")  # of a list of other articles
_FOOT = re.compile(
    r"(?:主办|承办|协办|版权|技术支持|网站标识|备案|地址|联系地址|办公地址|联系电话|传真|邮编|邮箱|举报|违法和不良)"
)
_PROSE = re.compile("[，。；！？、：,]")


def knows_html(source: Source, data: bytes) -> bool:
    """Whether bytes are a page of HTML."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] == b"<" and bool(_SNIFF.search(start))


def read_html(source: Source) -> Iterator[Page]:
    """Read a saved web page; raises ``BadInput`` for one beyond ``LARGEST``."""
    data, path = source.bytes(most=LARGEST), source.path
    said = _CHARSET.search(data[:4096])
    declared = source.charset or (said[1].decode("ascii") if said else "")
    decoded = decode(data, path=path, declared=declared, damaged=True)
    markup = read_markup(decoded.text)
    kept, known = _trafilatura(decoded.text)
    inside = _article(markup, kept)
    title, at = _title(markup, inside)
    lines = tuple(_roles(markup.lines, inside, at))
    if title:
        known["title"] = title
    yield Page(path, decoded.text, lines, decoded.encoding, known | source.meta)


def _trafilatura(raw: str) -> tuple[str, dict[str, Any]]:
    """Return what trafilatura keeps, without white space, and the date it finds."""
    try:
        import trafilatura
        from htmldate import find_date
    except ImportError as error:
        raise MissingExtra(what="trafilatura", extra="pages") from error
    if len(raw) > _TRAFILATURA:
        return "", {}
    found = trafilatura.bare_extraction(raw, include_comments=False, with_metadata=False)
    text = getattr(found, "text", "") or ""
    date = find_date(raw, extensive_search=False, original_date=True)
    return "".join(text.split()), {"found_date": date or ""}


def _article(markup: Markup, kept: str) -> list[bool]:
    """Say of each line whether it is of the article.

    The article is the element with most prose, weighed by how much of its text is prose: what
    holds more than the article holds much that is none. Of its lines those stay that stand
    between its first and its last prose, or in elements like those of its prose.
    """
    weights = [_weight(visible, kept) for visible in markup.lines]
    if not any(weights):
        return [False] * len(weights)
    mass = _gathered(markup, weights)
    length = _gathered(markup, [len(visible.line.text) for visible in markup.lines])
    dense = max(mass, key=lambda node: mass[node] ** 3 / max(length[node], 1) ** 2)
    article = _widened(dense, markup)
    inside = _inside(markup, article)
    core = [index for index, inner in enumerate(inside) if inner and weights[index]]
    paths = {_path(markup.lines[index], article) for index in core}
    return [
        inner
        and (core[0] <= index <= core[-1] or _path(visible, article) in paths)
        and not _STAMP.fullmatch(visible.line.text)
        for index, (inner, visible) in enumerate(zip(inside, markup.lines, strict=True))
    ]


def _gathered(markup: Markup, amounts: Sequence[float]) -> Counter[Node]:
    """Return for each element the sum of what the lines in it amount to."""
    total: Counter[Node] = Counter()
    for visible, amount in zip(markup.lines, amounts, strict=True):
        total[visible.node] += amount  # type: ignore[assignment]
    for node in reversed(markup.nodes):
        if node.parent is not None:
            total[node.parent] += total[node]
    return total


def _inside(markup: Markup, article: Node) -> list[bool]:
    """Say of each line whether it stands in an element."""
    within = {article}
    for node in markup.nodes:
        if node.parent in within:
            within.add(node)
    return [visible.node in within for visible in markup.lines]


def _widened(node: Node, markup: Markup) -> Node:
    """Go up from the densest element as long as that adds nothing of the site's own.

    A list of appointments has little prose, and its head and tail none.
    """
    own = [v.linked > 0 or _is_of_site(v.line.text) for v in markup.lines]
    foreign = _gathered(markup, own)
    while node.parent is not None and foreign[node.parent] == foreign[node]:
        node = node.parent
    return node


def _is_of_site(text: str) -> bool:
    return bool(_FOOT.match(text) or furniture_in(text))


def _path(visible: VisibleLine, article: Node) -> tuple[str, ...]:
    """Return the tags of the elements in which a line stands, up to that of the article."""
    above = takewhile(lambda node: node is not article, visible.node.ancestors())
    return tuple(node.tag for node in above if node.tag in BLOCK)


def _weight(visible: VisibleLine, kept: str) -> int:
    """Say how much a line counts as prose."""
    text = visible.line.text
    if visible.linked > 0.5 or len(text) < 10 or not _PROSE.search(text):
        return 0
    if _is_of_site(text) or imprint_in(text):
        return 0
    return len(text) * (4 if "".join(text.split()) in kept else 1)


def _title(markup: Markup, inside: Sequence[bool]) -> tuple[str, int]:
    """Return the title and the line it stands in, -1 where it stands nowhere above the article.

    It is the longest line, headings before others, that the browser's tab or the page's own
    description also has; else the heading that the article begins with, or the nearest line above
    it that may be one.
    """
    first = inside.index(True) if any(inside) else len(inside)
    tab = "".join(f"{markup.meta.get('og:title', '')} {markup.title}".split())
    rank: dict[int, tuple[bool, int]] = {}
    for index, visible in enumerate(markup.lines[: first + 1]):
        plain = "".join(visible.line.text.split())
        own = visible.linked < 0.5 and not furniture_in(visible.line.text)
        if 5 <= len(plain) <= 80 and plain in tab and own:
            rank[index] = (_is_heading(visible), len(plain))
    above = [first] if first < len(inside) and _is_heading(markup.lines[first]) else []
    above += range(first - 1, max(-1, first - _NEAR), -1)
    at = max(rank, key=lambda index: rank[index]) if rank else -1
    if at < 0:
        at = next((index for index in above if _may_be_title(markup.lines[index])), -1)
    if at >= 0:
        return markup.lines[at].line.text, at
    name = markup.meta.get("og:title") or re.split(r"[_|]|--| - |-(?=[^-]*网)", markup.title)[0]
    return ("" if name.strip() == "首页" else name.strip()), -1


def _is_heading(visible: VisibleLine) -> bool:
    return visible.node.heading


def _may_be_title(visible: VisibleLine) -> bool:
    text = visible.line.text
    plain = 8 <= len(text) <= 60 and visible.linked < 0.5 and not re.search("[。：:>＞]", text)
    return plain and not imprint_in(text) and not furniture_in(text)


def _roles(lines: Sequence[VisibleLine], inside: Sequence[bool], title: int) -> Iterator[Line]:
    """Say of each line what it is: of the article, its title or imprint, or the site's own."""
    first = inside.index(True) if any(inside) else 0
    last = len(inside) - 1 - inside[::-1].index(True) if any(inside) else -1
    for index, visible in enumerate(lines):
        near = min(max(title, first - _NEAR), first) <= index <= last + _NEAR
        imprint = imprint_in(visible.line.text) if near else None
        if imprint and not (index > last and imprint.bare_date):
            yield visible.line
        else:
            yield replace(visible.line, role=_role(visible, inside[index], index == title))


def _role(visible: VisibleLine, inside: bool, title: bool) -> str:
    if title:
        return "title"
    if not inside or visible.linked > 0.8:
        return "navigation"
    if _is_heading(visible):
        return "heading"
    return "paragraph" if visible.node.tag != "br" else ""
