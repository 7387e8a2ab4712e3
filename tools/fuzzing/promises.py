"""What has to hold for every input, by what reads it: a page, a cell, a dump."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Sequence
from contextlib import suppress

import factparse
from factparse import Book, Page
from factparse.core.errors import BookError, FactparseError, SourceError
from factparse.reading import record_pages
from factparse.sources.compression import BROKEN, opened
from factparse.sources.files import formats
from factparse.sources.record import Options, Record

_PAGE = "Chad vs. Mali\nGeography\nChadMali\nArea5 km7 km\nCoastline5 km6 km\n"
_OPTIONS = Options(max_record_bytes=1 << 18)


class BrokenError(AssertionError):
    """A promise that does not hold for an input."""


def _page_holds(page: Page) -> None:
    """See that places are right on a page, and that its JSON says what it says."""
    for cell in (cell for row in page.rows for cell in row.cells):
        if cell.span.cut(page.text) != cell.text:
            raise BrokenError(f"the span {cell.span} of a cell cuts out something else")
    _facts_hold(page.facts(), page.text)
    told = json.loads(page.to_json())
    if told["countries"] != [_written(name) for name in page.countries] or len(told["facts"]) != len(page.facts()):
        raise BrokenError("the JSON says something else")
    for fact in told["facts"]:
        if len(fact["span"]) % 2 or fact["text"] is None:
            raise BrokenError(f"the JSON of a fact has no place or no text: {fact}")


def _written(text: str) -> str:
    """The text as it can be written in UTF-8: half a surrogate pair is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _facts_hold(facts: Sequence[factparse.AnyFact], text: str) -> None:
    for fact in facts:
        if fact.span.cut(text) != fact.text:
            raise BrokenError(f"the span {fact.span} of a fact cuts out something else")
        if not 0 <= fact.confidence <= 1:
            raise BrokenError(f"a confidence of {fact.confidence}")


def hold_text(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")  # broken bytes become halves of surrogate pairs
    for page in factparse.parse_pages(text):
        _page_holds(page)
    if "".join(map(str, factparse.parse_tree(text).scan_values(lambda _: True))) != text:
        raise BrokenError("the leaves of the tree are not the text")


def hold_bytes(data: bytes) -> None:
    _page_holds(factparse.parse(data))


def hold_html(data: bytes) -> None:
    page = factparse.parse_html(data.decode("utf-8", "surrogateescape"))
    _page_holds(page)
    for row in page.rows:
        place = page.source_span(row.span)
        if not 0 <= place.start <= place.end <= len(data):
            raise BrokenError(f"the place {place} of a row is not in the document")


def hold_cell(data: bytes) -> None:
    field, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no such field
        facts = factparse.extract(field, text, subject="Malta")
    _facts_hold(facts, text)


def hold_book(data: bytes) -> None:
    """See that a damaged book is told, or is of use."""
    with suppress(BookError):
        book = Book(data)
        for country, field in [*book.keys()]:  # it is no dictionary
            book.editions_of(country, field, "5 km")
        for page in factparse.parse_pages(_PAGE, books=[book]):
            _page_holds(page)
            page.to_json(editions=True)
        Book.merge([book, book])


def hold_dump(suffix: str, packed: str, data: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(data))
    with suppress(*BROKEN):
        for outcome in formats()[suffix].records(opened(stream, packed) if packed else stream, "a", _OPTIONS):
            if isinstance(outcome, SourceError):
                str(outcome).encode()
            elif isinstance(outcome, Record):
                with suppress(FactparseError):
                    for page in record_pages(outcome):
                        _page_holds(page)
