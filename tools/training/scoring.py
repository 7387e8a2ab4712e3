"""Scores the columns of a corpus of pages row by row: what is exact, what is sure, and whether that is earned."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factparse.book.shelf import Shelf
from factparse.columns.rows import raw_pages
from factparse.columns.stage import divide
from factparse.columns.table import Row
from factparse.columns.weights import Weights
from factparse.layout.tree import layout_tree
from tools.training.editions import EditionCell

SURE = 0.9


class Scored(NamedTuple):
    """A row of the corpus as it was read: ``both`` says it has two cells, ``known`` that one is in the packages.

    ``decided`` says that a side was named for a row of one cell.
    """

    page: dict[str, Any]
    topic: str
    both: bool
    known: bool
    right: bool
    decided: bool
    confidence: float


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """The pages of a corpus of JSON lines: each with ``text``, ``rows`` (``topic``, ``label``, ``a``, ``b``)."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bare(text: str) -> str:
    """Return ``text`` without white space, to compare cells that were printed differently."""
    return "".join(text.split())


def known_cells(cells: Iterable[EditionCell]) -> frozenset[str]:
    """The texts of the packages' cells, bare."""
    return frozenset(bare("".join(line for lines in cell.parts for line in lines)) for cell in cells)


def score(pages: Iterable[dict[str, Any]], weights: Weights | None, known: frozenset[str]) -> Iterator[Scored]:
    """Yield the rows of ``pages`` as the columns stage reads them; one that was not found is wrong and unsure."""
    for page in pages:
        found: defaultdict[tuple[str, str], deque[Row]] = defaultdict(deque)
        text = page["text"]
        for raw in raw_pages(text, layout_tree(text)):
            for section in divide(text, raw, weights, Shelf()).sections:
                for row in section.rows:
                    found[_key(section.topic or "", row.label)].append(row)
        for truth in page["rows"]:
            waiting = found[_key(truth["topic"], truth["label"])]
            yield _scored(page, truth, waiting.popleft() if waiting else None, known)


def _key(topic: str, label: str) -> tuple[str, str]:
    return " ".join(topic.split()).lower(), " ".join(label.split()).lower()


def _scored(page: dict[str, Any], truth: dict[str, str], row: Row | None, known: frozenset[str]) -> Scored:
    both = bool(truth["a"]) and bool(truth["b"])
    seen = bare(truth["a"]) in known or bare(truth["b"]) in known
    if row is None:
        return Scored(page, truth["topic"], both, seen, False, False, 0.0)
    one, two = (*(" ".join(cell.text.split()) for cell in row.cells), "")[:2]
    right = (one, two) == (truth["a"], truth["b"])
    return Scored(page, truth["topic"], both, seen, right, len(row.cells) == 2, row.confidence)


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
