"""Reads pages with world ranks, which the editions' cells lack: a script puts them back, and says which rows are right.

    python -m tools.try_ranks FOLDER [--pages N] [--seed N]

FOLDER holds ``cells.jsonl.gz``. Pages are made of the editions that printed ranks (2009 to 2016), in all styles of
``tools/training/render.py``: a cell that holds a figure ends with a rank, as in those editions. They are read without a
book, and by what editions of other years print.
"""

from __future__ import annotations

import argparse
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from factparse.columns.editions import Editions
from factparse.columns.stage import SURE
from factparse.columns.weights import fitted
from factparse.core.words import RANK
from tools.count_editions import Counts
from tools.training.columns import dividers
from tools.training.editions import read_editions
from tools.training.pages import TrainingPage, Truth, training_pages
from tools.training.ranks import with_ranks
from tools.training.scoring import beside

EDITIONS = frozenset(("2009", "2013", "2016-11"))
YEARS = frozenset((2009, 2013, 2016))


class Read(NamedTuple):
    """A row as it was read: whether it is right, how sure that was, whether both cells or its only one have ranks."""

    right: bool
    confidence: float
    two_ranks: bool
    ranks: bool


def rows_read(page: TrainingPage, known: dict[int, Editions]) -> Iterator[Read]:
    """Each row of a page as it was read. A cell of nobody counts as the likelier country's."""
    truths: defaultdict[str, deque[Truth]] = defaultdict(deque)
    for truth in page.rows:
        truths[truth.label].append(truth)
    for divider in dividers(page, fitted(), known):
        for row in (row for section in divider.table().sections for row in section.rows):
            if waiting := truths[row.label]:
                found = waiting.popleft()
                cells = [" ".join(cell.text.split()) for cell in row.cells]
                if len(cells) == 1:
                    cells.insert(row.likelier == divider.columns.names[0], "")
                ranked = [RANK in cell for cell in (found.a, found.b)]
                yield Read(cells == [found.a, found.b], row.confidence, all(ranked), any(ranked))


def told(name: str, rows: Sequence[Read]) -> str:
    """A line of figures."""
    sure = [row for row in rows if row.confidence >= SURE]
    right, of_sure = sum(row.right for row in rows), sum(row.right for row in sure)
    return (
        f"{name}: {len(rows)} rows, {100 * right / len(rows):.2f} % right; "
        f"at {SURE} or more {len(sure)}, {100 * of_sure / max(1, len(sure)):.2f} % of them right"
    )


def main() -> None:
    """Make the pages, read them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random = Random(given.seed)
    cells = list(with_ranks(read_editions(given.folder, EDITIONS), random, YEARS))
    counts = Counts(given.folder)
    known = {year: Editions(counts.table(beside(str(year)))) for year in {cell.edition for cell in cells}}
    made = list(training_pages(cells, 1, random))
    every = max(1, len(made) // given.pages)
    rows = [row for page in islice(made, 0, None, every) for row in rows_read(page, known)]
    print(told("two ranks", [row for row in rows if row.two_ranks]))
    print(told("one cell, with a rank", [row for row in rows if row.ranks and not row.two_ranks]))
    print(told("all", rows))


if __name__ == "__main__":
    main()
