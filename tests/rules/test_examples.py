"""Every rule does what its examples say: see ``ner/govner/rules/examples.toml``."""

import re
from pathlib import Path

import pytest

import govner.rules
from govner.document import Document, format_marked, parse_marked
from govner.rules import propose
from govner.rules.rule import read_rules

RULES = {rule.id: rule for rule in read_rules()}
MATCHES = [(rule.id, marked) for rule in RULES.values() for marked in rule.matches]
LEAVES = [(rule.id, marked) for rule in RULES.values() for marked in rule.leaves]
FAILURES = [(rule.id, marked) for rule in RULES.values() for marked in rule.known_failures]


def proposed(document: Document) -> tuple[str, set[str]]:
    """Return the text as the rules mark it, and the rules that marked it."""
    spans = propose(document.text).spans
    return format_marked(document.text, spans), {span.source for span in spans}


@pytest.mark.parametrize(("rule", "marked"), MATCHES)
def test_a_rule_matches(rule, marked):
    found, sources = proposed(parse_marked(marked))
    assert found == marked
    assert rule in sources


@pytest.mark.parametrize(("rule", "marked"), LEAVES)
def test_a_rule_leaves_alone(rule, marked):
    found, sources = proposed(parse_marked(marked))
    assert found == marked
    assert rule not in sources


@pytest.mark.xfail(strict=True, reason="known failures of the grammar; one that passes moves up")
@pytest.mark.parametrize(("rule", "marked"), FAILURES)
def test_a_known_failure(rule, marked):
    found, _ = proposed(parse_marked(marked))
    assert found == marked


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_a_sentence_and_examples_of_both_kinds(rule):
    assert rule.says.endswith(".")
    assert rule.matches
    assert rule.leaves
    assert all(
        any(s.label == rule.label for s in parse_marked(marked).spans) for marked in rule.matches
    )


def test_the_rules_of_the_code_are_the_rules_of_the_list():
    room = Path(govner.rules.__file__).parent
    code = "".join(path.read_text("utf-8") for path in room.glob("*.py") if path.stem != "own")
    assert set(re.findall(r'"((?:org|person|title)\.[a-z_]+)"', code)) == set(RULES)
