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
# # 第一版 · A first page
# 从一版（虚构的）报纸到一张事实表。From an invented newspaper page to a table of facts.

# %%
from pathlib import Path

import baodao as bd

folder = Path("examples") if Path("examples").is_dir() else Path("../examples")
page = bd.analyze_file(folder / "page.txt", issue_date="2024-09-18")
[article.title for article in page.articles]

# %% [markdown]
# 一篇报道：标出的每个字都有位置，鼠标停留可看依据。One report; hover over a mark to see what it rests on.

# %%
page.articles[0]

# %% [markdown]
# 所有事实，作为普通的 DataFrame。All facts, as an ordinary DataFrame.

# %%
frame = page.facts.to_pandas()
frame[["region_name", "what", "predicate", "bound", "value", "unit", "time", "confidence"]].head(12)

# %% [markdown]
# 地区包含下级：四川的事实也包括凉山、南充。A region takes in what lies below it.

# %%
sichuan = page.facts.where(region="510000")
{fact.region_name for fact in sichuan}

# %% [markdown]
# 为什么是这一行？Why does a row say what it says?

# %%
print(sichuan[0].explain())

# %% [markdown]
# 每一行都指得回去。Every row points back.

# %%
assert all(page.text[fact.start : fact.end] == fact.text for fact in page.facts)
page.issues
