"""The one writer of JSON: pages as ``factparse schema`` describes them, and their rows and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, get_args

import attrs
import msgspec

from factparse.columns.table import Cell, Row, Section
from factparse.core.errors import Diagnostic
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import OffsetMap
from factparse.extract.memory import of_edition
from factparse.sources.decode import without_surrogates

if TYPE_CHECKING:
    from factparse.known import PageEditions

SCHEMA_VERSION: Final = 2
"""2: pages have a ``kind``, and those of one country have one name in ``countries`` and one cell a row."""

Emit = Literal["pages", "rows", "facts"]
EMITS: Final[tuple[Emit, ...]] = get_args(Emit)
"""What a line or row of an output can stand for."""


class PageLike(Protocol):
    """The parts of a :class:`factparse.Page` that its outputs need.

    Written as a protocol, because ``page.py`` imports this module.
    """

    @property
    def kind(self) -> str:
        """``comparison`` or ``country``."""

    @property
    def source(self) -> attrs.AttrsInstance:
        """The :class:`factparse.Source`: where the page was read."""

    @property
    def text(self) -> str:
        """The text that all spans refer to."""

    @property
    def offsets(self) -> OffsetMap | None:
        """The way back into the source, where ``text`` was rendered from HTML."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The Factbook's entry names of the countries, in column order."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the table, with their rows."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The remarks made while the page was read."""

    def facts(self) -> tuple[AnyFact, ...]:
        """The typed facts of the page, in reading order."""

    def looked_up(self) -> PageEditions:
        """The editions of the page and its cells."""


def page_json(page: PageLike, indent: int | None = None, *, editions: bool = False) -> str:
    """The JSON text of ``page``: on one line, or indented by ``indent`` spaces for each level.

    With ``editions`` the known ones stand in it, and in each fact that of the page.
    """
    return _text(page_object(page, fact_records(page_facts(page, editions=editions)), editions=editions), indent)


def facts_json(facts: Iterable[Fact], indent: int | None = None) -> str:
    """A JSON array of ``facts``, each as it stands in the JSON of a page.

    >>> from factparse import Span, TierRating
    >>> fact = TierRating(subject="Malta", subject_code="MLT", topic=None, field="Trafficking in persons",
    ...                   text="Tier 2 (2020)", span=Span((0, 13)), tier="Tier 2", date="2020", year=2020)
    >>> facts_json([fact])[:46]
    '[{"type":"TierRating","tier":"Tier 2","rationa'
    """
    return _text(fact_records(facts), indent)


def json_lines(page: PageLike, emit: Emit, *, editions: bool = False) -> list[str]:
    """The lines of JSON for ``page`` in an output: one, or one for each of its rows or facts.

    A row or a fact is as in the JSON of a page, but begins with the ``source`` of its page. With ``editions`` a fact
    has that of the page, and ends with those of the cell that it was read from.
    """
    if emit == "pages":
        return [page_json(page, editions=editions)]
    source = source_object(page.source)
    if emit == "rows":
        return [_text({"source": source, **row}) for row in topic_rows(page, editions=editions)]
    facts = page_facts(page, editions=editions)
    return [_text(record) for record in fact_records(facts, source, fact_editions(page) if editions else None)]


def page_object(page: PageLike, facts: list[Any], *, editions: bool = False) -> dict[str, Any]:
    """The object for ``page`` in an output, with its ``facts`` as that output writes them.

    Spans are offsets into the text that was given, which the reader has. HTML was rendered first, so there the text
    that the spans lead into comes along as ``text``. With ``editions`` the known ones stand behind the countries and
    in each cell.
    """
    looked = page.looked_up() if editions else None
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": page.kind,
        "source": source_object(page.source),
        "countries": page.countries,
        **({"known": [attrs.asdict(each) for each in looked.known]} if looked is not None else {}),
        "sections": [
            {"topic": section.topic, "rows": [row_object(row, looked) for row in section.rows]}
            for section in page.sections
        ],
        "facts": facts,
        "diagnostics": page.diagnostics,
        **({"text": page.text} if page.offsets is not None else {}),
    }


def source_object(source: attrs.AttrsInstance) -> dict[str, Any]:
    """The object of a :class:`factparse.Source`; ``date`` is there only where one is known."""
    return {name: value for name, value in attrs.asdict(source).items() if name != "date" or value is not None}


def topic_rows(page: PageLike, *, editions: bool = False) -> Iterator[dict[str, Any]]:
    """The objects of all rows of ``page``, in order, each with the topic that it stands under."""
    looked = page.looked_up() if editions else None
    return ({"topic": section.topic, **row_object(row, looked)} for section in page.sections for row in section.rows)


def row_object(row: Row, looked: PageEditions | None = None) -> dict[str, Any]:
    """The object of ``row``: label, field, layout, confidence and cells, each with its editions if they are given."""
    written = {
        "label": row.label,
        "field": row.field,
        "layout": row.layout,
        "confidence": row.confidence,
        "cells": [_cell_object(cell, looked) for cell in row.cells],
    }
    if row.likelier is not None:
        written["likelier"] = row.likelier
    return written


def _cell_object(cell: Cell, looked: PageEditions | None) -> dict[str, Any]:
    written: dict[str, Any] = {"country": cell.country, "text": cell.text, "span": cell.span}
    if looked is not None:
        written["editions"] = looked.of(cell)
    return written


def page_facts(page: PageLike, *, editions: bool = False) -> tuple[AnyFact, ...]:
    """The facts of ``page``; with ``editions`` each has that of the page, where its column prints none.

    Cells are looked up for that, and only for that.
    """
    facts = page.facts()
    known = page.looked_up().edition if editions else None
    return facts if known is None else of_edition(facts, known)


def fact_editions(page: PageLike) -> list[tuple[str, ...]]:
    """The editions of the cells that the facts of ``page`` were read from, in the order of the facts."""
    looked = page.looked_up()
    return [looked.at(fact.span.start) for fact in page.facts()]


def fact_object(fact: Fact) -> dict[str, Any]:
    """The object of ``fact``: its type and own fields first, then what every fact carries."""
    kind: type = type(fact)
    return {name: getattr(fact, name) for name in fact_fields(kind)}


@cache
def fact_fields(kind: type) -> tuple[str, ...]:
    """The field names of a class of facts in the order of its JSON.

    >>> from factparse.core.facts import Share
    >>> fact_fields(Share)[:3], fact_fields(Share)[-4:]
    (('type', 'path', 'name'), ('text', 'span', 'confidence', 'derived'))
    """
    common = [field.name for field in attrs.fields(Fact)]
    own = [field.name for field in attrs.fields(kind) if field.name not in common]
    dates = [name for name in own if name in ("date", "start", "end", "year", "estimated")]
    return ("type", *(name for name in own if name not in ("type", *dates)), *dates, *common)


def fact_records(
    facts: Iterable[Fact], source: object = msgspec.UNSET, editions: Iterable[object] | None = None
) -> list[msgspec.Struct]:
    """Records that msgspec writes as the objects of ``facts``, each with its page's ``source`` first, if one is given.

    ``derived`` is written only where it is true; ``editions``, one for each fact, come last.
    """
    printed = repeat(msgspec.UNSET) if editions is None else editions
    return [
        _recorder(fact.__class__)(fact, source, each)  # type: ignore[arg-type]  # a class is hashable
        for fact, each in zip(facts, printed, strict=False)
    ]


@cache
def _recorder(kind: type) -> Callable[[Any, object, object], msgspec.Struct]:
    """The function that makes the record of a fact of one class.

    It is one call with all fields written out, made here as code because a loop takes three times as long. msgspec
    could write the facts themselves, but in an order of its own.
    """
    names = fact_fields(kind)
    given = ["source", *(f"fact.{name}" for name in names[:-1]), "fact.derived or unset", "editions"]
    record = msgspec.defstruct(kind.__name__, ("source", *names, "editions"), gc=False)
    code = f"lambda fact, source, editions: record({', '.join(given)})"
    made: Callable[[Any, object, object], msgspec.Struct] = eval(code, {"record": record, "unset": msgspec.UNSET})
    return made


def _text(value: object, indent: int | None = None) -> str:
    data = encoded(value)
    return (data if indent is None else msgspec.json.format(data, indent=indent)).decode()


def encoded(value: object) -> bytes:
    """The JSON of ``value`` as bytes, whatever characters its texts hold (:func:`writable`)."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(writable(msgspec.to_builtins(value)))


def writable(value: Any) -> Any:  # noqa: ANN401 (plain objects of any depth)
    """A copy of ``value`` with U+FFFD for halves of surrogate pairs, which UTF-8 cannot hold; offsets stay right."""
    if isinstance(value, str):
        return without_surrogates(value)[0]
    if isinstance(value, dict):
        return {key: writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [writable(item) for item in value]
    return value
