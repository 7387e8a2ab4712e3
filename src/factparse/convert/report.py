"""What a shard is, and what became of it."""

from __future__ import annotations

import attrs

from factparse.convert.records import Converted
from factparse.convert.settings import Settings
from factparse.convert.store import Place
from factparse.core.errors import FactparseError
from factparse.sources.files import Input
from factparse.sources.record import Extent

KEPT = 20


@attrs.frozen
class Stretch:
    """An input, or a stretch of one."""

    input: Input
    extent: Extent
    size: int


@attrs.frozen
class Shard:
    """What is read in one go and written to one file: its ``number``, and the stretches of inputs it reads."""

    number: int
    stretches: tuple[Stretch, ...]

    @property
    def stem(self) -> str:
        """The name of what is written for it, without a suffix."""
        return f"part-{self.number:05d}"

    @property
    def size(self) -> int:
        """How many bytes it reads."""
        return sum(stretch.size for stretch in self.stretches)


@attrs.frozen
class Task:
    """A shard to convert into ``folder``: all that a process anywhere needs to know."""

    shard: Shard
    folder: Place
    settings: Settings

    @property
    def output(self) -> Place:
        """The file that the rows go to; where pages are to be kept once, it is not yet the one that stays."""
        folder = self.folder / ".all" if self.settings.once else self.folder
        return folder / f"{self.shard.stem}{self.settings.kind}"

    @property
    def final(self) -> Place:
        """The file that stays, if the output is a folder."""
        return self.folder / self.output.name

    @property
    def quarantine(self) -> Place:
        """The file that the records which cannot be converted go to; there is none if there are none."""
        return self.folder / "quarantine" / f"{self.shard.stem}.jsonl"

    @property
    def report(self) -> Place:
        """The file that says that the shard is done."""
        return self.folder / ".done" / f"{self.shard.stem}.json"


@attrs.frozen
class Failure:
    """What was wrong with one record, in plain values."""

    code: str
    message: str
    source: str | None = None
    line: int | None = None

    @classmethod
    def of(cls, error: FactparseError) -> Failure:
        """``error`` as a value."""
        return cls(error.code, error.message, error.source, error.line)

    def error(self) -> FactparseError:
        """The error that this was."""
        return FactparseError(self.code, self.message, source=self.source, line=self.line)


@attrs.define
class Report:
    """The counts of one shard; ``keys`` are digests of its pages with their numbers of lines, where they are wanted."""

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
