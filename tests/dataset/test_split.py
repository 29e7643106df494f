"""Splits that do not leak, and their certificate."""

import random

import pytest

from govner.dataset import certify, near_copies, split
from govner.dataset.sketch import certify_by_sketches, sketch, sketches
from govner.document import Document, parse_marked
from govner.document.errors import BadInput
from govner.document.shingles import jaccard, shingles

CHARACTERS = "省市县委书记局长王李张明华会议强调要加强和改进工作落实精神人民群众发展经济社会"


def article(seed, length=300):
    draw = random.Random(seed)
    text = "".join(draw.choice(CHARACTERS) for _ in range(length))
    return Document(f"d{seed}", text)


def corpus(size):
    return [article(seed) for seed in range(size)]


def test_parts_hold_every_document_once_in_order():
    documents = corpus(60)
    made = split(documents)
    together = [document for part in made.parts.values() for document in part]
    assert sorted(d.id for d in together) == sorted(d.id for d in documents)
    for part in made.parts.values():
        assert [d.id for d in part] == [d.id for d in documents if d in part]
    assert all(made.parts.values())


def test_near_copies_stay_together_and_are_named():
    documents = corpus(40)
    copies = [Document(f"copy{i}", "新华社电" + documents[i].text[:250]) for i in range(20)]
    made = split(documents + copies)
    where = made.assignment
    assert [where[f"d{i}"] for i in range(20)] == [where[f"copy{i}"] for i in range(20)]
    assert ["d3", "copy3"] in made.together
    assert certify(made.parts).clean


def test_an_excerpt_is_a_near_copy_of_its_article():
    sentences = [article(seed, 40).text for seed in range(20)]
    whole, excerpt = "。".join(sentences), "。".join(sentences[:3])
    assert jaccard(shingles(whole), shingles(excerpt)) < 0.5
    (pair,) = near_copies([Document("1", whole), Document("2", excerpt)])
    assert pair.similarity > 0.9


def test_different_articles_are_no_near_copies():
    assert near_copies(corpus(50)) == []


@pytest.mark.parametrize("text", ["", "省", "省委书记", "!!!"])
def test_short_texts_have_shingles(text):
    assert len(shingles(text)) == 1


def test_the_same_seed_gives_the_same_split_and_another_seed_another():
    documents = corpus(50)
    assert split(documents, seed=1).assignment == split(documents, seed=1).assignment
    assert split(documents, seed=1).assignment != split(documents, seed=2).assignment


def test_added_documents_move_no_other():
    documents = corpus(120)
    before = split(documents[:80]).assignment
    after = split(documents).assignment
    assert {i: after[i] for i in before} == before


def test_the_order_of_the_documents_does_not_matter():
    documents = corpus(60)
    assert split(documents).assignment == split(documents[::-1]).assignment


def test_kept_documents_stay_and_draw_their_new_copies_to_them():
    documents = corpus(20)
    keep = {document.id: "test" for document in documents[:2]}
    copy = Document("copy", documents[0].text + "完")
    where = split([*documents, copy], keep=keep).assignment
    assert where["d0"] == where["d1"] == where["copy"] == "test"


def test_kept_documents_that_turn_out_to_be_copies_go_to_train():
    documents = corpus(20)
    twin = Document("twin", documents[0].text + "完")
    where = split([*documents, twin], keep={"d0": "test", "twin": "dev"}).assignment
    assert where["d0"] == where["twin"] == "train"


def test_documents_of_one_date_stay_together():
    documents = [Document(d.id, d.text, meta={"date": i % 9}) for i, d in enumerate(corpus(60))]
    made = split(documents, group_by=["date"])
    for day in range(9):
        assert len({made.assignment[d.id] for d in documents if d.meta["date"] == day}) == 1


def test_documents_of_one_official_stay_together_but_the_president_links_nothing():
    names = ["王明", "李华", "王明", "张三", "李四", "赵六"]
    documents = [
        parse_marked(f"[习近平](PERSON)会见[{name}](PERSON)，{article(i).text}")
        for i, name in enumerate(names)
    ]
    made = split(documents, group_by=["officials"])
    assert made.together == [[documents[0].id, documents[2].id]]


def test_an_entity_disjoint_test_leaves_training_documents_out():
    names = ["王明", "李华", "张三"]
    documents = [
        parse_marked(f"[{names[i % 3] if i < 30 else f'赵{i}'}](PERSON)说，{article(i).text}")
        for i in range(60)
    ]
    made = split(documents, disjoint=["PERSON"])
    assert certify(made.parts).seen["PERSON"] == 0
    assert made.left_out
    assert sum(map(len, made.parts.values())) + len(made.left_out) == 60


@pytest.mark.parametrize("size", [3, 4, 5, 12])
def test_no_part_of_a_small_corpus_is_empty(size):
    assert all(split(corpus(size)).parts.values())


def test_too_few_independent_documents_are_refused():
    text = article(1).text
    copies = [Document(str(i), text + "完" * i) for i in range(6)]
    with pytest.raises(BadInput, match="1 independent documents"):
        split(copies)


def test_doubled_ids_are_refused():
    with pytest.raises(BadInput, match="doubled"):
        split([article(1), article(1), article(2)])


def test_a_leaking_split_is_certified_as_leaking():
    documents = corpus(12)
    parts = {"train": documents[:8], "dev": documents[8:10], "test": [documents[0]]}
    certificate = certify(parts)
    assert not certificate.clean
    assert certificate.crossing[0]["similarity"] == 1
    assert "LEAKING" in str(certificate)
    assert "d0 (train) and d0 (test): 100%" in str(certificate)


def test_the_certificate_names_the_closest_pair_and_the_repeated_sentences():
    sentences = [article(seed, 30).text for seed in range(30)]
    first, second = "。".join(sentences[:10]), "。".join(sentences[7:20])
    parts = {"train": [Document("a", first)], "dev": [Document("b", second)], "test": [article(99)]}
    certificate = certify(parts)
    assert certificate.clean
    assert (certificate.closest["held_out"], certificate.closest["train"]) == ("b", "a")
    assert certificate.repeated_sentences == 3


def test_seen_shares_leave_the_trivial_surfaces_aside():
    train = [parse_marked("[国务院](ORG)[省委](ORG)")]
    test = [parse_marked("[国务院](ORG)，[省委](ORG)[市委](ORG)")]
    assert certify({"train": train, "dev": [], "test": test}).seen == {"ORG": 0.5}


def test_sketches_know_a_copy_again_and_no_other_text():
    train = corpus(40)
    learned = sketches(train)
    half = train[7].text[:200] + article(99).text[:100]  # 195 of 395 shingles: a half
    cut = Document("cut", "日前，" + train[3].text[:280])
    certificate = certify_by_sketches([cut, Document("new", article(77).text)], learned)
    assert [(row["left"], row["right"]) for row in certificate["crossing"]] == [("d3", "cut")]
    assert certificate["closest"]["similarity"] > 0.8
    true = jaccard(shingles(half), shingles(train[7].text))
    found = certify_by_sketches([Document("half", half)], learned)["closest"]
    assert found["train"] == "d7"
    assert found["similarity"] == pytest.approx(true, abs=0.15)


def test_the_same_id_is_a_copy_whatever_its_text():
    certificate = certify_by_sketches([article(1)], {"d1": sketch("全不相同的文字" * 9)})
    assert not certificate["clean"]


@pytest.mark.parametrize("text", ["", "no base64", "AAAA", None])
def test_what_is_no_sketch_is_an_error(text):
    with pytest.raises(ValueError, match="is no sketch"):
        certify_by_sketches([article(1)], {"d1": text})
