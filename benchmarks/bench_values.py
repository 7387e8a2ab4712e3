"""Speed of the value trees and of the extractors on cell texts, relative to a one-pass word loop over the same text.

    python benchmarks/bench_values.py [DUMP.jsonl.gz]

``DUMP`` has lines with ``rows`` (``label``, ``a``, ``b``); without it ``fixtures/facts`` is read. *Cold* means: no plan
is cached when the clock starts, and no cell comes twice; grammars are built beforehand, once a process.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import regex

from factparse.extract import extract
from factparse.values import parse
from factparse.values.shapes import shapes
from factparse.vocabulary import field_named

FIELDS = ("Refugees and internally displaced persons", "Trafficking in persons", "Illicit drugs")
WORD = regex.compile(r"\w+|[^\w\s]")


def cells(path: Path | None) -> dict[str, list[str]]:
    """Return the distinct cell texts of each field."""
    found: dict[str, dict[str, None]] = {}
    if path is None:
        for file in sorted((Path(__file__).parents[1] / "fixtures" / "facts").rglob("*.txt")):
            head, _, text = file.read_text(encoding="utf-8").partition("\n---\n")
            field = next(line[6:].strip() for line in head.splitlines() if line.startswith("field:"))
            found.setdefault(field, {})[text.strip()] = None
    else:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for row in json.loads(line)["rows"]:
                    field = field_named(row["label"]) or row["label"]
                    found.setdefault(field, {}).update({row[side]: None for side in ("a", "b") if row[side]})
    return {field: list(texts) for field, texts in found.items()}


def seconds(run: Callable[[str], object], texts: Iterable[str]) -> float:
    start = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - start


def words(text: str) -> None:
    for _ in WORD.finditer(text):
        pass


def forget() -> None:
    for grammar in ("phrases.lark", "fields/displaced.lark", "fields/tiers.lark", "fields/trafficking.lark"):
        shapes(grammar).forget()


def report(name: str, run: Callable[[str], object], texts: list[str]) -> None:
    forget()
    cold = seconds(run, texts)
    warm = seconds(run, texts)
    base = min(seconds(words, texts) for _ in range(3))
    size = sum(map(len, texts)) / 1e6
    print(
        f"{name:45} {len(texts):6} cells {size:6.2f} MB  cold {base / cold:5.2f} W  plans cached {base / warm:5.2f} W"
    )


def main() -> None:
    texts = cells(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for field in FIELDS:
        extract(field, "1,000 (Chad) (2001)")
    for field in FIELDS:
        report(f"extract: {field}", partial(extract, field), texts.get(field, []))
    every = [text for found in texts.values() for text in found]
    report("value trees: every field", parse, every)
    long = "total: 1,200 (2020 est.); land: 3 km, water: (4 (5)); "
    for size in (2_000, 4_000, 8_000):
        print(f"{size * len(long) / 1e6:6.2f} MB in one cell: {seconds(parse, [long * size]):6.2f} s")


if __name__ == "__main__":
    main()
