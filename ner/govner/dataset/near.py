"""Near copies: the same story reprinted, shortened, or with a new headline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from ..document import Document

WIDTH = 5  # characters a shingle
SENTENCE = 24  # a sentence this long is not repeated by chance
BOILERPLATE = 20  # a sentence in more documents than this says nothing about two of them
_NOISE = re.compile(r"[\W_]+")
_STOPS = re.compile(r"[。！？；!?;\n]+")

Shingles = NDArray[np.uint32]


class NearCopy(NamedTuple):
    """Two documents, by their places in the list, and how much they share (0 to 1)."""

    left: int
    right: int
    similarity: float


def shingles(text: str) -> Shingles:
    """Return the sorted hashes of all stretches of five characters; punctuation does not count."""
    codes = np.frombuffer(_NOISE.sub("", text).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.pad(codes, (0, max(0, WIDTH - len(codes)))).astype(np.uint64)
    mixed = np.zeros(len(codes) - WIDTH + 1, np.uint64)
    for shift in range(WIDTH):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[shift : shift + len(mixed)]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def signature(hashes: Shingles) -> MinHash:
    """Return the MinHash of a set of shingles, 128 permutations with a fixed seed."""
    minhash = MinHash(num_perm=128, seed=1, hashfunc=int)
    minhash.update_batch(hashes.tolist())
    return minhash


def jaccard(left: Shingles, right: Shingles) -> float:
    """Return the share of shingles that two texts have in common."""
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common)


def sentences(text: str) -> Iterator[str]:
    """Yield the long sentences of a text without punctuation and white space."""
    for piece in _STOPS.split(text):
        bare = _NOISE.sub("", piece)
        if len(bare) >= SENTENCE:
            yield bare


def near_copies(documents: Sequence[Document], *, threshold: float = 0.5) -> list[NearCopy]:
    """Find pairs that share ``threshold`` of their shingles, or of the shorter one's sentences.

    Candidates come from MinHash and from sentences repeated word by word; each is then counted
    exactly, so no pair is reported on an estimate. Sorted by place.
    """
    texts = [document.text for document in documents]
    found = {pair: share for pair, share in _excerpts(texts) if share >= threshold}
    sets = [shingles(text) for text in texts]
    for left, right in _candidates(sets, threshold):
        share = jaccard(sets[left], sets[right])
        if share >= threshold:
            found[left, right] = max(share, found.get((left, right), 0.0))
    return [NearCopy(*pair, round(found[pair], 3)) for pair in sorted(found)]


def _candidates(sets: Sequence[Shingles], threshold: float) -> Iterator[tuple[int, int]]:
    # A lower threshold here loses fewer true pairs; the exact count removes the false ones.
    index = MinHashLSH(threshold=max(0.1, threshold - 0.1), num_perm=128, weights=(0.2, 0.8))
    for place, hashes in enumerate(sets):
        minhash = signature(hashes)
        for other in index.query(minhash):
            yield int(other), place
        index.insert(place, minhash)


def _excerpts(texts: Sequence[str]) -> Iterator[tuple[tuple[int, int], float]]:
    """Pairs that repeat sentences, with the share of the shorter text that is repeated."""
    own = [set(sentences(text)) for text in texts]
    where: dict[str, list[int]] = defaultdict(list)
    for place, pieces in enumerate(own):
        for piece in pieces:
            where[piece].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for piece, places in where.items():
        if len(places) <= BOILERPLATE:
            for pair in combinations(places, 2):
                shared[pair] += len(piece)
    sizes = [len(_NOISE.sub("", text)) for text in texts]
    for pair, length in shared.items():
        yield pair, length / min(sizes[pair[0]], sizes[pair[1]])
