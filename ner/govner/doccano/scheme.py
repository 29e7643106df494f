"""How the labels look in doccano's page: their colours and the keys that set them."""

from __future__ import annotations

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
ROLES = ("annotator", "annotation_approver", "project_admin")
