"""The word tables and how they stand in grammars."""

import re
from pathlib import Path

import pytest

from factparse import GrammarError
from factparse.core import words
from factparse.core.grammars import with_words


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
