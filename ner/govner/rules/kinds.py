"""The kinds of words, one bit each, and the small closed sets that the grammar itself names."""

from __future__ import annotations

(
    FIXED, MINISTRY, MEDIA, COMPANY, SCHOOL, LEVEL, ORGAN, NAMED, SPHERE, ANNOUNCE, COUNTRY, ARMY,
    LEADER, GENERIC, PLACE, SHORT, WEAKPLACE, LEVELBODY, HEADPOST, MEMBER, PROFESSION, FUSED,
    STOP, NOUN, VERBAL, COMMON, NAME, FOREIGN, SURE, PART,  # 30: as much as one digit holds
    BARE, LOOKALIKE, SPEECH, LISTVERB, HONORIFIC, CSHORT, VERB, SOFT, SAYING,  # the rare ones
) = (1 << bit for bit in range(39))  # fmt: skip

POST = HEADPOST | MEMBER | PROFESSION | FUSED
CLOSED = FIXED | MINISTRY | MEDIA | COMPANY | SCHOOL | ARMY
ANYPLACE = PLACE | SHORT | COUNTRY
PERSON = NAME | FOREIGN | LEADER

SHORT_DIVISIONS: dict[str, tuple[str, ...]] = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
}
NUMERALS = frozenset("〇零一二三四五六七八九十百千0123456789")
CLOSERS = {"”": "“", "）": "（", "》": "《", "’": "‘"}
