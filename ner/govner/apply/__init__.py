"""One predictor over many documents."""

from .predictor import Annotator, load_annotator, load_model

__all__ = ["Annotator", "load_annotator", "load_model"]
