"""Displaced and stateless persons: every figure with its population, origin, cause and date.

``grammars/fields/displaced.lark`` says what belongs to a figure. A figure's date is the
bracket behind it; else the next one in the same list, since the Factbook prints one date a run of origins; else the one
that closes the whole entry, as editions up to 2011 do.
"""

from __future__ import annotations

from functools import lru_cache

from factparse.core.facts import DisplacedPersons
from factparse.core.frozen import maker
from factparse.extract.context import Context
from factparse.extract.displaced.entry import Entry
from factparse.extract.displaced.plain import plainly
from factparse.extract.displaced.tree import by_tree

FIELDS = ("Refugees and internally displaced persons",)

_LONGEST_KEPT = 2000
_UNDATED = (None, None, False)
_made = maker(DisplacedPersons)


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
    subject, code, topic, field = context.subject, context.subject_code, context.topic, context.field
    text, part, sure = context.text, context.span.part, context.confidence
    found = []
    for entry in (_kept if len(text) <= _LONGEST_KEPT else _read)(text):
        start, end, date = entry.start, entry.end, entry.date
        printed = text[start:end].strip()
        if len(printed) != end - start:
            start = text.index(printed, start) if printed else start
            end = start + len(printed)
        printed_date, year, estimated = (date.date, date.year, date.estimated) if date is not None else _UNDATED
        found.append(
            _made(
                *(subject, code, topic, field, printed, part(start, end), sure, printed_date, year, estimated),
                *(entry.population, entry.count, entry.count_max),
                *(entry.qualifier, entry.origin, entry.cause, entry.note),
            )
        )
    return tuple(found)


def _read(text: str) -> tuple[Entry, ...]:
    entries = plainly(text)
    return tuple(by_tree(text) if entries is None else entries)


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[Entry, ...]:
    """Read a cell once: it stands on many pages. Nobody changes an entry once its cell is read."""
    return _read(text)
