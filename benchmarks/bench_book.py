"""The book: opening it, a million look-ups of cells, and what a page takes that is known.

The book is made of the cells of made pages, as many for a country and field as the packaged one has.
"""

from collections.abc import Iterator
from itertools import cycle, islice

from benchmarks._yardstick import Result, seconds
from benchmarks.pages import pages
from factparse import parse
from factparse.book import Book, KnownCell
from factparse.book.folding import folded
from factparse.book.shelf import Shelf
from factparse.columns.case import TextRun
from factparse.columns.lookup import Lookup, decided
from factparse.columns.rows import raw_pages
from factparse.columns.stage import Divider
from factparse.layout.tree import layout_tree
from factparse.vocabulary import country_named

_EDITIONS = 8  # cells of a country and field, about


def _cells(texts: list[str]) -> list[KnownCell]:
    """The cells of the pages as they are read, and as other editions may have printed them."""
    found = []
    for text in texts:
        for row in parse(text, books=()).rows:
            for cell in row.cells:
                country = country_named(cell.country or "")
                if country is not None and cell.text:
                    for edition in range(_EDITIONS):
                        # Half of them are of other lengths, as in the packaged book.
                        changed = cell.text[edition % 2 :] + str(edition) + " more" * (edition // 2)
                        found.append(KnownCell(country.gec, row.name, changed, (str(2000 + edition),)))
    return found


def _runs(texts: list[str], shelf: Shelf) -> Iterator[tuple[Lookup, TextRun]]:
    """The runs of the pages, each with what looks it up."""
    for text in texts:
        for raw in raw_pages(text, layout_tree(text)):
            divider = Divider(text, raw, shelf=shelf)
            divider.read()
            if divider.lookup is not None:
                yield from ((divider.lookup, verdict.run) for verdict in divider.verdicts.values())


def run(quick: bool) -> Iterator[Result]:
    texts = pages(10 if quick else 60, layout="glued", seed=5)
    cells = _cells(texts)
    book = Book.build(cells)
    known = [(cell.country, cell.field, folded(cell.text)) for cell in cells]
    count = 100_000 if quick else 1_000_000

    def look_up() -> None:
        for country, field, text in islice(cycle(known), count):
            book.cells(country, field).editions(text)

    yield Result("book: microseconds a look-up of a cell", seconds(look_up) / count * 1e6, 10.0, most=True)
    runs = list(_runs(texts[:10], Shelf([book])))  # what is known of more fields than these is not kept unpacked
    times = max(1, count // 10 // len(runs))

    def decide() -> None:
        for _ in range(times):
            for lookup, run in runs:
                sighting = lookup.look_up(run)
                decided(sighting) if sighting is not None else None

    yield Result("book: microseconds a row", seconds(decide) / (times * len(runs)) * 1e6, 10.0, most=True)
