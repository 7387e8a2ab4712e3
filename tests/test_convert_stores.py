"""Outputs in object stores: the files, the manifest and the resumption of a folder on this machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import fsspec
import pytest

import factparse
from factparse import OutputError, UsageError
from factparse.convert.local import inline
from factparse.convert.store import Address, place_of
from tests import s3_server
from tests.faulty import AT
from tests.made import HEAVY
from tests.test_convert_engines import convert, dump, files, until

ROOT = "/out"
Store: TypeAlias = fsspec.AbstractFileSystem


@pytest.fixture
def store() -> Iterator[Store]:
    """The file system ``memory://``, empty."""
    system = fsspec.filesystem("memory")
    for path in system.ls("/", detail=False):
        system.rm(path, recursive=True)
    yield system
    for path in system.ls("/", detail=False):
        system.rm(path, recursive=True)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in", extra={3: "KILL ONCE"})


def stored(system: Store, folder: str = ROOT) -> dict[str, bytes]:
    root = system._strip_protocol(folder).rstrip("/") + "/"
    return {str(path).removeprefix(root): system.cat_file(path) for path in system.find(folder)}


def here(folder: Path) -> dict[str, bytes]:
    """The files of an output on this machine, but for the lock, which a store has not."""
    return {name: data for name, data in files(folder).items() if name != ".lock"}


def rows(output: dict[str, bytes]) -> list[bytes]:
    return [line for name in sorted(output) if name.startswith("part-") for line in output[name].splitlines()]


class TestFolder:
    @pytest.mark.parametrize(
        "options",
        [
            {},
            {"emit": "facts"},
            {"kind": ".parquet"},
            {"once": True},
            {"resolve": True},
            {"emit": "facts", "distinct": True},
        ],
    )
    def test_it_holds_what_a_folder_here_does(
        self, inputs: Path, tmp_path: Path, store: Store, options: dict[str, Any]
    ) -> None:
        (inputs / "0.jsonl").write_text("broken\n" + (inputs / "0.jsonl").read_text())
        one = convert(inputs, tmp_path / "out", **options)
        other = factparse.convert(inputs, "memory://out/", shard_bytes=1000, **options)
        assert stored(store) == here(tmp_path / "out")
        assert (one.pages, one.failed, one.repeated) == (other.pages, other.failed, other.repeated)
        assert "quarantine/part-00000.jsonl" in stored(store)

    def test_a_run_that_was_broken_off_goes_on(self, inputs: Path, tmp_path: Path, store: Store) -> None:
        convert(inputs, tmp_path / "out")

        def stop(progress: Any) -> None:  # noqa: ANN401 (a Progress)
            if progress.shards == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            factparse.convert(inputs, "memory://out", shard_bytes=1000, on_progress=stop)
        begun = stored(store)
        assert {"part-00002.jsonl", "manifest.json"} <= set(begun)
        assert "summary.json" not in begun
        store.rm("/out/part-00001.jsonl")
        before = {name: store.modified(f"{ROOT}/{name}") for name in begun if name == "part-00000.jsonl"}
        factparse.convert(inputs, "memory://out", shard_bytes=1000)
        assert stored(store) == here(tmp_path / "out")
        assert {name: store.modified(f"{ROOT}/{name}") for name in before} == before
        again = factparse.convert(inputs, "memory://out", shard_bytes=1000)
        assert again.pages == 20

    def test_what_is_refused(self, inputs: Path, store: Store) -> None:
        store.pipe("/out/thesis.tex", b"")
        with pytest.raises(UsageError, match=r"thesis\.tex"):
            factparse.convert(inputs, "memory://out")
        factparse.convert(inputs, "memory://other", emit="facts")
        factparse.convert(inputs, "memory://other", resume=False)
        with pytest.raises(UsageError, match="emit"):
            factparse.convert(inputs, "memory://other", emit="rows")

    def test_it_is_no_input_of_the_next_run(self, store: Store) -> None:
        store.pipe("/dump/a.jsonl", b'{"text": "nothing"}\n')
        for _ in range(2):
            assert factparse.convert("memory://dump", "memory://dump/out").inputs == 1

    def test_a_place_that_cannot_be_reached(self, inputs: Path) -> None:
        with pytest.raises(OutputError, match="cannot be"):
            factparse.convert(inputs, "no-such-scheme://out/")
        with pytest.raises(OutputError, match="cannot be"):
            factparse.convert(inputs, "no-such-scheme://out.jsonl")

    def test_an_address_of_this_machine_is_a_path(self, inputs: Path, tmp_path: Path) -> None:
        assert place_of(f"file://{tmp_path}/out") == tmp_path / "out"
        factparse.convert(inputs, f"file://{tmp_path}/out")
        assert (tmp_path / "out" / ".lock").exists()


class TestFile:
    @pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet"])
    def test_it_holds_what_a_file_here_does(self, inputs: Path, tmp_path: Path, store: Store, name: str) -> None:
        (inputs / "0.jsonl").write_text("broken\n")
        convert(inputs, tmp_path / name)
        factparse.convert(inputs, f"memory://out/{name}", shard_bytes=1000)
        expected = {each: (tmp_path / each).read_bytes() for each in (name, f"{name}.quarantine")}
        assert stored(store) == expected
        (inputs / "0.jsonl").write_text("")
        factparse.convert(inputs, f"memory://out/{name}", shard_bytes=1000)
        assert set(stored(store)) == {name}

    def test_nodes_of_a_cluster_meet_in_the_store(
        self, inputs: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What several machines write is put together from a folder that all of them see."""
        monkeypatch.setattr(sys.modules["factparse.convert.run"], "launched", lambda *_: inline)
        convert(inputs, tmp_path / "a.jsonl")
        seen: set[str] = set()
        for _ in range(2):
            store.pipe("/out/.a.jsonl.parts/part-99999.jsonl", b"left by a run that was killed")
            factparse.convert(
                inputs,
                "memory://out/a.jsonl",
                engine="dask",
                scheduler="tcp://nodes",
                shard_bytes=1000,
                on_progress=lambda _: seen.update(stored(store)),
            )
            assert stored(store) == {"a.jsonl": (tmp_path / "a.jsonl").read_bytes()}
        assert ".a.jsonl.parts/.done/part-00000.json" in seen
        assert ".a.jsonl.parts/part-99999.jsonl" not in seen

    def test_a_run_that_is_broken_off_leaves_the_old_one(self, inputs: Path, store: Store) -> None:
        store.pipe("/out/a.jsonl", b"old")

        def stop(_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            factparse.convert(inputs, "memory://out/a.jsonl", on_progress=stop)
        assert stored(store) == {"a.jsonl": b"old"}

    def test_what_is_no_kind_of_file(self, inputs: Path) -> None:
        with pytest.raises(UsageError, match="other-kind"):
            factparse.convert(inputs, "memory://out/a.tsv")


class TestAddress:
    def test_it_does_what_a_path_does(self, store: Store) -> None:
        folder = Address("memory://out/")
        file = folder / "a.txt"
        assert (file.name, file.parent, str(file)) == ("a.txt", folder, "memory://out/a.txt")
        assert (file.exists(), folder.is_dir(), folder.files()) == (False, False, [])
        file.unlink(missing_ok=True)
        with pytest.raises(OSError, match=r"a\.txt"):
            file.read_bytes()
        with file.writing() as stream:
            stream.write(b"text")
            assert not file.exists()
        store.pipe("/out/in/b.txt", b"")
        assert (file.read_bytes(), folder.files(), folder.is_dir()) == (b"text", [file], True)
        with file.open() as opened:
            assert opened.read() == b"text"
        file.unlink()
        folder.remove()
        assert not store.exists("/out")

    def test_what_is_not_written_to_the_end_is_not_there(self, store: Store) -> None:
        file = Address("memory://out/a.txt")
        with pytest.raises(ZeroDivisionError), file.writing() as stream:
            stream.write(b"half" * (1 // 0))
        assert not file.exists()


@HEAVY
@pytest.mark.skipif(bool(s3_server.LACKING), reason="no moto and s3fs to stand for S3")
class TestS3:
    """A server that speaks as S3 does: processes write to it side by side."""

    @pytest.fixture
    def bucket(self) -> Iterator[str]:
        with s3_server.bucket() as address:
            yield address

    @pytest.mark.filterwarnings("ignore")  # what the packages warn of is not ours
    def test_workers_that_are_killed_and_a_run_that_goes_on(
        self, inputs: Path, tmp_path: Path, bucket: str, gate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(AT, "convert 40")  # in the second shard of a worker: files of a store are not divided
        convert(inputs, tmp_path / "out")
        source = f"{bucket}/dump"
        system = fsspec.filesystem("s3", skip_instance_cache=True)
        system.put(str(inputs), source, recursive=True)
        command = [sys.executable, "-m", "tests.slow_command", "convert", "--shard-size", "1000", "--workers", "2"]
        running = subprocess.Popen([*command, source, "-o", f"{bucket}/out/"], stderr=subprocess.DEVNULL)

        def begun() -> bool:
            system.invalidate_cache()
            return bool(system.glob("bucket/out/part-*"))

        until(begun)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert not system.exists("bucket/out/summary.json")
        gate.touch()
        subprocess.run([*command, source, "-o", f"{bucket}/out/"], check=True)
        system.invalidate_cache()
        found = {
            name: data.replace(source.encode(), str(inputs).encode())
            for name, data in stored(system, "bucket/out").items()
        }
        assert rows(found) == rows(here(tmp_path / "out"))
