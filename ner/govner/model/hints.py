"""Knowledge for the network from outside: what the rules propose for the whole document."""

from ..rules import propose
from .sample import Proposer
from .tags import Stretch


def make_rule_hints() -> Proposer:
    """Return the rules as a function from a text to its spans."""
    return propose_spans


def propose_spans(text: str) -> list[Stretch]:
    """Return the spans that the rules propose for a text."""
    return [(span.start, span.end, span.label) for span in propose(text).spans]
