"""The tokenizer ``govner.Tokenizer.v1``: single characters, jieba's words or pkuseg's.

Unlike spaCy's own it can be pickled, keeps its pkuseg model with the pipeline, and never downloads.
"""

import re
import tempfile
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import DummyTokenizer, get_words_and_spaces
from spacy.vocab import Vocab

from ..document.errors import BadModel, MissingExtra

SEGMENTERS = ("char", "jieba", "pkuseg")
_PKUSEG_FILES = ("features.msgpack", "weights.npz")
_PKUSEG_WORDS = "words.txt"
# A character and the one space that spaCy keeps with it, or a stretch of other white space.
_CHARACTERS = re.compile(r"(\S|\s+)( ?)")

Cut = Callable[[str], Iterable[str]]


def make_tokenizer(segmenter: str = "char") -> Callable[[Language], "Tokenizer"]:
    """Return the maker that a config names; raises ``ValueError`` for an unknown segmenter."""
    if segmenter not in SEGMENTERS:
        raise ValueError(f"unknown segmenter {segmenter!r}; choose from {', '.join(SEGMENTERS)}")

    def make(nlp: Language) -> "Tokenizer":
        return Tokenizer(nlp.vocab, segmenter)

    return make


class Tokenizer(DummyTokenizer):
    """Cuts a text into tokens; the text comes back when they are joined."""

    def __init__(self, vocab: Vocab, segmenter: str = "char") -> None:
        self.vocab = vocab
        self.segmenter = segmenter
        self.files: dict[str, bytes] = {}
        self._cut: Cut | None = None

    def __call__(self, text: str) -> Doc:
        """Return the text as a document."""
        if self.segmenter == "char":
            return self._characters(text)
        if self._cut is None:
            self._cut = self._load()
        words, spaces = get_words_and_spaces(list(self._cut(text)), text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _characters(self, text: str) -> Doc:
        """Return what ``get_words_and_spaces`` makes of single characters, in one pass."""
        pairs = _CHARACTERS.findall(text)
        return Doc(self.vocab, words=[w for w, _ in pairs], spaces=[bool(s) for _, s in pairs])

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        pkuseg_model: str | None = None,
        pkuseg_user_dict: str | None = "default",
    ) -> None:
        """Take the pkuseg model from a folder that ``govner segmenter train`` wrote.

        The settings have the names of spaCy's own Chinese tokenizer; ``pkuseg_user_dict`` is a
        file of words, one a line, and "default" is none.
        """
        if self.segmenter == "pkuseg":
            self.files = _read_pkuseg(pkuseg_model, pkuseg_user_dict)
            self._cut = None

    def _load(self) -> Cut:
        return jieba_cut() if self.segmenter == "jieba" else _pkuseg(self.files)

    def __getstate__(self) -> dict[str, Any]:
        # The libraries' own objects hold locks and modules; they are made again when needed.
        return {**self.__dict__, "_cut": None}

    def to_bytes(self, **_: Any) -> bytes:
        """Return the tokenizer with its pkuseg model."""
        data: bytes = srsly.msgpack_dumps({"segmenter": self.segmenter, "files": self.files})
        return data

    def from_bytes(self, data: bytes, **_: Any) -> "Tokenizer":
        """Take over what ``to_bytes`` gave."""
        state = srsly.msgpack_loads(data)
        self.segmenter, self.files, self._cut = state["segmenter"], state["files"], None
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the tokenizer to one file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "Tokenizer":
        """Read what ``to_disk`` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def jieba_cut() -> Cut:
    """Return jieba's cut with a dictionary of its own; raises ``MissingExtra`` without jieba."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's source has invalid escapes
            import jieba
    except ImportError as error:
        raise MissingExtra(what="jieba", extra="jieba") from error
    jieba.setLogLevel("WARNING")
    own = jieba.Tokenizer()  # not the process-wide one, whose words others may change
    cut: Cut = own.lcut
    return cut


def _read_pkuseg(model: str | None, words: str | None) -> dict[str, bytes]:
    if model is None:
        raise BadModel(model="the config's paths.segmenter", why="pkuseg needs a folder there")
    try:
        files = {name: (Path(model) / name).read_bytes() for name in _PKUSEG_FILES}
        if words not in (None, "default"):
            files[_PKUSEG_WORDS] = Path(words).read_bytes()
    except OSError as error:
        why = f"{error.filename} cannot be read: {error.strerror}"
        raise BadModel(model=model, why=why) from error
    return files


def _pkuseg(files: dict[str, bytes]) -> Cut:
    if not files:
        raise BadModel(model="the pkuseg segmenter", why="it has not been initialised")
    try:
        import spacy_pkuseg
    except ImportError as error:
        raise MissingExtra(what="spacy-pkuseg", extra="pkuseg") from error
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        words = str(Path(folder) / _PKUSEG_WORDS) if _PKUSEG_WORDS in files else None
        cut: Cut = spacy_pkuseg.pkuseg(folder, user_dict=words).cut
    return cut
