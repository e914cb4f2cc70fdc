"""Names and rules of a user's own; what they find wins over what the finders say.

In: a list of programs, or rules in the format of `data/rules` with a `kind`. Out: two finders, `OwnPrograms` and
`OwnRules`, and `prefer_own`, which lets their hits stand instead of the others they touch. Mistakes in a user's file
raise BD180 with file, line and remedy when it is read, never while a page is.
"""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick_rs

from baodao.errors import BaodaoError, either
from baodao.find.hedges import hedge_after, hedge_before, hedge_verb
from baodao.find.patience import slow_on
from baodao.records.light import Hit, NameHit, QuantityHit, TimeHit
from baodao.records.saved import read_text
from baodao.resources import Rule, make_rules, parse_rules
from baodao.text.normalize import normalize
from baodao.text.numerals import NumeralError, parse_number
from baodao.text.passage import Passage

__all__ = ["OwnPrograms", "OwnRules", "prefer_own"]

_NAMES = ("program", "organization", "person")
_QUANTITIES = ("count", "amount", "rate", "measure")
_NOTHING = "none"  # the kind of a rule that forbids: nothing is read where it matches
_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_MARKS = frozenset("".join(_PAIRS) + "".join(_PAIRS.values()))


@dataclass(frozen=True)
class OwnPrograms:
    """A finder of listed programs, with and without quotation marks.

    >>> finder = OwnPrograms.read(["暖春行动"])
    >>> passage = Passage.whole("市里的“暖春”行动办了三年,暖春行动很受欢迎")
    >>> [passage.text[hit.start : hit.end] for hit in finder(passage, ())]
    ['“暖春”行动', '暖春行动']

    Attributes:
        names: (wording, name that the facts shall carry), the later entry of a wording counts.
    """

    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, source: Iterable[str | Sequence[str]] | os.PathLike[str]) -> OwnPrograms:
        """The programs of a list (a name, or a name with its other wordings), or of a file.

        Raises:
            BaodaoError: BD161 no such file; BD172 a string instead of a list; BD180 a wording is too short, or stands
                for two programs.
        """
        if isinstance(source, str):
            raise BaodaoError("BD172", name="programs", value=source, known="['…', …], pathlib.Path('…')")
        if isinstance(source, os.PathLike):
            lines = read_text(source).splitlines()
            entries = [(k, line.split("#")[0].replace("，", ",").split(",")) for k, line in enumerate(lines, 1)]
            file = str(source)
        else:
            entries = [(k, [each] if isinstance(each, str) else list(each)) for k, each in enumerate(source, 1)]
            file = "programs"
        found: dict[str, str] = {}
        for number, words in entries:
            wordings = [word.strip() for word in words if word.strip()]
            for wording in wordings:
                if len(_bare(wording)) < 2:
                    reason = either(f"{wording!r} 太短,不成名字", f"{wording!r} is too short for a name")
                    raise _bad(file, number, reason, _program_remedy())
                if found.setdefault(wording, wordings[0]) != wordings[0]:
                    known = found[wording]
                    reason = either(f"{wording!r} 已指 {known!r}", f"{wording!r} stands for {known!r} already")
                    raise _bad(file, number, reason, _program_remedy())
        return cls(tuple(found.items()))

    def __call__(self, passage: Passage, found: Sequence[Hit]) -> Iterator[Hit]:
        """Yield the listed programs of a passage, left to right; of overlapping ones the longest."""
        text = passage.text
        places = [k for k, char in enumerate(text) if char not in _MARKS]
        bare = text if len(places) == len(text) else _bare(text)
        automaton, full = _automaton(self.names)
        for index, first, behind in automaton.find_matches_as_indexes(bare):
            start, end = _with_marks(text, places[first], places[behind - 1] + 1)
            yield NameHit("program", start, end, "program.own", full[index])


@dataclass(frozen=True)
class OwnRules:
    """A finder that reads by patterns of one's own.

    >>> rule = {"id": "my.birds", "kind": "count", "pattern": "(?P<number>{numeral})[多余]?(?P<unit>羽)"}
    >>> finder = OwnRules.read([{**rule, "matches": ["30羽"]}])
    >>> [(hit.value, hit.unit, hit.bound) for hit in finder(Passage.whole("放飞信鸽300余羽"), ())]
    [(Decimal('300'), '羽', 'over')]

    Attributes:
        rules: each with its proof; `fields["kind"]` says what it finds.
    """

    rules: tuple[Rule, ...] = ()

    @classmethod
    def read(cls, source: Iterable[Mapping[str, Any]] | os.PathLike[str]) -> OwnRules:
        """The rules of a TOML file, or given as dicts; their examples are tried.

        Raises:
            BaodaoError: BD161 no such file; BD172 a string instead of a list; BD180 a rule lacks something, does not
                compile, fails its own examples or may take for ever.
        """
        if isinstance(source, str):
            raise BaodaoError("BD172", name="rules", value=source, known="[{'id': …}, …], pathlib.Path('…')")
        if isinstance(source, os.PathLike):
            file = str(source)
            numbered = parse_rules(read_text(source), file, _rule_remedy())
        else:
            file = "rules"
            numbered = make_rules(enumerate(source, 1), file, _rule_remedy())
        seen: set[str] = set()
        for number, rule in numbered:
            fault = either("另有同名规则", "a second rule of that name") if rule.id in seen else _fault(rule)
            if fault:
                raise _bad(file, number, f"{rule.id}: {fault}", _rule_remedy())
            seen.add(rule.id)
        return cls(tuple(rule for _, rule in numbered))

    def __call__(self, passage: Passage, found: Sequence[Hit]) -> Iterator[Hit]:
        """Yield what the rules find, rule by rule."""
        for rule in self.rules:
            for match in rule.pattern.finditer(passage.text):
                hit = _hit(rule, passage.text, match)
                if hit is not None:
                    yield hit


def prefer_own(found: Iterable[Hit], own: Iterable[Hit]) -> list[Hit]:
    """All hits, without those that touch one of the user's own of the same kind (numbers and times are one kind). Of
    own ones that touch each other the longest stays; where a rule forbids, nothing does.

    >>> finders, own = NameHit("program", 2, 9, "program.head"), NameHit("program", 4, 9, "program.own")
    >>> prefer_own([finders], [own, Hit("none", 20, 24, "my.slogan")]) == [own]
    True
    """
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)  # by kind, in order; those of one kind never touch
    chosen: list[Hit] = []
    for hit in sorted(own, key=lambda hit: (hit.start - hit.end, hit.start)):
        family = _family(hit)
        if not any(_meets(taken[kind], hit) for kind in (list(taken) if family == _NOTHING else (family, _NOTHING))):
            insort(taken[family], (hit.start, hit.end))
            chosen.append(hit)
    kept = [hit for hit in found if not any(_meets(taken[kind], hit) for kind in (_family(hit), _NOTHING))]
    return kept + [hit for hit in chosen if hit.kind != _NOTHING]


def _meets(spans: list[tuple[int, int]], hit: Hit) -> bool:
    """Whether a hit overlaps one of the spans, which lie in order and apart."""
    k = bisect_left(spans, (hit.end,))
    return k > 0 and spans[k - 1][1] > hit.start


def _family(hit: Hit) -> str:
    return "number" if isinstance(hit, QuantityHit | TimeHit) else hit.kind


def _bare(text: str) -> str:
    return "".join(char for char in text if char not in _MARKS)


@lru_cache(maxsize=16)
def _automaton(names: tuple[tuple[str, str], ...]) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    """Wordings as the passages hold them: half-width, in either script."""
    wordings = {
        normalize(_bare(wording), traditional=simplified): name
        for wording, name in names
        for simplified in (True, False)
    }
    automaton = ahocorasick_rs.AhoCorasick(list(wordings), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, tuple(wordings.values())


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the quotation marks that belong to it: “暖春”行动, “暖春行动”."""
    inside = text[start:end]
    opening = text[start - 1 : start]
    close = _PAIRS.get(opening)
    if close is not None and inside.count(close) == (inside.count(opening) if opening != close else 0) + 1:
        return start - 1, end
    if close is not None and text[end : end + 1] == close:
        return start - 1, end + 1
    if text[end : end + 1] in _MARKS and any(
        text[end] == right and inside.count(left) == inside.count(right) + 1 for left, right in _PAIRS.items()
    ):
        return start, end + 1
    return start, end


def _hit(rule: Rule, text: str, match: Any) -> Hit | None:
    """What a match of a rule says; None where its number is none."""
    kind = str(rule.fields["kind"])
    start, end = match.span()
    if kind == _NOTHING:
        return Hit(kind, start, end, rule.id)
    if kind in _NAMES:
        named = match.groupdict().get("name")
        return NameHit(kind, start, end, rule.id, named or match[0])
    try:
        value = parse_number((match["number"] or "").replace(" ", ""))
    except NumeralError:
        return None
    unit = str(rule.fields.get("unit") or match.groupdict().get("unit") or "")
    behind = text[match.end("number") : end]
    left, right = hedge_before(text, start), hedge_after(text, end)
    bound = "over" if behind[:1] in ("多", "余") else left.bound if left else right.bound if right else ""
    return QuantityHit(
        kind, left.start if left else start, right.end if right else end, rule.id, value,
        bound=bound or hedge_verb(text, start), unit=unit, number=match.span("number"),
    )  # fmt: skip


def _fault(rule: Rule) -> str:
    """What is wrong with a rule of a user's; "" if nothing."""
    kind = rule.fields.get("kind")
    if kind not in (*_NAMES, *_QUANTITIES, _NOTHING):
        return f"kind = {kind!r}"
    if kind in _QUANTITIES and "number" not in rule.pattern.groupindex:
        return either("没有组 (?P<number>…)", "no group (?P<number>…)")
    if not rule.matches:
        return either("matches 里没有例子", "no examples in matches")
    if rule.pattern.match(""):
        return either("式样能配上空文字", "the pattern matches the empty text")
    for example in rule.matches:
        found = rule.pattern.search(normalize(example))
        if found is None or _hit(rule, normalize(example), found) is None:
            return either(f"找不到例子 {example!r}", f"does not find its example {example!r}")
    if slow := slow_on(rule.pattern, map(normalize, (*rule.matches, *rule.rejects))):
        return either(
            f"在像 {slow!r} 这样重复的文字上太慢:给重复加上限,用 {{0,20}} 代替 *",
            f"takes too long on texts that repeat {slow!r}: bound what repeats, {{0,20}} instead of *",
        )
    wrong = next((example for example in rule.rejects if rule.pattern.search(normalize(example))), None)
    return "" if wrong is None else either(f"不该找到 {wrong!r}", f"finds {wrong!r}, which it rejects")


def _program_remedy() -> str:
    return either(
        "一行写一个项目:名字,逗号,别的叫法;# 后是注释。",
        "Write one program a line: its name, then, parted by commas, other wordings; # begins a comment.",
    )


def _rule_remedy() -> str:
    kinds = " ".join((*_NAMES, *_QUANTITIES, _NOTHING))
    return either(
        f"规则要有 id、kind({kinds})、pattern、matches(必须找到的例子),可有 rejects、unit;"
        "数量的规则要有组 (?P<number>…)。",
        f"A rule has id, kind ({kinds}), pattern, matches (examples it must find) and may have rejects and unit; rules "
        "of numbers have a group (?P<number>…).",
    )


def _bad(file: str, line: int, reason: str, remedy: str) -> BaodaoError:
    return BaodaoError("BD180", file=file, line=line, reason=reason, remedy=remedy)
