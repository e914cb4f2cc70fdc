"""baodao 报道: from a Chinese newspaper page to its reports and a table of facts.

>>> import baodao as bd
>>> page = bd.analyze("某市妇联启动帮扶，首批招募志愿者1.2万余名。", issue_date="2021-06-04")
>>> page.text[page.facts[0].start:page.facts[0].end]
'1.2万余名'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from baodao.errors import BaodaoError
from baodao.records import (
    Article,
    Block,
    Fact,
    FactTable,
    Issue,
    Jump,
    Mention,
    Organization,
    Page,
    Paragraph,
    Person,
    Program,
    Quantity,
    Region,
    Role,
    Sentence,
    Source,
    Time,
    Token,
)
from baodao.stages import Pipeline, analyze, analyze_file, pipeline
from baodao.text.lexicon import Lexicon

if TYPE_CHECKING:
    from baodao import charts as charts
    from baodao import vectors as vectors
    from baodao.corpus.batch import analyze_batches
    from baodao.corpus.edition import analyze_issue
    from baodao.corpus.query import open_run
    from baodao.corpus.report import RunReport
    from baodao.corpus.run import run
    from baodao.trust import diff, evaluate

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BaodaoError",
    "Block",
    "Fact",
    "FactTable",
    "Issue",
    "Jump",
    "Lexicon",
    "Mention",
    "Organization",
    "Page",
    "Paragraph",
    "Person",
    "Pipeline",
    "Program",
    "Quantity",
    "Region",
    "Role",
    "RunReport",
    "Sentence",
    "Source",
    "Time",
    "Token",
    "analyze",
    "analyze_batches",
    "analyze_file",
    "analyze_issue",
    "diff",
    "evaluate",
    "open_run",
    "pipeline",
    "run",
]

# opened when first named, so that one page is read at once
_ON_DEMAND = {
    "RunReport": "corpus.report",
    "analyze_batches": "corpus.batch",
    "analyze_issue": "corpus.edition",
    "diff": "trust",
    "evaluate": "trust",
    "open_run": "corpus.query",
    "run": "corpus.run",
}
_ROOMS = ("charts", "corpus", "trust", "units", "vectors")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"baodao.{name}")
    if name in _ON_DEMAND:
        found = globals()[name] = getattr(import_module(f"baodao.{_ON_DEMAND[name]}"), name)
        return found
    raise AttributeError(f"module 'baodao' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ON_DEMAND, *_ROOMS})
