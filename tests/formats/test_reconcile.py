"""What comes back is put onto what went out, or refused in one sentence."""

import json

import pytest

from govner.document import Document, Span, parse_marked
from govner.document.errors import (
    BadInput,
    BadMark,
    BadSpan,
    OverlappingSpans,
    TextChanged,
    UnknownLabel,
)
from govner.formats import Annotated, import_documents, reconcile

TEXT = "省委书记王明出席"
PROPOSED = Document("a", TEXT, (Span(0, 2, "ORG", "org.short"), Span(2, 4, "TITLE", "title.post")))


def back(*spans, text=TEXT, id="a", confirmed=True):
    return Annotated("file, line 1", text, spans, id=id, confirmed=confirmed)


def test_what_was_there_keeps_its_source_and_what_is_new_names_the_annotator():
    spans = (Span(0, 2, "ORG"), Span(2, 4, "PERSON"), Span(4, 6, "PERSON"))
    (document,) = reconcile([back(*spans)], [PROPOSED], annotator="anna")
    assert [span.source for span in document.spans] == ["org.short", "anna", "anna"]
    assert document.state == "corrected"


def test_white_space_that_a_mouse_took_along_does_not_count():
    original = Document("a", " 省委 \n书记")
    item = Annotated("", original.text, (Span(0, 5, "ORG"),), id="a")
    (document,) = reconcile([item], [original])
    assert document.spans == (Span(1, 3, "ORG", "annotator"),)


def test_the_order_is_that_of_the_export_and_what_nobody_confirmed_stays_out():
    originals = [Document(name, name) for name in "abc"]
    items = [
        back(text="c", id="c"), back(text="b", id="b", confirmed=False), back(text="a", id="a"),
    ]  # fmt: skip
    assert [document.id for document in reconcile(items, originals)] == ["a", "c"]


@pytest.mark.parametrize(
    ("items", "error", "why"),
    [
        (
            [back(text="省委书纪王明出席")],
            TextChanged,
            "document a: .* at character 3 .*'记王明出席'.*'纪王明",
        ),
        ([back(text=TEXT[:-1])], TextChanged, "at character 7"),
        ([back(id="b")], BadInput, "line 1: the document b is not among"),
        ([back(), back()], BadInput, "a came back twice"),
        ([back(Span(0, 2, "LOC"))], UnknownLabel, "line 1: the label 'LOC'"),
        ([back(Span(0, 9, "ORG"))], BadSpan, "line 1: document a: the span 0 to 9"),
        ([back(Span(2, 2, "ORG"))], BadSpan, "2 to 2"),
        ([back(Span(0, 3, "ORG"), Span(2, 4, "TITLE"))], OverlappingSpans, "line 1: .*overlap"),
    ],
)
def test_bad_returns_are_refused(items, error, why):
    with pytest.raises(error, match=why):
        list(reconcile(items, [PROPOSED]))


def test_two_exported_documents_of_one_id_are_refused():
    with pytest.raises(BadInput, match="two of them have the id a"):
        reconcile([], [PROPOSED, PROPOSED])


DOCUMENT = parse_marked("[省委](ORG)𠮷书记")


def row(text, label):
    return json.dumps({"text": text, "label": [label]})


@pytest.mark.parametrize(
    ("source", "content", "error", "why"),
    [
        ("doccano", "", BadInput, "no document"),
        ("doccano", "\xff", BadInput, "not UTF-8"),
        ("doccano", "{}", BadInput, "line 1: the record has not a \"text\""),
        ("doccano", "\n[1", BadInput, "line 2: not JSON"),
        ("doccano", row(DOCUMENT.text, [0, 3, "ORG"]), BadSpan, "inside"),
        ("doccano", row("省委", ["a", 3, "ORG"]), BadInput, "whole numbers"),
        ("labelstudio", "{}", BadInput, "list of tasks"),
        ("labelstudio", "[{}]", BadInput, "task 1"),
        ("conll", "省 X-ORG\n", BadInput, "tag 'X-ORG' is not known"),
        ("conll", "省 O\n委 I-ORG\n", BadInput, "continues no ORG"),
        ("conll", "省委 O\n", BadInput, "line 1: '省委 O'"),
        ("marked", "省委", BadInput, "first line"),
        ("marked", '%% "a"\n[省', BadMark, "line 1"),
        ("spacy", "no", BadInput, "no DocBin"),
        ("brat", "", BadInput, "no folder"),
        ("word", "", BadInput, "use one of doccano"),
    ],
)  # fmt: skip
def test_bad_files_are_refused(tmp_path, source, content, error, why):
    path = tmp_path / "file"
    path.write_bytes(content.encode("latin-1" if content == "\xff" else "utf-8"))
    with pytest.raises(error, match=why):
        list(import_documents(path, source=source, onto=[DOCUMENT]))


@pytest.mark.parametrize(
    ("ann", "why"),
    [
        (None, "its .ann is missing"),
        ("T1\tORG x y\t省\n", "line 1 is no text-bound"),
        ("T1\tORG 0 1;3 4\t省 书\n", "in pieces"),
    ],
)
def test_bad_brat_folders_are_refused(tmp_path, ann, why):
    (tmp_path / "a.txt").write_text(DOCUMENT.text, "utf-8")
    if ann:
        (tmp_path / "a.ann").write_text(ann, "utf-8")
    with pytest.raises(BadInput, match=why):
        list(import_documents(tmp_path, source="brat", onto=[DOCUMENT]))
