"""Shards, manifests and engines: nothing lost, nothing doubled, whatever happens to the processes."""

import gzip
import importlib.util
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import factparse
from factparse import OutputError, SourceError, UsageError
from factparse.cli import cli
from factparse.convert import guard, run, shard
from factparse.convert.guard import Guard
from factparse.convert.manifest import locked
from factparse.convert.report import Shard, Stretch, Task
from factparse.convert.settings import Settings
from factparse.convert.shard import run_shard
from factparse.convert.shared import Shared
from factparse.convert.watch import SIZE
from factparse.extract import CELLS
from factparse.extract.memory import MOST
from factparse.output.arrow_tables import arrow_schema
from factparse.output.json import Emit, encoded
from factparse.sources import jsonl
from factparse.sources.files import Input, find
from factparse.sources.record import WHOLE
from factparse.vocabulary import labels
from tests.faulty import PATIENCE
from tests.made import HEAVY, PAGE, lines_of

FAULTY = "tests.faulty:convert_record"
SLOWLY = "tests.faulty:slowly"
# The engines on clusters, for the tests of all kinds of conversion.
ENGINES = [
    pytest.param("dask", marks=HEAVY),
    pytest.param("ray", marks=[HEAVY, pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="no ray")]),
]


def page(number: int) -> str:
    return PAGE.replace("316 sq km", f"{number + 1} sq km")


def dump(folder: Path, files: int = 4, records: int = 25, extra: dict[int, str] | None = None) -> Path:
    """A folder of JSON Lines files in which every fifth record is a page."""
    folder.mkdir()
    texts = [page(n) if n % 5 == 0 else f"nothing to compare in text {n}" for n in range(files * records)]
    for number, text in (extra or {}).items():
        texts[number] = text
    for file in range(files):
        some = texts[file * records : (file + 1) * records]
        lines = [json.dumps({"text": text, "url": f"http://example.org/{n}"}) for n, text in enumerate(some)]
        (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def rows(folder: Path) -> list[str]:
    """All rows of an output, in the order of its files."""
    return [line for path in sorted(folder.glob("part-*.jsonl")) for line in path.read_text().splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    """All files of an output, byte for byte."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same_files(convert: Callable[..., object], inputs: Path, folder: Path, **other: Any) -> bool:  # noqa: ANN401
    """Whether a conversion in this process and one with ``other`` options make the same files, and some."""
    convert(inputs, folder / "here")
    convert(inputs, folder / "there", **other)
    return files(folder / "here") == files(folder / "there") != {}


def quarantined(folder: Path) -> list[tuple[Any, ...]]:
    found = [row for path in sorted((folder / "quarantine").glob("*.jsonl")) for row in lines_of(path)]
    return [(Path(row["source"]).name, row["line"], row["code"]) for row in found]


def convert(inputs: Path, output: Path, **options: Any) -> factparse.Summary:  # noqa: ANN401 (as Settings has them)
    return factparse.convert(inputs, output, **{"shard_bytes": 1000, **options})


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "factparse", "convert", "--shard-size", "1000", *map(str, arguments)]


def until(condition: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > last:
            raise TimeoutError
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    try:
        return [int(c) for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()]
    except OSError:
        return []  # it has ended meanwhile


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in")


@pytest.fixture
def undisturbed(inputs: Path, tmp_path: Path) -> list[str]:
    convert(inputs, tmp_path / "undisturbed")
    return rows(tmp_path / "undisturbed")


class TestFolder:
    def test_a_file_a_shard_a_manifest_and_a_summary(self, inputs: Path, tmp_path: Path) -> None:
        summary = convert(inputs, tmp_path / "out")
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
        counts = json.loads((tmp_path / "out" / "summary.json").read_text())
        parts = sorted(path.name for path in (tmp_path / "out").glob("part-*"))
        assert (len(parts), summary.shards, summary.done) == (len(manifest["shards"]), len(parts), len(parts))
        assert (manifest["complete"], manifest["factparse"], manifest["options"]["emit"]) == (
            True,
            factparse.__version__,
            "pages",
        )
        assert (counts["pages"], summary.pages, len(rows(tmp_path / "out"))) == (20, 20, 20)

    def test_large_files_are_read_in_parts_with_the_numbers_of_the_whole(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "small", shard_bytes=300)
        convert(inputs, tmp_path / "large", shard_bytes=1 << 20)
        assert len(list((tmp_path / "small").glob("part-*"))) > len(list((tmp_path / "large").glob("part-*"))) == 1
        assert rows(tmp_path / "small") == rows(tmp_path / "large")
        records = [json.loads(row)["source"]["record"] for row in rows(tmp_path / "small")]
        assert records == [0, 5, 10, 15, 20] * 4

    def test_a_second_run_does_nothing_twice(self, inputs: Path, tmp_path: Path) -> None:
        first = convert(inputs, tmp_path / "out")
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")}
        assert convert(inputs, tmp_path / "out") == first
        assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")} == before

    @pytest.mark.parametrize(
        ("change", "code"), [({"emit": "facts"}, "other-options"), ({"shard_bytes": 500}, "other-options")]
    )
    def test_a_run_with_other_options_is_refused(
        self, inputs: Path, tmp_path: Path, change: dict[str, Any], code: str
    ) -> None:
        convert(inputs, tmp_path / "out")
        with pytest.raises(UsageError, match=next(iter(change))) as caught:
            convert(inputs, tmp_path / "out", **change)
        assert caught.value.code == code

    def test_a_run_of_another_version_is_refused(
        self, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        convert(inputs, tmp_path / "out")
        monkeypatch.setattr(sys.modules["factparse.convert.manifest"], "__version__", "99")
        with pytest.raises(UsageError, match="this is 99"):
            convert(inputs, tmp_path / "out")

    def test_a_run_of_other_inputs_is_refused(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "out")
        (inputs / "9.jsonl").write_text(json.dumps({"text": PAGE}))
        with pytest.raises(UsageError, match="other inputs"):
            convert(inputs, tmp_path / "out")

    def test_a_folder_of_something_else_is_refused(self, inputs: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.tex").touch()
        with pytest.raises(UsageError, match=r"thesis\.tex"):
            convert(inputs, tmp_path / "out")

    def test_a_run_that_begins_anew(self, inputs: Path, tmp_path: Path) -> None:
        (inputs / "0.jsonl").write_text("broken\n" + (inputs / "0.jsonl").read_text())
        convert(inputs, tmp_path / "out", shard_bytes=300)
        (tmp_path / "out" / "notes.txt").touch()
        convert(inputs, tmp_path / "calm", emit="facts")
        convert(inputs, tmp_path / "out", emit="facts", resume=False)
        (tmp_path / "out" / "notes.txt").unlink()
        assert files(tmp_path / "out") == files(tmp_path / "calm")
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "part-00000.jsonl").touch()
        with pytest.raises(UsageError, match="something else"):
            convert(inputs, tmp_path / "other", resume=False)

    def test_a_manifest_that_is_none_is_told(self, inputs: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "manifest.json").write_text("{")
        with pytest.raises(OutputError, match="manifest cannot be read"):
            convert(inputs, tmp_path / "out")

    def test_two_runs_on_one_output(self, inputs: Path, tmp_path: Path) -> None:
        for target in ("out", "out.jsonl"):
            held = tmp_path / (f".{target}.parts" if target.endswith("jsonl") else target)
            with locked(held), pytest.raises(OutputError) as caught:
                convert(inputs, tmp_path / target)
            assert caught.value.code == "in-use"
        shutil.rmtree(tmp_path / "out")
        assert convert(inputs, tmp_path / "out").pages == 20

    def test_an_output_within_the_inputs_is_not_read(self, inputs: Path) -> None:
        assert convert(inputs, inputs / "out").pages == convert(inputs, inputs / "out").pages == 20

    @pytest.mark.parametrize("name", ["out", "out.jsonl"])
    def test_a_place_that_cannot_be_written(self, inputs: Path, name: str) -> None:
        with pytest.raises(OutputError, match="cannot be written"):
            convert(inputs, Path("/proc") / name)


class TestMemory:
    def test_what_was_read_before_makes_no_difference(self, tmp_path: Path) -> None:
        inputs = dump(tmp_path / "in", files=1, records=50)
        CELLS.clear()
        convert(inputs, tmp_path / "cold", shard_bytes=300)
        assert 0 < CELLS.held <= MOST
        convert(inputs, tmp_path / "warm", shard_bytes=300)
        assert rows(tmp_path / "warm") == rows(tmp_path / "cold")

    def test_tables_stay(self) -> None:
        factparse.parse(PAGE).to_json()
        tables = labels.cache_info().currsize
        CELLS.clear()
        assert labels.cache_info().currsize == tables == 1


class TestOutputs:
    @pytest.mark.parametrize("emit", ["pages", "rows", "facts"])
    def test_parquet_holds_what_the_lines_hold(self, inputs: Path, tmp_path: Path, emit: Emit) -> None:
        for name in ("a.jsonl", "a.parquet", "b", "c"):
            convert(inputs, tmp_path / name, emit=emit, **({"kind": ".parquet"} if name == "b" else {}))
        table = pq.read_table(tmp_path / "a.parquet")
        assert table.schema.equals(arrow_schema(emit))
        lines = lines_of(tmp_path / "a.jsonl")
        assert rows(tmp_path / "c") == (tmp_path / "a.jsonl").read_text().splitlines()
        found = table.to_pylist()
        records = [row["source"]["record"] if emit == "pages" else row["record"] for row in found]
        assert records == [line["source"]["record"] for line in lines]
        if emit == "rows":
            assert [[line[name] for name in ("label", "field", "confidence")] for line in lines] == [
                [row[name] for name in ("label", "field", "confidence")] for row in found
            ]
            assert [[cell["text"] for cell in line["cells"]] for line in lines] == [
                [row[name] for name in ("text_a", "text_b", "text_unknown") if row[name] is not None] for row in found
            ]
        parts = sorted((tmp_path / "b").glob("part-*.parquet"))
        assert [row for part in parts for row in pq.read_table(part).to_pylist()] == table.to_pylist()

    def test_a_fact_in_parquet(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "a.parquet", emit="facts")
        first = pq.read_table(tmp_path / "a.parquet").to_pylist()[0]
        assert (first["type"], first["subject_code"], first["value"], first["unit"]) == (
            "Quantity",
            "MLT",
            1.0,
            "sq km",
        )
        assert first["url"] == "http://example.org/0"

    @pytest.mark.parametrize("kind", [".jsonl.gz", ".jsonl.zst"])
    def test_packed_lines(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        convert(inputs, tmp_path / "plain.jsonl")
        convert(inputs, tmp_path / f"packed{kind}")
        again = next(find([tmp_path / f"packed{kind}"]))
        assert isinstance(again, Input)
        if kind.endswith("gz"):
            assert gzip.decompress((tmp_path / f"packed{kind}").read_bytes()) == (tmp_path / "plain.jsonl").read_bytes()
        assert len(list(again.records())) == 20

    @pytest.mark.parametrize("kind", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"])
    def test_pages_of_the_same_text_are_kept_once(self, tmp_path: Path, kind: str) -> None:
        inputs = dump(tmp_path / "in", extra={5: page(0), 60: page(0), 65: page(15)})
        for name in (f"one{kind}", "many"):
            summary = convert(inputs, tmp_path / name, once=True, kind=kind, emit="facts")
            assert (summary.pages, summary.repeated) == (20, 3)
        every = convert(inputs, tmp_path / "every.jsonl", emit="facts")
        assert every.repeated == 0
        kept = [entry for entry in find([tmp_path / f"one{kind}"]) if isinstance(entry, Input)]
        found = [record for entry in kept for record in entry.records()]
        assert len(found) == 17 * 2 < len(lines_of(tmp_path / "every.jsonl")) == 20 * 2
        again = convert(inputs, tmp_path / "many", once=True, kind=kind, emit="facts")
        assert (again.pages, again.repeated) == (20, 3)
        assert not (tmp_path / "many" / ".all").exists()

    def test_a_name_that_is_no_folder_and_no_known_file(self, inputs: Path, tmp_path: Path) -> None:
        for name, options in (("out.json", {}), ("out.jsonl.xz", {}), ("out.jsonl", {"kind": ".parquet"})):
            with pytest.raises(UsageError, match="other-kind"):
                convert(inputs, tmp_path / name, **options)
        convert(inputs, tmp_path / "out.2024", kind=".jsonl.gz")
        assert (tmp_path / "out.2024" / "manifest.json").exists()

    def test_an_unknown_option_is_refused(self, inputs: Path, tmp_path: Path) -> None:
        for options in ({"emit": "cells"}, {"kind": ".tsv"}, {"engine": "spark"}, {"attempts": 0}, {"scheduler": "x"}):
            with pytest.raises(UsageError):
                convert(inputs, tmp_path / "out", **options)
            assert not (tmp_path / "out").exists()


class Jumping:
    """A clock that jumps forward once, as soon as there is the file ``mark``."""

    def __init__(self, mark: Path, seconds: float = 1e6) -> None:
        self._mark, self._seconds, self.jumped = mark, seconds, False

    def monotonic(self) -> float:
        self.jumped = self.jumped or self._mark.exists()
        return time.monotonic() + self.jumped * self._seconds


class TestFaults:
    """Each run is disturbed in another way, and its rows are those of an undisturbed one."""

    @pytest.mark.parametrize("workers", [1, 2])
    def test_workers_are_engines_like_another(
        self, inputs: Path, tmp_path: Path, undisturbed: list[str], workers: int
    ) -> None:
        convert(inputs, tmp_path / "out", workers=workers)
        assert files(tmp_path / "out") == files(tmp_path / "undisturbed")

    @pytest.mark.parametrize(
        ("word", "code"),
        [("KILL", "worker-died"), ("HANG", "timeout"), ("FREEZE", "timeout"), ("GROW", "out-of-memory")],
    )
    def test_a_record_that_breaks_its_process_is_put_aside(
        self, tmp_path: Path, word: str, code: str, gate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(guard, "time", Jumping(gate))
        inputs = dump(tmp_path / "in", extra={37: word})
        convert(inputs, tmp_path / "calm")
        summary = convert(inputs, tmp_path / "out", workers=1, converter=FAULTY, attempts=1, memory=1 << 29)
        assert rows(tmp_path / "out") == rows(tmp_path / "calm")
        assert quarantined(tmp_path / "out") == [("1.jsonl", 13, code)]
        assert (summary.failed, summary.pages, summary.records) == (1, 20, 100)
        (aside,) = [row for path in (tmp_path / "out" / "quarantine").iterdir() for row in lines_of(path)]
        assert (aside["text"], aside["url"]) == (word, "http://example.org/12")

    def test_a_worker_killed_once_costs_no_record(self, tmp_path: Path) -> None:
        inputs = dump(tmp_path / "in", extra={10: f"KILL ONCE {tmp_path / 'mark'} " + page(10)})
        convert(inputs, tmp_path / "calm")
        summary = convert(inputs, tmp_path / "out", workers=1, converter=FAULTY)
        assert (tmp_path / "mark").exists()
        assert rows(tmp_path / "out") == rows(tmp_path / "calm")
        assert summary.failed == 0

    def test_workers_that_die_at_every_turn_end_the_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guard, "_DEATHS", 0)
        inputs = dump(tmp_path / "in", extra={10: "KILL"})
        with pytest.raises(factparse.FactparseError, match="signal 9"):
            convert(inputs, tmp_path / "out", workers=1, converter=FAULTY)

    def test_a_worker_that_dies_where_no_record_is_at_work_ends_the_run_after_the_attempts(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        inputs = dump(tmp_path / "in", files=1, records=12, extra={10: f"EXIT {tmp_path / 'deaths'}"})
        with pytest.raises(factparse.FactparseError) as raised:
            convert(inputs, tmp_path / "out", workers=1, converter=FAULTY, attempts=3, shard_bytes=1 << 20)
        assert (raised.value.code, raised.value.source) == ("worker-died", "part-00000")
        assert "died 3 times" in raised.value.message
        assert "exit code 7" in raised.value.message
        assert (tmp_path / "deaths").read_text() == "xxx"
        assert capfd.readouterr().err == ""
        assert convert(inputs, tmp_path / "out", shard_bytes=1 << 20, resume=False).pages == 2

    @pytest.mark.parametrize("workers", [0, 1])
    def test_a_fault_of_ours_where_no_record_is_at_work_is_told_at_once(
        self, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(shard, "encoded", encoded)  # what the converter does here is undone
        monkeypatch.setattr(run, "convert", partial(run.convert, converter=FAULTY))
        inputs = dump(tmp_path / "in", files=1, extra={10: f"RAISE {tmp_path / 'deaths'}"})
        done = CliRunner().invoke(
            cli, ["convert", str(inputs), "--workers", str(workers), "--quiet", "-o", str(tmp_path / "out")]
        )
        assert (done.exit_code, (tmp_path / "deaths").read_text()) == (1, "x")
        (line,) = done.stderr.splitlines()
        assert line.startswith(
            "Error: part-00000: the output cannot be written: ValueError: of all things\\n\\x1b[31m;"
        )
        assert line.endswith("[internal-error]")
        assert capfd.readouterr().err == ""

    def test_a_worker_that_ends_says_why_on_one_line(self) -> None:
        shared = Shared(SIZE)
        order = b"cno.such.module\nname\n."  # pickled: a name of a module that is not there
        done = subprocess.run(
            [sys.executable, "-P", "-m", "factparse.convert.worker", shared.key],
            input=order,
            capture_output=True,
            check=False,
            pass_fds=shared.inherited,
        )
        shared.close()
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr == b"factparse: a worker ends: ModuleNotFoundError: No module named 'no'\n"

    def test_a_hang_in_this_process_is_ended_too(self, tmp_path: Path) -> None:
        inputs = dump(tmp_path / "in", extra={37: "HANG"})
        convert(inputs, tmp_path / "out", converter=FAULTY)
        assert quarantined(tmp_path / "out") == [("1.jsonl", 13, "timeout")]

    def test_kill_9_of_a_worker_from_outside(
        self, inputs: Path, tmp_path: Path, undisturbed: list[str], gate: Path
    ) -> None:
        script = f"import factparse; factparse.convert({str(inputs)!r}, {str(tmp_path / 'out')!r}, workers=1,"
        script += f"shard_bytes=1000, converter={SLOWLY!r})"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        running = subprocess.Popen([sys.executable, "-c", script], env=environment)
        until(lambda: bool(list((tmp_path / "out").glob("part-*"))))
        until(lambda: bool(children(running.pid)))
        os.kill(children(running.pid)[0], signal.SIGKILL)
        gate.touch()
        assert running.wait(PATIENCE) == 0
        assert rows(tmp_path / "out") == undisturbed

    @pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
    def test_a_run_that_is_stopped_goes_on(
        self, inputs: Path, tmp_path: Path, undisturbed: list[str], gate: Path, sent: signal.Signals
    ) -> None:
        started = command(inputs, "-o", tmp_path / "out", "--workers", "2")
        running = subprocess.Popen([sys.executable, "-m", "tests.slow_command", *started[3:]], stderr=subprocess.PIPE)
        until(lambda: bool(list((tmp_path / "out").glob("part-*"))))
        workers = children(running.pid)
        os.kill(running.pid, sent)
        _, said = running.communicate(timeout=PATIENCE)
        assert running.returncode == (-signal.SIGKILL if sent == signal.SIGKILL else 130)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert 0 < len(rows(tmp_path / "out")) < len(undisturbed)
        assert (b"goes on" in said) == (sent != signal.SIGKILL)
        gate.touch()
        done = subprocess.run([sys.executable, "-m", "tests.slow_command", *started[3:]], check=False)
        assert done.returncode == 0
        assert rows(tmp_path / "out") == undisturbed
        assert not list((tmp_path / "out").glob(".*.part"))

    def test_a_full_disk_then_resume(self, inputs: Path, tmp_path: Path, undisturbed: list[str]) -> None:
        limit = 1500  # bytes a file may have: as a quota refuses, so does this
        script = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY));"
            f"sys.argv = {['factparse', *command(inputs, '-o', tmp_path / 'out')[3:]]!r};"
            "from factparse.cli import main; main()"
        )
        assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        assert (done.returncode, b"cannot be written: file too large" in done.stderr) == (1, True)
        assert not (tmp_path / "out" / "summary.json").exists()
        convert(inputs, tmp_path / "out")
        assert rows(tmp_path / "out") == undisturbed

    def test_a_shard_can_be_run_any_number_of_times(self, inputs: Path, tmp_path: Path) -> None:
        entry = Input(str(inputs / "0.jsonl"), str(inputs / "0.jsonl"), 0, ".jsonl")
        task = Task(Shard(3, (Stretch(entry, WHOLE, 0),)), tmp_path, Settings())
        first, found = run_shard(task), files(tmp_path)
        assert run_shard(task) == first
        with Guard() as guarded:
            assert guarded.run(task) == first
        assert files(tmp_path) == found

    def test_a_quarantine_that_is_needed_no_more_goes(self, tmp_path: Path) -> None:
        path = tmp_path / "0.jsonl"
        path.write_text("broken\n")
        task = Task(Shard(0, (Stretch(Input(str(path), str(path), 0, ".jsonl"), WHOLE, 0),)), tmp_path, Settings())
        run_shard(task)
        assert quarantined(tmp_path) == [("0.jsonl", 1, "bad-json")]
        path.write_text(json.dumps({"text": PAGE}))
        run_shard(task)
        assert quarantined(tmp_path) == []


class TestBrokenInputs:
    """The good records of a broken input are in the output, and the broken ones in the quarantine."""

    def test_one_line_in_a_hundred(self, inputs: Path, tmp_path: Path, undisturbed: list[str]) -> None:
        for path in inputs.iterdir():
            lines = path.read_text().splitlines()
            lines[3] = lines[3][:-9]
            path.write_text("\n".join(lines) + "\n")
        summary = convert(inputs, tmp_path / "out", workers=2)
        assert rows(tmp_path / "out") == undisturbed
        assert quarantined(tmp_path / "out") == [(f"{n}.jsonl", 4, "bad-json") for n in range(4)]
        assert (summary.failed, summary.records) == (4, 100)

    @pytest.mark.parametrize(
        ("fault", "code"), [(ZeroDivisionError("of all things"), "internal-error"), (MemoryError(), "out-of-memory")]
    )
    def test_a_fault_of_ours_in_reading_costs_one_file(
        self, inputs: Path, tmp_path: Path, fault: Exception, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        convert(inputs, tmp_path / "calm")
        read = jsonl._object

        def failing(line: bytes, name: str, number: int, *rest: Any) -> Any:  # noqa: ANN401 (as the reader has them)
            if number == 7 and name.endswith("1.jsonl"):
                raise fault
            return read(line, name, number, *rest)

        monkeypatch.setattr(jsonl, "_object", failing)
        convert(inputs, tmp_path / "out", shard_bytes=1 << 20)
        lost = [(str(inputs / "1.jsonl"), number) for number in (10, 15, 20)]
        sources = [json.loads(row)["source"] for row in rows(tmp_path / "calm")]
        kept = [(source["name"], source["record"]) not in lost for source in sources]
        assert rows(tmp_path / "out") == list(compress(rows(tmp_path / "calm"), kept))
        assert kept.count(False) == len(lost)
        assert quarantined(tmp_path / "out") == [("1.jsonl", None, code)]

    def test_an_unreadable_file_among_readable_ones(self, inputs: Path, tmp_path: Path, undisturbed: list[str]) -> None:
        (inputs / "0.txt").symlink_to(inputs / "0.txt")
        (inputs / "with\nnewline.txt").write_text("nothing")
        summary = convert(inputs, tmp_path / "out")
        assert summary.failed == 1
        assert [json.loads(row)["countries"] for row in rows(tmp_path / "out")] == [["Malta", "Aruba"]] * 20

    def test_a_single_file_leaves_its_quarantine_beside_it(self, inputs: Path, tmp_path: Path) -> None:
        (inputs / "0.jsonl").write_text("broken\n")
        convert(inputs, tmp_path / "out.jsonl")
        assert [row["code"] for row in lines_of(tmp_path / "out.jsonl.quarantine")] == ["bad-json"]
        (inputs / "0.jsonl").write_text("{}\n"[:0])
        convert(inputs, tmp_path / "out.jsonl")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]

    def test_many_failures_are_counted_and_the_first_told(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text("broken\n" * 50)
        said: list[str] = []
        summary = factparse.convert(
            tmp_path / "in.jsonl", tmp_path / "out.jsonl", on_failure=lambda error: said.append(error.message)
        )
        assert (summary.failed, len(said)) == (50, 21)
        assert "30 more" in said[-1]

    def test_nothing_begins_where_an_input_is_not_there(self, inputs: Path, tmp_path: Path) -> None:
        with pytest.raises(SourceError):
            factparse.convert([inputs, tmp_path / "absent*"], tmp_path / "out")
        assert not (tmp_path / "out").exists()
