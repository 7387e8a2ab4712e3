"""The recipes of the documents: each is run as it stands there, and gives the facts that the library gives."""

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from factparse.arrow import facts
from tests import s3_server
from tests.made import HEAVY, PAGE, ROOT

RECIPES = ROOT / "docs" / "recipes"
TEXTS: list[dict[str, str | None]] = [
    {"text": "nothing to compare", "url": "http://example.org/0"},
    {"text": PAGE, "url": "http://example.org/1"},
    {"text": "nothing here", "url": None},
]
NEEDED = {
    "dask": ["distributed"],
    "datatrove": ["datatrove"],
    "duckdb": ["duckdb"],
    "huggingface": ["datasets"],
    "pandas": ["pandas"],
    "polars": ["polars"],
    "pyspark": ["pyspark"],
    "ray": ["ray"],
    "s3": ["fsspec", "s3fs", "moto", "flask"],
}


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which processes that a recipe starts find what this one imports."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def surroundings(name: str) -> Iterator[None]:
    with s3_server.bucket() if name == "s3" else nullcontext():
        yield


@HEAVY
@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.filterwarnings("ignore")  # what the packages warn of is not ours
def test_a_recipe_gives_the_facts(name: str, workplace: Path) -> None:
    lacking = [package for package in NEEDED[name] if importlib.util.find_spec(package) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}; the extra 'recipes' has it")
    if name == "pyspark" and shutil.which("java") is None:
        pytest.skip("there is no Java")
    (code,) = re.findall(r"```python\n(.*?)```", (RECIPES / f"{name}.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {"TEXTS": TEXTS, "__name__": "__main__"}
    with surroundings(name):
        exec(compile(code, name, "exec"), names)
    expected = facts(pyarrow.Table.from_pylist(TEXTS).to_batches()[0]).to_pylist()
    assert [(row["subject"], row["field"], row["value"], row["unit"]) for row in names["result"]] == [
        (row["subject"], row["field"], row["value"], row["unit"]) for row in expected
    ]
    assert len(expected) == 2


def test_every_recipe_is_tested() -> None:
    assert {path.stem for path in RECIPES.glob("*.md")} - {"index"} == set(NEEDED)
