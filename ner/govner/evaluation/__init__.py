"""Matching, scores, intervals and the report page."""

from .evaluate import Evaluation, evaluate
from .matching import Match, match, semeval
from .record import to_record
from .report import report_page
from .scores import Score, SemEval
from .segmentation import segmenter, token_bounds, tokens_of

__all__ = [
    "Evaluation",
    "Match",
    "Score",
    "SemEval",
    "evaluate",
    "match",
    "report_page",
    "segmenter",
    "semeval",
    "to_record",
    "token_bounds",
    "tokens_of",
]
