"""Reads pages again, with the cells that all of them show: :func:`resolve`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from factparse.book.book import Book
from factparse.book.shelf import Shelf
from factparse.page import Page
from factparse.parsing import parse_pages
from factparse.selection import need_pages
from factparse.sightings import Sightings, Witnessed


def resolve(pages: Iterable[Page]) -> list[Page]:
    """``pages`` in their order, each read again with the cells that they all show beyond doubt.

    A doubtful row on one page is settled if its cells stand in sure rows (confidence 0.99 or more) of other pages. A
    cell is believed if it was seen beside two other countries. Each page is also looked up in the books that it was
    read with. The cells of HTML pages count, but HTML pages stay as they are, because their cells are known.

    Raises :class:`~factparse.BookError` (``books-differ``) if pages were read with books whose hashes are not equally
    long, and :class:`~factparse.UsageError` (``not-a-page``) if something else than pages is given.

    >>> from factparse import parse
    >>> cells = {"Chad": "dust storms", "Mali": "dry winds and fires", "Cuba": "hurricanes", "Peru": "earthquakes"}
    >>> def page(a, b, between):
    ...     return parse(f"{a} vs. {b}\\nGeography\\n{a} | {b} | |\\nNatural hazards{between[0]}"
    ...                  f"{cells[a]}{between[1]}{cells[b]}{between[2]}\\n", books=())
    >>> table, glued = (" | ", " | ", " |"), ("", " ", "")
    >>> pairs = (("Chad", "Peru"), ("Chad", "Cuba"), ("Peru", "Mali"), ("Cuba", "Mali"))
    >>> known = [page(*pair, table) for pair in pairs]
    >>> before = page("Chad", "Mali", glued)
    >>> after = resolve([*known, before])[-1]
    >>> before.rows[0].confidence < 0.9, after.rows[0].confidence, [cell.text for cell in after.rows[0].cells]
    (True, 0.9995, ['dust storms', 'dry winds and fires'])
    """
    some = [pages] if isinstance(pages, Page) else list(pages)
    need_pages("resolve", *some)
    believed = _believed(some)
    shelves: dict[Shelf, Shelf] = {}
    text: str | None = None
    own: Shelf | None = None
    again: tuple[Page, ...] = ()
    found = []
    for page in some:
        if page.shelf is None or page.offsets is not None:
            found.append(page)
            continue
        if (
            page.text is not text or page.shelf is not own
        ):  # pages of one text follow each other, so the text is read once
            text, own = page.text, page.shelf
            if own not in shelves:
                shelves[own] = Shelf([*own.books, believed])
            again = parse_pages(text, books=shelves[own])
        new = again[page.source.page]
        found.append(attrs.evolve(page, sections=new.sections, shelf=new.shelf))
    return found


def _believed(pages: Sequence[Page]) -> Book:
    """A book of the cells that ``pages`` show."""
    seen = Sightings(next((page.shelf for page in pages if page.shelf), Shelf()).hash_bytes)
    for page in pages:
        seen.add(page)
    witnessed = Witnessed()
    witnessed.pour(Book(seen.book()))
    return Book(witnessed.book(), "sightings")
