"""Writes Arrow tables (the extra ``parquet``): it has the published schemas, and puts the rows of pages into them.

Facts and rows are the tables of :mod:`factparse.output.tables`. Pages are nested, as in JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from factparse.core.errors import UsageError
from factparse.output.json import Emit, PageLike, page_facts, page_object, writable
from factparse.output.tables import columns, fact_kinds, fact_rows, named_values, row_rows

if TYPE_CHECKING:
    import pyarrow


def arrow_schema(emit: Emit, *, editions: bool = False, distinct: bool = False) -> pyarrow.Schema:
    """The schema of the tables in which a row is one of the ``pages``, ``rows`` or ``facts``.

    Facts and rows have the columns of ``docs/tables.md``. Pages have the names of the JSON. ``editions`` adds the
    columns of editions. ``distinct`` facts have these columns too, and the number of their ``sightings``.
    Raises :class:`~factparse.UsageError` (``parquet-missing``) if pyarrow is not installed.

    >>> arrow_schema("rows").names[:7]
    ['topic', 'label', 'field', 'layout', 'confidence', 'likelier', 'text_a']
    """
    arrow = _pyarrow()
    if emit != "pages":
        kinds = _kinds(arrow)
        found = columns(emit, editions=editions, distinct=distinct)
        return arrow.schema([arrow.field(column.name, kinds[column.kind]) for column in found])
    text, number, place = arrow.string(), arrow.int64(), arrow.list_(arrow.int64())
    section = arrow.struct([("topic", text), ("span", place), ("rows", arrow.list_(_row(arrow, editions)))])
    remark = arrow.struct([("code", text), ("message", text), ("span", place)])
    known = arrow.struct([("edition", text), ("cells", number), ("of", number)])
    fields = [
        ("schema_version", number),
        ("kind", text),
        ("source", arrow.struct([("name", text), ("record", number), ("page", number), ("url", text), ("date", text)])),
        ("countries", arrow.list_(text)),
        ("editions", arrow.list_(text)),
        *([("known", arrow.list_(known))] if editions else []),
        ("span", place),
        ("sections", arrow.list_(section)),
        ("facts", arrow.list_(_fact(arrow))),
        ("diagnostics", arrow.list_(remark)),
    ]
    return arrow.schema([arrow.field(name, kind) for name, kind in fields])


def arrow_rows(page: PageLike, emit: Emit, *, editions: bool = False) -> list[dict[str, Any]]:
    """The rows for ``page`` in a table of :func:`arrow_schema`, each a dictionary by column."""
    if emit == "facts":
        return fact_rows(page, editions=editions)
    if emit == "rows":
        return row_rows(page, editions=editions)
    remarks = [attrs.asdict(remark, recurse=False) for remark in page.diagnostics]
    facts = [named_values(fact) for fact in page_facts(page, editions=editions)]
    return [{**page_object(page, facts, editions=editions, full=True), "diagnostics": remarks}]


def arrow_table(
    rows: Sequence[dict[str, Any]], emit: Emit, *, editions: bool = False, distinct: bool = False
) -> pyarrow.Table:
    """A table of :func:`arrow_schema` that holds ``rows``.

    Halves of surrogate pairs, which Arrow cannot hold, become U+FFFD.
    """
    table, schema = _pyarrow().Table, arrow_schema(emit, editions=editions, distinct=distinct)
    try:
        return table.from_pylist(list(rows), schema=schema)
    except UnicodeEncodeError:
        return table.from_pylist(writable(list(rows)), schema=schema)


def _pyarrow() -> Any:  # noqa: ANN401 (the module, which has no types)
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError("parquet-missing", "Parquet needs pyarrow: pip install 'factparse[parquet]'") from error
    return pyarrow


def _kinds(arrow: Any) -> dict[str, Any]:  # noqa: ANN401 (pyarrow has no types)
    plain = {"text": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_()}
    return plain | {f"{name}[]": arrow.list_(plain[name]) for name in ("text", "integer")}


def _row(arrow: Any, editions: bool) -> Any:  # noqa: ANN401 (pyarrow has no types)
    text, span = arrow.string(), arrow.list_(arrow.int64())
    printed = [("editions", arrow.list_(text))] if editions else []
    cell = arrow.struct([("country", text), ("text", text), ("span", span), *printed])
    words = [(name, text) for name in ("label", "field", "layout")]
    behind = [("confidence", arrow.float64()), ("span", span), ("cells", arrow.list_(cell)), ("likelier", text)]
    return arrow.struct([*words, *behind])


def _fact(arrow: Any) -> Any:  # noqa: ANN401 (pyarrow has no types)
    """A fact on a nested page."""
    kinds = _kinds(arrow)
    return arrow.struct([(name, kinds[kind]) for name, kind in fact_kinds().items()])
