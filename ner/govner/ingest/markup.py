"""HTML to visible lines, each character with its place in the source; and the tree they stand in.

A tokenizer of a few patterns rather than a parser: it must know where each character stood, take
any markup, and stay linear in the size of what it is given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .page import Line, Row
from .words import words

_QUOTED = 8  # values with a > in them that one tag may have
_LONGEST_VALUE = 5000  # characters behind such a >
DEEPEST = 200  # levels; what is nested deeper counts as standing on the last one

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9:-]{0,40})"
    r"|<[!?/][^>]*(?:>|\Z)"
    r"|&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});?"
    r"|(?P<space>[ \t\r\n\f]+)"
    r"|[^<&\s]+|.",
    re.IGNORECASE | re.DOTALL,
)
_OPEN_QUOTE = re.compile(r"(?:[^\"']|\"[^\"]*\"|'[^']*')*([\"'])[^\"']*", re.DOTALL)
_DARK = {
    tag: re.compile(rf"</{tag}\b[^>]{{0,100}}>?", re.IGNORECASE) for tag in words("markup")["dark"]
}
BLOCK = frozenset(words("markup")["block"])
_VOID = frozenset(words("markup")["void"])
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|(?:^|\s)hidden(?:\s|=|$)", re.IGNORECASE)
_META = re.compile(
    r"(?P<key>[a-z:-]+)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s>]+))", re.I
)
_HANZI = re.compile("[\u2010-\u203b\u3000-\u9fff\uff00-\uffef]")


@dataclass(eq=False, slots=True)
class Node:
    """An element: its tag and what it stands in."""

    tag: str
    parent: Node | None
    hidden: bool = False
    heading: bool = False

    def ancestors(self) -> Iterator[Node]:
        """Give the element itself, then what it stands in, up to the page."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class VisibleLine:
    """A line as a browser shows it, its element, and how much of it is link."""

    line: Line
    node: Node
    linked: float


@dataclass(slots=True)
class Markup:
    """What a page shows, its title as the browser's tab has it, and its meta elements.

    ``nodes`` are all elements, each after the one it stands in.
    """

    nodes: list[Node] = field(default_factory=list)
    lines: list[VisibleLine] = field(default_factory=list)
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def read_markup(raw: str) -> Markup:
    """Read a page of HTML; never fails, whatever the markup is."""
    return _Reader(raw).read()


class _Reader:
    """The state while a page is read: the open elements and the line that is being filled."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.markup = Markup()
        self.open = [Node("", None)]
        self.markup.nodes.append(self.open[0])
        self.links = 0
        self.last_end = raw.rfind(">")
        self._begin()

    def _begin(self) -> None:
        self.text: list[str] = []
        self.rows: list[Row] = []
        self.length = self.linked = 0
        self.node = self.open[-1]
        self.gap: Row | None = None

    def read(self) -> Markup:
        """Go through the source once, token by token."""
        position = 0
        while token := _TOKEN.match(self.raw, position):
            position = token.end()
            if token["tag"] and (end := self._tag_end(position)) > 0:
                attrs, position = self.raw[position : end - 1], end
                self._tag(token["tag"].lower(), bool(token["close"]), attrs)
                if not token["close"] and token["tag"].lower() in _DARK:
                    position = self._behind(token["tag"].lower(), end)
            elif token["space"]:
                self._space(token)
            elif not token[0].startswith(("<!", "<?", "</")) or token[0] == "</":
                self._put(token)
        self._end_line()
        return self.markup

    def _tag_end(self, position: int) -> int:
        """Return the place behind the > that ends a tag, 0 where nothing does."""
        if position > self.last_end:
            return 0
        end = self.raw.find(">", position)
        for _ in range(_QUOTED):
            opened = _OPEN_QUOTE.fullmatch(self.raw, position, end)
            if end < 0 or opened is None:
                break
            closing = self.raw.find(opened[1], end, end + _LONGEST_VALUE)
            if closing < 0:
                break
            position, end = closing + 1, self.raw.find(">", closing)
        return end + 1

    def _behind(self, tag: str, position: int) -> int:
        """Return the place behind an element whose content is not shown."""
        closing = _DARK[tag].search(self.raw, position)
        if closing is None:
            return len(self.raw)
        self._close(tag)
        return closing.end()

    def _tag(self, tag: str, closing: bool, attrs: str) -> None:
        if tag == "meta":
            self._meta(attrs)
        if tag in {"td", "th"} and self.text:  # the cells of a row are read as one line
            self.gap = self.gap or (self.length, 1, -1, 0)
        elif tag in BLOCK:
            self._end_line()
        if tag == "a":
            self.links = max(0, self.links + (-1 if closing else 1))
        if closing:
            self._close(tag)
        elif tag not in _VOID and not attrs.endswith("/"):
            self._open(tag, attrs)
        if not self.text:
            self.node = self.open[-1]

    def _open(self, tag: str, attrs: str) -> None:
        if len(self.open) >= DEEPEST:
            return
        above = self.open[-1]
        hidden = above.hidden or bool(_HIDDEN.search(attrs))
        node = Node(tag, above, hidden, above.heading or tag in _HEADINGS)
        self.open.append(node)
        self.markup.nodes.append(node)

    def _close(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def _meta(self, attrs: str) -> None:
        found = {m["key"].lower(): m["a"] or m["b"] or m["c"] or "" for m in _META.finditer(attrs)}
        name = (found.get("property") or found.get("name") or "").lower()
        if name and "content" in found:
            self.markup.meta.setdefault(name, html.unescape(found["content"]).strip())

    def _space(self, token: re.Match[str]) -> None:
        if self.text:
            self.gap = (self.length, 1, token.start(), len(token[0]))

    def _put(self, token: re.Match[str]) -> None:
        text = html.unescape(token[0]) if len(token[0]) > 1 and token[0][0] == "&" else token[0]
        if not text or self.open[-1].hidden:
            return
        if self.gap is not None:
            self._fill_gap(text)
        if not self.text:
            self.node = self.open[-1]
        self.rows.append((self.length, len(text), token.start(), len(token[0])))
        self.text.append(text)
        self.length += len(text)
        self.linked += len(text) if self.links else 0

    def _fill_gap(self, after: str) -> None:
        """Set one space for white space, but none where a line of source ends between hanzi."""
        assert self.gap is not None
        _, _, start, size = self.gap
        cell = start < 0
        broken = not cell and "\n" in self.raw[start : start + size]
        between_hanzi = _HANZI.match(self.text[-1][-1]) and _HANZI.match(after[0])
        if not (broken and between_hanzi):
            if not cell:
                self.rows.append((self.length, 1, start, size))
            self.text.append(" ")
            self.length += 1
        self.gap = None

    def _end_line(self) -> None:
        text = "".join(self.text)
        if text.strip():
            line = Line(text.strip(), tuple(_stripped(text, self.rows)), text[:1] in " \u3000\xa0")
            if any(node.tag == "title" for node in self.node.ancestors()):
                self.markup.title = self.markup.title or line.text
            else:
                share = self.linked / len(text)
                self.markup.lines.append(VisibleLine(line, self.node, share))
        self._begin()


def _stripped(text: str, rows: list[Row]) -> Iterator[Row]:
    """Cut the rows of the white space at both ends of a line; join those that go on."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    whole: Row | None = None
    for start, length, raw, raw_length in rows:
        low, high = max(start, first), min(start + length, last)
        if low >= high:
            continue
        if length == raw_length:
            raw, raw_length = raw + low - start, high - low
        row = (low - first, high - low, raw, raw_length)
        if whole and whole[1] == whole[3] and row[1] == row[3] and _touch(whole, row):
            whole = (whole[0], whole[1] + row[1], whole[2], whole[3] + row[3])
            continue
        if whole:
            yield whole
        whole = row
    if whole:
        yield whole


def _touch(left: Row, right: Row) -> bool:
    return left[0] + left[1] == right[0] and left[2] + left[3] == right[2]
