"""Value trees to facts: one small module a shape of fact.

A module of this package that has ``FIELDS`` (canonical field names) and ``facts(context)`` is an extractor; it is found
by being there. A field without one, and a cell in which its extractor finds nothing, is answered with text values.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import import_module

from factparse.columns.table import Row
from factparse.core.facts import AnyFact
from factparse.core.spans import Span
from factparse.extract import prose as text_values
from factparse.extract._met import Met
from factparse.extract.context import Context
from factparse.vocabulary import country_named, field_named

__all__ = ["Context", "extract", "extractors", "field_facts", "row_facts"]

Extractor = Callable[[Context], Sequence[AnyFact]]


@cache
def extractors() -> dict[str, Extractor]:
    """Return the extractor of each canonical field that has one.

    >>> "Illicit drugs" in extractors()
    True
    """
    found: dict[str, Extractor] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            loaded = import_module(f"{__name__}.{module.name}")
            found.update(dict.fromkeys(getattr(loaded, "FIELDS", ()), getattr(loaded, "facts", text_values.facts)))
    return found


def field_facts(context: Context) -> tuple[AnyFact, ...]:
    """Return every fact of one cell, in reading order; at least one unless the cell is blank."""
    extractor = extractors().get(context.field, text_values.facts)
    return tuple(extractor(context)) or text_values.facts(context)


def row_facts(row: Row) -> tuple[AnyFact, ...]:
    """Return every fact of a row's cells, with the row's confidence; a cell of nobody has facts without a subject."""
    found: list[AnyFact] = []
    for cell in row.cells:
        if cell.text:
            code = _code(cell.country)
            found += field_facts(
                Context(cell.country, code, row.topic, row.field, cell.text, cell.span, row.confidence)
            )
    return tuple(found)


def extract(field: str, text: str, *, subject: str | None = None, topic: str | None = None) -> tuple[AnyFact, ...]:
    """Return the facts in one field's ``text``, no page needed; spans are offsets into ``text``.

    ``field`` is a label of any edition, ``subject`` any name of the country the text is about. A label nobody knows is
    taken as it is, and its text is answered with text values.

    >>> [fact.count for fact in extract("Refugees and internally displaced persons", "IDPs: 1.2 million (2020)")]
    [1200000]
    """
    name, code = _entry(subject) if subject else (None, None)
    asked = (name, code, topic, _field(field), text)
    kept = len(text) <= _LONGEST_KEPT and _met.again(hash(asked))
    return _kept_facts(*asked) if kept else _facts(*asked)


_KEPT, _LONGEST_KEPT = 4096, 2000  # texts whose facts are kept, characters of each
_met = Met()  # the second time that a text is asked for its facts are kept


def forget_cells() -> None:
    """Forget which texts were asked for; their facts are in a bounded cache."""
    _met.clear()


def _facts(name: str | None, code: str | None, topic: str | None, field: str, text: str) -> tuple[AnyFact, ...]:
    return field_facts(Context(name, code, topic, field, text, Span((0, len(text)))))


_kept_facts = lru_cache(_KEPT)(_facts)


@lru_cache(maxsize=1024)
def _entry(subject: str) -> tuple[str, str | None]:
    country = country_named(subject)
    return (country.name, country.alpha3 or None) if country else (subject, None)


@lru_cache(maxsize=1024)
def _field(label: str) -> str:
    return field_named(label) or label


@cache
def _code(country: str | None) -> str | None:
    named = country_named(country) if country else None
    return (named.alpha3 or None) if named else None
