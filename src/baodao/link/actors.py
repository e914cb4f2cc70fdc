"""Who reached a quantity: an option for each noun phrase that may be the subject, and none.

The subject stands before the verb, in its clause or in one that governs it: a body, a person, a place that stands for
its government, any other noun phrase (村民们, 各地). Where the sentence has none, it is taken over from the number
before, or is the name said last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baodao.link.choice import Chooser, Option, Tables
from baodao.link.features import unit_class
from baodao.link.scope import Scope
from baodao.link.thing import Thing
from baodao.link.tokens import VERBS, Sentence, read_sentence
from baodao.link.words import words
from baodao.records.light import Hit, Link, NameHit, RegionHit

__all__ = ["choose_actor"]

_MOST = 6  # noun phrases looked at in the sentence, the nearest first
_LONGEST = 22
_PRONOUNS = frozenset("他 她 它 他们 她们 它们 我们 我 其 自己 大家 咱们 你 你们 两家 双方".split())
_PHRASE = frozenset("n R O N P “ mod vn a b j s i l k m q 的 、 and Q x r".split())
_OPENERS = frozenset(["stop", "T", "light", "c", "f", "d", "t", "mark", "u"])
_TRIMMED = frozenset(["的", "、", "and", "等"])
_PAUSES = frozenset(";:")
_SCENE = frozenset(["T", "light", "c", "d", "t", "f"])  # what may open a clause before its subject
_SPOKEN = frozenset(["light", "p", "T", "d"])  # classes whose word counts behind a subject


class _Subject(NamedTuple):
    """What may be the actor, and how the sentence or the article has it."""

    value: str
    hit: Hit | None
    form: str  # O N R phrase tail kept before headline
    begin: int = 0  # tokens, where it stands in the sentence
    end: int = 0


class _Deed(NamedTuple):
    """What was done, as its subject is asked for."""

    pivot: int  # the token that the subject stands before
    side: str  # where the verb stands: none, left or right of the quantity
    act: str  # the verb: its class, word, field and broad field
    word: str
    field: str
    broad: str
    unit: str  # class of the unit
    thing: tuple[int, int]  # tokens of what is measured


def choose_actor(
    scope: Scope, sentence: Sentence, k: int, verb: int | None, thing: Thing, choose: Chooser
) -> tuple[Link, float]:
    """Who did it: the subject of the clause or of one before it, or who did the thing before."""
    quantity, tables, deed = sentence.quantity(k), choose.tables("actor"), _deed(sentence, k, verb, thing)
    own, since = _has_own(sentence, deed.pivot), scope.since("actor", sentence.span, quantity.start)
    options = _said_here(scope, sentence, deed, tables)
    rank = min(len(options), 3)
    options += _said_before(scope, sentence, quantity.start, deed, own, since, options, tables)
    none = (
        tables[_none][deed.side, rank, deed.unit, deed.act, own, thing.place]
        + tables[_none_word][deed.word]
        + tables[_none_field][deed.field, deed.broad, own]
        + tables[_none_since][bool(scope.last.get("actor")), since, own]
    )
    return scope.pick("actor", quantity, options, none, choose)


def _deed(sentence: Sentence, k: int, verb: int | None, thing: Thing) -> _Deed:
    unit, run = unit_class(sentence.quantity(k)), thing.run or (0, 0)
    if verb is None:
        return _Deed(k, "none", "", "", "", "", unit, run)
    act, word, side = sentence.classes[verb], sentence.texts[verb], "left" if verb < k else "right"
    return _Deed(min(k, verb), side, act, word, sentence.field[verb], sentence.broad[verb], unit, run)


def _said_here(scope: Scope, sentence: Sentence, deed: _Deed, tables: Tables) -> list[Option]:
    """The subjects that the sentence has."""
    classes, texts, kept, pivot = sentence.classes, sentence.texts, scope.last.get("actor"), deed.pivot
    side, act, (first, stop) = deed.side, deed.act, deed.thing
    options: list[Option] = []
    for rank, subject in enumerate(_subjects(scope, sentence, pivot)):
        begin, end = subject.begin, subject.end
        form, before, following = subject.form, classes[begin - 1], classes[end]
        commas, agent = classes[end:pivot].count("stop"), sentence.is_agent[end - 1]
        measured = first < end and begin < stop
        speaks = (
            tables[_place][form, rank, side, commas, sum([c in VERBS for c in classes[end:pivot]])]
            + tables[_edges][form, before, following, commas, agent]
            + tables[_shape][
                form, end - begin, "Q" in classes[begin:end], begin == 0, measured,
                not _PAUSES.isdisjoint(texts[end:pivot]), kept == subject.value,
            ]
            + tables[_act][form, agent, act, side, rank]
            + tables[_unit][form, agent, measured, deed.unit]
            + tables.names.get(f"tail={texts[end - 1][-1]}", 0)
            + tables[_field][sentence.field[end - 1], sentence.broad[end - 1], deed.broad, side]
            + tables[_words][
                texts[begin - 1] if begin and before == "p" else "",
                texts[end] if following in _SPOKEN else "",
            ]
        )  # fmt: skip
        options.append((speaks, (subject.hit, subject.value, "sentence" if commas else "clause")))
    return options


def _said_before(
    scope: Scope,
    sentence: Sentence,
    at: int,
    deed: _Deed,
    own: str,
    since: str,
    here: Sequence[Option],
    tables: Tables,
) -> list[Option]:
    """The subjects that may carry on from before, each once, unless the sentence has them (`here`)."""
    pronoun, rank = not _PRONOUNS.isdisjoint(sentence.texts[: deed.pivot]), min(len(here), 3)
    seen = {value for _, (_, value, _) in here}
    options: list[Option] = []
    for subject in _from_before(scope, sentence, at, own):
        if subject.value not in seen:
            seen.add(subject.value)
            form = subject.form
            speaks = (
                tables[_far][form, pronoun, rank, deed.side, own]
                + tables[_far_act][form, deed.act, deed.unit, own]
                + tables[_far_since][form, since, own, deed.side]
            )
            via = "headline" if form == "headline" else "paragraph"
            options.append((speaks, (subject.hit, subject.value, via)))
    return options


def _has_own(sentence: Sentence, pivot: int) -> str:
    """What opens the clause of the verb: an agent, a thing, or nothing that could be its subject."""
    classes = sentence.classes
    begin = next((i + 1 for i in range(pivot - 1, -1, -1) if classes[i] == "stop"), 0)
    while begin < pivot and classes[begin] in _SCENE:
        begin += 1
    end = begin
    while end < pivot and classes[end] in _PHRASE:
        end += 1
    if end == begin:
        return "none"
    return "agent" if sentence.is_agent[end - 1] else "thing"


def _subjects(scope: Scope, sentence: Sentence, pivot: int) -> Iterator[_Subject]:
    """The noun phrases that may be the verb's subject, the nearest first: those of its clause, and what opens each
    clause before it; what follows a verb or a preposition other than 由 is none."""
    classes = sentence.classes
    end = pivot
    near, count = True, 0
    while end > 0 and count < _MOST:
        begin = end
        while begin > 0 and classes[begin - 1] != "stop":
            begin -= 1
        runs = list(_runs(sentence, begin, end))
        for first, last in reversed(runs[-3:]) if near else runs[:1]:
            yield from _readings(scope, sentence, first, last)
            count += 1
        near, end = near and not runs and end == pivot and begin == end, begin - 1


def _runs(sentence: Sentence, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The noun phrases of a clause that no verb and no preposition governs."""
    texts, classes = sentence.texts, sentence.classes
    at = begin
    while at < end:
        if classes[at] not in _PHRASE or texts[at] in _PRONOUNS:
            at += 1
            continue
        start = at
        while at < end and classes[at] in _PHRASE and texts[at] not in _PRONOUNS:
            at += 1
        before = classes[start - 1] if start > begin else "stop"
        if before in _OPENERS or texts[start - 1] in ("由", "让", "表示", "指出"):
            yield start, at


def _readings(scope: Scope, sentence: Sentence, begin: int, end: int) -> Iterator[_Subject]:
    """A noun phrase whole, by the last name in it, by what follows a number or 的, by the place that leads it."""
    tags, classes, hits = sentence.tags, sentence.classes, sentence.hits
    while begin < end and classes[end - 1] in _TRIMMED:
        end -= 1
    if end - begin > 1 and classes[end - 1] == "Q":
        end -= 1  # 医疗队|120人
    while begin < end and classes[begin] in _TRIMMED:
        begin += 1
    if end - begin > 1 and sentence.texts[end - 1] == "计划" and sentence.is_agent[end - 2]:
        end -= 1  # 某省|计划|新建
    if begin >= end or classes[end - 1] in ("Q", "m", "q", "a") or _is_undertaking(sentence, end - 1):
        return
    if end - begin == 1:
        value = _name(scope, sentence, begin)
        if value:
            yield _Subject(value, hits.get(begin), tags[begin] if tags[begin] in "ONR" else "phrase", begin, end)
        return
    whole = sentence.text((begin, end))
    if len(whole) <= _LONGEST:
        yield _Subject(whole, None, "phrase", begin, end)
    names = [i for i in range(begin, end) if tags[i] in ("O", "N")]
    if names and (names[-1] == end - 1 or not sentence.is_agent[end - 1]):
        at = names[-1]
        yield _Subject(_name(scope, sentence, at), hits.get(at), tags[at], at, at + 1)
    cut = next((i for i in range(end - 1, begin, -1) if classes[i - 1] in ("Q", "的")), None)
    if cut is not None:
        yield _Subject(sentence.text((cut, end)), None, "tail", cut, end)
    if classes[begin] == "R" and (place := _name(scope, sentence, begin)):
        yield _Subject(place, hits.get(begin), "R", begin, begin + 1)


def _is_undertaking(sentence: Sentence, k: int) -> bool:
    """Whether the noun is what is done or said (行动, 项目, 数据) rather than who does it."""
    return sentence.tags[k] in ("P", "“") or sentence.texts[k] in words("undertaking")


def _name(scope: Scope, sentence: Sentence, index: int) -> str:
    """What a token is called in full: a body as the article prints it, for 全市 the city; "" for a place unknown."""
    hit, text = sentence.hits.get(index), sentence.texts[index]
    if isinstance(hit, NameHit) and scope.is_printed(hit.name):
        return hit.name
    if isinstance(hit, RegionHit) and text[0] == "全" and text != "全国":
        return scope.places.get(hit.adcode or "", "")
    return sentence.text((index, index + 1))


def _from_before(scope: Scope, sentence: Sentence, at: int, own: str) -> Iterator[_Subject]:
    """Who did the thing before, the names said last, those of the headline."""
    kept = scope.last.get("actor")
    if kept:
        yield _Subject(kept, None, "kept")
    if own == "none" and (before := _previous(scope, sentence)):
        yield before
    names = scope.hits["actor"]
    middle = bisect_left(scope.starts["actor"], sentence.span[0])
    paragraph = scope.paragraph(at)
    for hit in reversed(names[max(middle - 3, 0) : middle]):
        assert isinstance(hit, NameHit)
        name = hit.name if scope.is_printed(hit.name) else scope.passage.raw[hit.start : hit.end]
        yield _Subject(name, hit, f"before-{hit.kind[0]}" if hit.start >= paragraph[0] else f"above-{hit.kind[0]}")
    for hit in scope.heads["actor"][:2]:
        assert isinstance(hit, NameHit)
        yield _Subject(hit.name, hit, "headline")


def _previous(scope: Scope, sentence: Sentence) -> _Subject | None:
    """What opens the sentence before, in the same paragraph."""
    spans = scope.passage.sentences
    index = bisect_left(spans, sentence.span) - 1
    if index < 0 or spans[index][0] < scope.paragraph(sentence.span[0])[0]:
        return None
    if index not in scope.openers:
        start, end = spans[index]
        before = read_sentence(scope.passage, spans[index], [h for h in scope.all if start <= h.start and h.end <= end])
        runs = _runs(before, 0, len(before.tokens))
        found = (subject for first, last in runs for subject in _readings(scope, before, first, last))
        scope.openers[index] = next((s.value for s in found if before.is_agent[s.end - 1]), "")
    return _Subject(scope.openers[index], None, "previous") if scope.openers[index] else None


def _place(form: str, rank: int, side: str, commas: int, verbs: int) -> Sequence[str]:
    rank, commas, verbs = min(rank, 4), min(commas, 3), min(verbs, 3)
    return (
        f"form={form},{side}", f"rank={rank},{side}", f"form,rank={form},{rank}", f"commas={commas},{form}",
        f"verbs={verbs},{form}", f"verbs,commas={verbs},{commas}",
    )  # fmt: skip


def _edges(form: str, before: str, following: str, commas: int, agent: bool) -> Sequence[str]:
    return (
        f"next={following},{form}", f"before={before},{form}", f"before,next={before},{following}",
        f"commas,before,next={min(commas, 3)},{before},{following}", f"agent,next={agent},{following}",
    )  # fmt: skip


def _shape(form: str, size: int, counted: bool, start: bool, thing: bool, apart: bool, kept: bool) -> Sequence[str]:
    return (
        f"size={min(size, 5)},{form}", f"counted={counted},{form}", f"start={start},{form}", f"thing={thing}",
        f"thing,form={thing},{form}", f"apart={apart},{form}", f"kept={kept}",
    )  # fmt: skip


def _act(form: str, agent: bool, act: str, side: str, rank: int) -> Sequence[str]:
    return (
        f"act={act},{form}", f"act,side={act},{side},{agent}", f"agent,act={agent},{act}",
        f"agent,rank={agent},{min(rank, 4)}",
    )  # fmt: skip


def _unit(form: str, agent: bool, thing: bool, unit: str) -> Sequence[str]:
    return (f"unit={unit},{form}", f"agent={agent},{form}", f"agent,thing={agent},{thing},{unit}")


def _field(field: str, broad: str, act: str, side: str) -> Sequence[str]:
    """What the subject is about, beside what the verb is about."""
    return (f"field={field}", f"broad={broad},{act}", f"broad,side={broad},{side}")


def _none_field(field: str, broad: str, own: str) -> Sequence[str]:
    return (f"none field={field}", f"none broad={broad},{own}")


def _words(by: str, word: str) -> Sequence[str]:
    return (f"by={by}", f"word={word}")


def _far(form: str, pronoun: bool, rank: int, side: str, own: str) -> Sequence[str]:
    return (
        f"form={form},{side}", f"far={form}", f"pronoun={pronoun},{form}", f"options={rank},{form}",
        f"own={own},{form}", f"own,pronoun={own},{pronoun}",
    )  # fmt: skip


def _far_act(form: str, act: str, unit: str, own: str) -> Sequence[str]:
    return (f"act={act},{form}", f"unit={unit},{form}", f"own,act={own},{act},{form}")


def _far_since(form: str, since: str, own: str, side: str) -> Sequence[str]:
    return (f"since={since},{form}", f"since,own={since},{own},{form}", f"since,side={since},{side},{form}")


def _none_since(kept: bool, since: str, own: str) -> Sequence[str]:
    return (f"none kept={kept},{since}", f"none kept,own={kept},{since},{own}")


def _none(side: str, rank: int, unit: str, act: str, own: str, place: str) -> Sequence[str]:
    return (
        "none", f"none side={side}", f"none options={rank},{side}", f"none unit={unit},{side}",
        f"none act={act},{unit}", f"none own={own}", f"none own,act={own},{act}", f"none place={place},{side}",
        f"none act,place={act},{place}",
    )  # fmt: skip


def _none_word(word: str) -> Sequence[str]:
    return (f"none word={word}", f"none last={word[-1:]}")
