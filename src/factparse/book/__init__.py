"""The book of known cells: every cell that the Factbook is known to have printed. It is looked up, not guessed."""

from factparse.book.book import Book
from factparse.book.making import BookMaker, KnownCell

__all__ = ["Book", "BookMaker", "KnownCell"]
