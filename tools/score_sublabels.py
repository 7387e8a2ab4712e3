"""How many cells fall into the sub-labels they were printed with? ``score_sublabels.py CORPUS.jsonl[.gz]``.

A line of the corpus has ``rows`` with the cells ``a`` and ``b`` and, where it is known, ``a_parts`` and ``b_parts``:
pairs of a sub-label and its text, ``""`` for text without one. A cell is right if all its sub-labels are found, in
order, with the same text behind each; white space, quotes round the cell and a colon do not matter, and text without a
label belongs to the one before it. The corpus knows one level only: for some editions the heads of groups
(``improved: urban: 9%``), for others what they hold. The cell is right if that level of its tree is equal.
"""

from __future__ import annotations

import argparse
import collections
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from factparse.language.parts import split

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import json_lines

Pair = tuple[str, str]


def merged(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs as they are compared: without white space, text without a label with what stands before it."""
    found: list[Pair] = []
    for label, text in pairs:
        words = "".join(text.replace('"', " ").split())
        label = " ".join(label.split()).rstrip(":").strip('" ')
        if found and not label:
            found[-1] = (found[-1][0], found[-1][1] + words)
        else:
            found.append((label, words))
    return found


def read(cell: str) -> tuple[list[Pair], list[Pair]]:
    """The sub-labels of ``cell`` with their texts: the innermost, and the heads of groups with all they hold.

    Notes behind a dash and world ranks belong to the text that they stand in.
    """
    heads: list[tuple[int, int, str]] = []
    at = 0
    for part in split(cell):
        dashed = part.kind == "note" and not cell[part.head : part.start].rstrip().endswith(":")
        if part.kind != "rank" and not dashed and part.head < part.start and part.head >= at:
            heads += _labels(cell, part.head, part.start)
        at = part.end
    bounds = [*(head for head, _, _ in heads), len(cell)]
    texts = [cell[start:end] for (_, start, _), end in zip(heads, bounds[1:], strict=True)]
    first = ("", cell[: bounds[0]])
    inner = [first, *((label, text) for (_, _, label), text in zip(heads, texts, strict=True) if text.strip(' "'))]
    outer = [first]
    grouped = False
    for (head, _, label), text in zip(heads, texts, strict=True):
        if grouped and text.strip() and label != "note":
            outer[-1] = (outer[-1][0], outer[-1][1] + cell[head : head + len(label) + 1] + text)
        else:
            outer.append((label, text))
            grouped = not text.strip()
    return merged(filter(_filled, inner)), merged(filter(_filled, outer))


def _filled(pair: Pair) -> bool:
    return bool(pair[0] or pair[1].strip(' "'))


def _labels(cell: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the labels that stand in ``cell[start:end]``, several where one heads a group of others."""
    while (colon := cell.find(":", start, end)) >= 0:
        yield start, colon + 1, cell[start:colon]
        start = colon + 1


def cells(corpus: Path) -> Iterator[tuple[str, str, list[Pair]]]:
    """Yield label, text and sub-labels of each distinct cell whose sub-labels are known."""
    seen: set[tuple[str, str]] = set()
    for page in json_lines(corpus):
        row: dict[str, Any]
        for row in page["rows"]:
            for side in ("a", "b"):
                if row.get(f"{side}_parts") and (row["label"], row[side]) not in seen:
                    seen.add((row["label"], row[side]))
                    yield row["label"], row[side], merged(map(tuple, row[f"{side}_parts"]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", type=Path)
    options.add_argument("--errors", type=int, default=0, help="print so many of the cells that are wrong")
    given = options.parse_args()
    total: collections.Counter[str] = collections.Counter()
    wrong: collections.Counter[str] = collections.Counter()
    for label, cell, wanted in cells(given.corpus):
        total[label] += 1
        found = read(cell)
        if wanted not in found:
            wrong[label] += 1
            if wrong.total() <= given.errors:
                print(f"{label}: {cell[:300]!r}\n  wanted {wanted[:8]}\n  found  {found[0][:8]}")
    for label, count in wrong.most_common(12):
        print(f"{label:50} {count:4} of {total[label]} wrong")
    right = total.total() - wrong.total()
    print(f"cells with the sub-labels they were printed with: {right} of {total.total()}, {right / total.total():.2%}")


if __name__ == "__main__":
    main()
