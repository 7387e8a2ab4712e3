"""Strike conversions with signals, at every stage, and see that the same command goes on to the same output.

    python tools/faults.py [--cycles N] [--seed N] [--engine ENGINE]... [--log FILE]

A cycle is a conversion that SIGKILL, SIGTERM or SIGINT strikes, at a random step of its main thread or at a random
time, or one of whose workers is killed; then the same command again, until its end. Afterwards the output is that of a
run nobody disturbed, byte for byte; no process is left, and no file but the output. A file that is the output is whole,
or not there, at any time. Each cycle is a line of ``--log``; the exit status is 1 if one went wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parent.parent
_PAGE = (ROOT / "fixtures" / "pages" / "first_page.txt").read_text(encoding="utf-8")
_PATIENCE = 300.0  # seconds until a process that does not end is a fault
RUNS: dict[str, tuple[str, list[str]]] = {
    "folder": ("out", []),
    "folder, --once": ("out", ["--once"]),
    "folder, --distinct": ("out", ["--emit", "facts", "--distinct"]),
    "folder, --resolve": ("out", ["--resolve"]),
    "folder of .parquet": ("out", ["--to", "parquet"]),
    ".jsonl": ("out.jsonl", []),
    ".jsonl.gz, --once": ("out.jsonl.gz", ["--once"]),
    ".parquet, --distinct": ("out.parquet", ["--emit", "facts", "--distinct"]),
}


@attrs.frozen
class Cycle:
    """What is done to one run: the engine, the output, and the signal that strikes the run or a worker of it."""

    engine: str
    run: str
    sent: str
    target: str
    """``step``, ``time`` or ``worker``."""
    chance: random.Random = attrs.field(repr=False)


@attrs.define
class Calm:
    """What a run does that nobody disturbs: its files, steps and seconds."""

    files: dict[str, bytes]
    steps: int
    seconds: float


def dump(folder: Path, files: int = 3, records: int = 30) -> None:
    """Write a small dump into ``folder``: every third record is a page, some twice, and one line is broken."""
    folder.mkdir()
    for file in range(files):
        lines = []
        for number in range(records):
            page = _PAGE.replace("256,186", f"{1000 + number * files + file % 2:,}")
            lines.append(json.dumps({"text": page if number % 3 == 0 else f"nothing to compare in {number}"}))
        lines[7] = '{"text": broken'
        (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below ``folder``, without the empty ones that hold an output for one run."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


class Place:
    """A folder for a run: its output, its temporary files, its note."""

    def __init__(self, root: Path, inputs: Path, cycle: Cycle) -> None:
        self.root, self._inputs, self._cycle = root, inputs, cycle
        self.out, self.temporary, self.note = root / "to", root / "tmp", root / "note"
        for folder in (root, self.out, self.temporary):
            folder.mkdir()

    def start(self, step: int, sent: str) -> subprocess.Popen[bytes]:
        """Start the run, to be struck at that step (0: at none), in a session of its own."""
        name, options = RUNS[self._cycle.run]
        command = [sys.executable, "-m", "tools.faulting.struck", str(step), sent, str(self.note), "convert", "--quiet"]
        command += ["--shard-size", "6000", "--workers", "2", "--engine", self._cycle.engine, *options]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.note.unlink(missing_ok=True)
        with (self.root / "said").open("ab") as said:
            return subprocess.Popen(
                [*command, str(self._inputs), "-o", str(self.out / name)],
                cwd=self.root,
                env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(self.temporary), "RAY_TMPDIR": "/tmp"},
                start_new_session=True,
                stdout=said,
                stderr=said,
            )

    def left(self) -> list[str]:
        """The temporary files that are there."""
        return sorted(str(path.relative_to(self.temporary)) for path in self.temporary.rglob("*") if path.is_file())


def calm(place: Place) -> Calm:
    """Run without a fault."""
    start = time.monotonic()
    code = place.start(0, "SIGKILL").wait(_PATIENCE)
    if code != 3:  # one line is broken in each file
        raise RuntimeError(f"an undisturbed run ends with {code}: {(place.root / 'said').read_text()}")
    steps = int(place.note.read_text().split()[1])
    return Calm(files_of(place.out), steps, time.monotonic() - start)


def session(pid: int) -> list[int]:
    """The processes of the session that ``pid`` began, itself not among them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, its = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its) == pid and int(folder.name) != pid and state != "Z":
                found.append(int(folder.name))
    return found


def workers_of(pid: int) -> list[int]:
    """Those of them that convert shards."""
    found = []
    for one in session(pid):
        with suppress(OSError):
            if b"factparse.convert.worker" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(one)
    return found


def struck(cycle: Cycle, place: Place, known: Calm) -> tuple[int, str]:
    """Start the run and strike it; return its exit code, and where it was struck."""
    if cycle.target == "step":
        running = place.start(cycle.chance.randint(1, known.steps), cycle.sent)
        code = running.wait(_PATIENCE)
        where = place.note.read_text() if place.note.exists() else "not reached"
    else:
        running = place.start(0, "SIGKILL")
        delay = cycle.chance.uniform(0, known.seconds)
        time.sleep(delay)
        _strike(running, cycle)
        code = running.wait(_PATIENCE)
        where = f"after {delay:.2f} s"
    _await_end_of(running.pid)
    return code, where


def _strike(running: subprocess.Popen[bytes], cycle: Cycle) -> None:
    if cycle.target == "time":
        running.send_signal(signal.Signals[cycle.sent])  # nothing is sent to a process that has ended
    elif found := workers_of(running.pid):
        with suppress(ProcessLookupError):
            os.kill(cycle.chance.choice(found), signal.SIGKILL)


def _await_end_of(pid: int) -> None:
    last = time.monotonic() + _PATIENCE
    while found := session(pid):
        if time.monotonic() > last:
            for one in found:
                os.kill(one, signal.SIGKILL)
            raise RuntimeError(f"{len(found)} processes outlive the run")
        time.sleep(0.05)


def wrong(cycle: Cycle, place: Place, known: Calm) -> tuple[str, str]:
    """Do one cycle; return what is wrong, empty if nothing, and what was done."""
    code, where = struck(cycle, place, known)
    name = RUNS[cycle.run][0]
    done = f"{where}; exit {code}"
    if cycle.target == "worker" and code != 3:
        return f"the run ends with {code}, though only a worker was killed", done
    if (place.out / name).is_file() and files_of(place.out).get(name) != known.files[name]:
        return "the file is there, and not whole", done
    before = place.left()
    done += f"; {len(before)} temporary files" if before else ""
    again = place.start(0, "SIGKILL")
    code = again.wait(_PATIENCE)
    _await_end_of(again.pid)
    if code != 3:
        return f"the same command again ends with {code}", done
    if (found := files_of(place.out)) != known.files:
        return f"other files: {sorted(set(found.items()) ^ set(known.files.items()))!r:.300}", done
    if more := sorted(set(place.left()) - set(before)):
        return f"temporary files of the second run: {more}", done
    return (f"temporary files of the first run: {before}" if before else ""), done


def cycles(engine: str, number: int, seed: int) -> list[Cycle]:
    """So many cycles: runs, signals and targets in turn, their moments by chance."""
    chance = random.Random(f"{seed} {engine}")
    found = []
    for at in range(number):
        target = ("step", "step", "time", "step", "time", "worker")[at % 6]
        sent = "SIGKILL" if target == "worker" else chance.choice(("SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"))
        found.append(Cycle(engine, list(RUNS)[at % len(RUNS)], sent, target, chance))
    return found


def done_cycles(root: Path, some: Iterable[Cycle]) -> Iterator[tuple[Cycle, str, str]]:
    """Do each of the cycles in a folder below ``root``; yield it, what was done and what is wrong, empty if nothing."""
    undisturbed: dict[str, Calm] = {}
    for number, cycle in enumerate(some):
        if cycle.run not in undisturbed:
            undisturbed[cycle.run] = calm(Place(root / f"calm {cycle.engine} {cycle.run}", root / "in", cycle))
        place = Place(root / f"{cycle.engine} {number}", root / "in", cycle)
        fault, done = wrong(cycle, place, undisturbed[cycle.run])
        yield cycle, done, fault
        shutil.rmtree(place.root)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cycles", type=int, default=20, help="of each engine")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--engine", action="append", choices=["local", "dask", "ray"])
    options.add_argument("--log", type=Path)
    given = options.parse_args()
    counts: Counter[tuple[str, str, bool]] = Counter()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        dump(Path(name) / "in")
        for engine in given.engine or ["local"]:
            for cycle, done, fault in done_cycles(Path(name), cycles(engine, given.cycles, given.seed)):
                counts[engine, f"{cycle.sent} {cycle.target}", bool(fault)] += 1
                line = "\t".join((engine, cycle.run, cycle.sent, cycle.target, done, fault or "well"))
                print(line, flush=True)
                if given.log is not None:
                    with given.log.open("a", encoding="utf-8") as log:
                        log.write(line + "\n")
    for (engine, struck_by, found), count in sorted(counts.items()):
        print(f"{engine:6} {struck_by:16} {'FAULT' if found else 'well'} {count}")
    sys.exit(1 if any(found for _, _, found in counts) else 0)


if __name__ == "__main__":
    main()
