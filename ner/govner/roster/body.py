"""Which body a post belongs to where the list leaves it out, and the place it names."""

from __future__ import annotations

import re
from typing import NamedTuple

from .place import place_before, place_of

# Departments that a party committee, a government or a court has, and that lists name without it.
_DEPARTMENT = re.compile(
    r"(?:组织|宣传|统战|统一战线工作|政法|社会工作|对外联络)部|政法委(?:员会)?|办公厅|办公室|研究室|"
    r"(?:机关|两新|直属机关)工委|审判委员会|检察委员会|[一-龥]{2,8}(?:庭|处|科)"
)
_PARENT = re.compile(r"(?:委|委员会|党委|工委|政府|法院|检察院|部|局|厅|集团|公司|学院|大学|医院)$")
_COMMITTEE = re.compile(r"(?:省委|市委|县委|区委|州委|旗委|盟委|镇委|乡委|地委|工委|党委|委员会)$")
_FUSED = re.compile(r"(?P<body>[一-龥]{2,8}(?P<kind>[部厅局处科所院办]))(?P<vice>副)?长")
_MODIFIERS = re.compile(r"(?:副|常务副?|代|代理|执行|第一副?|党组|专职副?|名誉|首席|原)+")
# Heads of a place's government, and posts of the state or a profession: they have no body of
# their own to carry over from the committee before them.
_OF_THE_PLACE = re.compile(
    r"(?:常务|代|代理|副)*(?:省|市|县|区|州|旗|盟|镇|乡)长|(?:自治区|自治州)(?:副)?主席|"
    r"国家(?:副)?主席|国务委员|总书记|总统|副总统|总理|首相|国王|女王|酋长"
)
_PROFESSION = re.compile(
    r".*(?:记者|通讯员|编辑|编委|主编|审核|校对|主播|责编)|"
    r"(?:正?高级|中级|助理)?(?!副?总)[一-龥]{0,4}(?:工程师|经济师|会计师|农艺师|政工师)|"
    r"院士|律师|教师|驻村第一书记"
)


class Post(NamedTuple):
    """A post with its body and place, as the roster names them."""

    name: str
    body: str
    place: str
    carries: str = ""  # the body that the next post of the list may leave out


def resolve(title: str, *, own: str, carried: str, before: str) -> Post:
    """Give a post its body.

    ``own`` is the body directly before it, ``carried`` that of the post before it in the list,
    ``before`` the text before it. 组织部长 with 嘉善县委 carried is 部长 of 嘉善县委组织部.
    """
    fused = _FUSED.fullmatch(title)
    if fused and not _MODIFIERS.fullmatch(fused["body"][: -len(fused["kind"])]):
        own, title = own + fused["body"], (fused["vice"] or "") + fused["kind"] + "长"
    part = bool(own) and _is_part(own, carried)
    if own:
        body = carried + own if part else own
    elif _OF_THE_PLACE.fullmatch(title):
        body = carried if carried.endswith("政府") else ""
    else:
        body = "" if _PROFESSION.fullmatch(title) else carried
    place = place_of(body) if body else place_before(before)
    # After 嘉善县委常委、组织部部长 a list goes on with the committee, not with its department.
    return Post(title, body, place, carried if part else body)


def _is_part(own: str, carried: str) -> bool:
    if not _DEPARTMENT.fullmatch(own) or not _PARENT.search(carried):
        return False
    return bool(_COMMITTEE.search(carried)) or not own.endswith("部")
