"""What a corpus holds, and what looks wrong in it."""

from collections import Counter

import pytest

from govner.dataset import corpus_page, inconsistencies, stats
from govner.dataset.disagreement import consensus
from govner.dataset.settled import excerpt
from govner.document import format_marked, parse_marked
from govner.document.errors import BadInput


def corpus(*marked):
    return [parse_marked(text) for text in marked]


def test_counts_lengths_and_frequent_names():
    found = stats(corpus("[省委](ORG)[书记](TITLE)，[省委](ORG)", "[省委](ORG)[王明](PERSON)"))
    assert found.spans == {"ORG": 3, "TITLE": 1, "PERSON": 1}
    assert found.frequent("ORG") == [("省委", 3, 2)]
    assert found.lengths["ORG"] == {2: 3}
    assert (found.characters, found.median_length) == (11, 5.5)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["[省委](ORG)说", "省委说"], {"省委": {"ORG": 1, "–": 1}}),
        (["[书记](TITLE)说", "[书记](ORG)说"], {"书记": {"TITLE": 1, "ORG": 1}}),
        (["[省委](ORG)说", "[省委组织部](ORG)说"], {}),
        (["[省委](ORG)，[省委组织部](ORG)", "省委组织部"], {"省委组织部": {"ORG": 1, "–": 1}}),
        (["[省委](ORG)说", "[中共江省](ORG)委说"], {}),
        (["[省](ORG)说", "省说"], {}),
        (["[省委](ORG)", "[省委](ORG)"], {}),
        ([""], {}),
    ],
)
def test_a_surface_annotated_in_two_ways_is_inconsistent(texts, expected):
    found = inconsistencies(corpus(*texts))
    assert {item.surface: dict(item.ways) for item in found} == expected


def test_a_lone_exception_comes_before_an_even_split():
    even = ["[书记](TITLE)一", "书记二"]
    lone = [*(f"[省委](ORG){i}" for i in "一二三四"), "省委五"]
    first, second = inconsistencies(corpus(*even, *lone))
    assert (first.surface, first.rarest, second.surface) == ("省委", 1, "书记")
    assert [place.document for place in first.places] == [2, 3, 4, 5, 6]


def test_documents_are_ranked_by_how_much_the_other_side_differs():
    gold = corpus("[省委](ORG)[书记](TITLE)", "[市委](ORG)[书记](TITLE)", "[县委](ORG)")
    other = corpus("[省委](ORG)书记", "[市委书记](ORG)", "[县委](ORG)")
    rows = stats(gold, {"rules": other}).disagreements["rules"]
    assert [(row.document, len(row.pairs), row.share) for row in rows] == [(1, 2, 0.6), (0, 1, 0.1)]
    with pytest.raises(BadInput):
        stats(gold, {"rules": other[:1]})


@pytest.mark.parametrize(
    ("gold", "others", "expected"),
    [
        ("省委说", ["[省委](ORG)说", "[省委](ORG)说"], "[省委](ORG)说"),
        ("省委说", ["[省委](ORG)说", "省委说"], "省委说"),
        ("[省](ORG)委说", ["[省委](ORG)说", "[省委](ORG)说"], "[省委](ORG)说"),
        ("[省](ORG)委说", ["[省委](ORG)说", "[省](ORG)委说"], "[省](ORG)委说"),
        ("[省委](ORG)说", ["省委说", "省委说"], "省委说"),
        ("[省委](ORG)说", ["省委说", "[省委](TITLE)说"], "省委说"),
        ("[省委](ORG)[书记](TITLE)", ["[省委](ORG)书记", "[省委书记](TITLE)"], "[省委](ORG)书记"),
    ],
)
def test_what_all_others_agree_on_is_held_against_the_gold(gold, others, expected):
    found = consensus(parse_marked(gold), [parse_marked(other) for other in others])
    assert format_marked(found.text, found.spans) == expected


def test_documents_come_first_where_all_others_contradict_the_gold_alike():
    gold = corpus("省委说", "[市委](ORG)说", "[县委](ORG)说")
    rules = corpus("[省委](ORG)说", "市委说", "[县委](TITLE)说")
    models = corpus("[省委](ORG)说", "[市委](ORG)说", "县委说")
    found = stats(gold, {"rules": rules, "models": models}).disagreements
    assert list(found) == ["all", "rules", "models"]
    assert [(row.document, row.share) for row in found["all"]] == [(0, 1.0), (2, 0.2)]
    assert "all of them agree on" in corpus_page(stats(gold, {"a": rules, "b": models}), name="c")


def test_the_kinds_of_documents_are_counted_where_there_are_several():
    documents = corpus("省委一", "省委二", "省委三")
    for number, document in enumerate(documents):
        document.meta.update(genre="meeting" if number else "notice", column="same")
    assert stats(documents).kinds == {"genre": Counter(meeting=2, notice=1)}


def test_the_page_shows_every_context_and_escapes_it():
    gold = corpus("<i>[省委](ORG)说", "省委说")
    page = corpus_page(stats(gold, {"rules": gold[::-1]}), name="corpus")
    assert "&lt;i&gt;<b>省委</b>说" in page
    assert "<i>" not in page
    assert "StrictUndefined" not in page


def test_an_empty_corpus_has_a_page():
    assert "<svg" in corpus_page(stats(corpus("没有标注")), name="corpus")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (20, "会" * 14 + "[省委](ORG)" + "议" * 14),
        (35, "[省委](ORG)" + "议" * 27),
        (36, "议" * 28),
    ],
)
def test_an_excerpt_cuts_no_span(start, expected):
    document = parse_marked("会" * 20 + "[省委](ORG)" + "议" * 40)
    found = excerpt(document, start, start + (2 if start == 20 else 0))
    assert format_marked(found.text, found.spans) == expected


@pytest.mark.slow
def test_the_page_opens_and_fits_a_phone(open_page):
    gold = corpus("[省委](ORG)[书记](TITLE)[王明](PERSON)说", "省委再说", "[省委](TITLE)又说")
    html = corpus_page(stats(gold, {"rules": gold}), name="corpus")
    page = open_page(html, viewport={"width": 390, "height": 844}, language="zh-CN")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#inconsistent h2").inner_text() == "标注不一致"
    page.locator("details.item summary").first.click()
    assert page.locator("details.item[open] .kwic").count() == 3


@pytest.mark.slow
def test_a_long_list_opens_at_its_beginning(open_page):
    words = [f"{a}{b}委" for a in "甲乙丙丁戊" for b in "东西南北中"]
    gold = corpus(*(f"[{word}](ORG)说" for word in words), "，".join(words))
    page = open_page(corpus_page(stats(gold, {"rules": gold}), name="corpus"))
    items = page.locator("#inconsistent details.item")
    assert [item.is_visible() for item in items.all()] == [True] * 20 + [False] * 5
    page.locator("#inconsistent details.more > summary").click()
    assert items.last.is_visible()
    assert page.locator("#inconsistent details.more > summary").inner_text() == "5 more"
