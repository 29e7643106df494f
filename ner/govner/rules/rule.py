"""Rules by name: what each says, what it matches and what it leaves alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LABELS = {"org": "ORG", "person": "PERSON", "title": "TITLE"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise a span; ``matches`` and ``leaves`` are marked text and run as tests.

    ``known_failures`` are examples of either kind that the grammar still gets wrong.
    """

    id: str
    label: str
    says: str
    matches: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    known_failures: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def read_rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of ``examples.toml``."""
    text = Path(__file__).with_name("examples.toml").read_text("utf-8")
    rooms: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(text)
    return tuple(
        Rule(
            f"{room}.{name}",
            LABELS[room],
            entry.pop("says"),
            **{key: tuple(examples) for key, examples in entry.items()},
        )
        for room, rules in rooms.items()
        for name, entry in rules.items()
    )
