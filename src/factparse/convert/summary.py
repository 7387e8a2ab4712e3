"""The counts of a whole run."""

from __future__ import annotations

from collections import Counter

import attrs

from factparse.convert.report import KEPT, Report
from factparse.core.errors import FactparseError


@attrs.define
class Summary:
    """The counts of a run.

    ``inputs`` is the number of files. ``records`` is the number of records in them, and ``others`` of those without a
    page. ``repeated`` counts the ``pages`` that were left out because their text had been seen before. ``low`` counts
    the ``rows`` with a confidence below 0.9. ``facts`` counts the facts by type. If each fact is kept once,
    ``distinct`` counts those that were written. ``failed`` counts the failed records, and ``failures`` has the first
    twenty. ``done`` counts the finished ``shards``, and ``before`` those that an earlier run had done.
    """

    inputs: int = 0
    records: int = 0
    pages: int = 0
    others: int = 0
    rows: int = 0
    low: int = 0
    repeated: int = 0
    facts: Counter[str] = attrs.field(factory=Counter)
    distinct: int = 0
    failed: int = 0
    failures: list[FactparseError] = attrs.field(factory=list)
    shards: int = 0
    done: int = 0
    before: int = attrs.field(default=0, eq=False)  # these say how the run went, and do not count the output

    @property
    def read(self) -> int:
        """The number of records that did not fail."""
        return self.records - self.failed

    def add(self, report: Report) -> None:
        """Add the counts of one shard."""
        self.done += 1
        for name in ("records", "pages", "others", "rows", "low", "repeated", "failed"):
            setattr(self, name, getattr(self, name) + getattr(report, name))
        self.facts.update(report.facts)
        self.failures += [failure.error() for failure in report.failures[: KEPT - len(self.failures)]]

    def fail(self, error: FactparseError) -> None:
        """Count an input that could not be read at all, as one record that failed."""
        self.records += 1
        self.failed += 1
        self.failures += [error][: KEPT - len(self.failures)]
