"""The weight table scores as scikit-learn does."""

import math

from baodao.learn.linear import LinearModel


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


def test_the_best_candidate_has_the_largest_share() -> None:
    index, share = LinearModel({"good": 2.0, "bad": -1.0}).best([["bad"], ["good"], []])
    assert index == 1
    assert math.isclose(share, math.exp(2) / (math.exp(-1) + math.exp(2) + 1))
