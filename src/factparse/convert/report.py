"""A shard, the task to convert it, and the report of the result."""

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
    """An input, or a part of one. ``size`` is roughly the number of bytes that it reads."""

    input: Input
    extent: Extent
    size: int


@attrs.frozen
class Shard:
    """A part of the work, which is read in one go and written to one file: its ``number``, and its parts of inputs."""

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
    """A shard to convert into ``folder``. This is all that a process on any machine needs to know.

    In the ``first`` of two passes, only the sightings on its pages are collected.
    """

    shard: Shard
    folder: Place
    settings: Settings
    first: bool = False

    @property
    def output(self) -> Place:
        """The file that the rows go to.

        If pages or facts are kept once, this is not the final file: it may repeat pages or facts of earlier shards. The
        file of a first pass is a book.
        """
        if self.first:
            return self.folder / SIGHTINGS / f"{self.shard.stem}.book"
        if self.settings.distinct:
            return self.folder / ".all" / f"{self.shard.stem}.jsonl"
        folder = self.folder / ".all" if self.settings.once else self.folder
        return folder / f"{self.shard.stem}{self.settings.shard_kind}"

    @property
    def tally(self) -> Place:
        """The file with the number of sightings of each fact in ``output``. It is made only if facts are kept once."""
        return self.folder / ".all" / f"{self.shard.stem}.tally"

    @property
    def believed(self) -> Place:
        """The book of the cells that all pages show. The second of two passes reads with it."""
        return self.folder / SIGHTINGS / "all.book"

    @property
    def final(self) -> Place:
        """The file that remains when the run ends, if the output is a folder."""
        return self.folder / f"{self.shard.stem}{self.settings.shard_kind}"

    @property
    def quarantine(self) -> Place:
        """The file for records that cannot be converted. It is not made if there are none."""
        return self.folder / "quarantine" / f"{self.shard.stem}.jsonl"

    @property
    def report(self) -> Place:
        """The file that marks the shard as done. It is written last."""
        if self.first:
            return self.folder / SIGHTINGS / f"{self.shard.stem}.json"
        return self.folder / ".done" / f"{self.shard.stem}.json"


@attrs.frozen
class Failure:
    """The error of one record as plain values, which can go to another process and into a file."""

    code: str
    message: str
    source: str | None = None
    line: int | None = None

    @classmethod
    def of(cls, error: FactparseError) -> Failure:
        """``error`` as a failure, without its span."""
        return cls(error.code, error.message, error.source, error.line)

    def error(self) -> FactparseError:
        """The failure as an error of the base class. Its own class is not kept."""
        return FactparseError(self.code, self.message, source=self.source, line=self.line)


@attrs.define
class Report:
    """The counts of one shard, and its first 20 ``failures``.

    ``keys`` has the digest of each page with the number of its lines. It is empty unless pages are kept once.
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
        """Add the counts of one record."""
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
