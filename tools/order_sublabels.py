"""Makes the table of sub-labels by edition: which each field's cells had, and in which order.

    python tools/order_sublabels.py FOLDER [--check]

FOLDER holds ``cells.jsonl.gz``, as for ``tools/build_book.py``. A sub-label counts in an edition if three cells of the
field have it there; the order is that of their mean places. Editions in a row that agree are one line. ``--check``
writes nothing and fails if the table is not what would be written.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import fmean

from factparse.book.sublabels import FILE
from factparse.core.words import forms
from factparse.language.parts import split
from factparse.vocabulary import field_named

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import CELLS, json_lines

LEAST = 3  # cells that have a sub-label in an edition; of fewer it is an accident
TABLE = Path(__file__).resolve().parent.parent / "src" / "factparse" / "book" / FILE

Places = dict[str, list[float]]


def labels_of(text: str, known: frozenset[str]) -> list[str]:
    """Return the sub-labels of a cell in order, each once: those that the word table knows."""
    found: dict[str, None] = {}
    for part in split(text):
        if part.kind == "value" and part.label.lower() in known:
            found.setdefault(part.label)
    return list(found)


def places(folder: Path) -> dict[tuple[str, str], Places]:
    """Return where in their cells the sub-labels of each field and edition stand, from 0 to 1."""
    known = frozenset(form.lower() for form in forms("sublabels"))
    found: dict[tuple[str, str], Places] = defaultdict(lambda: defaultdict(list))
    for cell in json_lines(folder / CELLS):
        labels = labels_of(cell["text"], known) if ":" in cell["text"] else []
        for edition in cell["editions"] if labels else ():
            into = found[field_named(cell["field"]) or cell["field"], edition]
            for number, label in enumerate(labels):
                into[label].append(number / len(labels))
    return found


def table(folder: Path) -> str:
    """Return the table: field, first and last edition, sub-labels."""
    found = places(folder)
    fields, editions = (sorted(set(names)) for names in zip(*found, strict=True))
    lines = ["field\tfirst\tlast\tsublabels"]
    for field in fields:
        orders = ((edition, _order(found.get((field, edition), {}))) for edition in editions)
        for order, some in groupby(orders, key=itemgetter(1)):
            names = [edition for edition, _ in some]
            if order:
                lines.append("\t".join((field, names[0], names[-1], "|".join(order))))
    return "\n".join(lines) + "\n"


def _order(seen: Places) -> list[str]:
    """Return the sub-labels that enough cells have, by their mean places."""
    means = {label: fmean(some) for label, some in seen.items() if len(some) >= LEAST}
    return sorted(means, key=lambda label: (means[label], label))


def main() -> None:
    """Write or check the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help=f"the folder of {CELLS}")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the table is another one")
    options = parser.parse_args()
    made = table(options.folder)
    if not options.check:
        TABLE.write_text(made, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != made:
        sys.exit(f"{TABLE} is not that of these editions: run tools/order_sublabels.py {options.folder}")


if __name__ == "__main__":
    main()
