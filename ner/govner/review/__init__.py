"""What people changed, per rule; agreement between annotators."""

from .adjudication import Adjudication, adjudicate
from .agreement import Agreement, agreement
from .changes import KINDS, Change, Changes, changes

__all__ = [
    "KINDS",
    "Adjudication",
    "Agreement",
    "Change",
    "Changes",
    "adjudicate",
    "agreement",
    "changes",
]
