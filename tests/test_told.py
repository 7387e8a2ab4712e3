"""Figures, days and names in fields that were text: sentences, elections, constitutions, rankings, cables, prose."""

from __future__ import annotations

import json
import re
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import factparse
from benchmarks.scaling import growth
from factparse.cli import cli
from factparse.core.facts import AnyFact, Item, Quantity, Share, TextValue
from factparse.extract import cell_tree, extract
from factparse.extract.figures.extractor import table
from factparse.extract.offered import READING
from factparse.language.brackets import half_brackets
from factparse.language.plans import CELL, rules


def figures(field: str, text: str) -> list[tuple[Any, ...]]:
    """Return value, unit and what is counted of each quantity."""
    return [(fact.value, fact.unit, fact.of) for fact in extract(field, text) if isinstance(fact, Quantity)]


def dated(field: str, text: str) -> list[tuple[str, str | None]]:
    return [(fact.value, fact.date) for fact in extract(field, text) if isinstance(fact, TextValue)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 state-run TV stations and 14 cinemas", [(3, None, "state-run TV stations"), (14, None, "cinemas")]),
        ("country code - 977", [(977, None, "country code")]),
        ("stations--7 AM, 2 FM", [(7, None, "AM"), (2, None, "FM")]),
        ("mobile teledensity is about 88 per 100 persons", [(88, "per 100 persons", "mobile teledensity")]),
        (
            "31,000 telephones (9.4 telephones per 1,000 persons)",
            [(31000, None, "telephones"), (9.4, "telephones per 1,000 persons", None)],
        ),
        ("3 (one mobile) AM and 8 (5 relays) FM", [(3, None, "AM"), (8, None, "FM"), (5, None, "relays")]),
        ("judges serve until the age of 67", [(67, "years", "age")]),
        ("covers 45% of the population", [(45, "%", "population")]),
        ("service is poor and penetration remains below 12%", [(12, "%", "penetration")]),
        ("the fund lent $1.2 million", [(1200000, "USD", "fund lent")]),
        ("2 domestic and 3 foreign satellites", [(2, None, "domestic"), (3, None, "foreign satellites")]),
        ("growth fell to -0.4%", [(-0.4, "%", "growth")]),
    ],
)  # fmt: skip
def test_what_a_sentence_counts(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert figures("Broadcast media", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "opened in 1997",
        "the COVID-19 pandemic and 5G networks",
        "under Article 12 of the charter",
        "from 3 May 2011 to June 2012",
        "in the 1980s and 2010-15",
        "north of 35 degrees north",
        "see https://example.org/2020/7",
        "the A320-200 and the S-300",
        "the 21st century",
        "to be closed by 2030",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert figures("Broadcast media", text) == []
    assert [fact.text for fact in extract("Broadcast media", text)] == [text]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("12 stations in 2016", [2016]),
        ("12 stations; 5 cinemas (2019)", [2019, 2019]),
        ("12 stations (2015) and 5 cinemas (2017)", [2015, 2017]),
        ("12 stations, to be 20 by 2030", [None, None]),
        ("between 1999 and 2004 it had 12 stations", [None]),
    ],
)
def test_a_sentence_dates_its_figures(text: str, years: list[int | None]) -> None:
    assert [fact.year for fact in extract("Broadcast media", text) if isinstance(fact, Quantity)] == years


def test_a_date_of_one_sentence_is_not_that_of_the_one_before() -> None:
    first, second = extract("Broadcast media", "4 stations\n\n9 cinemas (2012)")
    assert isinstance(first, Quantity)
    assert isinstance(second, Quantity)
    assert (first.year, second.year) == (None, 2012)


def test_what_a_dash_sets_off_is_a_label() -> None:
    text = "international: satellite earth stations - 3 Intelsat (2 Pacific Ocean and 1 Indian Ocean)"
    found = [fact for fact in extract("Telecommunication systems", text) if isinstance(fact, Quantity)]
    path = ("international", "satellite earth stations")
    assert [fact.path for fact in found] == [path, (*path, "Intelsat"), (*path, "Intelsat")]
    assert [fact.text.count("(") for fact in found] == [0, 0, 0]


def test_the_whole_of_a_strength_has_the_date_behind_its_parts() -> None:
    text = "the forces have about 9,000 active troops (7,500 Army; 1,500 Navy) (2021)"
    found = extract("Military and security service personnel strengths", text)
    whole, army, navy = (fact for fact in found if isinstance(fact, Quantity))
    assert (whole.value, whole.unit, whole.of, whole.qualifier) == (9000, "persons", "active troops", "about")
    assert [(fact.of, fact.year) for fact in (army, navy)] == [("Army", 2021), ("Navy", 2021)]
    assert whole.span.cut(text).endswith("(2021)")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("bicameral, consists of the Senate (40 seats) and House of Sand (99 seats)", ["Senate", "House of Sand"]),
        ("unicameral Assembly or Majlis (50 seats; members serve 4-year terms)", ["Assembly or Majlis"] * 2),
        ("a council (12 members)", [()]),
    ],
)  # fmt: skip
def test_the_name_before_a_bracket_is_a_label(text: str, bodies: list[str]) -> None:
    found = [fact for fact in extract("Legislative branch", text) if isinstance(fact, Quantity)]
    assert [fact.path[-1:] and fact.path[-1] for fact in found] == bodies


# -- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("Independence", "1 May 1960 (declared)|; |2 June 1961 (from UK)", ["1 May 1960", "2 June 1961"]),
        ("Independence", "none (ceded by the treaty of 3 May 1899)", [None]),
        ("National holiday", "Sea Day, 4 July (1911)|; |Moon Day, 5 March", ["4 July 1911", "5 March"]),
        (
            "Constitution",
            "adopted 3 May 1990|, |effective 1 June 1991|; |amended 1995| and |1999",
            ["3 May 1990", "1 June 1991", "1995", "1999"],
        ),
        ("Constitution", "drafted between late 1990 and early 1991", ["1990"]),
        ("Constitution", "several previous|; |latest 2013 (2016)", [None, "2013"]),
        ("Executive branch", "King A (since 3 May 1999)|; |Regent B (since June 2000)", ["3 May 1999", "June 2000"]),
        ("Legislative branch", "last held on 3 May 2011| (|next to be held in 2015|)", ["3 May 2011", "2015"]),
        ("Fiscal year", "1 October|-|30 September", ["1 October", "30 September"]),
        ("Fiscal year", "calendar year", [None]),
    ],
)
def test_each_day_dates_its_own_words(field: str, text: str, expected: list[str | None]) -> None:
    pieces = text.split("|")[::2]
    assert dated(field, text.replace("|", "")) == list(zip([piece for piece in pieces if piece], expected, strict=True))


def test_half_brackets() -> None:
    assert half_brackets("(a) b (c", 0, 8) == [6]
    assert half_brackets("x" * 9, 0, 9) == []


# -- elections -------------------------------------------------------------------------------------------------------


def test_seats_of_old_editions() -> None:
    text = "Senate: last held 4 May 1991; results - seats - (40 total, 30 elected) Reds 25, Blues 15"
    found = [fact for fact in extract("Elections", text) if isinstance(fact, Quantity)]
    assert [(fact.path, fact.value, fact.unit, fact.of, fact.year) for fact in found] == [
        (("Senate", "seats"), 40, "seats", "total", 1991),
        (("Senate", "seats"), 30, "seats", "elected", 1991),
        (("Senate", "seats"), 25, "seats", "Reds", 1991),
        (("Senate", "seats"), 15, "seats", "Blues", 1991),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("39 elected by popular vote, 8 appointed by the king", [(39, "elected"), (8, "appointed")]),
        ("9 members appointed by the king, 6 appointed senators", [(9, "members"), (6, "appointed senators")]),
        ("first round for 6 members held on 4 May 1991", [(6, "members")]),
    ],
)
def test_how_seats_are_filled_is_no_part_of_their_name(text: str, expected: list[tuple[int, str]]) -> None:
    found = [fact for fact in extract("Legislative branch", f"unicameral Hall; {text}") if isinstance(fact, Quantity)]
    assert [(fact.value, fact.of) for fact in found] == expected


@pytest.mark.parametrize("text", ["trial 3.5GHz licenses", "country code - 1-441", "the 2.6MHz band"])
def test_no_number_is_cut_out_of_a_code(text: str) -> None:
    assert not [fact for fact in extract("Telecommunication systems", text) if isinstance(fact, Quantity)]


@pytest.mark.parametrize("dash", ["--", "-", " - "])
def test_no_count_ends_or_begins_with_a_dash(dash: str) -> None:
    text = f"unicameral Council (10 members{dash}8 elected, 2 appointed)"
    found = [fact for fact in extract("Legislative branch", text) if isinstance(fact, Quantity)]
    assert [(fact.value, fact.of) for fact in found] == [(10, "members"), (8, "elected"), (2, "appointed")]
    assert not any(fact.text.strip("-") != fact.text for fact in found)


@pytest.mark.parametrize("results", ["results - ", "results--", "election results - "])
@pytest.mark.parametrize("label", ["", "chief of state: "])
def test_results_of_the_old_editions(results: str, label: str) -> None:
    text = f"{label}election last held 4 May 1991; {results}Ann ODD (RP) 51.2%, Cid DOLL won 48.8%; a 4-year term"
    facts = extract("Executive branch", text)
    shares = [(fact.name, fact.percent, fact.note, fact.year) for fact in facts if isinstance(fact, Share)]
    assert shares == [("Ann ODD", 51.2, "RP", 1991), ("Cid DOLL", 48.8, None, 1991)]
    assert [fact.value for fact in facts if isinstance(fact, Quantity)] == [4]


def test_elections_behind_a_note_on_suffrage_are_read() -> None:
    text = (
        "universal at age 18; Senate--last held 4 May 1988; seats--(49 total) Reds 49; note--3 former presidents are "
        "members; House--last held 4 May 1988; results--Reds 52%, Blues 48%; seats--(201 total) Reds 120, Blues 81"
    )
    facts = extract("Suffrage", text)
    figures = [(fact.value, fact.unit, fact.of) for fact in facts if isinstance(fact, Quantity)]
    assert figures[0][:2] == (18, "years")
    assert (3, None, "former presidents") in figures
    assert figures[-3:] == [(201, "seats", "total"), (120, "seats", "Reds"), (81, "seats", "Blues")]
    assert [(fact.name, fact.percent) for fact in facts if isinstance(fact, Share)] == [("Reds", 52), ("Blues", 48)]


def test_results_with_a_total_are_seats() -> None:
    text = "last held 4 May 1991; results - (88 total) Reds 60, Blues 28"
    found = [fact for fact in extract("Legislative branch", text) if isinstance(fact, Quantity)]
    assert [(fact.of, fact.value, fact.unit) for fact in found] == [
        *(("total", 88, "seats"), ("Reds", 60, "seats"), ("Blues", 28, "seats")),
    ]


def test_results_that_are_no_shares_are_told() -> None:
    text = "results - members popularly elected from 17 districts"
    assert not [fact for fact in extract("Legislative branch", text) if isinstance(fact, Share)]


@pytest.mark.parametrize("mark", ["seats - ", "seats by party - ", "seats by party/coalition ", "seats (9 total) "])
def test_marks_of_seats(mark: str) -> None:
    found = [fact for fact in extract("Legislative branch", f"{mark}Reds 6, Blues 3") if isinstance(fact, Quantity)]
    assert [(fact.unit, fact.of, fact.value) for fact in found][-2:] == [("seats", "Reds", 6), ("seats", "Blues", 3)]


@pytest.mark.parametrize("body", ["Assembly", "National Council", "Federal Parliament"])
def test_votes_of_a_body(body: str) -> None:
    text = f"election results: Ann ODD elected president; {body} vote - Ann ODD (RP) 61, Cid DOLL 9"
    found = [fact for fact in extract("Executive branch", text) if isinstance(fact, Quantity)]
    assert [(fact.path[-1], fact.of, fact.value, fact.note) for fact in found] == [
        (f"{body} vote", "Ann ODD", 61, "RP"),
        (f"{body} vote", "Cid DOLL", 9, None),
    ]


def test_a_tally_is_no_range() -> None:
    (fact,) = extract("Executive branch", "election results: Senate vote - 31 to 4")
    assert isinstance(fact, Quantity)
    assert (fact.value, fact.low, fact.note) == (31, None, "to 4")


# -- lists -----------------------------------------------------------------------------------------------------------


def test_cables_land() -> None:
    text = "international: landing points for the Sand-2, Sea Link (SL) and 2Shore submarine cables to Fiji (2019)"
    names = [fact.name for fact in extract("Telecommunication systems", text) if isinstance(fact, Item)]
    assert names == ["Sand-2", "Sea Link (SL)", "2Shore"]


def test_parties_without_dividers() -> None:
    text = "Red Alliance or RA Blue Party or BP Green Union or GU"
    names = ["Red Alliance or RA", "Blue Party or BP", "Green Union or GU"]
    assert [fact.text for fact in extract("Political parties", text)] == names
    assert len(extract("Political parties", "Movement for Sand or MFS or Sanders")) == 1


def test_an_entry_may_say_its_share() -> None:
    fuels, cotton, hides = extract("Exports - commodities", "fuels 12%, cotton 30.5% (1992), hides")
    assert [(type(fact), getattr(fact, "name", None)) for fact in (fuels, cotton, hides)] == [
        (Share, "fuels"),
        (Share, "cotton"),
        (Item, "hides"),
    ]
    assert isinstance(cotton, Share)
    assert (cotton.percent, cotton.year) == (30.5, 1992)


def test_none_of_a_list_is_no_entry() -> None:
    text = "signed, but not ratified: none of the selected agreements"
    (fact,) = extract("Environment - international agreements", text)
    assert isinstance(fact, TextValue)


@pytest.mark.parametrize("rating", ["AA-", "Ba3", "B (negative)"])
def test_a_rating_and_its_year(rating: str) -> None:
    fact = extract("Credit ratings", f"Fitch rating: {rating} (2014)")[0]
    assert isinstance(fact, Item)
    assert (fact.year, rating.split(" ")[0]) == (2014, fact.name.split(" ")[0])


@pytest.mark.parametrize(
    ("head", "unit"),
    [("top ten highest peaks", None), ("ten largest lakes (sq km)", "sq km"), ("rank by area (sq km)", "sq km")],
)
def test_a_ranking(head: str, unit: str | None) -> None:
    text = f"total: 7\n\nnote: {head}: Alpha (Chad) 900; Beta (Mali, Niger) - 800; Gamma 1,700\n\nnote 2: none is sure"
    total, *ranked, note = extract("Area", text)
    assert all(isinstance(fact, Quantity) for fact in (total, *ranked))
    assert [(f.rank, f.of, f.note, f.value, f.unit) for f in ranked if isinstance(f, Quantity)] == [
        (1, "Alpha", "Chad", 900, unit),
        (2, "Beta", "Mali, Niger", 800, unit),
        (3, "Gamma", None, 1700, unit),
    ]
    assert isinstance(note, TextValue)


def test_a_ranking_over_lines_has_groups() -> None:
    text = "ten largest cities, by continent: Asia - Ayo (Laos) - 9,000; Bey - 8,000\n\nAfrica - Cel - 7,000 (2019)"
    found = [fact for fact in extract("Major urban areas - population", text) if isinstance(fact, Quantity)]
    assert [(fact.path[-1], fact.rank, fact.of, fact.year) for fact in found] == [
        ("Asia", 1, "Ayo", 2019),
        ("Asia", 2, "Bey", 2019),
        ("Africa", 1, "Cel", 2019),
    ]


# -- prose -----------------------------------------------------------------------------------------------------------

PROSE = "Some 300 islands were sold in 1899. About 12% of the people are poor."


def test_natural_prose_is_a_short_list() -> None:
    assert sum(shape == "prose" for shape, _ in table()[0].values()) <= 12


def test_prose_stays_text_unless_asked() -> None:
    (fact,) = extract("Background", PROSE)
    text, *offered = extract("Background", PROSE, prose=True)
    assert text == fact
    assert isinstance(fact, TextValue)
    assert [(f.value, f.unit, f.of, f.confidence) for f in offered if isinstance(f, Quantity)] == [
        (300, None, "islands", READING),
        (12, "%", "people", READING),
    ]


def test_figures_of_notes_are_offered() -> None:
    text = "total: 7 km\n\nnote: 3 km are dry"
    assert len(extract("Coastline", text)) == 2
    *_, offered = extract("Coastline", text, prose=True)
    assert isinstance(offered, Quantity)
    assert (offered.value, offered.path) == (3, ("note",))


PAGE = "Chad vs. Mali\nIntroduction\nChadMali\nBackground\n\nSome 40 clans met in 1910.\n\nTwo kings ruled 30 towns.\n"


def test_prose_of_a_page(tmp_path: Path) -> None:
    page = factparse.parse(PAGE)
    told = page.with_prose()
    offered = [fact for fact in told.facts() if fact not in page.facts()]
    assert [fact.value for fact in offered if isinstance(fact, Quantity)] == [40, 30]
    assert all(fact.span.cut(page.text) == fact.text for fact in offered)
    assert all(fact.confidence < row.confidence for fact, row in zip(offered, page.rows * 2, strict=True))
    assert json.loads(told.to_json())["facts"] != json.loads(page.to_json())["facts"]
    source = tmp_path / "page.txt"
    source.write_text(PAGE, encoding="utf-8")
    counts = [
        len(json.loads(CliRunner().invoke(cli, ["parse", str(source), "--json", *option]).output)["facts"])
        for option in ([], ["--prose"])
    ]
    assert counts == [len(page.facts()), len(told.facts())]
    for prose, count in zip((False, True), counts, strict=True):
        factparse.convert([source], tmp_path / f"{prose}.jsonl", emit="facts", prose=prose)
        assert len((tmp_path / f"{prose}.jsonl").read_text(encoding="utf-8").splitlines()) == count


# -- what always holds -----------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("3", "12", "1,200", "45%", "2016", "(2019)", "May", ";", ",", ".", "(", ")", "-", "--", "and", "of", "\n"),
        *("stations", "people", "per 100", "top ten longest rivers:", "COVID-19", "seats -", "percent of vote -"),
        *("landing points for the A-1", "submarine cables", "since", "last held on", "note:"),
    ]
)
FIELDS = ("Broadcast media", "Telecommunication systems", "Constitution", "Executive branch", "Waterways", "Background")


def owned(facts: tuple[AnyFact, ...]) -> list[tuple[int, int]]:
    return sorted((a, b) for fact in facts for a, b in zip(fact.span[::2], fact.span[1::2], strict=True))


@given(st.sampled_from(FIELDS), st.lists(WORDS, max_size=25).map(" ".join))
def test_each_character_belongs_to_one_fact_and_the_tree_loses_none(field: str, text: str) -> None:
    facts = extract(field, text)
    pieces = owned(facts)
    assert all(before[1] <= after[0] for before, after in pairwise(pieces))
    assert all(fact.text.strip() for fact in facts)
    assert "".join(leaf.text(text) for leaf in cell_tree(field, text).leaves()) == text


@pytest.mark.parametrize(
    "unit",
    [
        *("(", "3 (", "1990; ", "1990 (", "3 a - ", "top ten by x: ", "May ", "1 a. ", "3 May, ", "(1990 3", "a of "),
        *("landing points for the A, ", "top ten by x: A 1; ", "seats - (1 total) ", "COVID-", "none of ", " or RA Aa"),
    ],
)
def test_hostile_cells_take_linear_time(unit: str) -> None:
    for field in (*FIELDS, "Political parties", "Fiscal year"):
        assert growth(lambda times: unit * times, partial(extract, field), 800, most=30).ratio <= 30, field


_WORDS = (
    *("by", "nearby", "until", "before,", "the", "end", "of", "early", "late", "January", "Sept", "FY", "10", "2010"),
    *("article", "Task", "Force", "some", "abc1", "H5N1", "per", "100", "US$5", "-", "https://a.b", "é", "(the", "it)"),
    *("NA", "NA,", "(2004)", "(FY05", "volunteers"),
)


@given(st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join))
def test_no_token_begins_in_words_that_are_passed_over(text: str) -> None:
    known = rules(CELL, "told")
    slow = re.compile(known.pattern.pattern.replace(known.terminals["PASSED"], "(?!)"))
    expected = [(token.lastgroup, token.span()) for token in slow.finditer(text)]
    assert [(token.lastgroup, token.span()) for token in known.tokens(text, 0, len(text))] == expected
