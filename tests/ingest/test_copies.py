"""Near copies get one group id as they stream by, and memory stays where it is."""

import gc
import tracemalloc
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.document import Document, document_id
from govner.document.shingles import jaccard, lowest, shingles
from govner.ingest import group_copies

from .composed import ARTICLES


def article(*paragraphs):
    text = "\n".join(paragraphs)
    return Document(document_id(text), text, meta={"title": "会议"})


def made(seed, length=300):
    codes = np.random.default_rng(seed).integers(0x4E00, 0x9FA5, length)
    return "".join(map(chr, codes))


def groups(documents, **options):
    return [d.meta["group"] for d in group_copies(documents, **options)]


def test_reprints_have_the_id_of_the_first_and_others_their_own():
    first, second, third = (a.text for a in ARTICLES[:3])
    reprint = f"本报讯 {first.replace('，', ',')}\n（王明）"
    documents = [article(t) for t in (first, second, reprint, third, second[:-20], first)]
    one, two, three = (documents[n].id for n in (0, 1, 3))
    assert groups(documents) == [one, two, one, three, two, one]
    assert next(group_copies(documents)).meta["title"] == "会议"


def test_what_comes_later_changes_nothing():
    documents = [article(made(seed // 2, 200), made(100 + seed, 40)) for seed in range(20)]
    assert groups(documents)[:7] == groups(documents[:7])
    assert len(set(groups(documents))) == 10


def test_a_group_is_that_of_its_founder_and_does_not_drift():
    """A chain of copies, each like the one before, does not join what is not alike."""
    words = [made(n, 60) for n in range(12)]
    chain = [article(*words[n : n + 6]) for n in range(7)]
    found = groups(chain)
    assert found[1] == found[0]
    assert found[6] != found[0]


@given(st.integers(0, 10_000), st.integers(0, 300))
def test_the_share_of_equal_values_is_near_that_of_common_shingles(seed, common):
    left, right = made(seed) + made(20_000), made(seed)[:common] + made(seed + 1, 300 - common)
    sets = shingles(left), shingles(right)
    least = [lowest(hashes, 1024) for hashes in sets]
    assert abs((least[0] == least[1]).mean() - jaccard(*sets)) < 0.09


@pytest.mark.parametrize("text", ["", "。", "一", "😀𠮷", "\ud800"])
def test_a_text_of_almost_nothing_is_a_copy_of_its_equal(text):
    documents = [Document("a", text), Document("b", made(1)), Document("c", text)]
    assert groups(documents) == ["a", "b", "a"]


def test_a_page_of_any_length_is_read_by_its_beginning():
    long = made(1, 120_000)
    assert groups([Document("a", long), Document("b", long[:100_000] + made(2, 50_000))]) == [
        "a", "a",
    ]  # fmt: skip


def test_memory_does_not_grow_with_the_documents():
    """What Python holds after many pages is what it held after few; SQLite's share is bounded."""
    numbered = (replace(article(made(n, 40)), id=str(n)) for n in range(10_000))
    stream = group_copies(numbered)
    held = []
    tracemalloc.start()
    try:
        for count in (300, 1200):
            for _ in islice(stream, count):
                pass
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
        stream.close()
    assert held[1] - held[0] < 50_000
