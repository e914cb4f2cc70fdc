"""Named programs, projects, campaigns, activities, services, brands, contests.

In: a passage. Out: `NameHit`s of kind program; `name` is the fullest form that the passage prints. Names are
found by quotation marks and a head noun (“暖春”行动), by a quotation that ends in one (“春蕾计划”), or unquoted
before a strong head (健康扶贫工程). Heads are `data/lexicon/program_heads.csv`. Meetings, plans (规划), laws,
document titles, slogans and idioms are no programs. Authority: FACTS.md, `program`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from baodao.records.light import Hit, NameHit
from baodao.resources import read_csv, read_words
from baodao.text.names import quoted_names
from baodao.text.passage import Passage

__all__ = ["find_programs"]

_BREAKS = frozenset('的了及在是为和与将把被对向从到等,。;:!?、()“”"《》·\n0123456789 ')
_BEFORE = re.compile(
    r"(?:名为|叫做|叫|题为|主题为|品牌|项目|活动|行动|计划|工程|栏目|平台|节目|以|打造|推出|发起|实施|开展|启动|创建|组织开展)(?:了|着)?(?:的|为)?$"
)
_NOT = re.compile(r"^(?:[一二三四五六七八九十]+个?|.{0,2}[的了吗呢吧啊].{0,30}|.*[,，、].*[,，、].*)$")
# heads that are verbs as well; a strong head before them is the name's
_DOINGS = frozenset("招募 募捐 捐赠 帮扶 结对 宣讲 巡讲 评选 创建 建设 检查 筛查 普查 培训 倡议 义诊 展演 巡演".split())
# what may stand behind a head noun; anything else goes on with the name (“暖春”服务|站)
_BEHIND = re.compile(
    r"(?:$|之一|等|中|上|里|内|自|团队|成员|现场|仪式|项目组|志愿者|负责人|领导小组|期间|以来|起|首|第)"
)
_GENERIC = frozenset(
    [
        "该",
        "本",
        "此",
        "这",
        "各",
        "重点",
        "重大",
        "主要",
        "相关",
        "有关",
        "一项",
        "多项",
        "系列",
        "大型",
        "国家",
        "全国",
        "配套",
        "民生",
        "年度",
        "工作",
        "行动",
        "建设",
        "五年",
        "发展",
        "下一步",
        "三年",
        "实施",
        "具体",
        "整体",
        "总体",
        "首批",
        "新",
    ]
)
_LONGEST_TAIL = 18
_LONGEST_NAME = 16


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_csv("lexicon/program_heads.csv")

    def pattern(*strengths: str) -> re.Pattern[str]:
        words = sorted((row["head"] for row in rows if row["strength"] in strengths), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)))

    return pattern("strong", "weak"), pattern("strong")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, read_words("lexicon/program_verbs.txt"))))


def find_programs(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the programs of `passage`, left to right.

    >>> passage = Passage.whole("市妇联启动“微光”助学行动,“微光”已惠及百人")
    >>> [(passage.text[h.start : h.end], h.name) for h in find_programs(passage)]
    [('“微光”助学行动', '“微光”助学行动'), ('“微光”', '“微光”助学行动')]

    Args:
        passage: the text.
        found: hits of earlier finders; an unquoted name does not run over a number or a time.
    """
    hits = [*_quoted(passage.text), *_unquoted(passage, found)]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[NameHit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return _with_full_names(kept, passage.text)


def _quoted(text: str) -> Iterable[NameHit]:
    """Quoted names with a head behind or inside them; bare ones where a head was seen with the same name."""
    any_head, _ = _heads()
    named: dict[str, str] = {}
    bare: list[tuple[int, int, str]] = []
    out: list[NameHit] = []
    for quoted in quoted_names(text):
        inner = quoted.inner
        if len(inner) < 2 or _NOT.match(inner):
            continue
        end = _tail(text, quoted.end)
        if end > quoted.end:
            named.setdefault(inner, text[quoted.start : end])
            out.append(NameHit("program", quoted.start, end, "program.quoted-head", text[quoted.start : end]))
        elif (last := _last(any_head, inner)) is not None and last.end() == len(inner) and last.start() >= 1:
            named.setdefault(inner, text[quoted.start : quoted.end])
            out.append(NameHit("program", quoted.start, quoted.end, "program.quoted", text[quoted.start : quoted.end]))
        else:
            bare.append((quoted.start, quoted.end, inner))
    for start, end, inner in bare:
        if inner in named:
            out.append(NameHit("program", start, end, "program.again", text[start:end]))
        elif len(inner) >= 3 and _BEFORE.search(text, max(start - 8, 0), start) and text.count(f"“{inner}”") > 1:
            out.append(NameHit("program", start, end, "program.introduced", text[start:end]))
    return out


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[-1] if found else None


def _tail(text: str, start: int) -> int:
    """The end of the head noun behind a quotation; `start` itself where there is none."""
    stop = start
    while stop < min(start + _LONGEST_TAIL, len(text)) and text[stop] not in _BREAKS:
        stop += 1
    window = text[start:stop]
    if (verb := _verbs().search(window)) is not None:
        window = window[: verb.start()]
    any_head, strong = _heads()
    for heads in (any_head, strong):  # “微光”助学行动|招募: a strong head before a verb ends the name
        match = _last(heads, window)
        if match is not None and (_BEHIND.match(window, match.end()) or heads is strong):
            named = _last(strong, window[: match.start()]) if match[0] in _DOINGS else None
            return start + (named or match).end()
    return start


def _unquoted(passage: Passage, found: Sequence[Hit]) -> Iterable[NameHit]:
    """A strong head with the nouns before it: 健康扶贫工程."""
    text = passage.text
    _, strong = _heads()
    taken = [(h.start, h.end) for h in found if h.kind in ("time", "count", "amount", "rate", "measure", "ordinal")]
    for match in strong.finditer(text):
        start = match.start()
        limit = max(start - _LONGEST_NAME, 0, *(b for _, b in taken if b <= start), 0)
        begin = start
        while begin > limit and text[begin - 1] not in _BREAKS:
            begin -= 1
        begin = _left_edge(passage, begin, start)
        name = text[begin : match.end()]
        if match[0] in ("计划", "行动") and _is_verb(passage, match.end()):
            continue
        if (
            start - begin >= 2
            and text[begin:start] not in _GENERIC
            and not text.startswith(("师", "量", "部", "局", "学院", "方案"), match.end())
        ):
            yield NameHit("program", begin, match.end(), "program.head", name)


def _is_verb(passage: Passage, at: int) -> bool:
    """Whether a verb follows: 计划|新建 is no name."""
    following = passage.words(at, min(at + 4, len(passage)))
    return bool(following) and following[0].tag[0] == "v" and following[0].tag != "vn"


def _left_edge(passage: Passage, begin: int, end: int) -> int:
    """Where the name begins: behind the last verb that governs it, or behind a leading place or pronoun."""
    words = passage.words(begin, end) if end > begin else []
    start = begin
    for word in words:
        if word.tag[0] in "pdcrumf" or word.tag == "ad" or (word.tag[0] == "v" and _verbs().search(word.text)):
            start = word.end
    return start


def _with_full_names(hits: list[NameHit], text: str) -> Iterable[Hit]:
    """Each hit with the fullest form of its name in the passage."""
    full: dict[str, str] = {}
    for hit in hits:
        key = _core(hit.name)
        if len(hit.name) > len(full.get(key, "")):
            full[key] = hit.name
    for hit in hits:
        hit.name = full.get(_core(hit.name), hit.name)
        yield hit


def _core(name: str) -> str:
    match = re.match(r"“([^”]+)”", name)
    return match[1] if match else name
