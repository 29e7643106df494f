"""Vectors from raw text, and a network that begins with them."""

import numpy as np
import pytest
from typer.testing import CliRunner

from govner.cli.main import app
from govner.document import Document, write_documents
from govner.document.errors import BadInput
from govner.model.features import Reading
from govner.model.pretrain import write_vectors
from govner.model.sample import piece_of

pytest.importorskip("gensim", reason="vectors need the extra pretrain")

TEXTS = ["省委书记王明主持会议。市委书记李华出席会议！"] * 30


def test_the_same_texts_and_seed_give_the_same_file(tmp_path):
    learned = write_vectors(TEXTS, tmp_path / "a.npz", width=8)
    write_vectors(TEXTS, tmp_path / "b.npz", width=8)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert learned.characters == 20 * 30
    with np.load(tmp_path / "a.npz") as stored:
        assert stored["characters_rows"].shape == (learned.rows["characters"], 8)
        assert stored["bigrams_rows"].shape == (learned.rows["bigrams"], 8)


def test_the_keys_are_those_of_the_embedding(tmp_path):
    import spacy

    write_vectors(TEXTS, tmp_path / "a.npz", width=8)
    reading = Reading([piece_of(spacy.blank("zh")("省委书记"))])
    with np.load(tmp_path / "a.npz") as stored:
        assert np.isin(reading.character(), stored["characters_keys"]).all()
        assert np.isin(reading.ngram(0, 1), stored["bigrams_keys"]).tolist() == [True] * 3 + [False]


def test_too_little_text_is_told(tmp_path):
    with pytest.raises(BadInput, match="none of its characters comes 5 times"):
        write_vectors(["省委书记"], tmp_path / "a.npz")
    assert not (tmp_path / "a.npz").exists()


def test_the_command_reads_raw_documents(tmp_path):
    write_documents(tmp_path / "raw.jsonl", [Document(str(i), t) for i, t in enumerate(TEXTS)])
    command = ["pretrain", str(tmp_path / "raw.jsonl"), "-o", str(tmp_path / "v.npz")]
    result = CliRunner().invoke(app, [*command, "--width", "8"])
    assert result.exit_code == 0, result.output
    assert "vectors of 15 characters" in result.stderr
    assert (tmp_path / "v.npz").is_file()
