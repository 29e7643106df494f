"""Train, dev and test by document: seeded, near copies together, stable as the corpus grows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..document import Document
from ..document.errors import BadInput
from ..document.trivial import TRIVIAL
from .groups import groups, links_by
from .near import near_copies

PARTS = ("train", "dev", "test")


@dataclass(frozen=True)
class Split:
    """The three parts, what was left out of training, and the groups that were kept together."""

    parts: Mapping[str, list[Document]]
    left_out: list[Document]
    together: list[list[str]]

    @property
    def assignment(self) -> dict[str, str]:
        """Which part each document is in, by id."""
        return {doc.id: part for part, documents in self.parts.items() for doc in documents}


def split(
    documents: Sequence[Document],
    *,
    seed: int = 0,
    dev: float = 0.15,
    test: float = 0.15,
    threshold: float = 0.5,
    group_by: Sequence[str] = (),
    disjoint: Sequence[str] = (),
    keep: Mapping[str, str] | None = None,
) -> Split:
    """Split documents so that no near copy crosses.

    Each group draws its place from the seed and its own ids alone, so documents that are added
    later move no other group; a group only moves when a new near copy joins it, and with ``keep``
    (ids and their parts) not even then, except that two kept groups that turn out to be copies of
    each other go to train. ``group_by`` names ``meta`` keys, or ``officials``. ``disjoint`` names
    labels: training documents that mention a dev or test entity of these are left out. Raises
    ``BadInput`` for doubled ids and for fewer than three groups.
    """
    _check_ids(documents)
    links = [(pair.left, pair.right) for pair in near_copies(documents, threshold=threshold)]
    for key in group_by:
        links += links_by(documents, key)
    members = [[documents[i] for i in group] for group in groups(len(documents), links)]
    chosen = _assign(members, seed=seed, dev=dev, test=test, keep=keep or {})
    parts: dict[str, list[Document]] = {part: [] for part in PARTS}
    for group, part in zip(members, chosen, strict=True):
        parts[part] += group
    order = {document.id: place for place, document in enumerate(documents)}
    for part in PARTS:
        parts[part].sort(key=lambda document: order[document.id])
    left_out = _without_shared(parts, disjoint) if disjoint else []
    return Split(parts, left_out, [[d.id for d in group] for group in members if len(group) > 1])


def _check_ids(documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            hint = "give every document its own id"
            raise BadInput(path="the corpus", why=f"the id {document.id} is doubled", hint=hint)
        seen.add(document.id)


def _assign(
    members: Sequence[Sequence[Document]],
    *,
    seed: int,
    dev: float,
    test: float,
    keep: Mapping[str, str],
) -> list[str]:
    if len(members) < len(PARTS):
        why = f"it holds {len(members)} independent documents or groups of near copies"
        raise BadInput(path="the corpus", why=why, hint="a split needs at least three")
    drawn = [_draw(group, seed) for group in members]
    order = sorted(range(len(members)), key=drawn.__getitem__)
    # No part stays empty: where its share drew nobody, it takes the nearest group.
    first = max(1, sum(number < test for number in drawn))
    second = max(first + 1, sum(number < test + dev for number in drawn))
    second = min(second, len(members) - 1)
    first = min(first, second - 1)
    place = {group: rank for rank, group in enumerate(order)}
    chosen = []
    for index, group in enumerate(members):
        kept = {keep[document.id] for document in group if document.id in keep}
        rank = place[index]
        fresh = "test" if rank < first else "dev" if rank < second else "train"
        chosen.append(fresh if not kept else kept.pop() if len(kept) == 1 else "train")
    return chosen


def _draw(group: Sequence[Document], seed: int) -> float:
    """Draw a number from 0 to 1 that depends on the seed and one member only.

    The member is the one with the lowest hash, so others may join or leave without effect.
    """
    speaker = min(group, key=lambda document: _hash(f"speaker {document.id}"))
    return _hash(f"{seed} {speaker.id}") / 2**64


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _without_shared(parts: dict[str, list[Document]], labels: Sequence[str]) -> list[Document]:
    held = set().union(*(_entities(doc, labels) for doc in parts["dev"] + parts["test"]))
    left_out = [doc for doc in parts["train"] if _entities(doc, labels) & held]
    gone = {document.id for document in left_out}
    parts["train"] = [doc for doc in parts["train"] if doc.id not in gone]
    if not parts["train"]:
        why = f"every training document shares an entity ({', '.join(labels)}) with dev or test"
        raise BadInput(path="the corpus", why=why, hint="split without --disjoint")
    return left_out


def _entities(document: Document, labels: Sequence[str]) -> set[tuple[str, str]]:
    found = {(s.label, document.surface(s)) for s in document.spans if s.label in labels}
    return {entity for entity in found if entity[1] not in TRIVIAL}
