"""Texts that nobody prints: what repeats without end, what is no character, what opens and never closes."""

from __future__ import annotations

__all__ = ["FAMILIES", "long_text", "pdf_of"]

# name: what is said again and again
FAMILIES = {
    "digits": "1234567890",
    "full-width digits": "１２",
    "magnitudes": "万亿",
    "numerals": "一二三四五六七八九十百千万亿",
    "zeros": "零",
    "points": "1.",
    "commas": "1,",
    "minus": "-1",
    "slashes": "1/",
    "colons": "12:30:",
    "exponents": "1e",
    "spaced digits": "1 ",
    "spaced fractions": "百 分 之 ",
    "fractions": "分之",
    "percent": "%",
    "ordinals": "第3",
    "hyphens": "3-",
    "tildes": "3~",
    "ranges": "从3到5",
    "wide ranges": "3至5万到6亿",
    "money": "3元5角",
    "units": "公里",
    "classifiers": "个",
    "ages": "8岁",
    "frequencies": "每3天",
    "degrees": "℃",
    "hedges": "约",
    "more": "多余",
    "years": "2021年",
    "days": "3月5日",
    "open days": "至3月5日",
    "feasts": "春节",
    "weekdays": "星期一",
    "quarters": "第一季度",
    "open quotes": "“",
    "closed quotes": "”",
    "quotes": "“”",
    "unclosed": "“甲乙丙",
    "brackets": "（）",
    "open brackets": "（",
    "nested": "（“《",
    "unnested": "》”）",
    "titles": "《",
    "pauses": "、",
    "lists": "甲、乙、",
    "lists of numbers": "3、4、",
    "stops": "。",
    "shouts": "！",
    "dashes": "—",
    "ellipses": "…",
    "spaces": " ",
    "wide spaces": "\u3000",
    "tabs": "\t",
    "lines": "\n",
    "windows lines": "\r\n",
    "short lines": "县\n",
    "odd lines": "县\x85\u2028\x0b\x0c",
    "numbers by line": "3\n",
    "right to left": "\u202e\u05d0",
    "combining": "县\u0301",
    "zero width": "\u200b",
    "variants": "县\ufe0f\u200d",
    "nul": "\0",
    "escape": "\x1b[2J",
    "half pairs": "\ud800",
    "astral": "𠮷",
    "private": "\ue000",
    "radicals": "⼥",
    "markup": "<b>&amp;",
    "formulas": "=1+1,",
    "latin": "a",
    "traditional": "婦聯補貼",
    "one character": "县",
    "one word": "志愿者",
    "of": "的",
    "and": "和",
    "places": "湖北省宜昌市樊城区",
    "one place": "朝阳区",
    "tails": "省市县区",
    "all of it": "全市",
    "bodies": "省妇联市总工会县团委",
    "persons": "王小明",
    "surnames": "王",
    "speakers": "王某说，",
    "offices": "主席李小芳、",
    "programs": "“暖春行动”",
    "program heads": "工程计划",
    "fairs": "第九届",
    "reporters": "记者李禾\n",
    "photos": "李禾 摄\n",
    "jumps": "（下转第四版）",
    "headlines": "三座新桥同日通车\n",
    "openings": "本报讯（记者 李禾）某县\n",
    "paragraphs": "县里招募志愿者三百名，建成服务站二十个。\n\n",
    "cut numbers": "三个月里共招收学员25\n",
    "indented": "\u3000\u3000县里建起服务站。\n",
    "facts": "宜昌市妇联招募志愿者1.2万余名，",
    "sparse": "县 里 建 起 ",
}


def long_text(family: str, size: int) -> str:
    """A report whose body is a family said again up to `size` characters."""
    unit = FAMILIES[family]
    return "村里办起夜校\n\n本报讯（记者 李禾）" + (unit * (size // len(unit) + 1))[:size] + "。"


def pdf_of(*objects: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is its catalogue."""
    parts = [b"%PDF-1.4\n"] + [b"%d 0 obj" % number + body + b"endobj\n" for number, body in enumerate(objects, 1)]
    starts = [sum(map(len, parts[:number])) for number in range(1, len(parts))]
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(parts)
    tail = b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (size, sum(map(len, parts)))
    return b"".join(parts) + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail
