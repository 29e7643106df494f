"""Errors as rows: facets, patterns, sentences, samples; two systems; probabilities; slices."""

from collections import Counter

import pytest

from govner.document import Document, Span, parse_marked
from govner.document.errors import BadConfig
from govner.evaluation import evaluate, match, segmenter
from govner.evaluation.calibration import Judged, calibrate, curve
from govner.evaluation.errors import browser_data, cases, pattern, sample, snippet
from govner.evaluation.paired import compare, spread
from govner.evaluation.segmentation import word_bounds
from govner.evaluation.slices import slicers


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("[嘉兴市委](ORG)书记", "嘉兴[市委](ORG)书记", "left −嘉兴"),
        ("[市委](ORG)书记", "[市委书记](ORG)", "right +书记"),
        ("[市委书记](TITLE)", "[市](ORG)委书记", "TITLE → ORG · right −委书记"),
        ("[省](ORG)委书记处办公厅", "[省委书记处办公厅](ORG)", "right +委书…厅"),
        ("[市委](ORG)", "[市委](TITLE)", "ORG → TITLE"),
        ("[嘉善县公安局](ORG)", "嘉善县公安局", "…安局"),
        ("王明", "[王明](PERSON)", "王明"),
    ],
)
def test_errors_of_one_sort_have_one_pattern(gold, predicted, expected):
    document = parse_marked(gold)
    (item,) = match(document, parse_marked(predicted))
    assert pattern(document, item) == expected


def test_a_snippet_is_the_sentence_with_the_spans_of_both_sides():
    gold = parse_marked("开幕。[省委](ORG)[书记](TITLE)出席！闭幕。")
    predicted = parse_marked("开幕。[省委](ORG)书记出席！[闭幕](ORG)。")
    first, second = (m for m in match(gold, predicted) if m.kind != "correct")
    shown = snippet(gold, predicted, first)
    assert shown == {
        "text": "省委书记出席！",
        "gold": [[0, 2, "ORG"], [2, 4, "TITLE"]],
        "predicted": [[0, 2, "ORG"]],
        "focus": [1, -1],
        "cut": [False, False],
        "at": 3,
    }
    assert snippet(gold, predicted, second)["text"] == "闭幕。"


def test_a_long_sentence_is_cut_and_says_so():
    text = "字" * 200
    gold = Document("d", text, (Span(100, 102, "ORG"),))
    (item,) = match(gold, gold.with_spans([]))
    shown = snippet(gold, gold.with_spans([]), item)
    assert (len(shown["text"]), shown["cut"], shown["gold"]) == (
        122,
        [True, True],
        [[60, 62, "ORG"]],
    )


def test_the_cube_counts_every_error(found, before):
    data = browser_data(found, before)
    assert sum(row[-1] for row in data["cube"]) == data["total"] == len(data["errors"])
    place = data["facets"].index("kind")
    kinds = Counter()
    for row in data["cube"]:
        kinds[data["values"]["kind"][row[place]]] += row[-1]
    own = Counter(case.facets["kind"] for case in cases(found, before))
    assert kinds == own


def test_a_sample_keeps_rare_kinds_and_its_order():
    gold = Document("a", "字" * 4000, tuple(Span(3 * i, 3 * i + 2, "ORG") for i in range(1000)))
    rare = [Span(s.start, s.end, "TITLE") for s in gold.spans[:30]]
    found = evaluate([gold], [gold.with_spans(rare)])
    chosen = sample(cases(found), 100)
    kinds = Counter(case.facets["kind"] for case in chosen)
    assert kinds == {"label": 20, "missed": 97}
    assert chosen == sorted(chosen, key=lambda case: case.match.place)
    assert chosen == sample(cases(found), 100)


def test_changes_between_two_systems_have_names():
    gold = [parse_marked("[甲](ORG)，[乙](ORG)，[丙](ORG)，[丁](ORG)，戊，己")]
    old = [parse_marked("甲，[乙](ORG)，丙，[丁](TITLE)，[戊](ORG)，己")]
    new = [parse_marked("[甲](ORG)，乙，丙，丁，戊，[己](ORG)")]
    found, before = evaluate(gold, new, system="new"), evaluate(gold, old, system="old")
    changes = {
        (case.match.gold or case.match.predicted).start: case.facets["change"]
        for case in cases(found, before)
    }
    assert changes == {0: "fixed", 2: "broken", 4: "shared", 6: "changed", 8: "fixed", 10: "broken"}
    paired = compare(found, before)
    assert paired.changes["fixed", "ORG"] == paired.changes["broken", "ORG"] == 2
    assert paired.differences["all"].f1 == pytest.approx(2 / 6 - 2 / 7)


def test_several_runs_have_a_mean_and_a_spread(found, before):
    middle, deviation = spread([found, before])["all"]
    scores = [run.score("strict", "all").f1 for run in (found, before)]
    assert middle == pytest.approx(sum(scores) / 2)
    assert deviation == pytest.approx(abs(scores[0] - scores[1]) / 2**0.5)


def test_probabilities_are_judged_by_whether_the_span_was_right():
    gold = parse_marked("[甲](ORG)，[乙](ORG)")
    predicted = Document(gold.id, gold.text, (Span(0, 1, "ORG"), Span(2, 3, "TITLE")),
                         {"probabilities": [0.9, 0.4]})  # fmt: skip
    found = evaluate([gold], [predicted])
    assert found.judged == [(0.9, True, "ORG", 0), (0.4, False, "TITLE", 0)]
    assert found.calibration.error == pytest.approx((0.1 + 0.4) / 2)
    assert found.calibration.interval is None
    assert curve(found.judged, gold=2) == [(0.5, 1.0), (0.5, 0.5)]


def test_a_perfectly_calibrated_system_has_no_error():
    rows = [Judged(0.75, i % 4 > 0, "ORG", i // 40) for i in range(400)]
    found = calibrate(rows)
    assert found.error == pytest.approx(0)
    assert found.interval == pytest.approx((0, 0))
    assert calibrate([]).error == 0


def test_a_system_too_sure_of_itself_has_an_error_with_its_interval():
    """Sure to 0.95 and right six times of ten, five in one document and seven in the next."""
    rows = [
        Judged(0.95, i % 10 < 5 + 2 * (document % 2), "ORG", document)
        for document in range(80)
        for i in range(10)
    ]
    found = calibrate(rows)
    assert found.error == pytest.approx(0.35)
    low, high = found.interval
    assert 0.31 < low < 0.35 < high < 0.39
    (only,) = found.bins
    assert only.interval == pytest.approx((0.95 - high, 0.95 - low))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("《[省委](ORG)文件》", "quoted"),
        ("（[新华社](ORG)记者）", "brackets"),
        ("“两学”[省委](ORG)", "plain"),
        ("[省委](ORG)、[省政府](ORG)", "list"),
        ("[省委](ORG)[书记](TITLE)", "chain"),
        ("在[省委](ORG)里", "plain"),
    ],
)
def test_contexts_are_told_apart(marked, expected):
    document = parse_marked(marked)
    context = slicers([document])["context"]
    assert context(document, document.spans[0]) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[嘉兴市委组织部](ORG)", "name"),
        ("[县委“两新”工委](ORG)", "marks"),
        ("[嘉兴市委](ORG)", "flat"),
        ("[王](PERSON)", "flat"),
    ],
)
def test_names_that_hold_a_name_are_nested(marked, expected):
    document = parse_marked(marked)
    nested = slicers([document, parse_marked("[嘉兴市委](ORG)[王](PERSON)")])["nested"]
    assert nested(document, document.spans[0]) == expected


def test_slices_of_documents_come_from_meta():
    rows = [{"source": "中国新闻网 cpc [ldhd 领导活动] (x)", "type": "meeting"},
            {"source": "CCTV (y)", "register": "notice", "column": "要闻"}]  # fmt: skip
    documents = [Document(str(i), "省委", (Span(0, 2, "ORG"),), row) for i, row in enumerate(rows)]
    table = slicers(documents)
    values = {
        name: [table[name](doc, doc.spans[0]) for doc in documents]
        for name in ("source", "column", "type")
    }
    assert values == {"source": ["中国新闻网 cpc", "CCTV"], "column": ["ldhd 领导活动", "要闻"],
                      "type": ["meeting", "notice"]}  # fmt: skip
    assert "source" not in slicers(documents[:1])


def test_char_tokens_reach_everything_and_words_do_not():
    document = parse_marked("[省委](ORG)[书记](TITLE) 𠮷[王明](PERSON)")
    starts, ends = segmenter("char")(document.text)
    assert all(span.start in starts and span.end in ends for span in document.spans)


@pytest.mark.parametrize("name", ["words", "pkuseg", "char:folder"])
def test_an_unknown_segmenter_is_an_error(name):
    with pytest.raises(BadConfig, match="no segmenter"):
        segmenter(name)


def test_a_folder_without_a_pkuseg_model_is_an_error(tmp_path):
    with pytest.raises(BadConfig, match="no pkuseg model"):
        segmenter(f"pkuseg:{tmp_path}")


def test_words_of_jieba_do_not_reach_everything():
    """Jieba reads 省委书记 as one word, so neither the body nor the post can be tagged."""
    document = parse_marked("[省委](ORG)[书记](TITLE) [王根良](PERSON)出席")
    starts, ends = segmenter("jieba")(document.text)
    reach = [span.start in starts and span.end in ends for span in document.spans]
    assert reach == [False, False, True]


def test_words_are_found_again_where_a_segmenter_drops_white_space():
    assert word_bounds(["省委", "书记"], "省委 \n书记 ") == ({0, 4}, {2, 6})
