"""The one writer of Arrow tables (the extra ``parquet``): the published schemas, and the rows of a page in them."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import Span
from factparse.core.written import fact_fields, fact_object
from factparse.output.json import (
    Emit,
    PageLike,
    fact_editions,
    page_facts,
    page_object,
    source_object,
    topic_rows,
    writable,
)

if TYPE_CHECKING:
    import pyarrow

# A field with a number in one class of facts and words in another. A column has one type, so the words get their own.
_WORDS = {("TextValue", "value"): "value_text"}


def arrow_schema(emit: Emit, *, editions: bool = False, distinct: bool = False) -> pyarrow.Schema:
    """The schema of the tables in which a row is one of the ``pages``, ``rows`` or ``facts``.

    Names are those of the JSON. A fact has the columns of all classes, empty where its class (``type``) has no such
    field; only ``value`` of a ``TextValue`` is called ``value_text``. With ``editions`` there are the columns of those;
    ``distinct`` facts have them too, and the number of their ``sightings``.
    Raises :class:`~factparse.UsageError` (``parquet-missing``) if pyarrow is not installed.

    >>> arrow_schema("rows").names
    ['source', 'topic', 'label', 'field', 'layout', 'confidence', 'span', 'cells']
    """
    arrow = _pyarrow()
    source = arrow.field("source", _source(arrow))
    printed = [arrow.field("editions", arrow.list_(arrow.string()))] if editions or distinct else []
    if emit == "facts":
        counted = [arrow.field("sightings", arrow.int64())] if distinct else []
        return arrow.schema([source, *counted, *_fact(arrow), *printed])
    row = _row(arrow, printed)
    if emit == "rows":
        return arrow.schema([source, arrow.field("topic", arrow.string()), *row])
    place = arrow.list_(arrow.int64())
    section = arrow.struct([("topic", arrow.string()), ("span", place), ("rows", arrow.list_(arrow.struct(row)))])
    remark = arrow.struct([("code", arrow.string()), ("message", arrow.string()), ("span", place)])
    return arrow.schema(
        [
            arrow.field("schema_version", arrow.int64()),
            arrow.field("kind", arrow.string()),
            source,
            arrow.field("countries", arrow.list_(arrow.string())),
            arrow.field("editions", arrow.list_(arrow.int64())),
            *([arrow.field("known", arrow.list_(_known(arrow)))] if editions else []),
            arrow.field("span", place),
            arrow.field("sections", arrow.list_(section)),
            arrow.field("facts", arrow.list_(arrow.struct(_fact(arrow)))),
            arrow.field("diagnostics", arrow.list_(remark)),
        ]
    )


def arrow_rows(page: PageLike, emit: Emit, *, editions: bool = False) -> list[dict[str, Any]]:
    """The rows for ``page`` in a table of :func:`arrow_schema`, each a dictionary by column."""
    if emit == "pages":
        facts = [columns_of(fact) for fact in page_facts(page, editions=editions)]
        remarks = [attrs.asdict(remark, recurse=False) for remark in page.diagnostics]
        return [{**page_object(page, facts, editions=editions, full=True), "diagnostics": remarks}]
    source = source_object(page.source, full=True)
    if emit == "rows":
        return [{"source": source, **row} for row in topic_rows(page, editions=editions)]
    rows = [{"source": source, **columns_of(fact)} for fact in page_facts(page, editions=editions)]
    if editions:
        for row, printed in zip(rows, fact_editions(page), strict=True):
            row["editions"] = printed
    return rows


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


def columns_of(fact: Fact) -> dict[str, Any]:
    """The values of ``fact`` by column of a table of facts (:func:`fact_columns`); those of other classes are absent.

    >>> from factparse.extract import extract
    >>> columns_of(extract("Capital", "name: Bamako")[0])["value_text"]
    'Bamako'
    """
    return {_WORDS.get((type(fact).__name__, name), name): value for name, value in fact_object(fact).items()}


def _pyarrow() -> Any:  # noqa: ANN401 (the module, which has no types)
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError("parquet-missing", "Parquet needs pyarrow: pip install 'factparse[parquet]'") from error
    return pyarrow


def _source(arrow: Any) -> Any:  # noqa: ANN401 (pyarrow has no types)
    text, number = arrow.string(), arrow.int64()
    return arrow.struct([("name", text), ("record", number), ("page", number), ("url", text), ("date", text)])


def _known(arrow: Any) -> Any:  # noqa: ANN401 (pyarrow has no types)
    return arrow.struct([("edition", arrow.string()), ("cells", arrow.int64()), ("of", arrow.int64())])


def _row(arrow: Any, printed: list[Any]) -> list[Any]:  # noqa: ANN401 (pyarrow has no types)
    text, span = arrow.string(), arrow.list_(arrow.int64())
    cell = [arrow.field("country", text), arrow.field("text", text), arrow.field("span", span), *printed]
    cells = arrow.list_(arrow.struct(cell))
    words = [arrow.field(name, text) for name in ("label", "field", "layout")]
    return [*words, arrow.field("confidence", arrow.float64()), arrow.field("span", span), arrow.field("cells", cells)]


def _fact(arrow: Any) -> list[Any]:  # noqa: ANN401 (pyarrow has no types)
    kinds = {"string": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_()}
    fields = []
    for name, kind in fact_columns().items():
        plain = kind.removesuffix("[]")
        fields.append(arrow.field(name, arrow.list_(kinds[plain]) if plain != kind else kinds[plain]))
    return fields


@cache
def fact_columns() -> dict[str, str]:
    """The columns of a table of facts with the kind of each: ``string``, ``number``, ..., with ``[]`` if it is a list.

    >>> columns = fact_columns()
    >>> columns["value"], columns["value_text"], columns["parties"], columns["span"]
    ('number', 'string', 'string[]', 'integer[]')
    """
    columns: dict[str, str] = {}
    for kind in get_args(AnyFact):
        hints = get_type_hints(kind)
        for name in fact_fields(kind):
            column = _WORDS.get((kind.__name__, name), name)
            columns[column] = _wider(columns.get(column), _kind(hints[name]))
    return columns


def _kind(hint: Any) -> str:  # noqa: ANN401 (any annotation)
    if hint is Span:  # a tuple of offsets, by its own class
        return "integer[]"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "string"
    if origin is tuple:
        return f"{_kind(arguments[0])}[]"
    if origin in (Union, types.UnionType):
        return _common(_kind(one) for one in arguments if one is not type(None))
    return {str: "string", bool: "boolean", int: "integer", float: "number"}[hint]


def _common(kinds: Iterable[str]) -> str:
    found: str | None = None
    for kind in kinds:
        found = _wider(found, kind)
    return found or "string"


def _wider(one: str | None, other: str) -> str:
    """The kind that can hold both. :class:`TypeError` if none can: such a field needs an entry in ``_WORDS``."""
    if one in (None, other):
        return other
    if {one, other} == {"integer", "number"}:
        return "number"
    raise TypeError(f"no column can hold {one} and {other}")
