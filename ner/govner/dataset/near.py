"""Near copies: the same story reprinted, shortened, or with a new headline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from datasketch import MinHash, MinHashLSH

from ..document import Document
from ..document.shingles import Shingles, bare, jaccard, shingles

SENTENCE = 24  # a sentence this long is not repeated by chance
BOILERPLATE = 20  # a sentence in more documents than this says nothing about two of them
_STOPS = re.compile(r"[。！？；!?;\n]+")


class NearCopy(NamedTuple):
    """Two documents, by their places in the list, and how much they share (0 to 1)."""

    left: int
    right: int
    similarity: float


def signature(hashes: Shingles) -> MinHash:
    """Return the MinHash of a set of shingles, 128 permutations with a fixed seed."""
    minhash = MinHash(num_perm=128, seed=1, hashfunc=int)
    minhash.update_batch(hashes.tolist())
    return minhash


def sentences(text: str) -> Iterator[str]:
    """Yield the long sentences of a text without punctuation and white space."""
    for piece in _STOPS.split(text):
        said = bare(piece)
        if len(said) >= SENTENCE:
            yield said


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
    sizes = [len(bare(text)) for text in texts]
    for pair, length in shared.items():
        yield pair, length / min(sizes[pair[0]], sizes[pair[1]])
