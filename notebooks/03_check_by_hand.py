# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 抽样核对 · Checking by hand
# 一张表能信几分？抽一批事实，逐条对照原文，再算准确率和区间。论文里该报的是这个数，不是“看起来不错”。
#
# How far can a table be believed? Draw facts, check each against its sentence, and report precision with its interval.

# %%
import json
from pathlib import Path

import baodao as bd

corpus = Path("examples/corpus") if Path("examples").is_dir() else Path("../examples/corpus")
pages = [bd.analyze_file(path, issue_date=path.name[:10]) for path in sorted(corpus.glob("*.txt"))]
facts = sum((page.facts for page in pages), bd.FactTable())
len(facts)

# %% [markdown]
# ## 抽 · Draw
# 按种类分层：比率和度量少，也要看得够。种子写进论文，别人就能抽到同样的行。
#
# Stratified by kind, so that rare kinds are seen too. With the seed others draw the same rows.

# %%
sheet = bd.trust.sample(facts, 120, seed=1, by="kind")
sheet

# %% [markdown]
# ## 判 · Judge
# 平时写成 `sheet.to_csv("check.csv")`，在 Excel 里填“对/错”。这个语料自带答案，就让答案来当这只手：
#
# Usually a person fills in `check.csv`. This corpus comes with its truth, which shall be the hand.

# %%
truth = [json.loads(line) for line in (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
by_place = {(row["doc"], row["start"]): row for row in truth}


def judge(row: dict, *, strict: bool = False) -> dict:
    """Marks for one row of the sheet; a strict judge takes the first answer only."""
    true = by_place.get((row["doc"], row["start"]))
    if true is None:
        return row | {"number?": "错"}
    marks = {"number?": "对" if true["end"] == row["end"] else "错"}
    for slot in ("what", "predicate", "region", "program", "actor", "time"):
        answers = [true[slot], *([] if strict else true.get(f"{slot}_also", []))]
        given = row[slot].split()[-1] if slot == "region" and row[slot] else row[slot]
        marks[f"{slot}?"] = "对" if given in answers else "错"
    return row | marks


checked = [judge(row) for row in sheet.rows]
result = bd.evaluate(checked)
result

# %% [markdown]
# 哪一栏靠得住，哪一栏用之前要先核对？区间比准确率要紧：抽得少，区间就宽。
#
# Which slot can be used as it is, which needs a look first? The interval matters more than the share.

# %%
{slot: str(result.figure(slot)) for slot in ("number", "what", "region", "program", "time")}

# %% [markdown]
# ## 信几分 · Confidence
# 每行自带 0 到 1 的把握（believed 是各档的平均）。把握大的行真的更对吗？这要量，不要猜。
#
# Each row says how sure it is. Are the surer rows really better? Measure it, do not guess.

# %%
bands = result.to_pandas()
bands[bands["group"].str.contains("-") & (bands["slot"] == "strict")]

# %% [markdown]
# ## 两个人 · Two judges
# 另一个人判得更严：有别的说法也算错。两人有多一致？Cohen 的 kappa 扣除了碰巧。
#
# A second judge is stricter. How far do they agree? Cohen's kappa takes off what chance would give.

# %%
second = bd.evaluate(checked, [judge(row, strict=True) for row in sheet.rows])
for line in second.agreement:
    print(line.slot, line.size, None if line.share is None else round(line.share, 2), line.kappa and round(line.kappa, 2))

# %% [markdown]
# 不一致的几行，拿出来一起看。The rows they differ on, to be talked over.

# %%
for difference in second.differ[:5]:
    print(difference)
