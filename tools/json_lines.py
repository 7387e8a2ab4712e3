"""Files of JSON Lines, packed or not: corpora of pages, and the cells of all editions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

CELLS: Final = "cells.jsonl.gz"
"""The file of all editions. A line is a cell: ``country``, ``code``, ``topic``, ``field``, ``text``, ``editions``."""


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the object of each line, in the order of the file. Raises ``OSError`` if there is no such file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
