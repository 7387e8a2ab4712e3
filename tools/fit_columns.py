"""Fits the weights of the columns stage and the curves of its confidence: ``weights.json`` of the package data.

    python -m tools.fit_columns FOLDER [--out FILE]

FOLDER holds ``cells.jsonl.gz``, as for ``tools/build_book.py``. Whole pages are made of some editions (``YEARS``), none
of which the border model was trained on. Each is read without a book and by what the editions of other years print, as
a page of an edition that nobody has. Every second page is held back: the weights are fitted on the first, the curves on
the second. The same cells make the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

import attrs

from factparse.columns.editions import Editions
from factparse.columns.weights import CURVES, Weights
from tools.count_editions import Counts
from tools.training.calibration import smooth
from tools.training.columns import examples, fit_factors, presence_shares, results
from tools.training.editions import read_editions
from tools.training.pages import training_pages

ROUNDS = 2
SEED = 20260101
YEARS = frozenset(("1996", "2001", "2005", "2006", "2010", "2014", "2016-11", "2020-11", "2021-12"))
"""The editions that pages are made of."""
DATA = Path(__file__).resolve().parents[1] / "src" / "factparse" / "columns" / "data"


def editions_elsewhere(counts: Counts, year: int) -> Editions:
    """What the editions print that are not of a year, nor of one beside it."""
    return Editions(counts.table(lambda name: abs(int(name[:4]) - year) <= 1))


def fit(folder: Path) -> dict[str, object]:
    """The content of ``weights.json``."""
    cells, counts = read_editions(folder, YEARS), Counts(folder)
    known = {year: editions_elsewhere(counts, year) for year in {cell.edition for cell in cells}}
    pages = list(training_pages(cells, ROUNDS, Random(SEED)))
    held, lacking = presence_shares(pages, known)
    weights = Weights(presence_held=held, presence_lacking=lacking)
    rows = list(examples(pages[::2], known, weights))
    factors: dict[str, Any] = {**fit_factors(rows)}
    weights = attrs.evolve(weights, **factors)
    read = list(results(pages[1::2], known, weights))
    curves = [smooth((each.chance, each.right) for each in read if each.whole is whole) for whole in (False, True)]
    lone = smooth(result.lone for result in read if result.lone is not None)
    print(f"{len(rows)} rows fitted, {len(read)} held back, {sum(result.right for result in read)} of them right")
    return {**attrs.asdict(weights), **dict(zip(CURVES, (*curves, lone), strict=True))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--out", type=Path, default=DATA / "weights.json", help="file to write")
    args = parser.parse_args()
    found = fit(args.folder)
    args.out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
