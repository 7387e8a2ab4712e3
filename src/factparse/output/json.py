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
from factparse.core.spans import OffsetMap, Span
from factparse.core.written import fact_defaults, fact_fields
from factparse.extract.memory import of_edition
from factparse.sources.decode import without_surrogates

if TYPE_CHECKING:
    from factparse.known import PageEditions

SCHEMA_VERSION: Final = 3
"""The version of a page's JSON. ``docs/json.md`` tells what each one changed, ``output/loading.py`` reads them all."""

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
    def span(self) -> Span:
        """The place of the page in ``text``."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The Factbook's entry names of the countries, in column order."""

    @property
    def editions(self) -> tuple[str | None, ...]:
        """The years that the headers of the columns print."""

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


def page_json(page: PageLike, indent: int | None = None, *, editions: bool = False, full: bool = False) -> str:
    """The JSON text of ``page``: on one line, or indented by ``indent`` spaces for each level.

    With ``editions`` the known ones stand in it, and in each fact that of the page. What has its default is left out,
    unless it is to be ``full``.
    """
    facts = fact_records(page_facts(page, editions=editions), full=full)
    return _text(page_object(page, facts, editions=editions, full=full), indent)


def facts_json(facts: Iterable[Fact], indent: int | None = None, *, full: bool = False) -> str:
    """A JSON array of ``facts``, each as it stands in the JSON of a page.

    >>> from factparse import Span, TierRating
    >>> fact = TierRating(subject="Malta", subject_code="MLT", topic=None, field="Trafficking in persons",
    ...                   text="Tier 2 (2020)", span=Span((0, 13)), tier="Tier 2", date="2020", year=2020)
    >>> facts_json([fact])[:64]
    '[{"type":"TierRating","tier":"Tier 2","date":"2020","year":2020,'
    """
    return _text(fact_records(facts, full=full), indent)


def json_lines(page: PageLike, emit: Emit, *, editions: bool = False, full: bool = False) -> list[str]:
    """The lines of JSON for ``page`` in an output: one, or one for each of its rows or facts.

    A row or a fact is as in the JSON of a page, but begins with the ``source`` of its page. With ``editions`` a fact
    has that of the page, and ends with those of the cell that it was read from.
    """
    if emit == "pages":
        return [page_json(page, editions=editions, full=full)]
    source = source_object(page.source, full=full)
    if emit == "rows":
        return [_text({"source": source, **row}) for row in topic_rows(page, editions=editions)]
    facts = page_facts(page, editions=editions)
    printed = fact_editions(page) if editions else None
    return [_text(record) for record in fact_records(facts, source, printed, full=full)]


def page_object(page: PageLike, facts: list[Any], *, editions: bool = False, full: bool = False) -> dict[str, Any]:
    """The object for ``page`` in an output, with its ``facts`` as that output writes them.

    Spans are offsets into the text that was given, which the reader has. HTML was rendered first, so there the text
    that the spans lead into comes along as ``text``. With ``editions`` the known ones stand behind the countries and
    in each cell.
    """
    looked = page.looked_up() if editions else None
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": page.kind,
        "source": source_object(page.source, full=full),
        "countries": page.countries,
        **({"editions": page.editions} if full or any(page.editions) else {}),
        **({"known": [attrs.asdict(each) for each in looked.known]} if looked is not None else {}),
        "span": page.span,
        "sections": [
            {"topic": section.topic, "span": section.span, "rows": [row_object(row, looked) for row in section.rows]}
            for section in page.sections
        ],
        "facts": facts,
        "diagnostics": page.diagnostics,
        **({"text": page.text} if page.offsets is not None else {}),
    }


def source_object(source: attrs.AttrsInstance, *, full: bool = False) -> dict[str, Any]:
    """The object of a :class:`factparse.Source`; ``date`` is there only where one is known, or if it is ``full``."""
    return {name: value for name, value in attrs.asdict(source).items() if full or name != "date" or value is not None}


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
        "span": row.span,
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


def fact_editions(page: PageLike, facts: Iterable[Fact] | None = None) -> list[tuple[str, ...]]:
    """The editions of the cells that the facts of ``page``, or those given, were read from, in the facts' order."""
    looked = page.looked_up()
    return [looked.at(fact.span.start) for fact in (page.facts() if facts is None else facts)]


def fact_records(
    facts: Iterable[Fact],
    source: object = msgspec.UNSET,
    editions: Iterable[object] | None = None,
    *,
    full: bool = False,
) -> list[msgspec.Struct]:
    """Records that msgspec writes as the objects of ``facts``, each with its page's ``source`` first, if one is given.

    Fields at their default are left out, unless they are to be ``full``; ``editions``, one for each fact, come last.
    """
    facts = tuple(facts)
    printed = repeat(msgspec.UNSET) if editions is None else editions
    kinds: set[type] = {fact.__class__ for fact in facts}
    record_of = {kind: _recorder(kind, full) for kind in kinds}  # asked once a class, not once a fact
    return [record_of[fact.__class__](fact, source, each) for fact, each in zip(facts, printed, strict=False)]


@cache
def _recorder(kind: type, full: bool) -> Callable[[Any, object, object], msgspec.Struct]:
    """The function that makes the record of a fact of one class.

    It is one call with all fields written out, made here as code because a loop takes three times as long. msgspec
    could write the facts themselves, but in an order of its own. It leaves out what *is* the default; words and
    fractions may be equal to it and be another object, so they are compared here.
    """
    names = fact_fields(kind)
    usual = {} if full else fact_defaults(kind)
    compared = {name for name, default in usual.items() if isinstance(default, str | float)}
    given = [f"unset if fact.{n} == usual[{n!r}] else fact.{n}" if n in compared else f"fact.{n}" for n in names]
    fields = [(name, object, usual.get(name, msgspec.UNSET)) for name in ("source", *names, "editions")]
    record = msgspec.defstruct(kind.__name__, fields, gc=False, omit_defaults=True)
    code = f"lambda fact, source, editions: record(source, {', '.join(given)}, editions)"
    scope = {"record": record, "unset": msgspec.UNSET, "usual": usual}
    made: Callable[[Any, object, object], msgspec.Struct] = eval(code, scope)
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
