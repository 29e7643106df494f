"""The scores ``govner.WideScores.v1``: a linear model over n-grams beside the network.

Each n-gram at its place has a weight for every tag, as in a plain conditional random field; the
network learns what these cannot say. Cheng et al., 2016 (Wide & Deep).
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from .features import read_templates
from .sample import piece_of
from .table import KeyTable, count_keys

Docs = list[Doc]
Backward = Callable[[Floats2d], Docs]


def build_wide_scores(
    nO: int | None = None,  # noqa: N803 - spaCy's name
    least: int = 1,
    dropout: float = 0.2,
    rate: float = 25.0,
) -> Model[Docs, Floats2d]:
    """Build the scores of the tags from n-grams that came ``least`` times or more in training.

    A share ``dropout`` of them is withheld while training; they learn by Adagrad, at ``rate`` times
    the optimizer's learning rate.
    """
    return Model(
        "wide_scores",
        _forward,
        init=_init,
        dims={"nO": nO},
        shims=[KeyTable(nO or 0, rule="adagrad", rate=rate)],
        attrs={"least": least, "dropout": dropout},
    )


def _init(model: Model[Docs, Floats2d], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    table = cast(KeyTable, model.shims[0])
    if X is None or len(table.keys):
        return
    table.width = model.get_dim("nO")
    table.fill(count_keys(_read_keys(X), least=model.attrs["least"]))


def _read_keys(docs: Iterable[Doc]) -> Iterable[Any]:
    stream = iter(docs)
    while batch := list(islice(stream, 1000)):
        yield read_templates([piece_of(doc) for doc in batch])


def _forward(model: Model[Docs, Floats2d], docs: Docs, is_train: bool) -> tuple[Floats2d, Backward]:
    table = cast(KeyTable, model.shims[0])
    numbers = table.find(read_templates([piece_of(doc) for doc in docs]))
    scale = np.float32(1.0)
    if is_train and model.attrs["dropout"]:
        numbers[np.random.random(numbers.shape) < model.attrs["dropout"]] = 0
        scale = np.float32(1.0 / (1.0 - model.attrs["dropout"]))
    scores = table.rows[numbers[:, 0]]
    for column in range(1, numbers.shape[1]):
        scores += table.rows[numbers[:, column]]
    scores *= scale

    def backward(gradient: Floats2d) -> Docs:
        rows = np.repeat(np.asarray(gradient) * scale, numbers.shape[1], axis=0)
        table.learn(numbers.ravel(), rows)
        return []

    return cast(Floats2d, scores), backward
