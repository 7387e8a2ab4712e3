"""The public face: what a user imports, and what importing costs."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import factparse

ROOT = Path(__file__).resolve().parent.parent


def modules_after(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after running ``code``."""
    script = f"{code}\nimport sys, json\nsys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


def test_lazy_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(factparse.__file__).read_text(encoding="utf-8"))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        str(node.module).removeprefix("factparse."): tuple(alias.name for alias in node.names)
        for node in guard.body
        if isinstance(node, ast.ImportFrom)
    }
    assert seen == factparse._HOMES


def test_everything_public_is_importable() -> None:
    assert sorted(factparse.__all__) == sorted([*factparse._HOME_OF, "__version__"])
    assert set(factparse.__all__) <= set(dir(factparse))
    assert all(getattr(factparse, name) is not None for name in factparse.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        _ = factparse.prase


@pytest.mark.parametrize("name", ["extract", "convert"])
def test_a_function_is_not_hidden_by_the_module_of_its_name(name: str) -> None:
    module = import_module(f"factparse.{name}")
    assert module is sys.modules[f"factparse.{name}"]
    assert callable(getattr(factparse, name))
    assert callable(import_module("factparse").__dict__.get(name, getattr(factparse, name)))


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import factparse")
    assert loaded.isdisjoint({"lark", "attr", "attrs", "regex", "msgspec", "click", "rich", "factparse.parsing"})


def test_the_help_loads_neither_parser_nor_rich() -> None:
    loaded = modules_after("from factparse.cli import cli\ncli(['--help'], standalone_mode=False)")
    assert "click" in loaded
    assert loaded.isdisjoint({"lark", "regex", "msgspec", "rich", "factparse.parsing"})


def test_parsing_loads_no_command_line() -> None:
    loaded = modules_after("import factparse; factparse.parse('')")
    assert loaded.isdisjoint({"click", "rich"})


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {factparse.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_published_schema_is_the_one_of_the_code() -> None:
    published = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    assert published == factparse.json_schema(), "run: factparse schema > docs/schema.json"
