"""What a person adds in a TOML file, and how wrong files are refused."""

import pytest

from govner.document import Document, format_marked
from govner.document.errors import BadConfig
from govner.rules import Knowledge, annotate, propose
from govner.rules.own import load_knowledge


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def load(folder, text: str) -> Knowledge:
    (folder / "my.toml").write_text(text, encoding="utf-8")
    return load_knowledge(folder / "my.toml")


def marked(text: str, knowledge: Knowledge | None = None) -> str:
    return format_marked(text, propose(text, knowledge=knowledge).spans)


OWN = [
    ('persons = ["哈木古"]', "会上哈木古站了起来。", "会上[哈木古](PERSON)站了起来。"),
    ('posts = ["畈长"]', "畈长王明说。", "[畈长](TITLE)[王明](PERSON)说。"),
    ('bodies = ["浙里办专班"]', "浙里办专班成立了。", "[浙里办专班](ORG)成立了。"),
    ('places = ["云畈"]', "云畈教育局召开会议。", "[云畈教育局](ORG)召开会议。"),
    ('fields = ["打非"]', "市打非局召开会议。", "[市打非局](ORG)召开会议。"),
    (
        'announcers = ["寻乡人"]',
        "采访中寻乡人王文也很激动。",
        "采访中寻乡人[王文](PERSON)也很激动。",
    ),
]


@pytest.mark.parametrize(("line", "text", "expected"), OWN)
def test_own_words_are_known(folder, line, text, expected):
    assert marked(text) != expected
    assert marked(text, load(folder, f"[words]\n{line}\n")) == expected


NOT = [
    ('not_bodies = ["外交部"]', "[外交部](ORG)发布消息。", "外交部发布消息。"),
    ('not_persons = ["王小明"]', "居民[王小明](PERSON)说。", "居民王小明说。"),
    ('not_posts = ["发言人"]', "[外交部](ORG)[发言人](TITLE)说。", "[外交部](ORG)发言人说。"),
]


@pytest.mark.parametrize(("line", "before", "after"), NOT)
def test_words_are_taken_away(folder, line, before, after):
    text = after.replace("[外交部](ORG)", "外交部")
    assert marked(text) == before
    assert marked(text, load(folder, f"[words]\n{line}\n")) == after


def test_files_of_words_stand_beside_the_toml(folder):
    (folder / "bodies.txt").write_text("# ours\n浙里办专班\n\n未来社区专班\n", encoding="utf-8")
    knowledge = load(folder, '[files]\nbodies = ["bodies.txt"]\n')
    assert marked("未来社区专班成立了。", knowledge) == "[未来社区专班](ORG)成立了。"


def test_a_rule_is_switched_off(folder):
    text = "外交部印发通知。"
    knowledge = load(folder, '[rules]\noff = ["org.ministry"]\n')
    (document,) = annotate([Document("a", text)], knowledge=knowledge)
    assert document.spans == ()
    ((span, reason),) = propose(text, knowledge=knowledge).losers
    assert (span.source, reason) == ("org.ministry", "the rule is switched off")


FAULTS = [
    ("[words]\n\nbodys = []", 3, "there is no key 'bodys'; did you mean 'bodies'?"),
    ("[word]\nbodies = []", 1, "there is no table 'word'; did you mean 'words'?"),
    ('words = "甲"', 1, "words is a value"),
    ('[words]\nbodies = "甲乙"', 2, "is no list of strings"),
    ("[words]\nposts = [1]", 2, "is no list of strings"),
    ('[words]\nbodies = [\n  "甲 乙",\n]', 3, "'甲 乙' is no word"),
    ('[rules]\noff = [\n"org.levl",\n]', 3, "no rule 'org.levl'; did you mean 'org.level'?"),
    ("[rules]\non = []", 2, "there is no key 'on'; did you mean 'off'?"),
    ("[words]\nbodies = [", 2, "it is no TOML"),
    ('[words]\nbodies = ["甲乙"]\nnot_bodies = ["甲乙"]', 3, "甲乙 stands in not_bodies and"),
]


@pytest.mark.parametrize(("text", "line", "why"), FAULTS)
def test_faults_are_told_with_file_and_line(folder, text, line, why):
    with pytest.raises(BadConfig) as caught:
        load(folder, text)
    assert str(caught.value).startswith(f"{folder / 'my.toml'}, line {line}: ")
    assert why in str(caught.value)


def test_faults_in_a_file_of_words_name_that_file(folder):
    (folder / "bodies.txt").write_text("甲乙\n丙\n", encoding="utf-8")
    with pytest.raises(BadConfig, match=r"bodies\.txt, line 2: '丙' is no word"):
        load(folder, '[files]\nbodies = ["bodies.txt"]\n')


def test_bytes_that_are_not_utf8_are_told_with_their_line(folder):
    (folder / "my.toml").write_bytes("# ok\n# 乙".encode() + "乙".encode("gbk"))
    with pytest.raises(BadConfig, match=r"my\.toml, line 2: it is not UTF-8"):
        load_knowledge(folder / "my.toml")


def test_a_missing_file_is_told(folder):
    with pytest.raises(BadConfig, match="cannot be read"):
        load_knowledge(folder / "none.toml")
