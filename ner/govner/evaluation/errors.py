"""Every error as a row that can be filtered, grouped and shown."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..document import Document
from ..document.trivial import TRIVIAL
from .evaluate import Evaluation
from .guideline import Sections
from .matching import Match

NOTHING = "–"
TITLE = 24  # characters of a document's title shown beside an error
WINDOW = 60  # characters of a sentence shown on each side of an error
_ENDS = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Case:
    """An error: the document, what met what, and the values that the browser filters by.

    ``change`` compares with a second system: ``shared`` (it made the same error), ``changed`` (it
    was wrong in another way), ``broken`` (it was right), ``fixed`` (its error, now gone).
    """

    place: int
    match: Match
    facets: dict[str, str]
    pattern: str


def cases(found: Evaluation, before: Evaluation | None = None) -> list[Case]:
    """Return the errors of a system in the order of the documents.

    With ``before``, also those of the other system that this one no longer makes.
    """
    rows = []
    sections = Sections(found.guideline)
    for place, items in enumerate(found.matches):
        theirs = before.matches[place] if before else None
        for item, change in _changes(items, theirs):
            facets = _facets(found, sections, place, item, change)
            rows.append(Case(place, item, facets, pattern(found.gold[place], item)))
    return rows


def _changes(ours: Sequence[Match], theirs: Sequence[Match] | None) -> Iterator[tuple[Match, str]]:
    wrong = [item for item in ours if item.kind != "correct"]
    if theirs is None:
        yield from ((item, "") for item in wrong)
        return
    before = {_key(item): item for item in theirs if item.kind != "correct"}
    their_gold = {item.gold for item in before.values() if item.gold}
    for item in wrong:
        same = _key(item) in before
        known = item.gold in their_gold if item.gold else False
        yield item, "shared" if same else "changed" if known else "broken"
    our_keys, our_gold = {_key(item) for item in wrong}, {item.gold for item in wrong if item.gold}
    for key, item in before.items():
        if key not in our_keys and (item.gold is None or item.gold not in our_gold):
            yield item, "fixed"


def _key(item: Match) -> tuple[Any, ...]:
    return (item.gold and item.gold.key, item.predicted and item.predicted.key)


def _facets(
    found: Evaluation, sections: Sections, place: int, item: Match, change: str
) -> dict[str, str]:
    document, span = found.gold[place], item.gold or item.predicted
    assert span is not None
    facets = {
        "kind": item.kind,
        "gold": item.gold.label if item.gold else NOTHING,
        "predicted": item.predicted.label if item.predicted else NOTHING,
        "rule": (item.predicted.source or NOTHING) if item.predicted else NOTHING,
    }
    if found.guideline:
        facets["section"] = sections.of(document, item) or NOTHING
    facets["trivial"] = _trivial(document, item)
    facets.update({name: slicer(document, span) for name, slicer in found.slicers.items()})
    return {**facets, "change": change} if change else facets


def _trivial(document: Document, item: Match) -> str:
    """Name the sides whose surface is trivial; the score without trivial spans leaves these out."""
    sides = (("gold", item.gold), ("predicted", item.predicted))
    found = [side for side, span in sides if span and document.surface(span) in TRIVIAL]
    return "both" if len(found) == 2 else found[0] if found else "none"


def pattern(document: Document, item: Match) -> str:
    """Name what errors of one sort have in common, so that they can be counted.

    For two places: what the prediction has too much (+) or too little (−) on each side. For two
    labels: both. For a span that one side lacks: its surface, of an organisation the last two
    characters.
    """
    gold, predicted, text = item.gold, item.predicted, document.text
    if gold and predicted:
        edges = [
            _edge("left", text, predicted.start, gold.start, more=predicted.start < gold.start),
            _edge("right", text, gold.end, predicted.end, more=predicted.end > gold.end),
        ]
        turn = f"{gold.label} → {predicted.label}" if gold.label != predicted.label else ""
        return " · ".join(part for part in [turn, *edges] if part)
    span = gold or predicted
    assert span is not None
    surface = document.surface(span)
    return f"…{surface[-2:]}" if span.label == "ORG" and len(surface) > 4 else surface


def _edge(side: str, text: str, one: int, other: int, *, more: bool) -> str:
    low, high = sorted((one, other))
    if low == high:
        return ""
    piece = text[low:high]
    short = piece if len(piece) <= 4 else f"{piece[:2]}…{piece[-1:]}"
    return f"{side} {'+' if more else '−'}{short}"


def snippet(document: Document, predicted: Document, item: Match) -> dict[str, Any]:
    """Return the sentence of an error with the spans of both sides in it.

    Offsets are code points into the snippet; ``focus`` gives the places of the error's own spans
    in the two lists, -1 for none.
    """
    start, end = _sentence(document.text, *item.place)
    sides: list[list[list[Any]]] = []
    focus = []
    for spans, own in ((document.spans, item.gold), (predicted.spans, item.predicted)):
        inside = [span for span in spans if start <= span.start and span.end <= end]
        focus.append(next((i for i, s in enumerate(inside) if own and s.key == own.key), -1))
        sides.append([[span.start - start, span.end - start, span.label] for span in inside])
    cut_left = start > 0 and not _ENDS.match(document.text[start - 1])
    cut_right = end < len(document.text) and not _ENDS.match(document.text[end - 1])
    return {
        "text": document.text[start:end],
        "gold": sides[0],
        "predicted": sides[1],
        "focus": focus,
        "cut": [cut_left, cut_right],
        "at": start,
    }


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    before = [found.end() for found in _ENDS.finditer(text, low, start)]
    after = _ENDS.search(text, end, high)
    return (before[-1] if before else low), (after.end() if after else high)


def sample(rows: Sequence[Case], most: int, *, seed: int = 0) -> list[Case]:
    """Return at most about ``most`` cases, each kind and label in proportion, in order.

    Every kind and label keeps at least twenty, or all it has.
    """
    if len(rows) <= most:
        return list(rows)
    strata: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, case in enumerate(rows):
        strata[case.facets["kind"], case.match.label].append(index)
    draw = random.Random(seed)
    chosen: list[int] = []
    for places in strata.values():
        share = max(20, round(most * len(places) / len(rows)))
        chosen += places if share >= len(places) else draw.sample(places, share)
    return [rows[index] for index in sorted(chosen)]


def browser_data(
    found: Evaluation, before: Evaluation | None = None, *, most: int = 2000
) -> dict[str, Any]:
    """Return what the error browser of the page needs.

    ``cube`` holds the exact number of errors for each combination of facet values, ``patterns``
    those of the commonest patterns; ``errors`` are all, or a sample when there are many.
    """
    rows = cases(found, before)
    names = ["kind", "gold", "predicted", "rule"]
    names += [*(["section"] if found.guideline else []), "trivial", *found.slicers]
    names += ["change"] if before else []
    index = {name: _Index() for name in names}
    coded = [[index[name][case.facets[name]] for name in names] for case in rows]
    cube = Counter(map(tuple, coded))
    groups = Counter((case.facets["kind"], case.match.label, case.pattern) for case in rows)
    shown = sample(rows, most)
    documents = {case.place: found.gold[case.place] for case in shown}
    return {
        "total": len(rows),
        "facets": names,
        "values": {name: list(index[name]) for name in names},
        "cube": [[*key, number] for key, number in cube.items()],
        "patterns": [[*key, number] for key, number in groups.most_common(400)],
        "titles": {doc.id: title for doc in documents.values() if (title := _title(doc))},
        "errors": [_shown(found, before, case, index, names) for case in shown],
    }


def _title(document: Document) -> str:
    title = " ".join(str(document.meta.get("title") or "").split())
    return title if len(title) <= TITLE else title[: TITLE - 1] + "…"


def _shown(
    found: Evaluation,
    before: Evaluation | None,
    case: Case,
    index: dict[str, _Index],
    names: Sequence[str],
) -> dict[str, Any]:
    document = found.gold[case.place]
    side = before if before and case.facets.get("change") == "fixed" else found
    return {
        "facets": [index[name][case.facets[name]] for name in names],
        "label": case.match.label,
        "pattern": case.pattern,
        "id": document.id,
        **snippet(document, side.predicted[case.place], case.match),
    }


class _Index(dict[str, int]):
    """Numbers for strings, in the order of their first use."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self)
        return self[key]
