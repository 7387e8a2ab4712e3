"""A shard, the task to convert it, and the report of what became of it."""

from __future__ import annotations

import attrs

from factparse.convert.records import Converted
from factparse.convert.settings import Settings
from factparse.convert.store import Place
from factparse.core.errors import FactparseError
from factparse.sources.files import Input
from factparse.sources.record import Extent

KEPT = 20
SIGHTINGS = ".sightings"
"""The folder in the output that holds the sightings of the shards, until the run ends."""


@attrs.frozen
class Stretch:
    """An input, or a stretch of one; ``size`` is about how many bytes of the input it reads."""

    input: Input
    extent: Extent
    size: int


@attrs.frozen
class Shard:
    """A part of the work, read in one go and written to one file: its ``number`` and the stretches of inputs in it."""

    number: int
    stretches: tuple[Stretch, ...]

    @property
    def stem(self) -> str:
        """The name of its files, without a suffix: ``part-00000``."""
        return f"part-{self.number:05d}"

    @property
    def size(self) -> int:
        """The number of bytes that it reads."""
        return sum(stretch.size for stretch in self.stretches)


@attrs.frozen
class Task:
    """A shard to convert into ``folder``: all that a process anywhere needs to know.

    If it is the ``first`` of two passes, only the sightings on its pages are collected.
    """

    shard: Shard
    folder: Place
    settings: Settings
    first: bool = False

    @property
    def output(self) -> Place:
        """The file that the rows go to.

        Where pages or facts are kept once it is not the final one: it has what stands in earlier shards, too. That of a
        first pass is a book.
        """
        if self.first:
            return self.folder / SIGHTINGS / f"{self.shard.stem}.book"
        if self.settings.distinct:
            return self.folder / ".all" / f"{self.shard.stem}.jsonl"
        folder = self.folder / ".all" if self.settings.once else self.folder
        return folder / f"{self.shard.stem}{self.settings.shard_kind}"

    @property
    def tally(self) -> Place:
        """The file that says of each fact in ``output`` how often it was met; it is made where facts are kept once."""
        return self.folder / ".all" / f"{self.shard.stem}.tally"

    @property
    def believed(self) -> Place:
        """The book of the cells that the pages of all shards show, which the second of two passes reads with."""
        return self.folder / SIGHTINGS / "all.book"

    @property
    def final(self) -> Place:
        """The file that is left when the run ends, if the output is a folder."""
        return self.folder / f"{self.shard.stem}{self.settings.shard_kind}"

    @property
    def quarantine(self) -> Place:
        """The file for records that cannot be converted; it is not made if all can be."""
        return self.folder / "quarantine" / f"{self.shard.stem}.jsonl"

    @property
    def report(self) -> Place:
        """The file that says that the shard is done; it is written last."""
        if self.first:
            return self.folder / SIGHTINGS / f"{self.shard.stem}.json"
        return self.folder / ".done" / f"{self.shard.stem}.json"


@attrs.frozen
class Failure:
    """What was wrong with one record, in plain values, which go to another process and into a file."""

    code: str
    message: str
    source: str | None = None
    line: int | None = None

    @classmethod
    def of(cls, error: FactparseError) -> Failure:
        """The failure that ``error`` is, without its span."""
        return cls(error.code, error.message, error.source, error.line)

    def error(self) -> FactparseError:
        """The failure as an error again, of the base class: what it was of is not kept."""
        return FactparseError(self.code, self.message, source=self.source, line=self.line)


@attrs.define
class Report:
    """The counts of one shard, and its first 20 ``failures``.

    ``keys`` has the digest of each page with the number of its lines; it is empty unless pages are to be kept once.
    """

    shard: int
    size: int = 0
    records: int = 0
    pages: int = 0
    others: int = 0
    rows: int = 0
    low: int = 0
    repeated: int = 0
    facts: dict[str, int] = attrs.field(factory=dict)
    failed: int = 0
    failures: list[Failure] = attrs.field(factory=list)
    keys: list[tuple[str, int]] = attrs.field(factory=list)

    def add(self, done: Converted) -> None:
        """Count one record in."""
        self.records += 1
        if done.failure is not None:
            self.failed += 1
            if len(self.failures) < KEPT:
                self.failures.append(Failure.of(done.failure))
        elif not done.pages:
            self.others += 1
        else:
            self.pages += done.pages
            self.rows += done.rows
            self.low += done.low
            for name, count in done.facts.items():
                self.facts[name] = self.facts.get(name, 0) + count
