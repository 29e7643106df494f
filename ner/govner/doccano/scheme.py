"""How labels and guideline look in doccano's page: colours, keys, examples."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelLook:
    """A label as the page shows it."""

    text: str
    key: str
    color: str


LOOKS = (
    LabelLook("PERSON", "p", "#2f7ed8"),
    LabelLook("TITLE", "t", "#5f8a0b"),
    LabelLook("ORG", "o", "#d8572f"),
)
_MARK = re.compile(r"\[([^\[\]]+)\]\((" + "|".join(look.text for look in LOOKS) + r")\)")


def page_guideline(guideline: str) -> str:
    """Return a guideline whose marked examples show their labels in the page.

    The page takes Markdown, in which 省委 of ``[省委](ORG)`` is a link and ORG is not seen.
    """
    return _MARK.sub(r"[\1/\2]", guideline)


ROLES = ("annotator", "annotation_approver", "project_admin")
