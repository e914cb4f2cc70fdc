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
# # 自己的词、自己的名单、自己的规则 · Own words, own list, own rule
# 每个课题有自己的词：一种驿站、一份项目名单、一种少见的量词。这里把三样加上，不改库，也不影响别人。
#
# Every study has words of its own. Here three kinds are added; the library stays as it is.

# %%
from collections import Counter
from pathlib import Path

import baodao as bd

corpus = Path("examples/corpus") if Path("examples").is_dir() else Path("../examples/corpus")


def read(pipeline: bd.Pipeline) -> bd.FactTable:
    pages = [bd.analyze_file(path, issue_date=path.name[:10], pipeline=pipeline) for path in sorted(corpus.glob("*.txt"))]
    return sum((page.facts for page in pages), bd.FactTable())


plain = bd.pipeline()
before = read(plain)
len(before)

# %% [markdown]
# ## 词 · Words
# 分词时不拆开。每个 `with_` 都给出新的一份，原来的不变。
#
# Kept whole when text is cut into words. Each `with_` gives a new pipeline; the old one stays.

# %%
mine = plain.with_words(["夜归守望点", "回访率", "帮扶车间"])
for pipeline in (plain, mine):
    article = bd.analyze("全市建起夜归守望点七十个、帮扶车间二十间。", pipeline=pipeline).articles[0]
    print(" / ".join(token.text for token in article.tokens))

# %% [markdown]
# ## 名单 · A list of programs
# 手里常有一份名单。名单上的名字逐字去找，有没有引号都认；写法不同的归到一个名字下。
#
# Often one has a list. Its names are found with or without quotation marks; other wordings go to the same name.

# %%
programs = [
    ("“檐下灯”行动", "檐下灯"),
    ("“护苗接种”惠民项目", "护苗接种"),
    ("“热饭到桌”工程", "热饭到桌"),
    "“村晚响锣”乡村联欢",
]
mine = mine.with_programs(programs)
after = read(mine)
names = [name if isinstance(name, str) else name[0] for name in programs]
for name in names:
    print(name, Counter(fact.program for fact in before)[name], "→", Counter(fact.program for fact in after)[name])

# %% [markdown]
# 多了、少了、变了哪些？两张表一比就知道，不必逐行看。What was gained, lost, changed? Compare the two tables.

# %%
bd.diff(before, after)

# %% [markdown]
# ## 规则 · A rule
# 课“堂”、戏“出”是少见的量词。规则自带该认和不该认的例子，写错了当场就知道。
#
# 堂 (of lessons) and 出 (of plays) are rare classifiers. A rule brings its own examples, which are tried at once.

# %%
rule = {
    "id": "my.stage",
    "kind": "count",
    "pattern": "(?P<number>{numeral})(?P<unit>[堂出])",
    "matches": ["51堂", "二十五出"],
    "rejects": ["堂屋", "出去"],
}
after = read(mine.with_rules([rule]))
for fact in after:
    if fact.rule == "my.stage":
        print(fact)

# %%
try:
    mine.with_rules([rule | {"matches": ["五十一节"]}])
except bd.BaodaoError as error:
    print(error)
