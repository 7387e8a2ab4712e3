"""The book that comes with the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from factparse.book.book import Book
from factparse.book.shelf import Shelf
from factparse.core.errors import UsageError

FILE = "data/factbook.book"


@cache
def packaged() -> Book | None:
    """The packaged book, opened once. ``None`` if this installation has none.

    Raises :class:`~factparse.BookError` if it is damaged.
    """
    file = Path(__file__).parent / FILE
    return Book.open(file) if file.is_file() else None


NONE: Final = "none"
"""The name that leaves the packaged book out, if it stands among names of books."""

Books = Shelf | Sequence[Book] | None
"""The books to read pages with. ``None`` means the packaged one, and an empty sequence means no book."""


@cache
def packaged_shelf() -> Shelf:
    """The packaged book alone, with which pages are read by default."""
    book = packaged()
    return Shelf([book] if book is not None else [])


def shelf_of(books: Books) -> Shelf:
    """The books as one.

    Raises :class:`~factparse.UsageError` (``not-books``) if ``books`` is something else, such as one book or its path.

    >>> shelf_of(()).books, bool(shelf_of([Book.build([])]))
    ((), True)
    """
    if books is None:
        return packaged_shelf()
    if isinstance(books, Shelf):
        return books
    if not isinstance(books, Sequence) or not all(isinstance(book, Book) for book in books):
        message = "books is a list of factparse.Book, such as [Book.open(path)]; () stands for no book"
        raise UsageError("not-books", message)
    return _shelf(tuple(books))


_shelf = lru_cache(8)(Shelf)


@lru_cache(8)
def shelf_named(names: tuple[str, ...]) -> Shelf:
    """The packaged book and the books in the files ``names``, opened once. :data:`NONE` leaves the packaged one out.

    Raises :class:`~factparse.BookError` if one cannot be opened.
    """
    own = [] if NONE in names else packaged_shelf().books
    return Shelf([*own, *(Book.open(name) for name in names if name != NONE)]) if names else packaged_shelf()
