"""The network: any tok2vec over characters, scores of tags, and the transitions between them."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from thinc.api import Linear, Model, chain, list2array, zero_init
from thinc.types import Floats2d

from .committee import members_of
from .crf import Potentials, crf_loss
from .packing import Packing
from .table import KeyTable
from .tags import Bools, Tags

Docs = list[Doc]
Backward = Callable[[Floats2d], Docs]

_MOVES = ("moves", "start", "end")


def build_crf_ner(
    tok2vec: Model[Docs, list[Floats2d]],
    nO: int | None = None,  # noqa: N803 - spaCy's name
    wide: Model[Docs, Floats2d] | None = None,
) -> Model[Docs, Floats2d]:
    """Build the network that scores tags for documents of single characters.

    Its output has a row a character, the documents one after another, and ``nO`` tags; the node
    ``crf`` holds the scores of the transitions. What ``wide`` scores is added to the output.
    """
    output = Linear(nO=nO, init_W=zero_init)
    scores: Model[Docs, Floats2d] = chain(cast(Any, tok2vec), list2array(), output)
    crf: Model[Any, Any] = Model(
        "crf",
        _pass,
        dims={"nO": nO},
        params=dict.fromkeys(_MOVES),
        init=_init_crf,
    )
    return Model(
        "crf_ner",
        _forward,
        init=_init,
        layers=[scores, crf, *([wide] if wide else [])],
        refs={"tok2vec": tok2vec, "output": output, "crf": crf, "wide": wide},
        dims={"nO": nO},
    )


def set_tags(model: Model[Docs, Floats2d], tags: Tags) -> None:
    """Give the network its number of tags, before it is initialised."""
    for member in members_of(model):
        parts = [member.maybe_get_ref(name) for name in ("output", "crf", "wide")]
        for node in (model, member, *parts):
            if node is not None and node.has_dim("nO") is None:
                node.set_dim("nO", len(tags))


def learn_keys(model: Model[Docs, Floats2d], docs: Callable[[], Iterable[Doc]]) -> None:
    """Let the tables of the network take their keys from all documents of single characters."""
    for node in _keyed(model):
        node.initialize(X=cast(Any, docs()))


def has_tables(model: Model[Docs, Floats2d]) -> bool:
    """Return whether the network has tables that take their keys from documents."""
    return bool(_keyed(model))


def _keyed(model: Model[Docs, Floats2d]) -> list[Model[Any, Any]]:
    return [node for node in model.walk() if any(isinstance(shim, KeyTable) for shim in node.shims)]


def reads_pieces(model: Model[Docs, Floats2d]) -> bool:
    """Return whether the network reads pieces as they are, with no document made of each."""
    networks = [member.get_ref("tok2vec") for member in members_of(model)]
    first = [network.maybe_get_ref("embed") or network for network in networks]
    return all(node.attrs.get("pieces", False) for node in first)


def potentials(model: Model[Docs, Floats2d], tags: Tags) -> Potentials:
    """Return the transitions that the network has learned, within what the tags allow.

    Those of a committee are the means of its members'.
    """
    learned = [member.get_ref("crf") for member in members_of(model)]
    moves, start, end = (
        np.mean([cast(Any, crf.get_param(name)) for crf in learned], axis=0) for name in _MOVES
    )
    return Potentials.of(tags, moves, start, end)


def teach(model: Model[Docs, Floats2d], docs: Docs, agreeing: Bools, tags: Tags) -> float:
    """Add to the gradients of a network and return its mean loss a document.

    ``agreeing`` marks the tags that agree with what is known, the documents one after another.
    """
    packing = Packing.of([len(doc) for doc in docs])
    scores, backprop = model.begin_update(docs)
    rows, moves = np.asarray(scores)[packing.rows], potentials(model, tags)
    loss, gradient = crf_loss(rows, agreeing[packing.rows], moves, packing)
    scale = 1.0 / len(docs)
    crf = model.get_ref("crf")
    for name in _MOVES:
        crf.inc_grad(name, (getattr(gradient, name) * scale).astype("float32"))
    emissions = gradient.emissions[packing.unpack_order()] * scale
    backprop(cast(Floats2d, emissions.astype("float32")))
    return loss * scale


def _forward(model: Model[Docs, Floats2d], docs: Docs, is_train: bool) -> tuple[Floats2d, Backward]:
    scores, backward = cast(tuple[Floats2d, Backward], model.layers[0](docs, is_train))
    wide = model.maybe_get_ref("wide")
    if wide is None:
        return scores, backward
    more, backward_wide = wide(docs, is_train)

    def both(gradient: Floats2d) -> Docs:
        backward_wide(gradient)
        return backward(gradient)

    return cast(Floats2d, scores + more), both


def _init(model: Model[Docs, Floats2d], X: Docs | None = None, Y: Any = None) -> None:  # noqa: N803
    model.layers[0].initialize(X=X)
    model.layers[1].initialize()
    wide = model.maybe_get_ref("wide")
    if wide is not None:
        wide.initialize(X=X)


def _pass(model: Model[Any, Any], X: Any, is_train: bool) -> tuple[Any, Any]:  # noqa: N803
    return X, lambda gradient: gradient


def _init_crf(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    size = model.get_dim("nO")
    model.set_param("moves", model.ops.alloc2f(size, size))
    model.set_param("start", model.ops.alloc1f(size))
    model.set_param("end", model.ops.alloc1f(size))
