"""The tokens of a document as the grammar looks at them: beyond the edges stands a line end."""

from __future__ import annotations

from .lattice import Token


class View:
    """A text and its tokens, asked for by index."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens

    def word(self, index: int) -> str:
        """Return the characters of a token."""
        if not 0 <= index < len(self.tokens):
            return "\n"
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def kind(self, index: int) -> int:
        """Return the kinds of a token."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else 0

    def len(self, index: int) -> int:
        """Return how many characters a token has."""
        return self.tokens[index].end - self.tokens[index].start
