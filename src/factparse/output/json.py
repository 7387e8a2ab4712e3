"""A page as JSON: what ``factparse schema`` describes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, Protocol

import attrs
import msgspec

from factparse.columns.table import Row, Section
from factparse.core.collector import uncollected
from factparse.core.errors import Diagnostic
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import OffsetMap
from factparse.sources.decode import without_surrogates

SCHEMA_VERSION: Final = 1


class PageLike(Protocol):
    """What of a :class:`factparse.Page` goes into its JSON."""

    @property
    def source(self) -> attrs.AttrsInstance:
        """Where it was read: a :class:`factparse.Source`."""

    @property
    def text(self) -> str:
        """What the spans refer to."""

    @property
    def offsets(self) -> OffsetMap | None:
        """The way back into the source, where ``text`` was rendered from HTML."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The entry names, in column order."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The table."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The remarks."""

    def facts(self) -> tuple[AnyFact, ...]:
        """Every typed fact of the page."""


@uncollected
def page_json(page: PageLike, indent: int | None = None) -> str:
    """Return ``page`` as JSON text: on one line, or indented by ``indent`` spaces a level."""
    data = encoded(page_object(page))
    if indent is not None:
        data = msgspec.json.format(data, indent=indent)
    return data.decode()


def facts_json(facts: Sequence[Fact], indent: int | None = None) -> str:
    """Return ``facts`` as a JSON array, each as it stands in a page's JSON.

    >>> from factparse import Span, TierRating
    >>> fact = TierRating(subject="Malta", subject_code="MLT", topic=None, field="Trafficking in persons",
    ...                   text="Tier 2 (2020)", span=Span((0, 13)), tier="Tier 2", date="2020", year=2020)
    >>> facts_json([fact])[:46]
    '[{"type":"TierRating","tier":"Tier 2","rationa'
    """
    data = encoded([fact_record(fact) for fact in facts])
    return (data if indent is None else msgspec.json.format(data, indent=indent)).decode()


def page_object(page: PageLike) -> dict[str, object]:
    """Return the JSON object of ``page``, ready for msgspec, which writes diagnostics and spans natively.

    Spans lead into the text that was given. HTML was rendered first: then the text they lead into comes along.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "source": source_object(page.source),
        "countries": page.countries,
        "sections": [
            {"topic": section.topic, "rows": [row_object(row) for row in section.rows]} for section in page.sections
        ],
        "facts": [fact_record(fact) for fact in page.facts()],
        "diagnostics": page.diagnostics,
        **({"text": page.text} if page.offsets is not None else {}),
    }


def source_object(source: attrs.AttrsInstance) -> dict[str, object]:
    """Return the JSON object of a :class:`factparse.Source`; ``date`` is there only where one is known."""
    return {name: value for name, value in attrs.asdict(source).items() if name != "date" or value is not None}


def fact_object(fact: Fact) -> dict[str, object]:
    """Return the JSON object of ``fact``: its type and own fields first, then what every fact carries."""
    kind: type = type(fact)
    return {name: getattr(fact, name) for name in fact_fields(kind)}


def fact_record(fact: Fact) -> msgspec.Struct:
    """Return ``fact`` as a structure that msgspec writes as :func:`fact_object`, in half the time."""
    kind: type = type(fact)
    return _recorder(kind)(fact)


def row_object(row: Row) -> dict[str, object]:
    """Return the JSON object of ``row``: its two cells and how sure it is."""
    return {
        "label": row.label,
        "field": row.field,
        "layout": row.layout,
        "confidence": row.confidence,
        "cells": [{"country": cell.country, "text": cell.text, "span": cell.span} for cell in row.cells],
    }


@cache
def fact_fields(kind: type) -> tuple[str, ...]:
    """Return the field names of a class of facts in the order of its JSON.

    >>> from factparse.core.facts import Share
    >>> fact_fields(Share)[:3], fact_fields(Share)[-3:]
    (('type', 'path', 'name'), ('text', 'span', 'confidence'))
    """
    common = [field.name for field in attrs.fields(Fact)]
    own = [field.name for field in attrs.fields(kind) if field.name not in common]
    dates = [name for name in own if name in ("date", "year", "estimated")]
    return ("type", *(name for name in own if name not in ("type", *dates)), *dates, *common)


@cache
def _recorder(kind: type) -> Callable[[Any], msgspec.Struct]:
    """Return what makes the record of a fact: one call with all fields written out, in a third of the time of a loop.

    msgspec writes the facts themselves too, but in an order of its own.
    """
    names = fact_fields(kind)
    scope = {"record": msgspec.defstruct(kind.__name__, names, gc=False)}
    made: Callable[[Any], msgspec.Struct] = eval(f"lambda fact: record({', '.join(f'fact.{n}' for n in names)})", scope)
    return made


def encoded(value: object) -> bytes:
    """Return ``value`` as JSON, whatever characters its texts hold."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_writable(msgspec.to_builtins(value)))


def _writable(value: object) -> object:
    """Half of a surrogate pair cannot be written as UTF-8: it becomes U+FFFD, which keeps all offsets."""
    if isinstance(value, str):
        return without_surrogates(value)[0]
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(item) for item in value]
    return value
