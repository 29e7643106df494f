"""Lexicons and a small grammar that propose PERSON, TITLE and ORG."""

from .annotate import Proposal, annotate, propose
from .knowledge import Knowledge, default_knowledge

__all__ = ["Knowledge", "Proposal", "annotate", "default_knowledge", "propose"]
