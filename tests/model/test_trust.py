"""What the component makes of advice that it is told to trust."""

import pytest
import spacy
from spacy.training import Example

from govner.model.component import CrfNer
from govner.model.sample import Advice


def advise(text):
    start = text.find("王明")
    return Advice([(start, start + 2, "PERSON")] if start >= 0 else [])


def untaught(trust):
    """Make a component whose network has learned nothing: all taggings are alike."""
    nlp = spacy.blank("zh")
    ner = nlp.add_pipe("govner_ner")
    example = Example.from_dict(nlp.make_doc("王明"), {"entities": [(0, 2, "PERSON")]})
    nlp.initialize(lambda: [example])
    trusting = CrfNer(nlp.vocab, ner.model, hints=advise, trust=trust)
    trusting.cfg.update(ner.cfg)
    return nlp, trusting


@pytest.mark.parametrize(("trust", "agrees"), [(9.0, True), (0.0, False)])
def test_advice_counts_as_much_as_it_is_trusted(trust, agrees):
    nlp, ner = untaught(trust)
    doc = ner(nlp.make_doc("书记王明说话。"))
    assert ([ent.text for ent in doc.ents] == ["王明"]) is agrees


def test_without_advice_there_is_nothing_to_trust():
    nlp, _ = untaught(0.0)
    assert CrfNer(nlp.vocab, None, trust=2.0).trust == 0.0
