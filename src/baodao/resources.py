"""The only reader of `data/`: parse, check, return frozen values. What is damaged is not read (BD184).

CSV files are UTF-8 with a header and one fact a row; rule files are TOML (`[[rule]]` with `id`, `pattern`,
`matches`, `rejects`). A bad file raises `BaodaoError` BD180 with file, line and remedy, once, at load.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from typing import Any

from baodao.errors import BaodaoError, either

__all__ = [
    "Rule", "accept_changes", "data_version", "make_rules", "parse_rules", "read_bytes", "read_csv", "read_rows",
    "read_rules", "read_words",
]  # fmt: skip

_MANIFEST = "manifest.csv"
_checked = True
# several modules read a small table; a large one has a single reader, which makes something better of its rows
_SMALL = 50_000
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Rule:
    """A pattern with its name and its proof.

    Attributes:
        id: its name.
        source: the pattern as text, fragments filled in.
        matches, rejects: what it must and must not find.
        fields: whatever else the rule's table says.
    """

    id: str
    source: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    fields: Mapping[str, object]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first asked for: a page needs few of them."""
        return re.compile(self.source)


def read_bytes(name: str) -> bytes:
    """The bytes of `data/<name>`, as they were shipped.

    Raises:
        BaodaoError: BD184, the file is not there or not as `manifest.csv` has it.
    """
    if not _checked:
        return _data(name)
    try:
        content = _data(name)
    except FileNotFoundError:
        raise BaodaoError("BD184", file=name) from None
    if hashlib.sha256(content).hexdigest() != _manifest().get(name):
        raise BaodaoError("BD184", file=name)
    return content


def accept_changes() -> None:
    """Read data files as they are from now on: for the workshop, which makes them."""
    global _checked
    _checked = False


@cache
def data_version() -> str:
    """A hash that stands for all data files."""
    return hashlib.sha256(_data(_MANIFEST)).hexdigest()[:12]


@cache
def _manifest() -> Mapping[str, str]:
    """The SHA-256 of each data file, as `baodao.build.manifest` wrote it."""
    return dict(line.split(",") for line in _data(_MANIFEST).decode("ascii").splitlines()[1:])


def _data(name: str) -> bytes:
    return files("baodao").joinpath("data").joinpath(name).read_bytes()


def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file, as dicts of strings. A first line that begins with # is skipped.

    Raises:
        BaodaoError: BD180, a row has too few or too many cells.
    """
    content = read_bytes(name)
    return _kept_rows(name, content) if len(content) < _SMALL else tuple(_csv_rows(name, content))


def read_rows(name: str, *, heading: bool = False) -> Iterator[list[str]]:
    """The rows of a CSV file as lists of strings: for tables that are large, or read once.

    Args:
        heading: whether the names of the columns come first.

    Raises:
        BaodaoError: BD180, a row has too few or too many cells.
    """
    return islice(_checked_rows(name, read_bytes(name)), 0 if heading else 1, None)


@cache
def _kept_rows(name: str, content: bytes) -> tuple[dict[str, str], ...]:
    return tuple(_csv_rows(name, content))


def _csv_rows(name: str, content: bytes) -> Iterator[dict[str, str]]:
    rows = _checked_rows(name, content)
    heading = next(rows, [])
    for row in rows:
        yield dict(zip(heading, row, strict=True))


def _checked_rows(name: str, content: bytes) -> Iterator[list[str]]:
    """All rows, the heading first; they have equally many cells."""
    text = content.decode("utf-8")
    begin = skipped = 0
    while text.startswith("#", begin):
        begin, skipped = text.find("\n", begin) + 1 or len(text), skipped + 1
    cells = 0
    for row in (reader := csv.reader(io.StringIO(text[begin:], newline=""))):
        if len(row) != (cells := cells or len(row)):
            if not row:
                continue  # an empty line
            raise BaodaoError(
                "BD180", file=name, line=reader.line_num + skipped, reason="wrong number of cells",
                remedy="Correct the row, or rebuild the file: python -m baodao.build",
            )  # fmt: skip
        yield row


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The words of a list, one a line; empty lines and lines that begin with # are skipped."""
    lines = read_bytes(name).decode("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_rules(name: str) -> tuple[Rule, ...]:
    """The rules of `data/rules/<name>`, fragments filled in.

    `{number}` in a pattern stands for the fragment `number` of `rules/fragments.toml`; fragments may
    use fragments.

    Raises:
        BaodaoError: BD180, a rule lacks its id, pattern or proof.
    """
    remedy = "A rule has id, pattern, matches, rejects."
    text = read_bytes(f"rules/{name}").decode("utf-8")
    return tuple(rule for _, rule in parse_rules(text, f"rules/{name}", remedy, tried=False))


def parse_rules(text: str, file: str, remedy: str, *, tried: bool = True) -> list[tuple[int, Rule]]:
    """The rules of a TOML text, each with the line it begins on.

    Raises:
        BaodaoError: BD180, the text is no TOML; those of `make_rules`.
    """
    try:
        tables = tomllib.loads(text).get("rule")
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise BaodaoError(
            "BD180", file=file, line=int(at[1]) if at else text.count("\n") + 1, reason=error, remedy=remedy
        ) from None
    if not isinstance(tables, list):
        raise BaodaoError(
            "BD180", file=file, line=1, reason=either("没有 [[rule]]", "no table [[rule]]"), remedy=remedy
        )
    lines = [text.count("\n", 0, found.start()) + 1 for found in re.finditer(r"^[ \t]*\[\[ *rule *\]\]", text, re.M)]
    return make_rules(zip(lines, tables, strict=False), file, remedy, tried=tried)


def make_rules(
    tables: Iterable[tuple[int, Mapping[str, Any]]], file: str, remedy: str, *, tried: bool = True
) -> list[tuple[int, Rule]]:
    """Rules from their tables, numbered by line.

    Args:
        tried: compile their patterns at once.

    Raises:
        BaodaoError: BD180, a rule lacks its id, pattern or proof, or its pattern does not compile.
    """
    rules = []
    for line, table in tables:
        try:
            rest = {k: v for k, v in table.items() if k not in ("id", "pattern", "matches", "rejects")}
            source = fill_fragments(table["pattern"])
            rule = Rule(table["id"], source, tuple(table["matches"]), tuple(table.get("rejects", ())), rest)
            if tried:
                _ = rule.pattern
        except (KeyError, TypeError, re.error) as error:
            reason = f"rule {table.get('id')}: {error!r}"
            raise BaodaoError("BD180", file=file, line=line, reason=reason, remedy=remedy) from None
        rules.append((line, rule))
    return rules


@cache
def fragments() -> Mapping[str, str]:
    """The named pieces that patterns are made of; one that is `@x.csv` stands for the names of that list."""
    found = tomllib.loads(read_bytes("rules/fragments.toml").decode("utf-8"))
    return {key: _any_of(value[1:]) if value[0] == "@" else value for key, value in found.items()}


def _any_of(name: str) -> str:
    """The names of a CSV as one alternation, branched by first character, the longest of equal beginning first."""
    by_first: dict[str, list[str]] = {}
    for row in read_csv(name):
        by_first.setdefault(row["name"][0], []).append(re.escape(row["name"][1:]))
    branches = (f"{re.escape(c)}(?:{'|'.join(sorted(rest, key=len, reverse=True))})" for c, rest in by_first.items())
    return "|".join(branches)


def fill_fragments(pattern: str) -> str:
    """Replace each `{name}` by its fragment, in a group of its own; counts like `{1,3}` stay."""
    while (found := _FRAGMENT.search(pattern)) is not None:
        pattern = f"{pattern[: found.start()]}(?:{fragments()[found[1]]}){pattern[found.end() :]}"
    return pattern
