"""Fits the weights of the columns stage and the curves of its confidence: ``weights.json`` of the package data.

    python -m tools.fit_columns FOLDER [--curves] [--out FILE]

FOLDER holds ``cells.jsonl.gz``, as for ``tools/build_book.py``. Whole pages are made of some editions (``YEARS``), none
of which the border model was trained on. Each is read without a book and by what the editions of other years print, as
a page of an edition that nobody has. Every second page is held back: the weights are fitted on the first, the curves on
the second, as far as they are of editions that comparison pages show (``FIRST`` and later). With ``--curves`` the
weights stay as the file has them. The same cells make the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import attrs

from factparse.columns.editions import Editions
from factparse.columns.weights import Weights, fitted
from tools.count_editions import Counts
from tools.training.calibration import smooth
from tools.training.columns import Elsewhere, examples, fit_factors, presence_shares, results
from tools.training.editions import read_editions
from tools.training.pages import TrainingPage, training_pages

ROUNDS = 2
SEED = 20260101
YEARS = frozenset(("1996", "2001", "2005", "2006", "2010", "2014", "2016-11", "2020-11", "2021-12"))
"""The editions that pages are made of."""
FIRST = 2001
"""The year of the oldest edition that comparison pages show. Cells of older ones are harder: their rows would lower all
confidences."""
DATA = Path(__file__).resolve().parents[1] / "src" / "factparse" / "columns" / "data"


def editions_elsewhere(counts: Counts, year: int) -> Editions:
    """What the editions print that are not of a year, nor of one beside it."""
    return Editions(counts.table(lambda name: abs(int(name[:4]) - year) <= 1))


def fit(folder: Path, weights: Weights | None) -> dict[str, object]:
    """The content of ``weights.json``: with these weights, or with fitted ones."""
    cells, counts = read_editions(folder, YEARS), Counts(folder)
    known = {year: editions_elsewhere(counts, year) for year in {cell.edition for cell in cells}}
    pages = list(training_pages(cells, ROUNDS, Random(SEED)))
    if weights is None:
        weights = fitted_on(pages[::2], known, *presence_shares(pages, known))
    read = list(results((page for page in pages[1::2] if page.edition >= FIRST), known, weights))
    curve = smooth((result.chance, result.right) for result in read)
    lone = smooth(result.lone for result in read if result.lone is not None)
    print(f"{len(read)} rows held back, {sum(result.right for result in read)} of them right")
    return {**attrs.asdict(weights), "calibration": curve, "calibration_lone": lone}


def fitted_on(pages: Sequence[TrainingPage], known: Elsewhere, held: float, lacking: float) -> Weights:
    """The weights under which the rows of ``pages`` are likeliest."""
    weights = Weights(presence_held=held, presence_lacking=lacking)
    rows = list(examples(pages, known, weights))
    print(f"{len(rows)} rows fitted")
    factors: dict[str, Any] = {**fit_factors(rows)}
    return attrs.evolve(weights, **factors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--out", type=Path, default=DATA / "weights.json", help="file to write")
    parser.add_argument("--curves", action="store_true", help="fit the curves only, and keep the weights")
    args = parser.parse_args()
    found = fit(args.folder, fitted() if args.curves else None)
    args.out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
