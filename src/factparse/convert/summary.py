"""The counts of a whole run."""

from __future__ import annotations

from collections import Counter

import attrs

from factparse.convert.report import KEPT, Report
from factparse.core.errors import FactparseError


@attrs.define
class Summary:
    """The counts of a run.

    ``inputs`` is the number of files, ``records`` that of the records in them, ``others`` that of those without a page.
    Of the ``pages``, ``repeated`` were left out because their text had been seen before. ``low`` counts those of the
    ``rows`` whose confidence is below 0.9, ``facts`` the facts by type, ``distinct`` those that
    were written, where each is kept once. Of the ``failed`` records the first twenty are
    in ``failures``. ``done`` counts those of the ``shards`` that are done, and ``before``
    those that an earlier run had done.
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
    before: int = attrs.field(default=0, eq=False)  # how a run went is no count of what there is

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
