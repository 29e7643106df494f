"""The spaCy component ``govner_ner``: named entities by a conditional random field."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate

from .calibrate import soften
from .committee import members_of
from .crf import Lattice
from .names import FACTORY, NAMESPACE
from .network import has_tables, learn_keys, potentials, reads_pieces, set_tags, teach
from .packing import Packing
from .sample import LESSONS, Adviser, Gold, Piece, gold_of, read_pieces
from .tags import Bools, Tags

# An entity that the network found: start, end (characters), label, probability.
Found = tuple[int, int, str, float]

_SAMPLE = 40  # pieces that show the network the shape of its input

DEFAULT_MODEL = Config().from_str(
    f"""
[model]
@architectures = "{NAMESPACE}.CrfNer.v1"

[model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[model.tok2vec.embed]
@architectures = "{NAMESPACE}.CharEmbed.v1"

[model.tok2vec.encode]
@architectures = "{NAMESPACE}.CnnEncoder.v1"
"""
)["model"]


@Language.factory(
    FACTORY,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "model": DEFAULT_MODEL,
        "hints": None,
        "chunk": 8192,
        "threshold": 0.0,
        "trust": 0.0,
        "scorer": {"@scorers": f"{NAMESPACE}.StrictScorer.v1"},
    },
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_crf_ner(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    hints: Adviser | None,
    chunk: int,
    threshold: float,
    trust: float,
    scorer: Callable[..., dict[str, Any]] | None,
) -> "CrfNer":
    """Make the component from its config."""
    return CrfNer(
        nlp.vocab,
        model,
        name,
        hints=hints,
        chunk=chunk,
        threshold=threshold,
        trust=trust,
        scorer=scorer,
    )


class CrfNer(TrainablePipe):
    """Finds named entities; every entity has ``ent._.probability``, the CRF's, calibrated on dev.

    It reads characters, whatever the tokens are; entities begin and end at token borders. Texts of
    any length are read in sentences, about ``chunk`` characters at a time. ``hints`` gives advice
    on a text that the network may take as knowledge. What is less probable than ``threshold``, by
    the calibrated probability, is not given. ``trust`` is added, at prediction alone, to the
    scores of the tags that the advice has: composed text is harder for the rules than real text
    is, so the network learns to trust them less than they deserve.
    """

    def __init__(
        self,
        vocab: Vocab,
        model: Model[Any, Any],
        name: str = FACTORY,
        *,
        hints: Adviser | None = None,
        chunk: int = 8192,
        threshold: float = 0.0,
        trust: float = 0.0,
        scorer: Callable[..., dict[str, Any]] | None = None,
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.hints = hints
        self.chunk = chunk
        self.threshold = threshold
        self.trust = trust if hints else 0.0
        self.scorer = scorer
        self.cfg: dict[str, Any] = {"labels": [], "temperature": 1.0}
        if not Span.has_extension("probability"):
            Span.set_extension("probability", default=None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component gives, sorted."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """What ``initialize`` takes as ``labels``."""
        return self.labels

    @property
    def tags(self) -> Tags:
        """The tags of the labels."""
        return Tags(self.labels)

    def add_label(self, label: str) -> int:
        """Add a label before training; 1 if it is new."""
        if label in self.labels:
            return 0
        self._allow_extra_label()
        self.cfg["labels"] = sorted((*self.labels, label))
        return 1

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take the labels from the examples, or as given, and prepare the network."""
        found, pieces = self._survey(get_examples())
        for label in sorted(found) if labels is None else labels:
            self.add_label(label)
        set_tags(self.model, self.tags)
        learn_keys(self.model, lambda: (piece.as_doc(self.vocab) for piece in pieces))
        self.model.initialize(X=[piece.as_doc(self.vocab) for piece in pieces[:_SAMPLE]])

    def _survey(self, examples: Iterable[Example]) -> tuple[set[str], list[Piece]]:
        """Return the labels of the examples and their pieces, just some where no key is learned."""
        labels: set[str] = set()
        pieces: list[Piece] = []
        keyed = has_tables(self.model)
        for example in examples:
            labels.update(label for _, _, label in gold_of(example).spans)
            if keyed or len(pieces) < _SAMPLE:
                pieces += read_pieces(example.predicted, tags=Tags(()))
        return labels, pieces

    def predict(self, docs: Iterable[Doc]) -> list[list[Found]]:
        """Return what is found in each document, in the order of the text."""
        found: list[list[Found]] = []
        work: list[tuple[int, Piece]] = []
        for number, doc in enumerate(docs):
            found.append([])
            pieces = read_pieces(doc, advise=self.hints, tags=self.tags)
            work += [(number, piece) for piece in pieces]
        for batch in self._chunks(work):
            for (number, _), spans in zip(batch, self._read([p for _, p in batch]), strict=True):
                found[number] += spans
        return [sorted(spans) for spans in found]

    def _chunks(self, work: list[tuple[int, Piece]]) -> Iterator[list[tuple[int, Piece]]]:
        # Pieces of like length together: the CRF takes as many steps as the longest one has.
        work.sort(key=lambda item: len(item[1]))
        batch: list[tuple[int, Piece]] = []
        size = 0
        for item in work:
            batch.append(item)
            size += len(item[1])
            if size >= self.chunk:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _read(self, pieces: list[Piece]) -> list[list[Found]]:
        scores = self.model.predict(self._as_input(pieces))
        lengths = [len(piece) for piece in pieces]
        packing = Packing.of(lengths)
        scores = np.asarray(scores, dtype=np.float64)
        if self.trust:
            advised = np.concatenate([piece.hints for piece in pieces])
            scores[np.arange(len(advised)), advised] += self.trust
        _forbid(scores, pieces)
        lattice = Lattice.of(scores[packing.rows], potentials(self.model, self.tags), packing)
        places = packing.unpack_order()
        tags = lattice.best()[places]
        spans = self.tags.decode(tags)
        firsts, ends = np.array([span[:2] for span in spans], dtype=np.int64).reshape(-1, 2).T
        sure = lattice.stretch_probabilities(places, tags, firsts, ends).tolist()
        borders = np.cumsum(lengths)
        owners = np.searchsorted(borders, firsts, side="right").tolist()
        found: list[list[Found]] = [[] for _ in pieces]
        for (start, end, label), probability, owner in zip(spans, sure, owners, strict=True):
            shift = pieces[owner].offset + lengths[owner] - int(borders[owner])
            found[owner].append((start + shift, end + shift, label, probability))
        return found

    def _as_input(self, pieces: list[Piece]) -> list[Doc]:
        """Return the pieces as what the network reads: as they are, or as documents."""
        if reads_pieces(self.model):
            return cast(list[Doc], pieces)
        return [piece.as_doc(self.vocab) for piece in pieces]

    def set_annotations(self, docs: Iterable[Doc], scores: list[list[Found]]) -> None:
        """Set ``doc.ents`` and the probability of each entity; leave out what is too unsure."""
        for doc, found in zip(docs, scores, strict=True):
            calibrated = soften([p for _, _, _, p in found], self.cfg["temperature"]).tolist()
            kept = [
                (start, end, label, probability)
                for (start, end, label, _), probability in zip(found, calibrated, strict=True)
                if probability >= self.threshold
            ]
            places = doc.to_array("IDX")
            firsts = np.searchsorted(places, [start for start, _, _, _ in kept]).tolist()
            lasts = np.searchsorted(places, [end for _, end, _, _ in kept]).tolist()
            ents = [
                Span(doc, first, last, label=label)
                for first, last, (_, _, label, _) in zip(firsts, lasts, kept, strict=True)
            ]
            doc.set_ents(ents)
            for ent, (_, _, _, probability) in zip(ents, kept, strict=True):
                ent._.probability = round(probability, 4)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch; the loss is the negative log likelihood a piece."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "CrfNer.update")
        set_dropout_rate(self.model, drop)
        pieces, agreeing = self._lessons(examples)
        if not pieces:
            return losses
        docs = self._as_input(pieces)
        known, members = np.concatenate(agreeing), members_of(self.model)
        loss = sum(teach(member, docs, known, self.tags) for member in members)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss / len(members)
        return losses

    def _lessons(self, examples: Iterable[Example]) -> tuple[list[Piece], list[Bools]]:
        pieces: list[Piece] = []
        agreeing: list[Bools] = []
        for example in examples:
            gold = gold_of(example)
            for piece in self._read_once(example, gold):
                end = piece.offset + len(piece.text)
                pieces.append(piece)
                agreeing.append(self._agreeing(gold.within(piece.offset, end), len(piece.text)))
        return pieces, agreeing

    def _read_once(self, example: Example, gold: Gold) -> list[Piece]:
        # An example comes back every epoch, and the rules take longer over it than the network.
        kept = example.reference.user_data
        if LESSONS not in kept:
            doc = example.predicted
            kept[LESSONS] = read_pieces(doc, advise=self.hints, tags=self.tags, gold=gold)
        pieces: list[Piece] = kept[LESSONS]
        return pieces

    def _agreeing(self, gold: Gold, length: int) -> Bools:
        return self.tags.agreeing(gold.spans, gold.unknown, length)


def _forbid(scores: Any, pieces: list[Piece]) -> None:
    """Let no entity begin or end where no token does."""
    starts = np.concatenate([piece.starts for piece in pieces])
    ends = np.concatenate([piece.ends for piece in pieces])
    for part, allowed in ((1, starts), (4, starts), (3, ends), (4, ends)):
        scores[np.ix_(~allowed, np.arange(part, scores.shape[1], 4))] = -np.inf
