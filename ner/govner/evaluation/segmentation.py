"""Which entities a pipeline's tokens can reach at all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from ..document import Document
from ..document.errors import BadConfig, MissingExtra
from .matching import Bounds, reachable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Tokenize = Callable[[str], Bounds]
Ceiling = dict[str, tuple[int, int]]
"""Per label, and under ``all``: gold spans within reach, and all gold spans."""


def token_bounds(doc: Doc) -> Bounds:
    """Return where the tokens of a spaCy document start and end, in code points."""
    return {token.idx for token in doc}, {token.idx + len(token) for token in doc}


def tokens_of(nlp: Language) -> Tokenize:
    """Return the token bounds that a pipeline gives to a text."""
    return lambda text: token_bounds(nlp.make_doc(text))


def ceiling(gold: Iterable[Document], bounds: Iterable[Bounds]) -> Ceiling:
    """Count the gold spans that tokens reach: the most that any tagger on them can find."""
    within: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document, edges in zip(gold, bounds, strict=True):
        for span in document.spans:
            for name in (span.label, "all"):
                total[name] += 1
                within[name] += reachable(span, edges)
    return {name: (within[name], total[name]) for name in sorted(total)}


def segmenter(name: str) -> Tokenize:
    """Return the tokens of ``char``, ``jieba``, or ``pkuseg:FOLDER`` with a model in that folder.

    Raises ``MissingExtra`` where the library is not installed and ``BadConfig`` for another name.
    """
    import spacy

    kind, _, model = name.partition(":")
    if kind not in {"char", "jieba", "pkuseg"} or (kind == "pkuseg") != bool(model):
        hint = "use char, jieba, or pkuseg:FOLDER with a local model"
        raise BadConfig(path=name, why="this is no segmenter", hint=hint)
    try:
        logging.getLogger("jieba").setLevel(logging.WARNING)
        nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": kind}}})
        if kind == "pkuseg":
            cast(Any, nlp.tokenizer).initialize(pkuseg_model=model, pkuseg_user_dict="")
    except ImportError as error:
        raise MissingExtra(what=kind, extra=kind) from error
    return tokens_of(nlp)
