"""Text to facts to JSON, and how fast a text that is no page is told."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, speed
from benchmarks.pages import LAYOUTS, articles, pages
from factparse import parse


def whole(text: str) -> str:
    return parse(text).to_json()


def run(quick: bool) -> Iterator[Result]:
    whole(pages(1, seed=9)[0])  # grammars and tables are loaded; the cells below have not been seen
    count = 10 if quick else 60
    texts = pages(count)
    yield Result("parse + facts + JSON, cold", speed(texts, whole), 0.15)
    yield Result("parse + facts + JSON, the same pages again", speed(texts, whole))
    for number, layout in enumerate(LAYOUTS):
        texts = pages(count // 5, layout=layout, seed=100 + number)
        yield Result(f"parse + facts + JSON, {layout}", speed(texts, whole))
    others = articles(count)
    yield Result("telling that a text is no page", speed(others, parse, times=3), 10)
