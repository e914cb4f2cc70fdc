"""From light records to the ones users keep: Reading → Page, Story → Article, Hit → Mention, Claim → Fact.

Here passage positions become page positions, once, through `Passage.place`; everything printed is quoted
from the untouched page text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

from baodao.errors import message
from baodao.layout.persons import photographers, writers
from baodao.readers.check import Finding
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
    Source,
    Time,
)
from baodao.records.article import Cutter
from baodao.records.exact import exact
from baodao.records.fact import ROLES, fact_id
from baodao.records.light import (
    Claim,
    Fragment,
    Hit,
    Link,
    NameHit,
    QuantityHit,
    RegionHit,
    Remark,
    Story,
    TimeHit,
)
from baodao.records.mention import QUANTITIES, Bound
from baodao.records.page import SCHEMA_VERSION
from baodao.regions import region_name, region_path
from baodao.resources import data_version
from baodao.text.passage import Passage

__all__ = ["ArticleReading", "Reading", "dress_page", "joined"]

Span = tuple[int, int]


@dataclass(slots=True)
class ArticleReading:
    """One article with the hits of its passages, in reading order; `body` is the running text's index."""

    story: Story
    passages: list[tuple[Passage, list[Hit]]]
    body: int
    claims: list[Claim]


@dataclass(slots=True)
class Reading:
    """All that was found on one page, before it is dressed."""

    text: str
    source: Source
    articles: list[ArticleReading]
    furniture: list[Fragment]
    loose: list[tuple[Passage, list[Hit]]]  # passages of the furniture
    remarks: list[Remark]


@exact()
def dress_page(reading: Reading, findings: Sequence[Finding], cutter: Cutter) -> Page:
    """The public page of a reading.

    Args:
        reading: what the stages found.
        findings: what was noticed about the text as a whole.
        cutter: gives an article its sentences and words when they are asked for.
    """
    mentions: dict[int, Mention] = {}  # by id of the hit
    passages = [pair for article in reading.articles for pair in article.passages] + reading.loose
    for passage, hits in passages:
        for hit in hits:
            mentions[id(hit)] = dress_mention(hit, passage)
    articles = [dress_article(article.story, reading.text) for article in reading.articles]
    for article in articles:
        article._cutter = cutter
    facts = [
        dress_fact(claim, entry.passages[entry.body][0], mentions, reading.source, index, articles[index].title)
        for index, entry in enumerate(reading.articles)
        for claim in entry.claims
    ]
    whole = [Issue(rule=f.code, start=0, end=len(reading.text), reason=message(f.code, **f.fields)) for f in findings]
    page = Page.trusted(
        schema_version=SCHEMA_VERSION,
        text=reading.text,
        source=reading.source,
        articles=tuple(articles),
        furniture=tuple(dress_block(fragment, reading.text) for fragment in reading.furniture),
        mentions=tuple(sorted(mentions.values(), key=lambda m: (m.start, -m.end))),
        facts=FactTable(sorted(facts, key=lambda f: (f.article, f.start))),
        issues=(
            *whole,
            *(Issue(**remark._asdict()) for remark in sorted(reading.remarks, key=lambda r: r.start)),
        ),
        versions={"baodao": code_version(), "data": data_version()},
    )
    page.model_post_init(None)
    return page


@cache
def code_version() -> str:
    """The installed version; "unknown" where the package was never installed."""
    try:
        return version("baodao")
    except PackageNotFoundError:
        return "unknown"


def dress_block(fragment: Fragment, text: str) -> Block:
    """The public record of a fragment."""
    role, start, end = fragment
    return Block.trusted(role=role, start=start, end=end, text=text[start:end])


def joined(pieces: Sequence[Span], text: str) -> str:
    """The pieces of a headline as one line."""
    return "".join(line.strip() for a, b in pieces for line in text[a:b].splitlines())


def dress_article(story: Story, text: str) -> Article:
    """The public record of a story."""
    bylines, credits = [[joined([piece], text) for piece in pieces] for pieces in (story.bylines, story.credits)]
    small = (*bylines, *credits)
    return Article(
        title=joined(story.title, text),
        kicker=joined(story.kicker, text),
        subtitle=joined(story.subtitle, text),
        section=joined(story.section, text),
        bylines=tuple(bylines),
        authors=tuple(dict.fromkeys(name for said in small for name in writers(said))),
        dateline=joined([story.dateline], text) if story.dateline else "",
        place=story.place,
        credits=tuple(credits),
        photographers=tuple(dict.fromkeys(name for said in small for name in photographers(said))),
        jumps=tuple(Jump(text=text[note.start : note.end], **note._asdict()) for note in story.jumps),
        blocks=tuple(dress_block(fragment, text) for fragment in story.fragments),
        paragraphs=tuple(
            Paragraph.trusted(text="".join(text[a:b] for a, b in p.pieces), blocks=p.fragments, spans=p.pieces)
            for p in story.paragraphs
        ),
    )


def dress_mention(hit: Hit, passage: Passage) -> Mention:
    """The public record of a hit, placed on the page."""
    anchor = hit.number if isinstance(hit, QuantityHit) and hit.number[1] else None
    (start, end), spans = passage.place(hit.start, hit.end, anchor)
    place: dict[str, Any] = {
        "kind": hit.kind, "text": passage.page[start:end], "start": start, "end": end, "spans": spans,
        "surface": passage.raw[hit.start : hit.end], "rule": hit.rule,
    }  # fmt: skip
    match hit:
        case QuantityHit() if hit.kind in QUANTITIES:
            return Quantity.trusted(
                **place, value=hit.value, low=hit.low, high=hit.high, bound=cast(Bound, hit.bound), unit=hit.unit,
                fraction=hit.fraction, seconds=hit.seconds, period=hit.period,
            )  # fmt: skip
        case TimeHit():
            return Time.trusted(
                **place, first=hit.first, last=hit.last, grain=hit.grain, iso=hit.iso, repeat=hit.repeat
            )
        case RegionHit():
            return Region.trusted(
                **place, adcode=hit.adcode, name=region_name(hit.adcode or ""), path=region_path(hit.adcode or ""),
                level=hit.level, candidates=hit.candidates, reason=hit.reason,
            )  # fmt: skip
        case NameHit(kind="organization"):
            return Organization.trusted(**place, name=hit.name, region=hit.region)
        case NameHit(kind="program"):
            return Program.trusted(**place, name=hit.name)
        case NameHit(kind="person"):
            return Person.trusted(**place, name=hit.name, title=hit.title)
    raise TypeError(f"no mention is made of {hit!r}")


def dress_fact(
    claim: Claim, passage: Passage, mentions: dict[int, Mention], source: Source, article: int, title: str
) -> Fact:
    """The public record of a claim."""
    quantity = mentions[id(claim.quantity)]
    assert isinstance(quantity, Quantity)
    roles = {name: dress_role(getattr(claim, name), passage, mentions) for name in ROLES}
    values = {name: role.value for name, role in roles.items()}
    start, end = claim.sentence
    return Fact.trusted(
        quantity=quantity,
        **values,
        roles=roles,
        sentence=passage.raw[start:end],
        article=article,
        confidence=round(claim.confidence, 4),
        notes=tuple(claim.notes),
        fact_id=fact_id(source.sha256, quantity.start, quantity.end, quantity.kind),
        doc=source.doc,
        source=source.path,
        title=title,
        region_name=region_name(values["region"]),
        region_path="/".join(region_path(values["region"])),
    )


def dress_role(link: Link, passage: Passage, mentions: dict[int, Mention]) -> Role:
    """The public record of a role. A hit the page does not list (another passage's copy) is left out."""
    mention = mentions.get(id(link.hit)) if link.hit is not None else None
    spans = mention.spans if mention is not None else passage.cite(*link.span) if link.span else ()
    return Role.trusted(
        value=link.value, mention=mention, spans=spans, via=link.via if link.value else "", reason=link.reason,
        others=link.others,
    )  # fmt: skip
