"""How many digits of the cells stand in no fact, and how many only in a text, by era and field.

*In no fact* are digits that no fact, no date of one and no sub-label holds. *In a text only* are those that stand in a
:class:`~factparse.TextValue` and in nothing else. Of these the grammar of told figures says what they are: days and
years (``since 2010``), names and codes (``5G``, ``Article 49``), or figures. A dated text holds the digits of its date.
Addresses and numbers to dial are texts by nature: they are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs

from factparse.extract.figures.extractor import table
from factparse.language.plans import CELL, rules
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
# What the tokens of the rule ``told`` are that hold digits; digits in none of them are of figures.
_KINDS: Final = {"TOLD_DATE": "dates", "TOLD_MONTH": "dates", "CODED": "codes", "CODE_WORD": "codes"}
TOLD: Final = ("dates", "codes", "figures")


@attrs.define
class Digits:
    """The digits of one era by field: all, those in no fact, in addresses, and in a text only, by what they are."""

    of: Counter[str] = attrs.field(factory=Counter)
    lost: Counter[str] = attrs.field(factory=Counter)
    addressed: Counter[str] = attrs.field(factory=Counter)
    told: dict[str, Counter[str]] = attrs.field(factory=lambda: {kind: Counter() for kind in TOLD})

    def add(self, cell: Cell, whose: bytearray) -> None:
        """Count the digits of a cell, of which ``whose`` says whose each character is."""
        kinds = _kinds(cell.text)
        for at, letter in enumerate(cell.text):
            if not letter.isdecimal():
                continue
            self.of[cell.field] += 1
            if not whose[at]:
                self.lost[cell.field] += 1
            elif whose[at] == 1 and cell.field in ADDRESSES:
                self.addressed[cell.field] += 1
            elif whose[at] == 1:
                self.told[kinds.get(at, "figures")][cell.field] += 1


def _kinds(text: str) -> dict[int, str]:
    """Return of the digits of dates and codes where they stand and what they are."""
    found: dict[int, str] = {}
    for token in rules(CELL, "told").pattern.finditer(text):
        kind = _KINDS.get(token.lastgroup or "")
        if kind:
            found.update(dict.fromkeys(range(*token.span()), kind))
    return found


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
    """Print the shares of each era, and the ``fields`` that have most figures in a text."""
    for era, digits in eras.items():
        total = max(1, digits.of.total())
        told = {kind: digits.told[kind].total() / total for kind in TOLD}
        print(
            f"{era}: {total} digits, in no fact {digits.lost.total() / total:.2%}, in a text only "
            f"{sum(told.values()):.2%} ({', '.join(f'{kind} {share:.2%}' for kind, share in told.items())}), "
            f"in addresses {digits.addressed.total() / total:.2%}"
        )
        for field, count in digits.told["figures"].most_common(fields):
            print(f"  {field:50} {count:7} of {digits.of[field]:7}  {count / total:.2%}")
