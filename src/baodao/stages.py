"""The order of the stages, nothing more: page text → layout → passages → hits → links → page.

`Pipeline` holds the settings (lexicon, finders) and the objects made from them; it pickles as its
settings. `analyze` is one call of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from baodao.errors import BaodaoError
from baodao.find import Finder
from baodao.find.organizations import find_organizations
from baodao.find.overlap import settle
from baodao.find.persons import find_persons
from baodao.find.programs import find_programs
from baodao.find.quantities import find_quantities
from baodao.find.regions import find_regions
from baodao.find.times import find_times
from baodao.layout import Layout, split_articles
from baodao.link.facts import link_facts
from baodao.link.regions import link_regions
from baodao.records import Page, Source
from baodao.records.light import Claim, Fragment, Hit, Story
from baodao.records.source import read_issue_date, text_hash
from baodao.text.passage import Passage
from baodao.text.segment import Segmenter

__all__ = ["Pipeline", "Reading", "analyze", "pipeline"]
