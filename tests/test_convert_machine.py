"""What a machine does to a run: clocks that jump, slow disks, other users' folders, networks that go away."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

import factparse
from factparse import FactparseError
from factparse.convert import guard
from tests.test_convert_engines import Jumping, command, convert, dump, files, rows, until

ASKED = ("put_file", "cat_file", "ls", "info", "isdir", "rm_file", "rm", "_open")


class Lost(MemoryFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store whose network goes away at the question with the number ``at``, and is back at the next."""

    protocol = "lost"
    store: dict[str, Any] = {}  # noqa: RUF012 (as the class above has them)
    pseudo_dirs = [""]  # noqa: RUF012
    at = number = 0

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("lost://", "memory://")))


def _asking(name: str) -> Callable[..., object]:
    asked = getattr(MemoryFileSystem, name)

    def ask(self: Lost, *given: object, **named: object) -> object:
        Lost.number += 1
        if Lost.number == Lost.at:
            raise ConnectionError("the network is gone")
        return asked(self, *given, **named)

    return ask


for each in ASKED:
    setattr(Lost, each, _asking(each))


@pytest.fixture
def lost() -> Iterator[Lost]:
    fsspec.register_implementation("lost", Lost, clobber=True)
    Lost.at = Lost.number = 0
    yield fsspec.filesystem("lost")
    Lost.at = 0
    Lost.store.clear()
    Lost.pseudo_dirs[:] = [""]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in", files=1, records=16)


@pytest.mark.parametrize("address", ["lost://out", "lost://out.jsonl"])
def test_a_network_that_is_lost_at_any_question(inputs: Path, lost: Lost, address: str) -> None:
    """The run ends with an error, or is none the worse; the same command ends it, with the same files."""

    def stored() -> dict[str, bytes]:
        Lost.at = 0
        return {path: lost.cat_file(path) for path in lost.find("/")}

    def run() -> None:
        factparse.convert(inputs, address, shard_bytes=1000)

    run()
    questions, calm = Lost.number, stored()
    assert questions >= 5
    told = 0
    for at in range(1, questions + 1):
        lost.rm("/", recursive=True)
        Lost.at, Lost.number = at, 0
        try:
            run()
        except FactparseError:
            told += 1
            Lost.at = 0
            run()
        assert stored() == calm, f"the {at}. of {questions}"
    assert told >= 2


def test_a_disk_that_takes_100_seconds_for_a_file(tmp_path: Path, gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That long may pass while no record is at work; no record is blamed for it."""
    inputs = dump(tmp_path / "in", files=1)
    convert(inputs, tmp_path / "calm")
    clock = Jumping(gate, 100.0)
    monkeypatch.setattr(guard, "time", clock)
    done = convert(inputs, tmp_path / "out", workers=1, converter="tests.faulty:on_a_slow_disk")
    assert clock.jumped
    assert (done.failed, rows(tmp_path / "out")) == (0, rows(tmp_path / "calm"))


def test_the_time_of_day_decides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clocks are set back and forth; all but the manifest, which names the converter, is the same byte for byte."""
    inputs = dump(tmp_path / "in")
    convert(inputs, tmp_path / "calm", workers=1)
    leaps = iter(range(0, 10**9, 86_400))
    monkeypatch.setattr("time.time", lambda: 2e9 - next(leaps) * (-1) ** next(leaps))
    convert(inputs, tmp_path / "here")
    convert(inputs, tmp_path / "out", workers=1, converter="tests.faulty:at_odd_times")
    calm, here, out = (files(tmp_path / name) for name in ("calm", "here", "out"))
    assert (here, {**out, "manifest.json": calm["manifest.json"]}) == (calm, calm)


def without_rights(*arguments: str | Path) -> list[str]:
    """The command for somebody who may not write where others forbid it, as root may."""
    if os.getuid() != 0:
        return command(*arguments)
    if shutil.which("setpriv") is None:
        pytest.skip("nobody but root is here, and no setpriv to give up his rights")
    rights = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command(*arguments)]


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_folder_that_one_may_not_write_to(inputs: Path, tmp_path: Path, name: str, workers: str) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    started = without_rights(inputs, "-o", closed / name, "--workers", workers, "--quiet")
    done = subprocess.run(started, capture_output=True, text=True, check=False)
    closed.chmod(0o755)
    assert (done.returncode, list(closed.iterdir())) == (1, [])
    assert len(done.stderr.splitlines()) == 1
    assert "permission denied" in done.stderr


def test_an_output_that_one_may_read_only(inputs: Path, tmp_path: Path) -> None:
    """What an earlier run of somebody else left half done is not touched."""
    out = tmp_path / "out"
    convert(inputs, out)
    (out / "summary.json").unlink()
    before = files(out)
    for folder in (out, out / ".done"):
        folder.chmod(0o555)
    for file in out.rglob("*"):
        if file.is_file():
            file.chmod(0o444)
    done = subprocess.run(without_rights(inputs, "-o", out, "--quiet"), capture_output=True, text=True, check=False)
    for folder in (out, out / ".done"):
        folder.chmod(0o755)
    assert (done.returncode, files(out)) == (1, before)
    assert "permission denied" in done.stderr


@pytest.mark.parametrize("options", [[], ["--emit", "facts", "--distinct"]])
def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path, gate: Path, options: list[str]) -> None:
    """Not even by a run that is killed: what it shares with its workers has no name."""
    inputs = dump(tmp_path / "in")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    started = command(inputs, "-o", tmp_path / "out", "--workers", "2", *options)[3:]
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.slow_command", *started],
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
    )
    until(lambda: any((tmp_path / "out").glob(".done/*")))
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not gate.exists()
    assert list(temporary.iterdir()) == []
