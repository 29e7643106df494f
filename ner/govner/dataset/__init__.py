"""Leak-proof splits, statistics, composition."""

from .leakage import Certificate, certify
from .near import NearCopy, near_copies
from .split import PARTS, Split, split

__all__ = ["PARTS", "Certificate", "NearCopy", "Split", "certify", "near_copies", "split"]
