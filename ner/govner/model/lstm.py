"""A bidirectional LSTM in numpy: both directions and all sequences of a batch step by step.

Hochreiter and Schmidhuber, 1997, with forget gates. There is no padding: rows are packed (see
``packing``), so that a step computes just the sequences that are still going on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d

from .packing import Packing

Rows = list[Floats2d]
Backward = Callable[[Rows], Rows]

_PARAMS = ("input", "recurrent", "bias")


def build_bilstm_encoder(
    width: int = 192, depth: int = 1, dropout: float = 0.3
) -> Model[Rows, Rows]:
    """Build an encoder whose output rows are ``width`` wide, half of it for each direction.

    ``dropout`` applies to the rows that each layer gives, while training.
    """
    from thinc.api import chain

    layers: list[Model[Rows, Rows]] = [_build_layer(width, dropout) for _ in range(depth)]
    encoder = layers[0] if depth == 1 else cast(Model[Rows, Rows], chain(*layers))
    if encoder.has_dim("nO") is None:
        encoder.set_dim("nO", width)
    return encoder


def _build_layer(width: int, dropout: float) -> Model[Rows, Rows]:
    if width % 2:
        raise ValueError(f"a bidirectional LSTM needs an even width, not {width}")
    return Model(
        "bilstm",
        _forward,
        init=_init,
        params=dict.fromkeys(_PARAMS),
        dims={"nO": width, "nI": None},
        attrs={"dropout": dropout},
    )


def _init(model: Model[Rows, Rows], X: Rows | None = None, Y: Any = None) -> None:  # noqa: N803
    if X is not None and model.has_dim("nI") is None:
        model.set_dim("nI", X[0].shape[1])
    size, inputs = model.get_dim("nO") // 2, model.get_dim("nI")
    draw = model.ops.xp.random.uniform
    bound = (6.0 / (inputs + size)) ** 0.5
    recurrent: Any = np.stack([_orthogonal(size) for _ in range(8)]).reshape(2, 4, size, size)
    bias: Any = np.zeros((2, 4 * size), dtype="float32")
    bias[:, size : 2 * size] = 1.0  # forget gates begin open
    weights: Any = draw(-bound, bound, (2, inputs, 4 * size)).astype("float32")
    model.set_param("input", weights)
    recurrent = recurrent.transpose(0, 2, 1, 3).reshape(2, size, 4 * size)
    recurrent = np.ascontiguousarray(recurrent, dtype="float32")
    model.set_param("recurrent", recurrent)
    model.set_param("bias", bias)


def _orthogonal(size: int) -> Any:
    return np.linalg.qr(np.random.normal(size=(size, size)))[0]


@dataclass
class _Trace:
    """What the way back needs, of shape (directions, packed rows, …)."""

    gates: Any  # input, forget, output gate and candidate, activated
    cells: Any
    squashed: Any  # tanh of the cells
    hidden: Any

    def before(self, packing: Packing) -> Any:
        """Return the hidden rows one step earlier, zeros before the first."""
        rows = np.zeros_like(self.hidden)
        first = packing.steps[0][1]
        rows[:, first:] = self.hidden[:, packing.before]
        return rows


def _forward(model: Model[Rows, Rows], X: Rows, is_train: bool) -> tuple[Rows, Backward]:  # noqa: N803
    lengths = [len(rows) for rows in X]
    packing = Packing.of(lengths)
    order = np.stack([packing.rows, packing.reversed_rows])
    flat = np.concatenate(cast(Any, X), axis=0)
    weights, recurrent, bias = (cast(Any, model.get_param(name)) for name in _PARAMS)
    inputs = flat @ np.concatenate(list(weights), axis=1)
    size = recurrent.shape[1]
    gates = np.stack([inputs[order[0], : 4 * size], inputs[order[1], 4 * size :]])
    gates += bias[:, None]
    trace = _run(gates, recurrent, packing, size)
    output: Any = np.empty((len(flat), 2 * size), dtype="float32")
    output[order[0], :size], output[order[1], size:] = trace.hidden
    mask = model.ops.get_dropout_mask(output.shape, model.attrs["dropout"]) if is_train else None
    if mask is not None:
        output *= mask

    def backward(gradients: Rows) -> Rows:
        rows = np.concatenate(cast(Any, gradients), axis=0)
        rows = rows * mask if mask is not None else rows
        d_hidden = np.stack([rows[order[0], :size], rows[order[1], size:]])
        d_gates = _run_back(d_hidden, trace, recurrent, packing, size)
        joined = np.empty((len(flat), 8 * size), dtype="float32")
        joined[order[0], : 4 * size], joined[order[1], 4 * size :] = d_gates
        d_weights = flat.T @ joined
        model.inc_grad("input", cast(Any, np.stack(np.split(d_weights, 2, axis=1))))
        model.inc_grad("recurrent", np.matmul(trace.before(packing).transpose(0, 2, 1), d_gates))
        model.inc_grad("bias", d_gates.sum(axis=1))
        d_flat: Any = joined @ np.concatenate(list(weights), axis=1).T
        return model.ops.unflatten(d_flat, model.ops.asarray1i(lengths))

    return model.ops.unflatten(output, model.ops.asarray1i(lengths)), backward


def _run(gates: Any, recurrent: Any, packing: Packing, size: int) -> _Trace:
    cells = np.empty((2, gates.shape[1], size), dtype="float32")
    hidden, squashed = np.empty_like(cells), np.empty_like(cells)
    past = 0
    for step, (begin, end) in enumerate(packing.steps):
        count = end - begin
        z = gates[:, begin:end]
        if step:
            z += np.matmul(hidden[:, past : past + count], recurrent)
        # A sigmoid is half a tanh: one call for all four gates.
        z[..., : 3 * size] *= 0.5
        np.tanh(z, out=z)
        z[..., : 3 * size] += 1.0
        z[..., : 3 * size] *= 0.5
        cell = z[..., :size] * z[..., 3 * size :]
        if step:
            cell += z[..., size : 2 * size] * cells[:, past : past + count]
        cells[:, begin:end] = cell
        np.tanh(cell, out=squashed[:, begin:end])
        np.multiply(z[..., 2 * size : 3 * size], squashed[:, begin:end], out=hidden[:, begin:end])
        past = begin
    return _Trace(gates, cells, squashed, hidden)


def _run_back(d_hidden: Any, trace: _Trace, recurrent: Any, packing: Packing, size: int) -> Any:
    gate, forget, out, fresh = np.split(trace.gates, 4, axis=2)
    # What does not depend on the steps behind is computed for all rows at once.
    by_hidden = trace.squashed * out * (1.0 - out)
    by_cell = np.concatenate([fresh * gate * (1.0 - gate), gate * (1.0 - fresh * fresh)], axis=2)
    cell_by_hidden = out * (1.0 - trace.squashed * trace.squashed)
    by_forget = forget * (1.0 - forget)
    d_gates, d_cells = np.empty_like(trace.gates), np.zeros_like(trace.cells)
    back = np.ascontiguousarray(recurrent.transpose(0, 2, 1))
    steps = packing.steps
    for step in range(len(steps) - 1, -1, -1):
        begin, end = steps[step]
        now = slice(begin, end)
        d_c = d_cells[:, now]
        d_c += d_hidden[:, now] * cell_by_hidden[:, now]
        z = d_gates[:, now]
        np.multiply(d_c, by_cell[:, now, :size], out=z[..., :size])
        np.multiply(d_hidden[:, now], by_hidden[:, now], out=z[..., 2 * size : 3 * size])
        np.multiply(d_c, by_cell[:, now, size:], out=z[..., 3 * size :])
        if step:
            past = slice(steps[step - 1][0], steps[step - 1][0] + end - begin)
            z[..., size : 2 * size] = d_c * trace.cells[:, past] * by_forget[:, now]
            d_cells[:, past] += d_c * forget[:, now]
            d_hidden[:, past] += np.matmul(z, back)
        else:
            z[..., size : 2 * size] = 0.0
    return d_gates
