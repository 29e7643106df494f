"""A small corpus made of patterns, and a model trained on it once."""

import random

import pytest
import spacy

from govner.document import parse_marked, write_documents
from govner.model.reader import as_example

PATTERNS = (
    "[{org}](ORG)[{title}](TITLE)[{name}](PERSON)主持会议。",
    "{place}，[{name}](PERSON)说：“好！”",
    "会议由[{org}](ORG)召开，[{title}](TITLE)、[{name}](PERSON)出席。\n",
    "今天天气晴。",
)
WORDS = {
    "org": ("省委", "市公安局", "国务院", "县市场监管局"),
    "title": ("书记", "副局长", "主任", "总理"),
    "name": ("王明", "李晓红", "张雪林", "欧阳峰"),
    "place": ("北京", "嘉兴"),
}


def article(seed, sentences=5):
    """Return a document of some sentences drawn from the patterns."""
    draw = random.Random(seed)
    marked = "".join(
        draw.choice(PATTERNS).format(**{key: draw.choice(words) for key, words in WORDS.items()})
        for _ in range(sentences)
    )
    return parse_marked(marked)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """Return the paths of a training and a dev file."""
    folder = tmp_path_factory.mktemp("corpus")
    write_documents(folder / "train.jsonl", [article(seed) for seed in range(40)])
    write_documents(folder / "dev.jsonl", [article(seed) for seed in range(100, 110)])
    return folder


def train_small(
    documents,
    *,
    steps=80,
    seed=1,
    segmenter="char",
    embed=None,
    wide=None,
    tok2vec=None,
    network=None,
    **settings,
):
    """Train a small model in a few seconds.

    ``embed`` are settings of its embedding, ``wide`` its wide scores, ``tok2vec`` sections that
    take the place of its own, ``network`` one that takes the place of them all.
    """
    from thinc.api import Adam, fix_random_seed

    fix_random_seed(seed)
    tokenizer = {"@tokenizers": "govner.Tokenizer.v1", "segmenter": segmenter}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    layers = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "govner.CharEmbed.v1",
            "width": 16,
            "rows": 500,
            "dropout": 0.0,
            **(embed or {}),
        },
        "encode": {"@architectures": "govner.BiLstmEncoder.v1", "width": 32},
    }
    for part in ("embed", "encode"):
        layers[part]["dropout"] = 0.0
    layers |= tok2vec or {}
    model = {"@architectures": "govner.CrfNer.v1", "tok2vec": network or layers, "wide": wide}
    component = nlp.add_pipe("govner_ner", name="ner", config={"model": model, **settings})
    examples = [as_example(nlp, document) for document in documents]
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.01)
    for step in range(steps):
        component.update(examples[step % 4 :: 4], sgd=optimizer)
    return nlp


@pytest.fixture(scope="session")
def nlp():
    """Return a model that has learned the patterns; tests leave it as it is."""
    return train_small([article(seed) for seed in range(40)])
