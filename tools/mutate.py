"""Change the source in one place at a time, and see whether a test fails: what no test guards, anybody may break.

    python -m tools.mutating.contexts CONTEXTS tests src [PYTEST ARGUMENT]...
    python tools/mutate.py CONTEXTS LOG [--mutants N] [--seed N] [--seconds N] [--again FILE]

The first command finds out which tests run which lines; the second takes a sample of all changes of the packages
``columns``, ``layout``, ``language``, ``extract`` and ``book``, makes each in a copy of the project, and runs the
tests of its line, then those of its module, until one fails: at most ``--seconds`` of them (30). LOG gets a line for
each, and what stands there already is not done again. ``--again`` takes the survivors of that log instead of a sample.
No data beside the project is read, and a test of hypothesis does not make its example small.

mutmut and cosmic-ray do not do that: the one takes no seeded sample, the other runs all tests at each change.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.mutating.changes import Change, changes
from tools.mutating.choice import GOLDENS, Tests, file_of, known_tests
from tools.mutating.contexts import PACKAGES, SOURCE

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "tools", "benchmarks", "fixtures", "grammars", "docs", "pyproject.toml", "*.md")
_CACHE, _KEPT = "cache", "kept"  # folders of built grammars
_AHEAD = ("attrs", "hypothesis", "jsonschema", "lark", "msgspec", "regex")  # imported once, for all runs of tests


class Chosen:
    """A plugin of pytest that runs some tests only, in their order, and lets hypothesis not make examples small."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._places = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings(), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self._places), key=lambda item: self._places[item.nodeid]
        )


def copied(folder: Path) -> Path:
    """Copy what tests need into ``folder``."""
    for source in (path for pattern in COPIED for path in ROOT.glob(pattern)):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    compileall.compile_dir(folder, quiet=2)
    return folder


def all_changes() -> Iterator[Change]:
    """Every change of every module of the packages."""
    for package in PACKAGES:
        for path in sorted((ROOT / SOURCE / package).rglob("*.py")):
            yield from changes(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


def outcome(copy: Path, change: Change, tests: Sequence[str], seconds: float) -> str:
    """Make the change in the copy, and run the tests: ``killed``, ``timed out`` or ``survived``; undo the change."""
    path = copy / change.path
    source = path.read_text(encoding="utf-8")
    told = path.stat()
    path.write_text(change.made(source), encoding="utf-8")
    os.utime(path, (told.st_atime, told.st_mtime + 10))  # or Python would take the compiled module of before
    try:
        return _in_child(copy, tests, seconds)
    finally:
        path.write_text(source, encoding="utf-8")
        os.utime(path, (told.st_atime, told.st_mtime))


def prepare(copy: Path, tests: Sequence[str]) -> None:
    """Run ``tests`` without a change: none may fail, and what they keep of built grammars serves all later runs."""
    told = _in_child(copy, tests, 3600)
    if told != "survived":
        raise RuntimeError(f"without a change the tests are {told}")
    (copy / _CACHE).rename(copy / _KEPT)


def _in_child(copy: Path, tests: Sequence[str], seconds: float) -> str:
    shutil.rmtree(copy / _CACHE, ignore_errors=True)
    if (copy / _KEPT).exists():  # what a changed module keeps there is not for the next one
        shutil.copytree(copy / _KEPT, copy / _CACHE)
    child = os.fork()  # what this process has imported, the child need not import: half of a run
    if child == 0:
        _run(copy, tests)
    last = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > last:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "timed out"
        time.sleep(0.02)
    return {0: "survived", 5: "without a test"}.get(os.waitstatus_to_exitcode(status), "killed")


def _run(copy: Path, tests: Sequence[str]) -> None:
    os.setsid()
    os.chdir(copy)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    sys.path[:] = [str(copy / "src"), str(copy), *(path for path in sys.path if not path.startswith(str(ROOT)))]
    for name in [name for name in sys.modules if name == "tools" or name.startswith("tools.")]:
        del sys.modules[name]
    sys.dont_write_bytecode = True
    files = sorted({test.partition("::")[0] for test in tests})
    code = 1
    try:
        quiet = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
        code = int(pytest.main([*quiet, *files], plugins=[Chosen(tests)]))
    finally:
        os._exit(code)


def line_of(change: Change, told: str) -> str:
    """The line of the log for a change."""
    return f"{told}\t{change.path}\t{change.line}\t{change.start}\t{change.end}\t{change.kind}\t{change.new}"


def key_of(line: str) -> tuple[str, ...]:
    """What tells the changes of a log apart."""
    return tuple(line.split("\t")[1:7])


def sample(given: argparse.Namespace) -> list[Change]:
    """The changes to make: of all by chance, or the survivors of an earlier log."""
    every = list(all_changes())
    if given.again is None:
        return random.Random(given.seed).sample(every, min(given.mutants, len(every)))
    lines = given.again.read_text(encoding="utf-8").splitlines()
    survived = {key_of(line) for line in lines if line.startswith("survived")}
    return [change for change in every if key_of(line_of(change, "")) in survived]


def tried(copy: Path, change: Change, tests: Tests, seconds: float) -> str:
    """What becomes of a change: ``without a test`` if none runs its module."""
    told = "without a test"
    for batch in tests.chosen(change, seconds):
        told = outcome(copy, change, batch, 120 + 20 * sum(tests.seconds.get(test, 1.0) for test in batch))
        if told in ("killed", "timed out"):
            break
    return told


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("contexts", type=Path)
    options.add_argument("log", type=Path)
    options.add_argument("--mutants", type=int, default=400)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--again", type=Path)
    options.add_argument("--root", default=f"{ROOT}/", help="where the project was when CONTEXTS were found")
    given = options.parse_args()
    done = {key_of(line) for line in given.log.read_text().splitlines()} if given.log.exists() else set()
    tests = known_tests(given.contexts, given.root)
    with tempfile.TemporaryDirectory(prefix="mutate-") as name:
        for module in _AHEAD:
            import_module(module)
        copy = copied(Path(name))
        os.environ["FACTPARSE_CACHE"] = str(copy / _CACHE)
        prepare(copy, [test for test in tests.seconds if file_of(test) == GOLDENS])
        for change in sample(given):
            if key_of(line_of(change, "")) in done:
                continue
            with given.log.open("a", encoding="utf-8") as log:
                log.write(line_of(change, tried(copy, change, tests, given.seconds)) + "\n")
    counts = Counter(line.partition("\t")[0] for line in given.log.read_text(encoding="utf-8").splitlines())
    dead = counts["killed"] + counts["timed out"]
    print(", ".join(f"{told} {count}" for told, count in counts.most_common()))
    print(f"{dead} of {counts.total()} killed: {100 * dead / max(counts.total(), 1):.1f} %")


if __name__ == "__main__":
    main()
