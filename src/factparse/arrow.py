"""Turns a batch of texts into a batch of facts, for engines that map over Arrow (the extra ``parquet``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from factparse.convert.records import convert_record
from factparse.output.arrow_tables import arrow_rows, arrow_schema, arrow_table
from factparse.output.json import Emit
from factparse.sources.record import TEXT_KEYS, URL_KEYS, Record, first_of

if TYPE_CHECKING:
    import pyarrow

__all__ = ["arrow_schema", "facts"]


def facts(
    batch: pyarrow.RecordBatch,
    *,
    text_key: str | None = None,
    url_key: str | None = None,
    emit: Emit = "facts",
    editions: bool = False,
) -> pyarrow.RecordBatch:
    """The facts on all pages that the texts of ``batch`` hold: a row for each, in the order of the texts.

    ``text_key`` is the column of the texts. Without it, ``text``, ``content`` and other common names are tried.
    ``url_key`` is the column of their addresses, which go into ``url``. ``record`` is the row of the text in ``batch``.
    ``emit`` may ask for ``"pages"`` or ``"rows"`` instead of facts. ``editions`` adds the editions that print each
    cell. The schema is always :func:`arrow_schema` of ``emit`` and ``editions``.

    A text that cannot be converted gives no row. Raises :class:`KeyError` if there is no column of texts.

    >>> import pyarrow
    >>> page = "Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n"
    >>> found = facts(pyarrow.RecordBatch.from_pydict({"text": ["no page", page]}))
    >>> [(row["record"], row["subject"], row["value"], row["unit"]) for row in found.to_pylist()]
    [(1, 'Aruba', 180.0, 'sq km'), (1, 'Malta', 316.0, 'sq km')]
    """
    names = batch.schema.names
    text = first_of(TEXT_KEYS, text_key, names)
    if text is None:
        raise KeyError(text_key or TEXT_KEYS[0])
    url = first_of(URL_KEYS, url_key, names)
    texts = batch.column(names.index(text)).to_pylist()
    urls = batch.column(names.index(url)).to_pylist() if url is not None else [None] * len(texts)
    rows: list[dict[str, Any]] = []
    rows_of = partial(arrow_rows, editions=editions)
    for number, (body, address) in enumerate(zip(texts, urls, strict=True)):
        if isinstance(body, str):
            rows += convert_record(Record(body, "", number, url=address), emit, rows_of).lines
    table = arrow_table(rows, emit, editions=editions).combine_chunks()
    return table.to_batches()[0] if table.num_rows else _empty(emit, editions)


def _empty(emit: Emit, editions: bool) -> pyarrow.RecordBatch:
    import pyarrow

    return pyarrow.RecordBatch.from_pylist([], schema=arrow_schema(emit, editions=editions))
