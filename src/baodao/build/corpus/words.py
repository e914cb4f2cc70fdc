"""The stories and word lists of the corpus, read from `stories/*.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["hedges", "lists", "stories", "units"]

_FOLDER = files("baodao.build.corpus").joinpath("stories")
GENRES = ("women", "education", "health", "traffic", "culture", "farming", "relief", "courts")


@cache
def lists() -> dict[str, Any]:
    """What `words.toml` holds."""
    return tomllib.loads(_FOLDER.joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def hedges() -> tuple[tuple[str, str], ...]:
    """Words beside a number and the bound they tell."""
    return tuple((word, bound) for bound, words in lists()["hedges"].items() for word in words)


@cache
def units() -> dict[str, frozenset[str]]:
    """Kinds and their units; every other unit counts things."""
    return {kind: frozenset(names) for kind, names in lists()["units"].items()}


def stories() -> list[dict[str, Any]]:
    """All stories, each with its `genre`."""
    found: list[dict[str, Any]] = []
    for genre in GENRES:
        table = tomllib.loads(_FOLDER.joinpath(f"{genre}.toml").read_text(encoding="utf-8"))
        found += [story | {"genre": genre} for story in table["story"]]
    return found
