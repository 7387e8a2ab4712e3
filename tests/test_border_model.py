"""the border model: borders in glued text, their scores, and any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.columns import priors
from factparse.columns.border_model import Border, BorderModel, load
from factparse.columns.likely_places import coarse_digits, fold_digits

# Own words, in the Factbook's manner: field, first cell, what divides, second cell.
ROWS = [
    ("Illicit drugs", "minor producer of opiates", "", "limited transit point for cocaine bound for Europe"),
    (
        "Area",
        "total: 710 sq kmland: 700 sq kmwater: 10 sq km",
        "",
        "total: 1,450 sq kmland: 1,440 sq kmwater: 10 sq km",
    ),
    ("Area", "total: 710 sq km\nland: 700 sq km\nwater: 10 sq km", "\n", "total: 1,450 sq km\nland: 1,440 sq km"),
    (
        "Age structure",
        "0-14 years: 25% (male 3/female 4)65 years and over: 9%",
        "",
        "0-14 years: 31%65 years and over: 4%",
    ),
    ("Birth rate", "9.4 births/1,000 population (2015 est.)", "", "31.2 births/1,000 population (2015 est.)"),
    ("Independence", "3 May 1961 (from France)", "", "12 June 1898 (from Spain)"),
    ("Internet country code", ".kz", "", ".ru"),
    ("Airports", "14 (2013)", "", "9 (2013)"),
    ("Geographic coordinates", "48 00 N, 68 00 E", "", "15 00 S, 30 00 E"),
    (
        "Public debt",
        "41.2% of GDP (2014 est.)40.1% of GDP (2013 est.)",
        "",
        "17% of GDP (2014 est.)16% of GDP (2013 est.)",
    ),
    ("Climate", "tropical; hot, humid; rainy season in winter", "", "temperate; cold winters and warm summers"),
    ("Natural resources", "petroleum, natural gas, fish, timber", "", "coal, iron ore, hydropower"),
    ("a field no edition has", "size: 3width: 4", "", "size: 5width: 6"),
]


@pytest.mark.parametrize(("field", "first", "gap", "second"), ROWS)
def test_the_best_border_is_the_border(field: str, first: str, gap: str, second: str) -> None:
    borders = load().borders(first + gap + second, field)
    assert max(borders, key=lambda border: border.score).at == len(first + gap)


@pytest.mark.parametrize(("field", "first", "gap", "second"), ROWS)
def test_offsets_are_into_the_whole_text(field: str, first: str, gap: str, second: str) -> None:
    text = f"Label{first}{gap}{second}\nNext label"
    inner = load().borders(text, field, 5, len(text) - 11)
    assert [Border(at - 5, score) for at, score in inner] == load().borders(first + gap + second, field)


def test_one_cell_scores_below_two() -> None:
    model = load()
    one = "total: 710 sq kmland: 700 sq kmwater: 10 sq km"
    assert sum(model.shares(model.borders(one, "Area"))) < 0.5 < sum(model.shares(model.borders(one + one, "Area")))


def test_a_part_of_a_cell_is_no_cell() -> None:
    run = "total: 710 sq kmland: 700 sq kmwater: 10 sq kmtotal: 1,450 sq kmland: 1,440 sq kmwater: 10 sq km"
    scores = {border.at: border.score for border in load().borders(run, "Area")}
    right = run.rindex("total")
    assert all(scores[right] > score + 3 for at, score in scores.items() if at != right)


def test_spaces_part_the_cells_of_a_spaced_page() -> None:
    run = "AM 2, FM 28, shortwave 0 (2008) AM 18, FM 250, shortwave 2 (2004)"
    borders = load().borders(run, "Radio broadcast stations", spaced=True)
    assert max(borders, key=lambda border: border.score).at == run.rindex("AM")
    assert load().borders(run, "Radio broadcast stations") == []


def test_the_limit_holds() -> None:
    borders = load().borders("a1 (2013)" * 500, limit=40)
    assert len(borders) == 40
    assert len(load().borders("a1 (2013)" * 50, limit=0)) == 1


def test_shares_leave_room_for_no_border() -> None:
    assert BorderModel.shares([]) == []
    assert 0 < sum(BorderModel.shares([Border(1, 700.0), Border(2, -900.0)])) <= 1
    assert sum(BorderModel.shares([Border(1, -900.0)])) < 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "\n" * 400,
        " " * 400 + "x",
        "x" + " " * 400 + "\n" + " " * 400 + "y",
        "7" * 3000,
        "9." * 3000,
        ":" * 500,
        "total:" * 3000,
        "Ж" * 500,
        "(" * 10_000,
        "aB" * 5000,
        '"' * 999,
        "\ud800\udfff" * 50,
    ],
)
@pytest.mark.parametrize("spaced", [False, True])
def test_hostile_text_gets_an_answer(text: str, spaced: bool) -> None:
    borders = load().borders(text, "Area", spaced=spaced)
    assert len(borders) <= 512
    assert all(0 < border.at < len(text) for border in borders)


@given(st.text(max_size=150), st.sampled_from(["", "Area", "Background", "no such field"]), st.booleans())
def test_any_text_gets_an_answer(text: str, field: str, spaced: bool) -> None:
    model = load()
    borders = model.borders(text, field, spaced=spaced)
    assert [border.at for border in borders] == sorted({border.at for border in borders})
    assert 0 <= sum(model.shares(borders)) <= 1 + 1e-9


@given(st.text(alphabet="aB1 \n:().", max_size=80))
def test_what_was_seen_before_changes_nothing(text: str) -> None:
    cold = BorderModel(load()._store, priors.spread)
    assert cold.borders(text, "Area") == load().borders(text, "Area")


def test_priors_of_a_field_that_nobody_has_are_not_known() -> None:
    assert priors.spread("no such field") == 4
    assert priors.own_names("no such field") is None


def test_a_run_that_ranks_low_is_not_scored() -> None:
    run, field = "total: 5 km\nurban: 3 km (2015)\nrural: 2 km", "Roadways"
    starts, ranks, scores = load().weigh(run, fold_digits(run), coarse_digits(run), field)
    assert len(starts) == len(ranks) == len(scores) > 0
    assert load().weigh(run, fold_digits(run), coarse_digits(run), field, never=max(ranks)) == (starts, ranks, ())
    assert load().weigh(run, fold_digits(run), coarse_digits(run), field, never=max(ranks) - 1)[2] == scores
