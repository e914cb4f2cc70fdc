"""How far a table can be believed: a sheet to check by hand, what the check says, how two tables differ.

sheet = baodao.trust.sample(facts, 200, seed=1, by="kind")     # draw, and write for a spreadsheet
sheet.to_csv("check.csv")
baodao.evaluate("check.csv")                                   # precision with its interval, two judges' agreement
baodao.diff("run1.parquet", "run2.parquet")                    # gained, lost, changed
"""

from baodao.trust.compare import Change, Difference, diff
from baodao.trust.evaluation import Evaluation, evaluate
from baodao.trust.figures import Figure, kappa, wilson
from baodao.trust.sheet import JUDGED, Sheet, sample

__all__ = [
    "JUDGED",
    "Change",
    "Difference",
    "Evaluation",
    "Figure",
    "Sheet",
    "diff",
    "evaluate",
    "kappa",
    "sample",
    "wilson",
]
