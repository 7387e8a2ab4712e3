"""Runs every detector over cells, and keeps for each kind how many cells show it and a few examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs

from tools.scanning.belonging import belonging
from tools.scanning.cells import Cell, Printed
from tools.scanning.detector import Detector
from tools.scanning.general import general
from tools.scanning.ranks import ranks
from tools.scanning.transnational import transnational
from tools.scanning.values import values

DETECTORS: Final[tuple[Detector, ...]] = (*belonging, *values, *ranks, *transnational, *general)


@attrs.define
class Scan:
    """What a scan found: by kind how many cells show it, in which fields, and the first ``most`` examples."""

    most: int = 5
    cells: int = 0
    counts: Counter[str] = attrs.field(factory=Counter)
    fields: dict[str, Counter[str]] = attrs.field(factory=dict)
    examples: dict[str, list[str]] = attrs.field(factory=dict)

    def add(self, printed: Printed, detectors: Iterable[Detector] = DETECTORS) -> None:
        """Look at one cell."""
        cell = Cell(printed)
        self.cells += 1
        for detector in detectors:
            example = next(detector.find(cell), None)
            if example is not None:
                self.counts[detector.kind] += 1
                self.fields.setdefault(detector.kind, Counter())[cell.field] += 1
                shown = self.examples.setdefault(detector.kind, [])
                if len(shown) < self.most:
                    shown.append(
                        f"{printed.editions[-1] if printed.editions else ''} {printed.country}, {cell.field}: {example}"
                    )
