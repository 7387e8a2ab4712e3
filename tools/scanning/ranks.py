"""Faults that only cells with world ranks show: a seeded script puts ranks where the editions had them.

The cells of the editions have lost their ranks. A cell of a field that is ranked is given one again, at its end,
as editions print it: with its words (``country comparison to the world: 77``), or, as those that dropped them, without.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from factparse.core.facts import Quantity
from tools.scanning.belonging import headline
from tools.scanning.cells import Cell, Figure, Printed
from tools.scanning.detector import Detectors

ranks: Final = Detectors()

RANKED: Final = frozenset(
    {
        *("Area", "Coastline", "Land boundaries", "Airports", "Pipelines", "Railways", "Roadways", "Waterways"),
        *("Population", "Population growth rate", "Birth rate", "Death rate", "Net migration rate", "Median age"),
        *("Infant mortality rate", "Life expectancy at birth", "Total fertility rate", "Maternal mortality ratio"),
        *("HIV/AIDS - adult prevalence rate", "Obesity - adult prevalence rate", "Alcohol consumption per capita"),
        *("Education expenditure", "Health expenditure", "Unemployment rate", "Labor force", "Public debt"),
        *("Youth unemployment rate (ages 15-24)", "Gini Index coefficient - distribution of family income"),
        *("Real GDP (purchasing power parity)", "Real GDP growth rate", "Real GDP per capita", "Gross national saving"),
        *("GDP (official exchange rate)", "Inflation rate (consumer prices)", "Current account balance", "Exports"),
        *("Imports", "Reserves of foreign exchange and gold", "Debt - external", "Taxes and other revenues"),
        *("Budget surplus (+) or deficit (-)", "Industrial production growth rate", "Electricity - production"),
        *("Electricity - consumption", "Crude oil - production", "Natural gas - production", "Internet users"),
        *("Telephones - fixed lines", "Telephones - mobile cellular", "Broadband - fixed subscriptions"),
        *("Merchant marine", "Military expenditures", "Carbon dioxide emissions"),
    }
)


def _given(cell: Cell, words: str) -> tuple[int, Cell] | None:
    """Return a rank and the cell with it at its end; ``None`` if no rank belongs there."""
    ranked = [fact for fact in cell.figures if isinstance(fact, Quantity)]
    text = cell.text.rstrip()
    # A cell that ends with a text or a half-read bracket is no test of ranks.
    if cell.field not in RANKED or not ranked or text[-1:] not in ")%kmdol" or cell.facts[-1] is not ranked[-1]:
        return None
    rank = random.Random(f"{cell.field} {cell.text}").randint(1, 230)
    return rank, Cell(Printed(cell.country, cell.field, f"{text} {words}{rank}", cell.editions))


def owned(figures: tuple[Figure, ...], rank: int) -> bool:
    """Tell whether one of ``figures`` that may be the headline has the ``rank``; where none has a value, none need."""
    valued = tuple(fact for fact in figures if isinstance(fact, Quantity) and fact.value is not None)
    return not valued or any(isinstance(fact, Quantity) and fact.rank == rank for fact in headline(valued))


@ranks("A1", "the rank at the end is not the headline figure's")
def rank_of_another(cell: Cell) -> Iterator[str]:
    given = _given(cell, "country comparison to the world: ")
    if given is not None and not owned(given[1].figures, given[0]):
        yield given[1].text[-110:]


@ranks("B15", "a rank that lost its words is a figure")
def rank_without_words(cell: Cell) -> Iterator[str]:
    # The editions that dropped the words kept the line break before the number, or only a blank.
    given = _given(cell, "\n" if len(cell.text) % 2 else "")
    if given is not None and is_figure(given[1], given[0]):
        yield given[1].text[-70:]


def is_figure(cell: Cell, rank: int) -> bool:
    """Tell whether the ``rank`` at the end of ``cell`` is the value of a figure."""
    fact = cell.at(len(cell.text) - 1)
    return isinstance(fact, Quantity) and fact.rank != rank and fact.value == rank
