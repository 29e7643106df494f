"""The component: what it finds, how sure it is, and what it survives."""

import pickle
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from govner.document import Span, format_marked, parse_marked
from govner.model.calibrate import soften
from govner.model.component import CrfNer
from govner.model.network import reads_pieces
from govner.model.pieces import LONGEST
from govner.model.reader import as_example
from govner.model.sample import Advice
from govner.model.scorer import score_strict

from .conftest import article, train_small

TEXT = "县市场监管局副局长张雪林主持会议。今天天气晴。"
MARKED = "[县市场监管局](ORG)[副局长](TITLE)[张雪林](PERSON)主持会议。今天天气晴。"


def marked(doc):
    return format_marked(doc.text, [Span(e.start_char, e.end_char, e.label_) for e in doc.ents])


def found(doc):
    return [(e.start_char, e.end_char, e.label_) for e in doc.ents]


def test_it_finds_what_it_was_taught(nlp):
    assert marked(nlp(TEXT)) == MARKED


def test_every_entity_has_a_probability(nlp):
    probabilities = [ent._.probability for ent in nlp(TEXT).ents]
    assert len(probabilities) == 3
    assert all(0.5 < p <= 1 for p in probabilities)


def test_what_is_less_probable_than_the_threshold_is_left_out(nlp):
    """The threshold is one of the calibrated probabilities, those that the entities show."""
    ner = nlp.get_pipe("ner")
    (found,) = ner.predict([nlp.make_doc(TEXT)])
    raw = [probability for *_, probability in found]
    strict = CrfNer(nlp.vocab, ner.model, threshold=0.9)
    for temperature, kept in ((1.0, 3), (8.0, 0)):
        strict.cfg = {**ner.cfg, "temperature": temperature}
        assert min(raw) > 0.9
        assert (soften(raw, temperature) >= 0.9).sum() == kept
        assert len(strict(nlp.make_doc(TEXT)).ents) == kept


def test_a_network_of_spacys_own_layers_reads_documents():
    """Pieces go as they are to the embeddings made for them only."""
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 16, "rows": [500]}
    embed |= {"attrs": ["NORM"], "include_static_vectors": False}
    nlp = train_small([article(seed) for seed in range(40)], tok2vec={"embed": embed}, steps=60)
    assert not reads_pieces(nlp.get_pipe("ner").model)
    assert "王明" in [ent.text for ent in nlp("王明出席。").ents]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。", "a", "𠮷👨\u200d👩。", "王明 \u3000 李晓红\r\n"]
)
def test_odd_texts_pass(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert all(not ent.text[0].isspace() and not ent.text[-1].isspace() for ent in doc.ents)


def test_a_long_document_gives_what_its_sentences_give(nlp):
    sentences = [article(seed, 1).text for seed in range(300)]
    whole = found(nlp("".join(sentences)))
    parts, offset = [], 0
    for sentence in sentences:
        parts += [(s + offset, e + offset, x) for s, e, x in found(nlp(sentence))]
        offset += len(sentence)
    assert whole == parts


def test_batches_do_not_matter(nlp):
    texts = [article(seed).text for seed in range(20)]
    assert [found(doc) for doc in nlp.pipe(texts, batch_size=7)] == [found(nlp(t)) for t in texts]


def test_it_survives_disk_and_bytes_and_pickling(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    blank = spacy.util.load_model_from_config(nlp.config, auto_fill=True)
    for again in (
        spacy.load(tmp_path / "model"),
        blank.from_bytes(nlp.to_bytes()),
        pickle.loads(pickle.dumps(nlp)),
    ):
        assert marked(again(TEXT)) == MARKED


def test_a_fresh_process_loads_it(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    code = (
        "import spacy, sys; doc = spacy.load(sys.argv[1])(sys.argv[2]);"
        "print(*[f'{e.text}/{e.label_}' for e in doc.ents])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "model"), TEXT],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["县市场监管局/ORG", "副局长/TITLE", "张雪林/PERSON"]


@pytest.mark.slow
def test_two_processes_give_what_one_gives(nlp):
    texts = [article(seed).text for seed in range(12)]
    one = [(found(d), [e._.probability for e in d.ents]) for d in nlp.pipe(texts)]
    two = list(nlp.pipe(texts, n_process=2, batch_size=3))
    assert [spans for spans, _ in one] == [found(doc) for doc in two]
    for (_, sure), doc in zip(one, two, strict=True):
        assert [ent._.probability for ent in doc.ents] == pytest.approx(sure, abs=1e-3)


def test_another_pipeline_can_take_the_component(nlp, tmp_path):
    other = spacy.blank("zh")
    other.add_pipe("ner", source=nlp)
    other.to_disk(tmp_path / "other")
    assert marked(spacy.load(tmp_path / "other")(TEXT)) == MARKED


def test_the_same_seed_gives_the_same_model():
    documents = [article(seed) for seed in range(12)]
    first, second, other = (train_small(documents, steps=6, seed=s) for s in (1, 1, 2))
    assert weights(first) == weights(second) != weights(other)


def weights(nlp):
    return nlp.get_pipe("ner").model.to_bytes()


def test_unknown_stretches_are_left_open():
    """A name that is known to be none is learned as none, one that is open is not."""
    documents = [parse_marked("欧阳峰来了。"), parse_marked("[王明](PERSON)来了。")] * 8
    closed = train_small(documents)
    opened = [
        d if d.spans else type(d)(d.id, d.text, meta={"unknown": [[0, 3]]}) for d in documents
    ]
    assert marked(closed("欧阳峰来了。")) == "欧阳峰来了。"
    sure = [nlp_probability(n, "欧阳峰来了。") for n in (closed, train_small(opened))]
    assert 5 * sure[0] < sure[1]


def nlp_probability(nlp, text):
    """How probable it is that the first character is part of an entity."""
    from govner.model.crf import Lattice
    from govner.model.network import potentials
    from govner.model.packing import Packing
    from govner.model.sample import read_pieces

    ner = nlp.get_pipe("ner")
    piece = read_pieces(nlp.make_doc(text), tags=ner.tags)[0]
    packing = Packing.of([len(text)])
    scores = ner.model.predict([piece.as_doc(nlp.vocab)])[packing.rows]
    lattice = Lattice.of(scores, potentials(ner.model, ner.tags), packing)
    return float(1 - lattice.marginals()[0, 0])


def test_advice_becomes_part_of_each_piece():
    """Proposed spans become tags, words the kinds of each of their characters."""
    documents = [parse_marked("[甲乙](PERSON)丙丁"), parse_marked("甲乙[丙丁](PERSON)")]
    nlp = train_small(documents, steps=0)
    ner = nlp.get_pipe("ner")
    ner.hints = lambda _: Advice([(0, 2, "PERSON"), (2, 4, "UNHEARD")], [(0, 2, 5), (2, 3, 1)])
    pieces, _ = ner._lessons([as_example(nlp, documents[0])])
    assert ner.tags.decode(pieces[0].hints) == [(0, 2, "PERSON")]
    assert pieces[0].kinds.tolist() == [21, 22, 7, 0]


def test_words_bound_what_can_be_found(nlp):
    """Tokens decide where an entity may end, and gold that they cannot reach counts as missed."""
    document = parse_marked("[省委](ORG)[书记](TITLE)[王明](PERSON)主持会议。")
    words = ["省委", "书记王", "明", "主持", "会议", "。"]
    predicted = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    nlp.get_pipe("ner")(predicted)
    example = as_example(nlp, document)
    scores = score_strict([Example(predicted, example.reference)])
    assert predicted.ents[0].text == "省委"
    assert scores["ents_per_type"]["PERSON"]["r"] == scores["ents_per_type"]["TITLE"]["r"] == 0
    assert scores["ents_per_type"]["ORG"]["r"] == 1
    assert scores["ents_r"] == pytest.approx(1 / 3)


def test_spacys_own_examples_teach_it_too():
    nlp = spacy.blank("zh")
    ner = nlp.add_pipe("govner_ner")
    doc = nlp.make_doc("省委书记")
    example = Example.from_dict(doc, {"entities": [(0, 2, "ORG")]})
    nlp.initialize(lambda: [example])
    losses = nlp.update([example])
    assert ner.labels == ("ORG",)
    assert np.isfinite(losses["govner_ner"])


@pytest.mark.slow
def test_a_million_characters_are_read_in_pieces_of_bounded_size(nlp, monkeypatch):
    """What the network and the decoder see at once does not grow with the text."""
    ner = nlp.get_pipe("ner")
    text = ("省委书记王明主持会议，" * 40 + "。") * 23 + "无标点" * 300_000
    sizes = []

    def read(pieces):
        sizes.append(sum(len(piece.text) for piece in pieces))
        return original(pieces) if len(sizes) == 1 else [[] for _ in pieces]

    original = ner._read
    monkeypatch.setattr(ner, "_read", read)
    tracemalloc.start()
    try:
        ner.predict([Doc(nlp.vocab, words=[text], spaces=[False])])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) == len(text) > 900_000
    assert max(sizes) <= ner.chunk + LONGEST
    assert peak < 250e6


@pytest.fixture(scope="module")
def wide():
    """Return a model with a vocabulary of its own and wide scores that has learned the patterns."""
    extra = {"@architectures": "govner.WideScores.v1", "dropout": 0.1}
    return train_small(
        [article(seed) for seed in range(40)], steps=50, embed={"vocabulary": True}, wide=extra
    )


def test_wide_scores_and_a_vocabulary_learn_and_travel(wide, tmp_path):
    assert marked(wide(TEXT)) == MARKED
    wide.to_disk(tmp_path / "model")
    copies = [spacy.load(tmp_path / "model"), pickle.loads(pickle.dumps(wide))]
    for copy in copies:
        assert weights(copy) == weights(wide)
        assert marked(copy(TEXT)) == MARKED


def test_their_averages_are_used_for_a_while(wide):
    """What spaCy saves and scores while training are the averaged rows."""
    network = wide.get_pipe("ner").model
    tables = [shim for node in network.walk() for shim in node.shims]
    assert len(tables) == 3
    before = weights(wide)
    with network.use_params({(table.id, "rows"): 0 * table.rows for table in tables}):
        assert weights(wide) != before
    assert weights(wide) == before


def test_the_same_seed_gives_the_same_vocabulary_and_rows():
    documents = [article(seed) for seed in range(12)]
    settings = {
        "embed": {"vocabulary": True},
        "wide": {"@architectures": "govner.WideScores.v1"},
        "steps": 6,
    }
    first, second = (train_small(documents, **settings) for _ in range(2))
    assert weights(first) == weights(second)
