"""The model card: what a model learned from, what it scores, and where it fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .errors import cases
from .evaluate import Evaluation, labels, values
from .intervals import Interval
from .ledger import ALL

_USE = """\
Finds the people, the posts they hold and the bodies they belong to in Chinese government news.

```python
import spacy

nlp = spacy.load("{name}")
doc = nlp("省市场监管局副局长、省委两新工委副书记张雪林")
print([(ent.text, ent.label_) for ent in doc.ents])
```

`python -m {name}.selftest` checks the installation.

| label | what it marks |
|---|---|
| PERSON | a named individual, the name alone |
| TITLE | a post, rank or profession that a person holds, without the body it belongs to |
| ORG | a named body: party and state, courts, schools, firms, associations, army, media |

Spans are flat and do not overlap; offsets are code points. It is made for the language of party and
government news; expect less on other text. It errs (see below): what follows for a person from what
it finds, a person should check."""
_WORDS = {
    "length": "characters",
    "chain": "touching another span",
    "quoted": "in quotes or title marks",
    "brackets": "in brackets",
    "list": "in a list",
    "flat": "holds no other name",
    "name": "holds a known name",
    "marks": "holds quotes or brackets",
}
FAILURES = 12
LEAST = 10  # gold spans below which a slice is not worth a line


def model_card(
    found: Evaluation,
    *,
    name: str,
    version: str,
    segmenter: str,
    manifest: Mapping[str, Any],
    guideline: str,
    corpus: str,
    certificate: Mapping[str, Any] | None,
    licence: str = "MIT",
) -> str:
    """Return the card as Markdown; every figure comes from the evaluation."""
    sections = [
        f"# {name} {version}",
        _USE.format(name=name),
        "## Data\n\n" + _data(manifest, guideline, corpus, certificate),
        f"## Scores\n\nStrict, on character offsets, {len(found.gold)} documents; in brackets the "
        f"95 % bootstrap interval over documents.\n\n{_scores(found)}",
        f"## Slices\n\n{_slices(found)}",
        f"## Known failures\n\nThe commonest errors on the test documents.\n\n{_failures(found)}",
        f"## Segmenter and licence\n\nSegmenter: {segmenter}. Licence: {licence}.",
    ]
    return "\n\n".join(sections) + "\n"


def _data(
    manifest: Mapping[str, Any],
    guideline: str,
    corpus: str,
    certificate: Mapping[str, Any] | None,
) -> str:
    rows = [f"- `{path}`: {digest}" for path, digest in manifest.get("inputs", {}).items()]
    rows.append(f"- test corpus: {corpus}")
    rows.append(f"- annotation guideline: {guideline or 'version not stated'}")
    if manifest.get("seed") is not None:
        rows.append(f"- seed: {manifest['seed']}")
    versions = manifest.get("versions", {})
    if versions:
        rows.append("- trained with " + ", ".join(f"{k} {v}" for k, v in versions.items()))
    if certificate:
        clean = "no near copy of a training document" if certificate["clean"] else "LEAKING"
        rows.append(f"- leakage certificate of the test: {clean}")
    return "\n".join(rows)


def _scores(found: Evaluation) -> str:
    lines = ["| | precision | recall | F1 | gold |", "|---|---|---|---|---|"]
    rows = [("strict", label) for label in [*labels(found), ALL]]
    for row in [*rows, ("nontrivial", ALL)]:
        title = row[1] if row in rows else "all, without the trivial"
        cells = [_figure(found, row, place) for place in range(3)]
        lines.append(f"| {title} | {' | '.join(cells)} | {found.score(*row).gold} |")
    if found.calibration:
        lines += ["", f"Expected calibration error of its probabilities: {_calibration(found)}."]
    return "\n".join(lines)


def _figure(found: Evaluation, name: tuple[str, ...], place: int) -> str:
    """Write precision (0), recall (1) or F1 (2) of a row with its interval, where it has one."""
    score, intervals = found.score(*name), found.intervals.get(name)
    value = 100 * (score.precision, score.recall, score.f1)[place]
    return f"{value:.1f}{_edges(intervals[place])}" if intervals else f"{value:.1f}"


def _edges(interval: Interval) -> str:
    return f" ({100 * interval[0]:.1f}–{100 * interval[1]:.1f})"


def _calibration(found: Evaluation) -> str:
    assert found.calibration
    error, interval = found.calibration.error, found.calibration.interval
    return f"{100 * error:.1f} %{_edges(interval)}" if interval else f"{100 * error:.1f} %"


def _slices(found: Evaluation) -> str:
    lines = ["| slice | | F1 | gold |", "|---|---|---|---|"]
    for name in found.slicers:
        keys = [("slice", name, value, ALL) for value in values(found, name)]
        for key in keys:
            gold = found.score(*key).gold
            if gold >= LEAST:
                title, value = (_WORDS.get(word, word) for word in (name, key[2]))
                lines.append(f"| {title} | {value} | {_figure(found, key, 2)} | {gold} |")
    note = f"Values with fewer than {LEAST} gold spans are left out."
    return "\n".join([*lines, "", note])


def _failures(found: Evaluation) -> str:
    groups = Counter((c.facets["kind"], c.match.label, c.pattern) for c in cases(found))
    rows = [
        f"- {kind} {label}: {pattern} ({number})"
        for (kind, label, pattern), number in groups.most_common(FAILURES)
    ]
    return "\n".join(rows) or "None on these documents."
