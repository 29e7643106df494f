"""Text as the grammar reads it: one form for each sign, offsets unchanged, and what is masked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .kinds import MEDIA

_FULLWIDTH = {
    chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()
}
_SIGNS = {
    **_FULLWIDTH,
    **dict(zip(",():;!?", "，（）：；！？", strict=True)),
    **dict.fromkeys("・‧•．∙﹒", "·"),
    **dict.fromkeys("\u3000\xa0\t\u200b", " "),
    **dict(zip("〔〕【】「」『』〈〉\r", "（）（）“”“”《》\n", strict=True)),
}
# Every repetition has a bound, so that no text makes the search quadratic.
_NUMBER = "[〇零一二三四五六七八九十百\\d]{1,8}"
# Whatever one of the alternatives begins with: most places are left at once.
_FIRST = (
    "《“习中省市县区州自党委学雷焦孔井延长红大铁航抗毛邓恩诺茅鲁图〇零一二三四五六七八九十百\\d"
)
_MASKS = re.compile(
    f"(?=[{_FIRST}])(?:"
    "《[^《》\n]{1,80}》"
    "|“[^“”\n]{2,40}”(?=[^，。；、\n“”]{0,6}(?:会议|论坛|研讨会|座谈会|大会|峰会|讲座|课题|主题))"
    "|习近平(?:新时代|法治|经济|生态文明|外交|强军|文化|治国理政|总书记系列讲话)[^，。；、\n]{0,14}?(?:思想|理念)(?!研究)"
    f"|(?:中共|中国共产党|[省市县区州]|自治区)?[党省市县区委]{{0,8}}委?{_NUMBER}届(?:[省市县区]委)?(?:第?{_NUMBER}[次中])(?:全体|全会|中央|会议|扩大|常委|全委)*(?:会议|全会|会)?"
    f"|党的{_NUMBER}(?:届{_NUMBER}中全会|大)"
    f"|{_NUMBER}届{_NUMBER}中全会"
    "|学(?:习)?(?:雷锋|焦裕禄|大庆|大寨)|(?:雷锋|焦裕禄|孔繁森|井冈山|延安|长征|红船|大庆|铁人|航天|抗疫)(?:式|精神|班|志愿服务)"
    "|毛泽东(?:思想(?![\u4e00-\u9fff]{0,4}研究)|同志诞辰|故居|时代)|邓小平理论|恩格斯(?:思想|与马克思|诞辰)|(?:诺贝尔|茅盾|鲁迅|诺奖|图灵)[\u4e00-\u9fff]{0,6}奖"
    "|中央八项规定|中央企业|中央政府|中央财政|中央预算|中央电视台一号|中央一号文件|中央环保督察|中央集团|中央苏区|中央红军|中央商务区|中央公园|中央经济工作会议|中央农村工作会议|中央[\u4e00-\u9fff]{2,10}工作会议|中央巡视(?=工作|[^组办工]|$)"
    ")"
)  # fmt: skip


def normalise(text: str) -> str:
    """Return the text with one form for each sign; every character keeps its place."""
    for sign in _SIGNS.keys() & set(text):
        text = text.replace(sign, _SIGNS[sign])
    return text


def masks(text: str, kinds: Mapping[str, Sequence[float]]) -> list[tuple[int, int]]:
    """Return the stretches in which no name counts: titles of works, laws, thoughts, sessions."""
    return [
        match.span()
        for match in _MASKS.finditer(text)
        if not (match[0][0] == "《" and int(kinds.get(match[0][1:-1], (0, 0))[1]) & MEDIA)
    ]
