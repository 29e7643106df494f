"""Documents told again of other people and bodies: offsets, agreement, what stays."""

from govner.cli.lexicons import rule_words
from govner.dataset.swap import swap_documents
from govner.document import parse_marked

WORDS = rule_words()


def told(marked, count=20):
    return list(swap_documents([parse_marked(marked)], count=count, seed=7, words=WORDS))


def surfaces(document, label):
    return [document.surface(span) for span in document.spans if span.label == label]


def test_a_person_keeps_one_new_name():
    for document in told("[王明](PERSON)说，[李红](PERSON)问[王明](PERSON)。"):
        first, second, third = surfaces(document, "PERSON")
        assert first == third != second
        assert document.text == f"{first}说，{second}问{third}。"


def test_a_surname_alone_follows_its_person():
    for document in told("[县长](TITLE)[王明](PERSON)到会。[王](PERSON)[县长](TITLE)讲话。"):
        full, family = surfaces(document, "PERSON")
        assert full.startswith(family)


def test_a_name_that_also_stands_inside_another_stays():
    for document in told("[雷锋](PERSON)的故事。学雷锋活动。"):
        assert surfaces(document, "PERSON") == ["雷锋"]


def test_bodies_are_swapped_for_others_of_their_kind():
    ends = ("局", "厅", "厂", "委")
    documents = told("[江州市水利局](ORG)[局长](TITLE)到[省委](ORG)。")
    new = {surfaces(document, "ORG")[0] for document in documents}
    assert len(new) > 10
    assert any(name.endswith(ends) for name in new)
    assert {surfaces(document, "ORG")[1] for document in documents} == {"省委"}


def test_leaders_and_reporters_stay():
    for document in told("[记者](TITLE)获悉，[习近平](PERSON)[总书记](TITLE)强调。"):
        assert document.text == "记者获悉，习近平总书记强调。"


def test_the_same_seed_tells_the_same():
    marked = "[书记](TITLE)[王明](PERSON)来到[新华医院](ORG)。"
    assert [d.text for d in told(marked)] == [d.text for d in told(marked)]
    assert len({d.text for d in told(marked)}) > 10
