"""What is known of each character, as columns of integer keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .sample import Piece

Keys = npt.NDArray[np.uint64]

_SHIFT = np.uint64(21)  # a code point has at most 21 bits
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_KINDS = {"Nd": 2, "Lu": 3, "Ll": 3, "Zs": 5, "Cc": 5}


class Reading:
    """The characters of some pieces, one piece after another, with their neighbours.

    Beyond the borders of a piece stands 0.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        text = "\0\0" + "\0\0".join(piece.text for piece in pieces) + "\0\0"
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._points = points.astype(np.uint64)
        lengths = np.array([len(piece.text) for piece in pieces], dtype=np.int64)
        self._places = np.arange(lengths.sum()) + np.repeat(
            2 * np.arange(1, len(pieces) + 1), lengths
        )

    def __len__(self) -> int:
        return len(self._places)

    def character(self, shift: int = 0) -> Keys:
        """Return the code point ``shift`` characters further on."""
        places = self._places + shift
        if shift > 2:  # beyond the last border; 0 stands there, too
            places = np.minimum(places, len(self._points) - 1)
        points: Keys = self._points[places]
        return points

    def ngram(self, first: int, last: int) -> Keys:
        """Return one key for the characters from ``first`` to ``last``, counted from each."""
        key = self.character(first)
        for shift in range(first + 1, last + 1):
            key = (key << _SHIFT) ^ self.character(shift)
        return key

    def kinds(self, first: int, last: int) -> Keys:
        """Return one key for the kinds of the characters from ``first`` to ``last``."""
        kinds = _kinds()[np.minimum(self._points, 0xFFFF).astype(np.int64)]
        key: Keys = kinds[self._places + first]
        for shift in range(first + 1, last + 1):
            key = key * np.uint64(8) + kinds[self._places + shift]
        return key

    def gather(self, column: str) -> Keys:
        """Return what the pieces know of their characters, under the name of the column."""
        parts = [getattr(piece, column) for piece in self.pieces]
        return np.concatenate(parts).astype(np.uint64)


def kind(character: str) -> int:
    """Return the kind of a character: Han 1, digit 2, Latin 3, mark 4, space 5, numeral 6."""
    if character in _NUMERALS:
        return 6
    category = unicodedata.category(character)
    if category == "Lo":
        return 1
    return _KINDS.get(category, 4 if category[0] in "PS" else 0)


@cache
def _kinds() -> Keys:
    return np.array([kind(chr(point)) for point in range(0x10000)], dtype=np.uint64)


def _word(reading: Reading) -> Keys:
    return reading.gather("starts") + np.uint64(2) * reading.gather("ends")


COLUMNS: dict[str, Callable[[Reading], Keys]] = {
    "character": Reading.character,
    "bigram_left": lambda reading: reading.ngram(-1, 0),
    "bigram_right": lambda reading: reading.ngram(0, 1),
    "trigram": lambda reading: reading.ngram(-1, 1),
    "kind": lambda reading: reading.kinds(0, 0),
    "word": _word,
    "lexicon": lambda reading: reading.gather("kinds"),
    "hint": lambda reading: reading.gather("hints"),
}


def read_columns(pieces: Sequence[Piece], names: Iterable[str]) -> list[Keys]:
    """Return the named columns, a key a character, the pieces one after another."""
    reading = Reading(pieces)
    return [COLUMNS[name](reading) for name in names]


def read_templates(pieces: Sequence[Piece]) -> Keys:
    """Return the keys of the templates of a linear model, of shape (characters, templates).

    They are the characters, bigrams and trigrams within two characters of each, with their place,
    and the kinds of the three and of the five characters around it.
    """
    reading = Reading(pieces)
    windows = [(first, first + size) for size in range(3) for first in range(-2, 3 - size)]
    columns = [reading.ngram(first, last) for first, last in windows]
    columns += [reading.kinds(-1, 1), reading.kinds(-2, 2)]
    return np.stack([mix(keys, seed) for seed, keys in enumerate(columns)], axis=1)


def mix(keys: Keys, seed: int) -> Keys:
    """Scatter keys over all 64 bits; the mixer is splitmix64 (Steele et al., 2014)."""
    mixed = keys + np.uint64((0x9E3779B97F4A7C15 * (seed + 1)) % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def word_keys(reading: Reading, longest: int) -> list[Keys]:
    """Return a key for the word of each length, from 1 on, that begins at each character."""
    keys = [mix(reading.character(), 0)]
    for shift in range(1, longest):
        keys.append(mix(keys[-1] ^ reading.character(shift), shift))
    return keys


def key_of_word(word: str) -> int:
    """Return the key that ``word_keys`` gives a word."""
    key = np.zeros(1, dtype=np.uint64)
    for place, character in enumerate(word):
        key = mix(key ^ np.uint64(ord(character)), place)
    return int(key[0])


def bucket(keys: Keys, rows: int, seed: int) -> npt.NDArray[Any]:
    """Hash keys into ``rows`` buckets."""
    return (mix(keys, seed) % np.uint64(rows)).astype(np.int64)
