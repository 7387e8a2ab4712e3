"""Reads pages with world ranks, which the editions' cells lack: a script puts them back, and says what was read right.

    python -m tools.try_ranks FOLDER [--pages N] [--seed N]

FOLDER holds ``cells.jsonl.gz``. Pages are made of the editions that printed ranks (2009 to 2016), in all styles of
``tools/training/render.py``: a cell that holds a figure ends with a rank, as in those editions. They are read without a
book, and by what editions of other years print.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from factparse.columns.editions import Editions
from factparse.columns.ranks import HIGHEST
from factparse.columns.weights import fitted
from factparse.core.words import RANK
from tools.count_editions import Counts
from tools.training.columns import dividers
from tools.training.editions import EditionCell, read_editions
from tools.training.pages import TrainingPage, Truth, training_pages
from tools.training.scoring import beside

EDITIONS = frozenset(("2009", "2013", "2016-11"))
FIGURE = re.compile(r"[-$]?\d|total|NA\b")
RANKED = 0.85  # of the cells that begin with a figure


def with_ranks(cells: list[EditionCell], random: Random) -> Iterator[EditionCell]:
    """The cells, of which those of most fields of figures end with a rank."""
    fields: dict[str, bool] = {}
    for cell in cells:
        if cell.field not in fields:
            fields[cell.field] = FIGURE.match(cell.parts[0][0]) is not None and random.random() < RANKED
        rank = f"{RANK}: {1 + int(random.random() * (HIGHEST - 8))}"
        yield cell._replace(parts=(*cell.parts, (rank,))) if fields[cell.field] else cell


def right(page: TrainingPage, known: dict[int, Editions]) -> Iterator[tuple[Truth, bool, float]]:
    """Each row of a page that has a rank, whether it was read right, and how sure that was."""
    truths: defaultdict[str, deque[Truth]] = defaultdict(deque)
    for truth in page.rows:
        truths[truth.label].append(truth)
    for divider in dividers(page, fitted(), known):
        for section in divider.table().sections:
            for row in section.rows:
                waiting = truths[row.label]
                found = waiting.popleft() if waiting else Truth("", "", "")
                if RANK in found.a and RANK in found.b:
                    cells = tuple(" ".join(cell.text.split()) for cell in row.cells)
                    yield found, cells == (found.a, found.b), row.confidence


def main() -> None:
    """Make the pages, read them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random = Random(given.seed)
    cells = list(with_ranks(read_editions(given.folder, EDITIONS), random))
    counts = Counts(given.folder)
    known = {year: Editions(counts.table(beside(str(year)))) for year in {cell.edition for cell in cells}}
    made = list(training_pages(cells, 1, random))
    every = max(1, len(made) // given.pages)
    rows = [row for page in islice(made, 0, None, every) for row in right(page, known)]
    sure = [row for row in rows if row[2] >= 0.9]
    print(f"{len(rows)} rows of two cells with ranks: {100 * sum(row[1] for row in rows) / len(rows):.2f} % right")
    print(f"{len(sure)} at 0.9 or more: {100 * sum(row[1] for row in sure) / max(1, len(sure)):.2f} % of them right")


if __name__ == "__main__":
    main()
