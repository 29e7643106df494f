"""Word borders from jieba as knowledge for the network; characters stay the tokens."""

from __future__ import annotations

from functools import cache

from .sample import Advice, Adviser
from .tokenizer import Cut, jieba_cut


def make_word_hints() -> Adviser:
    """Return an adviser that gives jieba's words, for an embedding with ``lexicon = true``.

    Raises ``MissingExtra`` without jieba.
    """
    _cut()
    return ask_jieba


def ask_jieba(text: str) -> Advice:
    """Return the words that jieba cuts a text into; white space is none."""
    words = []
    start = 0
    for word in _cut()(text):
        end = start + len(word)
        if not word.isspace():
            words.append((start, end, 1))
        start = end
    return Advice(words=words)


@cache
def _cut() -> Cut:
    return jieba_cut()
