"""The tests of a change: those that run its line, and behind them those that run other lines of its module."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from pathlib import Path

import attrs
from coverage.numbits import numbits_to_nums

from tools.mutating.changes import Change


@attrs.frozen
class Tests:
    """Which tests run which lines, and how long each takes."""

    of_line: dict[tuple[str, int], set[str]]
    of_module: dict[str, set[str]]
    seconds: dict[str, float]

    def chosen(self, change: Change, most: float) -> list[str]:
        """The tests of ``change``, quick ones first, as many as take ``most`` seconds together.

        Tests that run the line come first. A line that runs once, when its module is imported or a table is read, is
        run by no test of its own; then all tests of the module are its tests.
        """
        exact = self.of_line.get((change.path, change.line), set())
        others = self.of_module.get(change.path, set()) - exact
        found: list[str] = []
        taken = 0.0
        for test in [*sorted(exact, key=self._order), *sorted(others, key=self._order)]:
            taken += self.seconds.get(test, 1.0)
            if found and taken > most:
                break
            found.append(test)
        return found

    def _order(self, test: str) -> tuple[float, str]:
        return self.seconds.get(test, 1.0), test


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
