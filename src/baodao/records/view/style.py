"""How views look, and the two frames they stand in: a notebook cell, an offline document.

Colors of marks and lines are translucent over whatever stands behind them, so that one sheet serves light and dark
notebooks; only the document brings a background of its own. Where styles are stripped (untrusted notebooks)
the elements alone carry the view: mark, sup, abbr, details, table.
"""

from __future__ import annotations

from baodao.markup import element, escaped

__all__ = ["SHEETS", "document", "fragment"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_VIEW = """
.baodao{font:16px/1.9 "PingFang SC","Hiragino Sans GB","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",
system-ui,sans-serif;max-width:60em;overflow-wrap:anywhere;text-align:start}
.baodao article{margin:0 0 2.8em}
.baodao h2,.baodao .bd-over{font-family:"Songti SC","Noto Serif CJK SC","Source Han Serif SC","Microsoft YaHei",serif}
.baodao h2{font-size:1.5em;line-height:1.45;font-weight:700;margin:.1em 0 .2em;max-width:27em;border:0;padding:0}
.baodao h3{font-size:1em;margin:1em 0 .2em;max-width:40em}
.baodao .bd-over{line-height:1.6;margin:.2em 0;max-width:40em}
.baodao .bd-small{font-size:.8125em;line-height:1.7;margin:.3em 0;opacity:.8;max-width:49em}
.baodao .bd-text{margin:.5em 0;max-width:40em;text-indent:2em;white-space:pre-wrap;text-align:justify}
.baodao blockquote{margin:.9em 0;padding:0 0 0 1em;border:0;border-left:3px solid rgb(128 128 128/.4);max-width:38em}
.baodao mark{--a:.15;--tint:rgb(128 128 128/var(--a));--line:transparent 0 1px;color:inherit;padding:0 .06em;
word-break:keep-all;background:repeating-linear-gradient(90deg,var(--line)) 0 calc(50% + .66em)/100% 2px no-repeat,
linear-gradient(var(--tint),var(--tint)) 0 50%/100% 1.34em no-repeat}
.baodao .bd-count{--tint:rgb(245 170 0/var(--a))}.baodao .bd-amount{--tint:rgb(240 95 40/var(--a))}
.baodao .bd-rate{--tint:rgb(60 165 60/var(--a))}.baodao .bd-measure{--tint:rgb(135 95 225/var(--a))}
.baodao .bd-time{--tint:rgb(50 135 215/var(--a))}.baodao .bd-region{--tint:rgb(0 160 150/var(--a))}
.baodao .bd-organization{--tint:rgb(160 115 65/var(--a))}.baodao .bd-program{--tint:rgb(225 65 125/var(--a))}
.baodao .bd-organization,.baodao .bd-program{word-break:normal}
.baodao .bd-fact{--a:.26;text-wrap:nowrap;--line:rgb(200 135 0/.9) 0 1px}
.baodao .bd-doubt{--line:rgb(215 65 50/.95) 0 5px,transparent 5px 8px}
.baodao mark a{color:inherit;text-decoration:none}
.baodao sup{font-size:.625em;line-height:0;opacity:.85;margin:0 .1em 0 .15em;user-select:none;white-space:nowrap}
.baodao a:focus-visible,.baodao summary:focus-visible{outline:2px solid currentColor}
.baodao abbr{text-decoration:underline dotted;text-underline-offset:.25em;cursor:help}
.baodao details{margin:.8em 0}.baodao summary{cursor:pointer;font-size:.875em}
.baodao .bd-wide{overflow-x:auto}
.baodao table{border-collapse:collapse;border:0;font-size:.8125em;line-height:1.5;margin:.4em 0}
.baodao .bd-facts{min-width:58em}
.baodao .bd-wide tr,.baodao .bd-wide tbody tr:nth-child(n){background:none}
.baodao .bd-wide tbody tr:hover{background:rgb(128 128 128/.1)}
.baodao .bd-wide th,.baodao .bd-wide td{border:0;border-bottom:1px solid rgb(128 128 128/.3);padding:.35em .9em .35em 0;
text-align:start;vertical-align:top;max-width:15em;white-space:normal}
.baodao .bd-wide .bd-keep{white-space:nowrap}
.baodao thead th{font-weight:600;vertical-align:bottom}.baodao small{font-size:.85em;font-weight:400;opacity:.8}
.baodao thead small{display:block;white-space:nowrap}
.baodao .bd-wide .bd-n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
.baodao caption{caption-side:bottom;text-align:start;opacity:.8;padding:.4em 0}
@media(max-width:44em){.baodao .bd-text{text-align:start}}
"""

_DOCUMENT = """
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#24221f;--link:#0a5ea8}
@media(prefers-color-scheme:dark){:root{--paper:#1b1a19;--ink:#e2dfd8;--link:#8ab8e6}}
body{margin:0;padding:2.2em clamp(1em,5vw,4em) 4em;background:var(--paper);color:var(--ink)}
.baodao{margin:0 auto}.baodao h1{font-size:1em;line-height:1.6;margin:0}
.baodao nav{margin:0 0 2.8em;padding:0 0 1em;border-bottom:1px solid rgb(128 128 128/.3)}
.baodao nav ol{font-size:.875em;line-height:1.7;margin:.8em 0;padding-left:1.6em}
.baodao a{color:var(--link)}
.baodao mark,.baodao tr,.baodao article{scroll-margin-top:30vh}.baodao article{scroll-margin-top:1em}
.baodao :target{outline:2px solid var(--link);outline-offset:1px}.baodao article:target{outline:0}
.baodao .bd-wide tbody tr:target{background:rgb(50 135 215/.16)}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000}body{padding:0}.baodao{font-size:10.5pt;max-width:none}
.baodao mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}.baodao tr{break-inside:avoid}
.baodao h2{break-after:avoid}.baodao nav ol{display:none}.baodao .bd-wide{overflow:visible}}
"""
SHEETS = _VIEW + _DOCUMENT  # of a document


def fragment(content: str) -> str:
    """What a notebook cell shows."""
    return f"<style>{_VIEW}</style>" + element("div", content, css="baodao", lang="zh")


def document(title: str, content: str) -> str:
    """A whole HTML file: nothing is fetched, nothing runs."""
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{SHEETS}</style></head>"
        f"<body>{element('main', content, css='baodao')}</body></html>"
    )
