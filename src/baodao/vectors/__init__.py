"""Documents and facts as vectors for scikit-learn, and what they are good for: keywords, topics, duplicates.

Not imported by `import baodao`; `baodao.vectors` opens it (and with it scikit-learn) when it is first named.
"""

from baodao.vectors.facts import FactVectorizer
from baodao.vectors.neighbors import Match, similar
from baodao.vectors.reprints import Duplicates, Pair, duplicates
from baodao.vectors.terms import Keyword, keywords
from baodao.vectors.topic_model import Topic, Topics, topics
from baodao.vectors.words import ArticleVectorizer, WordTokenizer

__all__ = [
    "ArticleVectorizer",
    "Duplicates",
    "FactVectorizer",
    "Keyword",
    "Match",
    "Pair",
    "Topic",
    "Topics",
    "WordTokenizer",
    "duplicates",
    "keywords",
    "similar",
    "topics",
]
