"""Where the border model looks: offsets, completeness, and text of any kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.columns.border_model import load
from factparse.columns.likely_places import coarse_digits, fold_digits, inside, places

# Own words, in the Factbook's manner: the first cell, what divides, the second.
SEAMS = [
    ("minor producer of opiates", "", "limited transit point for cocaine"),
    ("12 km (2013)", "", "7 km (2011)"),
    ("1,234,567", "", "2,345"),
    ("Asia", "", "Africa"),
    (".kz", "", ".ru"),
    ("NA", "", "NA"),
    ("none", "", "none"),
    ("total: 5 km", "\n", "total: 7 km"),
    ("total: 5 km", "\n\n", "total: 7 km"),
    ("note: twice as large", "\n\n\xa0\n\n", "note: half as large"),
    ("3 May 1961", "", "12 June 1898 (from Spain)"),
    ('"first\nsecond"', "", '"third\nfourth"'),
    ("trade surplus", "", "-$3.1 billion (2022 est.)"),
    ("5", "", "8"),
]


@pytest.mark.parametrize(("first", "gap", "second"), SEAMS)
def test_a_border_is_a_likely_place(first: str, gap: str, second: str) -> None:
    model = load()
    text = first + gap + second
    found = places(text, fold_digits(text), model.tokens, lambda token: inside(token, model.words))
    assert len(first + gap) in found


def test_known_prose_has_no_places() -> None:
    model = load()
    text = "the country has a small economy and depends on foreign aid for most of its budget"
    assert places(text, fold_digits(text), model.tokens, lambda token: inside(token, model.words)) == []


def test_every_space_is_a_place_where_spaces_part_the_cells() -> None:
    text = "mostly flat low hills in the south and in the far northern interior"
    found = places(text, fold_digits(text), set(text.split()), lambda token: (), spaced=True)
    assert found == [at + 1 for at, character in enumerate(text) if character == " "]


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_digits(text)) == len(coarse_digits(text)) == len(text)


@given(st.text(alphabet=st.sampled_from('aBc1,. \n\t()%:;"-$é\u2019\xa0中\ud800'), max_size=120), st.booleans())
def test_places_are_in_order_and_inside_the_text(text: str, spaced: bool) -> None:
    found = places(text, fold_digits(text), {"a", "B"}, lambda token: inside(token, {"aBc"}), spaced=spaced)
    assert found == sorted(set(found))
    assert all(0 < at < len(text) for at in found)
