"""Whether a pattern of a user's own takes more time than a text's length allows.

Python cannot stop a pattern, so it is tried beforehand, on what it is made of, said again and again and then broken
off. Texts grow slowly: a pattern that doubles its time is caught while they are short, one whose time grows with the
square of their length at the end.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from re import _parser
from typing import Any

__all__ = ["slow_on"]

_SHORT, _LONG = 2_000, 20_000  # characters on which a pattern is tried, growing slowly and fast
_PATIENCE = 0.05  # seconds that it may take for them; a linear one takes a hundredth
_MOST = 40  # texts tried
_CLASSES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
_OTHER = "县"


def slow_on(pattern: re.Pattern[str], examples: Iterable[str]) -> str:
    """The beginning of a text on which a pattern is too slow; "" if none is known.

    >>> slow_on(re.compile("县+桥"), ["县桥"]), slow_on(re.compile("第[0-9]+号桥"), ["第3号桥"])
    ('县', '')
    """
    examples = [example for example in examples if example]
    units = [*sorted({*examples, *"".join(examples)}), *_units(_parser.parse(pattern.pattern))]
    tried = [unit for unit in dict.fromkeys(units) if unit][:_MOST]
    return next((unit[:10] for unit in tried if _is_slow(pattern, unit)), "")


def _is_slow(pattern: re.Pattern[str], unit: str) -> bool:
    size = 8
    while size <= _LONG:
        text = (unit * (size // len(unit) + 1))[:size] + "\0"
        if _seconds(pattern, text) > _PATIENCE and _seconds(pattern, text) > _PATIENCE:
            return True
        size += 2 if size < 40 else size // 4 if size < _SHORT else max(min(size, _LONG - size), 1)
    return False


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - began


def _units(tree: Any) -> Iterator[str]:
    """What repeats in a pattern, outermost first, then its characters."""
    for operator, value in tree:
        if "REPEAT" in str(operator):
            yield _sample(value[2])
        for part in _parts(value):
            yield from _units(part)
        yield _sample([(operator, value)])


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, _parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _parts(each)


def _sample(tree: Any) -> str:
    """A text that a pattern finds or nearly finds: of each choice the first, of each repeat the least but one.

    >>> _sample(_parser.parse("第[0-9]+(?:号|座)桥"))
    '第0号桥'
    """
    return "".join(_one(str(operator), value) for operator, value in tree)


def _one(operator: str, value: Any) -> str:
    if operator == "LITERAL":
        return chr(value)
    if operator == "IN":
        return _member(value)
    if operator in ("ANY", "NOT_LITERAL"):
        return _OTHER
    if operator == "BRANCH":
        return _sample(value[1][0])
    if operator.endswith("REPEAT"):
        least: int = value[0]
        return _sample(value[2]) * max(min(least, 20), 1)
    if operator in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _sample(value[-1] if operator == "SUBPATTERN" else value)
    return ""


def _member(members: Any) -> str:
    """A character of a class."""
    operator, value = members[0]
    match str(operator):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(value[0])
        case "CATEGORY":
            return _CLASSES.get(str(value), _OTHER)
    return _OTHER
