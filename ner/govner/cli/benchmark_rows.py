"""The rows of the benchmark: which system is trained on what, and scored on what."""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ..document import Document, read_documents
from ..document.errors import BadInput
from ..model.bench.runs import Row
from ..model.bench.sets import BENCHMARKS, Parts, read_parts
from ..model.bench.systems import Learned, learn_config, learn_crfsuite

_GOVNER, _SPACY = Path("configs/bench/govner.cfg"), Path("configs/bench/spacy.cfg")
_CHAR = Path("configs/char.cfg")
_GOLD, _SPLIT, _COMPOSED = Path("corpus/gold"), Path("build/split"), Path("build/composed.jsonl")
_QUICK: dict[str, Any] = {"training.max_steps": 4, "training.eval_frequency": 2}
_SAME = 30  # characters in a row that no two articles share by chance


def make_rows(data: Path, sets: Sequence[str], *, quick: bool = False) -> list[Row]:
    """Return the rows of some sets, in the order of the table."""
    published = [row for name in sets if name in BENCHMARKS for row in _set_rows(data, name, quick)]
    return published + (_govnews_rows(data, quick) if "govnews" in sets else [])


def published() -> dict[str, str]:
    """Return what others printed, by set."""
    lac = "LAC 2.1.2: PERSON 94.3, ORG 64.4; jieba 66.3, 37.4 (measured for the data's README)"
    return {**{name: known.published for name, known in BENCHMARKS.items()}, "govnews": lac}


def reach() -> dict[str, float]:
    """Return the F1 in percent that each set is to reach."""
    return {name: known.reach for name, known in BENCHMARKS.items() if known.reach}


def _set_rows(data: Path, name: str, quick: bool) -> list[Row]:
    settings = dict(_QUICK) if quick else {}
    parts = cache(lambda: _few(read_parts(data, BENCHMARKS[name]), quick))
    config = _GOVNER.with_name(f"{name}.cfg")
    ours = config if config.is_file() else _GOVNER
    return [
        _config_row(name, "govner", ours, parts, settings),
        _config_row(name, "spacy", _SPACY, parts, settings),
        _crfsuite_row(name, parts),
    ]


def _few(parts: Parts, quick: bool) -> Parts:
    if not quick:
        return parts
    return Parts(parts.train[:200], parts.dev[:20], parts.test[:20])


def _config_row(
    name: str, system: str, config: Path, parts: Any, overrides: Mapping[str, Any]
) -> Row:
    def learn(seed: int, log: IO[str]) -> Learned:
        return learn_config(config, parts(), seed=seed, log=log, overrides=overrides)

    return Row(name, system, learn, lambda: parts().test, made_of=_digest([config], overrides))


def _crfsuite_row(name: str, parts: Any) -> Row:
    return Row(
        name,
        "crfsuite",
        lambda seed, log: learn_crfsuite(parts()),
        lambda: parts().test,
        seeded=False,
    )


def _govnews_rows(data: Path, quick: bool) -> list[Row]:
    """Return the rows on government news; what is trained on raw text sees no article of dev."""
    few = 20 if quick else None
    test = cache(lambda: _read(data / "govnews" / "dev.jsonl")[:few])
    corrected = cache(lambda: _read(data / "govnews" / "train.jsonl"))

    def parts() -> Parts:
        return Parts(
            [doc for i, doc in enumerate(corrected()) if i % 9 != 8], corrected()[8::9], test()
        )

    settings = dict(_QUICK) if quick else {}
    raw = cache(lambda: list(_raw(data, test(), 60 if quick else 3000)))
    composed = 20 if quick else 3000
    rules = _digest(sorted(Path(__file__).parents[1].joinpath("rules").rglob("*.[pt]*")), {})
    made_of = _digest([_CHAR], settings) + rules

    def from_lessons(extra: Sequence[Document]) -> Any:
        def learn(seed: int, log: IO[str]) -> Learned:
            with tempfile.TemporaryDirectory(prefix="govner-lessons-") as folder:
                taught = [*_read(_GOLD), *extra]
                lessons = _lessons(Path(folder), raw(), taught, composed)
                return _learn(lessons, test(), seed, log, settings)

        return learn

    def packaged(seed: int, log: IO[str]) -> Learned:
        for path in (_SPLIT, _COMPOSED):
            if not path.exists():
                raise BadInput(path=path, why="it is not there", hint="run make demo before")
        made = {"paths.composed": str(_COMPOSED), **settings}
        own = Parts(_read(_SPLIT / "train.jsonl"), _read(_SPLIT / "dev.jsonl"), test())
        return learn_config(_CHAR, own, seed=seed, log=log, overrides=made)

    def alone(seed: int, log: IO[str]) -> Learned:
        return Learned(_annotate)

    return [
        Row("govnews", "rules alone", alone, test, seeded=False, made_of=rules),
        Row("govnews", "corpus and proposals", from_lessons(()), test, made_of=made_of),
        Row(
            "govnews",
            "the same and govnews train",
            lambda seed, log: from_lessons(corrected())(seed, log),
            test,
            made_of=made_of,
        ),
        Row("govnews", "packaged", packaged, test, made_of=made_of),
        _crfsuite_row("govnews", parts),
        _config_row("govnews", "spacy", _SPACY, parts, settings),
    ]


def _annotate(documents: Iterable[Document]) -> Iterator[Document]:
    from ..rules import annotate

    return annotate(documents)


def _lessons(
    folder: Path, raw: Sequence[Document], corrected: list[Document], composed: int
) -> dict[str, Any]:
    from .bootstrap import without_hints, write_lessons

    return {**write_lessons(folder, raw, corrected, composed=composed), **without_hints(str(_CHAR))}


def _learn(
    lessons: Mapping[str, Any],
    test: Sequence[Document],
    seed: int,
    log: IO[str],
    settings: Mapping[str, Any],
) -> Learned:
    """Train on lessons that were written; their own train and dev are read back."""
    parts = Parts(_read(Path(lessons["paths.train"])), _read(Path(lessons["paths.dev"])), test)
    return learn_config(_CHAR, parts, seed=seed, log=log, overrides={**lessons, **settings})


def _raw(data: Path, test: Sequence[Document], most: int) -> Iterator[Document]:
    """Yield raw articles, half of them from each pool, none that shares a sentence with test."""
    known = {doc.text[i : i + _SAME] for doc in test for i in range(0, len(doc.text) - _SAME, 1)}
    for name, step in (("cpcnews", 2), ("xwlb", 40)):
        path = data / "raw" / f"{name}.jsonl.gz"
        if not path.is_file():
            raise BadInput(path=path, why="there is no such pool", hint="give it with --data")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            fresh = (
                Document(f"{name}-{number}", text)
                for number, line in enumerate(islice(lines, 0, None, step))
                if (text := json.loads(line)["text"]).strip() and not _shares(text, known)
            )
            yield from islice(fresh, most // 2)


def _shares(text: str, known: set[str]) -> bool:
    return any(text[i : i + _SAME] in known for i in range(len(text) - _SAME))


def _read(path: Path) -> list[Document]:
    return list(read_documents(path, labels=None))


def _digest(paths: Iterable[Path], settings: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(dict(settings), sort_keys=True).encode())
    for path in (path for path in paths if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def compare_speeds(data: Path, *, quick: bool = False) -> dict[str, float]:
    """Return the speed of the default recipe beside other taggers, on the same articles."""
    import sys

    import spacy

    from ..model.bench.speed import measure_speeds, outside_taggers, pipeline

    texts = [doc.text for doc in _read(data / "govnews" / "dev.jsonl")] * (1 if quick else 4)
    corrected = _read(data / "govnews" / "train.jsonl")
    parts = Parts(corrected, corrected[:2], ())
    systems = dict(outside_taggers())
    with tempfile.TemporaryDirectory(prefix="govner-bench-") as scratch:
        from ..document import write_documents
        from ..model.train import train_model

        for part in ("train", "dev"):
            write_documents(Path(scratch) / f"{part}.jsonl", getattr(parts, part))
        # What a network has learned does not change how fast it reads.
        paths = {f"paths.{p}": str(Path(scratch) / f"{p}.jsonl") for p in ("train", "dev")}
        for name, config in (("spaCy's ner", _SPACY), ("govner, default recipe", _CHAR)):
            folder = Path(scratch) / "model"
            train_model(config, folder, overrides={**paths, **_QUICK}, log=sys.stderr)
            systems[name] = pipeline(spacy.load(folder))
        return measure_speeds(texts, systems)
