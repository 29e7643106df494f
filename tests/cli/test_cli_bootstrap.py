"""``govner bootstrap``: lessons from raw text and corrected documents."""

from govner.cli.bootstrap import write_lessons
from govner.document import parse_marked, read_documents

CORRECTED = [
    parse_marked(f"[省委](ORG)[书记](TITLE)[王明](PERSON)出席第{n}次会议。") for n in range(18)
]


def test_lessons_hold_proposals_and_the_corpus(tmp_path):
    raw = [parse_marked("省委书记李卫国在会上讲话。"), parse_marked("雨下了一整夜。")]
    paths = write_lessons(tmp_path / "lessons", raw, CORRECTED, weight=2)
    train = list(read_documents(paths["paths.train"]))
    dev = list(read_documents(paths["paths.dev"]))
    assert len(train) == 2 + 2 * 16
    assert [doc.surface(span) for span in train[0].spans for doc in train[:1]] == [
        "省委", "书记", "李卫国",
    ]  # fmt: skip
    assert train[0].meta["unknown"] == []
    assert {doc.id for doc in dev} == {CORRECTED[8].id, CORRECTED[17].id}
