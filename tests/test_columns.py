"""The columns stage on small pages written for the purpose: which evidence decides what."""

import math
import pickle
from collections.abc import Iterator
from itertools import pairwise
from operator import mul
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import factparse
from benchmarks.pages import pages
from factparse.book.shelf import Shelf
from factparse.cli import cli
from factparse.columns.case import Alone, Case, TextRun
from factparse.columns.decide import CERTAIN, Scorer
from factparse.columns.evidence import EVIDENCE, in_a_row, outcomes, shares
from factparse.columns.rows import raw_pages
from factparse.columns.stage import Divider, Table, divide
from factparse.columns.table import Cell, Row, new_cell, new_row
from factparse.columns.weights import Weights, calibrated, fitted
from factparse.core.spans import Span
from factparse.layout.tree import layout_tree
from tools.training.columns import FACTORS, features


def rows_of(text: str, weights: Weights | None = None) -> list[Row]:
    tables = [divide(text, raw, weights, Shelf()) for raw in raw_pages(text, layout_tree(text))]
    return [row for table in tables for section in table.sections for row in section.rows]


def cells(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def page(row: str, one: str = "Chad", two: str = "Mali", topic: str = "Economy") -> str:
    return f"{one} vs. {two}\n\n{topic}\n\n{one}{two}\n\n{row}\n\nSource: CIA Factbook\n"


GLUED = {
    "words": ("Illicit drugs", "minor producer of opiates", "limited transit point for cocaine"),
    "the same text": ("Coastline", "0 km (landlocked)", "0 km (landlocked)"),
    "codes": ("Internet country code", ".td", ".ml"),
    "dates": ("Independence", "11 August 1960 (from France)", "22 September 1960 (from France)"),
    "coordinates": ("Geographic coordinates", "15 00 N, 19 00 E", "17 00 N, 4 00 W"),
    "numbers": ("Airports", "59", "25"),
    "sub-labels": ("Area", "total: 1.284 million sq kmland: 1,259,200 sq kmwater: 24,800 sq km",
                   "total: 1,240,192 sq kmland: 1,220,190 sq kmwater: 20,002 sq km"),
    "series": ("Public debt", "48.3% of GDP (2019 est.)49.1% of GDP (2018 est.)",
               "40.6% of GDP (2019 est.)37.5% of GDP (2018 est.)"),
}  # fmt: skip


@pytest.mark.parametrize("name", GLUED)
def test_glued_cells_are_told_apart(name: str) -> None:
    label, one, two = GLUED[name]
    (row,) = rows_of(page(f"{label}{one}{two}", topic="Geography" if label == "Area" else "Economy"))
    assert cells(row) == (one, two)
    assert row.layout == "glued"
    assert [cell.country for cell in row.cells] == ["Chad", "Mali"]


def test_a_row_with_one_cell_is_the_countrys_that_has_the_field() -> None:
    both = [
        cells(rows_of(page("Coastline0 km (landlocked)", *names, topic="Geography"))[0])
        for names in (("Chad", "Jan Mayen"), ("Jan Mayen", "Chad"))
    ]
    assert [len(each) for each in both] == [2, 2] or [len(each) for each in both] == [1, 1]
    (first,) = rows_of(page("Hospital bed density0.4 beds/1,000 population (2010)", "Chad", "Jan Mayen"))
    (second,) = rows_of(page("Hospital bed density0.4 beds/1,000 population (2010)", "Jan Mayen", "Chad"))
    assert cells(first) == ("0.4 beds/1,000 population (2010)", "")
    assert cells(second) == ("", "0.4 beds/1,000 population (2010)")


def test_nobodys_cell_is_said_to_be_nobodys() -> None:
    (row,) = rows_of(page("Coastline0 km (landlocked)", "Chad", "Chad", topic="Geography"))
    assert [(cell.country, cell.text) for cell in row.cells] == [(None, "0 km (landlocked)")]
    assert row.confidence < 0.9


def test_own_names_decide_which_paragraph_begins_the_second_cell() -> None:
    one = "Chad gained independence in 1960 and endured three decades of war.\n\nThe army took power in Chad in 2021."
    two = "Mali ruled itself from 1960 on.\n\nA coup followed in Mali in 2020, and a second one in 2021."
    (row,) = rows_of(page(f"Background\n\n{one}\n\n{two}", topic="Introduction"))
    assert cells(row) == (one, two)


def test_the_other_rows_of_a_page_tell_its_gaps() -> None:
    rows = "\n\n".join(
        f"{label}\n\n{one}\n\n{two}"
        for label, one, two in (
            ("Airports", "59 (2013)", "25 (2013)"),
            ("Railways", "total: 0 km", "total: 593 km"),
            ("Birth rate", "36.6 births/1,000 population (2014 est.)", "45.5 births/1,000 population (2014 est.)"),
        )
    )
    for row in rows_of(page(rows)):
        assert len(row.cells) == 2
        assert row.layout == "blocks"


def test_a_row_may_have_its_sub_labels_in_another_order_than_the_field() -> None:
    one = "stateless persons: 1,200 (2022)refugees (country of origin): 3,417 (Sudan) (2023)"
    two = "stateless persons: 56 (2022)refugees (country of origin): 890 (Eritrea) (2023)"
    row = f"Refugees and internally displaced persons{one}{two}"
    assert cells(rows_of(page(row, topic="Transnational Issues"))[0]) == (one, two)


def test_quotes_of_a_csv_file_show_the_border() -> None:
    (row,) = rows_of(page('Public debt"48.3% of GDP (2019 est.)49.1% of GDP (2018 est.)"12% of GDP (2019 est.)'))
    assert cells(row) == ('"48.3% of GDP (2019 est.)49.1% of GDP (2018 est.)"', "12% of GDP (2019 est.)")


def test_a_tab_shows_the_border_of_paragraphs() -> None:
    rows = "Airports\t\t59 (2013)\t\t25 (2013)\nRailways\n\ntotal: 10 km\n\nnarrow gauge: 10 km\n\n\t\ttotal: 593 km\n"
    text = f"Chad vs. Mali\n\nTransportation\n\n\t\tChad\t\tMali\n{rows}\nSource: CIA Factbook\n"
    assert [cells(row) for row in rows_of(text)] == [
        ("59 (2013)", "25 (2013)"),
        ("total: 10 km\n\nnarrow gauge: 10 km", "total: 593 km"),
    ]


def test_evidence_can_be_switched_off() -> None:
    text = page("Hospital bed density0.4 beds/1,000 population (2010)", "Chad", "Jan Mayen")
    (row,) = rows_of(text, attrs.evolve(fitted(), prior=0.0))
    assert row.confidence < rows_of(text)[0].confidence


RUNS = {
    "clauses": ("Illicit drugs", "minor producer of opiateslimited transit point"),
    "sub-labels": ("Area", "total: 12 sq kmland: 12 sq kmwater: 0 sq kmtotal: 7 sq kmland: 7 sq kmwater: 0 sq km"),
    "names": ("Background", "Chad became independent in 1960.\n\nThe land is dry.\n\nMali ruled itself from 1960 on."),
    "quotes": ("Public debt", '"48.3% of GDP (2019 est.)\n49.1% of GDP (2018 est.)"12% of GDP (2019 est.)'),
    "one cell": ("Coastline", "0 km (landlocked)"),
    "nothing known": ("a field no edition has", "one two three"),
}


@pytest.mark.parametrize("name", RUNS)
def test_what_the_evidence_says_adds_up(name: str) -> None:
    field, text = RUNS[name]
    scorer = Scorer(text, 0, len(text), ("Chad", "Mali"), 2014, fitted())
    scorer.certain = math.inf  # nothing is left out
    read = scorer.judge(TextRun(text, 0, len(text), field))
    found = outcomes(read.case, fitted())
    assert sum(shares(found)) == pytest.approx(1.0)
    assert [outcome.score for outcome in found] == pytest.approx(in_a_row(read.case, read.sums))
    assert all(set(outcome.parts) == {kind.name for kind in EVIDENCE} for outcome in found)
    assert max(shares(found)) == pytest.approx(read.chance)
    assert max(found, key=lambda outcome: outcome.score).at == read.at


def test_each_weight_scales_one_kind_of_evidence() -> None:
    scaled = [name for kind in EVIDENCE for name in kind.weights]
    others = {field.name for field in attrs.fields(Weights) if field.name.startswith(("presence_", "calibration"))}
    assert len(scaled) == len(set(scaled))
    assert {*scaled, *others} == {field.name for field in attrs.fields(Weights)}
    assert len({kind.name for kind in EVIDENCE}) == len({kind.why for kind in EVIDENCE}) == len(EVIDENCE)


@pytest.mark.parametrize("name", RUNS)
def test_what_a_weight_alone_says_is_what_it_is_multiplied_with(name: str) -> None:
    field, text = RUNS[name]
    case = Scorer(text, 0, len(text), ("Chad", "Mali"), 2014, fitted()).judge(TextRun(text, 0, len(text), field)).case
    weights = [getattr(fitted(), factor) for factor in FACTORS]
    for line, outcome in zip(features(case), outcomes(case, fitted()), strict=True):
        assert sum(map(mul, weights, line)) == pytest.approx(outcome.score)


def test_a_score_of_nothing_is_a_score() -> None:
    case = Case(TextRun("5 km7 km", 0, 8, "Coastline"), (-1.0, -1.0, -1.0), places=[4], looks=[64], scores=[0])
    told = dict(zip(FACTORS, features(case)[0], strict=True))
    assert (told["first_look"], told["first_look_only"]) == (1.0, 0.0)


def test_quotes_add_the_place_that_they_show() -> None:
    field, text = RUNS["quotes"]
    case = Scorer(text, 0, len(text), ("Chad", "Mali"), 2014, fitted()).judge(TextRun(text, 0, len(text), field)).case
    assert case.quoted is not None
    assert case.quoted in case.places
    assert list(case.places) == sorted(case.places)
    assert len(case.looks) == len(case.places)


def tables(text: str, certain: float) -> Iterator[Table]:
    for raw in raw_pages(text, layout_tree(text)):
        divider = Divider(text, raw, shelf=Shelf())
        divider.scorer.certain = certain
        yield divider.table()


@pytest.mark.parametrize("layout", ["glued", "lines", "blocks"])
def test_evidence_that_is_not_looked_for_would_change_nothing(layout: str) -> None:
    rows = same = marked = 0
    for text in pages(8, layout=layout, seed=5):
        for quick, whole in zip(tables(text, CERTAIN), tables(text, math.inf), strict=True):
            for one, two in zip(quick.sections, whole.sections, strict=True):
                for row, full in zip(one.rows, two.rows, strict=True):
                    rows += 1
                    same += row.cells == full.cells
                    marked += (row.confidence >= 0.9) == (full.confidence >= 0.9)
    assert rows > 800
    # Where a first look is certain the order of sub-labels is not weighed; fields whose cells repeat theirs may differ.
    assert same >= rows - rows // 80
    assert marked >= rows - rows // 50


def test_a_run_without_a_border_is_told_at_first_look() -> None:
    field, text = "Merchant marine", "total: 12 ships,\nbulk carrier 3,\ncontainer ship 2"
    scorer = Scorer(text, 0, len(text), ("Malta", "Chad"), 2014, fitted())
    quick = scorer.judge(TextRun(text, 0, len(text), field))
    scorer.certain = math.inf
    whole = scorer.judge(TextRun(text, 0, len(text), field))
    assert quick.case.places
    assert len(quick.case.scores) in (0, len(quick.case.places))
    assert len(whole.case.scores) == len(whole.case.places)
    assert quick.at == whole.at == Alone.FIRST
    assert quick.chance == pytest.approx(whole.chance, abs=0.005)


def test_cells_and_rows_made_fast_are_cells_and_rows() -> None:
    cell = new_cell("Chad", "5 km", Span((3, 7)))
    assert cell == Cell("Chad", "5 km", Span((3, 7)))
    row = new_row("Coast", "Coastline", None, (cell,), 0.5, "lines", Span((0, 7)), None)
    assert row == Row("Coast", "Coastline", None, (cell,), 0.5, "lines", Span((0, 7)))
    assert (type(cell), type(row), hash(row)) == (Cell, Row, hash(attrs.evolve(row)))
    assert pickle.loads(pickle.dumps(row)) == row
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        row.label = "Shore"  # type: ignore[misc]


def test_curves_of_confidence_rise() -> None:
    for curve in (fitted().calibration, fitted().calibration_lone):
        assert all(one[0] < two[0] and one[1] <= two[1] for one, two in pairwise(curve))
        assert calibrated(0.0, curve) == curve[0][1]
        assert calibrated(1.0, curve) == curve[-1][1] < 1.0


def test_explanations_name_the_readings() -> None:
    text = page("Illicit drugsminor producer of opiateslimited transit point\nAirports | 59 | 25 |")
    found = factparse.parse(text)
    told = found.explain(found.rows[0])
    assert "producer of opiates' | 'limited transit point'" in told
    assert "border model +" in told
    reading = found.explanation(found.rows[0]).readings[0]
    assert reading.at is not None
    assert text[reading.at :].startswith("limited")
    with pytest.raises(factparse.UsageError, match="not-of-this-page"):
        found.explain(attrs.evolve(found.rows[0], label="Area"))


def test_each_page_of_a_text_is_explained_by_itself() -> None:
    one = page("Illicit drugsminor producer of opiateslimited transit point")
    pages = factparse.parse_pages(f"{one}\n\n{one}\n")
    first, second = (found.explanations() for found in pages)
    assert [told.label for told in first] == [told.label for told in second] == ["Illicit drugs"]
    ats = [told[0].readings[0].at for told in (first, second)]
    assert [found.text[at : at + 7] for found, at in zip(pages, ats, strict=True) if at is not None] == ["limited"] * 2
    assert ats[0] != ats[1]
    assert pages[0].explanation(pages[0].rows[0]) is first[0]


def test_the_command_explains_every_row(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page("Illicit drugsminor producer of opiateslimited transit point"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["parse", "--explain", str(file)])
    assert result.exit_code == 0
    assert result.output.startswith("Chad vs. Mali\nIllicit drugs: glued, confidence ")


HOSTILE = {
    "no border": "lorem ipsum dolor sit amet ",
    "one character": "7",
    "letters": "x",
    "sub-labels": "total: 5 km ",
    "another language": "Es gibt hier keine Grenze zwischen den Zellen, \u0438 \u0437\u0434\u0435\u0441\u044c. ",
    "quotes": '"',
    "breaks": "\n\n",
    "bars": "a | ",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_rows_get_an_answer_of_low_confidence(name: str) -> None:
    piece = HOSTILE[name]
    text = page(f"Background{'The land. '}{piece * (200_000 // len(piece))}", topic="Introduction")
    rows = rows_of(text)
    assert rows
    for row in rows:
        for cell in row.cells:
            assert cell.span.cut(text) == cell.text
        if name != "bars" and row.label == "Background" and any(len(cell.text) > 1000 for cell in row.cells):
            assert row.confidence < 0.9


_PIECES = st.sampled_from(
    [
        "total: 5 km",
        " (2014 est.)",
        "7",
        "\n",
        "\n\n",
        "\t\t",
        " | ",
        '"',
        "Chad",
        "Malians",
        "note: a",
        " ",
        "\xa0",
        ".",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["Area", "Airports", "Background"]), st.lists(_PIECES, max_size=9)), max_size=5)
)
def test_any_rows_give_cells_in_order_that_cut_their_text(found: list[tuple[str, list[str]]]) -> None:
    text = page("\n".join(label + "".join(pieces) for label, pieces in found))
    for row in rows_of(text):
        assert 0.0 <= row.confidence <= 1.0
        assert 1 <= len(row.cells) <= 2
        at = row.span.start
        for cell in row.cells:
            assert cell.span.cut(text) == cell.text
            assert cell.text == cell.text.strip()
            assert cell.span.start >= at or not cell.text
            at = cell.span.end if cell.text else at
        if len(row.cells) == 1 and row.cells[0].text:
            assert row.cells[0].country is None
