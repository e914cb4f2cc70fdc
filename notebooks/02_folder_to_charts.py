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
# # 一个文件夹到一张表，再到图 · From a folder to a table to charts
# 52 个虚构的版面，63 篇报道。我们想知道：哪些省出现得最多？花了多少钱？什么时候的事？
#
# 52 invented pages: which provinces, how much money, when?

# %%
import tempfile
from pathlib import Path

import pandas as pd

import baodao as bd

corpus = Path("examples/corpus") if Path("examples").is_dir() else Path("../examples/corpus")
sorted(path.name for path in corpus.glob("*.txt"))[:5]

# %% [markdown]
# ## 读 · Read
# 文件名以出版日期开头，所以日期不必另写。中断了再运行一次就接着读，读好的不会再读。
#
# Each name begins with the issue date. If it stops, the same call goes on where it was.

# %%
out = Path(tempfile.mkdtemp()) / "facts.parquet"
bd.run(corpus, out, pattern="*.txt", issue_date=lambda name: Path(name).name[:10], workers=0, progress=False)

# %% [markdown]
# ## 看 · Look
# 读回来的是一张普通的表，一行一个事实。

# %%
facts = bd.FactTable.read(out)
frame = facts.to_pandas()
frame[["doc", "text", "bound", "value", "unit", "what", "region_name", "program", "time"]].sample(8, random_state=1)

# %% [markdown]
# 每一行都指回原文：打开文件，按位置取字，必定相同。Every row points back to its characters.

# %%
for fact in facts:
    page = (corpus / f"{fact.doc}.txt").read_bytes().decode()
    assert page[fact.start : fact.end] == fact.text

# %% [markdown]
# 单位不同的数不能相加，所以先看有哪些单位。Different units are never added: look at them first.

# %%
frame.groupby(["kind", "unit"]).size().sort_values(ascending=False).head(10)

# %% [markdown]
# ## 画 · Draw
# 一省一格，没有会画错的边界线。格下的数是事实的条数。A tile for each province; the number is how many facts.

# %%
bd.charts.tilemap(facts)

# %% [markdown]
# 写明单位就求和，例如金额。浅色是带“约”“余”“近”的数：原文没有说准，图上也不装作准。
#
# Name a unit and its values are added. Hedged numbers are paler: the paper did not say exactly, so neither do we.
#
# 求和之前要想一想：一件事两家报纸都登了，会加两次。怎样找出转载，见第五本。
#
# Before adding think of reprints: what two papers tell is added twice. The fifth notebook finds them.

# %%
bd.charts.bar(facts, "province", unit="CNY", top=10)

# %% [markdown]
# 不同的单位加不起来，会直说，而不是画一张错图。Adding different units is refused, in words.

# %%
try:
    bd.charts.bar(facts, unit=["名", "人次"])
except bd.BaodaoError as error:
    print(error)

# %% [markdown]
# 时间轴只放得下说得够细的时间；只说到年的、没有说时间的，写在标题下面。
#
# The timeline holds the times that are told finely enough; the others are counted below the title.

# %%
bd.charts.timeline(facts, per="month")

# %% [markdown]
# ## 问 · Ask
# 地区包含下级。图和表用同一批事实，所以图上的数总能问到底。A region takes in what lies below it.

# %%
busiest = frame["region"].str[:2].replace("", pd.NA).value_counts().index[0] + "0000"
there = facts.where(region=busiest)
bd.charts.bar(there, "region", top=5)

# %%
for fact in there[:5]:
    print(fact)
