"""Count the facts of a corpus whose figure, name or role is a node of its own in the tree of their cell.

    python tools/compare_nodes.py CORPUS.jsonl[.gz] [--show N]

A line of the corpus has ``text``, a page. Facts and trees are made of the same tokens, so a fact without its node tells
of a reader beside the grammar. Counted are facts that are no text value and not derived from others; left out are those
of cells in several pieces, whose tree has other offsets than the page. ``--show`` prints some that have no node.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from factparse import parse
from factparse.core.facts import (
    AnyFact,
    DisplacedPersons,
    DrugRole,
    Item,
    Quantity,
    Share,
    TextValue,
    TierRating,
    TraffickingRole,
)
from factparse.extract import cell_tree, row_facts
from factparse.language import Value, read_figure

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import json_lines

FIGURES = ("figure", "missing", "no_money")
_OF_ANY_CELL = ("cell", "part", "text", "words")  # nodes that a text has of which nothing was understood


class Checked(NamedTuple):
    """A fact, the text of its cell, and whether the cell's tree has the node that the fact was read from."""

    fact: AnyFact
    cell: str
    found: bool


def has_node(fact: AnyFact, cell: str, tree: Value, offset: int) -> bool:
    """Tell whether ``tree``, of a cell at ``offset`` of the page, has the node from which ``fact`` was read."""
    start, end = fact.span.start - offset, fact.span.end - offset

    def inside(*kinds: str) -> list[Value]:
        return [node for node in tree.find(*kinds) if start <= node.start and node.end <= end]

    match fact:
        case Quantity(value=value, low=low) | Share(percent=value, low=low):
            return any(_reads(node.text(cell), value, low) for node in inside(*FIGURES))
        case DisplacedPersons(count=count):
            return any(_reads(node.text(cell), count, count) for node in inside(*FIGURES))
        case Item(name=name):
            over = (node for node in tree.find("name", "item") if node.start < end and start < node.end)
            return any(_plain(name) in _plain(node.text(cell)) for node in over)
        case DrugRole() | TraffickingRole():
            return bool(inside("role"))
        case TierRating():
            return bool(inside("tier"))
    return any((node.start, node.end) == (start, end) for node in tree.walk() if node.kind not in _OF_ANY_CELL)


def _reads(printed: str, value: float | None, low: float | None) -> bool:
    """Whether a figure as printed is this value or, of a range, has this lower end."""
    read = read_figure(printed.strip())
    return read.value == value if read.low is None else read.low == low


def _plain(text: str) -> str:
    """The text without what formats add to it: names are read without it, and nodes are as printed."""
    return " ".join(unescape(text).replace('""', '"').split())


def check_page(text: str) -> Iterator[Checked]:
    """Check each fact of a page that has to have a node."""
    for row in parse(text).rows:
        facts = [fact for fact in row_facts(row) if not isinstance(fact, TextValue) and not fact.derived]
        for cell in row.cells:
            if len(cell.span) == 2 and cell.text:
                own = [fact for fact in facts if cell.span.start <= fact.span.start and fact.span.end <= cell.span.end]
                tree = cell_tree(row.name, cell.text) if own else Value("cell", 0, 0)
                for fact in own:
                    yield Checked(fact, cell.text, has_node(fact, cell.text, tree, cell.span.start))


def report(checked: Iterable[Checked], show: int) -> Iterator[str]:
    """Write the counts, type by type and in all, and the first facts of each type that have no node."""
    everything: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missing: dict[str, list[str]] = {}
    for one in checked:
        everything[one.fact.type] += 1
        if one.found:
            found[one.fact.type] += 1
        elif len(examples := missing.setdefault(one.fact.type, [])) < show:
            examples.append(f"    {one.fact.field}: {one.fact.text!r}")
    for kind, count in sorted(everything.items()):
        yield f"{kind}: {found[kind]} of {count} ({found[kind] / count:.4f})"
        yield from missing.get(kind, ())
    count = everything.total()
    yield f"all: {found.total()} of {count} ({found.total() / max(1, count):.4f})"


def texts(corpus: Path) -> Iterator[str]:
    """Yield the pages of a corpus."""
    return (page["text"] for page in json_lines(corpus))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", type=Path)
    options.add_argument("--show", type=int, default=0, metavar="N", help="examples of each type without a node")
    given = options.parse_args()
    pages = texts(given.corpus)
    for line in report((one for text in pages for one in check_page(text)), given.show):
        print(line)


if __name__ == "__main__":
    main()
