"""Displaced and stateless persons: every figure with its population, origin, cause and date.

``grammars/fields/displaced.lark`` says what belongs to a figure; ``_displaced/`` reads it. A figure's date is the
bracket behind it; else the next one in the same list, since the Factbook prints one date a run of origins; else the one
that closes the whole entry, as editions up to 2011 do.
"""

from __future__ import annotations

from factparse.extract._displaced.entry import Entry
from factparse.extract._displaced.plain import plainly
from factparse.extract._displaced.tree import by_tree
from factparse.extract.context import Context
from factparse.facts import DisplacedPersons

FIELDS = ("Refugees and internally displaced persons",)


def facts(context: Context) -> tuple[DisplacedPersons, ...]:
    """Return one fact for each figure of the cell, in reading order.

    >>> from factparse.extract import extract
    >>> text = "refugees (country of origin): 9,100 (Chad), 2,000 (Mali) (2021)IDPs: up to 4,000 (floods) (2019)"
    >>> for fact in extract("Refugees and internally displaced persons", text):
    ...     print(fact.population, fact.count, fact.origin, fact.cause, fact.year)
    refugees 9100 Chad None 2021
    refugees 2000 Mali None 2021
    idps 4000 None floods 2019
    """
    entries = plainly(context.text)
    if entries is None:
        entries = by_tree(context.text)
    return tuple([_fact(context, entry) for entry in entries])


def _fact(context: Context, entry: Entry) -> DisplacedPersons:
    return context.fact(
        DisplacedPersons,
        entry.start,
        entry.end,
        entry.date,
        population=entry.population,
        count=entry.count,
        count_max=entry.count_max,
        qualifier=entry.qualifier,
        origin=entry.origin,
        cause=entry.cause,
        note=entry.note,
    )
