"""The network: any tok2vec over characters, scores of tags, and the transitions between them."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from spacy.tokens import Doc
from thinc.api import Linear, Model, chain, list2array, zero_init
from thinc.types import Floats2d

from .crf import Gradient, Potentials
from .table import KeyTable
from .tags import Tags

Docs = list[Doc]
Backward = Callable[[Floats2d], Docs]


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
        params={"moves": None, "start": None, "end": None},
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
    for node in (model, *(model.maybe_get_ref(name) for name in ("output", "crf", "wide"))):
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


def potentials(model: Model[Docs, Floats2d], tags: Tags) -> Potentials:
    """Return the transitions that the network has learned, within what the tags allow."""
    crf = model.get_ref("crf")
    return Potentials.of(tags, crf.get_param("moves"), crf.get_param("start"), crf.get_param("end"))


def learn_transitions(model: Model[Docs, Floats2d], gradient: Gradient, scale: float) -> None:
    """Add to the gradient of the transitions."""
    crf = model.get_ref("crf")
    for name in ("moves", "start", "end"):
        crf.inc_grad(name, (getattr(gradient, name) * scale).astype("float32"))


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
