"""A small page, where the fixtures are, and reading files and what was written."""

import json
from pathlib import Path
from typing import Any

import pytest

from factparse.sources.files import Input, find
from factparse.sources.record import Options, Outcome

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"

# Whatever starts a cluster or a server runs in one process: two of them would be too much for most machines.
HEAVY = pytest.mark.xdist_group("clusters")
PAGE = """Home

Malta vs. Aruba

Geography

Malta | Aruba | |
Area | 316 sq km | 180 sq km |

Source: CIA Factbook
"""


def read_records(path: Path, **options: Any) -> list[Outcome]:  # noqa: ANN401 (as Options has them)
    """The records of one file, and what could not be read of it."""
    (found,) = find([path])
    assert isinstance(found, Input)
    return list(found.records(Options(**options)))


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
