"""The documents: their examples print what they say, their links lead somewhere, their lists are complete."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from factparse.columns.country import Told
from factparse.core.facts import AnyFact
from tools.refresh_docs import FILES, ROOT, refreshed

PAGES = [
    *FILES,
    *sorted((ROOT / "docs").glob("*/*.md")),
    *(ROOT / f"{name}.md" for name in ("CONTRIBUTING", "CHANGELOG", "SECURITY")),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_examples_print_what_they_say(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run tools/refresh_docs.py"


def test_every_python_block_is_run() -> None:
    """Blocks of prompts are run here, those of recipes and tutorials by their own tests; there are no others."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in FILES}
    blocks = [(name, found) for name, text in texts.items() for found in re.findall(r"^```python\n(.*)", text, re.M)]
    assert [name for name, first in blocks if not first.startswith(">>> ")] == []
    assert len(blocks) > 20


def test_there_are_examples() -> None:
    assert "$ factparse parse" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "facts.md").read_text(encoding="utf-8").count(">>> show(") >= 6


def test_an_example_that_does_not_hold_is_seen() -> None:
    assert refreshed("```python\n>>> 1 + 1\n3\n```\n") == "```python\n>>> 1 + 1\n2\n```\n"
    stale = "```console\n$ factparse --version\nfactparse 0.0.0\n```\n"
    assert refreshed(stale) != stale


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    lost = [link for link in links if not link.startswith("http") and not (path.parent / link).exists()]
    assert lost == []


@pytest.mark.parametrize("kind", get_args(AnyFact), ids=lambda kind: kind.__name__)
def test_every_fact_is_described_with_its_fields(kind: type) -> None:
    text = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert kind.__name__ in text
    described = set(re.findall(r"`(\w+)`", text))
    assert {field.name for field in kind.__attrs_attrs__} - described <= {"type"}  # type: ignore[attr-defined]


def way_from_a_fact() -> list[list[str]]:
    """The cells of the table that leads from a fact to its rule, a list for each of its lines."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = text.partition("## From a fact to its rule")[2].partition("\n## ")[0].splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]


def files_named(told: str, *folders: Path) -> list[Path]:
    """The files that ``told`` names; they all lie in one of the ``folders``, or in one of these."""
    names = re.findall(r"`([\w/*]+\.(?:py|lark|tsv))`", told)
    found = {name: [path for folder in folders for path in folder.rglob(name)] for name in names}
    assert [name for name, paths in found.items() if not paths] == []
    return [path for paths in found.values() for path in paths]


def test_the_way_from_a_fact_to_its_rule_names_what_is_there() -> None:
    package, grammars = ROOT / "src" / "factparse", ROOT / "grammars"
    table = way_from_a_fact()
    kinds = {name for fact, *_ in table for name in re.findall(r"`([A-Z]\w+)`", fact)}
    assert kinds == {kind.__name__ for kind in get_args(AnyFact)}
    for fact, made, told, grammar, words in table:
        code = [path.read_text(encoding="utf-8") for path in files_named(made + told, package / "extract", package)]
        for name in re.findall(r"`(?:[A-Z]\w+\.)?(\w+)`", f"{made} {told}"):
            assert any(re.search(rf"(?m)(?:def|class) {name}\b|^{name}\b", text) for text in code), (fact, name)
        rules = "".join(path.read_text(encoding="utf-8") for path in files_named(grammar, grammars))
        for name in re.findall(r"`(\w+)`", grammar):
            assert re.search(rf"(?m)^\??{name}(?:\.\d+)?:", rules), (fact, name)
        assert files_named(words, grammars / "words") or "`" not in words or "column" in words, fact


def test_every_layout_fixture_is_named() -> None:
    text = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+\.(?:txt|html))`", text))
    assert all((ROOT / "fixtures" / "pages" / name).exists() for name in named)
    assert len(named) >= 14


def test_the_readme_gives_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    venv = "python3 -m venv .venv && .venv/bin/pip install "
    assert f"\n{venv}. && .venv/bin/factparse convert fixtures/pages -o facts.jsonl\n" in text
    assert f"\n{venv}-e '.[test]' && .venv/bin/pytest\n" in text


CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|timeout|mojibake|unreadable|unwritable")


def codes_in_the_code() -> Iterator[str]:
    """The codes that errors and diagnostics are made with, and pairs of a code and a message that are passed on."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first: ast.expr | None = None
            if isinstance(node, ast.Call) and node.args:
                name = ast.unparse(node.func)
                made = name.endswith(("Error", "Diagnostic", "_remark_of")) and "." not in name
                first = node.args[0] if made else None
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
                first = node.elts[0]
            if (
                isinstance(first, ast.Constant)
                and first.value not in ("utf-8", "same-origin")
                and CODE.fullmatch(str(first.value))
            ):
                yield str(first.value)


def test_every_code_is_told_once() -> None:
    text = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    told = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    listed = [code for cell in told for code in re.findall(r"`([a-z0-9-]+)`", cell)]
    assert len(listed) == len(set(listed))
    used = set(codes_in_the_code())
    # Made of a word that the call names: which setting is wrong, and what told the country.
    used |= {f"no-such-{name}" for name in ("emit", "kind", "only")} | {f"country-by-{how}" for how in get_args(Told)}
    assert used - set(listed) == set(), "codes that docs/codes.md does not tell"
    assert set(listed) - used == set(), "codes of docs/codes.md that there are not"
