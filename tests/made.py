"""A small page, and reading back what was written of it."""

import json
from pathlib import Path
from typing import Any

import pytest

# Whatever starts a cluster or a server runs in one process: two of them would be too much for most machines.
HEAVY = pytest.mark.xdist_group("clusters")
PAGE = """Home

Malta vs. Aruba

Geography

Malta | Aruba | |
Area | 316 sq km | 180 sq km |

Source: CIA Factbook
"""


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
