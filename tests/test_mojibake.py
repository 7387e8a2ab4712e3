"""Mending of wrongly decoded text: what it makes, and the way back to the text as it came."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import Span, UsageError, extract, repair
from factparse.sources import mojibake

WORDS = st.sampled_from(
    ["Côte d’Ivoire", "São Tomé", "Réunion", "12°30′ N", "Åland", "total: 5 km", "(2020 est.)", "Ñandú"]
)


def garbled(text: str) -> str:
    """Return UTF-8 read as Windows-1252, where that has a character for each byte."""
    return text.encode().decode("cp1252")


@pytest.mark.parametrize("text", ["Côte d’Ivoire", "São Tomé", "12°30′ N, 69°58′ W", "piña – ñandú"])
def test_what_was_garbled_is_mended(text: str) -> None:
    pytest.importorskip("ftfy")
    assert repair(garbled(text)).text == text


def test_what_is_right_is_left_alone() -> None:
    text = "naïve façade, £5, 12°30′ N, Réunion’s São Tomé"
    assert repair(text).text == text
    assert repair("plain ASCII").source_span(Span((2, 5))) == (2, 5)


def test_facts_of_a_mended_cell_lead_back() -> None:
    cell = garbled("highest point: Pico Cão Grande 663 m lowest point: Oceano Atlântico 0 m")
    mended = repair(cell)
    facts = extract("Elevation", mended.text, subject="Sao Tome and Principe")
    assert [(fact.of, fact.value) for fact in facts] == [("Pico Cão Grande", 663), ("Oceano Atlântico", 0)]  # type: ignore[union-attr]
    assert [mended.source_span(fact.span).cut(cell) for fact in facts] == [garbled(fact.text) for fact in facts]


@given(st.lists(WORDS, max_size=6), st.data())
def test_every_place_leads_back(words: list[str], data: st.DataObject) -> None:
    text = garbled(" ".join(words))
    mended = repair(text)
    start = data.draw(st.integers(0, len(mended.text)))
    end = data.draw(st.integers(start, len(mended.text)))
    piece = mended.source_span(Span((start, end))).cut(text)
    if mended.text[start:end].isascii():
        assert start == end or piece == mended.text[start:end]
    else:
        assert repair(piece).text == mended.text[start:end] or start == end
    assert mended.source_span(Span((0, len(mended.text)))) == (0, len(text))


@given(st.text(max_size=40))
def test_any_text_is_mended(text: str) -> None:
    assert repair(text).source_span(Span((0, len(repair(text).text)))).cut(text) == text


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    mojibake._mender.cache_clear()
    monkeypatch.setitem(sys.modules, "ftfy", None)
    with pytest.raises(UsageError) as caught:
        repair("MalÃ©")
    assert caught.value.code == "mojibake-missing"
    mojibake._mender.cache_clear()
