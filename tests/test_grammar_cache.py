"""What is kept of built grammars: in the user's own folder only, and never needed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factparse.core.cache import VARIABLE, cache_folder
from factparse.core.grammars import build

PAGE = "import factparse; print(len(factparse.parse('Chad vs. Mali\\nChadMali\\nCoastline0 km0 km\\n').facts()))"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    cache_folder.cache_clear()
    yield
    cache_folder.cache_clear()


def page(folder: str) -> str:
    """The output of a fresh interpreter that reads a page."""
    done = subprocess.run(
        [sys.executable, "-c", PAGE], capture_output=True, text=True, check=True, env={**os.environ, VARIABLE: folder}
    )
    assert done.stderr == ""
    return done.stdout


def test_a_built_grammar_is_kept_and_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert page(str(folder)) == "2\n"
    kept = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert any(name.startswith("layout.lark") for name in kept)
    assert page(str(folder)) == "2\n"
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == kept


@pytest.mark.parametrize("content", [b"", b"\x80garbage", b"0" * 1000])
def test_what_is_broken_is_built_anew(content: bytes, tmp_path: Path) -> None:
    assert page(str(tmp_path)) == "2\n"
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert page(str(tmp_path)) == "2\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert page(str(tmp_path / "file" / "kept")) == "2\n"


def test_nothing_is_kept_where_the_variable_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert cache_folder() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o777)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert cache_folder() is None
    cache_folder.cache_clear()
    tmp_path.chmod(0o700)
    assert cache_folder() == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such owners")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert cache_folder() is None


def test_a_grammar_takes_tokens() -> None:
    from lark import Token

    tree = build("layout.lark", ["start"]).parse((Token("NOISE", "x"),))
    assert [str(token) for token in tree.children] == ["x"]
