"""The network ``govner.Transformer.v1``: a BERT over characters, from a local path or a hub name.

It takes the place of embedding and encoder. It needs PyTorch and transformers, which the other
recipes do not: nothing here is imported by them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import srsly
from spacy.tokens import Doc
from thinc.api import Model, Optimizer
from thinc.shims import Shim
from thinc.types import Floats2d

from ..document.errors import BadConfig
from .sample import piece_of

Docs = list[Doc]
Backward = Callable[[list[Floats2d]], Docs]

_BEGIN, _END, _UNKNOWN, _PADDING = "[CLS]", "[SEP]", "[UNK]", "[PAD]"


def build_transformer(name: str, rate: float = 0.02) -> Model[Docs, list[Floats2d]]:
    """Build the network; ``name`` is a folder or a hub name of a BERT whose tokens are characters.

    It is read when the network is initialised; a trained model keeps weights and vocabulary. It
    learns by AdamW at ``rate`` times the optimizer's learning rate. Raises ``BadConfig`` without
    PyTorch or transformers.
    """
    _libraries()
    return Model(
        "transformer",
        _forward,
        init=_init,
        dims={"nO": None},
        shims=[TransformerShim(name, rate=rate)],
    )


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        why = f"{error.name or 'transformers'} is not installed"
        hint = "run: pip install 'govner[transformer]'"
        raise BadConfig(path="govner.Transformer.v1", why=why, hint=hint) from error
    return torch, transformers


class TransformerShim(Shim):
    """A transformer with its vocabulary: rows for characters, a gradient back, bytes and back."""

    def __init__(self, name: str, *, rate: float) -> None:
        super().__init__(None)
        self.name = name
        self.rate = rate
        self.vocabulary: dict[str, int] = {}

    def load(self) -> None:
        """Read the pretrained weights and the vocabulary; raises ``BadConfig``."""
        _, transformers = _libraries()
        try:
            module = transformers.AutoModel.from_pretrained(self.name, add_pooling_layer=False)
            self.vocabulary = _read_vocabulary(self.name, transformers)
        except (OSError, ValueError) as error:
            why = str(error).splitlines()[0]
            hint = "give --paths.transformer a folder with config.json, weights and vocab.txt"
            raise BadConfig(path=self.name, why=why, hint=hint) from error
        self._place(module)

    def _place(self, module: Any) -> None:
        torch, _ = _libraries()
        self._model = module.to("cuda" if torch.cuda.is_available() else "cpu")
        self._optimizer = None

    @property
    def width(self) -> int:
        """How many numbers a row has."""
        return int(self._model.config.hidden_size)

    @property
    def window(self) -> int:
        """How many characters it reads at once."""
        return int(self._model.config.max_position_embeddings) - 2

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the characters, between those of begin and end."""
        unknown = self.vocabulary[_UNKNOWN]
        known = (self.vocabulary.get(c, self.vocabulary.get(c.lower(), unknown)) for c in text)
        return [self.vocabulary[_BEGIN], *known, self.vocabulary[_END]]

    def run(self, texts: Sequence[str], *, is_train: bool) -> tuple[Any, Any]:
        """Return the rows of texts that fit the window, and the tensor that they come from."""
        torch, _ = _libraries()
        ids = [self.encode(text) for text in texts]
        batch = np.full((len(ids), max(map(len, ids))), self.vocabulary[_PADDING], dtype=np.int64)
        for place, row in enumerate(ids):
            batch[place, : len(row)] = row
        mask = np.arange(batch.shape[1]) < np.array([[len(row)] for row in ids])
        self._model.train(is_train)
        device = next(self._model.parameters()).device
        with torch.set_grad_enabled(is_train):
            given = {
                "input_ids": torch.from_numpy(batch).to(device),
                "attention_mask": torch.from_numpy(mask.astype(np.int64)).to(device),
            }
            hidden = self._model(**given).last_hidden_state
        inside = mask.copy()
        inside[:, 0] = False
        inside[np.arange(len(ids)), [len(row) - 1 for row in ids]] = False
        rows = hidden[torch.from_numpy(inside).to(device)]
        return rows.detach().cpu().numpy().astype(np.float32), rows

    def finish_update(self, optimizer: Optimizer) -> None:
        """Move the weights against their gradient, and forget it."""
        torch, _ = _libraries()
        if self._optimizer is None:
            self._optimizer = torch.optim.AdamW(self._model.parameters())
        for group in self._optimizer.param_groups:
            group["lr"] = self.rate * optimizer.learn_rate
        if optimizer.grad_clip:
            torch.nn.utils.clip_grad_norm_(self._model.parameters(), optimizer.grad_clip)
        self._optimizer.step()
        self._optimizer.zero_grad()

    def to_device(self, device_type: str, device_id: int) -> None:
        """Stay where PyTorch put it."""

    def to_bytes(self) -> bytes:
        """Return configuration, vocabulary and weights."""
        torch, _ = _libraries()
        if self._model is None:
            return b""
        weights = io.BytesIO()
        torch.save(self._model.state_dict(), weights)
        config = self._model.config.to_json_string(use_diff=False)
        data: bytes = srsly.msgpack_dumps([config, self.vocabulary, weights.getvalue()])
        return data

    def from_bytes(self, data: bytes) -> TransformerShim:
        """Make the transformer again from its bytes; nothing else is read."""
        if not data:
            return self
        torch, transformers = _libraries()
        config, self.vocabulary, weights = srsly.msgpack_loads(data)
        settings = srsly.json_loads(config)
        config = transformers.AutoConfig.for_model(settings.pop("model_type"), **settings)
        module = transformers.AutoModel.from_config(config, add_pooling_layer=False)
        module.load_state_dict(torch.load(io.BytesIO(weights), map_location="cpu"))
        self._place(module)
        return self


def _read_vocabulary(name: str, transformers: Any) -> dict[str, int]:
    path = Path(name) / "vocab.txt"
    if path.is_file():
        words = path.read_text("utf-8").split("\n")
        known = {word: number for number, word in enumerate(words) if word}
    else:
        known = dict(transformers.AutoTokenizer.from_pretrained(name).get_vocab())
    for needed in (_BEGIN, _END, _UNKNOWN, _PADDING):
        if needed not in known:
            raise ValueError(f"its vocabulary has no {needed}")
    return known


def _init(model: Model[Docs, list[Floats2d]], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    shim = cast(TransformerShim, model.shims[0])
    if shim._model is None:
        shim.load()
    if model.has_dim("nO") is None:
        model.set_dim("nO", shim.width)


def _forward(
    model: Model[Docs, list[Floats2d]], docs: Docs, is_train: bool
) -> tuple[list[Floats2d], Backward]:
    shim = cast(TransformerShim, model.shims[0])
    texts = [piece_of(doc).text for doc in docs]
    # A piece longer than the window is read in stretches, each by itself.
    parts = [t[i : i + shim.window] for t in texts for i in range(0, len(t), shim.window)]
    rows, tensor = shim.run(parts, is_train=is_train)

    def backward(gradients: list[Floats2d]) -> Docs:
        torch, _ = _libraries()
        flat = np.concatenate(cast(Any, gradients), axis=0)
        tensor.backward(torch.from_numpy(flat).to(tensor.device))
        return []

    return model.ops.unflatten(rows, model.ops.asarray1i([len(t) for t in texts])), backward
