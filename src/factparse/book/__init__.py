"""The book: every cell that the Factbook is known to have printed, looked up instead of guessed."""

from factparse.book.book import Book
from factparse.book.making import BookMaker, KnownCell

__all__ = ["Book", "BookMaker", "KnownCell"]
