"""Text to facts to JSON, and how fast a text that is no page is told.

Before the first measurement the pages of ``fixtures/`` are read, whose prose stands in no package, and a cell of one
word for every field that has an extractor: grammars and tables are loaded then, and no cell of the measured pages has
been seen.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks._yardstick import Result, speed
from benchmarks.pages import LAYOUTS, articles, pages
from factparse import extract, parse
from factparse.extract import extractors

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


def whole(text: str) -> str:
    return parse(text).to_json()


def warm_up() -> None:
    for path in sorted(_FIXTURES.glob("*.txt")):
        whole(path.read_text(encoding="utf-8"))
    for field in extractors():
        extract(field, "none")


def run(quick: bool) -> Iterator[Result]:
    warm_up()
    count = 10 if quick else 60
    texts = pages(count)
    yield Result("parse + facts + JSON, cold", speed(texts, whole), 0.15)
    yield Result("parse + facts + JSON, the same pages again", speed(texts, whole))
    for number, layout in enumerate(LAYOUTS):
        texts = pages(count // 5, layout=layout, seed=100 + number)
        yield Result(f"parse + facts + JSON, {layout}", speed(texts, whole))
    others = articles(count)
    yield Result("telling that a text is no page", speed(others, parse, times=3), 10)
