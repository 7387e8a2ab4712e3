"""How many digits of the cells stand in no fact, and how many only in a text, by era and field.

A dated text holds the digits of its date. Addresses and numbers to dial are texts by nature: they are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs

from factparse.extract.figures.extractor import table
from tools.scanning.cells import Cell, Printed
from tools.scanning.general import owners

ERAS: Final = {"1990-1996": range(1990, 1997), "2021-2024": range(2021, 2025)}
ADDRESSES: Final = frozenset(
    {
        "Diplomatic representation in the US",
        "Diplomatic representation from the US",
        "Civil aircraft registration country code prefix",
        "Internet country code",
    }
)


@attrs.define
class Digits:
    """The digits of one era by field: all, those in no fact, in a text only, and of these in addresses."""

    of: Counter[str] = attrs.field(factory=Counter)
    lost: Counter[str] = attrs.field(factory=Counter)
    told: Counter[str] = attrs.field(factory=Counter)
    addressed: Counter[str] = attrs.field(factory=Counter)

    def add(self, cell: Cell, whose: bytearray) -> None:
        """Count the digits of a cell, of which ``whose`` says whose each character is."""
        found = Counter(whose[at] for at, letter in enumerate(cell.text) if letter.isdecimal())
        self.of[cell.field] += found.total()
        self.lost[cell.field] += found[0]
        kind = self.addressed if cell.field in ADDRESSES else self.told
        kind[cell.field] += found[1]


def account(cells: Iterable[Printed]) -> dict[str, Digits]:
    """Return the digits of each era, but for the fields of natural prose."""
    eras = {era: Digits() for era in ERAS}
    shapes = table()[0]
    for printed in cells:
        at = [era for era, years in ERAS.items() if any(int(edition[:4]) in years for edition in printed.editions)]
        if not at:
            continue
        cell = Cell(printed)
        if shapes.get(cell.field, ("",))[0] == "prose":
            continue
        whose = owners(cell)
        for era in at:
            eras[era].add(cell, whose)
    return eras


def show(eras: dict[str, Digits], fields: int) -> None:
    """Print the shares of each era, and the ``fields`` that have most digits in a text."""
    for era, digits in eras.items():
        total = max(1, digits.of.total())
        lost, told, addressed = (one.total() / total for one in (digits.lost, digits.told, digits.addressed))
        print(f"{era}: {total} digits, in no fact {lost:.2%}, in a text only {told:.2%}, in addresses {addressed:.2%}")
        for field, count in digits.told.most_common(fields):
            print(f"  {field:50} {count:7} of {digits.of[field]:7}  {count / total:.2%}")
