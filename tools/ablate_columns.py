"""Prints the tables of ``docs/columns.md``: what each kind of evidence is worth, and the figures by kind of page.

    python -m tools.ablate_columns CORPUS.jsonl[.gz] FOLDER

A line of the corpus has ``text``, ``era``, ``countries``, ``layout``, ``extractor`` and ``rows`` with ``topic``,
``label`` and the true cells ``a`` and ``b``. FOLDER holds the cells of the editions. Pages are read without a book, and
by what the editions of other years than their own print.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import attrs

from factparse.columns.evidence import (
    BORDER_MODEL,
    FIRST_FIGURES,
    FIRST_LOOK,
    OWN_NAMES,
    OWN_WORDS,
    PAGE_GAPS,
    PRIOR,
    QUOTES,
    RANKS,
    STRUCTURE,
    WHOLE_VALUES,
    BorderEvidence,
)
from factparse.columns.weights import CURVES, fitted
from tools.training.scoring import HEAD, Elsewhere, Scored, figures, read_corpus, score


def off(*kinds: BorderEvidence) -> dict[str, float]:
    """The weights that switch ``kinds`` off."""
    return dict.fromkeys(chain.from_iterable(kind.weights for kind in kinds), 0.0)


SWITCHES: dict[str, dict[str, Any]] = {
    "border model": off(BORDER_MODEL, FIRST_LOOK),
    "the first look's decisions": {"first_look_only": 0.0},
    "prior": off(PRIOR),
    "own names": off(OWN_NAMES),
    "own words": off(OWN_WORDS),
    "page gaps": off(PAGE_GAPS),
    "quotes": off(QUOTES),
    "structure": off(STRUCTURE),
    "whole values": off(WHOLE_VALUES),
    "first figures": off(FIRST_FIGURES),
    "ranks": off(RANKS),
    "calibration": dict.fromkeys(CURVES, ()),
}


def table(head: str, groups: Iterable[tuple[str, list[Scored]]]) -> Iterator[str]:
    """Yield the lines of a Markdown table: a line a group of rows."""
    yield f"| {head} | {' | '.join(HEAD)} |"
    yield "|---" * (len(HEAD) + 1) + "|"
    for name, rows in groups:
        yield f"| {name} | {' | '.join(figures(rows))} |"
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    args = parser.parse_args()
    pages = read_corpus(args.corpus)
    elsewhere = Elsewhere(args.folder)
    rows = list(score(pages, None, elsewhere))
    print("\n".join(table("", [("all", rows)])))
    without = [("nothing", rows)]
    for name, changes in SWITCHES.items():
        without.append((name, list(score(pages, attrs.evolve(fitted(), **changes), elsewhere))))
    print("\n".join(table("without", without)))
    for head in ("extractor", "layout", "topic"):
        groups: defaultdict[str, list[Scored]] = defaultdict(list)
        for row in rows:
            groups[row.topic if head == "topic" else row.page[head]].append(row)
        print("\n".join(table(head, sorted(groups.items()))))


if __name__ == "__main__":
    main()
