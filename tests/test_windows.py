"""What Windows does not have, taken away on Linux: locks, alarms, limits, inherited files, names of open files that go.

A file that is open or mapped can be neither removed nor replaced there; this process and its workers are told so here.
"""

import gc
import importlib.util
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

import factparse
from factparse.book import KnownCell

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc of Linux tells which files are open")

LACKING = '''
import os, signal, sys, tempfile
from pathlib import Path

def is_open(path, dir_fd=None):
    """Whether this process has the file open or mapped."""
    place = os.fsdecode(path) if dir_fd is None else os.path.join(os.readlink(f"/proc/self/fd/{dir_fd}"), path)
    place = os.path.realpath(place)
    mapped = {line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "/" in line}
    held = {os.path.realpath(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")}
    return os.path.isfile(place) and place in mapped | held

def refusing(done, *, target):
    def refused(path, *others, **options):
        for each in (path, *others) if target else (path,):
            if is_open(each, options.get("dir_fd")):
                raise PermissionError(13, "the file is in use by a process", os.fsdecode(each))
        return done(path, *others, **options)
    return refused

def take_away(patched, forgotten):
    """Make this process lack what Windows lacks; ``patched`` sets an attribute, ``forgotten`` removes it."""
    for name in ("fcntl", "resource"):
        sys.modules[name] = None
    for name in ("SIGALRM", "setitimer", "ITIMER_REAL"):
        forgotten(signal, name)
    unlink = refusing(os.unlink, target=False)
    os.supports_dir_fd.add(unlink)  # else shutil would take another way
    for name, made in {"unlink": unlink, "remove": unlink, "replace": refusing(os.replace, target=True)}.items():
        patched(os, name, made)
    from factparse.convert import distinct, shared
    from factparse.core import scratch
    patched(distinct, "_NAMELESS", False)
    patched(shared, "_FILES_ARE_INHERITED", False)
    patched(scratch, "_CAN_ASK", False)
'''
WORKER = """
from lacking import take_away
take_away(setattr, delattr)
"""


@pytest.fixture
def as_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:  # noqa: ANN401 (a module)
    """Take away what Windows lacks, here and in the processes that a run starts; return the module that does so."""
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "lacking.py").write_text(LACKING)
    (folder / "sitecustomize.py").write_text(WORKER)  # Python imports it at its start
    monkeypatch.syspath_prepend(folder)  # workers have the same path
    spec = importlib.util.spec_from_file_location("lacking", folder / "lacking.py")
    assert spec is not None
    assert spec.loader is not None
    lacking = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lacking)
    for name in ("fcntl", "resource"):
        monkeypatch.setitem(sys.modules, name, sys.modules.get(name))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    lacking.take_away(monkeypatch.setattr, monkeypatch.delattr)
    return lacking


def test_what_is_taken_away(as_there: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path, other = tmp_path / "open", tmp_path / "other"
    other.touch()
    with path.open("wb"):
        for refused in (path.unlink, lambda: path.replace(other), lambda: other.replace(path)):
            with pytest.raises(PermissionError):
                refused()
    path.unlink()
    with pytest.raises(ImportError):
        import fcntl  # noqa: F401
    assert not hasattr(signal, "SIGALRM")


OUTPUTS: list[tuple[str, dict[str, Any]]] = [
    ("out", {}),
    ("out.jsonl", {}),
    ("out.jsonl.gz", {"once": True}),
    ("out.csv", {"emit": "facts"}),
    ("out.jsonl", {"emit": "facts", "distinct": True}),
    ("out.jsonl", {"resolve": True}),
    ("out.parquet", {}),
    ("out.sqlite", {}),
]


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize(("name", "options"), OUTPUTS, ids=[f"{name} {' '.join(told)}" for name, told in OUTPUTS])
def test_a_conversion(name: str, options: Any, workers: int, as_there: Any, inputs: Path, tmp_path: Path) -> None:  # noqa: ANN401
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    folder = tmp_path / "results"
    folder.mkdir()
    if options.get("resolve") and not workers:
        pytest.skip("this process keeps the book of the first pass mapped for a while: docs/reliability.md")
    for _ in range(2):  # the second time there is something to replace, or to go on with
        summary = factparse.convert([inputs], folder / name, workers=workers, **options)
        assert (summary.pages, summary.failed) == (2, 2)
    wanted = {name, f"{name}.quarantine"} if "." in name else {name}
    assert {path.name for path in folder.iterdir()} == wanted
    assert not list(folder.rglob("*.part"))
    assert not list((tmp_path / "tmp").iterdir())


def test_a_book_is_made_anew(as_there: Any, tmp_path: Path) -> None:  # noqa: ANN401
    def made() -> tuple[str, ...]:
        cells = [KnownCell("MT", "Coastline", "197 km", ("2012",))]
        return factparse.Book.build(cells, tmp_path / "own.book").editions

    assert made() == ("2012",)
    gc.collect()  # nobody has the first one any more
    assert made() == ("2012",)
