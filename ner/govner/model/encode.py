"""Encoders: what stands around a character, mixed into its row."""

from typing import Any, cast

from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Maxout, Model, chain, with_array
from thinc.types import Floats2d

Rows = list[Floats2d]


def build_cnn_encoder(
    width: int = 96, depth: int = 3, window_size: int = 1, maxout_pieces: int = 3
) -> Model[Rows, Rows]:
    """Build a convolutional encoder; a row sees ``depth * window_size`` rows to each side."""
    mix = Maxout(nO=width, nP=maxout_pieces, normalize=True)
    mixed: Model[Rows, Rows] = with_array(cast(Any, mix))
    encoder: Model[Rows, Rows] = chain(
        mixed, MaxoutWindowEncoder(width, window_size, maxout_pieces, depth)
    )
    encoder.set_dim("nO", width)
    return encoder
