"""Radicals that stand where a character should, as PDF software and its copies write: ⻓ for 长.

The pairs are those of Unicode's EquivalentUnifiedIdeograph.txt as far as they occur in modern
text; the Kangxi radicals and compatibility ideographs are Unicode's own compatibility mappings.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = (
    "⺀冫⺁厂⺃乚⺆冂⺇几⺈刀⺊卜⺌小⺍小⺐尢⺒巳⺓幺⺔彑⺗心⺛旡⺝月⺟母⺠民⺢水⺣灬⺥爪⺧牛⺨犭⺪疋⺫目⺬示⺭礻⺮竹"
    "⺯糹⺱网⺲罒⺵网⺶羊⺸羊⺹耂⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟"
)
_TABLE = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)) | {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E), *range(0xFA70, 0xFADA)]
}
_TABLE["\u2f3e"] = "户"  # its compatibility character is the traditional 戶
_TRANSLATION = str.maketrans(_TABLE)
_ANY = re.compile("[\u2e80-\u2fdf\uf900-\ufadf]")


def plain(text: str) -> str:
    """Put the character for each radical; one for one, so that no place shifts."""
    return text.translate(_TRANSLATION) if _ANY.search(text) else text
