"""Composed articles: the grammar of the patterns, what it draws, and that it is the same again."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.cli.lexicons import rule_words
from govner.dataset.compose import compose, compose_one, read_grammar
from govner.dataset.grammar import Grammar
from govner.document import format_marked, parse_marked
from govner.document.errors import BadInput

WORDS = rule_words()
GRAMMAR = read_grammar(WORDS)


def grammar_of(tmp_path, text):
    path = tmp_path / "patterns.txt"
    path.write_text(text, encoding="utf-8")
    return Grammar([path])


def draws(grammar, name="top", count=60):
    return {grammar.draw(name, Random(number)) for number in range(count)}


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ("[top]\n甲\n3| 乙", {"甲", "乙"}),
        ("[top]\n<甲|乙|>丙", {"甲丙", "乙丙", "丙"}),
        ("[top]\n<甲<子|丑>|乙>", {"甲子", "甲丑", "乙"}),
        ("[top]\n{字*2}\n[字:]\n甲 乙", {"甲乙", "乙甲"}),
        ("[top]\n{字*0-1}丙\n[字:]\n甲 乙", {"丙", "甲丙", "乙丙"}),
        ("[top]\n{x=字}和{x}\n[字:]\n甲 乙", {"甲和甲", "乙和乙"}),
        ("[top]\n{!x=字}{x}{x}\n[字:]\n甲 乙", {"甲甲", "乙乙"}),
        ("[top]\n{内}{内}\n[内]\n{a}\n[a]\n甲\n乙", {"甲甲", "乙乙"}),
        ("[top]\n{x=司}，{x.short}，{x.bare}\n[司]\n[全](ORG) ~ [简](ORG)",
         {"[全](ORG)，[简](ORG)，全"}),
        ("[top]\n甲{字?50}\n[字:]\n乙", {"甲", "甲乙"}),
        ("[top]\n甲¶乙␣丙", {"甲\n乙 丙"}),
    ],
)  # fmt: skip
def test_notation(tmp_path, patterns, expected):
    assert draws(grammar_of(tmp_path, patterns)) == expected


@pytest.mark.parametrize(
    "patterns",
    ["[top]\n<甲|乙", "[top]\n甲}", "[top]\n{甲", "[top]\n{甲 乙}", "甲", "[top]\n甲\n[top]\n乙"],
)
def test_a_pattern_that_does_not_parse_names_its_line(tmp_path, patterns):
    with pytest.raises(BadInput, match=r"patterns\.txt, line \d"):
        grammar_of(tmp_path, patterns).draw("top", Random(0))


def test_a_name_without_a_section_is_an_error(tmp_path):
    with pytest.raises(BadInput, match="的名"):
        grammar_of(tmp_path, "[top]\n{的名}")


def test_every_section_draws_marked_text():
    """Marks never nest and never touch white space, whatever is drawn."""
    for name in sorted(GRAMMAR.sections):
        for number in range(8):
            document = parse_marked(GRAMMAR.draw(name, Random(number)))
            assert not set(document.text) & set("{}<>"), name


@given(st.integers(0, 10**9))
@settings(max_examples=30, deadline=None)
def test_articles_are_the_same_by_seed(seed):
    first, again = (compose_one(GRAMMAR, seed=seed, number=3) for _ in range(2))
    assert format_marked(first.text, first.spans)
    assert first == again


def test_a_longer_run_begins_like_a_shorter_one():
    short = [doc.id for doc in compose(5, seed=7, words=WORDS)]
    assert [doc.id for doc in compose(9, seed=7, words=WORDS)][:5] == short


def test_articles_differ_and_hold_all_labels():
    documents = [compose_one(GRAMMAR, seed=7, number=number) for number in range(200)]
    assert len({doc.text for doc in documents}) > 195
    labels = [span.label for doc in documents for span in doc.spans]
    assert {label: labels.count(label) > 300 for label in set(labels)} == {
        "PERSON": True, "TITLE": True, "ORG": True,
    }  # fmt: skip
