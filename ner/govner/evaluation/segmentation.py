"""Which entities a pipeline's tokens can reach at all."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import Document
from ..document.errors import BadConfig, MissingExtra
from .intervals import Measured
from .ledger import ALL, Ledger
from .matching import Bounds, reachable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Tokenize = Callable[[str], Bounds]
Cut = Callable[[str], list[str]]


def token_bounds(doc: Doc) -> Bounds:
    """Return where the tokens of a spaCy document start and end, in code points."""
    return {token.idx for token in doc}, {token.idx + len(token) for token in doc}


def tokens_of(nlp: Language) -> Tokenize:
    """Return the token bounds that a pipeline gives to a text."""
    return lambda text: token_bounds(nlp.make_doc(text))


def ceiling(
    gold: Sequence[Document], bounds: Iterable[Bounds], *, resamples: int = 1000, seed: int = 0
) -> Measured:
    """Score the best that any tagger on some tokens can do, per label and for ``all``.

    It finds every span within reach and nothing else: its recall is the share within reach, its F1
    the best one possible.
    """
    ledger = Ledger(len(gold))
    for place, (document, edges) in enumerate(zip(gold, bounds, strict=True)):
        spans = Counter(name for span in document.spans for name in (span.label, ALL))
        inside = [span for span in document.spans if reachable(span, edges)]
        reached = Counter(name for span in inside for name in (span.label, ALL))
        counts = ((name, (reached[name], spans[name], reached[name])) for name in spans)
        ledger.enter(place, {(name,): row for name, row in counts})
    return Measured.of(ledger, resamples=resamples, seed=seed)


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
