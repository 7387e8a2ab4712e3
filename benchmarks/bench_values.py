"""Speed of the trees of cells (``bench_fields.py`` and ``bench_transnational.py`` have the extractors)."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, speed
from benchmarks.bench_fields import cells
from factparse.extract.figures import tree
from factparse.language.plans import CELL, rules


def run(quick: bool) -> Iterator[Result]:
    found = {text: field for field, text in cells(quick)}
    tree("Area", "total: 1.2 million (2020 est.)")
    rules(CELL, "item").forget()

    def expand(text: str) -> object:
        return tree(found[text], text)

    yield Result("trees of cells, cold", speed(list(found), expand))
    yield Result("trees of cells, the same again", speed(list(found), expand))
