"""Leak-proof splits, statistics, composition."""

from .consistency import Inconsistency, inconsistencies
from .corpus_page import corpus_page
from .leakage import Certificate, certify
from .near import NearCopy, near_copies
from .split import PARTS, Split, split
from .stats import Statistics, stats

__all__ = [
    "PARTS",
    "Certificate",
    "Inconsistency",
    "NearCopy",
    "Split",
    "Statistics",
    "certify",
    "corpus_page",
    "inconsistencies",
    "near_copies",
    "split",
    "stats",
]
