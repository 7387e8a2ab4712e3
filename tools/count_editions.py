"""Counts what the editions printed of each field: which country had it, its sub-labels and years, its first figures.

    python tools/count_editions.py FOLDER [--out FILE] [--check]

FOLDER holds ``cells.jsonl.gz``, as for ``tools/build_book.py``. ``factparse/columns/structure.py`` says what is counted
of a cell. A sub-label counts if the cells of three countries have it. ``--check`` writes nothing and fails if the file
is not what would be written.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from factparse.columns.editions import FILE
from factparse.columns.first_figures import MOST, size_of
from factparse.columns.structure import Marks, marks_of, numbered
from factparse.language.parts import split
from factparse.vocabulary import country_named, field_named

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import CELLS, json_lines

LEAST = 3  # countries that have a sub-label; of fewer it is an accident
LONGEST = 60  # characters of a sub-label
TABLE = Path(__file__).resolve().parent.parent / "src" / "factparse" / "columns" / FILE

Cell = dict[str, Any]


def none_left_out(_: str) -> bool:
    """Leave no edition out."""
    return False


class Counts:
    """What was counted of each field, for each edition by itself, so that any can be left out."""

    def __init__(self, folder: Path) -> None:
        self.labels = _labels(folder)
        self.strings: dict[str, dict[Marks, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self.held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.sizes: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        names: set[str] = set()
        for cell in json_lines(folder / CELLS):
            field, editions = _field(cell["field"]), cell["editions"]
            names.update(editions)
            self.held[field][_code(cell["country"], cell["code"])].update(editions)
            self.sizes[field][size_of(cell["text"])].update(editions)
            marks = marks_of(cell["text"], self.labels.get(field, ()))
            if marks is not None:
                self.strings[field][marks].update(editions)
        self.editions = tuple(sorted(names))

    def table(self, left_out: Callable[[str], bool] = none_left_out) -> dict[str, Any]:
        """The table of the editions that are not ``left_out``, as ``Editions`` takes it."""
        kept = {name: at for at, name in enumerate(name for name in self.editions if not left_out(name))}
        codes = sorted({code for having in self.held.values() for code in having})
        numbers = {code: number for number, code in enumerate(codes)}
        fields = {}
        for field in sorted(self.held):
            held = _held(self.held[field], numbers, kept)
            if held:
                strings, sizes = _strings(self.strings[field], kept), _sizes(self.sizes[field], kept)
                labels = self.labels.get(field, ())
                fields[field] = {"labels": labels, "strings": strings, "held": held, "sizes": sizes}
        return {"editions": list(kept), "countries": codes, "fields": fields}


def _held(having: dict[str, set[str]], numbers: dict[str, int], kept: dict[str, int]) -> dict[str, list[int]]:
    """The countries that have a field in the same editions, by these as bits."""
    found: dict[str, list[int]] = defaultdict(list)
    for code, names in sorted(having.items()):
        editions = sum([1 << kept[name] for name in names if name in kept])
        if editions:
            found[f"{editions:x}"].append(numbers[code])
    return dict(sorted(found.items()))


def _strings(counted: dict[Marks, Counter[str]], kept: dict[str, int]) -> list[Any]:
    """The strings of marks of a field, each with how many cells of each edition are so."""
    found = []
    for marks, counts in sorted(counted.items()):
        by_edition = [[kept[name], count] for name, count in sorted(counts.items()) if name in kept]
        if by_edition:
            found.append([list(marks), by_edition])
    return found


def _sizes(counted: dict[int, Counter[str]], kept: dict[str, int]) -> list[int]:
    """How many cells of all editions begin with a figure of each size."""
    found = [0] * (MOST + 2)
    for size, counts in counted.items():
        found[size] = sum([many for name, many in counts.items() if name in kept])
    while not found[-1]:
        found.pop()
    return found


@cache
def _field(label: str) -> str:
    return field_named(label) or label


@cache
def _code(name: str, printed: str) -> str:
    country = country_named(name)
    return (country.gec if country is not None and country.gec else printed).lower()


def _labels(folder: Path) -> dict[str, tuple[str, ...]]:
    """The sub-labels of each field, longest first."""
    who: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cell in json_lines(folder / CELLS):
        if ":" in cell["text"]:
            for part in split(cell["text"]):
                label = "note" if part.kind == "note" else numbered(part.label)
                if 0 < len(label) <= LONGEST:
                    who[_field(cell["field"])][label].add(cell["country"])
    return {
        field: tuple(
            sorted((label for label in some if len(some[label]) >= LEAST), key=lambda each: (-len(each), each))
        )
        for field, some in who.items()
    }


def as_bytes(table: dict[str, Any]) -> bytes:
    """The table as the bytes of its JSON: the same cells give the same bytes."""
    return json.dumps(table, separators=(",", ":"), sort_keys=True).encode("ascii")


def main() -> None:
    """Write or check the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help=f"the folder of {CELLS}")
    parser.add_argument("--out", type=Path, default=TABLE, help="file to write")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the table is another one")
    given = parser.parse_args()
    made = as_bytes(Counts(given.folder).table())
    if not given.check:
        given.out.write_bytes(gzip.compress(made, 9, mtime=0))
    # Not the packed bytes: they differ from one library of compression to another.
    elif gzip.decompress(given.out.read_bytes()) != made:
        sys.exit(f"{given.out} is not that of these editions: run tools/count_editions.py {given.folder}")


if __name__ == "__main__":
    main()
