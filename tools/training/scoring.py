"""Scores the columns of a corpus of pages row by row: what is exact, what is sure, and whether that is earned."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factparse.book.shelf import Shelf
from factparse.columns.editions import Editions
from factparse.columns.rows import raw_pages
from factparse.columns.stage import Divider
from factparse.columns.table import Row
from factparse.columns.weights import Weights
from factparse.layout.tree import layout_tree
from factparse.vocabulary import country_named
from tools.count_editions import Counts
from tools.json_lines import json_lines

SURE = 0.9


class Scored(NamedTuple):
    """A row of the corpus as it was read: ``both`` says that it has two cells.

    ``decided`` says that a side was named for a row of one cell.
    """

    page: dict[str, Any]
    topic: str
    both: bool
    right: bool
    decided: bool
    confidence: float


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """The pages of a corpus of JSON lines: each with ``text``, ``rows`` (``topic``, ``label``, ``a``, ``b``)."""
    return list(json_lines(path))


def bare(text: str) -> str:
    """Return ``text`` without white space, and without the marks at its edges that the truth of corpora lacks."""
    return "".join(text.split()).strip("*\\").removesuffix("\\<")


class Elsewhere:
    """What editions of other years than a page's own print: of its ``era``'s year and the years beside it nothing."""

    def __init__(self, folder: Path) -> None:
        self._counts = Counts(folder)
        self._found: dict[str, Editions] = {}

    def of(self, era: str) -> Editions:
        """What the editions of other years than that in ``era`` print."""
        if era not in self._found:
            self._found[era] = Editions(self._counts.table(beside(era)))
        return self._found[era]


def beside(era: str) -> Callable[[str], bool]:
    """A function that tells whether an edition is of the year in ``era``, or of one beside it.

    Raises ``ValueError`` if the era names no year.

    >>> [edition for edition in ("2013", "2014", "2015-12", "2016-11", "2018-06") if beside("a2015")(edition)]
    ['2014', '2015-12', '2016-11']
    """
    found = re.search(r"\d{4}", era)
    if found is None:
        raise ValueError(f"the era {era!r} names no year")
    years = {str(int(found[0]) + step) for step in (-1, 0, 1)}
    return lambda edition: edition[:4] in years


def score(pages: Iterable[dict[str, Any]], weights: Weights | None, elsewhere: Elsewhere) -> Iterator[Scored]:
    """Yield the rows of ``pages`` as the columns stage reads them; one that was not found is wrong and unsure.

    They are read without a book, and by what editions of other years print.
    """
    for page in pages:
        found: defaultdict[tuple[str, str], deque[Row]] = defaultdict(deque)
        text = page["text"]
        for raw in raw_pages(text, layout_tree(text)):
            for section in Divider(text, raw, weights, Shelf(), elsewhere.of(page["era"])).table().sections:
                for row in section.rows:
                    found[_key(section.topic or "", row.label)].append(row)
        for truth in page["rows"]:
            waiting = found[_key(truth["topic"], truth["label"])]
            yield _scored(page, truth, waiting.popleft() if waiting else None)


def _key(topic: str, label: str) -> tuple[str, str]:
    return " ".join(topic.split()).lower(), " ".join(label.split()).lower()


def _scored(page: dict[str, Any], truth: dict[str, str], row: Row | None) -> Scored:
    both = bool(truth["a"]) and bool(truth["b"])
    if row is None:
        return Scored(page, truth["topic"], both, False, False, 0.0)
    cells = [bare(cell.text) for cell in row.cells]
    if row.likelier is not None and page["countries"][-1] in {row.likelier, *_names(row.likelier)}:
        cells.insert(0, "")
    one, two = (*cells, "")[:2]
    right = (one, two) == (bare(truth["a"]), bare(truth["b"]))
    return Scored(page, truth["topic"], both, right, len(row.cells) == 2, row.confidence)


def _names(name: str) -> tuple[str, ...]:
    country = country_named(name)
    return tuple(country.names) if country is not None else ()


HEAD = (
    "rows",
    "two cells, exact %",
    "one cell, right %",
    "one cell, decided at >= 0.9, right %",
    "at >= 0.9, % of rows",
    "of those right %",
    "ECE",
)


def figures(rows: Sequence[Scored]) -> tuple[str, ...]:
    """The figures of ``HEAD`` of some rows, as text."""
    two, one = [row for row in rows if row.both], [row for row in rows if not row.both]
    sure = [row for row in rows if row.confidence >= SURE]
    decided = [row for row in sure if row.decided and not row.both]
    return (
        f"{len(rows):,}",
        _percent(sum(row.right for row in two), len(two)),
        _percent(sum(row.right for row in one), len(one)),
        _percent(sum(row.right for row in decided), len(decided)),
        _percent(len(sure), len(rows), 1),
        _percent(sum(row.right for row in sure), len(sure)),
        f"{calibration_error(rows):.4f}",
    )


def _percent(part: int, whole: int, digits: int = 2) -> str:
    return f"{100 * part / whole:.{digits}f}" if whole else "-"


def calibration_error(rows: Iterable[Scored]) -> float:
    """The expected calibration error over twenty bins of equal width."""
    bins: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    many = 0
    for row in rows:
        each = bins[min(int(row.confidence * 20), 19)]
        each[0] += row.right
        each[1] += row.confidence
        many += 1
    return sum(abs(right - confidence) for right, confidence in bins.values()) / max(1, many)
