"""The corpus that we ship: it is what ingest reads off seeds/, and it keeps to its guideline."""

from pathlib import Path

import pytest

from govner.document import read_documents
from govner.ingest import decode, ingest_paths
from govner.review.guideline import contradictions, read_guideline
from govner.rules import annotate

ROOT = Path(__file__).parents[2]
GUIDELINE = ROOT / "corpus" / "guidelines.md"
EXAMPLES = read_guideline(GUIDELINE)


@pytest.fixture(scope="module")
def gold():
    return {document.id: document for document in read_documents(ROOT / "corpus" / "gold")}


@pytest.fixture(scope="module")
def ingested():
    return {document.id: document for document in ingest_paths([ROOT / "seeds"])}


def test_the_gold_is_the_text_that_ingest_reads(gold, ingested):
    assert {i: d.text for i, d in gold.items()} == {i: d.text for i, d in ingested.items()}


def test_every_gold_span_reads_the_same_on_its_raw_page(gold, ingested):
    for identifier, document in gold.items():
        page = ROOT / "seeds" / document.meta["page"]
        raw = decode(page.read_bytes(), path=str(page)).text
        for span in document.spans:
            start, end = ingested[identifier].raw_span(span.start, span.end)
            assert "".join(raw[start:end].split()) == "".join(document.surface(span).split())


def test_all_gold_was_corrected_by_a_person(gold):
    assert {document.state for document in gold.values()} == {"corrected"}


def test_the_composed_articles_are_as_long_and_as_many_as_promised(gold):
    lengths = [len(d.text) for d in gold.values() if d.meta["composed"]]
    assert len(lengths) >= 80
    assert all(200 <= length <= 900 for length in lengths)


def test_the_guideline_has_examples_in_every_section_that_decides():
    sections = {example.section for example in EXAMPLES}
    assert {"P1", "P5", "T3", "T6", "T8", "O3", "O6", "O7", "B1"} <= sections


def test_the_gold_keeps_to_the_guideline(gold):
    found = [
        f"{c.example.section}, line {c.example.line}: {c.document.meta['page']} at {c.start}"
        for c in contradictions(gold.values(), EXAMPLES)
    ]
    assert found == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.section}-{e.line}")
def test_the_rules_keep_to_the_guideline(example):
    (proposed,) = annotate([example.document.with_spans(())])
    assert {s.key for s in proposed.spans} == {s.key for s in example.document.spans}


def test_the_card_counts_what_is_there(gold):
    counts = [len(gold), sum(len(d.text) for d in gold.values())]
    counts += [
        sum(span.label == label for d in gold.values() for span in d.spans)
        for label in ("PERSON", "TITLE", "ORG")
    ]
    row = " | ".join(f"{count:,}" for count in counts)
    assert f"| all | {row} |" in (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
