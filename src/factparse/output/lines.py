"""The lines of an output that has one for each row of a page, or for each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from factparse.output.json import PageLike, encoded, row_object, source_object


def rows_lines(page: PageLike) -> list[str]:
    """Return a line of JSON for each row of ``page``: where it was read, its topic, and the row as pages have it."""
    return _lines(
        page, ({"topic": section.topic, **row_object(row)} for section in page.sections for row in section.rows)
    )


def facts_lines(page: PageLike, facts: Iterable[str]) -> list[str]:
    """Return a line of JSON for each of the ``facts`` of ``page``: where it was read, and the fact as pages have it."""
    head = f'{{"source":{encoded(source_object(page.source)).decode()},'
    return [head + fact[1:] for fact in facts]


def _lines(page: PageLike, objects: Iterator[dict[str, Any]]) -> list[str]:
    source = source_object(page.source)
    return [encoded({"source": source, **each}).decode() for each in objects]
