"""Change the source in one place at a time, and see whether a test fails: what no test guards, anybody may break.

    python -m tools.mutating.contexts CONTEXTS tests src [PYTEST ARGUMENT]...
    python tools/mutate.py CONTEXTS LOG [--mutants N] [--seed N] [--seconds N] [--again FILE]

The first command finds out which tests run which lines; the second takes a sample of all changes of the packages
``columns``, ``layout``, ``language``, ``extract`` and ``book``, makes each in a process of its own, and runs the
tests of its line, then those of its module, until one fails: at most ``--seconds`` of them (10). LOG gets a line for
each, and what stands there already is not done again. ``--again`` takes the survivors of that log instead of a sample.
No data beside the project is read, and a test of hypothesis does not make its example small.

All tests are imported once; each change is made in a fork of that process (:mod:`tools.mutating.applied`). One that
cannot be made so (in the body of a class, in a default or a decorator) is ``skipped``, and told so.

mutmut and cosmic-ray do not do that: the one takes no seeded sample, the other imports all tests at each change.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import attrs
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.mutating.applied import Live, forget
from tools.mutating.changes import Change, changes
from tools.mutating.choice import GOLDENS, Covering, file_of, known_tests
from tools.mutating.contexts import PACKAGES, SOURCE

ROOT = Path(__file__).resolve().parent.parent
SKIPPED, SURVIVED, KILLED, TIMED_OUT, UNTESTED = "skipped", "survived", "killed", "timed out", "without a test"
_CODES = {0: SURVIVED, 5: UNTESTED, 6: SKIPPED, -signal.SIGXCPU: TIMED_OUT, -signal.SIGKILL: TIMED_OUT}
_PATIENCE = 900.0  # seconds


@attrs.define
class Mutants:
    """A plugin of pytest that runs, instead of all tests, for each change its own."""

    some: Sequence[Change]
    tests: Covering
    seconds: float
    log: Path

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings(), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for change in self.some:  # modules that are imported when they are first needed live here, too
            import_module(
                change.path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
        items = {item.nodeid: item for item in session.items}
        live = Live()
        goldens = [item for test, item in items.items() if file_of(test) == GOLDENS]
        if (told := _in_child(session, goldens, None, live, 3600)) != SURVIVED:
            raise RuntimeError(f"without a change the tests of {GOLDENS} are {told}")
        forget()
        gc.freeze()  # the collector in a child need not look through what is here already
        for change in self.some:
            told = self._tried(session, items, change, live)
            with self.log.open("a", encoding="utf-8") as log:
                log.write(line_of(change, told) + "\n")
        return True

    def _tried(self, session: pytest.Session, items: dict[str, pytest.Item], change: Change, live: Live) -> str:
        told = UNTESTED
        for batch in self.tests.chosen(change, self.seconds):
            most = 5 + 2 * sum(self.tests.seconds.get(test, 1.0) for test in batch)
            told = _in_child(session, [items[test] for test in batch if test in items], change, live, most)
            if told not in (SURVIVED, UNTESTED):
                break
        return told


def _in_child(
    session: pytest.Session, items: Sequence[pytest.Item], change: Change | None, live: Live, seconds: float
) -> str:
    """What becomes of the ``items`` after the change, if they may take so many seconds of processor time."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, resource.RLIM_INFINITY))
        _run(session, items, change, live)
    last = time.monotonic() + _PATIENCE  # for who waits for something, which takes no processor time
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return _CODES.get(os.waitstatus_to_exitcode(status), KILLED)
        if time.monotonic() > last:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        time.sleep(0.01)


def _run(session: pytest.Session, items: Sequence[pytest.Item], change: Change | None, live: Live) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    code = 1
    try:
        if change is not None and not live.make(change, str(ROOT / change.path)):
            code = 6
        else:
            code = _failed(session, items)
    finally:
        os._exit(code)


def _failed(session: pytest.Session, items: Sequence[pytest.Item]) -> int:
    """1 as soon as one of the ``items`` fails, 0 if none does, 5 if there are none."""
    for item in items:
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return 1
    return 0 if items else 5


def all_changes() -> Iterator[Change]:
    """Every change of every module of the packages."""
    for package in PACKAGES:
        for path in sorted((ROOT / SOURCE / package).rglob("*.py")):
            yield from changes(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


def line_of(change: Change, told: str) -> str:
    """The line of the log for a change."""
    return f"{told}\t{change.path}\t{change.line}\t{change.start}\t{change.end}\t{change.kind}\t{change.new}"


def key_of(line: str) -> tuple[str, ...]:
    """What tells the changes of a log apart."""
    return tuple(line.split("\t")[1:7])


def sample(given: argparse.Namespace) -> list[Change]:
    """The changes to make: of all by chance, or the survivors of an earlier log; without those of ``given.log``."""
    every = list(all_changes())
    if given.again is None:
        some = random.Random(given.seed).sample(every, min(given.mutants, len(every)))
    else:
        lines = given.again.read_text(encoding="utf-8").splitlines()
        survived = {key_of(line) for line in lines if line.startswith(SURVIVED)}
        some = [change for change in every if key_of(line_of(change, "")) in survived]
    done = {key_of(line) for line in given.log.read_text().splitlines()} if given.log.exists() else set()
    return [change for change in some if key_of(line_of(change, "")) not in done]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("contexts", type=Path)
    options.add_argument("log", type=Path)
    options.add_argument("--mutants", type=int, default=400)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--seconds", type=float, default=10.0)
    options.add_argument("--again", type=Path)
    options.add_argument("--root", default=f"{ROOT}/", help="where the project was when CONTEXTS were found")
    given = options.parse_args()
    given.contexts, given.log = given.contexts.resolve(), given.log.resolve()
    os.chdir(ROOT)
    tests = known_tests(given.contexts, given.root)
    plugin = Mutants(sample(given), tests, given.seconds, given.log)
    files = sorted({file_of(test) for test in tests.seconds})
    code = pytest.main(["-q", "-p", "no:cacheprovider", *files], plugins=[plugin])
    counts = Counter(line.partition("\t")[0] for line in given.log.read_text(encoding="utf-8").splitlines())
    made = counts.total() - counts[SKIPPED]
    dead = counts[KILLED] + counts[TIMED_OUT]
    print(", ".join(f"{told} {count}" for told, count in counts.most_common()))
    print(f"{dead} of {made} killed: {100 * dead / max(made, 1):.1f} %")
    sys.exit(code)


if __name__ == "__main__":
    main()
