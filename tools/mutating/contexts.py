"""Which tests run which lines: one run of the tests under coverage, a context for each test.

    python -m tools.mutating.contexts OUT [PYTEST ARGUMENT]...

OUT gets ``coverage.db`` and ``seconds.json`` (how long each test took). The memory of cells is cleared before each
test, or a test that asks for a cell which an earlier one read would seem to run no line of the extractors. Tests of
hypothesis make a few examples only: which lines they run is seen by these.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import coverage
import pytest

PACKAGES = ("columns", "layout", "language", "extract", "book")
SOURCE = Path("src/factparse")


@attrs.define
class Contexts:
    """A plugin of pytest that gives each test a context of its own, and takes its time."""

    measured: coverage.Coverage
    seconds: dict[str, float] = attrs.field(factory=dict)

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import settings  # pytest rewrites it, which it cannot if it is there before

        settings.register_profile("few", settings(), max_examples=10)
        settings.load_profile("few")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        from factparse.extract import CELLS

        CELLS.clear()
        self.measured.switch_context(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = round(time.process_time() - start, 4)
            self.measured.switch_context("")


def main() -> None:
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    folders = [str((SOURCE / package).resolve()) for package in PACKAGES]
    measured = coverage.Coverage(data_file=str(out / "coverage.db"), source=folders, config_file=False)
    measured.start()
    plugin = Contexts(measured)
    pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[2:]], plugins=[plugin])
    measured.stop()
    measured.save()
    (out / "seconds.json").write_text(json.dumps(plugin.seconds, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
