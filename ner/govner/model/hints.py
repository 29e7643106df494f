"""Knowledge for the network from outside: what the rules make of the whole document."""

from ..rules import propose
from .sample import Advice, Adviser


def make_rule_hints() -> Adviser:
    """Return the rules as an adviser."""
    return ask_rules


def ask_rules(text: str) -> Advice:
    """Return what the rules propose for a text, and the words of their lexicons in it."""
    proposal = propose(text)
    spans = [(span.start, span.end, span.label) for span in proposal.spans]
    return Advice(spans, [(t.start, t.end, t.kind) for t in proposal.tokens])
