"""What is odd about a text as a whole: refusals and notes, each with its code (UX.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from baodao.errors import either
from baodao.readers.limits import MOST_CHARACTERS
from baodao.records.source import well_formed
from baodao.text.normalize import radical_count, traditional_share

__all__ = ["Finding", "Opened", "check_text", "mend_text"]

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2e80-\u2ef3\u2f00-\u2fd5\U00020000-\U0003134f]+")
_KANA = re.compile("[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
_MOJIBAKE = re.compile("[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2018-\u203a]{2}")
_HANGUL = re.compile("[\uac00-\ud7af]")
_PATH = re.compile(
    r"(?i)^[^\n\r。，！？]{1,260}\.(?:txt|html?|pdf|docx?|jsonl?|csv|parquet|xml|md)$|^(?:[a-z]:\\|/|\./|\.\./|~/)[^\n\r]{1,260}$"
)
_FEW_HAN = 0.1  # a text with a smaller share of Han letters is not Chinese
_MANY_KANA = 0.2  # one with more kana is Japanese
_TRADITIONAL = 0.05
_BOOK = 500_000  # characters


class Finding(NamedTuple):
    """A coded message about a whole text; a fatal one is a refusal unless the caller forces it."""

    code: str
    fatal: bool
    fields: dict[str, Any]


class Opened(NamedTuple):
    """What a reader makes of a file."""

    text: str
    findings: Sequence[Finding] = ()
    sizes: tuple[float, ...] = ()  # how large each line is set, where the file says: 1 is the body, 0 an empty line


def check_text(text: str) -> list[Finding]:
    """Refusals and notes about a text, refusals first.

    >>> [finding.code for finding in check_text("page.txt")], check_text("县里建成三座桥。")
    (['BD160'], [])
    """
    if not text.strip():
        return [Finding("BD110", True, {})]
    if _PATH.match(text.strip()):
        return [Finding("BD160", True, {"text": text.strip(), "count": len(text.strip())})]
    sample = text if len(text) <= 200_000 else text[:100_000] + text[-100_000:]
    other = _HAN.sub("", sample)  # all that follows is counted in what is left: a tenth of a Chinese page
    han = len(sample) - len(other)
    letters = han - radical_count(sample) + len(_LETTER.findall(other))
    share = han / letters if letters else 0.0
    findings: list[Finding] = []
    if len(text) > MOST_CHARACTERS:
        size = {"size": len(text), "limit": MOST_CHARACTERS, "unit": either("字", "characters")}
        findings.append(Finding("BD163", True, {"what": either("这段文字", "this text"), **size}))
    if letters and (
        share < _FEW_HAN
        or len(_KANA.findall(other)) > _MANY_KANA * letters
        or len(_HANGUL.findall(other)) > _MANY_KANA * letters
    ):
        garbled = 2 * len(_MOJIBAKE.findall(sample))
        if share < _FEW_HAN and garbled > 0.3 * len(sample.strip()):
            wrong, right = _disguise(sample)
            findings.append(Finding("BD103", False, {"wrong": wrong, "right": right, "han": share}))
        else:
            findings.append(Finding("BD120", True, {"han": share}))
    return findings + _notes(text)


def mend_text(text: str, findings: Sequence[Finding] = ()) -> tuple[str, list[Finding]]:
    """The text with � for halves of surrogate pairs, which no file can hold, as long as before; and a note of them.

    >>> mend_text("三\\ud800座")
    ('三�座', [Finding(code='BD143', fatal=False, fields={'count': 1})])
    """
    mended = well_formed(text)
    if mended is text:
        return text, list(findings)
    count = sum(a != b for a, b in zip(text, mended, strict=True))
    return mended, [*findings, Finding("BD143", False, {"count": count})]


def _disguise(text: str) -> tuple[str, str]:
    """Which encoding was read as which other."""
    probe = text[:2000]
    for right in ("latin-1", "cp1252"):
        for wrong in ("utf-8", "gb18030", "big5"):
            try:
                decoded = probe.encode(right, "strict").decode(wrong, "strict")
            except UnicodeError:
                continue
            if len(_HAN.sub("", decoded)) < 0.7 * len(decoded):
                return {"gb18030": "GBK"}.get(wrong, wrong), right
    return "GBK", "latin-1"


def _notes(text: str) -> list[Finding]:
    notes = []
    traditional = traditional_share(text)
    if traditional > _TRADITIONAL:
        notes.append(Finding("BD121", False, {"share": traditional}))
    if (radicals := radical_count(text)) > 0:
        notes.append(Finding("BD141", False, {"count": radicals}))
    if len(text) > _BOOK:
        notes.append(Finding("BD130", False, {"size": len(text) // 10_000}))
    return notes
