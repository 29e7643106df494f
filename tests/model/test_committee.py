"""Networks that learn apart and decide together."""

import numpy as np
import pytest
import spacy

from govner.document import Span, format_marked
from govner.model.committee import build_committee, members_of
from govner.model.network import potentials

from .conftest import article, train_small

TEXT = "县市场监管局副局长张雪林主持会议。今天天气晴。"
MARKED = "[县市场监管局](ORG)[副局长](TITLE)[张雪林](PERSON)主持会议。今天天气晴。"

MEMBER = {
    "@architectures": "govner.CrfNer.v1",
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "govner.CharEmbed.v1", "width": 16, "vocabulary": True},
        "encode": {"@architectures": "govner.BiLstmEncoder.v1", "width": 32},
    },
    "wide": {"@architectures": "govner.WideScores.v1"},
}


def committee(size, steps=40):
    model = {"@architectures": "govner.Committee.v1", "size": size, "member": MEMBER}
    return train_small([article(seed) for seed in range(40)], steps=steps, model=model)


@pytest.fixture(scope="module")
def three():
    """Return a pipeline whose three networks have learned the patterns."""
    return committee(3)


def marked(doc):
    return format_marked(doc.text, [Span(e.start_char, e.end_char, e.label_) for e in doc.ents])


def scores(network, nlp):
    return np.asarray(network.predict([nlp.make_doc("王明出席。")]))


def test_it_finds_what_it_was_taught(three):
    assert marked(three(TEXT)) == MARKED


def test_the_members_differ_and_their_mean_decides(three):
    ner = three.get_pipe("ner")
    members = members_of(ner.model)
    assert len(members) == 3
    votes = [scores(member, three) for member in members]
    assert all(np.abs(votes[0] - vote).max() > 0.01 for vote in votes[1:])
    np.testing.assert_allclose(scores(ner.model, three), np.mean(votes, axis=0), rtol=1e-5)
    moves = [potentials(member, ner.tags).moves for member in members]
    np.testing.assert_allclose(potentials(ner.model, ner.tags).moves, np.mean(moves, axis=0))


def test_no_part_is_shared(three):
    nodes = [list(member.walk()) for member in members_of(three.get_pipe("ner").model)]
    shims = [shim.id for walked in nodes for node in walked for shim in node.shims]
    assert len(set(shims)) == len(shims) == 3 * 3
    assert len({id(node) for walked in nodes for node in walked}) == sum(map(len, nodes))


def test_it_survives_disk(three, tmp_path):
    three.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.get_pipe("ner").model.to_bytes() == three.get_pipe("ner").model.to_bytes()
    assert marked(again(TEXT)) == MARKED


def test_the_same_seed_gives_the_same_committee():
    first, second = (committee(2, steps=4).get_pipe("ner").model.to_bytes() for _ in range(2))
    assert first == second


def test_one_member_learns_what_it_learns_alone():
    alone = train_small([article(seed) for seed in range(40)], steps=4, model=MEMBER)
    together = committee(1, steps=4)
    (member,) = members_of(together.get_pipe("ner").model)
    assert member.to_bytes() == alone.get_pipe("ner").model.to_bytes()


def test_a_committee_has_members(three):
    (member, *_) = members_of(three.get_pipe("ner").model)
    with pytest.raises(ValueError, match="one member or more"):
        build_committee(member, size=0)
