"""Pages of every kind give their article; how much of it is measured, and the floors hold."""

from difflib import SequenceMatcher

import pytest

from govner.ingest import clean, ingest_paths, read_pages

from .composed import ARTICLES, KINDS

# Measured on the 65 composed pages; a change that lowers one is a loss.
FLOORS = {"precision": 0.999, "recall": 0.999, "paragraphs": 0.99, "titles": 1.0}


def ingested(make, article, folder):
    name, data = make(article)
    path = folder / name
    path.write_bytes(data)
    (document,) = ingest_paths([path])
    return document


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return [
        (make.__name__, article, ingested(make, article, folder))
        for article in ARTICLES
        for make in KINDS
    ]


def test_the_quality_of_the_composed_pages_does_not_fall(pages):
    kept = found = true = whole = paragraphs = titles = 0
    for kind, article, document in pages:
        blocks = SequenceMatcher(None, document.text, article.text, autojunk=False)
        kept += sum(block.size for block in blocks.get_matching_blocks())
        found, true = found + len(document.text), true + len(article.text)
        whole += len(set(document.text.split("\n")) & set(article.paragraphs))
        paragraphs += len(article.paragraphs)
        titles += document.meta["title"] == article.title
        if document.text != article.text:
            print(kind, article.title, document.text, sep="\n")
    measured = {
        "precision": kept / found,
        "recall": kept / true,
        "paragraphs": whole / paragraphs,
        "titles": titles / len(pages),
    }
    print(measured)
    assert len(pages) == 65
    assert all(measured[name] >= floor for name, floor in FLOORS.items()), measured


def test_date_source_and_editor_are_found_where_the_page_has_them(pages):
    for kind, article, document in pages:
        if kind == "pdf_front":
            assert document.meta["date"] == article.date
            assert document.meta["byline"] == ["顾明", "沈苇"]
            assert "hotline" in {removed["why"] for removed in document.meta["removed"]}
        if kind.startswith(("html", "text_site", "json", "comma")):
            assert (document.meta["date"], document.meta["source"]) == (
                article.date,
                article.source,
            )
        if not kind.startswith(("json", "comma", "pdf_notice")):
            assert [c["names"] for c in document.meta["credits"]] == [[article.editor]], kind


@pytest.mark.parametrize("make", KINDS)
def test_every_character_knows_its_place_on_the_raw_page(make, tmp_path):
    name, data = make(ARTICLES[1])
    path = tmp_path / name
    path.write_bytes(data)
    (page,) = read_pages([path])
    document = clean(page)
    covered = 0
    for start, length, raw, raw_length in document.map.pieces:
        text, on_page = document.text[start : start + length], page.raw[raw : raw + raw_length]
        assert text.split() == on_page.split() or on_page.startswith("&")
        covered += length
    assert covered >= len(document.text) - document.text.count("\n") - 3
    for part in document.meta["removed"]:
        on_page = page.raw[part["start"] : part["end"]]
        assert part["text"][:2] in on_page


def test_the_place_of_a_character_on_the_sheet_is_kept(tmp_path):
    name, data = KINDS[9](ARTICLES[0])
    (tmp_path / name).write_bytes(data)
    (document,) = ingest_paths([tmp_path / name])
    place = document.text.index("车远航出席")
    raw, _ = document.raw_span(place, place + 3)
    box = max((b for b in document.meta["boxes"] if b["start"] <= raw), key=lambda b: b["start"])
    row, column = divmod(place - 12, 14)  # twelve characters stand in the first, indented line
    assert box["page"] == 1
    assert box["edges"][raw - box["start"]] == 30 + 12 * column
    assert abs(box["top"] - (130 + 17 * (row + 1))) < 4
