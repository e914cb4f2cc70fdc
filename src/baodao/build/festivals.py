"""Compute what festivals and the lunar calendar need: three tables.

    python -m baodao.build festivals        writes data/lunar_years.csv, solar_terms.csv and moving_feasts.csv

`data/feasts.csv` (names and rules) is kept by hand. Lunar years and solar terms come from PyPI lunar-python (MIT),
the Jewish calendar from convertdate (MIT), the Islamic one from hijridate (MIT), Hindu feasts from holidays (MIT);
all are needed by this script only:

    pip install lunar-python convertdate hijridate holidays
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from baodao.build.tables import write_table

DATA = Path("src/baodao/data")
YEARS = range(1900, 2101)
TERMS = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
)
JEWISH = {
    "passover": (0, 1, 15), "shavuot": (0, 3, 6), "rosh-hashanah": (1, 7, 1), "yom-kippur": (1, 7, 10),
    "sukkot": (1, 7, 15), "shemini-atzeret": (1, 7, 22), "simchat-torah": (1, 7, 23), "hanukkah": (1, 9, 25),
    "tu-bishvat": (0, 11, 15), "tisha-bav": (0, 5, 9), "lag-baomer": (0, 2, 18), "yom-haatzmaut": (0, 2, 5),
    "yom-hashoah": (0, 1, 27),
}  # fmt: skip
ISLAMIC = {
    "islamic-new-year": (1, 1), "ashura": (1, 10), "mawlid": (3, 12), "isra-miraj": (7, 27), "ramadan": (9, 1),
    "laylat-al-qadr": (9, 27), "eid-al-fitr": (10, 1), "eid-al-adha": (12, 10),
}  # fmt: skip
HINDU = {
    "diwali": "DIWALI_INDIA", "holi": "HOLI", "raksha-bandhan": "RAKSHA_BANDHAN", "onam": "ONAM",
    "navaratri": "SHARAD_NAVRATRI", "dussehra": "DUSSEHRA", "thaipusam": "THAIPUSAM", "vaisakhi": "VAISAKHI",
    "vesak": "BUDDHA_PURNIMA", "maha-shivaratri": "MAHA_SHIVARATRI", "ganesh-chaturthi": "GANESH_CHATURTHI",
    "ram-navami": "RAM_NAVAMI", "janmashtami": "JANMASHTAMI", "guru-nanak": "GURU_NANAK_JAYANTI",
}  # fmt: skip


NEEDED = ("lunar-python", "convertdate", "hijridate", "holidays")


def main(arguments: Sequence[str]) -> None:
    """Write the tables.

    Raises:
        SystemExit: a package that knows the calendars is not installed.
    """
    if missing := [name for name in NEEDED if find_spec(name.replace("-", "_")) is None]:
        raise SystemExit(f"festivals: not installed: {', '.join(missing)}; pip install {' '.join(missing)}")
    for name, head, rows in (
        ("lunar_years.csv", ("year", "first", "months", "source"), list(lunar_years())),
        ("solar_terms.csv", ("year", "days", "source"), list(solar_terms())),
        ("moving_feasts.csv", ("name", "date", "source"), sorted([*jewish(), *islamic(), *hindu()])),
    ):
        write_table(DATA / name, head, rows)
        print(f"{name}: {len(rows)} rows")


def lunar_years() -> Iterator[tuple[str, str, str, str]]:
    """Lunar year, its first day, its months with their lengths (-4:29 is a leap fourth month of 29 days)."""
    from lunar_python import Lunar, LunarYear

    for year in YEARS:
        months = [m for m in LunarYear.fromYear(year).getMonths() if m.getYear() == year]
        first = Lunar.fromYmd(year, 1, 1).getSolar().toYmd()
        yield str(year), first, " ".join(f"{m.getMonth()}:{m.getDayCount()}" for m in months), "lunar-python"


def solar_terms() -> Iterator[tuple[str, str, str]]:
    """The days of the 24 terms of a year, from 小寒 (January) to 冬至 (December), as month and day."""
    from lunar_python import Solar

    again = {"DA_XUE": "大雪", "DONG_ZHI": "冬至", "XIAO_HAN": "小寒", "DA_HAN": "大寒"}  # the neighbour years' terms
    for year in YEARS:
        table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
        days = {
            again.get(name, name): f"{solar.getMonth():02d}{solar.getDay():02d}"
            for name, solar in table.items()
            if solar.getYear() == year
        }
        yield str(year), " ".join(days[name] for name in TERMS.split()), "lunar-python"


def jewish() -> Iterator[tuple[str, str, str]]:
    """Jewish feasts, by their day (they begin on the evening before)."""
    from convertdate import hebrew

    for year in range(1950, 2051):
        for name, (after, month, day) in JEWISH.items():
            found = date(*hebrew.to_gregorian(year + 3760 + after, month, day))
            if name == "yom-haatzmaut":  # never on or beside a Sabbath
                found += timedelta(days={4: -1, 5: -2, 0: 1}.get(found.weekday(), 0))
            yield name, found.isoformat(), "convertdate"
        purim = 13 if hebrew.leap(year + 3760) else 12
        yield "purim", date(*hebrew.to_gregorian(year + 3760, purim, 14)).isoformat(), "convertdate"


def islamic() -> Iterator[tuple[str, str, str]]:
    """Islamic feasts by the calendar of Umm al-Qura; where the moon is watched they may differ by a day."""
    from hijridate import Hijri

    for year in range(1370, 1473):
        for name, (month, day) in ISLAMIC.items():
            found = Hijri(year, month, day).to_gregorian()
            yield name, found.isoformat(), "hijridate"


def hindu() -> Iterator[tuple[str, str, str]]:
    """Hindu, Buddhist and Sikh feasts of India, 2001 to 2035."""
    from holidays.calendars.hindu import _HinduLunisolar

    for name, key in HINDU.items():
        for year, (month, day) in sorted(getattr(_HinduLunisolar, f"{key}_DATES").items()):
            if 2001 <= year <= 2035:
                yield name, date(year, month, day).isoformat(), "holidays"
