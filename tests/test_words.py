"""The word tables and how they stand in grammars."""

import ast
import re
from pathlib import Path

import pytest

from factparse import GrammarError
from factparse.core import words
from factparse.core.grammars import with_words
from tests.made import ROOT


def test_a_terminal_may_be_a_table() -> None:
    pattern = with_words("MONTH: <months>i  // any").partition("/")[2].rpartition("/i")[0]
    assert re.fullmatch(pattern, "September")
    assert re.match(pattern, "Sept 5").group() == "Sept"  # type: ignore[union-attr]


def test_a_table_may_stand_within_a_pattern() -> None:
    assert re.fullmatch(with_words(r"(?<=x)\d{1,2} (?P<month><months>)")[6:], "5 May")


def test_a_lookbehind_and_a_named_group_are_no_tables() -> None:
    assert with_words(r"A: /(?<=x)(?P<months>y)/") == r"A: /(?<=x)(?P<months>y)/"


@pytest.mark.parametrize(
    ("content", "code"), [(None, "grammar-missing"), ("word\n", "bad-words"), ("form\nx\nx\n", "bad-words")]
)
def test_a_table_that_is_no_table(
    content: str | None, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words").mkdir()
    if content is not None:
        (tmp_path / "words" / "colours.tsv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(words, "folder", lambda: tmp_path)
    with pytest.raises(GrammarError) as raised:
        words.rows("colours")
    assert raised.value.code == code


def test_a_group_picks_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "tints.tsv").write_text("# tints\nform\tgroup\nred\twarm\nblue\n", encoding="utf-8")
    monkeypatch.setattr(words, "folder", lambda: tmp_path)
    assert words.forms("tints") == ("red", "blue")
    assert words.forms("tints", "warm") == ("red",)


# -- each word once ------------------------------------------------------------------------------------------

GRAMMARS = ROOT / "grammars"
TABLES = ("units", "months", "magnitudes", "qualifiers", "missing")
LEAST = 5  # letters: shorter words (`m`, `May`, `over`) are parts of other words
ORDINARY = {
    "negligible",
    "above",
    "under",
    "somewhat",
    "degree",
    "persons",
    "people",
    "about",
    "hours",
}  # they have other meanings too


def patterns_of(path: Path) -> list[str]:
    """The string arguments of every call of `compile` in a module."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    compiled = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "compile"]
    parts = [part for call in compiled for part in ast.walk(call) if isinstance(part, ast.Constant)]
    return [part.value for part in parts if isinstance(part.value, str)]


def spelt(pattern: str) -> set[str]:
    pattern = re.sub(r"<[a-z_:]+>", "", pattern)
    known = {form for name in TABLES for form in words.forms(name) if len(form) >= LEAST} - ORDINARY
    return {form for form in known if re.search(rf"(?<![a-zA-Z]){re.escape(form)}(?![a-zA-Z])", pattern)}


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.name)
def test_no_pattern_of_the_code_spells_a_word_of_a_table(path: Path) -> None:
    assert {pattern: spelt(pattern) for pattern in patterns_of(path) if spelt(pattern)} == {}


@pytest.mark.parametrize("path", sorted(GRAMMARS.rglob("*.lark")), ids=lambda path: path.name)
def test_no_grammar_spells_a_word_of_a_table(path: Path) -> None:
    lines = [line.partition(" //")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    terminals = [line for line in lines if re.match(r"[A-Z_]+(\.\d+)?: /", line)]
    assert {line: spelt(line) for line in terminals if spelt(line)} == {}


@pytest.mark.parametrize("path", sorted(GRAMMARS.rglob("*.lark")), ids=lambda path: path.name)
def test_no_line_of_a_grammar_is_too_long(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []


# -- what Python before 3.11.5 reads wrongly (gh-106052), among them the one of Debian 12 ------------------------

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_a_possessive_group_is_told() -> None:
    assert POSSESSIVE_GROUP.search(r"(?:a|b)*+")
    assert POSSESSIVE_GROUP.search(r"(a|ab){0,4}+")
    assert not POSSESSIVE_GROUP.search(r"(?>(?:a|b)*)[()]*+\)++")


@pytest.mark.parametrize("path", sorted(GRAMMARS.rglob("*.lark")), ids=lambda path: path.name)
def test_no_group_of_a_grammar_is_possessive(path: Path) -> None:
    lines = with_words(path.read_text(encoding="utf-8")).splitlines()
    assert [line for line in lines if not line.startswith("//") and POSSESSIVE_GROUP.search(line)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.name)
def test_no_group_of_the_code_is_possessive(path: Path) -> None:
    assert [pattern for pattern in patterns_of(path) if POSSESSIVE_GROUP.search(pattern)] == []
