"""What a run has done."""

from __future__ import annotations

from collections import Counter

import attrs

from factparse.convert.report import KEPT, Report
from factparse.core.errors import FactparseError


@attrs.define
class Summary:
    """The counts of a run.

    ``inputs`` files held ``records``, ``others`` of them without a page; ``pages`` were found, of which ``repeated``
    were left out, having been seen before. ``facts`` counts them by type; ``low`` of the ``rows`` have a confidence
    below 0.9; of the ``failed`` records the first twenty are kept in ``failures``. Of all ``shards``, ``done`` are.
    """

    inputs: int = 0
    records: int = 0
    pages: int = 0
    others: int = 0
    rows: int = 0
    low: int = 0
    repeated: int = 0
    facts: Counter[str] = attrs.field(factory=Counter)
    failed: int = 0
    failures: list[FactparseError] = attrs.field(factory=list)
    shards: int = 0
    done: int = 0

    @property
    def read(self) -> int:
        """How many records could be read."""
        return self.records - self.failed

    def add(self, report: Report) -> None:
        """Count one shard in."""
        self.done += 1
        for name in ("records", "pages", "others", "rows", "low", "repeated", "failed"):
            setattr(self, name, getattr(self, name) + getattr(report, name))
        self.facts.update(report.facts)
        self.failures += [failure.error() for failure in report.failures[: KEPT - len(self.failures)]]

    def fail(self, error: FactparseError) -> None:
        """Count in an input that could not be read at all."""
        self.records += 1
        self.failed += 1
        self.failures += [error][: KEPT - len(self.failures)]
