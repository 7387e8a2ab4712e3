"""Full and read-only disks, two runs at once, broken files of every format: what is good is in the output, once."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet as pq
import pytest
import zstandard
from click.testing import CliRunner, Result

from factparse.cli import cli
from tests.faulty import PATIENCE
from tests.made import PAGE, lines_of
from tests.test_convert_engines import SLOWLY, command, convert, dump, page, quarantined, rows, until
from tests.test_sources_dumps import warc

COUNT = 4000  # texts of a broken file: enough that it is read in many blocks


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, arguments)])


def mounted(folder: Path, options: str) -> None:
    """Mount a small file system on ``folder``, or skip the test."""
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
        )
    except OSError as error:
        pytest.skip(f"no mount: {error}")
    if done.returncode:
        pytest.skip(f"a file system cannot be mounted here: {done.stderr.decode().strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "size=64k")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in")


class TestDisks:
    @pytest.mark.parametrize("workers", ["0", "2"])
    def test_a_full_one_then_more_room(self, inputs: Path, tmp_path: Path, small_disk: Path, workers: str) -> None:
        convert(inputs, tmp_path / "calm")
        out = small_disk / "out"
        (small_disk / "filled").write_bytes(bytes(36_000))
        done = run("--shard-size", "1000", "--workers", workers, inputs, "-o", out)
        assert (done.exit_code, "no space left on device" in done.stderr) == (1, True)
        assert not (out / "summary.json").exists()
        assert len(rows(out)) < len(rows(tmp_path / "calm"))
        subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
        assert run("--shard-size", "1000", "--workers", workers, inputs, "-o", out).exit_code == 0
        assert rows(out) == rows(tmp_path / "calm")
        assert not list(out.rglob("*.part"))

    def test_a_full_one_leaves_no_file(self, inputs: Path, small_disk: Path) -> None:
        (small_disk / "filled").write_bytes(bytes(40_000))
        done = run("--workers", "0", inputs, "-o", small_disk / "out.jsonl")
        assert (done.exit_code, "no space left on device" in done.stderr) == (1, True)
        assert [path.name for path in small_disk.iterdir()] == ["filled"]

    @pytest.mark.parametrize("name", ["out", "out.jsonl"])
    def test_one_that_is_read_only(self, inputs: Path, small_disk: Path, name: str) -> None:
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        done = run(inputs, "-o", small_disk / name)
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
        assert "read-only file system" in done.stderr


class TestTwoRuns:
    @pytest.mark.parametrize("name", ["out", "out.jsonl"])
    def test_the_second_is_refused_and_the_first_undisturbed(
        self, inputs: Path, tmp_path: Path, gate: Path, name: str
    ) -> None:
        convert(inputs, tmp_path / "calm")
        started = command(inputs, "-o", tmp_path / name, "--workers", "1")[3:]
        first = subprocess.Popen([sys.executable, "-m", "tests.slow_command", *started], stderr=subprocess.PIPE)
        until(lambda: bool(list(tmp_path.rglob("part-*.jsonl*"))) and any(tmp_path.glob(f"*{name}*")))
        second = run(*started[1:])
        assert (second.exit_code, "another run is writing" in second.stderr) == (1, True)
        gate.touch()
        _, said = first.communicate(timeout=PATIENCE)
        assert (first.returncode, b"Error" in said) == (0, False)
        found = rows(tmp_path / "out") if name == "out" else (tmp_path / name).read_text().splitlines()
        assert found == rows(tmp_path / "calm")

    def test_what_holds_the_output_goes_with_its_process(self, inputs: Path, tmp_path: Path, gate: Path) -> None:
        started = command(inputs, "-o", tmp_path / "out", "--workers", "1")[3:]
        first = subprocess.Popen([sys.executable, "-m", "tests.slow_command", *started], stderr=subprocess.DEVNULL)
        until(lambda: (tmp_path / "out" / "manifest.json").exists())
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        gate.touch()
        assert convert(inputs, tmp_path / "out", converter=SLOWLY, reader="tests.faulty:slowly_read").pages == 20


class TestWhatIsLeft:
    @pytest.mark.usefixtures("gate")
    def test_nothing_of_a_run_that_was_killed_while_it_wrote_a_file(self, inputs: Path, tmp_path: Path) -> None:
        out = tmp_path / "to" / "out.jsonl"
        out.parent.mkdir()
        started = command(inputs, "-o", out, "--workers", "1")[3:]
        first = subprocess.Popen([sys.executable, "-m", "tests.slow_command", *started], stderr=subprocess.DEVNULL)
        until(lambda: any(out.parent.glob(".out.jsonl.*.part")))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        other = out.parent / ".out.jsonl.gz.abcdefgh.part"  # another run's: that writes a file of another name
        other.touch()
        assert any(each != other for each in out.parent.glob(".out.jsonl.*.part"))
        convert(inputs, out)
        assert sorted(path.name for path in out.parent.iterdir()) == [other.name, "out.jsonl"]

    @pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
    @pytest.mark.parametrize("module", ["factparse.convert.run", "factparse.reading", "factparse.cli", "click"])
    def test_a_stop_at_the_start_has_a_word_and_its_exit_code(self, tmp_path: Path, sent: str, module: str) -> None:
        arguments = ["convert", ".", "-o", "out"] if "convert" in module else ["parse", "."]
        script = f"""if True:
            import os, signal, sys
            from factparse.__main__ import main
            class Stop:
                def find_spec(self, name, path=None, target=None):
                    if name == {module!r}:
                        os.kill(os.getpid(), signal.{sent})
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.meta_path.insert(0, Stop())
            sys.argv = ["factparse", *{arguments!r}]
            main()"""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr.splitlines()) == (130, ["factparse: stopped"])


def texts() -> list[str]:
    """Texts that do not pack well, every fifth a page."""
    return [page(n) if n % 5 == 0 else f"nothing {os.urandom(30).hex()}" for n in range(COUNT)]


def lines(some: list[str]) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in some)


def columns(path: Path, some: list[str], name: str = "text") -> None:
    pq.write_table(pyarrow.table({name: some}), path, row_group_size=200)


def columns_of(path: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(pyarrow.BufferReader(path.read_bytes())).to_pylist())  # whatever its name is


def gz(path: Path, some: list[str]) -> None:
    path.write_bytes(gzip.compress(lines(some)))


def cut(path: Path, some: list[str]) -> None:
    path.write_bytes(gzip.compress(lines(some))[:-5000])


def frames(path: Path, some: list[str]) -> None:
    pack = zstandard.ZstdCompressor().compress
    path.write_bytes(b"".join(pack(lines(some[at : at + 500])) for at in range(0, COUNT, 500)))


def spoilt_frame(path: Path, some: list[str]) -> None:
    frames(path, some)
    data = bytearray(path.read_bytes())
    data[-3000:-2900] = bytes(100)
    path.write_bytes(bytes(data))


def archive(path: Path, some: list[str], wrong: int = -1) -> None:
    bodies = [text.encode() for text in some]
    path.write_bytes(
        b"".join(warc(body, kind="conversion", length=7 if n == wrong else None) for n, body in enumerate(bodies))
    )


def wrong_length(path: Path, some: list[str]) -> None:
    archive(path, some, wrong=COUNT // 2)


def without_column(path: Path, some: list[str]) -> None:
    columns(path, some, "body")


def one_in_a_hundred(path: Path, some: list[str]) -> None:
    """Break lines that hold no page."""
    each = lines(some).splitlines()
    path.write_bytes(b"\n".join(line[:-4] if n % 100 == 1 else line for n, line in enumerate(each)) + b"\n")


def plain(path: Path, some: list[str]) -> None:
    path.write_bytes(lines(some))


class TestBrokenFiles:
    """Beside a good file lies one that is broken; where it breaks off, all that stands before is in the output."""

    @pytest.mark.parametrize(
        ("name", "whole", "broken", "code", "failures", "kept"),
        [
            ("b.jsonl.gz", gz, cut, "unreadable", {1}, 0.9),
            ("b.jsonl.zst", frames, spoilt_frame, "unreadable", {1, 2}, 7 / 8),
            ("b.wet", archive, wrong_length, None, {0}, 1.0),
            ("b.parquet", columns, without_column, "missing-key", {1}, 0.0),
            ("b.jsonl", plain, one_in_a_hundred, "bad-json", {COUNT // 100}, 1.0),
        ],
    )
    def test_what_is_good_is_kept(
        self,
        tmp_path: Path,
        name: str,
        whole: Callable[[Path, list[str]], None],
        broken: Callable[[Path, list[str]], None],
        code: str | None,
        failures: set[int],
        kept: float,
    ) -> None:
        inputs, some = dump(tmp_path / "in", files=1), texts()
        (inputs / "c.txt").write_text(PAGE)
        whole(inputs / name, some)
        convert(inputs, tmp_path / "calm", shard_bytes=50_000)
        broken(inputs / name, some)
        summary = convert(inputs, tmp_path / "out", shard_bytes=50_000, workers=2)
        calm, found = ([json.loads(row) for row in rows(tmp_path / each)] for each in ("calm", "out"))
        of_it, of_it_now = ([row for row in each if row["source"]["name"].endswith(name)] for each in (calm, found))
        assert [row for row in found if row not in of_it_now] == [row for row in calm if row not in of_it]
        assert len(of_it) == COUNT // 5
        assert [self.told(row) for row in of_it_now] == [self.told(row) for row in of_it[: len(of_it_now)]]
        assert len(of_it_now) >= kept * len(of_it)
        assert {row[2] for row in quarantined(tmp_path / "out")} == ({code} if code else set())
        assert summary.failed in failures

    @staticmethod
    def told(row: dict[str, Any]) -> dict[str, Any]:
        """The row without the remark that its record has a wrong length."""
        return {**row, "diagnostics": [each for each in row["diagnostics"] if each["code"] != "wrong-length"]}


class TestNames:
    def test_bombs_are_bounded_and_told(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + b"x" * 50_000_000 + b'"}\n'))
        (tmp_path / "in" / "bomb.txt.gz").write_bytes(gzip.compress(bytes(50_000_000)))
        (tmp_path / "in" / "page.txt").write_text(PAGE)
        done = run("--max-record-bytes", "1M", "--memory", "400M", tmp_path / "in", "-o", tmp_path / "out")
        assert (done.exit_code, len(rows(tmp_path / "out"))) == (3, 1)
        assert done.stderr.count("more than 1,048,576 bytes") == 2
        assert [code for _, _, code in quarantined(tmp_path / "out")] == ["record-too-large"] * 2

    @pytest.mark.parametrize("workers", ["0", "1"])
    @pytest.mark.parametrize("name", [b"out\xff", b"out\xff.jsonl", b"out\xff.parquet"])
    def test_names_that_are_no_utf_8(self, tmp_path: Path, name: bytes, workers: str) -> None:
        folder, out = tmp_path / os.fsdecode(b"in\xfe"), tmp_path / os.fsdecode(name)
        folder.mkdir()
        (folder / os.fsdecode(b"broken\xff.jsonl")).write_text("broken\n")
        (folder / os.fsdecode(b"page\xff.txt")).write_text(PAGE)
        for _ in range(2):  # the second goes on with what the first wrote, if it is a folder
            done = run("--quiet", "--workers", workers, folder, "-o", out)
            assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
            assert "bad-json" in done.stderr
        aside = out / "quarantine" / "part-00000.jsonl" if out.is_dir() else Path(f"{out}.quarantine")
        assert [row["code"] for row in lines_of(aside)] == ["bad-json"]
        pages = lines_of(out / "part-00000.jsonl") if out.is_dir() else None
        pages = pages or (columns_of(out) if out.suffix == ".parquet" else lines_of(out))
        assert [page["source"]["name"] for page in pages] == [f"{tmp_path}/in\ufffd/page\ufffd.txt"]

    @pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
    def test_databases_whose_names_are_no_utf_8(self, tmp_path: Path, kind: str) -> None:
        pytest.importorskip("duckdb")
        (tmp_path / "page.txt").write_text(PAGE)
        folder = tmp_path / os.fsdecode(b"out\xff")
        folder.mkdir()
        for _ in range(2):  # the second replaces what the first wrote
            done = run("--quiet", tmp_path / "page.txt", "-o", folder / os.fsdecode(b"\xfe." + kind.encode()))
            assert done.exit_code == 0
        (out,) = folder.iterdir()
        out = out.rename(tmp_path / f"out.{kind}")
        with closing(import_module({"sqlite": "sqlite3"}.get(kind, kind)).connect(str(out))) as base:
            assert base.execute("SELECT source FROM pages").fetchall() == [(f"{tmp_path}/page.txt",)]

    @pytest.mark.parametrize("name", ["c::d", "c::d.jsonl"])
    def test_names_like_addresses(self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a::b.txt").write_text(PAGE)
        Path("s3:").mkdir()
        Path("s3:", "page.txt").write_text(PAGE)
        done = run("--workers", "1", "a::b.txt", "s3://page.txt", "-o", name)
        assert done.exit_code == 0
        found = lines_of(Path(name, "part-00000.jsonl") if Path(name).is_dir() else Path(name))
        assert [page["source"]["name"] for page in found] == ["a::b.txt", "s3://page.txt"]

    def test_names_with_newlines_dots_and_loops(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        (folder / "..further").mkdir(parents=True)
        for name in ("two\nlines.txt", "..txt", "..further/a..b.txt", "-o.txt"):
            (folder / name).write_text(PAGE)
        (folder / "broken\nname.jsonl").write_text("broken\n")
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        (folder / "again").symlink_to(folder, target_is_directory=True)
        done = run("--quiet", folder / ".." / "in", "-o", tmp_path / "out.jsonl")
        names = [row["source"]["name"] for row in lines_of(tmp_path / "out.jsonl")]
        root = f"{folder}/../in/"
        assert sorted(names) == sorted(root + name for name in ("two\nlines.txt", "..further/a..b.txt", "-o.txt"))
        assert done.exit_code == 3
        said = done.stderr.splitlines()
        assert len(said) == 2
        assert any(line.startswith(f"{root}broken\\nname.jsonl:1: ") for line in said)
        assert any("too many levels of symbolic links" in line for line in said)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl", "out.jsonl.quarantine"]


class TestNumbers:
    """Numbers beyond what JSON, frames and Arrow hold exactly: a remark, no value, and the digits in the text."""

    @pytest.mark.parametrize("digits", ["90071992547409931", "12345678901234567890", "1" * 30, "9,500 trillion"])
    @pytest.mark.parametrize("emit", ["pages", "facts"])
    @pytest.mark.parametrize("kind", [".jsonl", ".parquet"])
    def test_no_output_is_lost_by_one(self, tmp_path: Path, digits: str, emit: str, kind: str) -> None:
        (tmp_path / "a.txt").write_text(PAGE.replace("316 sq km", f"{digits} sq km"))
        (tmp_path / "b.txt").write_text(PAGE)
        out = tmp_path / f"out{kind}"
        done = run("--emit", emit, "--workers", "1", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out)
        assert (done.exit_code, "Traceback" in done.stderr) == (0, False)
        found = lines_of(out) if kind == ".jsonl" else columns_of(out)
        facts = found if emit == "facts" else [fact for page in found for fact in page["facts"]]
        assert [fact["value"] for fact in facts] == [None, 180, 316, 180]
        assert digits in facts[0]["text"]
        if emit == "pages":
            (remark,) = found[0]["diagnostics"]
            assert (remark["code"], found[1]["diagnostics"]) == ("number-too-large", [])
            assert PAGE.replace("316 sq km", f"{digits} sq km")[slice(*remark["span"])] == digits
