"""The vocabulary users keep: Source, Article, mentions, Fact, FactTable, Issue, Page."""

from baodao.records.article import Article, Block, Jump, Paragraph, Sentence, Token
from baodao.records.fact import Fact, Role
from baodao.records.issue import Issue
from baodao.records.mention import Mention, Organization, Person, Program, Quantity, Region, Time
from baodao.records.page import Page
from baodao.records.source import Source
from baodao.records.table import FactTable

__all__ = [
    "Article",
    "Block",
    "Fact",
    "FactTable",
    "Issue",
    "Jump",
    "Mention",
    "Organization",
    "Page",
    "Paragraph",
    "Person",
    "Program",
    "Quantity",
    "Region",
    "Role",
    "Sentence",
    "Source",
    "Time",
    "Token",
]
