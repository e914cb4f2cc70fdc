"""The order of the stages, nothing more: page text → layout → passages → hits → links → page.

`Pipeline` holds the settings (lexicon, finders) and pickles as them; segmenter and automata are built
again on load. `Pipeline.read` gives light records for batch work; `analyze` dresses them as a `Page`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from baodao.dress import ArticleReading, Reading, dress_page
from baodao.errors import BaodaoError
from baodao.find import Finder
from baodao.find.organizations import find_organizations
from baodao.find.overlap import settle
from baodao.find.own import OwnPrograms, OwnRules, prefer_own
from baodao.find.persons import find_persons
from baodao.find.programs import find_programs
from baodao.find.quantities import find_quantities
from baodao.find.regions import find_regions
from baodao.find.times import find_times
from baodao.layout import split_articles
from baodao.link.again import repeat_names
from baodao.link.facts import link_facts
from baodao.link.organizations import place_organizations
from baodao.link.programs import complete_programs
from baodao.link.regions import link_regions
from baodao.readers import read_file
from baodao.readers.check import Finding, check_text, mend_text
from baodao.records import Article, FactTable, Page, Sentence, Source, Token
from baodao.records.exact import exact
from baodao.records.light import Fragment, Hit, Story
from baodao.records.source import read_issue_date, text_hash
from baodao.regions import region_within
from baodao.rows import Row, fact_rows
from baodao.text.lexicon import Lexicon
from baodao.text.normalize import TRADITIONAL_FROM, traditional_share
from baodao.text.passage import Passage
from baodao.text.segment import Segmenter

__all__ = ["Pipeline", "analyze", "analyze_file", "analyze_source", "pipeline", "read_source"]

FINDERS: tuple[tuple[str, Finder], ...] = (
    ("times", find_times),
    ("quantities", find_quantities),
    ("regions", find_regions),
    ("organizations", find_organizations),
    ("persons", find_persons),
    ("programs", find_programs),
)
_HEADS = ("section_label", "kicker", "title", "subtitle", "caption_title")


@dataclass(frozen=True)
class Pipeline:
    """The settings of an analysis; immutable, each `with_` gives a new one.

    Three things make it one's own: words that are never cut apart, programs whose names are known, rules for what the
    library does not read. Each is given as a list, or as a file by its `pathlib.Path`, and checked at once:

    >>> mine = (
    ...     pipeline()
    ...     .with_words(["帮扶车间"])
    ...     .with_programs(["暖心驿站", ("巧手妈妈计划", "巧手妈妈")])  # a name, or a name with other wordings of it
    ...     .with_rules([{"id": "my.birds", "kind": "count", "pattern": "(?P<number>{numeral})(?P<unit>羽)",
    ...                   "matches": ["300羽"], "rejects": ["羽毛"]}])
    ... )
    >>> page = analyze("巧手妈妈项目启动后，全县建成帮扶车间12个，放飞信鸽300羽。", pipeline=mine)
    >>> [fact.text for fact in page.facts], page.facts[0].what
    (['12个', '300羽'], '帮扶车间')
    >>> [mention.name for mention in page.mentions if mention.kind == "program"]
    ['巧手妈妈计划']

    What finds in another way than by a pattern is a function, see `with_finder`.

    Attributes:
        lexicon: words that jieba keeps whole, on top of its dictionary.
        finders: named finders in their order.
        own: finders of one's own; what they find wins.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    finders: tuple[tuple[str, Finder], ...] = FINDERS
    own: tuple[Finder, ...] = ()

    def with_lexicon(self, lexicon: Lexicon) -> Pipeline:
        """The same pipeline with other words."""
        return replace(self, lexicon=lexicon)

    def with_words(self, words: Iterable[str | tuple[str, str]] | os.PathLike[str]) -> Pipeline:
        """The same pipeline with further words: a list, or a file with one a line; see `Lexicon`."""
        known = self.lexicon
        return self.with_lexicon(known.with_file(words) if isinstance(words, os.PathLike) else known.with_words(words))

    def with_programs(self, programs: Iterable[str | Sequence[str]] | os.PathLike[str]) -> Pipeline:
        """The same pipeline with programs whose names are known: they are found word by word, with or without quotation
        marks, win over what the finder takes for a name there, and stand in the facts as given.

        Args:
            programs: names; a tuple is a name with other wordings of it. Or a file, one program a line: its name, then,
                parted by commas, other wordings; # begins a comment.

        Raises:
            BaodaoError: BD161 no such file; BD172 a string instead of a list; BD180 a wording is too short, or stands
                for two programs.
        """
        return replace(self, own=(*self.own, OwnPrograms.read(programs)))

    def with_rules(self, rules: Iterable[Mapping[str, Any]] | os.PathLike[str]) -> Pipeline:
        """The same pipeline with rules of one's own, which win over the finders.

        Args:
            rules: a TOML file of `[[rule]]` tables, or the tables as dicts. `id`: what mentions and facts name as their
                rule. `kind`: program, organization, person (the match, or its group `name`, is the name); count,
                amount, rate, measure (group `number`, and the group or key `unit`); none forbids: nothing is read
                there. `pattern`: a regular expression over half-width text; {numeral} in it stands for any printed
                number. `matches`, `rejects`: examples that it must and must not find, tried at once.

        Raises:
            BaodaoError: BD161 no such file; BD172 a string instead of a list; BD180 a rule lacks something, does not
                compile or fails its own examples (file and line are named).
        """
        return replace(self, own=(*self.own, OwnRules.read(rules)))

    def with_finder(self, name: str, finder: Finder, *, after: str = "") -> Pipeline:
        """The same pipeline with one finder more, behind the one named, else at the end; a finder
        of that name is replaced where it stands. A finder is a function of a passage and of what was found before; it
        yields hits (`baodao.records.light`).

        Raises:
            BaodaoError: BD172, there is no finder `after`.
        """
        names = [known for known, _ in self.finders]
        steps = list(self.finders)
        if name in names:
            steps[names.index(name)] = (name, finder)
        elif after and after not in names:
            raise BaodaoError("BD172", name="after", value=after, known=", ".join(names))
        else:
            steps.insert(names.index(after) + 1 if after else len(steps), (name, finder))
        return replace(self, finders=tuple(steps))

    def without_finder(self, name: str) -> Pipeline:
        """The same pipeline without the finder of that name.

        Raises:
            BaodaoError: BD172, there is none.
        """
        names = [known for known, _ in self.finders]
        if name not in names:
            raise BaodaoError("BD172", name="without_finder", value=name, known=", ".join(names))
        return replace(self, finders=tuple(step for step in self.finders if step[0] != name))

    @cached_property
    def segmenter(self) -> Segmenter:
        """The word cutter of this pipeline, built once per process."""
        return Segmenter(self.lexicon.words)

    def __getstate__(self) -> dict[str, object]:
        return {"lexicon": self.lexicon, "finders": self.finders, "own": self.own}

    @exact()
    def read(self, text: str, source: Source) -> Reading:
        """All stages on one page, as light records.

        Args:
            text: the page; any string.
            source: its date and paper, where known; the page head fills what is missing.
        """
        layout = split_articles(text, sizes=source.sizes)
        source = source.model_copy(
            update={
                "issue_date": source.issue_date or layout.issue_date,
                "paper": source.paper or layout.paper,
                "page": source.page or layout.page,
                "sha256": source.sha256 or text_hash(text),
            }
        )
        make = self._passage_maker(text, source.issue_date)
        articles = [self._read_article(story, make, source.paper) for story in layout.stories]
        loose = [(p, self._find(p)) for p in map(make, layout.furniture)]
        loose = list(zip([p for p, _ in loose], link_regions(loose, source.paper), strict=True))
        return Reading(text, source, articles, list(layout.furniture), loose, list(layout.remarks))

    def rows(self, text: str, source: Source, *, force: bool = False, findings: Sequence[Finding] = ()) -> list[Row]:
        """The facts of one page as flat rows, the columns of `records.fact.COLUMNS` in their order: what `analyze`
        gives as `facts.to_dicts()`, several times faster.

        Raises:
            BaodaoError: as `analyze`.
        """
        return fact_rows(read_source(text, source, self, force, findings)[0])

    def _passage_maker(self, text: str, issue_date: str) -> Callable[..., Passage]:
        traditional = traditional_share(text) > TRADITIONAL_FROM

        def make(*fragments: Fragment, story: Story | None = None) -> Passage:
            if story is not None:
                paragraphs = [p.pieces for p in story.paragraphs]
            else:
                paragraphs = [tuple(q for f in fragments for q in line_pieces(text, f.start, f.end))]
            return Passage(
                text, paragraphs, role="text" if story else fragments[0].role, segmenter=self.segmenter,
                traditional=traditional, issue_date=issue_date,
            )  # fmt: skip

        return make

    def _read_article(self, story: Story, make: Callable[..., Passage], paper: str) -> ArticleReading:
        inside = {index for paragraph in story.paragraphs for index in paragraph.fragments}
        outside = [f for index, f in enumerate(story.fragments) if index not in inside]
        heads = [make(*group) for group in same_role(outside) if group[0].role in (*_HEADS, "byline", "dateline")]
        rest = [make(*group) for group in same_role(outside) if group[0].role not in (*_HEADS, "byline", "dateline")]
        body = make(story=story)
        found = [(passage, self._find(passage)) for passage in (*heads, body, *rest)]
        linked = complete_programs(place_organizations(link_regions(repeat_names(found), paper)))
        passages = list(zip([p for p, _ in found], linked, strict=True))
        return ArticleReading(story, passages, len(heads), link_facts(passages, len(heads)))

    def _find(self, passage: Passage) -> list[Hit]:
        found: list[Hit] = []
        for _, finder in self.finders:
            found.extend(finder(passage, found))
        own = [hit for finder in self.own for hit in finder(passage, found)]
        return settle(prefer_own(found, own) if own else found)

    def cut(self, text: str) -> tuple[tuple[Sentence, ...], tuple[Token, ...]]:
        """Sentences and words of an article's text."""
        passage = Passage(text, [[(0, len(text))]], segmenter=self.segmenter)
        sentences = tuple(Sentence(text=text[a:b], start=a, end=b) for a, b in passage.sentences)
        tokens = tuple(
            Token(text=text[w.start : w.end], start=w.start, end=w.end)
            for a, b in passage.sentences
            for w in passage.words(a, b)
        )
        return sentences, tokens


@cache
def pipeline() -> Pipeline:
    """The pipeline that `analyze` uses when none is given."""
    return Pipeline()


def _default_cut(text: str) -> tuple[tuple[Sentence, ...], tuple[Token, ...]]:
    return pipeline().cut(text)


Article.default_cutter = staticmethod(_default_cut)
FactTable.region_within = staticmethod(region_within)


def analyze(
    text: str,
    *,
    issue_date: str | date | datetime | None = None,
    paper: str = "",
    doc: str = "",
    pipeline: Pipeline | None = None,
    force: bool = False,
) -> Page:
    """Read one newspaper page: its reports, its mentions, its table of facts.

    >>> page = analyze("某市妇联启动帮扶，首批招募志愿者1.2万余名。", issue_date="2021-06-04")
    >>> page.facts[0].value, page.facts[0].bound, page.facts[0].what
    (Decimal('12000'), 'over', '志愿者')

    Args:
        text: the page as extracted, untouched; one article alone will do.
        issue_date: when it was printed, ISO at any precision (`2021`, `2021-10`, `2021-10-26T12:00`)
            or a date; without it the page head is asked, and relative times may stay unresolved.
        paper: the newspaper's name; without it the page head is asked.
        doc: an id of yours, kept in every row.
        pipeline: settings; the default ones if none.
        force: turn every refusal of a text into an issue on the page.

    Returns:
        The page. Odd text never raises, it becomes an issue.

    Raises:
        BaodaoError: BD110, BD120, BD160 a text that is no Chinese page, BD163 one too long (unless `force`);
            BD170 a bad date; BD171 no string.
    """
    if not isinstance(text, str):
        raise BaodaoError("BD171", kind=type(text).__name__)
    source = Source(issue_date=read_issue_date(issue_date), paper=paper, doc=doc)
    return analyze_source(text, source, pipeline, force)


def analyze_file(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    issue_date: str | date | datetime | None = None,
    paper: str = "",
    doc: str = "",
    pipeline: Pipeline | None = None,
    force: bool = False,
) -> Page:
    """Read one file: .txt (encoding found by itself), .html, .docx, .pdf with a text layer.

    Args:
        path: the file.
        encoding: how a text file is encoded, if you know; else it is found.
        issue_date, paper, doc, pipeline, force: as in `analyze`; `doc` is the file's stem if not given.

    Raises:
        BaodaoError: BD101 wrong encoding, BD150 an optional part is missing, BD161 no such file,
            BD162 an unknown kind of file, BD163 too large, BD164 not whole, BD165 not readable; and those of `analyze`.
    """
    text, source, findings = read_file(path, encoding=encoding)
    given = {"issue_date": read_issue_date(issue_date), "paper": paper, "doc": doc}
    source = source.model_copy(update={name: value for name, value in given.items() if value})
    return analyze_source(text, source, pipeline, force, findings)


def analyze_source(
    text: str, source: Source, settings: Pipeline | None = None, force: bool = False, findings: Sequence[Finding] = ()
) -> Page:
    """`analyze` for a text that a reader opened: where it came from and what was odd are known.

    Raises:
        BaodaoError: as `analyze`.
    """
    settings = settings or pipeline()
    return dress_page(*read_source(text, source, settings, force, findings), settings.cut)


def read_source(
    text: str, source: Source, settings: Pipeline, force: bool = False, findings: Sequence[Finding] = ()
) -> tuple[Reading, list[Finding]]:
    """All that is found in a text that a reader opened, as light records, and what is odd about it as a whole.

    Raises:
        BaodaoError: as `analyze`.
    """
    text, noticed = _admit(text, source, force, findings)
    return settings.read(text, source), noticed


def _admit(text: str, source: Source, force: bool, findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """The text, well formed, and what is odd about it; raises what refuses it, unless forced."""
    text, findings = mend_text(text, findings)
    known = {"BD160"} if source.path else set()
    if any(finding.code == "BD140" for finding in findings):
        known.add("BD110")  # pages of images alone have no text: said already
    findings = [*findings, *(finding for finding in check_text(text) if finding.code not in known)]
    for finding in findings:
        if finding.fatal and not force:
            raise BaodaoError(finding.code, **finding.fields)
    return text, findings


def same_role(fragments: list[Fragment]) -> Iterator[list[Fragment]]:
    """Runs of headline fragments of one role (a title set in two lines); other fragments singly."""
    run: list[Fragment] = []
    for fragment in fragments:
        if run and (fragment.role != run[-1].role or fragment.role not in _HEADS):
            yield run
            run = []
        run.append(fragment)
    if run:
        yield run


def line_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines in `text[start:end]`, without indents and line breaks."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        body = line.strip()
        if body:
            begin = at + line.index(body)
            yield begin, begin + len(body)
        at += len(line)
