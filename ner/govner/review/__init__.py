"""What people changed, per rule; agreement between annotators."""

from .adjudication import Adjudication, adjudicate
from .agreement import Agreement, agreement
from .changes import KINDS, Change, Changes, changes
from .suggest import Entry, suggest, to_toml

__all__ = [
    "KINDS",
    "Adjudication",
    "Agreement",
    "Change",
    "Changes",
    "Entry",
    "adjudicate",
    "agreement",
    "changes",
    "suggest",
    "to_toml",
]
