"""What a body's name is part of when no body is meant: a meeting, a law, a channel, its people."""

from __future__ import annotations

import re

NUMBER = "[〇零一二三四五六七八九十百\\d]{1,8}"
_KINDS = (
    "全体|常务|成果|工商领导人|常委|扩大|党组|主任|理事会|专题|全国|工作|成员国|元首|外长|领导人|首脑|非正式|"
    "党的建设|年度|民主生活|理论学习中心组|特别"
)
_MEETINGS = (
    "会议(?!室)|全会|大会|年会|座谈会|发布会|研讨会|博览会|推进会|峰会|对话会|办公会|代表大会|会晤|学习会|论坛|会$"
)  # fmt: skip
_EVENT = re.compile(
    f"(?:第?{NUMBER}届)?(?:中央委员会)?(?:第?{NUMBER}次)?(?:(?:{_KINDS})*)(?:{_MEETINGS})"
    "|(?!召开|举行|主持|组织召开|出席|在|和|印发|部署|传达)[\u4e00-\u9fff]{2,6}工作会议"
    f"|(?:第?{NUMBER}届)?第{NUMBER}次|系统(?![性化])|章程|条例|杯"
    f"|(?:第)?[一二三四五六七八九十]{{1,3}}大(?![力家学队型])|(?:\\d{{4}}年)?[\u4e00-\u9fff]{{0,4}}晚会"
)
_PEOPLE = re.compile("主席负责制|(?:大)?礼堂|人(?!才(?!能))(?![民员士大事力类口数群物工生居财文])")
# 中交集团先进集体 is an honour; 省委授予他优秀共产党员称号 names the one who gives it.
_HONOUR = re.compile(
    "(?![\u4e00-\u9fff]{0,4}[授评表命颁获被选作是荣系的为])(?:年度|十[大佳])?[\u4e00-\u9fff]{0,4}?"
    "(?:先进集体|先进个人|先进单位|优秀共产党员|优秀党务工作者|先进基层党组织|劳动模范|先锋号"
    "|优秀(?:项目|施工单位|员工|青年(?![教学干])|班组))(?!代表|[\u4e00-\u9fff]{2,3}(?:说|表示|介绍|、))"
)
_CHANNEL = re.compile(
    "(?:新闻)?(?:客户端|微博|微信|公众号|视频号|官网|网站首页|APP|头条号|抖音号)"
    "|组织法|机构改革方案|组织条例"
)


def names_something_else(text: str, end: int) -> bool:
    """Whether what stands behind a body makes it part of another name.

    省委常委会会议 is a meeting, 中国共产党人 are people, 人民日报客户端 is a channel.
    """
    tail = text[end : end + 16]
    return any(pattern.match(tail) for pattern in (_EVENT, _PEOPLE, _CHANNEL, _HONOUR))
