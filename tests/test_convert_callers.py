"""What a caller of ``convert`` can do while it runs: see how far it is, read its log, stop it."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import factparse
from factparse import FactparseError
from factparse.convert.job import Job, Progress
from factparse.convert.settings import Settings
from factparse.convert.watch import Running
from tests.test_convert_engines import FAULTY, SLOWLY, children, dump, rows, until

RUNS = pytest.mark.parametrize("workers", [0, 2])
OUTPUTS = pytest.mark.parametrize("name", ["out", "out.jsonl"])


class Enough(BaseException):
    """What a caller stops a run with: no ``Exception``, as a notebook's button raises none."""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in")


def stopped(after: int) -> Callable[[Progress], None]:
    def look(progress: Progress) -> None:
        if progress.records >= after:
            raise Enough

    return look


@RUNS
@OUTPUTS
def test_what_a_callback_raises_stops_the_run_and_its_processes(
    inputs: Path, tmp_path: Path, workers: int, name: str, gate: Path
) -> None:
    if not workers:
        gate.touch()  # this process need not wait for itself
    others = set(children(os.getpid()))  # of tests that ran before
    calm, out = tmp_path / "calm", tmp_path / name
    factparse.convert(inputs, calm, shard_bytes=1000)
    given: dict[str, Any] = {"workers": workers, "shard_bytes": 1000, "converter": SLOWLY}
    with pytest.raises(Enough) as raised:
        factparse.convert(inputs, out, on_progress=stopped(20), **given)
    assert raised.traceback  # which holds all that was at work
    until(lambda: not set(children(os.getpid())) - others)
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    if name == "out.jsonl":
        assert not out.exists()
        return
    assert len(rows(out)) < len(rows(calm))
    gate.touch()
    factparse.convert(inputs, out, **given)
    assert rows(out) == rows(calm)


MINE = [ValueError("mine"), OSError(28, "mine"), MemoryError("mine"), BrokenPipeError(), FactparseError("mine", "mine")]


@RUNS
@pytest.mark.parametrize("mine", MINE, ids=lambda mine: type(mine).__name__)
def test_it_comes_out_as_it_was_raised(inputs: Path, tmp_path: Path, workers: int, mine: Exception) -> None:
    """What looks like a fault of the disk, or of a shard, is the caller's all the same."""

    def stop(_progress: Progress) -> None:
        raise mine from KeyError("the cause")

    for name in ("out", "out.jsonl"):
        with pytest.raises(type(mine)) as raised:
            factparse.convert(inputs, tmp_path / name, on_progress=stop, workers=workers)
        assert raised.value is mine
        assert isinstance(mine.__cause__, KeyError)
    assert not list(tmp_path.rglob("*.part*"))


@RUNS
def test_a_failure_may_stop_the_run_too(tmp_path: Path, workers: int) -> None:
    others = set(children(os.getpid()))
    inputs = dump(tmp_path / "in", extra={3: "RAISE"})

    def first(error: FactparseError) -> None:
        raise error

    with pytest.raises(FactparseError) as raised:
        factparse.convert(inputs, tmp_path / "out", workers=workers, converter=FAULTY, on_failure=first)
    assert raised.traceback
    until(lambda: not set(children(os.getpid())) - others)


@RUNS
def test_progress_ends_where_the_summary_does(inputs: Path, tmp_path: Path, workers: int) -> None:
    seen: list[Progress] = []
    done = factparse.convert(inputs, tmp_path / "out", workers=workers, shard_bytes=1000, on_progress=seen.append)
    last = seen[-1]
    assert (last.done, last.records, last.pages, last.shards) == (last.total, done.records, done.pages, done.shards)
    assert [each.done for each in seen] == sorted(each.done for each in seen)


def test_progress_never_goes_back() -> None:
    """A shard that is done is counted by its report, which comes a little later than its worker stops to count."""
    seen: list[Progress] = []
    job = Job(Settings(), [], seen.append, None)
    for running in (Running(10, 3, 2, 1), Running(), Running(20, 1, 1, 0)):
        job.note(running)
    assert [(each.done, each.records, each.pages, each.failed) for each in seen] == [
        (10, 3, 2, 1),
        (10, 3, 2, 1),
        (20, 3, 2, 1),
    ]


@RUNS
def test_the_log(tmp_path: Path, workers: int, caplog: pytest.LogCaptureFixture) -> None:
    inputs = dump(tmp_path / "in")
    (inputs / "0.jsonl").write_text("{\n", encoding="utf-8")
    with caplog.at_level(logging.INFO, "factparse"):
        factparse.convert(inputs, tmp_path / "out", workers=workers)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("factparse.convert")]
    assert said[0] == "begins: 4 inputs in 1 shards"
    assert said[-1] == "ends: 15 pages of 76 records, 1 failures"
    assert [record.levelname for record in caplog.records if "bad-json" in record.getMessage()] == ["WARNING"]


def test_the_log_tells_of_workers_that_die(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    inputs = dump(tmp_path / "in", files=1, records=5, extra={2: "KILL"})
    with caplog.at_level(logging.WARNING, "factparse"):
        factparse.convert(inputs, tmp_path / "out", workers=1, converter=FAULTY, attempts=2)
    said = [record.getMessage() for record in caplog.records if record.name == "factparse.convert.guard"]
    assert said == [f"a worker of part-00000 died (signal 9), for the {n}. time there" for n in (1, 2)]


def test_nothing_is_said_on_the_terminal_unasked(
    inputs: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (inputs / "0.jsonl").write_text("{\n", encoding="utf-8")
    factparse.convert(inputs, tmp_path / "out", workers=1)
    assert capfd.readouterr() == ("", "")
