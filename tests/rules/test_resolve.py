"""Candidates that exclude each other are settled the same way in every process."""

from govner.rules.resolve import Candidate, resolve


def test_of_equals_the_first_by_name_wins_whatever_order_a_set_has():
    """The order of a set of strings is another in each process, and must not be heard of."""
    rules = [f"org.r{number:02}" for number in range(50)]
    candidates = [Candidate(0, 2, "ORG", rule, 1) for rule in reversed(rules)]
    found = resolve("省委书记", candidates, [], frozenset())
    assert [span.source for span in found.spans] == ["org.r00"]
    assert [span.source for span, _ in found.losers] == rules[1:]
