"""What a run has done."""

from __future__ import annotations

from collections import Counter

import attrs

from factparse.convert import Converted
from factparse.errors import FactparseError

_KEPT = 20


@attrs.define
class Summary:
    """The counts of a run.

    ``inputs`` files held ``records``, ``others`` of them without a page; ``pages`` were written. ``facts`` counts them
    by type; ``low`` of the ``rows`` have a confidence below 0.9; of the ``failed`` records the first twenty are kept in
    ``failures``.
    """

    inputs: int = 0
    records: int = 0
    pages: int = 0
    others: int = 0
    rows: int = 0
    low: int = 0
    facts: Counter[str] = attrs.field(factory=Counter)
    failed: int = 0
    failures: list[FactparseError] = attrs.field(factory=list)

    @property
    def read(self) -> int:
        """How many records could be read."""
        return self.records - self.failed

    def add(self, done: Converted) -> None:
        """Count one record in."""
        self.records += 1
        self.pages += len(done.lines)
        self.rows += done.rows
        self.low += done.low
        self.facts.update(done.facts)
        if done.failure is not None:
            self.failed += 1
            self.failures += [done.failure][: _KEPT - len(self.failures)]
        elif not done.lines:
            self.others += 1
