"""What one can see of a fragment and of its neighbours, as readable names.

In: the fragments of a page. Out: for each a tuple of feature names; the tagger weighs them. A long paragraph
has few of them and costs little; a short line is looked at closely. Patterns of `data/rules/layout.toml` that
fit a line are features among others, they decide nothing alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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

__all__ = ["Look", "look_at", "page_features"]

_LONG = 60  # characters; a longer fragment is judged by its ends
_SHORT = 40
_SIZES = (1, 2, 3, 4, 6, 9, 13, 18, 24, 31, 40, 60)
_FIRST = {c: name for name, chars in {
    "paren": "（(", "quote": "“\"「『‘", "bracket": "【[《〈", "dash": "—-–", "bullet": "■□●○◆▲★☆口",
    "comma": "，,。、；;：:！!？?）)”’」",
}.items() for c in chars}  # fmt: skip
_LAST = {c: name for name, chars in {
    "stop": "。！？!?…", "paren": "）)】]", "quote": "”’」』\"", "comma": "，,、", "colon": "：:", "semicolon": "；;",
    "dash": "—-", "open": "（(“「《【", "need": "的和与在为对将把让从向及以是被由使等",
}.items() for c in chars}  # fmt: skip

_MARKS = (
    ("：", "colon"), (":", "colon"), ("“", "quotes"), ("——", "dashes"), ("「", "corner"), ("·", "dot"), ("/", "slash"),
    ("！", "shout"), ("？", "asks"), ("年", "year"), ("记者", "reporter"), ("摄", "photo"), ("图", "picture"),
    ("版", "version"), ("编", "editor"),
)  # fmt: skip


class Look(NamedTuple):
    """A fragment seen by itself."""

    text: str
    shape: str  # the name of its rule, or by length and end
    size: str
    first: str
    last: str
    own: tuple[str, ...]  # features of the line alone


def page_features(chunks: Sequence[Chunk], width: int) -> list[tuple[str, ...]]:
    """The features of every fragment of a page.

    Args:
        chunks: the fragments in page order.
        width: the column width where lines are hard-wrapped, else 0.
    """
    looks = [look_at(chunk, width) for chunk in chunks]
    shapes = ["(none)", "(none)", *(look.shape for look in looks), "(none)", "(none)"]
    twins = find_twins(chunks)
    whole = _page_words(chunks, looks, width)
    spoken = Counter(look.text for look in looks if len(look.text) < _SHORT)
    usual = _usual_gap(chunks)
    rows = []
    for k, look in enumerate(looks):
        p2, p1, shape, n1, n2 = shapes[k : k + 5]
        row = [*look.own, whole, "p1=" + p1, "n1=" + n1, f"p1={p1}|{shape}", f"n1={n1}|{shape}"]
        if chunks[k].gap > usual:
            row.append("wide" if k else "top")
        if k + 1 < len(chunks) and chunks[k + 1].gap > usual:
            row.append("wide-below")
        if k in twins:
            twin = "twin=" + twins[k]
            row += (twin, f"{twin}|{p1}", f"{twin}|{p2}|{_beginning(look.text)}", f"{twin}|{look.size}")
        if k and looks[k - 1].shape == "open" and (k in twins or len(look.text) > _SHORT):
            row.append(f"after-open={_seam(looks[k - 1], look)}|{look.first}|{_beginning(look.text)}")
            row.append(f"after-open={_seam(looks[k - 1], look)}")
        if whole == "page=indented" and not chunks[k].indented:
            row += ("flush|" + shape, f"flush|{shape}|{p1}")
        if shape not in ("long", "open"):
            row += (
                "p2=" + p2,
                "n2=" + n2,
                f"around={p1}|{n1}|{shape}",
                f"below={n1}|{n2}|{shape}",
                f"above={p2}|{p1}|{shape}",
            )
            row += _place(k, len(looks))
            if spoken[look.text] > 1:
                row.append("again")
        if shape in ("head", "tall", "short", "open", "name", "label-like", "scrap"):
            row += _links(looks, k)
        rows.append(tuple(row))
    return rows


def look_at(chunk: Chunk, width: int) -> Look:
    """A fragment by itself.

    >>> from baodao.layout.lines import read_chunks, read_lines
    >>> look = look_at(*read_chunks("本报记者 周小河", read_lines("本报记者 周小河"), 0), 0)
    >>> look.shape, look.first, "spaces=1" in look.own
    ('byline', 'han', True)
    """
    text = chunk.text
    count = len(text)
    c = text[0]
    first = _FIRST.get(c) or ("digit" if c.isdigit() else "han" if "一" <= c <= "鿿" else "other")
    c = text[-1]
    last = _LAST.get(c) or ("digit" if c.isdigit() else "han" if "一" <= c <= "鿿" else "other")
    rule = line_rule(text)
    complete = is_complete(text)
    if count > _LONG:
        shape = rule or ("long" if complete else "open")
        own = ["s=" + shape, "first=" + first, "last=" + last]
        size = "long"
    else:
        size = "<" + str(next(n for n in _SIZES if count <= n))
        shape = rule or ("dispatch" if is_dispatch_line(text) else _shape(text, count, complete, last))
        own = ["s=" + shape, "size=" + size, "first=" + first, "last=" + last, f"{shape}|{size}", f"{first}|{last}"]
        own += _details(text, count)
    if chunk.indented:
        own += ("indented", "indented|" + shape)
    if opens_report(text):
        own.append("opens")
    if width:
        own += _wrapped(chunk, width, shape)
    return Look(text, shape, size, first, last, tuple(own))


def _shape(text: str, count: int, complete: bool, last: str) -> str:
    """What a line without a rule looks like."""
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


def _details(text: str, count: int) -> list[str]:
    """What stands inside a short line."""
    spaces = text.count(" ") + text.count("\u3000")
    commas = text.count("，") + text.count(",")
    out = [f"spaces={min(spaces, 3)}", f"commas={min(commas, 3)}"]
    for mark, name in _MARKS:
        if mark in text:
            out.append("has=" + name)
    if text.endswith(("——", "--")):
        out.append("ends=dashes")
    if text.startswith(("——", "--", "—")):
        out.append("starts=dashes")
    if count <= _SHORT:
        actor = has_actor(text)
        if actor:
            out.append("actor=" + actor)
        if opens_paragraph(text):
            out.append("paragraph")
        out += ("end=" + text[-1], "end2=" + text[-2:])
    return out


def _wrapped(chunk: Chunk, width: int, shape: str) -> list[str]:
    """How a fragment of hard-wrapped text fills its lines."""
    lines = chunk.lines
    size = lines[0].end - lines[0].start + 2 * lines[0].indented
    full = (
        "full"
        if size == width
        else "near"
        if abs(size - width) == 1
        else "title"
        if size in (width - 3, width - 4)
        else "less"
    )
    count = min(len(lines), 4)
    return [f"lines={count}|{full}", f"{full}|{shape}"]


def _page_words(chunks: Sequence[Chunk], looks: Sequence[Look], width: int) -> str:
    """The page's way of setting paragraphs."""
    if width:
        return "page=wrapped"
    bodies = [chunk.indented for chunk, look in zip(chunks, looks, strict=True) if look.size == "long"]
    return "page=indented" if sum(bodies) > 0.4 * len(bodies) else "page=flat"


def _usual_gap(chunks: Sequence[Chunk]) -> int:
    return Counter(chunk.gap for chunk in chunks[1:]).most_common(1)[0][0] if len(chunks) > 1 else 0


def _place(k: int, count: int) -> list[str]:
    out = []
    if k < 5:
        out.append(f"place={k}")
    if count - k < 4:
        out.append(f"from-end={count - k}")
    return out


def _links(looks: Sequence[Look], k: int) -> list[str]:
    """What a short line has in common with the paragraphs around it, and whether it reads on from or into them."""
    text = looks[k].text
    out = []
    below = next((look.text for look in looks[k + 1 : k + 5] if look.size in ("long", "<60")), "")
    above = next((look.text for look in looks[max(0, k - 4) : k][::-1] if look.size in ("long", "<60")), "")
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    if below:
        head = below[:120]
        out.append("said-below=" + _share(len([pair for pair in pairs if pair in head]), len(pairs)))
    if above:
        tail = above[-160:]
        out.append("said-above=" + _share(len([pair for pair in pairs if pair in tail]), len(pairs)))
    if k + 1 < len(looks):
        after = looks[k + 1]
        out.append(f"to-next={looks[k].last}|{after.first}")
        if text[-1] == after.text[0] and after.size == "long":
            out.append("doubled-next")
        out.append("next-" + _beginning(after.text))
        if looks[k].last == after.first == "han":
            out.append("next-over" if runs_over(text, after.text) else "next-apart")
        if opens_report(after.text):
            out.append("next-opens")
        if after.shape in ("head", "tall", "name", "label-like", "scrap"):
            difference = len(text) - len(after.text)
            out.append("next=" + ("longer" if difference < -3 else "shorter" if difference > 3 else "even"))
    if k:
        before = looks[k - 1]
        out.append(f"from-prev={before.last}|{looks[k].first}")
        if before.last == looks[k].first == "han":
            out.append(before.size + ("-over" if runs_over(before.text, text) else "-apart"))
        if before.shape in ("head", "tall", "name", "label-like", "scrap"):
            difference = len(text) - len(before.text)
            out.append("prev=" + ("longer" if difference < -3 else "shorter" if difference > 3 else "even"))
    return out


def _seam(before: Look, look: Look) -> str:
    """Whether a word lies over the break between two fragments."""
    if before.last != "han" or look.first != "han":
        return "marks"
    return "over" if cuts_word(before.text, look.text) else "apart"


def _beginning(text: str) -> str:
    """Whether a fragment begins as a paragraph, or as the rest of one."""
    score = begins_paragraph(text)
    return "begins" if score > 0.8 else "goes-on" if score < -0.8 else "may-begin"


def _share(hits: int, count: int) -> str:
    share = hits / max(count, 1)
    return "none" if not hits else "some" if share < 0.25 else "half" if share < 0.5 else "most"
