"""One predictor over many documents: in this process, in several, or on a cluster."""

from .in_order import annotate_in_order
from .predictor import Annotator, Predictor, load_annotator, load_model
from .run import Report, annotate_folder

__all__ = [
    "Annotator",
    "Predictor",
    "Report",
    "annotate_folder",
    "annotate_in_order",
    "load_annotator",
    "load_model",
]
