"""The edition of a fact: the year that its column prints, else that of its page, if somebody asks for it."""

from __future__ import annotations

import json

import attrs
import pytest

import factparse
from factparse.arrow import arrow_schema
from factparse.book import KnownCell
from factparse.output.arrow_tables import arrow_rows, arrow_table
from factparse.output.json import json_lines
from factparse.output.schema import json_schema

FIELDS = ("Coastline", "Electricity access", "Airports", "Capital", "Languages", "Climate", "Terrain", "Waterways")
CELLS = ("5 km", "11% (2021)", "59 (2013)", "name: Alpha", "Alphan 60%, other 40%", "dry; hot", "flat", "600 km (2012)")


def page(*, head: str = "Chad | Mali | |", cells: int = len(FIELDS)) -> str:
    rows = "".join(f"{field} | {cell} | {cell} |\n" for field, cell in list(zip(FIELDS, CELLS, strict=True))[:cells])
    return f"Chad vs. Mali\nGeography\n{head}\n{rows}"


def book(**editions: int) -> factparse.Book:
    """A book in which each edition prints so many of the cells of the page, counted in fields."""
    cells = [
        KnownCell(code, field, cell, tuple(name for name, many in editions.items() if number < many))
        for code in ("CD", "ML")
        for number, (field, cell) in enumerate(zip(FIELDS, CELLS, strict=True))
    ]
    return factparse.Book.build([cell for cell in cells if cell.editions])


class TestPrinted:
    def test_two_editions_of_a_country_are_told_apart(self) -> None:
        text = "Geography\nTogo (2002) | Togo (2010)\nCoastline | 56 km | 57 km |\n"
        read = factparse.parse(text)
        assert [(fact.subject, fact.edition) for fact in read.facts()] == [("Togo", "2002"), ("Togo", "2010")]
        assert [fact["edition"] for fact in json.loads(read.to_json())["facts"]] == ["2002", "2010"]

    def test_a_column_without_a_year_has_none(self) -> None:
        read = factparse.parse(page(head="Chad (2004) | Mali | |", cells=2))
        assert {(fact.subject, fact.edition) for fact in read.facts()} == {("Chad", "2004"), ("Mali", None)}

    def test_a_lone_cell_has_that_of_its_country(self) -> None:
        read = factparse.parse(page(head="Chad (2004) | Mali (2008) | |", cells=1))
        (section,) = read.sections
        row = attrs.evolve(section.rows[0], cells=section.rows[0].cells[1:])
        lone = attrs.evolve(read, sections=(attrs.evolve(section, rows=(row,)),))
        assert [(fact.subject, fact.edition) for fact in lone.facts()] == [("Mali", "2008")]

    def test_nobodys_cell_has_none(self) -> None:
        read = factparse.parse(
            "Geography\nTogo (2002) | Togo (2010) | |\nArea | 5 sq km | 6 sq km |\nCoastline | 5 km | |\n"
        )
        assert [(fact.subject, fact.edition) for fact in read.facts()][2:] == [(None, None)]

    def test_nothing_is_remembered_of_another_page(self) -> None:
        dated = factparse.parse(page(head="Chad (2004) | Mali (2008) | |"))
        plain = factparse.parse(page())
        assert {fact.edition for fact in dated.facts()} == {"2004", "2008"}
        assert {fact.edition for fact in plain.facts()} == {None}

    def test_editions_are_no_change(self) -> None:
        before, after = (factparse.parse(page(head=f"Chad ({year}) | Mali ({year}) | |")) for year in (2004, 2008))
        assert factparse.diff(before, after) == ()
        assert (
            factparse.diff(factparse.parse("Geography\nTogo (2002) | Togo (2010)\nCoastline | 56 km | 56 km |\n")) == ()
        )


class TestKnown:
    @pytest.mark.parametrize(
        ("editions", "expected"),
        [
            ({"2023": 8}, "2023"),
            ({"2022": 7, "2023": 8}, "2023"),
            ({"2022": 8, "2023": 8}, None),  # both print the page
            ({"2023": 7}, None),  # seven of eight are fewer than nine in ten
            ({}, None),
        ],
    )
    def test_the_best_edition_that_is_alone_and_prints_nine_in_ten(
        self, editions: dict[str, int], expected: str | None
    ) -> None:
        read = factparse.parse(page(), books=[book(**editions)] if editions else [])
        assert read.edition == expected
        assert {fact.edition for fact in read.facts(editions=True)} == {expected}
        assert {fact.edition for fact in read.facts()} == {None}

    def test_what_the_column_prints_is_believed_before(self) -> None:
        read = factparse.parse(page(head="Chad (2004) | Mali | |"), books=[book(**{"2023": 8})])
        found = {(fact.subject, fact.edition) for fact in read.facts(editions=True)}
        assert found == {("Chad", "2004"), ("Mali", "2023")}

    def test_nothing_is_looked_up_unless_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def looked_up(_self: factparse.Page) -> None:
            raise AssertionError("nobody asked for editions")

        read = factparse.parse(page(), books=[book(**{"2023": 8})])
        monkeypatch.setattr(factparse.Page, "looked_up", looked_up)
        read.facts()
        read.to_json()
        json_lines(read, "facts")
        arrow_rows(read, "facts")
        with pytest.raises(AssertionError, match="nobody asked"):
            read.to_json(editions=True)

    def test_every_writer_has_it(self) -> None:
        read = factparse.parse(page(), books=[book(**{"2023": 8})])
        facts = [json.loads(line) for line in json_lines(read, "facts", editions=True)]
        assert {fact["edition"] for fact in facts} == {"2023"}
        assert {fact["edition"] for fact in json.loads(read.to_json(editions=True))["facts"]} == {"2023"}
        table = arrow_table(arrow_rows(read, "facts", editions=True), "facts", editions=True)
        assert set(table.column("edition").to_pylist()) == {"2023"}
        assert set(read.to_frame(engine="pandas", editions=True)["edition"]) == {"2023"}
        assert "edition" not in read.to_frame(engine="pandas")


class TestCodes:
    def test_facts_carry_the_code_of_the_factbook(self) -> None:
        facts = factparse.parse(page()).facts()
        assert {(fact.subject_code, fact.subject_gec) for fact in facts} == {("TCD", "CD"), ("MLI", "ML")}
        kosovo, nobody = (factparse.extract("Area", "5 km", subject=name)[0] for name in ("Kosovo", "Atlantis"))
        assert (kosovo.subject_code, kosovo.subject_gec) == (None, "KV")
        assert (nobody.subject_code, nobody.subject_gec) == (None, None)

    def test_a_country_of_a_list_has_its_own(self) -> None:
        text = "Tier 2 Watch List: (2 countries) Peru, Kosovo (2013)"
        facts = factparse.extract("Trafficking in persons", text, subject="World")
        assert [(fact.subject, fact.subject_gec) for fact in facts] == [("Peru", "PE"), ("Kosovo", "KV")]

    def test_codes_stand_beside_names_everywhere(self) -> None:
        kinds = json_schema()["$defs"]
        assert "origin_code" in kinds["DisplacedPersons"]["properties"]
        assert "party_codes" in kinds["DisputeClause"]["properties"]
        assert all({"subject_gec", "edition"} <= {*kinds[name]["properties"]} for name in ("Quantity", "TierRating"))
        names = arrow_schema("facts").names
        assert {"origin_code", "party_codes", "subject_gec", "edition"} <= {*names}

    def test_a_party_without_a_code_keeps_its_place(self) -> None:
        (fact,) = factparse.extract("Disputes - international", "Kosovo and Serbia dispute the line", subject="Serbia")
        assert isinstance(fact, factparse.DisputeClause)
        assert (fact.parties, fact.party_codes) == (("Kosovo", "Serbia"), (None, "SRB"))
        table = arrow_table([], "facts")
        assert table.num_rows == 0
        (row,) = factparse.frame([fact], engine="pandas").to_dict("records")
        assert row["party_codes"] == (None, "SRB")
