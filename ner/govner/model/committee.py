"""The network ``govner.Committee.v1``: several networks of one kind that learn apart and vote.

They see the same batches, begin with other random numbers and withhold other values while training.
What they score is averaged, emissions and transitions alike, so that one CRF decides: a product of
experts (Hinton, 2002).
"""

from collections.abc import Callable
from typing import Any, cast

from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

Docs = list[Doc]
Backward = Callable[[Floats2d], Docs]
Network = Model[Docs, Floats2d]

_NAME = "committee"


def build_committee(member: Network, size: int = 3) -> Network:
    """Build ``size`` networks like ``member``, a ``CrfNer``; training takes as many times longer.

    Raises ``ValueError`` for fewer than one.
    """
    if size < 1:
        raise ValueError(f"a committee has one member or more, not {size}")
    members = [member, *(_twin(member) for _ in range(size - 1))]
    dims = {"nO": member.get_dim("nO") if member.has_dim("nO") else None}
    return Model(_NAME, _forward, init=_init, layers=members, dims=dims)


def members_of(model: Network) -> list[Network]:
    """Return the networks that learn apart: those of a committee, else the model alone."""
    return cast(list[Network], model.layers) if model.name == _NAME else [model]


def _twin(model: Network) -> Network:
    """Return a copy before its initialisation, with references to its own nodes."""
    twin = model.copy()
    nodes = list(zip(model.walk(), twin.walk(), strict=True))
    twins = {id(node): other for node, other in nodes}
    for node, other in nodes:
        for name in node.ref_names:
            target = node.maybe_get_ref(name)
            other.set_ref(name, None if target is None else twins[id(target)])
    return twin


def _forward(model: Network, docs: Docs, is_train: bool) -> tuple[Floats2d, Backward]:
    size = len(model.layers)
    votes = [member(docs, is_train) for member in members_of(model)]
    scores: Any = sum(cast(Any, score) for score, _ in votes) / size

    def backward(gradient: Floats2d) -> Docs:
        for _, back in votes:
            back(cast(Floats2d, gradient / size))
        return []

    return scores, backward


def _init(model: Network, X: Docs | None = None, Y: Any = None) -> None:  # noqa: N803
    for member in members_of(model):
        member.initialize(X=X)
