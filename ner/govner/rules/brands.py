"""Brands of firms that stand alone: 便利蜂 in a text that speaks of 便利蜂公司 or its founder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from . import kinds as k
from .edges import STOP_CHARS

# What stands directly behind the brand of a firm.
_BEHIND = re.compile(
    "(?=(?:集团|公司|科技|股份|实业|控股|CEO|首席|总裁|董事会|创始人|党委书记、董事长|官网|中国CEO))"
)
# 泰森日盛是山东的一家龙头企业
_IS_A_FIRM = re.compile(
    "(?<=[\n，。；“：])([\u4e00-\u9fff]{2,5})”?是[\u4e00-\u9fff]{0,12}?一家[\u4e00-\u9fff]{0,14}?(?:企业|公司)"
)
_BEGINS = frozenset("，。；：、“”（）\n 《")
_NO_BRAND = re.compile("[一二三四五六七八九十市县区省州驻物].*|.*[村镇乡省市县区路街国]")
_HAN = re.compile("[\u4e00-\u9fffA-Za-z]+")
Words = Mapping[str, Sequence[float]]
RARE = (20.0,)
COMMON = 10.5  # the cost of a word that is too common to be part of a brand
SIZES = (4, 3, 2)
OFTEN, VERY_OFTEN = 3, 5  # times that the document has to use a rare or a plain-looking brand


def brands(text: str, words: Words) -> Iterator[str]:
    """Give the words of no lexicon that a text uses as the names of firms.

    One has to stand before 集团, CEO and the like, begin a clause, and come back.
    """
    for match in _IS_A_FIRM.finditer(text):
        if match[1] not in words and not STOP_CHARS & set(match[1]):
            yield match[1]
    seen: set[str] = set()
    for match in _BEHIND.finditer(text):
        end = match.start()
        for size in SIZES:
            brand = text[end - size : end]
            if len(brand) < size or brand in seen:
                continue
            seen.add(brand)
            if _is_brand(brand, text, words):
                yield brand
                break


def _is_brand(brand: str, text: str, words: Words) -> bool:
    own = brand
    if len(brand) == 3:  # 便利|蜂
        own = brand[2] if brand[:2] in words else brand
    if not _HAN.fullmatch(brand) or _NO_BRAND.fullmatch(brand):
        return False
    if STOP_CHARS & set(own):
        return False
    parts = (brand[i : i + 2] for i in range(len(brand) - 1))
    common = any(words.get(part, RARE)[0] < COMMON for part in parts)
    if words.get(brand[-2:], RARE)[0] < COMMON or int(words.get(brand[:2], (0, 0))[1]) & k.ANYPLACE:
        return False  # 金砖国家, 北京雾芯
    if brand in words or text.count(brand) < (VERY_OFTEN if common else OFTEN):
        return False
    starts = (m.start() for m in re.finditer(re.escape(brand), text))
    return any(start == 0 or text[start - 1] in _BEGINS for start in starts)
