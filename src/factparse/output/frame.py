"""Facts as a table of pandas or polars, with one row for each fact. Both libraries are optional."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Final, Literal

from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, Fact, Quantity, Share
from factparse.output import tables
from factparse.output.json import PageLike, page_facts
from factparse.output.tables import Column, chosen, fact_row, fact_rows
from factparse.output.units import to_si
from factparse.selection import Names, Selection, Types, is_page

FrameLibrary = Literal["pandas", "polars"]
Given = PageLike | Iterable[PageLike | AnyFact]
"""A page, pages, facts, or pages and facts."""

_SI: Final = (
    Column("value_si", "number", "the value or percentage in SI base units; on request"),
    Column("unit_si", "text", "what these are"),
)


def frame(
    given: Given,
    *,
    type: Types = None,
    field: Names = None,
    country: Names = None,
    min_confidence: float = 0.0,
    columns: Iterable[str] | None = None,
    keep_empty: bool = False,
    editions: bool = False,
    row_text: bool = False,
    normalise: bool = False,
    engine: FrameLibrary | None = None,
) -> Any:  # noqa: ANN401 (either library's table)
    """A ``pandas.DataFrame`` or a ``polars.DataFrame`` of facts: one row for each, in order.

    ``given`` are facts, a page, or pages, whose facts are taken. Only facts of pages say where they were read.
    ``type``, ``field``, ``country`` and ``min_confidence`` choose among the facts, as in :meth:`factparse.Page.facts`.

    The columns are those of ``docs/tables.md``, in that order, with the names of the JSON. Lists are lists in polars,
    and tuples in pandas, which can be grouped and merged by them. Empty columns are left out. ``keep_empty`` keeps
    them, and ``columns`` names the columns that are wanted. ``row_text=True`` adds the row as printed,
    ``editions=True`` adds the editions that print the cell, and ``normalise=True`` adds ``value_si`` and ``unit_si``,
    which are empty for a unit that SI does not have.

    ``engine`` is ``"pandas"`` or ``"polars"``. Without it, pandas is used if it is installed, and polars otherwise.

    Raises :class:`~factparse.UsageError`: ``frame-missing`` if the library is not installed, ``units-missing`` if pint
    is not, ``frame-engine`` if ``engine`` is neither, ``no-such-column`` for an unknown column, ``not-facts`` if
    something else is given, and the errors of :meth:`factparse.Page.facts`.

    >>> import factparse
    >>> table = factparse.frame(factparse.extract("Area", "total: 180 sq km land: 180 sq km", subject="Aruba"))
    >>> table[["subject", "path", "value", "unit"]].values.tolist()
    [['Aruba', ('total',), 180.0, 'sq km'], ['Aruba', ('land',), 180.0, 'sq km']]
    """
    selection = Selection.of(type=type, field=field, country=country, min_confidence=min_confidence)
    known = frame_columns(editions=editions, row_text=row_text, normalise=normalise)
    shown = known if columns is None else chosen(columns, known)
    rows = list(_rows(given, selection, editions=editions, row_text=row_text))
    if normalise:
        for row in rows:
            row |= _in_si(row)
    data = {column: [row.get(column.name) for row in rows] for column in shown}
    if rows and columns is None and not keep_empty:
        data = {column: values for column, values in data.items() if any(value is not None for value in values)}
    return _table(data, engine)


def frame_columns(*, editions: bool = False, row_text: bool = False, normalise: bool = False) -> tuple[Column, ...]:
    """The columns that a frame can have, in order.

    >>> [column.name for column in frame_columns(normalise=True)][-2:]
    ['value_si', 'unit_si']
    """
    return (*tables.columns("facts", editions=editions, row_text=row_text), *(_SI if normalise else ()))


def _rows(given: Given, selection: Selection, *, editions: bool, row_text: bool) -> Iterator[dict[str, Any]]:
    for one in _several(given):
        if is_page(one):
            facts = [fact for fact in page_facts(one, editions=editions) if selection.takes(fact)]
            yield from fact_rows(one, editions=editions, row_text=row_text, facts=facts)
        elif not isinstance(one, Fact):
            raise _no_facts(one)
        elif selection.takes(one):
            yield fact_row(one)


def _several(given: Any) -> Iterable[Any]:  # noqa: ANN401 (whatever a caller passes)
    if is_page(given):
        return [given]
    if isinstance(given, str | bytes | Fact) or not isinstance(given, Iterable):
        raise _no_facts(given)
    return given


def _no_facts(given: object) -> UsageError:
    message = (
        f"frame takes facts, a page, or pages, not {given.__class__.__name__}; factparse.parse makes a page of text"
    )
    return UsageError("not-facts", message)


def _in_si(row: dict[str, Any]) -> dict[str, Any]:
    value, unit = (row["percent"], "%") if row["type"] == Share.__name__ else (row.get("value"), row.get("unit"))
    if row["type"] not in (Quantity.__name__, Share.__name__) or value is None:
        return {}
    found = to_si(value, unit)
    return {"value_si": found[0], "unit_si": found[1]} if found else {}


def _table(data: dict[Column, list[Any]], engine: FrameLibrary | None) -> Any:  # noqa: ANN401 (either library's table)
    if engine not in (None, "pandas", "polars"):
        raise UsageError("frame-engine", f"engine is 'pandas' or 'polars', not {engine!r}")
    for name in (engine,) if engine else ("pandas", "polars"):
        try:
            library = import_module(name)
        except ImportError:
            continue
        return _polars(library, data) if name == "polars" else _pandas(library, data)
    wanted = engine or "pandas or polars"
    raise UsageError("frame-missing", f"frames need {wanted}: pip install 'factparse[frame]' or 'polars'")


def _pandas(pandas: Any, data: dict[Column, list[Any]]) -> Any:  # noqa: ANN401
    kinds = {"number": "float64", "integer": "Int64", "boolean": "boolean"}
    return pandas.DataFrame(
        {column.name: pandas.Series(values, dtype=kinds.get(column.kind, "object")) for column, values in data.items()}
    )


def _polars(polars: Any, data: dict[Column, list[Any]]) -> Any:  # noqa: ANN401
    kinds = {"number": polars.Float64, "integer": polars.Int64, "boolean": polars.Boolean, "text": polars.String}
    kinds |= {f"{name}[]": polars.List(kinds[name]) for name in ("text", "integer")}
    schema = {column.name: kinds[column.kind] for column in data}
    return polars.DataFrame({column.name: values for column, values in data.items()}, schema=schema, strict=False)
