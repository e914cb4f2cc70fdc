"""Documents and facts as vectors: estimators that keep scikit-learn's promises, and what is read from them."""

from __future__ import annotations

import csv
import inspect
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.utils import estimator_checks

import baodao as bd
from baodao.errors import BaodaoError
from baodao.vectors import (
    ArticleVectorizer,
    FactVectorizer,
    WordTokenizer,
    duplicates,
    keywords,
    similar,
    topics,
)

# invented reports: evening schools, buses, orchards, floods
TEXTS = [
    "社区夜校开班\n宜昌市西陵区社区夜校昨晚开班，首批招收学员86名，开设书法、摄影、剪纸三门课程，教师12名。",
    "夜校添新课\n襄阳市樊城区社区夜校本周增设烘焙课程，学员增至140名，教师每周授课两次，书法课程最受欢迎。",
    "夜校学员办展\n黄石市夜校学员书法展昨日开幕，展出书法、剪纸作品65件，教师到场点评，学员家属前来参观。",
    "公交线路调整\n长沙市公交12路本月起改道，新增站点4个，途经医院、学校，公交司机提前熟悉线路，乘客可扫码查询。",
    "夜班公交开通\n株洲市开通夜班公交线路3条，公交站点增设照明，乘客凭卡乘车享受优惠，司机每晚发车18班。",
    "公交换新车\n岳阳市投入新能源公交60辆，线路覆盖城郊，乘客候车时间缩短，公交司机培训已完成。",
    "果园丰收\n烟台市栖霞市苹果丰收，果园面积达1.2万亩，果农采用滴灌技术，苹果亩产提高，冷库收购价上涨。",
    "果农学技术\n临沂市蒙阴县果农走进果园学习剪枝技术，蜜桃、苹果种植户300户参加，冷库为果农提供储存优惠。",
    "冷库进果园\n运城市临猗县建成冷库15座，果园苹果可储存半年，果农收入增加，苹果种植户订单增长。",
    "汛期抢险\n九江市柴桑区堤坝出现险情，抢险队员连夜装填沙袋，转移群众420名，洪水水位回落。",
    "洪水退去\n上饶市鄱阳县洪水退去，受灾群众返家，抢险队员清理淤泥，堤坝加固工程开工，安置群众850名。",
    "堤坝加固\n常德市汉寿县投入资金900万元加固堤坝，抢险物资储备点增至8处，洪水预警覆盖全部村庄。",
]
KINDS = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
ESTIMATORS = [WordTokenizer(), ArticleVectorizer(), FactVectorizer()]


@pytest.fixture(scope="module")
def articles() -> list[bd.Article]:
    return [bd.analyze(text, issue_date="2023-07-05").articles[0] for text in TEXTS]


# scikit-learn's promises


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize(
    "check",
    [  # those that feed no table of numbers: documents are no array, so check_estimator skips the others
        "check_estimator_cloneable",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimator_repr",
        "check_no_attributes_set_in_init",
        "check_do_not_raise_errors_in_init_or_set_params",
        "check_mixin_order",
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
    ],
)
def test_scikit_learn_checks_what_applies_to_documents(estimator: Any, check: str) -> None:
    run = getattr(estimator_checks, check, None)
    if run is None:
        pytest.skip("another version of scikit-learn")
    run(type(estimator).__name__, clone(estimator))


def test_nothing_is_learned_before_fit() -> None:
    for estimator in (ArticleVectorizer(), FactVectorizer()):
        with pytest.raises(estimator_checks.NotFittedError):
            estimator.transform([TEXTS[0]])
        with pytest.raises(estimator_checks.NotFittedError):
            estimator.get_feature_names_out()


def test_fitting_returns_self_and_equals_fit_transform(articles: list[bd.Article]) -> None:
    for estimator in (ArticleVectorizer(), FactVectorizer()):
        assert estimator.fit(articles) is estimator
        again = clone(estimator).fit_transform(articles)
        assert np.allclose(estimator.transform(articles).toarray(), again.toarray())
        assert again.shape == (len(articles), len(estimator.get_feature_names_out()))


def test_settings_are_never_changed_by_fitting(articles: list[bd.Article]) -> None:
    for estimator in (ArticleVectorizer(tags=["n"], stop_words=["教师"]), FactVectorizer(fields=["kind", "unit"])):
        before = {name: repr(value) for name, value in estimator.get_params().items()}
        estimator.fit(articles)
        assert {name: repr(value) for name, value in estimator.get_params().items()} == before


def test_fitted_estimators_survive_pickling(articles: list[bd.Article]) -> None:
    lexicon = bd.Lexicon().with_words(["社区夜校"])
    for estimator in (WordTokenizer(lexicon=lexicon), ArticleVectorizer(lexicon=lexicon), FactVectorizer()):
        estimator.fit(articles)
        again = pickle.loads(pickle.dumps(estimator))
        one, other = estimator.transform(articles), again.transform(articles)
        assert one == other if isinstance(one, list) else (one != other).nnz == 0


@pytest.mark.parametrize("estimator", [ArticleVectorizer(), FactVectorizer()], ids=lambda e: type(e).__name__)
def test_tables_come_out_where_they_are_asked_for(estimator: Any, articles: list[bd.Article]) -> None:
    pandas = pytest.importorskip("pandas")
    asked = clone(estimator).set_output(transform="pandas")
    frame = asked.fit_transform(articles)
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == asked.get_feature_names_out().tolist()
    assert np.allclose(frame.to_numpy(), estimator.fit_transform(articles).toarray())


def test_estimators_fit_pipelines_unions_and_searches(articles: list[bd.Article]) -> None:
    union = FeatureUnion([("words", ArticleVectorizer()), ("facts", FactVectorizer(fields=["unit"]))])
    model = Pipeline([("features", union), ("kind", LogisticRegression())])
    search = GridSearchCV(model, {"features__words__tags": [None, ["n"]], "features__facts__values": ["present"]}, cv=3)
    search.fit(articles, KINDS)
    assert search.best_score_ > 0.7
    names = search.best_estimator_[0].get_feature_names_out()
    assert {"words__公交", "facts__名"} <= set(names)


def test_words_go_into_any_vectorizer() -> None:
    steps = Pipeline([("words", WordTokenizer()), ("counts", CountVectorizer(analyzer=list))])
    assert steps.fit_transform(TEXTS).shape[0] == len(TEXTS)
    direct = CountVectorizer(tokenizer=WordTokenizer(), token_pattern=None).fit(TEXTS)
    assert direct.get_feature_names_out().tolist() == steps[-1].get_feature_names_out().tolist()
    model = Pipeline([("words", ArticleVectorizer()), ("near", NearestNeighbors(metric="cosine"))]).fit(TEXTS)
    assert model[-1].n_samples_fit_ == len(TEXTS)


# words


def test_texts_articles_and_pages_read_alike(articles: list[bd.Article]) -> None:
    page = bd.analyze(TEXTS[0])
    words = WordTokenizer().transform([TEXTS[0], articles[0], page])
    assert words[0] == words[1] == words[2]


def test_a_traditional_print_has_the_words_of_its_simplified_twin() -> None:
    assert WordTokenizer()("婦聯補貼發放，幹部走訪") == WordTokenizer()("妇联补贴发放，干部走访")


def test_words_are_neither_numbers_nor_marks_nor_function_words() -> None:
    words = WordTokenizer()("据悉，该市的三名教师近日于12.6万元之外，获得GDP2020奖励；第二次……")
    assert words == ["教师", "gdp2020", "奖励"] or words == ["教师", "gdp", "奖励"]


def test_words_of_the_lexicon_stay_whole_and_leak_nowhere() -> None:
    own = WordTokenizer(lexicon=bd.Lexicon().with_words(["帮扶车间"]))
    assert "帮扶车间" in own("帮扶车间招工")
    assert "帮扶车间" not in WordTokenizer()("帮扶车间招工")


def test_stop_words_can_be_replaced_and_left_out() -> None:
    assert WordTokenizer(stop_words=["教师"])("记者与教师") == ["记者"]
    assert WordTokenizer(stop_words=None, min_length=1)("记者与教师") == ["记者", "与", "教师"]


# keywords


def test_keywords_name_the_matter() -> None:
    for method in ("tfidf", "textrank"):
        found = keywords(TEXTS[3], 5, method=method)
        assert found[0].weight == 1.0
        assert "公交" in [word for word, _, _ in found]
        assert [k.weight for k in found] == sorted((k.weight for k in found), reverse=True)


def test_what_is_common_in_the_background_is_no_keyword() -> None:
    plain = keywords(TEXTS[0], 3, background=TEXTS)
    among = keywords(TEXTS[0], 3, background=[TEXTS[0].replace("书法", "剪纸")] * 5 + [TEXTS[1]])
    assert "书法" not in [k.word for k in plain]
    assert "书法" in [k.word for k in among]
    fitted = ArticleVectorizer().fit(TEXTS)
    assert keywords(TEXTS[0], 3, background=fitted) == plain


def test_a_text_without_words_has_no_keywords() -> None:
    assert keywords("，。") == keywords("，。", method="textrank") == []
    assert [k.word for k in keywords("夜校", method="textrank")] == ["夜校"]


# topics


def test_topics_part_the_corpus(articles: list[bd.Article]) -> None:
    found = topics(articles, 4)
    strongest = found.weights.argmax(axis=1).tolist()
    assert len({tuple(strongest[i : i + 3]) for i in (0, 3, 6, 9)}) == 4
    assert all(len(set(strongest[i : i + 3])) == 1 for i in (0, 3, 6, 9))
    assert np.allclose(found.weights.sum(axis=1), 1)
    assert sum(topic.share for topic in found) == pytest.approx(1, abs=0.001)
    assert [t.share for t in found] == sorted((t.share for t in found), reverse=True)


def test_topics_are_the_same_twice_and_weigh_new_documents(articles: list[bd.Article]) -> None:
    one, other = topics(articles, 4, seed=3), topics(articles, 4, seed=3)
    assert list(one) == list(other)
    assert np.allclose(one.weigh(articles), one.weights, atol=0.02)
    assert one.weigh(["公交司机换线路"]).argmax() == one.weights[3].argmax()
    assert not one.weigh(["无"]).any()


def test_topics_can_be_read(articles: list[bd.Article]) -> None:
    found = topics(articles, 4)
    assert repr(found) == "Topics(4 topics of 12 documents)"
    assert all(topic.name in str(found).replace("  ", " ") for topic in found)
    assert "<table" in found._repr_html_()
    pytest.importorskip("pandas")
    frame = found.to_pandas()
    assert frame["label"][0] == "社区夜校开班"
    assert set(frame["topic"]) == {topic.name for topic in found}


# duplicates


def test_reprints_are_found_and_sequels_are_not() -> None:
    body = TEXTS[10].split("\n")[1]
    reprints = ["洪水退去之后\n本报综合消息 " + body, body.replace("返家", "回家").replace("开工", "动工"), body[:46]]
    monthly = (
        "物价平稳\n统计部门公布{}月数据，全省居民消费价格总水平同比上涨{}%，其中食品烟酒价格上涨{}%，服务价格上涨{}%，"
        "粮油肉蛋等生活必需品货源充足，市场供应总体平稳。"
    )
    series = [monthly.format(6, 1.2, 2.4, 0.8), monthly.format(7, 0.9, 1.7, 0.6)]
    found = duplicates([*TEXTS, *reprints, *series])
    assert found.groups == ((10, 12, 13, 14),)
    assert duplicates(series, threshold=0.3).groups == ()
    assert duplicates(series, threshold=0.3, numbers=0).groups == ((0, 1),)
    assert 10 not in found.keep or 12 not in found.keep
    assert len(found.keep) == len(TEXTS) + len(series)


def test_a_report_told_again_is_known_by_its_numbers_and_words() -> None:
    again = "老圃换新颜\n走进栖霞市的苹果园，1.2万亩果树挂满枝头，滴灌技术让果农每亩增收1360元，冷库收购价涨了8.5%。"
    report = "苹果丰收\n栖霞市苹果园面积达12000亩，果农采用滴灌技术，亩均增收1,360元，冷库收购价上涨8.5%。"
    stranger = "公交提速\n岳阳市公交专用道长12000米，司机平均节油8.5%，月省1360元，乘客候车时间缩短。"
    found = duplicates([report, TEXTS[0], again, stranger])
    assert [(pair.first, pair.second, pair.kind) for pair in found] == [(0, 2, "retold")]
    assert found[0].overlap < 0.2
    assert not duplicates([report, again], retold=False)
    assert [pair[:2] for pair in duplicates([report, report, again])] == [(0, 1), (0, 2)]
    round_ones = [
        "夜校开班\n社区夜校招收学员300名，投入500万元。",
        "夜校扩招\n城北夜校扩招学员300名，争取资金500万元。",
    ]
    assert not duplicates(round_ones)


def test_the_events_of_the_invented_corpus_are_told_apart() -> None:
    folder = Path(__file__).parents[1] / "examples" / "corpus"
    rows = list(csv.DictReader((folder / "reports.csv").read_text(encoding="utf-8-sig").splitlines()))
    pages = {doc: bd.analyze_file(folder / f"{doc}.txt") for doc in dict.fromkeys(row["doc"] for row in rows)}
    articles = [pages[row["doc"]].articles[int(row["article"])] for row in rows]
    same = {(i, j) for j in range(len(rows)) for i in range(j) if rows[i]["event"] == rows[j]["event"]}
    assert {(pair.first, pair.second) for pair in duplicates(articles)} == same


def test_equal_texts_are_paired_with_the_first_only() -> None:
    found = duplicates([TEXTS[0]] * 50 + [TEXTS[3]])
    assert len(found) == 49
    assert all(pair.first == 0 and pair.overlap == 1 for pair in found)
    assert found.keep == (0, 50)


def test_a_report_printed_very_often_stays_one_group() -> None:
    random_words = random.Random(0)
    texts = []
    for _ in range(300):
        letters = list(TEXTS[4] + TEXTS[5])
        letters[random_words.randrange(len(letters))] = "某"
        texts.append("".join(letters))
    assert len(duplicates(texts).groups) == 1


def test_duplicates_can_be_read() -> None:
    found = duplicates([TEXTS[0], TEXTS[0] + "。", "<b>" + TEXTS[1]], names=["甲报", "<乙报>", "丙报"])
    assert str(found).splitlines()[0] == "Duplicates(1 pairs in 1 groups of 3 documents)"
    assert "[1] &lt;乙报&gt;" in found._repr_html_()
    pytest.importorskip("pandas")
    assert found.to_pandas()["second_label"].tolist() == ["<乙报>"]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.integers(60, 400))
def test_an_excerpt_is_always_found(seed: int, length: int) -> None:
    draw = random.Random(seed)
    letters = [chr(draw.randrange(0x4E00, 0x9000)) for _ in range(length)]
    begin = draw.randrange(0, length - 40)
    texts = ["".join(letters), "".join(letters[begin : begin + 40]), "".join(draw.sample(letters, length))]
    found = duplicates(texts)
    assert [pair[:4] for pair in found] == [(0, 1, "reprint", 1.0)]


# similar


def test_similar_reports_share_words_and_leave_out_the_report_itself(articles: list[bd.Article]) -> None:
    found = similar(articles[6], articles, 3)
    assert {match.place for match in found[:2]} == {7, 8}
    assert "苹果" in found[0].words
    assert found[0].similarity >= found[1].similarity > 0
    assert all(match.place != 6 for match in found)
    assert similar("无关", TEXTS) == []


# facts


def test_facts_become_named_columns(articles: list[bd.Article]) -> None:
    vectorizer = FactVectorizer(fields=["province", "unit"])
    matrix = vectorizer.fit_transform(articles).toarray()
    names = vectorizer.get_feature_names_out().tolist()
    assert "湖北省 · 名" in names
    assert matrix.sum() == sum(len(article.facts) for article in articles)


def test_totals_add_values_and_average_rates() -> None:
    rows = [
        {"kind": "count", "unit": "名", "value": 3.0, "low": float("nan")},
        {"kind": "count", "unit": "名", "value": float("nan"), "low": 10.0},
        {"kind": "rate", "unit": "%", "value": 40.0, "low": None},
        {"kind": "rate", "unit": "%", "value": 60.0, "low": None},
    ]
    vectorizer = FactVectorizer(fields=["kind", "unit"], values="total")
    assert vectorizer.fit_transform([rows]).toarray().tolist() == [[13.0, 50.0]]
    assert vectorizer.get_feature_names_out().tolist() == ["count · 名", "rate · %"]


def test_tables_frames_and_lists_of_facts_read_alike(articles: list[bd.Article]) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    facts = articles[0].facts
    assert facts
    vectorizer = FactVectorizer().fit(articles)
    rows = vectorizer.transform([articles[0], facts, list(facts), facts.to_pandas(), facts.to_polars()]).toarray()
    assert (rows == rows[0]).all()


def test_rare_sorts_can_be_left_out(articles: list[bd.Article]) -> None:
    common = FactVectorizer(fields=["unit"], min_df=3).fit(articles)
    assert "名" in common.get_feature_names_out()
    assert len(common.get_feature_names_out()) < len(FactVectorizer(fields=["unit"]).fit(articles).columns_.vocabulary_)


# misuse


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("BD200", lambda: ArticleVectorizer().fit("一篇报道")),
        ("BD200", lambda: ArticleVectorizer().fit(["一篇报道", None])),
        ("BD200", lambda: duplicates(bd.analyze(TEXTS[0]))),  # type: ignore[arg-type]
        ("BD200", lambda: keywords(7)),  # type: ignore[arg-type]
        ("BD201", lambda: ArticleVectorizer().fit(["，。", "的"])),
        ("BD201", lambda: topics(["，。", "的"], 2)),
        ("BD202", lambda: topics(TEXTS[:3], 4)),
        ("BD203", lambda: FactVectorizer().fit(TEXTS)),
        ("BD203", lambda: FactVectorizer().fit(bd.analyze(TEXTS[0]))),
        ("BD204", lambda: FactVectorizer().fit([[], []])),
        ("BD172", lambda: FactVectorizer(fields="unit").fit([[]])),
        ("BD172", lambda: FactVectorizer(fields=["size"]).fit([[]])),
        ("BD172", lambda: FactVectorizer(fields=["unit"], values="total").fit([[]])),
        ("BD172", lambda: FactVectorizer(fields=["unit"]).fit([[{"what": "学员"}]])),
        ("BD172", lambda: FactVectorizer(values="mean").fit([[]])),
        ("BD172", lambda: FactVectorizer(fields=["unit"], min_df=3).fit([[{"unit": "名"}]])),
        ("BD172", lambda: WordTokenizer(stop_words="english").fit(TEXTS)),
        ("BD172", lambda: WordTokenizer(tags="n").fit(TEXTS)),
        ("BD172", lambda: WordTokenizer(lexicon=["帮扶车间"]).fit(TEXTS)),  # type: ignore[arg-type]
        ("BD172", lambda: keywords(TEXTS[0], method="rake")),
        ("BD172", lambda: topics(TEXTS, 0)),
        ("BD172", lambda: topics(["夜校", "夜校"], 2)),
        ("BD172", lambda: duplicates(TEXTS, threshold=0)),
        ("BD172", lambda: duplicates(TEXTS, numbers=2)),
        ("BD172", lambda: duplicates(TEXTS, names=["甲报"])),
    ],
)
def test_misuse_is_said_by_code(code: str, wrong: Any) -> None:
    with pytest.raises(BaodaoError) as raised:
        wrong()
    assert raised.value.code == code


def test_the_room_opens_when_it_is_named() -> None:
    assert inspect.ismodule(bd.vectors)
    assert "vectors" in dir(bd)
