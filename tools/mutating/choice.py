"""The tests of a change: those that run its line, and behind them those that run other lines of its module."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from functools import cached_property
from pathlib import Path
from typing import Final

import attrs
from coverage.numbits import numbits_to_nums

from tools.mutating.changes import Change

_FIRST: Final = 3  # files that are tried before all others
GOLDENS: Final = "tests/test_goldens.py"


@attrs.frozen(slots=False)
class Tests:
    """Which tests run which lines, and how long each takes."""

    of_line: dict[tuple[str, int], set[str]]
    of_module: dict[str, set[str]]
    seconds: dict[str, float]

    def chosen(self, change: Change, most: float) -> list[list[str]]:
        """The tests of ``change`` in batches to be run one after the other, ``most`` seconds of tests in all.

        Tests that run the line come first, by the files that are most about it, for each file takes its time to be
        imported; then the others of the module. A line that runs once, when its module is imported or a table is read,
        is run by no test of its own.
        """
        exact = self.of_line.get((change.path, change.line), set())
        others = self.of_module.get(change.path, set()) - exact
        files = sorted({file_of(test) for test in exact}, key=lambda file: (-self._about(file, exact), file))
        first = {test for test in exact if file_of(test) in files[:_FIRST]}
        batches: list[list[str]] = []
        for some in (first, exact - first, others):
            batch = self._quick(some, most / 2)
            most -= sum(self.seconds.get(test, 1.0) for test in batch)
            batches += [batch] if batch else []
        return batches

    def _about(self, file: str, exact: set[str]) -> float:
        """How much of a file is about a line: the part of its tests that run it. Golden files show everything."""
        return 1.0 if file == GOLDENS else sum(file_of(test) == file for test in exact) / self._sizes[file]

    def _quick(self, some: set[str], most: float) -> list[str]:
        found: list[str] = []
        for test in sorted(some, key=lambda test: (self.seconds.get(test, 1.0), test)):
            most -= self.seconds.get(test, 1.0)
            if found and most < 0:
                break
            found.append(test)
        return found

    @cached_property
    def _sizes(self) -> Counter[str]:
        return Counter(map(file_of, self.seconds))


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def known_tests(folder: Path, root: str) -> Tests:
    """Read what :mod:`tools.mutating.contexts` wrote; paths are those below ``root``."""
    of_line: dict[tuple[str, int], set[str]] = defaultdict(set)
    of_module: dict[str, set[str]] = defaultdict(set)
    with sqlite3.connect(folder / "coverage.db") as base:
        for path, context, lines in base.execute(
            "SELECT file.path, context.context, numbits FROM line_bits "
            "JOIN file ON file.id = file_id JOIN context ON context.id = context_id WHERE context.context != ''"
        ):
            module = path.removeprefix(root).lstrip("/")
            of_module[module].add(context)
            for line in numbits_to_nums(lines):
                of_line[module, line].add(context)
    return Tests(of_line, of_module, json.loads((folder / "seconds.json").read_text(encoding="utf-8")))
