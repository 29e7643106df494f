"""What two texts have in common, whatever was cut, added or set with other punctuation."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

WIDTH = 5  # characters a shingle
_NOISE = re.compile(r"[\W_]+")
_ODD = np.uint64(0x9E3779B97F4A7C15)  # SplitMix64 (Steele, Lea and Flood 2014), as is _MIX
_MIX = np.uint64(0xBF58476D1CE4E5B9)

Shingles = NDArray[np.uint32]


def bare(text: str) -> str:
    """Return a text without punctuation and white space."""
    return _NOISE.sub("", text)


def shingles(text: str) -> Shingles:
    """Return the sorted hashes of all stretches of five characters; punctuation does not count."""
    codes = np.frombuffer(bare(text).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.pad(codes, (0, max(0, WIDTH - len(codes)))).astype(np.uint64)
    mixed = np.zeros(len(codes) - WIDTH + 1, np.uint64)
    for shift in range(WIDTH):
        mixed = mixed * _ODD + codes[shift : shift + len(mixed)]
    return np.unique(_high(mixed))


def jaccard(left: Shingles, right: Shingles) -> float:
    """Return the share of shingles that two texts have in common."""
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)


def lowest(hashes: Shingles, size: int) -> NDArray[np.uint32]:
    """Return the MinHash of a set: the lowest of its members under each of ``size`` hashes.

    The share of equal values of two sets estimates their ``jaccard``, within 2 / sqrt(size) of it
    in 95 of 100 cases or more.
    """
    seeds = np.arange(1, size + 1, dtype=np.uint64)[:, None] * _ODD
    least = np.full(size, 0xFFFFFFFF, np.uint32)
    for start in range(0, len(hashes), 4096):  # the table of hashes stays small
        some = hashes[start : start + 4096].astype(np.uint64)
        least = np.minimum(least, _high((some + seeds) * _ODD).min(axis=1))
    return least


def _high(values: NDArray[np.uint64]) -> Shingles:
    mixed = (values ^ (values >> np.uint64(29))) * _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)
