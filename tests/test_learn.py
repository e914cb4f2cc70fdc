"""The weight table scores as scikit-learn does."""

import io
import math
import re

from baodao.build.articles import read_articles
from baodao.build.fields import read_vectors
from baodao.build.ranking import Example, fit_ranking
from baodao.build.recombined import recombine
from baodao.learn.linear import LinearModel
from baodao.learn.tagger import Tagger
from baodao.link.choice import ModelChooser
from baodao.records.light import QuantityHit


def test_the_table_equals_scikit_learn() -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [["a", "b"], ["a"], ["b", "c"], ["c"], ["a", "c"], ["b"]]
    labels = [1, 1, 0, 0, 1, 0]
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([dict.fromkeys(row, 1) for row in rows])
    model = LogisticRegression().fit(x, labels)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    table = LinearModel({**weights, "(bias)": float(model.intercept_[0])})
    for row, expected in zip(rows, model.predict_proba(x)[:, 1], strict=True):
        assert math.isclose(table.probability(row), expected)


def test_the_tagger_scores_as_scikit_learn() -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [("short", "top"), ("short",), ("long", "stop"), ("long",), ("short", "stop"), ("long", "top"), ("top",)]
    tags = ["title", "title", "body", "body", "credit", "body", "title"]
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([dict.fromkeys(row, 1) for row in rows])
    model = LogisticRegression().fit(x, tags)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): [float(w) for w in model.coef_[:, k]] for k, name in enumerate(names)}
    tagger = Tagger(list(model.classes_), {"(bias)": [float(b) for b in model.intercept_], **weights}, {})
    for row, expected in zip(rows, model.predict_proba(x), strict=True):
        for score, share in zip(tagger.scores((*row, "never seen")), expected, strict=True):
            assert math.isclose(math.exp(score), share)
    assert tagger.decode([[row] for row in rows]) == list(model.predict(x))


def test_a_step_outweighs_a_row() -> None:
    weights = {"head": (1.0, 0.0), "first": (1.0, 0.0), "stop": (0.0, 1.0)}
    rows = [[("head", "first")], [("head",)], [("stop",)]]
    assert Tagger(("title", "body"), weights, {}).decode(rows) == ["title", "title", "body"]
    assert Tagger(("title", "body"), weights, {("title", "title"): -2.0}).decode(rows) == ["title", "body", "body"]


def test_the_best_candidate_has_the_largest_share() -> None:
    options = [(-1000, "no"), (2000, "yes"), (0, "no")]
    value, share = ModelChooser().weigh("fact", QuantityHit("count", 0, 1, ""), options, list)
    assert value == "yes"
    assert math.isclose(share, math.exp(2) / (math.exp(-1) + math.exp(2) + 1))


def test_ranking_two_options_is_logistic_regression_on_their_difference() -> None:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    pairs = [(["a", "b"], ["c"]), (["a"], ["b"]), (["c", "a"], ["b", "c"]), (["b"], ["c"]), (["a", "c"], ["b"])]
    names = ["a", "b", "c"]
    rows = np.array([[(name in good) - (name in bad) for name in names] for good, bad in pairs], float)
    model = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-8)
    model.fit(np.vstack([rows, -rows]), [1] * len(rows) + [0] * len(rows))  # each pair seen from both sides
    ranking = fit_ranking([Example([good, bad], [True, False]) for good, bad in pairs] * 2, penalty=2.0)
    for name, weight in zip(names, model.coef_[0], strict=True):
        assert math.isclose(ranking.weights.get(name, 0.0), weight, abs_tol=0.01)


def test_our_articles_are_read_with_the_places_of_their_facts() -> None:
    read = list(read_articles())
    assert len(read) > 40
    for (_, text, _), rows in read:
        assert "[" not in text
        assert "|" not in text
        for row in rows:
            assert re.search(r"[\d一二三四五六七八九十百千万半成倍元大]", text[row["start"] : row["end"]])
            assert not row["what"] or row["what"] in text, row
            assert row["region"]


def test_what_bulletins_count_is_put_together_in_the_order_of_newspapers() -> None:
    text = "公司捐赠了36台呼吸机,培训200名护士。"
    places = [("36台", "呼吸机", "捐赠"), ("200名", "护士", "培训")]
    rows = [
        {
            "doc": "a",
            "start": text.index(number),
            "end": text.index(number) + len(number),
            "what": what,
            "predicate": verb,
        }
        for number, what, verb in places
    ]
    for (_, made, _), found in recombine([(("a", text, "2021-06-04"), rows)]):
        for row in found:
            number = made[row["start"] : row["end"]]
            assert (number, row["what"]) in [(n, w) for n, w, _ in places]
            assert made.endswith(row["what"], 0, row["start"])


def test_word_vectors_are_read_with_their_words() -> None:
    import numpy as np

    rows = {"医院": [1.0, 2.0], "诊所": [0.5, -1.0]}
    printed = b"2 2\n" + b"\n".join(w.encode() + b" " + np.array(v, "<f4").tobytes() for w, v in rows.items())
    words, vectors = read_vectors(io.BytesIO(printed))
    assert words == list(rows)
    assert vectors.tolist() == list(rows.values())
