"""How pages, articles and facts look as HTML. In: records. Out: strings; nothing is asked of the surroundings.

`…_fragment` is what a notebook cell shows: capped, good where styles and ids are stripped. `page_document` is one
offline file with everything, where facts and text point at each other. `lines` and `words` serve the terminal too.
"""

from baodao.records.view.facts import fact_fragment, table_fragment
from baodao.records.view.page import article_fragment, page_document, page_fragment

__all__ = ["article_fragment", "fact_fragment", "page_document", "page_fragment", "table_fragment"]
