"""The columns stage alone: rows into cells, relative to the word loop, and how its time grows with a row's length."""

from collections.abc import Iterator

from benchmarks._yardstick import Result, seconds, word_loop
from benchmarks.pages import LAYOUTS, pages
from factparse.columns.rows import RawPage, raw_pages
from factparse.columns.stage import divide
from factparse.layout.tree import layout_tree

HOSTILE = {
    "without a border": "the quick brown fox jumps over the lazy dog, ",
    "of one character": "7",
    "of sub-labels": "total: 5 km ",
    "of paragraphs": "The land is flat.\n\n",
}


def _raw(texts: list[str]) -> list[tuple[str, RawPage]]:
    return [(text, raw) for text in texts for raw in raw_pages(text, layout_tree(text))]


def _divide(found: list[tuple[str, RawPage]]) -> None:
    for text, raw in found:
        divide(text, raw)


def run(quick: bool) -> Iterator[Result]:
    _divide(_raw(pages(2, seed=9)))  # the model is loaded
    count = 10 if quick else 60
    for layout in LAYOUTS:
        found = _raw(pages(count, layout=layout, seed=3))
        texts = [text for text, _ in found]
        spent = seconds(lambda found=found: _divide(found))  # type: ignore[misc]
        yard = min(seconds(lambda texts=texts: word_loop(texts)) for _ in range(3))  # type: ignore[misc]
        yield Result(f"columns alone, {layout}, cold", yard / spent, 0.4)
    size = 100_000 if quick else 500_000
    for name, piece in HOSTILE.items():
        small, large = (_row(piece, size * times) for times in (1, 2))
        ratio = min(seconds(lambda: _divide(large)) for _ in range(2)) / min(  # noqa: B023 (called here)
            seconds(lambda: _divide(small))  # noqa: B023
            for _ in range(2)
        )
        yield Result(f"columns: a row {name}, twice as long: times", ratio, 3.0, most=True)


def _row(piece: str, size: int) -> list[tuple[str, RawPage]]:
    body = piece * (size // len(piece))
    return _raw([f"Chad vs. Mali\n\nIntroduction\n\nChadMali\n\nBackground{body}\n\nSource: CIA Factbook\n"])
