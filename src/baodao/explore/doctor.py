"""Is everything in place? Versions, the segmenter, optional parts, and a self-test."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import baodao.stages as stages

__all__ = ["examine"]

_CORE = ("jieba", "rjieba", "pydantic", "scikit-learn", "typer", "ahocorasick-rs")
_EXTRAS = {
    "pandas": "pandas", "pyarrow": "parquet", "polars": "polars", "trafilatura": "html", "pypdfium2": "pdf",
    "python-docx": "docx", "altair": "plot", "vl-convert-python": "plot", "duckdb": "query",
}  # fmt: skip
_TEST = "某县妇联招募志愿者1.2万余名，回访率达92%。"


def examine() -> tuple[list[str], bool]:
    """Lines to print, and whether the self-test passed."""
    lines = [f"baodao {_version('baodao')}  Python {platform.python_version()}  {platform.platform()}"]
    lines += [f"  {name} {_version(name) or '—'}" for name in _CORE]
    lines += [f"  {name} {_version(name) or f'— pip install baodao[{extra}]'}" for name, extra in _EXTRAS.items()]
    lines.append(f"segmenter: {stages.pipeline().segmenter.engine}")
    page = stages.analyze(_TEST, issue_date="2021-06-04")
    found = [(int(f.value or 0), f.unit, f.bound) for f in page.facts]
    good = found == [(12000, "名", "over"), (92, "%", "exact")]
    lines.append(f"self-test: {'ok' if good else f'FAILED {found}'}")
    return lines, good


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
