"""What is written for another tool reads back the same, span for span."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govner.document import Span, parse_marked
from govner.document.errors import NotExportable
from govner.formats import FORMATS, export_documents, import_documents, reconcile
from govner.formats.table import format_named
from govner.formats.units import Utf16

from .strategies import corpora, documents

MARKED = "[省委](ORG)[书记](TITLE)[王𠮷](PERSON)出席，👩‍👩‍👧[李明](PERSON)说"


def there_and_back(corpus, name, folder):
    path = folder / f"file.{name}"
    export_documents(path, corpus, to=name)
    return list(format_named(name).read(path))


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_comes_back_as_it_went(name, tmp_path):
    document = replace(parse_marked(MARKED), state="corrected")
    (found,) = there_and_back([document], name, tmp_path)
    assert (found.id, found.text) == (document.id, document.text)
    assert [span.key for span in found.spans] == [span.key for span in document.spans]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "marked"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(corpora)
def test_every_corpus_comes_back_as_it_went(name, tmp_path, corpus):
    try:
        found = there_and_back(corpus, name, tmp_path)
    except NotExportable:
        assert name == "doccano"
        assert any(not document.text.strip() for document in corpus)
        return
    assert [(f.id, f.text) for f in found] == [(d.id, d.text) for d in corpus]
    for back, document in zip(found, corpus, strict=True):
        assert [s.key for s in sorted(back.spans)] == [s.key for s in document.spans]
    assert list(reconcile(found, corpus)) == corpus


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(corpora)
def test_marked_text_comes_back_or_is_refused(tmp_path, corpus):
    try:
        found = there_and_back(corpus, "marked", tmp_path)
    except NotExportable:
        assert any(set("[]\\%") & set(document.text) for document in corpus)
        return
    assert list(reconcile(found, corpus)) == corpus


@given(documents())
def test_utf16_units_are_those_of_a_browser(document):
    units = Utf16(document.text)
    for offset in range(len(document.text) + 1):
        expected = len(document.text[:offset].encode("utf-16-le")) // 2
        assert units.units(offset) == expected
        assert units.points(expected) == offset


def test_an_offset_inside_a_character_is_an_error():
    with pytest.raises(ValueError, match="inside a character"):
        Utf16("𠮷").points(1)


def test_doccano_gets_ascii_rows_with_the_same_string_keys_and_browser_offsets(tmp_path):
    first = parse_marked(MARKED)
    second = replace(parse_marked("[省委](ORG)"), meta={"title": "题", "date": None, "x": 1})
    path = tmp_path / "doccano.jsonl"
    export_documents(path, [first, second], to="doccano")
    rows = [json.loads(line) for line in path.read_text("ascii").splitlines()]
    assert [label[:2] for label in rows[0]["label"]] == [[0, 2], [2, 4], [4, 7], [18, 20]]
    assert rows[0].keys() == rows[1].keys()
    reserved = {"id", "data", "entities", "Comments", "filename", "upload_name", "example_uuid"}
    assert not reserved & rows[0].keys()
    meta = [value for key, value in rows[1].items() if key not in {"label"}]
    assert all(isinstance(value, str) for value in meta)


def test_what_doccano_exports_is_read(tmp_path):
    """Its rows carry its own id, comments, and raw line separators of other kinds."""
    document = parse_marked("[省委](ORG)\u2028\x85书记")
    row = {"id": 7, "text": document.text, "label": [[0, 2, "ORG"], [4, 6, "TITLE"]],
           "govner_id": document.id, "Comments": ["?"]}  # fmt: skip
    path = tmp_path / "all.jsonl"
    path.write_bytes(f"{json.dumps(row, ensure_ascii=False)}\n\n".encode())
    (corrected,) = import_documents(path, source="doccano", onto=[document], annotator="anna")
    assert corrected.spans == (Span(0, 2, "ORG"), Span(4, 6, "TITLE", "anna"))
    assert corrected.state == "corrected"


def test_label_studio_tells_proposals_from_corrections(tmp_path):
    proposed = replace(parse_marked(MARKED), state="proposed")
    path = tmp_path / "tasks.json"
    export_documents(path, [proposed], to="labelstudio")
    (task,) = json.loads(path.read_text("utf-8"))
    assert task["annotations"] == []
    assert [r["value"]["end"] for r in task["predictions"][0]["result"]] == [2, 4, 7, 20]
    assert list(import_documents(path, source="labelstudio", onto=[proposed])) == []
    kept = task["predictions"][0]["result"][1:]
    by_anna = {"completed_by": {"email": "anna@example.org"}, "result": kept}
    task["annotations"] = [by_anna, {"was_cancelled": True, "result": []}]
    path.write_text(json.dumps([task]), "utf-8")
    (corrected,) = import_documents(path, source="labelstudio", onto=[proposed])
    assert corrected.spans == proposed.spans[1:]


def test_conll_is_one_character_a_line(tmp_path):
    path = tmp_path / "corpus.conll"
    document = parse_marked("[省委](ORG) #[王](PERSON)\n[副局长](TITLE)")
    export_documents(path, [document], to="conll")
    assert path.read_text("utf-8") == (
        f'# id = "{document.id}"\n'
        "省\tB-ORG\n委\tE-ORG\n\\s\tO\n#\tO\n王\tS-PERSON\n\\n\tO\n"
        "副\tB-TITLE\n局\tI-TITLE\n长\tE-TITLE\n\n"
    )


def test_plain_bio_of_other_tools_is_read(tmp_path):
    path = tmp_path / "corpus.bio"
    path.write_text("省 B-ORG\n委 I-ORG\n书 B-TITLE\n记 I-TITLE\n好 O\n", "utf-8")
    (document,) = import_documents(path, source="conll", onto=[parse_marked("省委书记好")])
    assert [span.key for span in document.spans] == [(0, 2, "ORG"), (2, 4, "TITLE")]


def test_brat_gets_fragments_where_a_span_crosses_a_line(tmp_path):
    document = parse_marked("[省\n委](ORG)[书记](TITLE)")
    export_documents(tmp_path / "brat", [document], to="brat")
    (ann,) = (tmp_path / "brat").glob("*.ann")
    assert ann.read_text("utf-8") == "T1\tORG 0 1;2 3\t省 委\nT2\tTITLE 3 5\t书记\n"


def test_spacy_reads_tokens_of_any_size(tmp_path):
    import spacy

    nlp = spacy.blank("en")
    doc = nlp("Wang Ming spoke")
    doc.ents = [doc.char_span(0, 9, label="PERSON")]
    path = tmp_path / "corpus.spacy"
    spacy.tokens.DocBin(docs=[doc]).to_disk(path)
    (back,) = import_documents(path, source="spacy", onto=[parse_marked("Wang Ming spoke")])
    assert [span.key for span in back.spans] == [(0, 9, "PERSON")]


@settings(max_examples=30)
@given(st.sampled_from([name for name in FORMATS if name != "conll"]))
def test_half_a_character_is_refused(name):
    document = replace(parse_marked("省委"), text="省\ud800")
    with pytest.raises(NotExportable, match="half a character"):
        export_documents("-", [document], to=name)
