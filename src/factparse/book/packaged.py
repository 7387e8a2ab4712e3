"""The book that comes with the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from factparse.book.book import Book
from factparse.book.shelf import Shelf

FILE = "data/factbook.book"


@cache
def packaged() -> Book | None:
    """The packaged book, opened once; ``None`` if this installation has none.

    Raises :class:`~factparse.BookError` if it is damaged.
    """
    file = resources.files("factparse.book") / FILE
    return Book.open(Path(str(file))) if file.is_file() else None


@cache
def packaged_shelf() -> Shelf:
    """The packaged book alone, as what pages are read with by default."""
    book = packaged()
    return Shelf([book] if book is not None else [])
