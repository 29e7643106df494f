"""What corrections teach the rules, as entries and as a file that the rules read."""

import sys
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, Span, parse_marked
from govner.review import Entry, changes, suggest, to_toml
from govner.rules import annotate
from govner.rules.own import load_knowledge
from govner.rules.text import normalise

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def taught(*pairs, rules=(), source="org.known"):
    """Return kind, name and reason of what pairs of marked texts teach, before and after."""
    before, after = [], []
    for number, pair in enumerate(pairs):
        for marked, side in zip(pair, (before, after), strict=True):
            document = parse_marked(marked)
            spans = tuple(Span(*span.key, source) for span in document.spans)
            side.append(Document(str(number), document.text, spans))
    entries = suggest(changes(before, after), after, rules=rules, fold=normalise)
    return [(entry.kind, entry.name, entry.why) for entry in entries]


def test_what_was_missed_or_proposed_otherwise_is_a_word_to_add():
    assert taught(
        ("云畈办的畈长王木", "[云畈办](ORG)的[畈长](TITLE)[王木](PERSON)"),
        ("[天衡](ORG)院，[云畈办](TITLE)", "[天衡院](ORG)，[云畈办](ORG)"),
    ) == [
        ("bodies", "云畈办", "put in 2 times; ORG in 2 of 2 places"),
        ("bodies", "天衡院", "put in once; ORG in 1 of 1 places"),
        ("persons", "王木", "put in once; PERSON in 1 of 1 places"),
        ("posts", "畈长", "put in once; TITLE in 1 of 1 places"),
    ]


def test_a_word_that_is_mostly_something_else_is_not_suggested():
    assert taught(("主任。主任，主任", "[主任](TITLE)。主任，主任")) == []


def test_what_stands_inside_a_longer_span_says_nothing_against_a_word():
    longer = "[石桥云畈办](ORG)"
    found = taught((f"云畈办，{longer}", f"[云畈办](ORG)，{longer}"))
    assert found == [("bodies", "云畈办", "put in once; ORG in 1 of 1 places")]


def test_what_was_taken_away_and_is_marked_nowhere_is_no_word():
    assert taught(("[联办](ORG)，[联办](ORG)", "联办，联办")) == [
        ("not_bodies", "联办", "taken away 2 times, marked nowhere")
    ]
    assert taught(("[联办](ORG)，[联办](ORG)", "[联办](ORG)，联办")) == []
    assert taught(("[联办](ORG)", "联办"), ("[省联办](ORG)", "[省联办](ORG)")) == []


def test_what_no_rules_file_can_hold_is_left_out():
    assert taught(("王，杜　宇", "[王](PERSON)，[杜　宇](PERSON)")) == []


def test_a_rule_that_is_wrong_beyond_doubt_is_to_be_switched_off():
    """Of four wrong ones the precision is at most 0.49; of three it could be 0.56."""
    wrong = ("[联办](ORG)", "联办")
    assert taught(*[wrong] * 3, rules=["org.known"])[1:] == []
    assert taught(*[wrong] * 4, rules=["org.known"])[1:] == [
        ("off", "org.known", "0 of 4 kept, 95 % interval 0% to 49%")
    ]
    assert taught(*[wrong] * 4, rules=["org.level"])[1:] == []


def test_the_file_is_read_by_the_rules_and_mends_what_was_corrected(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = "会上浙里办专班的哈木古发言，外交部发布消息。"
    (before,) = annotate([Document("a", text)])
    assert [before.surface(span) for span in before.spans] == ["外交部"]
    after = before.with_spans([Span(2, 7, "ORG"), Span(8, 11, "PERSON")], state="corrected")
    path = tmp_path / "mine.toml"
    entries = suggest(changes([before], [after]), [after], rules=(), fold=normalise)
    path.write_text(to_toml(entries, documents=1), encoding="utf-8")
    (again,) = annotate([Document("a", text)], knowledge=load_knowledge(path))
    assert {span.key for span in again.spans} == {span.key for span in after.spans}


def test_rules_in_the_file_are_switched_off(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "mine.toml"
    path.write_text(to_toml([Entry("off", "org.known", 4, "0 of 4")], documents=1), "utf-8")
    assert load_knowledge(path).disabled == {"org.known"}


ALPHABET = "云畈办王木\"\\#]', \u3000ＡA\n\x7f\u2028é\u0301𠮷"
TEXT = st.text(alphabet=ALPHABET, min_size=1, max_size=30)


@st.composite
def sides(draw):
    text = draw(TEXT)
    both = []
    for _ in range(2):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        spans = [
            Span(start, end, draw(st.sampled_from(["PERSON", "TITLE", "ORG"])))
            for start, end in zip(edges[::2], edges[1::2], strict=False)
            if text[start:end].strip() == text[start:end]
        ]
        both.append(Document("a", text, tuple(spans)))
    return both


@given(sides())
def test_every_file_of_suggestions_can_be_read(both):
    before, after = both
    entries = suggest(changes([before], [after]), [after], rules=(), fold=normalise)
    found = defaultdict(list)
    for entry in entries:
        found[entry.kind].append(entry.name)
    read = tomllib.loads(to_toml(entries, documents=1))
    assert read == {"words": dict(found), "rules": {"off": []}}
    for kind in ("persons", "posts", "bodies"):
        assert not set(found[kind]) & set(found[f"not_{kind}"])
