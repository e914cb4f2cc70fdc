"""What one can see of a fragment and of its neighbours, as readable names.

In: the fragments of a page. Out: for each the names of its features, in bundles; the tagger weighs them. A long
paragraph has few of them and costs little; a short line is looked at closely. Patterns of `data/rules/layout.toml` that
fit a line are features among others, they decide nothing alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from baodao.layout.begins import begins_paragraph
from baodao.layout.lines import Chunk, is_complete
from baodao.layout.roles import (
    has_actor,
    is_dispatch_line,
    is_label,
    is_names,
    line_rule,
    opens_paragraph,
    opens_report,
)
from baodao.layout.seams import cuts_word, runs_over
from baodao.layout.twins import find_twins
from baodao.learn.tagger import Bundle

__all__ = ["Look", "look_at", "page_features"]

_LONG = 60  # characters; a longer fragment is judged by its ends
_SHORT = 40
_SIZES = (1, 2, 3, 4, 6, 9, 13, 18, 24, 31, 40, 60)
_SIZE = ["<" + str(next(n for n in _SIZES if count <= n)) for count in range(_LONG + 1)]
_FIRST = {c: name for name, chars in {
    "paren": "（(", "quote": "“\"「『‘", "bracket": "【[《〈", "dash": "—-–", "bullet": "■□●○◆▲★☆口",
    "comma": "，,。、；;：:！!？?）)”’」",
}.items() for c in chars}  # fmt: skip
_LAST = {c: name for name, chars in {
    "stop": "。！？!?…", "paren": "）)】]", "quote": "”’」』\"", "comma": "，,、", "colon": "：:", "semicolon": "；;",
    "dash": "—-", "open": "（(“「《【", "need": "的和与在为对将把让从向及以是被由使等",
}.items() for c in chars}  # fmt: skip

_MARKS = tuple((mark, "has=" + name) for mark, name in (
    ("：", "colon"), (":", "colon"), ("“", "quotes"), ("——", "dashes"), ("「", "corner"), ("·", "dot"), ("/", "slash"),
    ("！", "shout"), ("？", "asks"), ("年", "year"), ("记者", "reporter"), ("摄", "photo"), ("图", "picture"),
    ("版", "version"), ("编", "editor"),
))  # fmt: skip

_NONE = "(none)"
_WIDE, _WIDE_BELOW, _TOP, _AGAIN, _PARAGRAPH = ("wide",), ("wide-below",), ("top",), ("again",), ("paragraph",)
_ACTOR = {actor: ("actor=" + actor,) for actor in ("place", "name", "starts")}
_SHARES = ("none", "some", "half", "most")
_SAID_BELOW = {share: ("said-below=" + share,) for share in _SHARES}
_SAID_ABOVE = {share: ("said-above=" + share,) for share in _SHARES}
_HEADS = frozenset(("head", "tall", "name", "label-like", "scrap"))
_LINKED = _HEADS | {"short", "open"}
_PARAGRAPHS = ("long", "<60")  # sizes
_REMEMBERED = 4096  # bundles of a kind


class Look(NamedTuple):
    """A fragment seen by itself."""

    text: str
    shape: str  # the name of its rule, or by length and end
    size: str
    first: str
    last: str
    own: list[Bundle]  # features of the line alone


def page_features(chunks: Sequence[Chunk], width: int) -> Iterator[list[Bundle]]:
    """The features of every fragment of a page, in bundles that recur.

    Args:
        chunks: the fragments in page order.
        width: the column width where lines are hard-wrapped, else 0.
    """
    looks = [look_at(chunk, width) for chunk in chunks]
    shapes = [_NONE, _NONE, *[look.shape for look in looks], _NONE, _NONE]
    twins = find_twins(chunks)
    for k in [k for k, twin in twins.items() if twin in ("first", "second") and opens_report(looks[k].text)]:
        del twins[k]  # a report may be printed twice; no box opens as one
    whole = _page_words(chunks, looks, width)
    spoken = Counter([look.text for look in looks if len(look.text) < _SHORT])
    gaps = [lines[0].gap for lines, _ in chunks]
    usual = Counter(gaps[1:]).most_common(1)[0][0] if len(gaps) > 1 else 0
    last = len(chunks) - 1
    for k, look in enumerate(looks):
        p2, p1, shape, n1, n2 = shapes[k : k + 5]
        row = [*look.own, _near(whole, p1, shape, n1)]
        if gaps[k] > usual:
            row.append(_WIDE if k else _TOP)
        if k < last and gaps[k + 1] > usual:
            row.append(_WIDE_BELOW)
        if k in twins:
            row.append(_twin(twins[k], p1, p2, _beginning(look.text), look.size))
        if p1 == "open" and (k in twins or len(look.text) > _SHORT):
            row.append(_after_open(_seam(looks[k - 1], look), look.first, _beginning(look.text)))
        if whole == "page=indented" and not chunks[k].indented:
            row.append(_flush(shape, p1))
        if shape not in ("long", "open"):
            row += (_far(p2, p1, shape, n1, n2), _place(min(k, 5), min(last - k, 4)))
            if spoken[look.text] > 1:
                row.append(_AGAIN)
        if shape in _LINKED:
            row += _links(looks, k)
        yield row


def look_at(chunk: Chunk, width: int) -> Look:
    """A fragment by itself.

    >>> from baodao.layout.lines import read_chunks, read_lines
    >>> look = look_at(*read_chunks("本报记者 周小河", read_lines("本报记者 周小河"), 0), 0)
    >>> look.shape, look.first, ("spaces=1", "commas=0") in look.own
    ('byline', 'han', True)
    """
    lines, text = chunk
    indented, count = lines[0].indented, len(text)
    first = _FIRST.get(text[0]) or _kind(text[0])
    last = _LAST.get(text[-1]) or _kind(text[-1])
    rule = line_rule(text)
    opens = opens_report(text)
    if count > _LONG:
        shape = rule or ("long" if is_complete(text) else "open")
        size = "long"
        own = [_looks(shape, size, first, last, indented, opens)]
    else:
        size = _SIZE[count]
        shape = rule or ("dispatch" if is_dispatch_line(text) else _shape(text, count, last))
        own = [_looks(shape, size, first, last, indented, opens), *_details(text, count)]
    if width:
        own.append(_wrapped(min(len(lines), 4), _fills(chunk, width), shape))
    return Look(text, shape, size, first, last, own)


def _kind(c: str) -> str:
    return "han" if "一" <= c <= "鿿" else "digit" if c.isdigit() else "other"


def _shape(text: str, count: int, last: str) -> str:
    """What a line without a rule looks like."""
    complete = is_complete(text)
    if count > _SHORT:
        return "long" if complete else "open"
    if last in ("comma", "colon", "semicolon", "open") or (complete and last == "stop"):
        return "short" if complete else "open"
    if "。" in text or text.count("，") + text.count(",") > 2:
        return "open"
    if count <= 2:
        return "scrap"
    if is_names(text):
        return "name"
    if is_label(text):
        return "label-like"
    return "head" if count <= 24 else "tall"


def _details(text: str, count: int) -> list[Bundle]:
    """What stands inside a short line."""
    spaces, commas = text.count(" ") + text.count("\u3000"), text.count("，") + text.count(",")
    marks = [name for mark, name in _MARKS if mark in text]
    if "“" in text or "”" in text:
        left, right = text.count("“"), text.count("”")
        if left != right:
            marks.append("quote=left-open" if left > right else "quote=never-opened")
    if text.endswith(("——", "--")):
        marks.append("ends=dashes")
    if text[0] in "—-" and text.startswith(("——", "--", "—")):
        marks.append("starts=dashes")
    out = [_counts(min(spaces, 3), min(commas, 3)), tuple(marks)]
    if count <= _SHORT:
        actor = has_actor(text)
        if actor:
            out.append(_ACTOR[actor])
        if opens_paragraph(text):
            out.append(_PARAGRAPH)
        out.append(_ends(text[-2:]))
    return out


def _fills(chunk: Chunk, width: int) -> str:
    """How a fragment of hard-wrapped text fills its first line."""
    line = chunk.lines[0]
    missing = width - (line.end - line.start + 2 * line.indented)
    return "full" if not missing else "near" if abs(missing) == 1 else "title" if missing in (3, 4) else "less"


def _page_words(chunks: Sequence[Chunk], looks: Sequence[Look], width: int) -> str:
    """The page's way of setting paragraphs."""
    if width:
        return "page=wrapped"
    bodies = [chunk.indented for chunk, look in zip(chunks, looks, strict=True) if look.size == "long"]
    return "page=indented" if sum(bodies) > 0.4 * len(bodies) else "page=flat"


def _links(looks: Sequence[Look], k: int) -> Iterator[Bundle]:
    """What a short line has in common with the paragraphs around it, and whether it reads on from or into them."""
    look = looks[k]
    text = look.text
    below = next((other.text for other in looks[k + 1 : k + 5] if other.size in _PARAGRAPHS), "")
    above = next((other.text for other in looks[max(0, k - 4) : k][::-1] if other.size in _PARAGRAPHS), "")
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    if below:
        head = below[:120]
        yield _SAID_BELOW[_share(len([pair for pair in pairs if pair in head]), len(pairs))]
    if above:
        tail = above[-160:]
        yield _SAID_ABOVE[_share(len([pair for pair in pairs if pair in tail]), len(pairs))]
    if k + 1 < len(looks):
        after = looks[k + 1]
        doubled = text[-1] == after.text[0] and after.size == "long"
        seam = _run(look, after) if look.last == after.first == "han" else ""
        length = _longer(text, after.text) if after.shape in _HEADS else ""
        yield _to_next(look.last, after.first, doubled, _beginning(after.text), seam, opens_report(after.text), length)
    if k:
        before = looks[k - 1]
        seam = f"{before.size}-{_run(before, look)}" if before.last == look.first == "han" else ""
        length = _longer(text, before.text) if before.shape in _HEADS else ""
        yield _from_previous(before.last, look.first, seam, length)


def _longer(text: str, other: str) -> str:
    difference = len(text) - len(other)
    return "longer" if difference < -3 else "shorter" if difference > 3 else "even"


def _run(before: Look, look: Look) -> str:
    """Whether a phrase runs over the break between two fragments."""
    return "over" if runs_over(before.text, look.text) else "apart"


def _seam(before: Look, look: Look) -> str:
    """Whether a word lies over the break between two fragments."""
    if before.last != "han" or look.first != "han":
        return "marks"
    return "over" if cuts_word(before.text, look.text) else "apart"


def _beginning(text: str) -> str:
    """Whether a fragment begins as a paragraph, or as the rest of one."""
    score = begins_paragraph(text)
    return "begins" if score > 0.8 else "goes-on" if score < -0.8 else "may-begin"


# Bundles: features that come together, named once


@lru_cache(_REMEMBERED)
def _looks(shape: str, size: str, first: str, last: str, indented: bool, opens: bool) -> Bundle:
    out = ["s=" + shape, "first=" + first, "last=" + last]
    if size != "long":
        out += ("size=" + size, f"{shape}|{size}", f"{first}|{last}")
    if indented:
        out += ("indented", "indented|" + shape)
    if opens:
        out.append("opens")
    return tuple(out)


@lru_cache(_REMEMBERED)
def _counts(spaces: int, commas: int) -> Bundle:
    return f"spaces={spaces}", f"commas={commas}"


@lru_cache(_REMEMBERED)
def _ends(text: str) -> Bundle:
    return "end=" + text[-1], "end2=" + text


@lru_cache(_REMEMBERED)
def _wrapped(count: int, full: str, shape: str) -> Bundle:
    return f"lines={count}|{full}", f"{full}|{shape}"


@lru_cache(_REMEMBERED)
def _near(whole: str, p1: str, shape: str, n1: str) -> Bundle:
    return whole, "p1=" + p1, "n1=" + n1, f"p1={p1}|{shape}", f"n1={n1}|{shape}"


@lru_cache(_REMEMBERED)
def _far(p2: str, p1: str, shape: str, n1: str, n2: str) -> Bundle:
    around, below, above = f"around={p1}|{n1}|{shape}", f"below={n1}|{n2}|{shape}", f"above={p2}|{p1}|{shape}"
    return "p2=" + p2, "n2=" + n2, around, below, above


@lru_cache(_REMEMBERED)
def _place(k: int, left: int) -> Bundle:
    return (f"place={k}",) * (k < 5) + (f"from-end={left + 1}",) * (left < 3)


@lru_cache(_REMEMBERED)
def _twin(which: str, p1: str, p2: str, beginning: str, size: str) -> Bundle:
    twin = "twin=" + which
    return twin, f"{twin}|{p1}", f"{twin}|{p2}|{beginning}", f"{twin}|{size}"


@lru_cache(_REMEMBERED)
def _after_open(seam: str, first: str, beginning: str) -> Bundle:
    return f"after-open={seam}", f"after-open={seam}|{first}|{beginning}"


@lru_cache(_REMEMBERED)
def _flush(shape: str, p1: str) -> Bundle:
    return "flush|" + shape, f"flush|{shape}|{p1}"


@lru_cache(_REMEMBERED)
def _to_next(last: str, first: str, doubled: bool, beginning: str, seam: str, opens: bool, length: str) -> Bundle:
    out = [f"to-next={last}|{first}", "next-" + beginning]
    if doubled:
        out.append("doubled-next")
    if seam:
        out.append("next-" + seam)
    if opens:
        out.append("next-opens")
    if length:
        out.append("next=" + length)
    return tuple(out)


@lru_cache(_REMEMBERED)
def _from_previous(last: str, first: str, seam: str, length: str) -> Bundle:
    out = [f"from-prev={last}|{first}"]
    if seam:
        out.append(seam)
    if length:
        out.append("prev=" + length)
    return tuple(out)


def _share(hits: int, count: int) -> str:
    share = hits / max(count, 1)
    return "none" if not hits else "some" if share < 0.25 else "half" if share < 0.5 else "most"
