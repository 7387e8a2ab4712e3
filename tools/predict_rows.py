"""Write what the parser makes of a corpus of pages, row by row, for scoring.

    python -m tools.predict_rows CORPUS.jsonl[.gz] OUT.jsonl [--book FILE|none ...] [--without-year FOLDER]

A line of the corpus has ``id`` and ``text``; a line of the output ``id`` and ``rows``, each with ``topic``, ``label``
(as printed), the two cells ``a`` and ``b`` and ``confidence``. A cell of nobody goes to the likelier side; then
``nobody`` is true.
Cells are looked up in the packaged book, or in those named with ``--book``. With ``--without-year`` each page is read
by what the editions in FOLDER print but those of its own year (its ``era``) and the years beside it, as a page of an
edition that nobody has: with a book of them, or without one (``--book none``).
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from factparse import Row, parse
from factparse.book.book import Book
from factparse.book.packaged import shelf_named
from factparse.book.shelf import Shelf
from tools.build_book import made
from tools.json_lines import json_lines
from tools.training.scoring import Elsewhere, beside


def rows(text: str, books: Shelf) -> list[dict[str, object]]:
    """Return the rows of a page as objects to score."""
    page = parse(text, books=books)
    return [_object(row, page.countries) for row in page.rows]


def _object(row: Row, countries: tuple[str, ...]) -> dict[str, object]:
    cells = [cell.text for cell in row.cells]
    nobody = len(cells) == 1
    if nobody and row.likelier is not None and row.likelier == countries[-1]:
        cells.insert(0, "")
    one, two = (*cells, "", "")[:2]
    told = {"topic": row.topic or "", "label": row.label, "a": one, "b": two, "confidence": row.confidence}
    return {**told, "nobody": True} if nobody else told


@cache
def without_year(folder: Path, era: str) -> Shelf:
    """The editions in ``folder`` as a book, but for those of the year in ``era`` and of the years beside it."""
    return Shelf([Book(made(folder, beside(era)))])


def _read_elsewhere(folder: Path, entry: dict[str, Any], book: Path | None) -> list[dict[str, object]]:
    """The rows of a page read by what editions of other years print; in those of ``book`` cells are looked up, too."""
    told = _elsewhere(folder).of(entry["era"])
    books = without_year(book, entry["era"]) if book is not None else Shelf()
    # Whoever reads pages has the packaged counts; only here others are wanted.
    with patch("factparse.columns.decide.packaged_editions", lambda: told):
        return rows(entry["text"], books)


@cache
def _elsewhere(folder: Path) -> Elsewhere:
    return Elsewhere(folder)


def main() -> None:
    """Read the corpus, write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--book", action="append", default=[], metavar="FILE", help="a book beside the packaged one")
    parser.add_argument("--without-year", type=Path, metavar="FOLDER", help="leave out each page's year")
    given = parser.parse_args()
    named = shelf_named(tuple(given.book))
    with given.out.open("w", encoding="utf-8") as out:
        for entry in json_lines(given.corpus):
            if given.without_year:
                found = _read_elsewhere(given.without_year, entry, None if "none" in given.book else given.without_year)
            else:
                found = rows(entry["text"], named)
            out.write(json.dumps({"id": entry["id"], "rows": found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
