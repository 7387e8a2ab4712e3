"""Kinds of faults in the fields of Transnational Issues, each with what must stay as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import DisplacedPersons
from factparse.extract import extract

DISPLACED = "Refugees and internally displaced persons"


def displaced(text: str) -> list[DisplacedPersons]:
    return [fact for fact in extract(DISPLACED, text) if isinstance(fact, DisplacedPersons)]


class TestDisplaced:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("stateless persons: 60,000 (Meskhetian Turks denied citizenship)", "Meskhetian Turks denied citizenship"),
            ("stateless persons: 8,100 (mostly ethnic Russians) (2012)", "mostly ethnic Russians"),
            (
                "refugees (country of origin): 9,000 (Bidoon refused papers since 1991)",
                "Bidoon refused papers since 1991",
            ),
            ("refugees: 700 (Dorze herders who lost their land) (2004)", "Dorze herders who lost their land"),
        ],
    )
    def test_a_phrase_is_a_note_and_no_origin(self, text: str, expected: str) -> None:
        (fact,) = displaced(text)
        assert (fact.note, fact.origin, fact.cause) == (expected, None, None)

    @pytest.mark.parametrize(
        "origin",
        [
            "Chad",
            "Cote d'Ivoire",
            "Tibet/China",
            "Bosnia and Herzegovina",
            "Congo, Democratic Republic of the",
            "Democratic Republic of the Congo",
            "Palestinian Refugees (UNRWA)",
            "Palestinian refugees",
            "Western Saharan - Sahrawis",
            "Lao People's Democratic Republic",
        ],
    )
    def test_a_name_stays_an_origin(self, origin: str) -> None:
        facts = displaced(f"refugees (country of origin): 5,300 ({origin}), 40 (Mali) (2012)")
        assert [(fact.origin, fact.note, fact.year) for fact in facts] == [(origin, None, 2012), ("Mali", None, 2012)]

    @pytest.mark.parametrize(
        ("bracket", "origin", "cause"),
        [
            ("Mali - 30,000 are Malians", "Mali", "30,000 are Malians"),
            ("Chad - mostly farmers", "Chad", "mostly farmers"),
            ("Togo including students", "Togo", "including students"),
            ("Sudan, mostly in camps", "Sudan", "mostly in camps"),
        ],
    )
    def test_what_describes_an_origin_is_its_cause(self, bracket: str, origin: str, cause: str) -> None:
        (fact,) = displaced(f"refugees (country of origin): 52,000 ({bracket}) (2012)")
        assert (fact.origin, fact.cause, fact.year) == (origin, cause, 2012)

    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("refugees (country of origin): 206,000 (Kosovo), note - most returned (2007)", [2007]),
            ("refugees: 70 (Chad); 80 (Mali); note - many live in towns (2008)", [2008, 2008]),
            ("refugees: 70 (Chad) IDPs: 600 (floods); note - some went home in 2003 (2005)", [2005, 2005]),
            ("refugees: 70 (Chad) (2006); note - most returned (2007)", [2006]),
            ("refugees: 70 (Chad); note - 4,000 more came later (2007)", [None]),
            ("refugees: 70 (Chad); note - most returned", [None]),
        ],
    )
    def test_the_date_that_ends_a_note(self, text: str, years: list[int | None]) -> None:
        assert [fact.year for fact in displaced(text)] == years

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "more than 4.4 million stateless persons as of year-end 2022 (the true number may be higher)",
                [(4_400_000, 2022, "stateless")],
            ),
            ("2020 there were 10 million", [(10_000_000, 2020, "refugees")]),
            ("as of mid-year 2019 there were 3 million IDPs", [(3_000_000, 2019, "idps")]),
            ("by the end of 2017, 12,000 refugees had come", [(12_000, 2017, "refugees")]),
            ("stateless persons: about 3,500 as of 31 December 2021", [(3_500, 2021, "stateless")]),
            (
                "as of year-end 2021 there were 9 million people uprooted; this includes 5 million IDPs; there are"
                " 4 million stateless persons as of June 2020",
                [(9_000_000, 2021, "other"), (5_000_000, 2021, "idps"), (4_000_000, 2020, "stateless")],
            ),
            # What a cause says is dated comes last, and a count of four digits stays a count.
            (
                "IDPs: 3,000 displaced by floods in 2018; 400 (fires) (2022)",
                [(3_000, 2022, "idps"), (400, 2022, "idps")],
            ),
            ("IDPs: 350,000 newly displaced in 2011", [(350_000, 2011, "idps")]),
            ("IDPs: 2000 (floods) (2011)", [(2000, 2011, "idps")]),
            ("IDPs: 2010", [(2010, None, "idps")]),
            ("refugees: 2,017 (Chad)", [(2017, None, "refugees")]),
        ],
    )
    def test_a_year_is_no_count(self, text: str, expected: list[tuple[int, int | None, str]]) -> None:
        assert [(fact.count, fact.year, fact.population) for fact in displaced(text)] == expected

    @given(
        year=st.integers(1950, 2049),
        lead=st.sampled_from(
            ["as of year-end", "as of mid-year", "in", "by the end of", "as of 3 June", "at year-end"]
        ),
        count=st.integers(1, 900),
        behind=st.booleans(),
    )
    def test_no_year_among_words_is_counted(self, year: int, lead: str, count: int, behind: bool) -> None:
        told = f"{lead} {year}"
        text = f"{count},000 IDPs {told}" if behind else f"{told} there were {count},000 IDPs"
        assert [(fact.count, fact.year) for fact in displaced(text)] == [(count * 1000, year)]
