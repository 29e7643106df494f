"""Label Studio's JSON: tasks with predictions (ours) and annotations (a person's), UTF-16 units."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..document import Document, Span
from ..document.files import open_output
from .annotated import Annotated
from .doccano import ID, META
from .files import bad_record, check_unicode, parse_json, read_text, utf16_span
from .units import Utf16

FROM, TO = "label", "text"  # the names in the labelling configuration
CONFIG = """<View>
  <Labels name="label" toName="text">
    <Label value="PERSON" background="#2f7ed8"/>
    <Label value="TITLE" background="#5f8a0b"/>
    <Label value="ORG" background="#d8572f"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
"""


def write(path: str | Path, documents: Iterable[Document]) -> None:
    """Write tasks: what is proposed as predictions, what is corrected as annotations."""
    with open_output(path) as stream:
        between = "[\n"
        for document in documents:
            stream.write(between + json.dumps(to_task(document), ensure_ascii=False))
            between = ",\n"
        stream.write("\n]\n" if between == ",\n" else "[]\n")


def to_task(document: Document) -> dict[str, Any]:
    """Return the task of a document; raises ``NotExportable``."""
    check_unicode(document, "Label Studio")
    units = Utf16(document.text)
    result = [_region(document, span, units) for span in document.spans]
    meta = {key: str(document.meta.get(key) or "") for key in META}
    made = {"result": result}
    return {
        "data": {"text": document.text, ID: document.id, **meta},
        "predictions": []
        if document.state == "corrected"
        else [{"model_version": "govner", **made}],
        "annotations": [made] if document.state == "corrected" else [],
    }


def _region(document: Document, span: Span, units: Utf16) -> dict[str, Any]:
    place = {"start": units.units(span.start), "end": units.units(span.end)}
    return {
        "id": f"{span.start}-{span.end}-{span.label}",
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "value": {**place, "text": document.surface(span), "labels": [span.label]},
    }


def read(path: str | Path) -> Iterator[Annotated]:
    """Read exported tasks; the last annotation that was not cancelled counts.

    A task that has only predictions is not confirmed.
    """
    tasks = parse_json(read_text(path), str(path))
    if not isinstance(tasks, list):
        raise bad_record(str(path), "a list of tasks")
    for number, task in enumerate(tasks, start=1):
        yield from_task(task, where=f"{path}, task {number}")


def from_task(task: Any, *, where: str) -> Annotated:
    """Read one task; raises ``BadInput`` or ``BadSpan`` with the place."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise bad_record(where, 'a "text" under "data"')
    made = [item for item in task.get("annotations") or [] if not item.get("was_cancelled")]
    chosen = (made or task.get("predictions") or [{}])[-1]
    text = Utf16(data["text"])
    spans = tuple(
        _span(region, text, where)
        for region in chosen.get("result") or []
        if region.get("type", "labels") == "labels"
    )
    return Annotated(
        where,
        data["text"],
        spans,
        id=str(data.get(ID) or ""),
        annotator=_annotator(chosen.get("completed_by")),
        confirmed=bool(made),
    )


def _span(region: Any, text: Utf16, where: str) -> Span:
    value = region.get("value") if isinstance(region, dict) else None
    labels = value.get("labels") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(labels, list) or len(labels) != 1:
        raise bad_record(where, "regions of one label each")
    return utf16_span(value.get("start"), value.get("end"), labels[0], text=text, where=where)


def _annotator(completed_by: Any) -> str:
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return "" if completed_by is None else str(completed_by)
