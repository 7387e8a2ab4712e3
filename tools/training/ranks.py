"""Puts world ranks back into the cells of editions that printed them: the cells that are given lack them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from random import Random

from factparse.columns.ranks import HIGHEST
from factparse.core.words import RANK
from tools.training.editions import EditionCell

_FIGURE = re.compile(r"[-$]?\d|total|NA\b")
_RANKED = 0.85  # of the fields whose first cell begins with a figure


def with_ranks(cells: Iterable[EditionCell], random: Random, years: Container[int]) -> Iterator[EditionCell]:
    """Yield the cells. Those of ``years`` that are of most fields of figures end with a rank, as in those editions."""
    fields: dict[str, bool] = {}
    for cell in cells:
        if cell.edition not in years:
            yield cell
            continue
        if cell.field not in fields:
            fields[cell.field] = _FIGURE.match(cell.parts[0][0]) is not None and random.random() < _RANKED
        rank = f"{RANK}: {1 + int(random.random() * (HIGHEST - 8))}"
        yield cell._replace(parts=(*cell.parts, (rank,))) if fields[cell.field] else cell
