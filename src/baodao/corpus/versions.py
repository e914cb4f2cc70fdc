"""What results depend on besides the inputs, as plain values that can be compared: versions and settings."""

from __future__ import annotations

import hashlib
import inspect
import pickle
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import baodao.resources
from baodao.dress import code_version
from baodao.stages import Pipeline

__all__ = ["describe", "run_versions"]


@cache
def run_versions() -> dict[str, str]:
    """The library, a hash of its code and data as installed, and the word cutters."""
    root = Path(baodao.resources.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return {"baodao": code_version(), "code": digest.hexdigest()[:12], "jieba": _of("jieba"), "rjieba": _of("rjieba")}


def describe(pipeline: Pipeline) -> str:
    """A hash of a pipeline's settings; finders of one's own count with their source.

    >>> import baodao
    >>> describe(baodao.pipeline()) == describe(baodao.Pipeline())
    True
    """
    values = [(each.name, _plain(getattr(pipeline, each.name))) for each in fields(pipeline)]
    return hashlib.sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """A value whose `repr` is the same in every process."""
    if isinstance(value, (str, int, float, bytes, type(None))):
        return value
    if isinstance(value, dict):
        return sorted((str(key), _plain(item)) for key, item in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, map(_plain, value)))
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if inspect.isfunction(value):
        return f"{value.__module__}.{value.__qualname__}", _source(value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value).__qualname__, [(each.name, _plain(getattr(value, each.name))) for each in fields(value)]
    return hashlib.sha256(pickle.dumps(value)).hexdigest()


def _source(function: Any) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
