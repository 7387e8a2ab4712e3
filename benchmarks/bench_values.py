"""Speed of the value trees on cell texts (``bench_fields.py`` and ``bench_transnational.py`` have the extractors)."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, speed
from benchmarks.bench_fields import all_cells
from factparse.language import parse
from factparse.language.plans import shapes


def run(quick: bool) -> Iterator[Result]:
    texts = list(dict.fromkeys(text for _, text in all_cells(quick)))
    parse("total: 1.2 million (2020 est.)")
    shapes("phrases.lark").forget()
    yield Result("value trees, cold", speed(texts, parse))
    yield Result("value trees, the same cells again", speed(texts, parse))
