"""Persons: an office and a name (主席黄某), a name and its office, bylines.

In: a passage. Out: `NameHit`s of kind person with the printed office as `title`. Names are judged by their
surname (`data/lexicon/surnames.txt`) and by what stands beside them; there is no dictionary of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import ahocorasick_rs

from baodao.records.light import Hit, NameHit
from baodao.resources import read_words
from baodao.text.passage import Passage

__all__ = ["find_persons"]

_HAN = re.compile(r"[一-鿿]")
_AFTER = frozenset(",。;:!?、()“”说表示道称告的在和与等为是把将对从向介一出主带到接又就也都认指强讲宣参率率会前\n /")
_VERBS = frozenset(
    (
        "表示",
        "介绍",
        "告诉",
        "强调",
        "指出",
        "认为",
        "说道",
        "坦言",
        "回忆",
        "带领",
        "出席",
        "主持",
        "透露",
        "感慨",
        "参加",
    )
)
# what stands beside a person's name that no office announces, and what ends words that only look like names
_BEFORE = frozenset("。;:!?、“”() \n,.和与由被像叫是员长师家名授士人生手者")
_BEHIND = frozenset("。说是在被一全老已也还告介表先同带、,就和与从对把给当又才最自不每想 ")
_COMMON_ENDS = frozenset("会县区社率性感品书周市镇乡村站局部院校厂店线路号车队组网赛奖委办厅化型式类期度量值")
_COUNTRIES = frozenset("卢森堡 黎巴嫩 马耳他 莫桑比 汤加人".split())
_NOT_NAMES = re.compile(
    r"^(?:和|与|于|有|在|时|都|应|能|从|向|对|关于|成为|全体|全部|广大|国际|万人|强调|相关|方面|还|曾|常|须|应当|华侨|代表|温暖|高度|高兴|程序|安排|安全|安装|石油|金融|金额|水平|水利|水库|牛羊|马上|马路|马拉|常态|常见|常委|常年|易地|时间|时候|时代|明确|明年|明显|明天|江西|江苏|湖|黄金|黄河|白天|白菜|方式|方案|方向|方便|方舱|万元|万户|万亩|万里|车辆|车间|车站|支持|支部|支援|支付|计划|计算|成功|成立|成长|成本|古老|古代|边境|边疆|连续|连接|连片|连日|于是|左右|尤其|严格|严重|严峻|容易|通过|通知|通信|通常|充分|充满|阳光|阳性|路段|路线|路面|宣传|宣讲|宣布|单位|单独|项目|祝贺|华人|平台|平均|平安|平等|平方|曾经|习惯|沙漠|党员|党的|党建|党委|管理|管控|关心|关键|关注|关爱|和谐|和平|经济|经过|经验|经营|解决|解放|解读|应急|应用|应对|家庭|家长|国家|国内|国务|施工|施行|巩固|司法|司机|余名|后来|后续|后期|相互|相当|师生|师傅|盛大|包括|包含|利用|利益|权益|权利|封闭|都是|桥梁|双方|全国|全面|全市|全区|全县|全省|全程|全家|班子|段时间|花费|顾问|乐观|危险|童年|宗教|冷链|红色|红军|海外|海关|钱款|毛巾|文化|文明|文艺|文件|幸福|葛根|洪水|农村|农民|农业|农户|农家|麻醉|满意|满足|能力|能够|能源|谈判|欧洲|东部|东西|东风|越南|越来|空气|空间|国道|房屋|房子|景区|景观|龙头|叶子|年轻|年龄|年度|年人|哈萨|谷物|牧民|牧区|山区|山东|山西|山村|云南|云计|向前|常务|车队|季度|甘肃|宁夏|贵州|苏州|鲁|冀|豫|粤|沪|浙|辽|陕|皖)"
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


@cache
def _titles() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    titles = read_words("lexicon/office_titles.txt")
    return ahocorasick_rs.AhoCorasick(list(titles), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), titles


def find_persons(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the persons of `passage`, left to right.

    >>> passage = Passage.whole("县妇联主席罗小芳说,志愿者陈某表示")
    >>> [(passage.text[h.start : h.end], h.title) for h in find_persons(passage)]
    [('罗小芳', '主席'), ('陈某', '志愿者')]
    """
    text = passage.text
    automaton, titles = _titles()
    known: dict[str, str] = {}
    hits: list[NameHit] = []
    last = 0
    for index, _, end in automaton.find_matches_as_indexes(text):
        at = end
        while at is not None and at < len(text):
            skip = at + (text[at] in " ::")
            size = _name_size(text, skip)
            if not size or skip < last:
                break
            name = text[skip : skip + size]
            hits.append(NameHit("person", skip, skip + size, "person.title", name, title=titles[index]))
            known.setdefault(name, titles[index])
            last = skip + size
            more = (text[last : last + 1] in ("、", " ", "/") and passage.role == "byline") or text[
                last : last + 1
            ] in ("、", "/")
            at = last + 1 if more else len(text)
    spans = [(hit.start, hit.end) for hit in hits]
    for start, end in _unannounced(passage):
        if not any(a < end and start < b for a, b in spans):
            hits.append(NameHit("person", start, end, "person.surname", text[start:end]))
            known.setdefault(text[start:end], "")
    taken = {hit.start for hit in hits}
    for name, title in known.items():
        at = text.find(name)
        while at >= 0:
            if at not in taken:
                hits.append(NameHit("person", at, at + len(name), "person.again", name, title=title))
                taken.add(at)
            at = text.find(name, at + len(name))
    return sorted(hits, key=lambda hit: hit.start)


def _unannounced(passage: Passage) -> Iterable[tuple[int, int]]:
    """Names of three characters without an office: a common surname, a name's place in the clause."""
    text = passage.text
    if len(text) < 3:
        return
    for word in passage.words(0, len(text)):
        if word.tag != "nr" or len(word.text) != 3 or word.text[0] not in _common_surnames():
            continue
        before, after = text[word.start - 1 : word.start] or "\n", text[word.end : word.end + 1] or "。"
        if word.text[-1] not in _COMMON_ENDS and before in _BEFORE and after in _BEHIND and word.text not in _COUNTRIES:
            yield word.start, word.end


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/common_surnames.txt"))


def _name_size(text: str, at: int) -> int:
    """The length of the name that begins at `at`; 0 where none does."""
    surnames = _surnames()
    if at >= len(text) or _NOT_NAMES.match(text[at : at + 3]):
        return 0
    family = 2 if text[at : at + 2] in surnames else 1 if text[at] in surnames else 0
    if not family:
        return 0
    for given in (2, 1):
        end = at + family + given
        name = text[at:end]
        if text[end - 1 : end + 1] in _VERBS:
            continue
        if (
            len(name) == family + given
            and all(_HAN.match(c) for c in name)
            and (end == len(text) or text[end] in _AFTER)
        ):
            return family + given
    return 0
