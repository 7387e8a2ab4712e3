"""The public face: what a user imports, and what importing costs."""

import ast
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

import factparse
from factparse.core import facts
from tests.made import ROOT


def modules_after(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after running ``code``."""
    script = f"{code}\nimport sys, json\nsys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


def test_lazy_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(factparse.__file__).read_text(encoding="utf-8"))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in guard.body if isinstance(node, ast.ImportFrom)]
    seen = {
        str(node.module).removeprefix("factparse."): tuple(alias.name for alias in node.names)
        for node in imports
        if all(alias.name == alias.asname for alias in node.names)
    }
    assert seen == factparse._HOMES
    assert [node.module for node in imports if node.names[0].name == "*"] == [factparse._FACTS]
    assert len(imports) == len(seen) + 1


def test_the_names_of_facts_are_those_that_their_module_defines() -> None:
    tree = ast.parse(Path(facts.__file__).read_text(encoding="utf-8"))
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    others = {ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)}
    assert {kind.__name__ for kind in get_args(facts.AnyFact)} < classes
    assert "AnyFact" in others
    assert sorted(classes | others) == sorted(factparse._fact_names())


def test_everything_public_is_importable() -> None:
    assert set(factparse.__all__) == {*factparse._HOME_OF, *factparse._fact_names(), "__version__"}
    assert len(factparse.__all__) == len(set(factparse.__all__))
    assert set(factparse.__all__) <= set(dir(factparse))
    assert all(getattr(factparse, name) is not None for name in factparse.__all__)
    starred: dict[str, object] = {}
    exec("from factparse import *", starred)
    assert starred["DrugRole"] is facts.DrugRole
    assert set(factparse.__all__) <= set(starred)


def test_type_checkers_see_what_every_public_name_is() -> None:
    """By mypy, strict, as whoever uses the package runs it. To it a name that it does not see is ``Any``."""
    api = pytest.importorskip("mypy.api")
    names = ["prase", *factparse.__all__]
    code = f"import factparse\nfrom factparse import {', '.join(names)}\n" + "".join(
        f"reveal_type({n})\n" for n in names
    )
    told, _, _ = api.run(["--strict", "--config-file", os.devnull, "--cache-dir", os.devnull, "-c", code])
    types = re.findall(r'note: Revealed type is "(.*)"', told)
    assert [name for name, kind in zip(names, types, strict=True) if kind == "Any"] == ["prase"], told
    assert types[names.index("DrugRole")].endswith("-> factparse.core.facts.DrugRole")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        _ = factparse.prase
    for name in ("Drugrole", "Literal", ""):
        assert not hasattr(factparse, name)


@pytest.mark.parametrize("name", ["extract", "convert"])
def test_a_function_is_not_hidden_by_the_module_of_its_name(name: str) -> None:
    module = import_module(f"factparse.{name}")
    assert module is sys.modules[f"factparse.{name}"]
    assert callable(getattr(factparse, name))
    assert callable(import_module("factparse").__dict__.get(name, getattr(factparse, name)))


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import factparse\nassert not hasattr(factparse, 'cli')")
    assert loaded.isdisjoint({"lark", "attr", "attrs", "regex", "msgspec", "click", "rich", "factparse.parsing"})


def test_the_help_loads_neither_parser_nor_rich() -> None:
    loaded = modules_after("from factparse.cli import cli\ncli(['--help'], standalone_mode=False)")
    assert "click" in loaded
    assert loaded.isdisjoint({"lark", "regex", "msgspec", "rich", "factparse.parsing"})


def test_parsing_loads_no_command_line() -> None:
    loaded = modules_after("import factparse; factparse.parse('')")
    assert loaded.isdisjoint({"click", "rich"})


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {factparse.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {factparse.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_published_schema_is_the_one_of_the_code() -> None:
    published = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    assert published == factparse.json_schema(), "run: factparse schema > docs/schema.json"
