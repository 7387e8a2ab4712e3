"""The cells of all editions, for tools that draw or count: lines of ``cells.jsonl.gz``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from factparse.vocabulary import field_named
from tools.json_lines import CELLS, json_lines


@attrs.frozen
class EditionCell:
    """A cell with the editions that print it; ``country`` is the name of that time."""

    country: str
    text: str
    editions: tuple[str, ...]


def cells_of(folder: Path, field: str) -> Iterator[EditionCell]:
    """Yield every cell whose label is one of ``field``, a canonical name, in the order of the file."""
    for cell in json_lines(folder / CELLS):
        if (field_named(cell["field"]) or cell["field"]) == field:
            yield EditionCell(cell["country"], cell["text"], tuple(cell["editions"]))
