"""The leakage certificate of a split: what stands on both sides, and how near the sides come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ..document import LABELS, Document
from ..document.shingles import jaccard, shingles
from ..document.trivial import TRIVIAL
from .near import near_copies, sentences, signature


@dataclass(frozen=True)
class Certificate:
    """What train and held-out documents share.

    ``crossing`` lists near copies on two sides: ids, parts and similarity; a clean split has none.
    ``closest`` is the nearest remaining pair of a held-out and a training document.
    ``repeated_sentences`` counts long held-out sentences that training repeats word by word, and
    ``seen`` gives, per label, the share of held-out mentions whose surface training knows.
    """

    documents: dict[str, int]
    threshold: float
    crossing: list[dict[str, Any]]
    closest: dict[str, Any] | None
    repeated_sentences: int
    held_out_sentences: int
    seen: dict[str, float]

    @property
    def clean(self) -> bool:
        """Whether no near copy stands on two sides."""
        return not self.crossing

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"clean": self.clean, **asdict(self)}

    def __str__(self) -> str:
        counts = ", ".join(f"{name} {n:,}" for name, n in self.documents.items())
        lines = [
            f"Leakage certificate: {'CLEAN' if self.clean else 'LEAKING'}",
            f"  documents            {counts}",
            f"  near copies across   {len(self.crossing)} (sharing {self.threshold:.0%} or more)",
        ]
        lines += [
            f"    {c['left']} ({c['left_part']}) and {c['right']} ({c['right_part']}): "
            f"{c['similarity']:.0%}"
            for c in self.crossing[:10]
        ]
        if self.closest:
            near = self.closest
            pair = f"{near['held_out']} and {near['train']}"
            lines.append(f"  closest pair         {near['similarity']:.0%} ({pair})")
        share = f"{self.repeated_sentences:,} of {self.held_out_sentences:,}"
        lines.append(f"  repeated sentences   {share} long held-out sentences stand in train")
        seen = ", ".join(f"{label} {part:.0%}" for label, part in self.seen.items())
        lines.append(f"  seen in train        {seen} of held-out mentions (trivial ones aside)")
        return "\n".join(lines)


def certify(parts: Mapping[str, Sequence[Document]], *, threshold: float = 0.5) -> Certificate:
    """Compare all parts with each other, and the held-out ones with ``train``."""
    train = parts["train"]
    held_out = [doc for name, documents in parts.items() if name != "train" for doc in documents]
    known = {sentence for doc in train for sentence in sentences(doc.text)}
    ours = [sentence for doc in held_out for sentence in sentences(doc.text)]
    return Certificate(
        documents={name: len(documents) for name, documents in parts.items()},
        threshold=threshold,
        crossing=_crossing(parts, threshold),
        closest=_closest(held_out, train),
        repeated_sentences=sum(sentence in known for sentence in ours),
        held_out_sentences=len(ours),
        seen=_seen(held_out, train),
    )


def _crossing(parts: Mapping[str, Sequence[Document]], threshold: float) -> list[dict[str, Any]]:
    rows = [(name, document) for name, documents in parts.items() for document in documents]
    pairs = near_copies([document for _, document in rows], threshold=threshold)
    return [
        {
            "left": rows[pair.left][1].id,
            "left_part": rows[pair.left][0],
            "right": rows[pair.right][1].id,
            "right_part": rows[pair.right][0],
            "similarity": pair.similarity,
        }
        for pair in pairs
        if rows[pair.left][0] != rows[pair.right][0]
    ]


def _closest(held_out: Sequence[Document], train: Sequence[Document]) -> dict[str, Any] | None:
    if not held_out or not train:
        return None
    ours, theirs = ([shingles(doc.text) for doc in side] for side in (held_out, train))
    digests = np.array([signature(hashes).hashvalues for hashes in theirs])
    best = (-1.0, 0, 0)
    for place, hashes in enumerate(ours):
        equal = (digests == signature(hashes).hashvalues).mean(axis=1)
        best = max(best, (float(equal.max()), place, int(equal.argmax())))
    _, left, right = best
    share = round(jaccard(ours[left], theirs[right]), 3)
    return {"held_out": held_out[left].id, "train": train[right].id, "similarity": share}


def _seen(held_out: Sequence[Document], train: Sequence[Document]) -> dict[str, float]:
    known = {(s.label, doc.surface(s)) for doc in train for s in doc.spans}
    shares = {}
    for label in LABELS:
        ours = [doc.surface(s) for doc in held_out for s in doc.spans if s.label == label]
        ours = [surface for surface in ours if surface not in TRIVIAL]
        if ours:
            shares[label] = round(sum((label, s) in known for s in ours) / len(ours), 3)
    return shares
