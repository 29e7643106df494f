"""The self-test that travels inside a released wheel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

_CODE = '''"""Whether the installed model still finds what it found when it was released."""

import json
from pathlib import Path

from . import load


def main() -> int:
    """Run the model on the texts it was released with; 1 where it finds something else."""
    nlp = load()
    wrong = 0
    cases = json.loads((Path(__file__).parent / "selftest.json").read_text("utf-8"))
    for case in cases:
        found = [[e.start_char, e.end_char, e.label_] for e in nlp(case["text"]).ents]
        if found != case["spans"]:
            wrong += 1
            print(f"expected {case['spans']}, found {found}: {case['text']}")
    name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    print(f"{name}: {len(cases) - wrong} of {len(cases)} agree")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    raise SystemExit(main())
'''


def selftest_files(nlp: Any, texts: Iterable[str]) -> Mapping[str, bytes]:
    """Return the module and the texts with what the pipeline finds in them, by file name."""
    cases = [
        {
            "text": text,
            "spans": [[e.start_char, e.end_char, e.label_] for e in nlp(text).ents],
        }
        for text in texts
    ]
    data = json.dumps(cases, ensure_ascii=False, indent=1) + "\n"
    return {"selftest.py": _CODE.encode(), "selftest.json": data.encode()}
