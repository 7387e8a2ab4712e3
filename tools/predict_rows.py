"""Write what the parser makes of a corpus of pages, row by row, for scoring.

    python -m tools.predict_rows CORPUS.jsonl[.gz] OUT.jsonl [--book FILE|none ...] [--without-year FOLDER]

A line of the corpus has ``id`` and ``text``; a line of the output ``id`` and ``rows``, each with ``topic``, ``label``
(as printed), the two cells ``a`` and ``b`` and ``confidence``. A cell of nobody goes to the likelier side; then
``nobody`` is true.
Cells are looked up in the packaged book, or in those named with ``--book``. With ``--without-year`` each page is read
with a book of the editions in FOLDER but those of its own year (its ``era``) and the years beside it, as a page of an
edition that nobody has.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from factparse import Row, parse
from factparse.book.book import Book
from factparse.book.packaged import shelf_named
from factparse.book.shelf import Shelf
from tools.build_book import made


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
    found = re.search(r"\d{4}", era)
    if found is None:
        raise ValueError(f"the era {era!r} names no year")
    years = {str(int(found[0]) + step) for step in (-1, 0, 1)}
    return Shelf([Book(made(folder, lambda edition: edition[:4] in years))])


def _corpus(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


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
        for entry in _corpus(given.corpus):
            books = without_year(given.without_year, entry["era"]) if given.without_year else named
            out.write(json.dumps({"id": entry["id"], "rows": rows(entry["text"], books)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
