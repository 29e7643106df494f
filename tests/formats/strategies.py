"""Documents over an alphabet in which every unit of counting differs."""

from hypothesis import strategies as st

from govner.document import LABELS, Document, Span, document_id

ALPHABET = [
    *"省委书记王明，。#%/\\[] \u3000\t\r\n\u2028\x85\xa0",
    "𠮷", "👩‍👩‍👧", "e\u0301", "\ufeff", "\\n", "\r\n", "# id", "%% ", "\u200d",
]  # fmt: skip


@st.composite
def documents(draw, *, alphabet=ALPHABET, min_size=1):
    text = "".join(draw(st.lists(st.sampled_from(alphabet), min_size=min_size, max_size=40)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    spans = [
        Span(start, end, draw(st.sampled_from(LABELS)), draw(st.sampled_from(["", "title.post"])))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if not text[start].isspace() and not text[end - 1].isspace()
    ]
    return Document(document_id(text), text, tuple(spans), {"title": "题"}, "corrected")


corpora = st.lists(documents(), min_size=1, max_size=4, unique_by=lambda document: document.id)
