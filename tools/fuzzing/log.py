"""How many inputs were read until now: a line for each run and kind, and their sums for the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_BEGIN, _END = "<!-- inputs: tools/fuzz.py --table -->\n", "<!-- end of inputs -->\n"


def add(log: Path, day: str, seed: int, faults: int, counts: Mapping[str, int]) -> None:
    """Add a line to ``log`` for each kind of a run: day, seed, kind, inputs, and on the first line the faults."""
    with log.open("a", encoding="utf-8", newline="\n") as file:
        for kind, count in counts.items():
            file.write(f"{day}\t{seed}\t{kind}\t{count}\t{faults}\n")
            faults = 0


def table(log: Path) -> str:
    """Return the sums of ``log`` as a table, the kinds by their names, and the days of the first and last run."""
    counts: Counter[str] = Counter()
    days, faults = set(), 0
    for line in log.read_text(encoding="utf-8").splitlines():
        day, _, kind, count, found = line.split("\t")
        counts[kind] += int(count)
        faults += int(found)
        days.add(day)
    lines = [f"| {kind} | {counts[kind]:,} |" for kind in sorted(counts)]
    total = f"| in all, {min(days)} to {max(days)}, {faults} faults | {counts.total():,} |"
    return "\n".join(["| kind | inputs |", "|---|---|", *lines, total, ""])


def write(document: Path, text: str) -> None:
    """Put ``text`` between the two marks of ``document``. Raises ``ValueError`` if they are not there."""
    before, _, rest = document.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{document} has no marks {_BEGIN.strip()!r} and {_END.strip()!r} for the table")
    document.write_text(before + _BEGIN + text + end + after, encoding="utf-8", newline="\n")
