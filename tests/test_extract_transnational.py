"""Kinds of faults in the fields of Transnational Issues, each with what must stay as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import DisplacedPersons, DisputeClause, DrugRole, Quantity, TierRating, TraffickingRole
from factparse.extract import extract

DISPLACED = "Refugees and internally displaced persons"
DISPUTES = "Disputes - international"
DRUGS = "Illicit drugs"
TRAFFICKING = "Trafficking in persons"


def displaced(text: str) -> list[DisplacedPersons]:
    return [fact for fact in extract(DISPLACED, text) if isinstance(fact, DisplacedPersons) and not fact.derived]


def disputes(text: str, subject: str | None = "Togo") -> list[DisputeClause]:
    return [
        fact
        for fact in extract(DISPUTES, text, subject=subject)
        if isinstance(fact, DisputeClause) and not fact.derived
    ]


def drugs(text: str) -> list[DrugRole]:
    return [fact for fact in extract(DRUGS, text, subject="Togo") if isinstance(fact, DrugRole) and not fact.derived]


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
        ("origin", "code"),
        [
            ("Chad", "TCD"),
            ("Burma", "MMR"),
            ("Congo, Democratic Republic of the", "COD"),
            ("Palestinian refugees", "PSE"),
            ("Palestinian Refugees (UNRWA)", "PSE"),
            ("West Bank and Gaza Strip", "PSE"),
            ("Sahrawis", "ESH"),
            ("Western Saharan - Sahrawis", "ESH"),
            ("Tibet/China", "CHN"),
            ("Somalis", "SOM"),
            ("Afghan refugees", "AFG"),
            ("Serbia and Kosovo", None),
            ("Kosovo", None),
            ("Atlantis", None),
        ],
    )
    def test_the_code_of_an_origin(self, origin: str, code: str | None) -> None:
        (fact,) = displaced(f"refugees (country of origin): 5,300 ({origin}) (2012)")
        assert (fact.origin, fact.origin_code) == (origin, code)

    def test_persons_without_an_origin_have_no_code(self) -> None:
        assert [fact.origin_code for fact in displaced("refugees: 17 (2023) IDPs: 5 (floods) (2019)")] == [None, None]

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

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # A fiscal year behind a total is the date of its parts, if no date closes the list.
            (
                "refugees (country of origin): the island admitted 9,100 refugees during FY2012 including: 4,000"
                " (Chad); 300 (Mali)",
                [(9_100, None, "FY2012"), (4_000, "Chad", "FY2012"), (300, "Mali", "FY2012")],
            ),
            (
                "refugees: 9,100 refugees during FY07/08 including 4,000 (Chad), 300 (Mali) (2009)",
                [(9_100, None, "2009"), (4_000, "Chad", "2009"), (300, "Mali", "2009")],
            ),
            # A date behind words that count nothing is that of the figure before them.
            (
                "IDPs: 7.2 million (floods), says the Red Cross (as of 3 May 2022)",
                [(7_200_000, None, "as of 3 May 2022")],
            ),
            (
                "IDPs: 5 (fires) note: 90 refugee and migrant arrivals, with the islands (May 2015-June 2017)",
                [(5, None, None), (90, None, "May 2015-June 2017")],
            ),
            # A note that counts arrivals dates each in its clause.
            (
                "IDPs: 5 (fires) (2017) note: 90 refugee arrivals (May 2016); hosts about 40 asylum seekers as of the"
                " end of May 2018; 31 migrant arrivals in 2015; as of mid-2019, Togo hosted 80 asylum seekers",
                [
                    (5, None, "2017"),
                    (90, None, "May 2016"),
                    (40, None, "as of the end of May 2018"),
                    (31, None, "2015"),
                    (80, None, "as of mid-2019"),
                ],
            ),
            # What a bracket tells of another time is not the date of the figure, unless no other is printed.
            ("IDPs: 60 (war; as of 2011, most had gone home) (2020)", [(60, None, "2020")]),
            ("IDPs: 60 (war; many had no home as of May 2012)", [(60, None, "as of May 2012")]),
            ("IDPs: 60 (war; as of May 2012)", [(60, None, "as of May 2012")]),
            (
                "IDPs: 60 (as of May 2012, since the war) 70 (fires) (2010)",
                [(60, None, "as of May 2012"), (70, None, "2010")],
            ),
        ],
    )
    def test_whose_a_date_is(self, text: str, expected: list[tuple[int, str | None, str | None]]) -> None:
        assert [(fact.count, fact.origin, fact.date) for fact in displaced(text)] == expected

    @pytest.mark.parametrize(
        ("bracket", "expected"),
        [
            ("war; of 12,000, as many as 4,000 had not gone home as of May 2012", None),
            ("floods, fires; drought; as of May 2012", "floods, fires; drought"),
            ("as of May 2012; floods, fires", "floods, fires"),
        ],
    )
    def test_a_date_in_a_cause_changes_nothing_of_the_rest(self, bracket: str, expected: str | None) -> None:
        (fact,) = displaced(f"IDPs: 12,000 ({bracket})")
        assert (fact.cause, fact.year) == (expected or bracket, 2012)

    @pytest.mark.parametrize(
        "bracket",
        [
            "refugees and asylum seekers",
            "refugees and migrants",
            "refugees",
            "includes registered asylum seekers",
            "asylum seekers, IDPs and refugees",
        ],
    )
    def test_who_is_counted_is_no_cause(self, bracket: str) -> None:
        (fact,) = displaced(f"refugees (country of origin): 600 (Chad) ({bracket}) (2021)")
        assert (fact.origin, fact.note, fact.cause, fact.year) == ("Chad", bracket, None, 2021)

    @pytest.mark.parametrize(
        ("words", "origin", "code"),
        [
            ("(border crossings from Chad as of 5 June 2022)", "Chad", "TCD"),
            ("(arrivals from the Central African Republic)", "Central African Republic", "CAF"),
            ("undocumented Malians", "Malians", "MLI"),
            ("Malian refugee card holders", "Malian", "MLI"),
            ("(fled from the war)", None, None),
            ("displaced by Malian troops", None, None),
        ],
    )
    def test_an_origin_without_a_bracket_of_its_own(self, words: str, origin: str | None, code: str | None) -> None:
        (fact,) = displaced(f"refugees (country of origin): 600 {words}")
        assert (fact.origin, fact.origin_code, fact.count) == (origin, code, 600)

    @pytest.mark.parametrize(
        "text",
        [
            "there were 9 million registered refugees, the lowest number in 30 years, and up to 8 million IDPs",
            "there were 9 million refugees and up to 8 million IDPs in more than 30 countries (2006)",
            "note: there were 9 million refugees in 30 provinces; 8 million IDPs",
        ],
    )
    def test_only_people_are_counted(self, text: str) -> None:
        facts = [(fact.count, fact.population) for fact in displaced(text)]
        assert facts == [(9_000_000, "refugees"), (8_000_000, "idps")]

    @pytest.mark.parametrize("number", ["7,6,71", "15,0000", "1,2", "15,0000-20,000", "7,6,71 million"])
    def test_a_broken_number_is_not_given(self, number: str) -> None:
        facts = displaced(f"refugees (country of origin): 8,343 (Mali), {number} (Chad), 7,318 (Togo) (2020)")
        assert [(fact.count, fact.count_max, fact.origin) for fact in facts] == [
            (8343, None, "Mali"),
            (None, None, "Chad"),
            (7318, None, "Togo"),
        ]
        assert facts[1].text.startswith(number.partition(" ")[0])


class TestPageEnds:
    @pytest.mark.parametrize(
        "behind",
        [
            " [Country Listing] [ The World Factbook Home]",
            "\n[Top of Page]\n",
            " BENIN",
            " GUAM (territory of the US)",
            " FRENCH GUIANA (overseas department of France)",
            " BAHAMAS, THE The Bahamas The Bahamas",
            " COCOS (KEELING) ISLANDS Cocos (Keeling) Islands (territory of Australia)",
            " SUDAN Introduction",
            " ARCTIC OCEAN [Map of Arctic Ocean]",
            " KOREA, NORTH",
            " CHAD [Country Listing]",
        ],
    )
    def test_what_stands_behind_a_page_is_no_part_of_its_last_cell(self, behind: str) -> None:
        for text in ("none", "claimed by Mali", "river line with Niger in dispute; claims the Sand Isles"):
            assert disputes(text + behind) == disputes(text)
        drug = "transit point for heroin bound for Mali and the US"
        assert drugs(drug + behind) == drugs(drug)

    @pytest.mark.parametrize(
        "text",
        [
            "border dispute with the USSR",
            "claimed by the UAE",
            "transfer to the DRC",
            "observed by the UN mission (UNMOP)",
            "rebels of Jonas SAVIMBI",
            "claims the Dry Valley [see Chad]",
        ],
    )
    def test_other_capitals_and_brackets_are_part_of_it(self, text: str) -> None:
        assert [fact.text for fact in disputes(text)] == [text]


class TestTrafficking:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "Togo is a source country for children put to work and a transit point for men",
                [("is a source", "source", False), ("a transit", "transit", False)],
            ),
            (
                "Togo is a destination country for women from Mali and, to a lesser extent, a source country for girls",
                [("is a destination", "destination", False), ("to a lesser extent, a source", "source", True)],
            ),
            (
                "Togo is a transit point for women from Mali and destination country for men",
                [("is a transit", "transit", False), ("destination", "destination", False)],
            ),
            # What stays: no statement before it, another clause, other countries.
            ("traffickers take girls and a transit point is closed", []),
            (
                "Togo is a source country; girls leave it and a transit point is closed",
                [("is a source", "source", False)],
            ),
            ("Togo is a source country for boys and transit countries gain", [("is a source", "source", False)]),
            ("Mali is a source country for boys and a transit point for men", []),
        ],
    )
    def test_a_role_that_is_joined_to_a_statement(self, text: str, expected: list[tuple[str, str, bool]]) -> None:
        found = extract(TRAFFICKING, text, subject="Togo")
        roles = [fact for fact in found if isinstance(fact, TraffickingRole)]
        assert [(fact.text, fact.role, fact.hedged) for fact in roles] == expected

    @pytest.mark.parametrize(
        "end",
        [
            "; for more details, go to: https://example.org/2024/togo/",
            " (for more details) ",
            ". See further information at https://example.org/togo",
        ],
    )
    def test_where_to_read_more_is_no_reason(self, end: str) -> None:
        text = f"tier rating: Tier 3 - Togo made few efforts{end}"
        (fact,) = [fact for fact in extract(TRAFFICKING, text, subject="Togo") if isinstance(fact, TierRating)]
        assert fact.rationale == ("Togo made few efforts" if "http" in end else f"Togo made few efforts{end.rstrip()}")


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("dispute over Sand (Low) Islands", ["Sand (Low) Islands"]),
            (
                "Mali claims the Amber (Old Amber) Reef and Dry (Wet) Rivers",
                ["Amber (Old Amber) Reef", "Dry (Wet) Rivers"],
            ),
            ("Mali occupies Amber (Ambre) island in Long [Lang] River", ["Amber (Ambre) island", "Long [Lang] River"]),
            ("claims the Khawr 'Abd Allah", ["Khawr 'Abd Allah"]),
            ("claims the Shatt al-Arab and Umm al Ghurab Island", ["Shatt al-Arab and Umm al Ghurab Island"]),
            ("dispute over Jabal ar Rif; claims the Ras ash-Sham", ["Jabal ar Rif", "Ras ash-Sham"]),
            ("claims Isla de los Osos; Mali patrols St. Ann Reef", ["Isla de los Osos", "St. Ann Reef"]),
            ("overlapping claims to Chilean Antarctic Territory", ["Chilean Antarctic Territory"]),
            ("claims overlap in New Zealand Antarctic Dependency", ["New Zealand Antarctic Dependency"]),
            ("fishing in Brunei Bay goes on", ["Brunei Bay"]),
            ("rebels cross the Amber Gorge and the Dry Pass", ["Amber Gorge", "Dry Pass"]),
            # A list that ends with several; an article behind "and"; a state behind it.
            (
                "Alpha, Low Beta, and Gamma Islands occupied by Mali",
                ["Alpha", "Low Beta", "Gamma Islands"],
            ),
            ("islands in the Amber, Dry, and Wet Rivers", ["Amber", "Dry", "Wet Rivers"]),
            ("dispute over Amber Reef and the Dry Isles", ["Amber Reef", "Dry Isles"]),
            ("islands of Amber, Low, and Gamma and the Dry group", ["Amber", "Low", "Gamma", "Dry"]),
            ("Mali over the Amber and Niger over the Wet Barrage", ["Amber", "Wet Barrage"]),
            ("west of Salto das Onze Quedas and Salto del Oso", ["Salto das Onze Quedas and Salto del Oso"]),
            ("confluence of the Amber and Niger rivers", ["Amber and Niger rivers"]),
            ("claims the Amber farms and the Dry reserve", ["Amber farms", "Dry reserve"]),
            # What is no place by itself.
            ("an island called Low Reef in Persian by Mali, in the Persian Gulf", ["Low Reef", "Persian Gulf"]),
            ("border controls in Europe; One area is open; Many islands are not", []),
            ("Treaty of Friendship and Cooperation; stalled by COVID; the Kurdish and Shia rebels", []),
            ("Mali, Niger, and the Low Isles", ["Low Isles"]),
            # What stays: another name behind the name, a state's own place, a full stop, a quote.
            ("claims Sand Island (Low Reef)", ["Sand Island", "Low Reef"]),
            ("dispute over Indian Amber State and India's Dry Valley", ["Amber State", "Dry Valley"]),
            ("Norway's Antarctic Territory", ["Antarctic Territory"]),
            ("Mali patrols Sand Reef. Niger objects", ["Sand Reef"]),
            ("speaks of 'Greater Mali' and the 'Dry Plain'", ["Dry Plain"]),
            ("support to Islamic militants under the Agreement on the Framework for Negotiations", []),
        ],
    )
    def test_a_place_is_one_whole_name(self, text: str, expected: list[str]) -> None:
        assert [place for fact in disputes(text) for place in fact.places] == expected


class TestDisputes:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("the 1998 treaty with Mali is pending ratification", "pending ratification or adjudication"),
            ("an accord signed in 2004 with Mali remains pending ratification", "pending ratification or adjudication"),
            ("ratification of the boundary treaty is still pending", "pending ratification or adjudication"),
            ("the agreement signed in 2001 is subject to ratification", "pending ratification or adjudication"),
            ("the accord must be ratified before it takes effect", "pending ratification or adjudication"),
            ("the 1997 boundary treaty is un-ratified, stalling work", "pending ratification or adjudication"),
            ("the dispute over the line is pending adjudication", "pending ratification or adjudication"),
            ("Mali ratified the boundary treaty in 1998", "resolved"),
            ("the boundary treaty was signed and ratified in 1998", "resolved"),
            ("both settled the dispute, pending demarcation", "ongoing demarcation or delimitation"),
        ],
    )
    def test_what_is_not_ratified_is_pending(self, text: str, expected: str) -> None:
        (fact,) = disputes(text)
        assert fact.status == expected

    @pytest.mark.parametrize(
        ("text", "subject", "implied"),
        [
            ("all of Sand Island is claimed by Mali and Niger", "Togo", ("Togo",)),
            ("claims Malian-administered Sand Island, as does Niger", "Togo", ("Togo",)),
            ("Mali and Niger protest the claim", "Togo", ("Togo",)),
            ("involved in a complex dispute over the Low Isles with Mali, Niger, and Chad", "Togo", ("Togo",)),
            ("Low Reef question with Mali and Niger", "Togo", ("Togo",)),
            ("as of May 2004, demarcation of the lines with the Gambia and Niger was complete", "Togo", ("Togo",)),
            ("claimed by Madagascar and Seychelles", "Tromelin Island", ("France",)),
            ("claimed by Madagascar", "Europa Island", ("France",)),
            # What stays: no claim, the subject printed, nobody who could be meant.
            ("Mali and Niger patrol the river", "Togo", ()),
            ("Togo and Mali claim Sand Island", "Togo", ()),
            ("Mali shares the river with Niger and Chad", "Togo", ()),
            ("claimed by China and Taiwan", "Spratly Islands", ()),
            ("Serbia and Montenegro disputes Croatia's claim", "Serbia and Montenegro", ()),
        ],
    )
    def test_in_a_clause_of_claims_the_subject_has_a_side(
        self, text: str, subject: str, implied: tuple[str, ...]
    ) -> None:
        (fact,) = disputes(text, subject)
        assert fact.implied == implied
        assert set(implied) <= set(fact.parties)

    @pytest.mark.parametrize(
        ("text", "parties"),
        [
            ("Low Valley question with Yugoslavia", ("Yugoslavia", "Togo")),
            ("maritime boundary dispute with the USSR", ("Soviet Union", "Togo")),
            ("Mali and Czechoslovakia dispute the line", ("Mali", "Czechoslovakia")),
            ("Dry question among Mali, Chad, and the USSR", ("Mali", "Chad", "Soviet Union")),
            (
                "line disputes--Chad-Mali, China-USSR, Fiji-Tonga",
                ("Chad", "Mali", "China", "Soviet Union", "Fiji", "Tonga"),
            ),
            # What stays: what was once, and what a state came from.
            ("occupied by the Soviet Union in 1945, now administered by Mali", ("Mali", "Togo")),
            ("inherited from the former USSR", ("Togo",)),
            ("since the breakup of Yugoslavia in the 1990s, Mali and Chad have no line", ("Mali", "Chad")),
        ],
    )
    def test_a_state_that_is_no_more_has_a_side_among_others(self, text: str, parties: tuple[str, ...]) -> None:
        (fact,) = disputes(text)
        assert fact.parties == parties

    @pytest.mark.parametrize(
        ("text", "instrument"),
        [
            ("in 1991 a Treaty of Friendship was signed by both", "Treaty of Friendship"),
            ("in 1991 the Lake Ore Treaty was ratified", "Lake Ore Treaty"),
            ("both signed the 1991 Lake Ore Treaty", "1991 Lake Ore Treaty"),
        ],
    )
    def test_an_article_parts_a_year_from_a_name(self, text: str, instrument: str) -> None:
        (fact,) = disputes(text)
        assert fact.instruments == (instrument,)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "talks continue on delimitationRomania opposes the canal",
                ["talks continue on delimitation", "Romania opposes the canal"],
            ),
            (
                "the line was marked in 2004Niger patrols it; noneMali objects to that",
                ["the line was marked in 2004", "Niger patrols it", "none", "Mali objects to that"],
            ),
            ("they met (in Lome)Mali stayed away", ["they met (in Lome)", "Mali stayed away"]),
            (
                "rebels cross the borderTalks between both stalled",
                ["rebels cross the border", "Talks between both stalled"],
            ),
            ("Mali objects\n\nNiger does not\n \nnone", ["Mali objects", "Niger does not", "none"]),
            # What stays: a space that is lost, a name with a capital in it, a bracket, one line that is broken.
            ("disputes withRomania over the line", ["disputes withRomania over the line"]),
            ("trade in northernChad goes on", ["trade in northernChad goes on"]),
            ("a dispute over KwaZulu land goes on", ["a dispute over KwaZulu land goes on"]),
            ("fishing off eSwatini and l'Ete goes on", ["fishing off eSwatini and l'Ete goes on"]),
            ("a canal (see the mapMali drew it) is open", ["a canal (see the mapMali drew it) is open"]),
            ("they dispute\nSand Island", ["they dispute\nSand Island"]),
        ],
    )
    def test_clauses_whose_semicolons_are_lost(self, text: str, expected: list[str]) -> None:
        assert [fact.text for fact in disputes(text)] == expected

    @given(
        st.sampled_from(["talks on the line continue", "the river divides villages", "a dam is planned"]),
        st.sampled_from(["Mali", "Burkina Faso", "United Arab Emirates", "Cote d'Ivoire", "Niger"]),
        st.sampled_from(["opposes it", "has protested since 2004", "claims the lake"]),
    )
    def test_a_lost_semicolon_changes_no_clause(self, first: str, name: str, rest: str) -> None:
        second = f"{name} {rest}"
        lost, kept = disputes(f"{first}{second}"), disputes(f"{first};{second}")
        assert [(fact.text, fact.parties, fact.kind, fact.status) for fact in lost] == [
            (fact.text, fact.parties, fact.kind, fact.status) for fact in kept
        ]

    @pytest.mark.parametrize(
        "text",
        ["NA", "N/A", "undetermined", "Undetermined.", "nil", "Nil", "none", '"NA"', "unknown (2004)", "not available"],
    )
    def test_what_stands_for_nothing_is_no_dispute(self, text: str) -> None:
        (fact,) = disputes(text)
        assert (fact.kind, fact.status, fact.parties) == ("no dispute", "unclear", ())

    @pytest.mark.parametrize("text", ["undetermined boundary with Mali", "unknown gunmen raid villages", "NATO talks"])
    def test_a_clause_that_begins_so_is_a_dispute(self, text: str) -> None:
        (fact,) = disputes(text)
        assert fact.kind != "no dispute"


class TestDrugs:
    @pytest.mark.parametrize(
        ("listed", "expected"),
        [
            ("Iran, Western markets, the Gulf States, Africa", ("Iran", "Western markets", "Gulf States", "Africa")),
            ("Brazil, other Southern Cone markets, Europe, and US", ("Brazil", "Southern Cone", "Europe", "US")),
            ("European markets, Turkey and the US market", ("Europe", "Turkey", "US")),
            ("Russian and Eastern European consumers and Iran", ("Russia", "Eastern Europe", "Iran")),
            ("Asian countries, Europe, and to a lesser extent North America", ("Asia", "Europe", "North America")),
            ("Northern markets", ("Northern markets",)),
            ("regional and Northern markets", ("Northern markets",)),
            ("consumer markets in the Gulf States and Russia", ("Gulf States", "Russia")),
            (
                "growing domestic markets, to a lesser extent Western and Northern Europe, and occasionally to the US",
                ("Western Europe", "Northern Europe", "US"),
            ),
            ("Iran and, sometimes, North America", ("Iran", "North America")),
            ("Iran , the Baltic region, and Europe", ("Iran", "Baltic", "Europe")),
            # What stays: plain lists, one market behind all.
            ("Iran, the Gulf States, Africa", ("Iran", "Gulf States", "Africa")),
            ("the European and US markets", ("Europe", "US")),
        ],
    )
    def test_a_market_ends_no_list(self, listed: str, expected: tuple[str, ...]) -> None:
        (fact,) = drugs(f"transit point for heroin bound for {listed}")
        assert (fact.destinations, fact.origins) == (expected, ())

    @pytest.mark.parametrize(
        ("text", "origins"),
        [
            ("consumer of Southwest Asian heroin", ("Southwest Asia",)),
            ("growing consumption of Bolivian and Peruvian cocaine", ("Bolivia", "Peru")),
            ("consumer of hashish from Morocco and heroin sourced in Turkey", ("Morocco", "Turkey")),
            ("consumption of European-produced synthetic drugs is rising", ("Europe",)),
            ("consumer of heroin", ()),
            ("consumer of cocaine bound for Europe", ()),
        ],
    )
    def test_what_is_consumed_comes_from_somewhere(self, text: str, origins: tuple[str, ...]) -> None:
        (fact,) = drugs(text)
        assert (fact.role, fact.origins, fact.destinations) == ("consumer", origins, ())

    def test_what_is_made_here_comes_from_nowhere(self) -> None:
        assert [
            (fact.role, fact.origins) for fact in drugs("producer of Mexican poppies, consumer of Turkish opium")
        ] == [
            ("producer", ()),
            ("consumer", ("Turkey",)),
        ]

    def test_a_role_is_told_once_with_what_all_its_mentions_say(self) -> None:
        text = (
            "minor producer of opium; transit point for cocaine from Peru; producer of khat; gateway for khat to Chad"
        )
        made, passed = drugs(text)
        assert (made.role, made.substances, made.text) == (
            "producer",
            ("opium", "khat"),
            "producer of opium; transit point for cocaine from Peru; producer of khat",
        )
        assert (passed.role, passed.substances) == ("transit", ("cocaine", "khat"))
        assert (passed.origins, passed.destinations) == (("Peru",), ("Chad",))
        assert [fact.span.cut(text) for fact in (made, passed)] == [made.text, passed.text]

    @pytest.mark.parametrize(
        ("text", "hedged", "read"),
        [
            ("vulnerable to money laundering; money laundering is a problem", False, "money laundering"),
            (
                "weak anti-money-laundering laws, and money laundering is a concern; money laundering goes on",
                False,
                "money laundering",
            ),
            ("lax money-laundering controls make it vulnerable to money laundering", True, None),
            ("possible producer of heroin; may be a producer of opium", True, None),
            ("possible producer of heroin; producer of opium", False, None),
        ],
    )
    def test_only_a_role_that_is_hedged_throughout_is_hedged(self, text: str, hedged: bool, read: str | None) -> None:
        (fact,) = drugs(text)
        assert fact.hedged == hedged
        assert read is None or fact.text.startswith(read)

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["producer of", "transit point for", "consumer of", "cultivation of"]),
                st.sampled_from(["heroin", "opium", "cannabis"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_no_role_is_told_twice(self, said: list[tuple[str, str]]) -> None:
        text = "; ".join(f"{role} {drug}" for role, drug in said)
        facts = drugs(text)
        assert len({fact.role for fact in facts}) == len(facts) == len({role for role, _ in said})
        assert all(fact.span.cut(text) == fact.text for fact in facts)
        assert sum(len(fact.substances) for fact in facts) == len(set(said))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # What stands behind a role is of that role, and not of the one before it.
            (
                "opium producer and minor transit point for Malian heroin destined for Chad",
                [("producer", ("opium",), (), ()), ("transit", ("heroin",), ("Mali",), ("Chad",))],
            ),
            (
                "source of cannabis and a transit point for cocaine from Peru to Europe",
                [("producer", ("cannabis",), (), ()), ("transit", ("cocaine",), ("Peru",), ("Europe",))],
            ),
            (
                "producer of heroin bound for Europe and consumer of cocaine from Peru",
                [("producer", ("heroin",), (), ("Europe",)), ("consumer", ("cocaine",), ("Peru",), ())],
            ),
            # Roles that are joined, or are of the same drugs, share their places.
            (
                "producer and transit point for heroin destined for Chad",
                [("producer", ("heroin",), (), ("Chad",)), ("transit", ("heroin",), (), ("Chad",))],
            ),
            # A sentence is a clause.
            (
                "laboratories make hashish. Togo is a transit point for Malian heroin. It goes to Chad",
                [("producer", ("hashish",), (), ()), ("transit", ("heroin",), ("Mali",), ())],
            ),
        ],
    )
    def test_whose_places_are(
        self, text: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]
    ) -> None:
        assert [(fact.role, fact.substances, fact.origins, fact.destinations) for fact in drugs(text)] == expected

    @pytest.mark.parametrize(
        ("text", "origins", "destinations"),
        [
            (
                "transit point for hashish from Mali to West Europe and Scandinavia and Latin American cocaine to Chad",
                ("Latin America", "Mali"),
                ("West Europe", "Scandinavia", "Chad"),
            ),
            ("transit point for heroin to European and Middle Eastern markets", (), ("Europe", "Middle East")),
            ("transit point for heroin bound for most of the US market", (), ("US",)),
            ("transit point for heroin, close to Peru and with links to Brazil, to Europe", (), ("Europe",)),
            ("transit point for heroin, added to the US list, according to Interpol", (), ()),
            ("transit point for Golden Triangle heroin", ("Golden Triangle",), ()),
            ("transit point for heroin to Mali, but not a major consumer of heroin from Chad", (), ("Mali",)),
            (
                "transit point for southwest and southeast Asian heroin and south American cocaine",
                ("southwest Asia", "southeast Asia", "south America"),
                (),
            ),
            ("not a producer of heroin bound for Chad, but a transit point for heroin to Mali", (), ("Mali",)),
        ],
    )
    def test_no_place_is_an_adjective(self, text: str, origins: tuple[str, ...], destinations: tuple[str, ...]) -> None:
        (fact,) = drugs(text)
        assert (fact.origins, fact.destinations) == (origins, destinations)

    @pytest.mark.parametrize(
        ("text", "role", "substances"),
        [
            ("a sea passage for drugs, mainly cocaine", "transit", ("cocaine",)),
            ("staging area for cocaine", "transit", ("cocaine",)),
            ("facilitates movement of heroin", "transit", ("heroin",)),
            ("supplies cocaine to the US market", "producer", ("cocaine",)),
            ("country of origin of methamphetamine", "producer", ("methamphetamine",)),
            ("produced about 70 metric tons of opium in 1994", "producer", ("opium",)),
            ("cannabis grow operations are raided", "cultivator", ("cannabis",)),
            ("rising cocaine and cannabis use (2013)", "consumer", ("cocaine", "cannabis")),
            ("cannabis and heroin are the most commonly abused drugs", "consumer", ("cannabis", "heroin")),
            ("many consume the opioid tramadol", "consumer", ("opioids", "tramadol")),
            (
                "cocaine, heroin, and various synthetics transit through the port",
                "transit",
                ("cocaine", "heroin", "synthetic drugs"),
            ),
        ],
    )
    def test_words_of_roles(self, text: str, role: str, substances: tuple[str, ...]) -> None:
        (fact,) = drugs(text)
        assert (fact.role, fact.substances) == (role, substances)

    @pytest.mark.parametrize(
        "text", ["supplies water to Mali", "the ministry supplies arms", "of no use", "for local use"]
    )
    def test_words_that_need_a_drug_are_no_role_without_one(self, text: str) -> None:
        assert drugs(text) == []


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # The year behind, in words of many kinds; the year before; the year of the amount before; the cell's.
            ("some 900 hectares of coca under cultivation in 1995", [(900, "hectares", "coca", "cultivation", 1995)]),
            (
                "poppy cultivation in 1999 - 1,570 hectares, a 48% drop from 1998",
                [(1570, "hectares", "poppy", "cultivation", 1999)],
            ),
            (
                "cut coca cultivation from 5,300 hectares in 1995 to 800 hectares at the end of 1997",
                [(5300, "hectares", "coca", "cultivation", 1995), (800, "hectares", "coca", "cultivation", 1997)],
            ),
            (
                "coca cultivation rose to 36,600 hectares between 2001 and the end of 2002",
                [(36600, "hectares", "coca", "cultivation", 2002)],
            ),
            (
                "opium poppy cultivation in 2009 rose 31% over 2008 to 9,500 hectares",
                [(9500, "hectares", "opium poppy", "cultivation", 2009)],
            ),
            (
                "producer of opium (cultivation in 1997-4,100 hectares; potential production-85 metric tons)",
                [
                    (4100, "hectares", "opium", "cultivation", 1997),
                    (85, "metric tons", "opium", "potential production", 1997),
                ],
            ),
            ("a producer; 1988 output of hashish estimated at 20 tons", [(20, "tons", "hashish", "production", 1988)]),
            ("cannabis was grown on 12 acres (2004)", [(12, "acres", "cannabis", "cultivation", 2004)]),
            # What is named behind an amount is of it, and not what is named before.
            (
                "poppy growers; poppy fields of 40 hectares yield a potential 3.8 mt of pure heroin",
                [(40, "hectares", "poppy", None, None), (3.8, "mt", "pure heroin", "potential production", None)],
            ),
            (
                "coca growers lost 60 hectares eradicated by hand in 2011",
                [(60, "hectares", "coca", "eradication", 2011)],
            ),
            ("transit point; police seized 150 kg of heroin in April 2003", [(150, "kg", "heroin", "seizure", 2003)]),
            # What stays: no drug, no land and no weight, a share.
            ("opium production fell 12% in 2003", []),
            ("the port handles 900 tons of fruit", []),
            ("the 12 hectares of the airfield", []),
            ("some 40 addicts of heroin", []),
        ],
    )
    def test_an_amount_is_whole(
        self, text: str, expected: list[tuple[float, str, str, str | None, int | None]]
    ) -> None:
        found = [fact for fact in extract(DRUGS, text, subject="Togo") if isinstance(fact, Quantity)]
        assert [(each.value, each.unit, each.of, *(each.path or (None,)), each.year) for each in found] == expected

    def test_a_cell_without_a_role_stays_text(self) -> None:
        text = "police seized 150 kg of heroin"
        (fact,) = extract(DRUGS, text, subject="Togo")
        assert (fact.type, fact.text) == ("TextValue", text)

    def test_a_range_and_a_qualifier(self) -> None:
        text = "grower of coca on between 3,500 and 5,500 hectares; up to 84 to 176 mt of raw opium"
        found = [fact for fact in extract(DRUGS, text, subject="Togo") if isinstance(fact, Quantity)]
        assert [(each.low, each.high, each.value, each.qualifier) for each in found] == [
            (3500, 5500, None, None),
            (84, 176, None, "up to"),
        ]

    @given(
        value=st.integers(1, 99_999),
        unit=st.sampled_from(["hectares", "metric tons", "kg"]),
        year=st.integers(1985, 2024),
        lead=st.sampled_from(["coca cultivation reached", "transit: opium seizures of", "produces (cannabis output,"]),
    )
    def test_the_text_of_an_amount_holds_its_figure_and_no_half_bracket(
        self, value: int, unit: str, year: int, lead: str
    ) -> None:
        text = f"{lead} {value:,} {unit} in {year}"
        (fact,) = [fact for fact in extract(DRUGS, text, subject="Togo") if isinstance(fact, Quantity)]
        assert (fact.value, fact.unit, fact.year) == (value, unit, year)
        assert f"{value:,} {unit} in {year}" in fact.text
        assert fact.text.count("(") == fact.text.count(")")


@given(
    st.lists(st.sampled_from(["Chad", "Mali", "Kosovo", "the Houthis", "Taiwan", "US"]), min_size=1, unique=True),
    st.sampled_from(["dispute the line", "claim Sand Island", "signed a treaty in 2004"]),
)
def test_each_party_has_its_code_in_its_place(names: list[str], rest: str) -> None:
    codes = {"Chad": "TCD", "Mali": "MLI", "Taiwan": "TWN", "United States": "USA", "Togo": "TGO"}
    found = disputes(f"{', '.join(names)} {rest}")
    assert found
    for fact in found:
        assert list(fact.party_codes) == [codes.get(name) for name in fact.parties]
