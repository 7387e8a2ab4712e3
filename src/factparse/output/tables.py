"""Defines tables: their columns, and their values. Frames, Arrow, CSV and SQL write the tables that this module gives.

A column has one kind in every format. What JSON has as a list is a list here. A format without lists, such as CSV,
writes it as JSON text. ``docs/tables.md`` describes every column.
"""

from __future__ import annotations

import types
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import attrs

from factparse.columns.table import Cell, Row
from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import Span
from factparse.core.written import fact_fields, fact_object
from factparse.output.json import PageLike, encoded, fact_editions, page_facts
from factparse.selection import nearest

Kind = Literal["text", "integer", "number", "boolean", "text[]", "integer[]"]
"""The kind of a column's values. ``text[]`` and ``integer[]`` are lists."""
Table = Literal["facts", "rows"]

# This field is a number in one class and words in another. A column has one kind, so the words get another column.
_WORDS: Final = {("TextValue", "value"): "value_text"}
# The fields that people ask for most come first, then the fields of single classes, then the fields of every fact.
_FIRST: Final = (
    *("type", "subject", "subject_code", "subject_gec", "topic", "field", "edition", "path", "name"),
    *("value", "value_text", "percent", "count", "low", "high", "unit", "of", "qualifier"),
    *("date", "start", "end", "year", "estimated"),
)
_LAST: Final = ("text", "span", "confidence", "derived")


@attrs.frozen
class Column:
    """A column of a table: its ``name``, the ``kind`` of all its values, and what it ``says``."""

    name: str
    kind: Kind
    says: str


_SPAN: Final = (
    Column("span", "integer[]", "where the text stands in the page's text: start, end, perhaps start, end again"),
    Column("span_start", "integer", "where the first of these ranges begins"),
    Column("span_end", "integer", "where the last of them ends"),
)
PAGE: Final = (
    Column("source", "text", "the file that the page was read in"),
    Column("record", "integer", "the record in the file, from 0"),
    Column("page", "integer", "the page in the record, from 0"),
    Column("url", "text", "the address of the page"),
    Column("fetched", "text", "when the page was fetched, if an archive tells it"),
    Column("country_a", "text", "the country of the first column"),
    Column("country_b", "text", "the country of the second column; empty on pages of one country"),
)
_ROW: Final = (
    Column("topic", "text", "the topic that the row stands under"),
    Column("label", "text", "the label as printed"),
    Column("field", "text", "the canonical name of the field; empty if the Factbook has no such field"),
    Column("layout", "text", "how the cells were divided"),
    Column("confidence", "number", "how sure it is that the cells are right"),
    Column("likelier", "text", "the likelier country of a cell that is nobody's"),
    Column("text_a", "text", "the cell of the first country"),
    Column("span_a", "integer[]", "the place of that cell, as in span of the facts"),
    Column("text_b", "text", "the cell of the second country"),
    Column("span_b", "integer[]", "the place of that cell"),
    Column("text_unknown", "text", "a cell of which nothing tells whose it is"),
    Column("span_unknown", "integer[]", "the place of that cell"),
)
_EDITIONS: Final = Column("editions", "text[]", "the editions that print the cell; on request")
_CELL_EDITIONS: Final = tuple(
    Column(f"editions_{side}", "text[]", "the editions that print that cell; on request")
    for side in ("a", "b", "unknown")
)
_SIGHTINGS: Final = Column("sightings", "integer", "how often the fact was met; of distinct facts")
ROW_TEXT: Final = Column("row_text", "text", "the row as printed; on request")


@cache
def columns(
    table: Table, *, editions: bool = False, distinct: bool = False, row_text: bool = False
) -> tuple[Column, ...]:
    """The columns of a table, in order. Columns that are asked for by an option come last.

    >>> [column.name for column in columns("rows")][:3], columns("facts")[0].name
    (['topic', 'label', 'field'], 'type')
    """
    if table == "rows":
        return (*_ROW, *PAGE, *(_CELL_EDITIONS if editions else ()))
    told = [ROW_TEXT] if row_text else []
    counted = [_SIGHTINGS] if distinct else []
    return (*_fact_columns(), *PAGE, *told, *counted, *([_EDITIONS] if editions or distinct else []))


@cache
def _fact_columns() -> tuple[Column, ...]:
    found = {name: Column(name, kind, _says(name)) for name, kind in fact_kinds().items()}
    middle = [name for name in found if name not in (*_FIRST, *_LAST)]
    ordered = [found[name] for name in (*_FIRST, *middle, *_LAST)]
    at = [column.name for column in ordered].index("span")
    return (*ordered[:at], *_SPAN, *ordered[at + 1 :])


def described(table: Table) -> Iterator[str]:
    """Yield a table in Markdown, line by line, that describes every column of ``table``, also the optional ones.

    >>> list(described("rows"))[2]
    '| topic | text | the topic that the row stands under |'
    """
    found = columns(table, editions=True, distinct=True, row_text=True)
    yield "| column | type | |"
    yield "|---|---|---|"
    yield from (f"| {column.name} | {column.kind} | {column.says} |" for column in found)


@cache
def columns_of_type(kind: type[Fact]) -> tuple[Column, ...]:
    """The columns of a table for the facts of one class, in the order of the table of all facts."""
    fields = fact_fields(kind)  # type: ignore[arg-type]  # a class is hashable
    own = {_column(kind, name) for name in fields} | {column.name for column in _SPAN}
    return tuple(column for column in _fact_columns() if column.name in own and column.name != "type")


def chosen(names: Iterable[str], known: Sequence[Column]) -> tuple[Column, ...]:
    """The ``known`` columns that have these ``names``, in the order of the names.

    Raises :class:`~factparse.UsageError` (``no-such-column``) for a name that is none of them.
    """
    by_name = {column.name: column for column in known}
    for name in (asked := tuple(names)):
        if name not in by_name:
            raise UsageError("no-such-column", f"there is no column {name!r}{nearest(str(name), by_name)}")
    return tuple(by_name[name] for name in asked)


def fact_rows(
    page: PageLike, *, editions: bool = False, row_text: bool = False, facts: Iterable[AnyFact] | None = None
) -> list[dict[str, Any]]:
    """The rows of ``page`` in the table of facts, each a dictionary by column: of all facts, or of those given."""
    around = page_row(page)
    found = page_facts(page, editions=editions) if facts is None else tuple(facts)
    rows = [{**fact_row(fact), **around} for fact in found]
    if row_text:
        places = Places(page)
        for row, fact in zip(rows, found, strict=True):
            row["row_text"] = places.row(fact).span.cut(page.text)
    if editions:
        for row, printed in zip(rows, fact_editions(page, found), strict=True):
            row["editions"] = printed or None
    return rows


def row_rows(page: PageLike, *, editions: bool = False) -> list[dict[str, Any]]:
    """The rows of ``page`` in the table of rows, each a dictionary by column."""
    around = page_row(page)
    looked = page.looked_up() if editions else None
    rows = []
    for row in (row for section in page.sections for row in section.rows):
        written: dict[str, Any] = {name: getattr(row, name) for name in ("topic", "label", "field", "layout")}
        written |= {"confidence": row.confidence, "likelier": row.likelier, **around}
        for side, cell in sided(page, row):
            written[f"text_{side}"], written[f"span_{side}"] = cell.text, cell.span
            if looked is not None:
                written[f"editions_{side}"] = looked.of(cell) or None
        rows.append(written)
    return rows


def page_row(page: PageLike) -> dict[str, Any]:
    """The columns that every table has for the page of a row."""
    source = attrs.asdict(page.source)
    names = (*page.countries, None, None)[:2]
    return {
        "source": source["name"],
        **{name: source[name] for name in ("record", "page", "url")},
        "fetched": source["date"],
        "country_a": names[0],
        "country_b": names[1],
    }


def fact_row(fact: Fact) -> dict[str, Any]:
    """The values of ``fact`` by column. Columns of other classes are absent, and an empty list is ``None``.

    >>> from factparse.extract import extract
    >>> row = fact_row(extract("Capital", "name: Bamako")[0])
    >>> row["value_text"], row["path"], row["span"], row["span_start"]
    ('Bamako', ('name',), (6, 12), 6)
    """
    row = {name: None if value == () else value for name, value in named_values(fact).items()}
    return {**row, "span_start": fact.span.start, "span_end": fact.span.end}


def named_values(fact: Fact) -> dict[str, Any]:
    """The values of ``fact`` as they are, by the names of their columns."""
    kind: type[Fact] = type(fact)
    return {_column(kind, name): value for name, value in fact_object(fact).items()}


def sided(page: PageLike, row: Row) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of ``row``, each with the side that it stands on: ``a``, ``b`` or ``unknown``."""
    for index, cell in enumerate(row.cells):
        if cell.country is None and len(row.cells) == 1 and len(page.countries) > 1:
            yield "unknown", cell
        elif len(row.cells) == 1 and page.countries[1:] and cell.country == page.countries[1]:
            yield "b", cell
        else:
            yield "ab"[index], cell


class Places:
    """Finds the row and the cell of a page that a fact was read from."""

    def __init__(self, page: PageLike) -> None:
        rows = [row for section in page.sections for row in section.rows]
        pieces = (
            (cell.span[at], cell.span[at + 1], index, side, row)
            for index, row in enumerate(rows)
            for side, cell in enumerate(row.cells)
            for at in range(0, len(cell.span), 2)
            if cell.text
        )
        self._found = sorted(pieces, key=lambda piece: piece[:4])
        self._starts = [piece[0] for piece in self._found]

    def number(self, fact: Fact) -> tuple[int, int]:
        """The number of the fact's row on the page, and that of its cell in the row."""
        _, _, index, side, _ = self._piece(fact)
        return index, side

    def row(self, fact: Fact) -> Row:
        """The row of the fact."""
        return self._piece(fact)[4]

    def holding(self, fact: Fact) -> tuple[Row, Cell] | None:
        """The row and the cell of the fact; ``None`` if no cell of its field stands where it was read."""
        if not self._found:
            return None
        start, end, _, side, row = self._piece(fact)
        return (row, row.cells[side]) if row.name == fact.field and start <= fact.span.start < end else None

    def _piece(self, fact: Fact) -> tuple[int, int, int, int, Row]:
        return self._found[bisect_right(self._starts, fact.span.start) - 1]


def _column(kind: type[Fact], name: str) -> str:
    return _WORDS.get((kind.__name__, name), name)


def list_text(entries: Sequence[object]) -> str:
    """A list as text, for a format that has no lists: as JSON.

    >>> list_text(("KEN", None, "SOM")), list_text((12, 19))
    ('["KEN",null,"SOM"]', '[12,19]')
    """
    return encoded(entries).decode()


@cache
def fact_kinds() -> dict[str, Kind]:
    """The kind of each field that a class of facts has, as its type hint says.

    >>> kinds = fact_kinds()
    >>> kinds["value"], kinds["value_text"], kinds["parties"], kinds["span"]
    ('number', 'text', 'text[]', 'integer[]')
    """
    found: dict[str, Kind] = {}
    for kind in get_args(AnyFact):
        hints = get_type_hints(kind)
        for name in fact_fields(kind):
            column = _column(kind, name)
            found[column] = _wider(found.get(column), _kind(hints[name]))
    return found


def _kind(hint: Any) -> Kind:  # noqa: ANN401 (any annotation)
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Span:  # a tuple of offsets, by its own class
        return "integer[]"
    if origin is Literal:
        return "text"
    if origin is tuple:
        return cast("Kind", f"{_kind(arguments[0])}[]")
    if origin in (Union, types.UnionType):
        return _common(_kind(one) for one in arguments if one is not type(None))
    plain: dict[Any, Kind] = {str: "text", bool: "boolean", int: "integer", float: "number"}
    return plain[hint]


def _common(kinds: Iterable[Kind]) -> Kind:
    found: Kind | None = None
    for kind in kinds:
        found = _wider(found, kind)
    return found or "text"


def _wider(one: Kind | None, other: Kind) -> Kind:
    """The kind that holds both. Raises :class:`TypeError` if none does; the field then needs an entry in ``_WORDS``."""
    if one in (None, other):
        return other
    if {one, other} == {"integer", "number"}:
        return "number"
    raise TypeError(f"no column can hold {one} and {other}")


def _says(name: str) -> str:
    """Which classes of facts have a column."""
    kinds = get_args(AnyFact)
    having = [kind.__name__ for kind in kinds if name in {_column(kind, each) for each in fact_fields(kind)}]
    if len(having) == len(kinds):
        return "every fact"
    lacking = [kind.__name__ for kind in kinds if kind.__name__ not in having]
    return f"every fact but {lacking[0]}" if len(lacking) == 1 else ", ".join(having)
