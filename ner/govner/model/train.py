"""Training from a config: the model, its scores and a manifest, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from ..dataset.sketch import sketches
from ..document import GovnerError, read_documents
from ..document.errors import BadConfig
from ..document.files import output_folder

MANIFEST = "manifest.json"
SCORES = "scores.json"
# The libraries whose version can change what a training gives.
_VERSIONS = ("spacy", "thinc", "numpy")


@dataclass(frozen=True)
class Trained:
    """Where a model was written, what it scored on dev, and what was read for it.

    ``read`` counts documents, characters, and spans by their label.
    """

    folder: Path
    scores: dict[str, Any]
    seconds: float
    read: Counter[str]


def train_model(
    config: str | Path,
    output: str | Path,
    *,
    overrides: Mapping[str, Any] | None = None,
    labels: Sequence[str] | None = None,
    log: IO[str],
) -> Trained:
    """Train what a config describes and write model, scores and manifest into ``output``.

    ``overrides`` are as spaCy's: ``{"paths.train": "…"}``; ``labels`` are those that documents
    may have, any where None. The folder is replaced when training has ended well. Raises
    ``BadConfig`` for a config that cannot be used, and the errors of the documents it names.
    """
    from spacy.training.loop import train

    started = time.monotonic()
    settings = load_config(config, overrides or {})
    read = _check_documents(settings, labels)
    inputs = {path: _hash(path) for path in _input_paths(config, settings)}
    nlp = _prepare(config, settings)
    with output_folder(output, mark="meta.json") as work:
        try:
            train(nlp, work, use_gpu=-1, stdout=log, stderr=log)
        except ValueError as error:
            raise BadConfig(path=config, why=_first_line(error), hint="change it there") from error
        scores = _keep_best(work)
        scores["calibration"] = _calibrate(work)
        _write_json(work / SCORES, scores)
        seconds = round(time.monotonic() - started, 1)
        manifest = _manifest(config, settings, overrides or {}, inputs, seconds)
        _write_json(work / MANIFEST, manifest)
    return Trained(Path(output), scores, seconds, read)


def load_config(path: str | Path, overrides: Mapping[str, Any]) -> Any:
    """Read a config with overrides; raises ``BadConfig``."""
    from spacy.util import load_config as load
    from thinc.api import ConfigValidationError

    if not Path(path).is_file():
        raise BadConfig(path=path, why="there is no such config", hint="see configs/*.cfg")
    try:
        settings = load(Path(path), overrides=dict(overrides), interpolate=False)
        settings.interpolate()
        return settings
    except (ConfigValidationError, ValueError, UnicodeDecodeError) as error:
        hint = "mend that section"
        raise BadConfig(path=path, why=_first_line(error), hint=hint) from error


def _prepare(path: str | Path, settings: Any) -> Any:
    from confection import ConfigValidationError
    from spacy.training.initialize import init_nlp

    try:
        return init_nlp(settings, use_gpu=-1)
    except GovnerError:
        raise
    except (ConfigValidationError, ValueError, KeyError) as error:
        raise BadConfig(path=path, why=_first_line(error), hint="change it there") from error


def _check_documents(settings: Any, labels: Sequence[str] | None) -> Counter[str]:
    """Read what the config names once, so that no error comes after an hour of training."""
    read: Counter[str] = Counter()
    for name, path in settings.interpolate().get("paths", {}).items():
        ours = str(path).endswith(".jsonl") or name in {"train", "dev"}
        if path and ours and not str(path).endswith(".spacy"):
            for document in read_documents(path, labels=labels):
                read.update(documents=1, characters=len(document.text))
                read.update(span.label for span in document.spans)
    return read


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2]) or type(error).__name__


def _input_paths(config: str | Path, settings: Any) -> list[Path]:
    named = settings.interpolate().get("paths", {}).values()
    paths = [Path(config)]
    for path in (Path(value) for value in named if isinstance(value, str)):
        paths += sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return [path for path in paths if path.is_file()]


def _keep_best(work: Path) -> dict[str, Any]:
    """Put the best model into the folder itself and return what it scored."""
    best = work / "model-best"
    for entry in sorted(best.iterdir()):
        entry.rename(work / entry.name)
    best.rmdir()
    shutil.rmtree(work / "model-last")
    scores: dict[str, Any] = json.loads((work / "meta.json").read_text("utf-8"))["performance"]
    return scores


def _calibrate(work: Path) -> dict[str, Any]:
    """Learn the temperatures of the model's own components on dev; return them by component."""
    import spacy
    from spacy.util import resolve_dot_names

    from .calibrate import calibrate_pipe
    from .component import CrfNer

    nlp = spacy.load(work)
    (dev,) = resolve_dot_names(nlp.config.interpolate(), [nlp.config["training"]["dev_corpus"]])
    learned = {}
    for name, pipe in nlp.pipeline:
        if isinstance(pipe, CrfNer):
            learned[name] = asdict(calibrate_pipe(nlp, name, dev(nlp)))
            pipe.to_disk(work / name, exclude=["vocab"])
    return learned


def _manifest(
    config: str | Path,
    settings: Any,
    overrides: Mapping[str, Any],
    inputs: Mapping[Path, str],
    seconds: float,
) -> dict[str, Any]:
    return {
        "config": str(config),
        "overrides": dict(overrides),
        "seed": settings.interpolate()["training"]["seed"],
        "train": (train := _named(settings, "train")),
        "learned": sketches(read_documents(train, labels=None)) if train else {},
        "inputs": {str(path): digest for path, digest in inputs.items()},
        "versions": {
            "python": platform.python_version(),
            "govner": version("govner"),
            **{name: version(name) for name in _VERSIONS},
        },
        "machine": platform.machine(),
        "seconds": seconds,
    }


def _named(settings: Any, name: str) -> str | None:
    path = settings.interpolate().get("paths", {}).get(name)
    return str(path) if path and not str(path).endswith(".spacy") else None


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def parse_overrides(arguments: list[str]) -> dict[str, Any]:
    """Read ``--section.key value`` or ``--section.key=value``; values are JSON or plain text.

    Raises ``BadConfig`` for anything else.
    """
    overrides: dict[str, Any] = {}
    words = iter(arguments)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not re.fullmatch(r"[\w]+(\.[\w]+)+", name):
            raise BadConfig(
                path=word,
                why="this is no setting",
                hint="write --paths.train FILE after the config",
            )
        if not equals:
            value = next(words, "")
        overrides[name] = _value(value)
    return overrides


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
