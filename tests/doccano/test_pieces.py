"""Cutting for the page and joining again, and what needs no server."""

import os

from hypothesis import given
from hypothesis import strategies as st

from govner.doccano import Home, down, sweep
from govner.doccano.client import Access
from govner.doccano.pieces import cut, join
from govner.document import Document, Span, parse_marked


def texts(pieces):
    return [piece.text for piece in pieces]


def test_a_short_document_is_one_piece():
    (piece,) = cut(parse_marked("[省委](ORG)开会。"))
    assert (piece.key[1], piece.start, len(piece.spans)) == ("1/1", 0, 1)


def test_cuts_stand_at_paragraph_bounds_then_after_sentences():
    document = Document("a", "第一段。还有。\n第二段很长，没有句号\n")
    assert texts(cut(document, characters=12)) == ["第一段。还有。\n", "第二段很长，没有句号\n"]
    assert texts(cut(document, characters=7)) == ["第一段。还有。", "\n第二段很长，", "没有句号\n"]


def test_too_many_spans_are_cut_as_well():
    document = parse_marked("[省委](ORG)，[市委](ORG)，\n[县委](ORG)")
    assert texts(cut(document, spans=2)) == ["省委，市委，\n", "县委"]


def test_a_span_is_never_cut():
    document = parse_marked("前[" + "长" * 20 + "](ORG)后")
    for piece in cut(document, characters=5):
        assert all(0 <= s.start < s.end <= len(piece.text) for s in piece.spans)
    assert sum(len(piece.spans) for piece in cut(document, characters=5)) == 1


ALPHABET = "省委书记王。！\n\r\t 　𠮷é\u0301👨‍👩\u2028"


@st.composite
def documents(draw):
    text = draw(st.text(alphabet=ALPHABET, min_size=1, max_size=80).filter(str.strip))
    edges = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    spans = [
        Span(start, end, "ORG")
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if not text[start].isspace() and not text[end - 1].isspace()
    ]
    return Document("a", text, tuple(spans))


@given(documents(), st.integers(1, 30), st.integers(1, 4))
def test_pieces_joined_are_the_document(document, characters, spans):
    pieces = cut(document, characters=characters, spans=spans)
    assert join((piece, piece.spans) for piece in pieces) == (document.text, document.spans)
    assert all(piece.text.strip() for piece in pieces)
    assert [piece.index for piece in pieces] == list(range(1, len(pieces) + 1))


def test_what_uploads_and_exports_left_behind_is_swept_unless_it_is_young(tmp_path):
    home = Home.at(tmp_path / "home")
    media = home.folder("data/media")
    for name in ("old.zip", "new.zip"):
        (media / name).touch()
    (home.folder("data/uploads") / "old").mkdir()
    for path in (media / "old.zip", home.root / "data/uploads/old"):
        os.utime(path, (1, 1))
    sweep(home)
    assert [p.name for p in (home.root / "data").glob("*/*")] == ["new.zip"]
    assert down(home) is False
    assert [p.name for p in (home.root / "data").glob("*/*")] == []


def test_secrets_are_made_once_and_for_one_user(tmp_path):
    home = Home.at(tmp_path / "home")
    first = home.secret("password")
    assert home.secret("password") == first
    assert len(first) < 30  # doccano's login page takes no more
    assert (home.root / "password").stat().st_mode & 0o777 == 0o600
    assert first not in repr(Access("http://127.0.0.1:1", "admin", first))
