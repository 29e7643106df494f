"""Spans, documents, maps, marked text and JSON Lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import (
    Document,
    OffsetMap,
    Span,
    document_id,
    format_marked,
    parse_marked,
    read_documents,
    write_documents,
)
from govner.document.errors import (
    BadInput,
    BadLine,
    BadMark,
    BadOutput,
    BadSpan,
    OverlappingSpans,
    UnknownLabel,
)

ALPHABET = "省委书记王明，。[]()\\ 　\t\r\n𠮷👩‍👩‍👧é\u0301ab"
MARKED = "[省市场监管局](ORG)[副局长](TITLE)[张雪林](PERSON)出席"


def test_marked_text_reads_and_writes():
    document = parse_marked(MARKED)
    assert document.text == "省市场监管局副局长张雪林出席"
    assert document.spans == (Span(0, 6, "ORG"), Span(6, 9, "TITLE"), Span(9, 12, "PERSON"))
    assert format_marked(document.text, document.spans) == MARKED


@st.composite
def documents(draw):
    text = draw(st.text(ALPHABET, min_size=1, max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [
        Span(start, end, draw(st.sampled_from(["PERSON", "TITLE", "ORG"])))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if not text[start].isspace() and not text[end - 1].isspace()
    ]
    return Document(document_id(text), text, tuple(spans))


@given(documents())
def test_marked_text_round_trips_where_spans_hold_no_bracket(document):
    spans = [s for s in document.spans if not set(document.surface(s)) & set("[]\\")]
    if "\\" not in document.text:
        again = parse_marked(format_marked(document.text, spans))
        assert (again.text, again.spans) == (document.text, tuple(spans))


@given(st.lists(documents(), min_size=1, max_size=4))
def test_json_lines_round_trip(tmp_path_factory, batch):
    path = tmp_path_factory.mktemp("jsonl") / "documents.jsonl"
    write_documents(path, batch)
    assert list(read_documents(path)) == batch


@pytest.mark.parametrize(
    ("marked", "error"),
    [
        ("[省委(ORG)", BadMark),
        ("省委](ORG)", BadMark),
        ("[省委]", BadMark),
        ("[省委](GOV)", UnknownLabel),
    ],
)
def test_marked_text_is_parsed_strictly(marked, error):
    with pytest.raises(error):
        parse_marked(marked)


@pytest.mark.parametrize("span", [(0, 0), (-1, 2), (3, 2), (1, 9), (2, 4), (1, 3)])
def test_a_span_that_its_text_cannot_have_is_refused(span):
    with pytest.raises(BadSpan):
        Document("d", "省委 书记", (Span(*span, "ORG"),))


def test_neighbours_do_not_overlap_but_a_shared_character_does():
    Document("d", "国务院总理", (Span(0, 3, "ORG"), Span(3, 5, "TITLE")))
    with pytest.raises(OverlappingSpans, match="overlap"):
        Document("d", "国务院总理", (Span(0, 3, "ORG"), Span(2, 5, "TITLE")))


def test_the_map_leads_back_over_a_mended_break_and_an_entity():
    mapped = OffsetMap.of([(0, 2, 4, 2), (2, 3, 8, 3), (5, 1, 11, 5)])
    assert mapped.raw_span(0, 2) == (4, 6)
    assert mapped.raw_span(1, 4) == (5, 10)
    assert mapped.raw_span(5, 6) == (11, 16)


LINES = {
    b"not json": BadLine,
    b'{"id": "a"}': BadLine,
    b'{"text": 3}': BadLine,
    b"[1]": BadLine,
    b'{"text": "\xff"}': BadLine,
    b'{"text": "a", "spans": [[0, 1, "ORG"]]}': BadLine,
    b'{"text": "a", "spans": [{"start": 0, "end": true, "label": "ORG"}]}': BadLine,
    b'{"text": "a", "state": "done"}': BadLine,
    b'{"text": "a", "spans": [{"start": 0, "end": 2, "label": "ORG"}]}': BadSpan,
    b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "GOV"}]}': UnknownLabel,
}


@pytest.mark.parametrize("line", LINES)
def test_a_bad_line_is_named_with_its_number(tmp_path, line):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"text": "good"}\n' + line + b"\n")
    with pytest.raises(LINES[line], match="line 2"):
        list(read_documents(path))


def test_files_that_hold_nothing_are_refused(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    for path in (tmp_path / "empty.jsonl", tmp_path / "none.jsonl"):
        with pytest.raises(BadInput):
            list(read_documents(path))


def test_an_output_that_fails_half_way_leaves_the_old_one(tmp_path):
    path = tmp_path / "out.jsonl"
    write_documents(path, [Document("a", "省委")])
    before = path.read_bytes()

    def breaking():
        yield Document("b", "市委")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        write_documents(path, breaking())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_that_cannot_be_written_is_one_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadOutput):
        write_documents(tmp_path / "file" / "out.jsonl", [])


def test_unknown_keys_become_meta_and_an_id_is_made(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": "省委", "date": "2024-01-01"}), encoding="utf-8")
    (document,) = read_documents(path)
    assert (document.id, document.meta) == (document_id("省委"), {"date": "2024-01-01"})
