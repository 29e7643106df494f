"""Why a text is marked as it is: which rules fired where, which of them won, and why."""

from __future__ import annotations

from typing import Any

from ..document import Span, format_marked
from .annotate import propose
from .knowledge import Knowledge
from .rule import read_rules


def explain(text: str, *, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """Return a record of what the rules propose for a text and what they weighed and dropped.

    ``spans`` are the winners and ``losers`` the others, each with its ``rule``, what that rule
    ``says``, and for a loser the ``reason``; both in the order of the text. ``masked`` are the
    stretches in which no name counts.
    """
    proposal = propose(text, knowledge=knowledge)
    losers = sorted(proposal.losers, key=lambda loser: loser[0])
    return {
        "text": text,
        "marked": format_marked(text, proposal.spans),
        "spans": [_decision(text, span) for span in proposal.spans],
        "losers": [{**_decision(text, span), "reason": reason} for span, reason in losers],
        "masked": [{"start": s, "end": e, "text": text[s:e]} for s, e in proposal.masked],
    }


def _decision(text: str, span: Span) -> dict[str, Any]:
    says = {rule.id: rule.says for rule in read_rules()}
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "text": text[span.start : span.end],
        "rule": span.source,
        "says": says.get(span.source, ""),
    }
