"""The committed counts of the scan: ``counts.tsv``, a line a kind, which ``docs/fields.md`` shows as a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.scanning.scan import DETECTORS

LEFT: Final = Path(__file__).with_name("left.tsv")
COUNTS: Final = Path(__file__).with_name("counts.tsv")
COLUMNS: Final = ("before", "now")


def read(path: Path = COUNTS) -> dict[str, dict[str, str]]:
    """Return the counts by column and kind; empty columns if there is no file yet."""
    found: dict[str, dict[str, str]] = {column: {} for column in COLUMNS}
    for line in path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else ():
        kind, *counts = line.split("\t")
        for column, count in zip(COLUMNS, counts, strict=True):
            found[column][kind] = count
    return found


def write(column: str, counts: Mapping[str, int], path: Path = COUNTS) -> None:
    """Write ``counts`` as one ``column`` of the file, and leave the other as it is."""
    kept = read(path)
    kept[column] = {detector.kind: str(counts.get(detector.kind, 0)) for detector in DETECTORS}
    lines = [
        "\t".join((detector.kind, *(kept[name].get(detector.kind, "") for name in COLUMNS))) for detector in DETECTORS
    ]
    path.write_text("\n".join(["\t".join(("kind", *COLUMNS)), *lines]) + "\n", encoding="utf-8")


def markdown() -> str:
    """Return the counts as a table of Markdown."""
    kept = read()
    rows = ""
    for detector in DETECTORS:
        before, now = (kept[column].get(detector.kind, "") for column in COLUMNS)
        rows += f"| {detector.kind} | {detector.title} | {before} | {now} |\n"
    return "| kind | what the detector looks for | before | now |\n|---|---|---|---|\n" + rows


def left(path: Path = LEFT) -> str:
    """Return a line of Markdown for each kind of which something is left: what its cells are, as they were read."""
    told = dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return "".join(f"- **{each.kind}**: {told[each.kind]}\n" for each in DETECTORS if each.kind in told)
