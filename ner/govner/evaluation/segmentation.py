"""Which entities a pipeline's tokens can reach at all."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import Document
from ..document.errors import BadConfig, MissingExtra
from .matching import Bounds, reachable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Tokenize = Callable[[str], Bounds]
Cut = Callable[[str], list[str]]
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
    """Return the words of ``char``, ``jieba``, or ``pkuseg:FOLDER`` with a model in that folder.

    Raises ``MissingExtra`` where the library is not installed and ``BadConfig`` for another name.
    """
    kind, _, model = name.partition(":")
    if kind not in {"char", "jieba", "pkuseg"} or (kind == "pkuseg") != bool(model):
        hint = "use char, jieba, or pkuseg:FOLDER with a local model"
        raise BadConfig(path=name, why="this is no segmenter", hint=hint)
    try:
        cut = list if kind == "char" else _jieba() if kind == "jieba" else _pkuseg(model)
    except ImportError as error:
        raise MissingExtra(what=kind, extra=kind) from error
    except OSError as error:
        hint = "give the folder that `govner segmenter train` wrote"
        raise BadConfig(path=name, why="it holds no pkuseg model", hint=hint) from error
    return lambda text: word_bounds(cut(text), text)


def word_bounds(words: Iterable[str], text: str) -> Bounds:
    """Return where words start and end; white space between them may be missing."""
    starts, ends = set(), set()
    position = 0
    for word in words:
        position = text.index(word, position)
        starts.add(position)
        position += len(word)
        ends.add(position)
    return starts, ends


def _jieba() -> Cut:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has escapes that newer Pythons warn of
        import jieba
    jieba.setLogLevel(logging.WARNING)
    cut: Cut = jieba.lcut
    return cut


def _pkuseg(model: str) -> Cut:
    import spacy_pkuseg

    if not Path(model, "weights.npz").is_file():
        raise FileNotFoundError(model)  # a name instead of a folder would be downloaded
    cut: Cut = spacy_pkuseg.pkuseg(model, user_dict=None).cut
    return cut
