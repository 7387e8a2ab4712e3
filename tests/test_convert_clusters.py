"""The cluster engines: the same output as the local one, byte for byte, and the same again if a node is killed."""

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import factparse
from factparse import UsageError
from tests.faulty import PATIENCE
from tests.made import HEAVY
from tests.test_convert_engines import ENGINES, SLOWLY, children, convert, dump, files, rows, until

pytestmark = [HEAVY, pytest.mark.filterwarnings("ignore")]  # what the packages warn of is not ours


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in", files=2, extra={7: "KILL"})


def descendants(pid: int) -> list[int]:
    found = children(pid)
    return found + [below for child in found for below in descendants(child)]


def nodes_at_work(pid: int) -> list[int]:
    """The processes below ``pid`` that have a worker of ours under guard, which they have while they do a shard."""
    below = descendants(pid)
    workers = {child for child in below if "factparse.convert.worker" in command_of(child)}
    return [child for child in below if workers & set(children(child))]


def killed(pids: list[int]) -> bool:
    for pid in pids[:1]:
        os.kill(pid, signal.SIGKILL)
    return bool(pids)


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.mark.parametrize("engine", ENGINES)
class TestEngines:
    def test_the_output_is_that_of_the_local_engine(self, inputs: Path, tmp_path: Path, engine: str) -> None:
        options = {"converter": "tests.faulty:convert_record", "attempts": 1, "shard_bytes": 1500}
        here = convert(inputs, tmp_path / "here", workers=1, **options)
        there = convert(inputs, tmp_path / "there", workers=1, engine=engine, **options)
        assert (here.failed, here.pages, here.facts) == (there.failed, there.pages, there.facts)
        assert [str(error) for error in here.failures] == [str(error) for error in there.failures] != []
        assert files(tmp_path / "here") == files(tmp_path / "there")

    def test_kill_9_of_a_node(self, tmp_path: Path, engine: str, gate: Path) -> None:
        inputs = dump(tmp_path / "in", files=2)
        convert(inputs, tmp_path / "calm")
        script = f"import factparse\nif __name__ == '__main__':\n factparse.convert({str(inputs)!r}, "
        script += f"{str(tmp_path / 'out')!r}, workers=1, engine={engine!r}, shard_bytes=1000, converter={SLOWLY!r})"
        (tmp_path / "run.py").write_text(script)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        running = subprocess.Popen(
            [sys.executable, str(tmp_path / "run.py")], env=environment, stderr=subprocess.DEVNULL
        )
        until(lambda: bool(list((tmp_path / "out").glob("part-*"))))
        until(lambda: killed(nodes_at_work(running.pid)))
        gate.touch()
        assert running.wait(PATIENCE) == 0
        assert rows(tmp_path / "out") == rows(tmp_path / "calm")


def test_a_cluster_that_does_not_answer(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("factparse.convert.dask"), "_SECONDS", 1)
    with pytest.raises(UsageError, match="answers"):
        factparse.convert(inputs, tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9")


# Modules that every process imports: of ours, of the standard library when a process starts, of a cluster's node.
TRAPS = ("attrs", "msgspec", "lark", "pickle", "selectors", "struct", "tempfile", "signal", "tblib", "mmap", "fcntl")


@pytest.mark.parametrize("engine", ["local", *ENGINES])
def test_no_code_of_the_current_folder_runs(tmp_path: Path, engine: str) -> None:
    inputs = dump(tmp_path / "in", files=1)
    for name in TRAPS:
        (inputs / f"{name}.py").write_text(f"open({str(tmp_path / 'trapped')!r}, 'a').write('{name} ')\n")
    # As the installed command is: a file that stands in another folder.
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "command.py"
    command.write_text("from factparse.cli import main\nif __name__ == '__main__':\n    main()\n")
    package = str(Path(factparse.__file__).resolve().parent.parent)
    arguments = ["convert", ".", "--quiet", "--workers", "1", "--engine", engine, "-o", str(tmp_path / "out.jsonl")]
    done = subprocess.run(
        [sys.executable, str(command), *arguments],
        cwd=inputs,
        env={**os.environ, "PYTHONPATH": package},
        capture_output=True,
        check=False,
    )
    assert not (tmp_path / "trapped").exists(), (tmp_path / "trapped").read_text()
    assert (done.returncode, len((tmp_path / "out.jsonl").read_text().splitlines())) == (0, 5), done.stderr.decode()
