"""Names that begin with a brand: firms, schools, societies; and the legal forms of firms."""

from __future__ import annotations

from . import kinds as k
from .anchors import Anchors, Walk
from .cues import cues
from .edges import Edges

RARE = 11.0  # a word that costs more is rare enough to be a brand
LONGEST = 34  # characters before a legal form
FIRMS = ("公司", "集团", "银行", "合作社", "重工", "药业", "实业", "矿业", "厂")
RETURNING = ("集团", "银行", "公司", "集团公司")
WEAK_HEADS = cues("weak_heads")
SCHOOLS = cues("school_heads")
LEGAL_STOPS = cues("firm_stops")


class Firms:
    """Brands before the heads of a document; keeps those of the firms that it meets."""

    def __init__(self, edges: Edges, anchors: Anchors) -> None:
        self.edges, self.anchors, self.ending = edges, anchors, edges.ending
        self.words = edges.words
        self.brands: set[str] = set()

    def named(self, first: int, j: int, index: int) -> Walk | None:
        """Settle where a brand begins the name of a firm, a school, a society."""
        self._note_brand(first, j, index)
        if self.edges.kind(first - 1) & k.ANYPLACE:
            return Walk(self.edges.chain(first - 1), "org.named", True)
        if (first - 1) in self.ending:
            return Walk(self.ending[first - 1].first, "org.child", True)
        if self.edges.text(first - 1) in ("和", "与") and self.edges.kind(first - 2) & k.SPHERE:
            joined = self.anchors.joined(first - 2, index, k.NAMED)
            if joined is not None and joined.rule == "org.child":
                return joined
        word, head = self.edges.text(j), self.edges.text(index)
        if first == j and self.edges.kind(j) & k.VERBAL:
            return None  # 推动|大学
        cost = self.words.get(word, [20.0])[0]
        if first == j and cost < RARE and not (head in SCHOOLS and len(word) == 2):
            firm = len(word) > 1 and head in RETURNING
            if firm and not self.edges.kind(j) & (k.COMMON | k.SPHERE | k.STOP):
                return Walk(first, "org.brand", False)
            return None
        if first == j and len(word) == 2 and index == j + 1:  # 绿枝源|苗圃|合作社
            before = self.edges.brand(first - 1)
            if before is not None and before == first - 3 and self._free(before):
                return Walk(self.edges.chain(before), "org.brand", True)
        before = self._rare_word(first - 1) if head.endswith(FIRMS) else None
        if before is not None and (first < j or cost > RARE):
            return Walk(before, "org.brand", True)  # 中联|航材集团
        weak = head in WEAK_HEADS and ((first == j and cost < 20) or j - first > 3)
        return Walk(first, "org.brand", not weak)

    def _rare_word(self, at: int) -> int | None:
        """Return where a rare word before a brand begins the name, if nothing goes before it."""
        here, word = self.edges.kind(at), self.edges.text(at)
        bad = k.COMMON | k.SPHERE | k.GENERIC | k.LEVEL | k.STOP | k.VERBAL | k.POST | k.ANNOUNCE
        if here & bad or not here & k.NOUN or here & k.PERSON or len(word) != 2:
            return None
        if self.words.get(word, [20.0])[0] < 11.5 or word in self.brands:
            return None
        opens = not self.edges.text(at - 1)[0].isalnum() or self.edges.kind(at - 1) & (
            k.STOP | k.VERBAL
        )
        return at if opens else None

    def _note_brand(self, first: int, j: int, index: int) -> None:
        tokens = self.edges.tokens
        brand = self.edges.source[tokens[first].start : tokens[j].end]
        for size in (2, 3):
            kind = int(self.words.get(brand[:size], (0, 0))[1])
            if len(brand) > 4 and kind & (k.PLACE | k.SHORT):
                brand = brand[size:]
        firm = self.edges.text(index).endswith(FIRMS)
        if 2 <= len(brand) <= 4 and firm and self.words.get(brand, [20.0])[0] > 13.0:
            self.brands.add(brand)

    def _free(self, at: int) -> bool:
        """Whether nothing that could begin the word at ``at`` stands before it."""
        return self.edges.len(at - 1) > 1 or not self.edges.text(at - 1).isalnum()

    def legal(self, index: int) -> Walk | None:
        """Run back from 有限公司 to the place where the name of a firm begins."""
        j = index - 1
        limit = self.edges.tokens[index].end - LONGEST
        while j >= 0 and self.edges.tokens[j].start >= limit:
            here = self.edges.kind(j)
            if here & k.ANYPLACE and self.edges.text(j + 1) == "）":
                return self._bracketed(j)
            if here & k.ANYPLACE and not here & k.STOP:
                return Walk(self.edges.chain(j), "org.named", True) if j < index - 1 else None
            joint = self.edges.text(j) in ("和", "同", "为") and self.edges.kind(j - 1) & k.ANYPLACE
            if joint and not self.edges.kind(j + 1) & k.ANYPLACE and j < index - 1:
                j -= 1  # 浙江|和|茂盛袜业有限公司
                continue
            if self._outside(j):
                return None
            j -= 1
        return None

    def _bracketed(self, j: int) -> Walk | None:
        """Return the name around a place in brackets: 恒溪（衢州）有限公司."""
        brand = self.edges.brand(j - 2) if self.edges.text(j - 1) == "（" else None
        return None if brand is None else Walk(self.edges.chain(brand), "org.named", True)

    def _outside(self, j: int) -> bool:
        """Whether a word cannot stand inside the name of a firm."""
        word, here = self.edges.text(j), self.edges.kind(j)
        if word in LEGAL_STOPS or j in self.ending or here & (k.PERSON | k.POST | k.LEVEL):
            return True
        if not (word[0].isalnum() or word in "（）“”"):
            return True
        if self.edges.text(j + 1) in ("器", "机", "件", "仪", "剂", "材", "品", "具", "线"):
            return False  # 连接|器
        return bool(here & k.VERBAL and not here & (k.SPHERE | k.NOUN)) and len(word) > 1
