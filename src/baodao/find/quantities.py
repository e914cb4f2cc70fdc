"""Numbers and what they are counted in: counts, amounts, rates, measures, ages, durations, ordinals.

In: a passage. Out: `QuantityHit`s with exact values, the hedge split from the number, the unit as printed
(ISO 4217 for money). Numerals are read by `text.numerals`; units are `data/units.csv`; words whose numerals
measure nothing are `data/lexicon/number_words.txt`. Authority: FACTS.md (span, value, bound, unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from baodao.find.hedges import Hedge, hedge_after, hedge_before, hedge_verb
from baodao.records.light import Hit, QuantityHit
from baodao.resources import read_csv, read_words
from baodao.text.numerals import NumeralError, parse_number
from baodao.text.passage import Passage

__all__ = ["find_quantities"]

_SMALL = "零〇一二三四五六七八九两俩仨壹贰叁肆伍陆柒捌玖"
_BIG = "十百千万亿拾佰仟廿卅兆"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,12})?[百千万亿]{0,2}(?:\d{1,4}(?:\.\d{1,6})?[百千万]{1,2}){0,2}"
_CHINESE = rf"[{_SMALL}{_BIG}]{{1,20}}(?:点[{_SMALL}]{{1,8}}[百千万亿]{{0,2}})?"
_MORE = "[多余几来]"
# a numeral, a hedge inside it (40多万), the magnitude behind the hedge
_NUMBER = re.compile(
    rf"(?=[\d{_SMALL}{_BIG}数几半])(?:"
    rf"(?P<fraction>(?P<whole>[{_SMALL}\d]{{1,4}}又)?(?P<under>[{_SMALL}{_BIG}\d]{{1,8}})分之(?P<over>[{_SMALL}{_BIG}\d]{{1,12}}(?:[.点][{_SMALL}\d]{{1,8}})?(?:多|余|几)?))"
    rf"|(?P<slash>\d{{1,3}}/\d{{1,3}})(?![\d/])"
    rf"|(?P<half>半数|半)"
    rf"|(?P<vague>[数几][十百千万亿]{{1,3}})"
    rf"|(?P<few>几)"
    rf"|(?P<number>{_ARABIC}|{_CHINESE})(?:(?P<more>{_MORE})(?P<scale>[百千万亿]{{0,2}}))?"
    rf")"
)
_MORE_BEHIND = frozenset(("measure", "amount", "duration", "age", "rate"))
_JOIN = re.compile(r"[-—–~～至到]{1,2}")
_ADJACENT = re.compile(rf"(?P<tens>[{_SMALL}]?[十百千])?(?P<a>[{_SMALL}])(?P<b>[{_SMALL}])(?P<scale>[{_BIG}]{{0,3}})")
_MONEY_AFTER = re.compile(
    r"的?(?:[一-鿿“”]{0,8}?)(?:资金|基金|贷款|投资|专款|善款|补贴|债券|赔偿|安家费|经费|奖金|收入|工程款|货款|欠款|定金|存款|订单|项目资金|税)"
)
_MONEY_BEFORE = re.compile(
    r"(?:资金|收入|投资|贷款|产值|利润|营收|销售额|总额|金额|价值|经济|捐款|成本|债务|税收|补贴|预算|花费|投入|税|费|税费|售价|市值|补偿|赔偿|奖励|欠款|支出|元|出资|投资了|花了|赚了|挣了|赚|挣|罚款|融资|余额|规模)(?:总额|总量|额)?(?:约|近|达到|达|超过|超|仅|共|为|已|逾|突破|了|从|由|的|年|有|是|不到|不足|至|增加|到|降至|增至){0,3}$"
)
_CALENDAR = frozenset("月日号时年世分后强村元点届#路线")  # a bare number before these counts nothing
_ORDINAL = re.compile(r"第$")
_CJK = re.compile(r"[一-鿿“]")
# nouns that stand right behind a small numeral without a classifier: 三部门, 四省区, 两国
_BARE = re.compile(r"(?:部门|省|市县|市|县|区|州|国|校|院|村|镇|乡|部委|单位|地|方|家人|姐妹|兄弟|人)")


class Unit(NamedTuple):
    """A row of `units.csv`."""

    text: str
    kind: str
    base: str
    factor: str


class _Amount(NamedTuple):
    """The number of an expression before its unit is known."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    end: int
    start: int
    fraction: tuple[int, int] | None = None
    rate: bool = False
    rule: str = "number"


@cache
def _units() -> tuple[dict[str, Unit], int]:
    table = {row["unit"]: Unit(row["unit"], row["kind"], row["base"], row["factor"]) for row in read_csv("units.csv")}
    return table, max(map(len, table))


@cache
def _words() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        sorted(set(read_words("lexicon/number_words.txt"))),
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    )


def find_quantities(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the quantities of `passage`, left to right.

    >>> passage = Passage.whole("招募1.2万余名志愿者,约占92%")
    >>> [(passage.text[h.start : h.end], h.kind, int(h.value), h.unit, h.bound) for h in find_quantities(passage)]
    [('1.2万余名', 'count', 12000, '名', 'over'), ('92%', 'rate', 92, '%', 'about')]

    Args:
        passage: the text.
        found: hits of earlier finders; a number inside a time is not read again.
    """
    text = passage.text
    blocked = [(h.start, h.end) for h in found if h.kind == "time"]
    at = block = 0
    words = iter(_words().find_matches_as_indexes(text))
    word = next(words, None)
    while (match := _NUMBER.search(text, at)) is not None:
        start = match.start()
        at = match.end()
        while word is not None and word[2] <= start:
            word = next(words, None)
        if word is not None and word[1] <= start < word[2] and match.end() <= word[2]:
            at = max(at, word[2])
            continue
        while block < len(blocked) and blocked[block][1] <= start:
            block += 1
        if block < len(blocked) and blocked[block][0] <= start:
            at = max(blocked[block][1], at if blocked[block][1] >= at else blocked[block][1])
            continue
        hit = _read(text, match)
        if hit is not None:
            yield hit
            at = max(at, hit.end)


def _read(text: str, match: re.Match[str]) -> QuantityHit | None:
    """The quantity at a numeral; None where it measures nothing."""
    start = match.start()
    before = text[start - 1] if start else ""
    if before and before.isascii() and (before.isalnum() or before in "./_#"):
        return None
    amount = _amount(text, match)
    if amount is None:
        return None
    symbol = before if before in "$￥¥€£" else ""
    if _ORDINAL.search(text, max(start - 1, 0), start):
        return _ordinal(text, amount)
    amount, unit, end = _extend(text, amount)
    if amount.rule == "phone":
        return None
    return _compose(text, amount, unit, end, symbol)


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    start, end = match.span()
    if match["fraction"]:
        return _fraction(match)
    if match["slash"]:
        over, under = map(int, match["slash"].split("/"))
        if under < 2 or over >= under:
            return None
        return _Amount(
            Decimal(over) / under * 100, None, None, "exact", end, start, (over, under), True, "rate.fraction"
        )
    if match["half"]:
        return _half(text, match)
    if match["vague"]:
        low = parse_number("一" + match["vague"][1:])
        return _Amount(None, low, low * 10 - 1, "vague", end, start, rule="number.vague")
    if match["few"]:
        return _Amount(None, Decimal(1), Decimal(9), "vague", end, start, rule="number.few")
    return _plain(text, match)


def _plain(text: str, match: re.Match[str]) -> _Amount | None:
    start, end = match.span()
    numeral, more, scale = match["number"], match["more"], match["scale"] or ""
    if (adjacent := _ADJACENT.fullmatch(numeral)) is not None and (pair := _pair(adjacent)) is not None:
        return _Amount(pair[0], *pair, "range", end, start, rule="number.adjacent")
    if numeral[0] in "百千万亿" and text[max(start - 1, 0) : start] == "上":
        return _Amount(parse_number(numeral + scale), None, None, "over", end, start - 1, rule="number.above")
    if more == "来" and text[end : end + 1] in "自到源往":
        more, scale, end = None, "", match.start("more")
    if more == "几" and scale == "" and numeral[-1] not in "十百千0":
        more, end = None, match.start("more")
    try:
        value = parse_number(numeral + scale)
    except NumeralError:
        return None
    if more == "几":
        step = parse_number("一" + scale) if scale else Decimal(1)
        return _Amount(None, value + step, value + 9 * step, "vague", end, start, rule="number.tens")
    bound = "over" if more else "exact"
    return _Amount(value, None, None, bound, end, start, rule="number.more" if more else "number")


def _pair(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """三四百: two neighbouring digits are a range."""
    a, b = parse_number(match["a"]), parse_number(match["b"])
    scale = match["scale"] or ""
    tens = match["tens"] or ""
    if b - a != 1 or a < 1 or (tens and len(tens) == 1 and tens != "十"):
        return None
    base = parse_number(tens) if tens else Decimal(0)
    size = parse_number("一" + scale) if scale else Decimal(1)
    if tens and tens[-1] != "十":
        return None
    return (base + a) * size, (base + b) * size


def _fraction(match: re.Match[str]) -> _Amount | None:
    over = match["over"]
    more = over[-1] in "多余几"
    try:
        top = parse_number((over[:-1] if more else over).replace("点", "点"))
        under = parse_number(match["under"])
        whole = parse_number(match["whole"][:-1]) if match["whole"] else Decimal(0)
    except NumeralError:
        return None
    if under == 0:
        return None
    kept = (int(top), int(under)) if top == int(top) and under not in (100, 1000) else None
    value = (whole + top / under) * 100
    return _Amount(
        value,
        None,
        None,
        "over" if more else "exact",
        match.end(),
        match.start(),
        kept,
        True,
        "rate.fraction",
    )


def _half(text: str, match: re.Match[str]) -> _Amount | None:
    start, end = match.span()
    if match["half"] == "半数":
        return _Amount(Decimal(50), None, None, "exact", end, start, (1, 2), True, "rate.half")
    if text[max(start - 1, 0) : start] in ("一", "过"):
        bound = "over" if text[start - 1] == "过" else "exact"
        return _Amount(Decimal(50), None, None, bound, end, start - 1, (1, 2), True, "rate.half")
    return None


def _extend(text: str, first: _Amount) -> tuple[_Amount, Unit | None, int]:
    """The unit behind a number, or behind the range that the number opens."""
    unit = None if first.rate else _unit(text, first.end)
    end = first.end + (len(unit.text) if unit else 0)
    join = _JOIN.match(text, end)
    if join is None or first.bound not in ("exact",) or (first.rate and first.fraction is None):
        return first, unit, end
    match = _NUMBER.match(text, join.end())
    if match is None or (second := _amount(text, match)) is None or second.value is None or first.value is None:
        return first, unit, end
    other = None if second.rate else _unit(text, second.end)
    low = first.value
    if first.rate != second.rate:
        return first, unit, end
    if unit is None and other is None and not first.rate:
        digits = text[first.start : first.end]
        if join[0] in "-—–" and digits.isdigit() and (len(digits) > 4 or len(digits) < 2):
            return first._replace(rule="phone"), None, end
        return first, unit, end
    if unit is not None and other is not None and unit.kind != other.kind:
        return first, unit, end
    if text[first.start - 1 : first.start] in ("从", "由") and join[0] in ("到", "至"):
        return first, unit, end
    if other is not None and low < second.value and unit is None:
        carried = text[match.start() : match.end()].lstrip("0123456789.,")
        if (
            carried in ("万", "亿", "千", "百", "万亿")
            and low * 10 <= second.value
            and text[first.start : first.end][-1] not in "百千万亿"
        ):
            low *= parse_number("一" + carried)
    if low >= second.value:
        return first, unit, end
    amount = first._replace(low=low, high=second.value, value=low, bound="range", end=second.end, rule="number.range")
    chosen = other or unit
    return amount, chosen, second.end + (len(other.text) if other else 0)


def _unit(text: str, at: int) -> Unit | None:
    table, longest = _units()
    for size in range(min(longest, len(text) - at), 0, -1):
        unit = table.get(text[at : at + size])
        if unit is not None and _fits(text, at, unit):
            return unit
    return None


def _fits(text: str, at: int, unit: Unit) -> bool:
    """Whether the characters are the unit and not the beginning of a word."""
    following = text[at + len(unit.text) : at + len(unit.text) + 1]
    if unit.text.isascii() and unit.text.isalpha():
        return not (following.isascii() and following.isalpha())
    return text[at : at + 2] not in _NOT_UNITS


_NOT_UNITS = frozenset(
    [
        "人民",
        "人士",
        "人口",
        "人员",
        "人才",
        "人均",
        "人类",
        "人大",
        "人为",
        "人工",
        "人日",
        "户主",
        "户口",
        "户籍",
        "户外",
        "户均",
        "群众",
        "群体",
        "群岛",
        "成年",
        "成人",
        "成家",
        "大学",
        "大会",
        "大家",
        "大力",
        "大道",
        "大街",
        "大队",
        "大型",
        "大中",
        "大厦",
        "大学生",
        "大桥",
        "大地",
        "大量",
        "大小",
        "大幅",
        "大米",
        "大使",
        "大豆",
        "大棚",
        "家长",
        "家庭",
        "家政",
        "家族",
        "家属",
        "条件",
        "条例",
        "件事",
        "种植",
        "种子",
        "种田",
        "种粮",
        "部门",
        "部队",
        "部委",
        "部长",
        "部分",
        "口岸",
        "口罩",
        "口号",
        "位于",
        "位居",
        "位列",
        "位置",
        "场所",
        "场地",
        "项目",
        "组织",
        "组成",
        "组建",
        "级别",
        "类似",
        "所有",
        "所在",
        "个体",
        "个性",
        "名义",
        "名列",
        "名为",
        "名叫",
        "次日",
        "次年",
        "年级",
        "年代",
        "天下",
        "天然",
        "天气",
        "天津",
        "天空",
        "成为",
        "成功",
        "成立",
        "成员",
        "成果",
        "成本",
        "成绩",
        "成效",
        "成熟",
        "道路",
        "道德",
        "里面",
        "里程",
        "里约",
        "方面",
        "方式",
        "方法",
        "方案",
        "方向",
        "方针",
        "方舱",
        "分别",
        "分钟",
        "分析",
        "分布",
        "台湾",
        "台风",
        "台商",
        "台胞",
        "座谈",
        "座位",
        "处理",
        "处置",
        "处罚",
        "处于",
        "处长",
        "号召",
        "号码",
        "对口",
        "对于",
        "对外",
        "对策",
        "对接",
        "对象",
        "对话",
        "对方",
        "队伍",
        "队员",
        "队长",
        "班子",
        "班长",
        "团队",
        "团结",
        "团员",
        "团委",
        "代表",
        "代理",
        "面积",
        "面向",
        "面临",
        "面对",
        "面貌",
        "章程",
        "克服",
        "节约",
        "节目",
        "节日",
        "节能",
        "点赞",
        "点评",
        "线上",
        "线下",
        "线路",
        "步入",
        "步伐",
        "度过",
        "度假",
        "期间",
        "期待",
        "期末",
        "批准",
        "批评",
        "批发",
        "起来",
        "起到",
        "起诉",
        "例如",
        "例会",
        "车辆",
        "车间",
        "车站",
        "车型",
        "船舶",
        "头部",
        "头条",
        "片区",
        "层次",
        "层面",
        "层级",
        "段落",
        "门口",
        "门票",
        "门户",
        "门诊",
        "路线",
        "路段",
        "路口",
        "路面",
        "行业",
        "行动",
        "行政",
        "行为",
        "回家",
        "回归",
        "回升",
        "回落",
        "回收",
        "回应",
        "回顾",
        "手机",
        "手段",
        "手续",
        "手工",
        "把握",
        "把关",
        "盘活",
        "单位",
        "单元",
        "单独",
        "案件",
        "案例",
        "标准",
        "标志",
        "卡口",
        "阵地",
        "届时",
        "尺寸",
        "码头",
        "担任",
        "担当",
        "担心",
        "元旦",
        "元素",
        "元首",
        "块链",
        "角度",
        "角色",
        "镑重",
        "米粉",
        "米面",
        "安全",
        "安排",
        "安装",
        "安置",
        "安心",
        "瓦斯",
        "顷刻",
    ]
)


def _ordinal(text: str, amount: _Amount) -> QuantityHit | None:
    unit = _unit(text, amount.end)
    end = amount.end + (len(unit.text) if unit else 0)
    return QuantityHit(
        "ordinal", amount.start - 1, end, "ordinal", amount.value, unit=unit.text if unit else "",
        number=(amount.start, amount.end),
    )  # fmt: skip


def _compose(text: str, amount: _Amount, unit: Unit | None, end: int, symbol: str) -> QuantityHit | None:
    """Put number, unit and hedges together, and say what kind of quantity it is."""
    number = (amount.start, amount.end)
    left = hedge_before(text, amount.start - len(symbol))
    over_unit = unit is not None and unit.kind in _MORE_BEHIND and _more_behind(text, end)
    end += over_unit
    right = hedge_after(text, end)
    kind, printed, factor = _kind(text, amount, unit, end, symbol)
    if kind is None:
        return None
    start = left.start if left else amount.start - len(symbol)
    bound = _bound(text, amount, left, right, over_unit)
    scale = Decimal(factor)
    value, low, high = (v * scale if v is not None else None for v in (amount.value, amount.low, amount.high))
    seconds = _seconds(unit, value) if kind == "duration" and unit and value is not None else None
    return QuantityHit(
        kind, start, right.end if right else end, _rule(kind, amount, unit), value, low, high, bound, printed, number,
        amount.fraction, seconds,
    )  # fmt: skip


def _more_behind(text: str, end: int) -> bool:
    """Whether 多 or 余 stands behind the unit (3公里多), and does not begin a word (3年多次)."""
    return text[end : end + 1] in ("多", "余") and text[end + 1 : end + 2] not in (
        "数",
        "种",
        "元",
        "样",
        "项",
        "次",
        "年",
        "名",
    )


def _rule(kind: str, amount: _Amount, unit: Unit | None) -> str:
    tail = amount.rule.partition(".")[2] or ("plain" if unit else "bare")
    return f"{kind}.{tail}"


def _bound(text: str, amount: _Amount, left: Hedge | None, right: Hedge | None, over_unit: bool) -> str:
    if amount.bound in ("range", "vague"):
        return amount.bound
    if amount.bound == "over" or over_unit:
        return "over"
    for hedge in (left, right):
        if hedge is not None:
            return hedge.bound
    return hedge_verb(text, amount.start)


def _seconds(unit: Unit, value: Decimal) -> Decimal | tuple[Decimal, Decimal]:
    low, high = value * Decimal(unit.base), value * Decimal(unit.factor)
    return low if low == high else (low, high)


def _kind(text: str, amount: _Amount, unit: Unit | None, end: int, symbol: str) -> tuple[str | None, str, str]:
    """Kind, printed unit and factor; kind None where the number is no quantity."""
    if amount.rate:
        return "rate", "%", "1"
    if symbol:
        return "amount", {"$": "USD", "€": "EUR", "£": "GBP"}.get(symbol, "CNY"), "1"
    printed = text[amount.start : amount.end]
    if unit is None:
        return _bare(text, amount, printed)
    if unit.kind == "amount":
        return "amount", unit.base, unit.factor
    if unit.kind == "rate":
        return "rate", unit.base, unit.factor
    if unit.kind == "measure":
        return "measure", unit.text, "1"
    if unit.kind == "duration":
        return "duration", unit.text, "1"
    if unit.kind == "age":
        return "age", unit.text, "1"
    if unit.text == "个" and printed.endswith(("亿", "万")) is False and text[end : end + 1] == "亿":
        return "amount", "CNY", "100000000"
    return "count", unit.text, "1"


def _bare(text: str, amount: _Amount, printed: str) -> tuple[str | None, str, str]:
    """A number without a unit: money, a count of the noun behind it, or a bare number."""
    after = text[amount.end : amount.end + 12]
    if after[:1] in _CALENDAR and len(after) > 0:
        return None, "", "1"
    if amount.bound == "vague" and amount.high is not None and amount.high < 10:
        return None, "", "1"
    sized = printed[-1] in "万亿" or "万" in printed or "亿" in printed
    if sized and (_MONEY_AFTER.match(after) or _MONEY_BEFORE.search(text, max(amount.start - 24, 0), amount.start)):
        return "amount", "CNY", "1"
    arabic = printed[0].isdigit()
    if len(printed) == 1 and not arabic:
        if printed in "百千万亿":
            return None, "", "1"
        if printed == "零":
            return (
                ("count", "", "1")
                if text[amount.start - 1 : amount.start] in ("为", "至", "到", "从", "由")
                else (None, "", "1")
            )
        return ("count", "", "1") if _BARE.match(after) and printed not in "一零〇" else (None, "", "1")
    if sized or (arabic and _CJK.match(after)):
        return "count", "", "1"
    if not arabic:
        return ("count", "", "1") if _CJK.match(after) and len(printed) > 1 and _BARE.match(after) else (None, "", "1")
    return "number", "", "1"


def iter_numbers(text: str) -> Iterator[str]:
    """The numerals of a text as printed; for tests of the scanner."""
    return (match[0] for match in _NUMBER.finditer(text))
