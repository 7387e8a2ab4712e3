"""Write what the parser makes of a corpus of pages, row by row, for scoring.

    python tools/predict_rows.py CORPUS.jsonl[.gz] OUT.jsonl

A line of the corpus has ``id`` and ``text``; a line of the output ``id`` and ``rows``, each with ``topic``, ``label``
(as printed), the two cells ``a`` and ``b`` and ``confidence``. A cell whose side is not known is written as ``a``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factparse import Row, parse


def rows(text: str) -> list[dict[str, object]]:
    """Return the rows of a page as objects to score."""
    page = parse(text)
    return [_object(row, page.countries) for row in page.rows]


def _object(row: Row, countries: tuple[str, ...]) -> dict[str, object]:
    cells = [cell.text for cell in row.cells]
    if len(cells) == 1 and row.cells[0].country is not None and row.cells[0].country == countries[-1]:
        cells.insert(0, "")
    one, two = (*cells, "", "")[:2]
    return {"topic": row.topic or "", "label": row.label, "a": one, "b": two, "confidence": row.confidence}


def _corpus(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Read the corpus, write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8") as out:
        for entry in _corpus(arguments.corpus):
            out.write(json.dumps({"id": entry["id"], "rows": rows(entry["text"])}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
