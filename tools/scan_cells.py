"""Scan every cell of the editions for facts that look wrong: which kinds there are, the most frequent first.

    python tools/scan_cells.py EDITIONS [--kind KIND]... [--examples N] [--sample N --seed S] [--floors FILE]

EDITIONS is the folder with ``cells.jsonl.gz``. A kind is a fault with a detector of its own (``tools/scanning/``). The
count is of cells that show it. A detector knows a fault by its marks in the text and the facts, and not by the right
answer, so a few of its cells are right; what the counts tell is how they change.

``--floors FILE`` fails if a kind is found more often in the sample than the file allows; ``--write-floors`` writes the
file anew. ``--write before`` or ``--write now`` puts the counts into the table that ``docs/fields.md`` shows.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.scanning import digits
from tools.scanning.cells import Printed, sample, stream
from tools.scanning.scan import DETECTORS, Scan
from tools.scanning.table import write


def scanned(cells: Iterable[Printed], kinds: set[str], most: int) -> Scan:
    """Return what the detectors of ``kinds`` (all if it is empty) find in ``cells``."""
    chosen = [detector for detector in DETECTORS if not kinds or detector.kind in kinds]
    scan = Scan(most)
    for cell in cells:
        scan.add(cell, chosen)
    return scan


def show(scan: Scan) -> None:
    """Print the kinds, the most frequent first, each with the fields that show it most and its examples."""
    titles = {detector.kind: detector.title for detector in DETECTORS}
    print(f"{scan.cells} cells")
    for kind, count in scan.counts.most_common():
        fields = ", ".join(f"{field} {times}" for field, times in scan.fields[kind].most_common(3))
        print(f"{kind:7} {count:7}  {titles[kind]} ({fields})")
        for example in scan.examples.get(kind, ()):
            print(f"{'':17}{example}")


def above(scan: Scan, floors: dict[str, int]) -> list[str]:
    """Return a line for each kind that is found more often than ``floors`` allow."""
    return [
        f"{kind}: {count} cells, allowed {floors.get(kind, 0)}"
        for kind, count in scan.counts.most_common()
        if count > floors.get(kind, 0)
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("editions", type=Path)
    options.add_argument("--kind", action="append", default=[], help="only this kind; may be given again")
    options.add_argument("--examples", type=int, default=0, help="show so many of each kind")
    options.add_argument("--sample", type=int, help="look at so many cells, drawn by --seed")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--floors", type=Path, help="fail if a kind is found more often than this file allows")
    options.add_argument("--write-floors", type=Path, help="write what is found as the file of --floors")
    options.add_argument("--write", choices=("before", "now"), help="keep the counts as a column of the table")
    options.add_argument("--digits", type=int, metavar="FIELDS", help="account for digits instead, by era and field")
    given = options.parse_args()

    cells: Iterable[Printed] = stream(given.editions)
    if given.sample:
        cells = sample(stream(given.editions), given.sample, given.seed)
    if given.digits is not None:
        digits.show(digits.account(cells), given.digits)
        return
    scan = scanned(cells, set(given.kind), given.examples)
    show(scan)
    if given.write:
        write(given.write, scan.counts)
    if given.write_floors:
        floors = {detector.kind: scan.counts[detector.kind] for detector in DETECTORS}
        given.write_floors.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    if given.floors and (worse := above(scan, json.loads(given.floors.read_text(encoding="utf-8")))):
        sys.exit("more than the floors allow:\n" + "\n".join(worse))


if __name__ == "__main__":
    main()
