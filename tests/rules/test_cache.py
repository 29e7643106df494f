"""Compiled lexicons are kept between runs, and only what is whole and one's own is used."""

import pickle

import pytest

from govner.rules import Knowledge, cache

STATE = {"entries": {"县": (1, 9.0, 4)}}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "govner"


def test_what_was_kept_comes_back():
    cache.keep("a", STATE)
    assert cache.restore("a") == STATE


def test_nothing_comes_back_before_anything_was_kept():
    assert cache.restore("a") is None


def test_a_file_that_is_not_whole_is_not_used(folder):
    cache.keep("a", STATE)
    path = folder / "a"
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.restore("a") is None


def test_a_file_that_others_may_write_is_not_used(folder):
    cache.keep("a", STATE)
    (folder / "a").chmod(0o666)
    assert cache.restore("a") is None


def test_a_file_that_cannot_be_unpickled_is_not_used(folder):
    cache.keep("a", STATE)
    content = pickle.dumps(STATE)[:-1]
    digest = cache._digest(memoryview(content))
    (folder / "a").write_bytes(digest + content)
    assert cache.restore("a") is None


def test_a_folder_that_cannot_be_made_is_no_error(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache.keep("a", STATE)
    assert cache.restore("a") is None


def test_only_the_last_ones_are_kept(folder):
    for number in range(cache.KEPT + 3):
        cache.keep(str(number), STATE)
    assert len(list(folder.iterdir())) == cache.KEPT


def test_own_words_have_a_name_of_their_own():
    assert cache.key({"central": ("某局",)}) != cache.key({})
    assert cache.key({"central": ("甲", "乙")}) == cache.key({"central": ("乙", "甲")})


@pytest.mark.slow
def test_restored_knowledge_is_the_built_one():
    built, restored = Knowledge(), Knowledge()
    assert built.entries == restored.entries
    assert built.surnames == restored.surnames
    text = "省委书记王明在市财政局调研"
    assert built.entries.find(text) == restored.entries.find(text)
