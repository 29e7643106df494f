"""The spaCy component ``govner_rules``: the rules in any Chinese pipeline, whatever its tokens."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..document import Span as Stretch
from .annotate import propose
from .knowledge import Knowledge
from .own import load_knowledge

NAME = "govner_rules"
_FILE = "own.json"


class GovnerRules:
    """Puts what the rules propose into ``doc.spans["govner_rules"]``; ``span.id_`` is the rule.

    Spans that begin or end inside a token cannot be spans of that document:
    ``doc.user_data["govner_rules"]`` lists them with their ``start`` and ``end`` (code points),
    ``label``, ``source`` and ``text``. With ``set_ents`` the others are ``doc.ents``, too, where no
    entity stands yet, or instead of those they overlap with ``overwrite_ents``. ``rules`` is a
    TOML file of own words and switched-off rules; what it said is saved with the pipeline.
    """

    def __init__(
        self,
        name: str = NAME,
        *,
        rules: str | Path | None = None,
        set_ents: bool = False,
        overwrite_ents: bool = False,
    ) -> None:
        self.name = name
        self.rules = rules
        self.set_ents = set_ents
        self.overwrite_ents = overwrite_ents
        self._knowledge: Knowledge | None = None
        if rules is not None and Path(rules).exists():
            # A saved pipeline names a file that may be gone; `from_disk` brings what it said.
            self._knowledge = load_knowledge(rules)

    @property
    def knowledge(self) -> Knowledge | None:
        """The lexicons with a person's own, or None for the shipped ones alone."""
        if self._knowledge is None and self.rules is not None:
            self._knowledge = load_knowledge(self.rules)
        return self._knowledge

    def __call__(self, doc: Doc) -> Doc:
        """Propose spans for a document."""
        proposed = propose(doc.text, knowledge=self.knowledge).spans
        pairs = [(stretch, _held(doc, stretch)) for stretch in proposed]
        spans = [span for _, span in pairs if span is not None]
        doc.spans[NAME] = spans
        doc.user_data[NAME] = [_record(doc, stretch) for stretch, span in pairs if span is None]
        if self.set_ents:
            doc.set_ents(self._entities(doc, spans))
        return doc

    def _entities(self, doc: Doc, spans: list[Span]) -> list[Span]:
        there = list(doc.ents)
        if self.overwrite_ents:
            return spans + [entity for entity in there if not _touches(entity, spans)]
        return there + [span for span in spans if not _touches(span, there)]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return a person's own words and switched-off rules."""
        return json.dumps(self._own(), ensure_ascii=False, indent=1).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "GovnerRules":
        """Take over what ``to_bytes`` gave."""
        own = json.loads(data)
        if own is None:
            self._knowledge = None
        else:
            self._knowledge = Knowledge(extra=own["words"], disabled=frozenset(own["off"]))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write a person's own words and switched-off rules into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "GovnerRules":
        """Read what ``to_disk`` wrote."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())

    def _own(self) -> dict[str, Any] | None:
        known = self.knowledge
        if known is None:
            return None
        return {
            "words": {kind: list(words) for kind, words in known.extra.items()},
            "off": sorted(known.disabled),
        }


@Language.factory(
    NAME,
    assigns=["doc.spans"],
    default_config={"rules": None, "set_ents": False, "overwrite_ents": False},
)
def make_govner_rules(
    nlp: Language, name: str, rules: str | Path | None, set_ents: bool, overwrite_ents: bool
) -> GovnerRules:
    """Make the component from its config."""
    return GovnerRules(name, rules=rules, set_ents=set_ents, overwrite_ents=overwrite_ents)


def _held(doc: Doc, stretch: Stretch) -> Span | None:
    """Return a stretch as a span of the document, or None where a token crosses its edge."""
    return doc.char_span(stretch.start, stretch.end, label=stretch.label, span_id=stretch.source)


def _record(doc: Doc, stretch: Stretch) -> dict[str, Any]:
    return {
        "start": stretch.start,
        "end": stretch.end,
        "label": stretch.label,
        "source": stretch.source,
        "text": doc.text[stretch.start : stretch.end],
    }


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
