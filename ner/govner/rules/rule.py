"""Rules by name: what each says, what it matches and what it leaves alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise a span; ``matches`` and ``leaves`` are marked text and run as tests."""

    id: str
    label: str
    says: str
    matches: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
