"""Compare what two versions made of the same pages: ``python tools/compare_facts.py OLD.jsonl NEW.jsonl [--show N]``.

A line of each file is the JSON of a page, in the same order. Every difference of rows (label, layout, cells,
confidence) and of facts (each of their keys) is counted by field and kind, the most frequent first, with examples.
Rows and facts are aligned by what names them, so that one that was added moves none of those behind it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]


class Difference(NamedTuple):
    """One difference: the field it was met in, what differs (``Quantity.unit``), what was there and what is."""

    field: str
    kind: str
    old: str
    new: str


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """Yield what differs between two readings of a page.

    >>> row = {"label": "Area", "field": "Area", "cells": []}
    >>> pages = [{"countries": [], "sections": [{"topic": None, "rows": rows}], "facts": []} for rows in ([], [row])]
    >>> [difference.kind for difference in differences(*pages)]
    ['row added']
    """
    for key in sorted({*old, *new} - {"sections", "facts"}):
        yield from _values("page", f"page.{key}", old.get(key), new.get(key))
    yield from _aligned(_rows(old), _rows(new), ("field", "label"), "row")
    yield from _aligned(old.get("facts", []), new.get("facts", []), ("type", "field", "subject", "text"), "fact")


def _rows(page: Record) -> list[Record]:
    return [{"topic": section["topic"], **row} for section in page.get("sections", ()) for row in section["rows"]]


def _aligned(old: Sequence[Record], new: Sequence[Record], keys: tuple[str, ...], what: str) -> Iterator[Difference]:
    if old == new:
        return

    def key(record: Record) -> tuple[object, ...]:
        return tuple(record.get(name) for name in keys)

    matcher = SequenceMatcher(None, [key(one) for one in old], [key(one) for one in new], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        for one, other in _pairs(old[first:last], new[begin:end], tag == "equal"):
            yield from _records(one, other, what)


def _pairs(old: Sequence[Record], new: Sequence[Record], same: bool) -> Iterator[tuple[Record | None, Record | None]]:
    """Set records beside each other; of those that are not the same, only such as are of one field and type."""
    if same:
        yield from zip(old, new, strict=True)
        return
    left = list(new)
    for one in old:
        other = next((each for each in left if _alike(one, each)), None)
        if other is not None:
            left.remove(other)
        yield one, other
    for each in left:
        yield None, each


def _alike(one: Record, other: Record) -> bool:
    """Whether two records tell of the same place, or are of the same kind: then what differs is in their keys."""
    names = ("type", "field", "subject", "label")
    same = all(one.get(name) == other.get(name) for name in names)
    return same or ("span" in one and one["span"] == other.get("span"))


def _records(old: Record | None, new: Record | None, what: str) -> Iterator[Difference]:
    record = old or new or {}
    name = record.get("type", what)
    if old is None or new is None:
        change = "added" if old is None else "gone"
        yield Difference(record["field"], f"{name} {change}", _written(old), _written(new))
        return
    for key in sorted({*old, *new} - {"cells"}):
        yield from _values(record["field"], f"{name}.{key}", old.get(key), new.get(key))
    cells: Iterator[tuple[Record, Record]]
    cells = zip_longest(old.get("cells", ()), new.get("cells", ()), fillvalue={})
    for one, other in cells:
        for key in sorted({*one, *other}):
            yield from _values(record["field"], f"cell.{key}", one.get(key), other.get(key))


def _values(field: str, kind: str, old: object, new: object) -> Iterator[Difference]:
    if old != new or type(old) is not type(new):  # 1 and 1.0 are not the same JSON
        yield Difference(field, kind, _written(old), _written(new))


def _written(value: object) -> str:
    return "-" if value is None else json.dumps(value, ensure_ascii=False)


def report(found: Iterable[Difference], show: int) -> Iterator[str]:
    """Write the differences by field and kind, the most frequent first, with examples."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[str]] = {}
    for one in found:
        group = (one.field, one.kind)
        counts[group] += 1
        if len(some := examples.setdefault(group, [])) < show:
            some.append(f"    {one.old} -> {one.new}")
    yield f"{counts.total()} differences of {len(counts)} kinds"
    for (field, kind), count in counts.most_common():
        yield f"{count} {field}: {kind}"
        yield from examples[field, kind]


def _compared(old: Path, new: Path) -> Iterator[Difference]:
    with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
        for one, other in zip_longest(before, after):
            if one is None or other is None:
                yield Difference("page", "page added" if one is None else "page gone", "-", "-")
            elif one != other:
                yield from differences(json.loads(one), json.loads(other))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("old", type=Path)
    options.add_argument("new", type=Path)
    options.add_argument("--show", type=int, default=3, metavar="N", help="examples of each kind (3)")
    given = options.parse_args()
    for line in report(_compared(given.old, given.new), given.show):
        print(line)


if __name__ == "__main__":
    main()
