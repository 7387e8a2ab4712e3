"""Weigh the JSON of pages: how many times the text it is, and how much of that each key takes.

    python tools/weigh_json.py DUMP [--pages N]

DUMP is whatever ``factparse.read`` reads. ``docs/json.md`` has the figures, and says why each key stays.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import factparse


def weighed(pages: Iterable[factparse.Page]) -> Iterator[str]:
    """Yield lines: the size of all JSON, also packed, and of each key, as multiples of the size of the texts."""
    sizes: Counter[str] = Counter()
    text = whole = packed = full = 0
    for page in pages:
        written = page.to_json()
        text += len(page.text.encode("utf-8", "replace"))
        whole += len(written.encode())
        packed += len(gzip.compress(written.encode(), mtime=0))
        full += len(page.to_json(full=True).encode())
        for key, size in _keys("page", json.loads(written)):
            sizes[key] += size
    if not text:
        yield "no page"
        return
    for name, size in (("all", whole), ("all, with --full", full), ("all, packed by gzip", packed)):
        yield f"{name:<24}{size / text:.2f}"
    for key, size in sizes.most_common():
        yield f"{key:<24}{size / text:.2f}"


def _keys(place: str, written: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the keys of an object and of those in it, each with the bytes that it takes with its value."""
    for key, value in written.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for each in value:
                yield from _keys(key, each)
        else:
            yield (
                f"{place}.{key}",
                len(json.dumps({key: value}, ensure_ascii=False, separators=(",", ":")).encode()) - 1,
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump")
    parser.add_argument("--pages", type=int, metavar="N", help="read only the first N pages")
    arguments = parser.parse_args()
    for line in weighed(islice(filter(None, factparse.read(arguments.dump)), arguments.pages)):
        print(line)


if __name__ == "__main__":
    main()
