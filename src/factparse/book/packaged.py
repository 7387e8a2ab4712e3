"""The book that comes with the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from factparse.book.book import Book

FILE = "data/factbook.book"


@cache
def packaged() -> Book | None:
    """The packaged book, opened once; ``None`` if this installation has none.

    Raises :class:`~factparse.BookError` if it is damaged.
    """
    file = resources.files("factparse.book") / FILE
    return Book.open(Path(str(file))) if file.is_file() else None
