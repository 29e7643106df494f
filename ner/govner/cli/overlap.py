"""Whether a test set is one that the model has learned from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..document import Document, read_documents
from ..document.errors import BadInput
from .console import say


def training_documents(model: str) -> list[Document] | None:
    """Return what a model says in its manifest that it learned from.

    None where it has no manifest, or where the files are no longer there or have changed; the
    person is told which.
    """
    manifest = Path(model) / "manifest.json"
    if not manifest.is_file():
        return None
    inputs = json.loads(manifest.read_text("utf-8")).get("inputs", {})
    files = {path: digest for path, digest in inputs.items() if "train" in Path(path).stem}
    documents: list[Document] = []
    for path, digest in files.items():
        if not Path(path).is_file() or _hash(Path(path)) != digest:
            say(f"{model}: its training file {path} has changed or is gone; no leak can be found")
            return None
        documents += read_documents(path, labels=None)
    return documents or None


def check_overlap(
    gold: Sequence[Document], train: Sequence[Document], name: str, *, allow: bool
) -> dict[str, Any]:
    """Return the leakage certificate of a test; raises ``BadInput`` unless it is clean."""
    from ..dataset import certify

    certificate = certify({"train": train, "test": gold})
    if not certificate.clean and not allow:
        first = certificate.crossing[0]
        why = (
            f"{len(certificate.crossing)} of its documents are near copies of training documents "
            f"({first['right']} of {first['left']}, say)"
        )
        hint = "use another test set, or say --allow-overlap"
        raise BadInput(path=name, why=why, hint=hint)
    return certificate.to_record()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
