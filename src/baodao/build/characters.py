"""Tables of characters that stand for others, one for one.

    python -m baodao.build characters       writes data/radicals.csv and data/traditional.csv

Traditional to Simplified is OpenCC's TSCharacters (PyPI opencc, Apache-2.0, needed by this script only), first
candidate. Radicals are the Kangxi block by their compatibility decomposition and the supplement by
`data/lexicon/radicals_supplement.csv`; both give the simplified character.
"""

from __future__ import annotations

import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from baodao.build.tables import write_table
from baodao.resources import read_csv

DATA = Path("src/baodao/data")


def main(arguments: Sequence[str]) -> None:
    """Write both tables."""
    traditional = dict(traditional_pairs())
    write_table(DATA / "traditional.csv", ("traditional", "simplified"), sorted(traditional.items()))
    radicals = sorted(radical_pairs(traditional))
    write_table(DATA / "radicals.csv", ("radical", "character"), radicals)
    print(f"{len(traditional)} Traditional characters, {len(radicals)} radicals")


def traditional_pairs() -> Iterator[tuple[str, str]]:
    """Single characters with a different simplified form."""
    import opencc

    home = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "characters.txt"
        tool, source = home / "bin" / "opencc_dict", home / "share" / "opencc" / "TSCharacters.ocd2"
        subprocess.run([tool, "-i", source, "-f", "ocd2", "-o", out, "-t", "text"], check=True, capture_output=True)
        for line in out.read_text(encoding="utf-8").splitlines():
            character, candidates = line.split("\t")
            first = candidates.split(" ")[0]
            if len(character) == len(first) == 1 and character != first:
                yield character, first


def radical_pairs(traditional: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every radical code point with the character it stands for."""
    for code in range(0x2F00, 0x2FD6):
        character = unicodedata.normalize("NFKC", chr(code))
        yield chr(code), traditional.get(character, character)
    for row in read_csv("lexicon/radicals_supplement.csv"):
        yield chr(int(row["code"], 16)), row["character"]
