"""What a Chinese name costs to begin with, and what the signs before and behind it are worth."""

from __future__ import annotations

NAME_BASE = 10.0
BEFORE = {
    "（": 6.0,
    **dict.fromkeys("、 ：/", 4.0),
    **dict.fromkeys("，。“”\n；", 2.0),
    **dict.fromkeys("和与及", 1.0),
}
BEHIND = {**dict.fromkeys("、）， ", 3.5), **dict.fromkeys("。；\n：”", 2.5)}
CLAUSE = "，。；“”\n"
