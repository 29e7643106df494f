"""Matching, scores, intervals and the report page."""

from .evaluate import Evaluation, evaluate, to_record
from .matching import Match, match, semeval
from .scores import Score, SemEval
from .segmentation import segmenter, token_bounds, tokens_of

__all__ = [
    "Evaluation",
    "Match",
    "Score",
    "SemEval",
    "evaluate",
    "match",
    "segmenter",
    "semeval",
    "to_record",
    "token_bounds",
    "tokens_of",
]
