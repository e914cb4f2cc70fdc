"""How the charts look: fonts, colours, words, and that a notebook shows them as still pictures. Needs altair."""

from __future__ import annotations

from typing import Any

import altair as alt

from baodao.errors import language

__all__ = ["EMPTY", "FAINT", "INK", "KINDS", "MAIN", "PALE", "Still", "finish", "heading", "say", "unit_name"]

# each system has one of these; the first that the machine has is taken, also by vl-convert
FONTS = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, "
    "WenQuanYi Micro Hei, SimHei, DejaVu Sans, sans-serif"
)
INK, FAINT, LINE = "#2b2f33", "#6d747b", "#e3e6e8"
MAIN, PALE, EMPTY = "#2f6f7e", "#a9cbd1", "#f1f3f2"  # exact, hedged, nothing
KINDS = {"count": "#2f6f7e", "amount": "#c8963e", "rate": "#8a9a5b", "measure": "#8b6f9c"}

_WORDS = {
    "facts": ("按{by}计事实数", "facts by {by}"),
    "sum": ("按{by}合计（{unit}）", "sum by {by} ({unit})"),
    "exact": ("确数", "exact"),
    "hedged": ("约数（约、余、近）", "hedged (about, over, …)"),
    "count": ("数量", "count"),
    "amount": ("金额", "amount"),
    "rate": ("比率", "rate"),
    "measure": ("度量", "measure"),
    "region": ("地区", "region"),
    "province": ("省份", "province"),
    "program": ("项目", "program"),
    "unit": ("单位", "unit"),
    "kind": ("种类", "kind"),
    "what": ("事物", "thing"),
    "actor": ("主体", "actor"),
    "year": ("年", "year"),
    "quarter": ("季", "quarter"),
    "month": ("月", "month"),
    "day": ("日", "day"),
    "none": ("{n} 条没有{by}", "{n} without {by}"),
    "rest": ("另有 {n} 个{by}未画", "{n} more not drawn: {by}"),
    "coarse": ("另有 {n} 条时间较粗或未完", "{n} more whose time is coarser or open"),
    "undated": ("{n} 条没有时间", "{n} without time"),
    "country": ("全国 {n} 条未画", "{n} about the whole country not drawn"),
    "nowhere": ("{n} 条没有地区", "{n} without region"),
    "nothing": ("没有可画的事实", "no facts to draw"),
}
_MONEY = {"CNY": ("元", "CNY"), "USD": ("美元", "USD"), "HKD": ("港元", "HKD")}


class Still(alt.LayerChart):
    """A layered chart that a notebook shows as a picture, unless another renderer of altair is switched on."""

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **options)
        import vl_convert

        spec = self.to_dict()
        return {
            "image/svg+xml": vl_convert.vegalite_to_svg(spec),
            "image/png": vl_convert.vegalite_to_png(spec, scale=2),  # for notebooks that are not trusted
            "text/plain": f"{type(self).__name__}({spec.get('title', {}).get('text', '')})",
        }


def say(key: str, **fields: object) -> str:
    """A word in the reader's language."""
    return _WORDS[key][language() != "zh"].format(**fields) if key in _WORDS else key


def unit_name(unit: str) -> str:
    """A unit as the reader writes it."""
    return _MONEY[unit][language() != "zh"] if unit in _MONEY else unit


def heading(unit: str | None, by: str) -> str:
    """What a chart shows: facts counted, or a unit added up."""
    return say("sum", by=say(by), unit=unit_name(unit)) if unit else say("facts", by=say(by))


def finish(layers: list[Any], title: str, notes: list[str], **size: Any) -> Still:
    """The layers as one chart with title, notes below it, and our look."""
    chart = Still(layer=layers, title=alt.TitleParams(title, subtitle=[" · ".join(notes)] if notes else []), **size)
    looked: Still = (
        chart.configure(font=FONTS, background="white", padding=14)
        .configure_view(stroke=None)
        .configure_title(
            anchor="start", fontSize=15, fontWeight=600, color=INK, subtitleColor=FAINT, subtitleFontSize=11.5,
            offset=12, subtitlePadding=4,
        )
        .configure_axis(
            labelColor=INK, titleColor=FAINT, labelFontSize=12, titleFontSize=11.5, titleFontWeight="normal",
            gridColor=LINE, domainColor=LINE, tickColor=LINE,
        )
        .configure_legend(
            labelColor=INK, labelFontSize=11.5, title=None, orient="top", direction="horizontal", symbolType="square",
            labelLimit=240, offset=9,
        )
    )  # fmt: skip
    return looked
