"""Train what texts of few fragments are, on top of the weights that read pages.

    python -m baodao.build layout_few            measure, then write data/models/layout_few.csv and its card
    python -m baodao.build layout_few --check    measure only

As `layout_sizes`; pages of more fragments are read as before. Texts are made by `build/pastes.py`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from baodao.build.by_lines import load_scorer, score_pages
from baodao.build.layout import JUDGED, MODELS, SEED, SHOWN, figures
from baodao.build.layout_examples import compose, learn_from, read_bulletins
from baodao.build.layout_fits import fit
from baodao.build.layout_sizes import examples, fit_on_top, tagger_of, with_sizes
from baodao.build.pastes import paste
from baodao.build.press import Piece, Press
from baodao.build.setting import Page
from baodao.build.tables import write_tags
from baodao.layout import split_articles
from baodao.layout.few import MOST, few_bundles
from baodao.layout.lines import read_lines
from baodao.layout.weights import Weights, load_weights

STRENGTH = 0.1  # inverse regularisation
TEXTS = 6000  # that teach
PAGES = 1000  # that taught the weights which are the offset
CARD = """# What texts of few fragments are

`layout_few.csv` (feature × role) is added to `layout_tags.csv` where a text has at most {most} fragments. Made by
`python -m baodao.build layout_few` from {texts} texts of `build/pastes.py` (seed {seed}), in the way of `layout_sizes`.
Texts that judge are others of the same make; `tests/cases/pastes.txt` judges too, and was in sight.

{report}
"""


def main(arguments: Sequence[str]) -> None:
    """Measure and, unless --check is given, write the table and the card."""
    bulletins = read_bulletins()
    half = fit(learn_from(compose(PAGES, bulletins[::2], SEED, 0)), [])
    bare = without_few(half)
    taught = texts(TEXTS, bulletins[1::2], SEED + 5)
    tagger = tagger_of(bare)
    table = fit_on_top([seen for page in taught for seen in examples(page, few_bundles, tagger)], tagger.tags, STRENGTH)
    tests = texts(2 * JUDGED, bulletins[1::2], SEED + 6)
    report = ["| texts | n | " + " | ".join(SHOWN) + " |", "|---|---|" + "---|" * len(SHOWN)]
    print(*report, sep="\n")
    for name, weights in (("weights of other wordings", bare), ("shipped weights", without_few(load_weights()))):
        for way, read in (("before", weights), ("after", with_sizes(weights, table))):
            if load_scorer() is not None:
                layouts = [split_articles(page["text"], read) for page in tests]
                report.append(figures(f"{name}, {way}", score_pages(tests, layouts)))
                print(report[-1])
    if "--check" not in arguments:
        write_tags(MODELS / "layout_few.csv", tagger.tags, table)
        text = CARD.format(most=MOST, texts=TEXTS, seed=SEED, report="\n".join(report))
        (MODELS / "layout_few_card.md").write_text(text, encoding="utf-8")


def texts(count: int, bulletins: Sequence[Piece], seed: int) -> list[Page]:
    """Texts of few fragments."""
    chance = random.Random(seed)
    press = Press(chance, 1)
    made = [paste(chance, press, bulletins, f"few{k:05}") for k in range(count)]
    return [page for page in made if 1 < len(read_lines(page["text"])) <= MOST]


def without_few(weights: Weights) -> Weights:
    """The weights as they were without this table."""
    tagger = tagger_of(weights)
    return with_sizes(weights, {name: [0.0] * len(tagger.tags) for name in tagger.weights if name.startswith("few")})
