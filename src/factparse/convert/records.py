"""Turns a record into rows of the output, or into a failure. This is a pure function, so any engine can run it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Final

import attrs

from factparse.book.packaged import Books
from factparse.core.errors import FactparseError, SourceError
from factparse.output.json import Emit, json_lines
from factparse.page import Page
from factparse.reading import failure_of, may_hold_page, record_pages
from factparse.selection import Selection
from factparse.sources.record import Outcome

LOW_CONFIDENCE = 0.9

RowsOf = Callable[[Page, Emit], Sequence[Any]]
"""A function that gives the lines of JSON, or the rows of a table, for a page."""


@attrs.frozen
class Converted:
    """The result for one record: its output ``lines`` and their counts, or its ``failure``.

    ``lines`` are JSON without line ends, or rows of a table. ``pages`` is the number of pages; ``keys`` has for each a
    digest of its text and the number of its lines. ``facts`` counts the facts by type, and ``low`` those of the
    ``rows`` whose confidence is below 0.9.
    """

    lines: tuple[Any, ...] = ()
    pages: int = 0
    keys: tuple[tuple[str, int], ...] = ()
    rows: int = 0
    low: int = 0
    facts: Counter[str] = attrs.field(factory=Counter)
    failure: FactparseError | None = None


_NOTHING: Final = Converted()


def convert_record(
    outcome: Outcome,
    emit: Emit = "pages",
    rows_of: RowsOf = json_lines,
    books: Books = None,
    *,
    only: str = "",
    selection: Selection | None = None,
) -> Converted:
    """The output of one record. A record without a page gives no line. An unreadable one gives a failure.

    ``emit`` says what a line is: a page, one of its rows, or one of its facts. ``rows_of`` makes the lines of a page.
    ``books`` are those in which its cells are looked up. ``only`` is the kind of pages to keep, if not all.
    ``selection`` says which rows and facts to keep. No record raises an error.

    >>> from factparse.sources.record import Record
    >>> convert_record(Record("nothing to compare", "notes.txt")).lines
    ()
    >>> str(convert_record(SourceError("bad-json", "the line is not JSON", source="a.jsonl", line=3)).failure)
    'a.jsonl:3: the line is not JSON [bad-json]'
    """
    if isinstance(outcome, SourceError):
        return Converted(failure=outcome)
    try:
        if not may_hold_page(outcome):
            return _NOTHING
        pages = [page for page in record_pages(outcome, books) if page and (not only or page.kind == only)]
        if selection is not None:
            pages = [page.narrowed(selection) for page in pages if selection.takes_page(page.countries)]
            pages = [page for page in pages if page.sections]
        return _converted(pages, emit, rows_of) if pages else _NOTHING
    except Exception as error:  # a fault of factparse in one record must not cost the others of a long run
        return Converted(failure=failure_of(error, outcome.name, outcome.line))


def pages_of_record(outcome: Outcome, books: Books = None) -> Converted:
    """The pages of one record, unchanged, as its ``lines``. Or the failure of the record.

    >>> from factparse.sources.record import Record
    >>> found = pages_of_record(Record("Chad vs. Mali\\nChadMali\\nCoastline0 km0 km", "a.txt"))
    >>> [page.countries for page in found.lines]
    [('Chad', 'Mali')]
    """
    if isinstance(outcome, SourceError):
        return Converted(failure=outcome)
    try:
        pages = [page for page in record_pages(outcome, books) if page] if may_hold_page(outcome) else []
        return Converted(lines=tuple(pages), pages=len(pages))
    except Exception as error:
        return Converted(failure=failure_of(error, outcome.name, outcome.line))


def failed(outcome: Outcome, code: str, message: str) -> Converted:
    """The failure of a record that cannot be converted. If it could not even be read, that is the reason."""
    if isinstance(outcome, SourceError):
        return Converted(failure=outcome)
    return Converted(failure=FactparseError(code, message, source=outcome.name, line=outcome.line))


def _converted(pages: list[Page], emit: Emit, rows_of: RowsOf) -> Converted:
    lines = [rows_of(page, emit) for page in pages]
    rows = [row for page in pages for row in page.rows]
    return Converted(
        lines=tuple(chain.from_iterable(lines)),
        pages=len(pages),
        keys=tuple((_digest(page), len(some)) for page, some in zip(pages, lines, strict=True)),
        rows=len(rows),
        low=sum(row.confidence < LOW_CONFIDENCE for row in rows),
        facts=Counter(map(attrgetter("type"), chain.from_iterable(page.facts() for page in pages))),
    )


def _digest(page: Page) -> str:
    """A digest of the page's text. Pages with the same text have the same digest."""
    text = page.span.cut(page.text) or page.text  # only the part of this page, because a text may hold several
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
