"""Text to the layout tree: which lines are what, before any cell is divided."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, speed
from benchmarks.pages import LAYOUTS, pages
from factparse.layout.tree import layout_tree


def run(quick: bool) -> Iterator[Result]:
    layout_tree(pages(1, seed=9)[0])  # the grammar and the vocabulary are loaded
    count = 10 if quick else 60
    yield Result("layout alone, cold", speed(pages(count), layout_tree), 1.5)
    for layout in LAYOUTS:
        texts = pages(count // 2, layout=layout)
        yield Result(f"layout alone, {layout}", speed(texts, layout_tree, times=3), 1.5)
