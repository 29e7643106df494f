"""The rows of the benchmark: which system is trained on what, and scored on what."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, Any

from ..document import Document, read_documents
from ..document.errors import BadInput
from ..model.bench.runs import Row
from ..model.bench.sets import BENCHMARKS, Parts, read_parts, read_raw
from ..model.bench.systems import Learned, learn_config, learn_crfsuite
from .benchmark_next import CONFIG, next_rows

_GOVNER, _LEXICON, _COMMITTEE, _SPACY = (
    Path(f"configs/bench/{name}.cfg") for name in ("govner", "lexicon", "committee", "spacy")
)
_CHAR = Path("configs/char.cfg")
_GOLD, _SPLIT, _COMPOSED = Path("corpus/gold"), Path("build/split"), Path("build/composed.jsonl")
_QUICK: dict[str, Any] = {"training.max_steps": 4, "training.eval_frequency": 2}


# What the table of ablations changes of the config, one at a time.
_EMBED = "components.ner.model.tok2vec.embed"
_ABLATIONS: dict[str, dict[str, Any]] = {
    "all of it": {},
    "no wide scores": {"components.ner.model.wide": None},
    "hashed n-grams": {f"{_EMBED}.vocabulary": False},
    "no trigrams": {f"{_EMBED}.trigrams": False},
    "no bigrams, no trigrams": {f"{_EMBED}.bigrams": False, f"{_EMBED}.trigrams": False},
    "no kinds of characters": {f"{_EMBED}.kinds": False},
    "with jieba's word borders": {
        f"{_EMBED}.lexicon": True,
        "components.ner.hints": {"@misc": "govner.WordHints.v1"},
    },
    "convolutions": {
        "components.ner.model.tok2vec.encode": {
            "@architectures": "govner.CnnEncoder.v1",
            "width": 192,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        }
    },
}


def make_rows(data: Path, sets: Sequence[str], kept: Path, *, quick: bool = False) -> list[Row]:
    """Return the rows of some sets, in the order of the table; vectors are made in ``kept``."""
    rows = [
        row
        for name in sets
        if name in BENCHMARKS
        for row in _set_rows(data, name, sets, kept, quick)
    ]
    if "govnews" in sets:
        rows += _govnews_rows(data, quick)
    if "next" in sets:
        rows += next_rows(data, made_of=_digest([CONFIG], {}), quick=quick)
    return rows + (_ablation_rows(data, quick) if "ablation" in sets else [])


def published() -> dict[str, str]:
    """Return what others printed, by set."""
    lac = "LAC 2.1.2: PERSON 94.3, ORG 64.4; jieba 66.3, 37.4 (measured for the data's README)"
    return {**{name: known.published for name, known in BENCHMARKS.items()}, "govnews": lac}


def reach() -> dict[str, float]:
    """Return the F1 in percent that each set is to reach."""
    return {name: known.reach for name, known in BENCHMARKS.items() if known.reach}


def _ablation_rows(data: Path, quick: bool) -> list[Row]:
    """Return ResumeNER's dev part without one thing after another; test is not looked at."""
    known = BENCHMARKS["resume"]
    parts = cache(lambda: _few(read_parts(data, known), quick))
    on_dev = cache(lambda: Parts(parts().train, parts().dev, parts().dev))
    settings = _settings(_QUICK["training.max_steps"] if quick else known.steps // 2)
    return [
        _config_row("ablation", name, _GOVNER, on_dev, {**settings, **change})
        for name, change in _ABLATIONS.items()
    ]


def _settings(steps: int) -> dict[str, Any]:
    return {
        "training.max_steps": steps,
        "training.eval_frequency": max(1, steps // 8),
        "training.optimizer.learn_rate.total_steps": steps,
    }


def _set_rows(data: Path, name: str, sets: Sequence[str], kept: Path, quick: bool) -> list[Row]:
    known = BENCHMARKS[name]
    parts = cache(lambda: _few(read_parts(data, known), quick))
    settings = _settings(_QUICK["training.max_steps"] if quick else known.steps)
    ours = [] if known.taught_by in sets else _network_rows(data, name, kept, quick)
    for other, finer in BENCHMARKS.items():
        if finer.taught_by == name and other in sets:
            coarse = _network_rows(data, other, kept, quick)
            ours = [replace(row, also=(row3,)) for row, row3 in zip(ours, coarse, strict=True)]
    return [*ours, _config_row(name, "spacy", _SPACY, parts, settings), _crfsuite_row(name, parts)]


def _network_rows(data: Path, name: str, kept: Path, quick: bool) -> list[Row]:
    """Return the rows of our own networks, which learn from the finer labels where there are."""
    asked = BENCHMARKS[name]
    known = BENCHMARKS[asked.taught_by or name]
    steps = _QUICK["training.max_steps"] if quick else known.steps
    ours = {**_settings(steps), **known.settings}
    # The last model is kept: dev teaches too, so nothing can be chosen on it.
    last = {**ours, "training.eval_frequency": steps, "training.patience": 0}
    member = {key.replace(".model.", ".model.member."): value for key, value in last.items()}
    parts = cache(lambda: _few(read_parts(data, known), quick))
    test = cache(lambda: _few(read_parts(data, asked), quick).test)
    whole = cache(lambda: Parts([*parts().train, *parts().dev], parts().dev[:9], parts().test))
    vectors = cache(lambda: {"paths.ngrams": str(_vectors(data, kept, quick))})
    rows = [
        _config_row(name, "govner", _GOVNER, parts, ours),
        _config_row(name, "govner with words from raw text", _LEXICON, parts, ours, vectors),
        _config_row(name, "the same on train and dev", _LEXICON, whole, last, vectors),
        _config_row(name, "three of them together", _COMMITTEE, whole, member, vectors),
    ]
    labels = asked.labels if asked.taught_by else None
    return [replace(row, test=test, labels=labels) for row in rows]


def _vectors(data: Path, kept: Path, quick: bool) -> Path:
    """Return the file of vectors from the raw pools, which is made once."""
    path = kept / "vectors.npz"
    if not path.is_file():
        from ..model.pretrain import write_vectors

        texts = (document.text for document in read_raw(data, most=100 if quick else None))
        write_vectors(texts, path)
    return path


def _few(parts: Parts, quick: bool) -> Parts:
    if not quick:
        return parts
    return Parts(parts.train[:200], parts.dev[:20], parts.test[:20])


def _config_row(
    name: str,
    system: str,
    config: Path,
    parts: Callable[[], Parts],
    settings: Mapping[str, Any],
    more: Callable[[], Mapping[str, Any]] = dict,
) -> Row:
    def learn(seed: int, log: IO[str]) -> Learned:
        overrides = {**settings, **more()}
        return learn_config(config, parts(), seed=seed, log=log, overrides=overrides)

    return Row(name, system, learn, lambda: parts().test, made_of=_digest([config], settings))


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
    apart = [doc.text for doc in _read(data / "govnews" / "dev.jsonl")]
    raw = cache(lambda: list(read_raw(data, most=60 if quick else 3000, apart=apart)))
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

    def packaged(seed: int, log: IO[str], extra: Sequence[Document] = ()) -> Learned:
        for path in (_SPLIT, _COMPOSED):
            if not path.exists():
                raise BadInput(path=path, why="it is not there", hint="run make demo before")
        made = {"paths.composed": str(_COMPOSED), **settings}
        taught = [*_read(_SPLIT / "train.jsonl"), *extra]
        own = Parts(taught, _read(_SPLIT / "dev.jsonl"), test())
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
        Row(
            "govnews",
            "packaged and govnews train",
            lambda seed, log: packaged(seed, log, corrected()),
            test,
            made_of=made_of,
        ),
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

    from ..model.bench.speed import load_reader, measure_speeds, outside_taggers

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
            systems[name] = load_reader(folder)
        return measure_speeds(texts, systems)
