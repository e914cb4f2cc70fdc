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
# # 主题与重复 · Topics and duplicates
# 五十多版（虚构的）报纸在说什么？哪些报道登了两遍？数之前先弄清楚。
# What do some fifty invented pages talk about, and which reports were printed twice? Know before you count.

# %%
import csv
from pathlib import Path

import baodao as bd

folder = Path("examples") if Path("examples").is_dir() else Path("../examples")
with (folder / "corpus" / "index.csv").open(encoding="utf-8-sig") as file:
    index = list(csv.DictReader(file))
pages = [
    bd.analyze_file(folder / "corpus" / row["file"], paper=row["paper"], issue_date=row["issue_date"])
    for row in index
]
articles = [article for page in pages for article in page.articles]
names = [
    f"{article.title or article.text[:16]}（{page.source.paper} {page.source.issue_date}）"
    for page in pages
    for article in page.articles
]
len(pages), len(articles)

# %% [markdown]
# ## 同一件事，几家报纸 · One event, several papers
# 转载的靠措辞认出，改写的靠共同的数字和词认出。不去掉它们，同一笔钱会数两遍。
# Reprints are known by their wording, retold reports by the numbers and words they share. Left in, the same money
# counts twice.

# %%
found = bd.vectors.duplicates(articles, names=names)
found

# %%
found.to_pandas()[["kind", "overlap", "numbers", "first_label", "second_label"]]

# %% [markdown]
# 语料附有标准答案，可以对一对。The corpus comes with the truth: are these the same events?

# %%
with (folder / "corpus" / "reports.csv").open(encoding="utf-8-sig") as file:
    reports = {(row["doc"], int(row["article"])): row for row in csv.DictReader(file)}
truth = [reports[page.source.doc, number]["event"] for page in pages for number in range(len(page.articles))]
right = sum(truth[pair.first] == truth[pair.second] for pair in found)
all_pairs = sum(truth[i] == truth[j] for j in range(len(truth)) for i in range(j))
print(f"{right} / {len(found)} 对 right, {right} / {all_pairs} 对 found")

# %% [markdown]
# 每件事留下最长的一篇。Keep the longest report of each event.

# %%
kept = [articles[place] for place in found.keep]
kept_names = [names[place] for place in found.keep]
facts = sum(len(article.facts) for article in articles), sum(len(article.facts) for article in kept)
print(f"{len(articles)} → {len(kept)} 篇 reports, {facts[0]} → {facts[1]} 个事实 facts")

# %% [markdown]
# ## 说了些什么 · What it is about
# 六组常在一起出现的词；同一个种子，同样的结果。Six groups of words that go together; same seed, same topics.

# %%
topics = bd.vectors.topics(kept, 6, seed=0, names=kept_names)
topics

# %% [markdown]
# 每篇最像哪个主题。The strongest topic of each report.

# %%
topics.to_pandas().sort_values("weight", ascending=False).head(10)

# %% [markdown]
# ## 一篇的关键词，和它相近的报道 · Keywords, and reports that are alike

# %%
article = kept[0]
print(article.title)
print("TF-IDF  ", *(keyword.word for keyword in bd.vectors.keywords(article, 8)))
print("TextRank", *(keyword.word for keyword in bd.vectors.keywords(article, 8, method="textrank")))
for match in bd.vectors.similar(article, articles, 3):
    print(f"{match.similarity:.2f}  {match.label}  {' '.join(match.words)}")

# %% [markdown]
# ## 接着用 scikit-learn · On with scikit-learn
# 事实是普通的特征：一行一篇，一列一种事实。Facts are ordinary features: a row a report, a column a sort of fact.

# %%
table = bd.vectors.FactVectorizer(fields=["kind", "unit"]).set_output(transform="pandas").fit_transform(kept)
table.sum().sort_values(ascending=False).head(8)

# %% [markdown]
# 词也是：一个 Pipeline 就是一个小小的检索器。So are words: a Pipeline makes a small search engine.

# %%
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import Pipeline

search = Pipeline([("words", bd.vectors.ArticleVectorizer()), ("near", NearestNeighbors(metric="cosine"))]).fit(kept)
question = search["words"].transform(["学校食堂给学生准备热饭"])
distances, places = search["near"].kneighbors(question, n_neighbors=3)
[kept_names[place] for place in places[0]]
