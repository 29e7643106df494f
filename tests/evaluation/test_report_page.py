"""The report page, opened in a real browser."""

import re

import pytest

from govner.document import Document, Span, parse_marked
from govner.evaluation import evaluate, report_page
from govner.evaluation.guideline import hold

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}


def number(text):
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def test_the_page_shows_the_figures(open_page, found):
    page = open_page(report_page(found, gold="gold.jsonl"))
    assert page.locator("h1").inner_text() == "new"
    score = found.score("strict", "all")
    assert page.locator(".figure b").first.inner_text() == f"{100 * score.f1:.1f}"
    assert page.locator("#headline tbody tr").count() == 5
    assert page.locator("#plots svg.plot").count() == 1
    assert number(page.locator("#tally").inner_text()) == sum(found.errors.values())


def test_every_number_opens_as_many_errors(open_page, found, before):
    page = open_page(report_page(found, before=before))
    links = page.locator("a[href^='#errors?']:not(.quiet)")
    assert links.count() > 50
    for index in range(links.count()):
        said = number(links.nth(index).inner_text())
        links.nth(index).click()
        assert number(page.locator("#tally").inner_text()) == said, links.nth(index)
        assert page.locator(".card").count() == min(said, 40)


def test_every_score_opens_its_errors(open_page, found):
    page = open_page(report_page(found))
    row = page.locator("#headline tbody tr", has_text="ORG").locator("a.quiet")
    sides = ("predicted", "gold", "with", "gold", "predicted", "with")
    for link, wanted in zip(row.all(), sides, strict=True):
        link.click()
        assert page.input_value(f"select[name={wanted}]") == "ORG"
        assert page.locator(".card").count() > 0
    score = found.score("strict", "ORG")
    row.nth(1).click()
    assert number(page.locator("#tally").inner_text()) == score.gold - score.correct


def test_no_number_leads_to_an_empty_list(open_page, found, before):
    page = open_page(report_page(found, before=before, runs=[found]))
    for link in page.locator("a.quiet").all():
        link.click()
        assert page.locator(".card").count() > 0, link.get_attribute("href")


def test_the_classes_of_semeval_stand_label_by_label(open_page, found):
    page = open_page(report_page(found))
    cells = page.locator("#semeval tbody tr").nth(2).locator("td").all_inner_texts()
    row = found.semeval_of("TITLE")["strict"]
    counts = (row.correct, row.incorrect, row.partial, row.missed, row.spurious)
    assert cells[:6] == ["TITLE", *map(str, counts)]
    page.locator("#semeval tbody tr").nth(2).locator("a.quiet").click()
    assert number(page.locator("#tally").inner_text()) == sum(counts[1:])


def test_filters_and_patterns_narrow_the_list(open_page, found):
    page = open_page(report_page(found))
    page.select_option("select[name=kind]", "missed")
    missed = sum(n for (kind, _), n in found.errors.items() if kind == "missed")
    assert number(page.locator("#tally").inner_text()) == missed
    page.select_option("select[name=label]", "ORG")
    assert number(page.locator("#tally").inner_text()) == found.errors["missed", "ORG"]
    page.go_back()
    assert number(page.locator("#tally").inner_text()) == missed
    page.locator("#patterns button").first.click()
    chosen = page.locator("#patterns button[aria-pressed=true]")
    assert page.locator(".card").count() == number(chosen.locator(".n").inner_text())
    page.locator("#reset").click()
    page.fill("input[name=text]", "甲市委")
    page.keyboard.press("Enter")
    texts = page.locator("#cards .sentence").all_inner_texts()
    assert texts
    assert all("甲市委" in text for text in texts)


def test_an_error_names_its_document(open_page):
    gold = Document("a1", "省委说", (Span(0, 2, "ORG"),), {"title": "关于\n" + "任免" * 20})
    page = open_page(report_page(evaluate([gold], [gold.with_spans(())])))
    assert page.locator("#cards .where").inner_text() == f"关于 {'任免' * 10}… · a1 · @0"


def test_an_error_is_marked_in_its_sentence(open_page):
    gold = parse_marked("大会开幕。𠮷[省委](ORG)[书记](TITLE)[王明](PERSON)出席。闭幕。")
    predicted = parse_marked("大会开幕。𠮷[省](ORG)委[书记](TITLE)[王明](PERSON)出席。闭幕。")
    page = open_page(report_page(evaluate([gold], [predicted])))
    line = page.locator("#cards .sentence")
    assert line.inner_text() == "𠮷省委书记王明出席。"
    focus = [(e.inner_text(), e.get_attribute("class")) for e in line.locator(".focus").all()]
    assert focus == [("省", "s focus g-ORG p-ORG"), ("委", "s focus g-ORG")]
    assert line.locator(".aside").all_inner_texts() == ["书记", "王明"]


def test_two_systems_stand_side_by_side(open_page, found, before):
    page = open_page(report_page(found, before=before))
    assert page.locator("#paired h2").inner_text() == "Against old"
    page.select_option("select[name=change]", "fixed")
    cards = page.locator(".card").count()
    assert cards == page.locator(".card[data-change=fixed]").count() > 0


def test_errors_name_the_section_of_the_guideline(open_page, gold):
    examples = [
        ("T1 Posts · 职务", parse_marked("[市长](TITLE)")),
        ("O1 Bodies", parse_marked("[省委](ORG)")),
    ]
    held = hold(examples, [parse_marked("市长"), parse_marked("[省委](ORG)")])
    predicted = [doc.with_spans(s for s in doc.spans if s.label != "TITLE") for doc in gold]
    page = open_page(report_page(evaluate(gold, predicted, guideline=examples, held=held)))
    rows = page.locator("#guideline tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["T1", "Posts", "0", "/", "1", "24"],
        ["O1", "Bodies", "1", "/", "1", "0"],
    ]
    page.locator("#guideline a[href^='#errors']").click()
    assert number(page.locator("#tally").inner_text()) == 24
    assert page.locator("#cards .where").first.inner_text().endswith("T1 Posts")
    page.locator("#language").click()
    assert page.locator("#cards .where").first.inner_text().endswith("T1 职务")
    assert page.locator("#guideline .places .kwic").all_inner_texts() == ["市长", "市长"]


def test_the_page_fits_a_phone_and_speaks_chinese(open_page, found):
    page = open_page(report_page(found), viewport=PHONE, language="zh-CN")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#errors h2").inner_text() == "错误浏览"
    assert not page.locator("#filters").is_visible()
    page.locator("#classes a").first.click()
    assert page.locator("details.narrow summary").inner_text() == "筛选 (2)"
    page.locator("details.narrow summary").click()
    assert page.locator("#filters").is_visible()
    page.locator("#language").click()
    assert page.locator("#errors h2").inner_text() == "Errors"


def test_a_large_run_is_sampled_and_counted_exactly(open_page):
    gold = [Document(str(i), "字" * 400, tuple(Span(4 * j, 4 * j + 2, "ORG") for j in range(90)))
            for i in range(40)]  # fmt: skip
    predicted = [doc.with_spans(doc.spans[: 5 * (i % 3)]) for i, doc in enumerate(gold)]
    found = evaluate(gold, predicted)
    html = report_page(found, most=300)
    page = open_page(html, place="#errors?kind=missed")
    assert len(html.encode()) < 1_000_000
    assert number(page.locator("#tally").inner_text()) == found.errors["missed", "ORG"] > 3000
    assert "300 of them in the sample of this page" in page.locator("#tally").inner_text()
    page.locator("#more").click()
    assert page.locator(".card").count() == 80


def test_text_that_looks_like_markup_stays_text(open_page):
    text = "</script><script>document.title='x'</script><b>[省委](ORG)</b>&amp;"
    page = open_page(
        report_page(
            evaluate([parse_marked(text)], [parse_marked(text.replace("[省委](ORG)", "省委"))])
        )
    )
    assert page.locator("#cards .sentence").inner_text().endswith("<b>省委</b>&amp;")
    assert page.title() == "system: evaluation"
