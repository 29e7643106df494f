"""The kinds of words, one bit each, and the small closed sets that the grammar itself names."""

from __future__ import annotations

(
    FIXED, MINISTRY, MEDIA, COMPANY, SCHOOL, LEVEL, ORGAN, NAMED, BARE, LOOKALIKE, SPHERE,
    ANNOUNCE, SPEECH, LISTVERB, HONORIFIC, COUNTRY, CSHORT, ARMY, LEADER, GENERIC, VERB,
    PLACE, SHORT, WEAKPLACE, LEVELBODY, HEADPOST, MEMBER, PROFESSION, FUSED, STOP, NOUN,
    VERBAL, COMMON, NAME, FOREIGN, DIGIT, PUNCT, SPACE,
) = (1 << bit for bit in range(38))  # fmt: skip

POST = HEADPOST | MEMBER | PROFESSION | FUSED
CLOSED = FIXED | MINISTRY | MEDIA | COMPANY | SCHOOL | ARMY
ANYPLACE = PLACE | SHORT | COUNTRY
PERSON = NAME | FOREIGN | LEADER

# 省委, 县纪委, 区人民法院: the levels and the bodies that join to one word.
BODY_LEVELS = [
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "自治区",
    "自治州",
    "自治县",
    "地",
    "兵团",
    "特区",
]
LEVEL_BODIES = [
    "委",
    "委常委会",
    "政府",
    "人民政府",
    "纪委",
    "监委",
    "纪委监委",
    "监察委",
    "监察委员会",
    "人大",
    "人大常委会",
    "人大代表大会",
    "人民代表大会",
    "政协",
    "政协常委会",
    "法院",
    "检察院",
    "人民法院",
    "人民检察院",
    "高级人民法院",
    "中级人民法院",
    "委组织部",
    "委宣传部",
    "委统战部",
    "委政法委",
    "委办公室",
    "委办公厅",
    "委党校",
    "政府办公室",
    "政府办公厅",
    "委组",
    "委办",
    "政府办",
    "委办局",
]
LEVEL_BODIES = [body for body in LEVEL_BODIES if body not in {"委组", "委办局"}]

DIVISION_SUFFIXES = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "藏族羌族自治州",
    "土家族苗族自治州",
    "苗族侗族自治州",
    "布依族苗族自治州",
    "哈尼族彝族自治州",
    "壮族苗族自治州",
    "傣族景颇族自治州",
    "蒙古族藏族自治州",
    "朝鲜族自治州",
    "哈萨克自治州",
    "蒙古自治州",
    "柯尔克孜自治州",
    "彝族自治州",
    "白族自治州",
    "傣族自治州",
    "傈僳族自治州",
    "藏族自治州",
    "回族自治州",
    "自治州",
    "满族自治县",
    "蒙古族自治县",
    "土家族自治县",
    "苗族自治县",
    "侗族自治县",
    "瑶族自治县",
    "回族自治县",
    "彝族自治县",
    "自治县",
    "林区",
    "特区",
    "新区",
    "地区",
    "矿区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "旗",
]
SHORT_DIVISIONS: dict[str, tuple[str, ...]] = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
}
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两0123456789几数多余第")
CLOSERS = {"”": "“", "）": "（", "》": "《", "’": "‘"}
