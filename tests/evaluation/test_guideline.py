"""An error names the section of the guideline that it offends."""

import pytest

from govner.document import parse_marked
from govner.evaluation import match
from govner.evaluation.guideline import Sections, hold

EXAMPLES = [
    (name, parse_marked(marked))
    for name, marked in [
        ("P1 The name alone", "[陈晓明](PERSON)同志"),
        ("T1 What is a post", "[高级工程师](TITLE)[赵立](PERSON)"),
        ("T2 Former", "原[副局长](TITLE)[赵立](PERSON)"),
        ("T3 Body and post", "[省委](ORG)[书记](TITLE)"),
        ("O1 Named bodies", "[省人民医院](ORG)"),
        ("O3 One chain", "[市公安局交警支队](ORG)"),
        ("O6 Not a body", "有关部门"),
    ]
]


@pytest.mark.parametrize(
    ("gold", "predicted", "section"),
    [
        ("[王明](PERSON)同志", "[王明同志](PERSON)", "P1"),
        ("原[市长](TITLE)", "[原市长](TITLE)", "T2"),
        ("[书记](TITLE)", "书记", "T3"),
        ("[县人民医院](ORG)", "县人民医院", "O1"),
        ("[县公安局特警支队](ORG)", "县公安局特警支队", "O3"),
        ("有关部门", "有关[部门](ORG)", "O6"),
        ("天气", "[天气](ORG)", "O6"),
        ("[参赞](TITLE)", "参赞", "T1"),
        ("好人", "[好人](PERSON)", "P1"),
    ],
)
def test_the_section_is_that_of_the_nearest_example(gold, predicted, section):
    document = parse_marked(gold)
    (item,) = [m for m in match(document, parse_marked(predicted)) if m.kind != "correct"]
    assert Sections(EXAMPLES).of(document, item).split()[0] == section


def test_a_system_is_held_against_the_examples():
    found = [doc.with_spans([]) if name[0] == "T" else doc for name, doc in EXAMPLES]
    held = hold(EXAMPLES, found)
    assert held.sections["T3 Body and post"] == (0, 1)
    assert held.sections["O6 Not a body"] == (1, 1)
    assert [section[:2] for section, *_ in held.failures] == ["T1", "T2", "T3"]
