"""Cells to facts, cold and with cells that repeat: the typed fields (``bench_transnational.py`` has the others)."""

import os
from collections.abc import Iterator
from gzip import open as gzip_open
from itertools import count
from json import loads

from benchmarks._yardstick import Result, seconds, word_loop
from benchmarks.pages import pages
from factparse import parse
from factparse.extract import extract
from factparse.extract.figures.extractor import table
from factparse.vocabulary import field_named


def cells(quick: bool) -> list[tuple[str, str]]:
    """Return the distinct cells of typed fields."""
    return [cell for cell in all_cells(quick) if cell[0] in table()[0]]


def all_cells(quick: bool) -> list[tuple[str, str]]:
    """Return distinct cells with their fields: of the dump that FACTPARSE_CORPUS names, else of made pages."""
    dump = os.environ.get("FACTPARSE_CORPUS")
    found: dict[tuple[str, str], None] = {}
    if dump:
        with gzip_open(dump, "rt", encoding="utf-8") as lines:
            for number, line in zip(count(), lines, strict=False):
                if quick and number > 100:
                    break
                for row in loads(line)["rows"]:
                    field = field_named(row["label"]) or row["label"]
                    found.update({(field, row[side]): None for side in ("a", "b") if row[side]})
        return list(found)
    for text in pages(20 if quick else 120):
        for row in parse(text).rows:
            found.update({(row.name, cell.text): None for cell in row.cells if cell.text})
    return list(found)


def run(quick: bool) -> Iterator[Result]:
    found = cells(quick)
    texts = [text for _, text in found]
    for field, text in found[:40]:
        extract(field, text[:9])  # grammars and tables are loaded; no cell has been met whole

    def every() -> None:
        for field, text in found:
            extract(field, text)

    yard = min(seconds(lambda: word_loop(texts)) for _ in range(3))
    yield Result("cells to facts, cold", yard / seconds(every), 0.3)
    some = found[:2000]
    few = [text for _, text in some]

    def some_of_them() -> None:
        for field, text in some:
            extract(field, text)

    some_of_them()
    yard = min(seconds(lambda: word_loop(few)) for _ in range(3))
    yield Result("cells to facts, repeated cells", yard / min(seconds(some_of_them) for _ in range(3)), 1.2)
