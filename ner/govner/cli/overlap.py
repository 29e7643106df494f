"""Whether a test set is one that the model has learned from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..document import Document, read_documents
from ..document.errors import BadInput, BadModel

MANIFEST = "manifest.json"


def read_manifest(model: str | Path) -> dict[str, Any] | None:
    """Return what a model's folder or an installed package says of its training, None if nothing.

    Raises ``BadModel`` for a manifest that does not parse.
    """
    path = _manifest_path(str(model))
    if path is None:
        return None
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
        manifest["inputs"] = dict(manifest.get("inputs", {}))
        return manifest
    except (OSError, ValueError, TypeError) as error:
        raise BadModel(model=str(model), why=f"its {MANIFEST} does not parse") from error


def _manifest_path(model: str) -> Path | None:
    if Path(model, MANIFEST).is_file():
        return Path(model, MANIFEST)
    found = (path for folder in _package(model) for path in folder.glob(f"*/{MANIFEST}"))
    return next(found, None)


def _package(model: str) -> list[Path]:
    """Return the folders of an installed package."""
    from importlib.util import find_spec

    spec = find_spec(model) if model.isidentifier() else None
    return [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]


def tells_nothing(model: str) -> bool:
    """Return whether a model does not say what it learned from, so that no leak can be found."""
    return training_documents(model) is None and not (read_manifest(model) or {}).get("learned")


def training_documents(model: str) -> list[Document] | None:
    """Return what a model says in its manifest that it learned from.

    None where it does not say, or where the files are no longer there or have changed.
    """
    manifest = read_manifest(model) or {"inputs": {}}
    inputs = manifest["inputs"]
    if "train" in manifest:
        files = [path for path in inputs if _is_part(path, manifest["train"])]
    else:  # written before manifests named what was trained on
        files = [path for path in inputs if "train" in Path(path).stem]
    if any(not Path(path).is_file() or _hash(Path(path)) != inputs[path] for path in files):
        return None
    return [document for path in files for document in read_documents(path, labels=None)] or None


def _is_part(path: str, name: str) -> bool:
    return Path(path) == Path(name) or Path(name) in Path(path).parents


def check_model(
    gold: Sequence[Document], model: str, name: str, *, allow: bool
) -> dict[str, Any] | None:
    """Return the leakage certificate of a test for a model; None where the model does not say.

    Its training documents are compared where they are at hand, else the sketches of them that
    travel with it. Raises ``BadInput`` unless the test is clean.
    """
    from ..dataset.sketch import certify_by_sketches

    documents = training_documents(model)
    if documents is not None:
        return check_overlap(gold, documents, name, allow=allow)
    learned = (read_manifest(model) or {}).get("learned")
    if not learned:
        return None
    try:
        certificate = certify_by_sketches(gold, learned)
    except (ValueError, AttributeError) as error:
        raise BadModel(model=model, why=f"its {MANIFEST} holds no sketches") from error
    return _refuse(certificate, name, allow=allow)


def check_overlap(
    gold: Sequence[Document], train: Sequence[Document], name: str, *, allow: bool
) -> dict[str, Any]:
    """Return the leakage certificate of a test; raises ``BadInput`` unless it is clean."""
    from ..dataset import certify

    return _refuse(certify({"train": train, "test": gold}).to_record(), name, allow=allow)


def _refuse(certificate: dict[str, Any], name: str, *, allow: bool) -> dict[str, Any]:
    if not certificate["clean"] and not allow:
        crossing: Sequence[Mapping[str, Any]] = certificate["crossing"]
        why = (
            f"{len(crossing)} of its documents are near copies of training documents "
            f"({crossing[0]['right']} of {crossing[0]['left']}, say)"
        )
        hint = "use another test set, or say --allow-overlap"
        raise BadInput(path=name, why=why, hint=hint)
    return certificate


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
