"""Facts as a table with one tidy row for each, in pandas or polars (both are optional)."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Literal

import attrs

from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, Coordinates, Quantity, Share, TextValue
from factparse.output.arrow_tables import fact_columns
from factparse.output.units import to_si

FrameLibrary = Literal["pandas", "polars"]

_FIRST = (
    "type",
    "subject",
    "subject_code",
    "subject_gec",
    "topic",
    "field",
    "path",
    "name",
    "value",
    "unit",
    "date",
    "year",
    "estimated",
)
_LAST = ("text", "start", "end", "confidence", "derived")
_SEPARATOR = " > "


def frame(facts: Iterable[AnyFact], *, engine: FrameLibrary | None = None, normalise: bool = False) -> Any:  # noqa: ANN401
    """A ``pandas.DataFrame`` or a ``polars.DataFrame`` of ``facts``: one row for each, in order.

    ``engine`` is ``"pandas"`` or ``"polars"``; without it pandas is taken if it is installed, else polars. The columns
    (:func:`columns`) are the same for any facts. A path is joined by `` > ``, lists by ``; ``, in
    which an empty place stands for a code that a party has not. A share's ``percent``
    stands under ``value`` with the unit ``%``, and the words of a ``TextValue`` under ``words``. ``normalise=True``
    adds ``value_si`` and ``unit_si`` (it needs ``pint``); both are empty for a unit that SI has nothing for.

    Raises :class:`~factparse.UsageError`: ``frame-missing`` if the library is not installed, ``units-missing`` if pint
    is not, ``frame-engine`` if ``engine`` is neither.

    >>> import factparse
    >>> table = factparse.frame(factparse.extract("Area", "total: 180 sq km land: 180 sq km", subject="Aruba"))
    >>> table[["subject", "path", "value", "unit"]].values.tolist()
    [['Aruba', 'total', 180.0, 'sq km'], ['Aruba', 'land', 180.0, 'sq km']]
    """
    names = columns(normalise=normalise)
    made = [_row(fact, normalise) for fact in facts]
    return _table({name: [row.get(name) for row in made] for name in names}, engine)


def columns(*, normalise: bool = False) -> tuple[str, ...]:
    """The names of the columns of a frame, in order: the usual ones, the fields of single classes, where it was read.

    >>> columns()[:5], columns(normalise=True)[-2:]
    (('type', 'subject', 'subject_code', 'subject_gec', 'topic'), ('value_si', 'unit_si'))
    """
    own = {field.name: None for kind in AnyFact.__args__ for field in attrs.fields(kind)}
    middle = [name for name in (*own, "words") if name not in (*_FIRST, *_LAST, "span", "percent")]
    return (*_FIRST, *middle, *_LAST, *(("value_si", "unit_si") if normalise else ()))


def _row(fact: AnyFact, normalise: bool) -> dict[str, Any]:
    row: dict[str, Any] = {field.name: getattr(fact, field.name) for field in attrs.fields(type(fact))}
    row["start"], row["end"] = fact.span.start, fact.span.end
    for name, value in row.items():
        if isinstance(value, tuple) and name != "span":
            row[name] = (_SEPARATOR if name == "path" else "; ").join([str(each or "") for each in value])
    if isinstance(fact, Share):
        row["value"], row["unit"] = fact.percent, "%"
    elif isinstance(fact, TextValue):
        row["words"], row["value"] = fact.value, None  # the column ``value`` holds numbers
    if normalise and isinstance(fact, Quantity | Share) and row["value"] is not None:
        row["value_si"], row["unit_si"] = to_si(row["value"], row["unit"]) or (None, None)
    if isinstance(fact, Coordinates):
        row["value"] = None
    return row


def _table(data: dict[str, list[Any]], engine: FrameLibrary | None) -> Any:  # noqa: ANN401 (either library's table)
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


def _kinds() -> dict[str, str]:
    """The kinds of the columns, given so that a table of few facts has the same ones as a table of many.

    Columns that are not named hold text, and so do lists, which are joined.
    """
    return {**fact_columns(), "start": "integer", "end": "integer", "value_si": "number"}


def _pandas(pandas: Any, data: dict[str, list[Any]]) -> Any:  # noqa: ANN401
    types = {"number": "float64", "integer": "Int64", "boolean": "boolean"}
    kinds = _kinds()
    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=types.get(kinds.get(name, ""), "object")) for name, values in data.items()}
    )


def _polars(polars: Any, data: dict[str, list[Any]]) -> Any:  # noqa: ANN401
    types = {"number": polars.Float64, "integer": polars.Int64, "boolean": polars.Boolean}
    kinds = _kinds()
    schema = {name: types.get(kinds.get(name, ""), polars.String) for name in data}
    return polars.DataFrame(data, schema=schema, strict=False)
