"""The transformer recipe, with a tiny transformer of random weights that the test makes."""

import io
from pathlib import Path

import numpy as np
import pytest
import spacy
from thinc.api import Adam, Config

from govner.document import GovnerError

from .conftest import article, train_small

torch = pytest.importorskip("torch", reason="the transformer recipe needs PyTorch")
transformers = pytest.importorskip("transformers", reason="it needs transformers")

CONFIG = Path(__file__).parents[2] / "configs" / "transformer.cfg"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Return the folder of a BERT with one layer that knows the characters of the patterns."""
    folder = tmp_path_factory.mktemp("bert")
    characters = sorted({c for seed in range(60) for c in article(seed).text if c.strip()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *characters]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=40,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def network(tiny):
    from govner.model.transformer import build_transformer

    model = build_transformer(str(tiny))
    model.initialize(X=[])
    return model


def test_every_character_has_a_row(tiny):
    nlp = spacy.blank("zh")
    docs = [nlp("省委书记王明"), nlp("𠮷"), nlp("王" * 90)]
    rows = network(tiny).predict(docs)
    assert [row.shape for row in rows] == [(6, 16), (1, 16), (90, 16)]
    alone = network(tiny).predict(docs[:1])
    np.testing.assert_allclose(alone[0], rows[0], atol=1e-5)


def test_it_learns_with_the_decoder_and_travels_without_its_folder(tiny, tmp_path):
    documents = [article(seed) for seed in range(12)]
    tok2vec = {"@architectures": "govner.Transformer.v1", "name": str(tiny), "rate": 1.0}
    nlp = train_small(documents, steps=0, network=tok2vec)
    component, losses = nlp.get_pipe("ner"), []
    examples = [example_of(nlp, document) for document in documents]
    optimizer = Adam(0.01)
    for _ in range(12):
        losses.append(component.update(examples, sgd=optimizer)["ner"])
    assert losses[-1] < losses[0] / 2
    nlp.to_disk(tmp_path / "model")
    (tiny / "config.json").rename(tiny / "away.json")
    try:
        copy = spacy.load(tmp_path / "model")
    finally:
        (tiny / "away.json").rename(tiny / "config.json")
    found = [n.get_pipe("ner").predict([n.make_doc(documents[0].text)]) for n in (nlp, copy)]
    assert found[0] == found[1]


def example_of(nlp, document):
    from govner.model.reader import as_example

    return as_example(nlp, document)


def test_the_config_trains(tiny, corpus, tmp_path):
    from govner.model.train import train_model

    paths = {f"paths.{part}": str(corpus / f"{part}.jsonl") for part in ("train", "dev")}
    overrides = {**paths, "paths.transformer": str(tiny), "training.max_steps": 2}
    overrides["training.eval_frequency"] = 1
    trained = train_model(CONFIG, tmp_path / "model", overrides=overrides, log=io.StringIO())
    assert spacy.load(trained.folder)("省委书记王明").text == "省委书记王明"


def test_a_folder_without_a_transformer_is_told(tmp_path):
    from govner.model.transformer import build_transformer

    with pytest.raises(GovnerError, match=r"vocab\.txt"):
        build_transformer(str(tmp_path)).initialize(X=[])


def test_filling_the_config_changes_nothing():
    config = Config().from_disk(CONFIG, interpolate=False)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    assert {key: nlp.config[key] for key in config} == dict(config)
