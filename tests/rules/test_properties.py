"""What holds of the proposals for any text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.document import Document
from govner.rules import annotate, default_knowledge, propose

default_knowledge()  # read before the first example, whose time is measured

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
ODD = st.sampled_from(
    ["𠮷", "👨\u200d👩\u200d👧", "\u3000", "\r\n", "\ufffd", "\ue000", "\u200b", "·", "A1", "９"]
)
WORDS = (
    "省委 市纪委 组织部 公安局 浙江省 嘉善县 红星村 党委 书记 副 市长 局长 记者 王明 欧阳文清 "
    "张立民 李四 普京 克里木·买买提 某 、 ， 。 ： （ ） “ ” 《 》 任 当选 各级 "
    "说 主持会议 第十三届 中央 特朗普 政府 集团 公司 新华社 的 和 习近平 新时代 思想 12 居民 同志"
)
PARTS = st.sampled_from([*WORDS.split(), " ", "  ", "\n"])
OFFICIAL = st.lists(PARTS, max_size=30).map("".join)
TEXTS = st.one_of(
    OFFICIAL,
    st.text(HAN, max_size=60),
    st.lists(st.one_of(PARTS, HAN, ODD, st.characters()), max_size=40).map("".join),
)
# A paragraph without a name, a body, a post, or a word that could be part of one.
UNRELATED = "今天下了一场大雨，地里很湿。"


@given(TEXTS)
@settings(max_examples=400)
def test_proposals_are_flat_and_have_no_white_space_at_their_edges(text):
    """A document refuses overlapping spans, and spans that begin or end on white space."""
    (document,) = annotate([Document("a", text)])
    assert all(span.source for span in document.spans)
    assert document.state == "proposed"


@given(st.lists(TEXTS, max_size=4))
def test_proposals_are_the_same_whatever_the_batch(texts):
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    together = list(annotate(documents))
    assert together == [proposed for doc in documents for proposed in annotate([doc])]


@given(OFFICIAL)
@settings(max_examples=200)
def test_an_unrelated_paragraph_changes_nothing(text):
    assert propose(f"{text}\n{UNRELATED}").spans == propose(text).spans


@given(TEXTS)
def test_losers_lose_for_a_reason(text):
    proposal = propose(text)
    winners = {span.key for span in proposal.spans}
    for span, reason in proposal.losers:
        assert reason
        assert span.key not in winners or "has said the same" in reason


REPEATED = [
    "市委",
    "公司",
    "12",
    "第",
    "十",
    "《",
    "（",
    "、",
    "书记、",
    "张立民",
    "克·",
    "浙江省",
    "委届",
    "市公安局交警支队",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_one_word_over_and_over_is_read(unit):
    """Each of these made some earlier form of the grammar take quadratic time."""
    text = unit * (20_000 // len(unit))
    (document,) = annotate([Document("a", text)])
    assert all(span.end - span.start <= 80 for span in document.spans)


@pytest.mark.slow
@pytest.mark.parametrize("alphabet", ["han", "words"])
def test_a_megabyte_in_one_line_is_read(alphabet):
    draw = random.Random(1)
    characters = [chr(code) for code in range(0x4E00, 0x9FA5)]
    words = [
        "省委",
        "书记",
        "王明",
        "、",
        "，",
        "记者",
        "在",
        "浙江省",
        "教育局",
        *characters[:400],
    ]
    text = "".join(draw.choices(characters if alphabet == "han" else words, k=340_000))[:340_000]
    (document,) = annotate([Document("a", text)])
    assert len(document.text.encode()) >= 1_000_000
