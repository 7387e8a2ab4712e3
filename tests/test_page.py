"""A page is asked for its rows, cells, facts and sentences in the words of a user."""

from pathlib import Path

import pytest

import factparse
from factparse import DisplacedPersons, NotOnPageError, Quantity, TierRating, UsageError
from tests.made import FIXTURES

TEXT = (
    "Chad vs. Malta\n\nGeography\n\nChad | Malta | |\n"
    "Area | total: 9 sq km land: 8 sq km | total: 7 sq km land: 6 sq km |\n"
    "Coastline | 0 km | 196.8 km |\n"
    "Transnational Issues\n\nChad | Malta | |\n"
    "Refugees and internally displaced persons | refugees: 41 (Sudan) (2020) IDPs: 7 (2019) | none |\n"
)


@pytest.fixture
def page() -> factparse.Page:
    return factparse.parse(TEXT)


class TestRows:
    def test_a_row_and_a_cell_by_name(self, page: factparse.Page) -> None:
        assert page["Coastline"] is page.row("Coastline")
        assert page["Coastline"]["Malta"].text == "196.8 km"
        assert page["Coastline"]["malta"] == page["coastline"]["Malta"]

    def test_any_label_of_any_edition_does(self) -> None:
        page = factparse.parse("Transportation\nChad | Malta | |\nRoadways | 40,000 km | 3,096 km |\n")
        assert page["Highways"] is page.rows[0]

    def test_what_the_page_does_not_have(self, page: factparse.Page) -> None:
        assert page.row("Waterways") is None
        assert ("Waterways" in page, "Area" in page) == (False, True)
        with pytest.raises(KeyError, match=r"Waterways.*'Area', 'Coastline'.*not-on-page"):
            page["Waterways"]
        with pytest.raises(NotOnPageError, match="no cell of 'Togo'; it has cells of 'Chad', 'Malta'"):
            page["Area"]["Togo"]

    def test_what_nobody_has(self, page: factparse.Page) -> None:
        with pytest.raises(UsageError, match=r"no field 'Coastlime'; did you mean 'Coastline'\?"):
            page.row("Coastlime")
        with pytest.raises(NotOnPageError, match="did you mean 'Coastline'"):
            page["Coastlime"]

    def test_pages_and_rows_are_gone_through(self, page: factparse.Page) -> None:
        assert isinstance(page.rows, tuple)
        assert [row.label for row in page] == [row.label for row in page.rows]
        assert [cell.country for cell in page["Area"]] == ["Chad", "Malta"]

    def test_a_row_of_an_editor(self) -> None:
        text = "Chad vs. Malta\nGeography\nChad | Malta | |\nCoastline | 0 km | 5 km |\nOwn row of the site | 1 | 2 |\n"
        page = factparse.parse(text)
        assert page["Own row of the site"]["Chad"].text == "1"
        assert page.facts(field="Own row of the site")


class TestFacts:
    def test_by_class_name_field_and_country(self, page: factparse.Page) -> None:
        persons = page.facts(DisplacedPersons, country="Chad")
        assert [fact.count for fact in persons] == [41, 7]
        assert page.facts("DisplacedPersons", country="TCD") == persons == page.facts(type=[DisplacedPersons])[:2]
        assert len(page.facts(Quantity, country="Malta")) == 3
        assert len(page.facts(field="Area", country="TCD")) == 2
        assert len(page.facts(field=["Area", "Coastline"], country=["Chad", "Malta"])) == 6
        assert page.facts(factparse.Fact) == page.facts()

    def test_what_is_not_there_gives_none(self, page: factparse.Page) -> None:
        assert page.facts(factparse.DrugRole) == page.facts(field="Waterways") == page.facts(country="Togo") == ()

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"type": "Quantities"}, "no-such-type"),
            ({"type": int}, "no-such-type"),
            ({"field": "Coastlime"}, "no-such-field"),
            ({"field": 7}, "no-such-field"),
            ({"country": "Mlata"}, "no-such-country"),
        ],
    )
    def test_what_there_is_not(self, page: factparse.Page, asked: dict[str, object], code: str) -> None:
        with pytest.raises(UsageError) as told:
            page.facts(**asked)  # type: ignore[call-overload]
        assert told.value.code == code
        if isinstance(next(iter(asked.values())), str):
            assert "did you mean" in told.value.message

    def test_the_row_of_a_fact(self, page: factparse.Page) -> None:
        assert {page.row_of(fact).name for fact in page.facts(Quantity)} == {"Area", "Coastline"}
        assert all(fact in page.facts(field=page.row_of(fact).name) for fact in page.facts())

    def test_the_sentence_of_a_fact(self, page: factparse.Page) -> None:
        assert [page.sentence(fact) for fact in page.facts(DisplacedPersons, country="Chad")] == [
            "refugees: 41 (Sudan) (2020)",
            "IDPs: 7 (2019)",
        ]
        assert all(fact.text in page.sentence(fact) for fact in page.facts())

    def test_a_fact_about_another_country_than_its_cell(self) -> None:
        rated = "Trafficking in persons | Tier 2 Watch List: (3 countries) Benin, Fiji, Togo | none |"
        page = factparse.parse(f"Chad vs. Mali\nTransnational Issues\nChad | Mali | |\n{rated}\n")
        facts = page.facts(TierRating)
        assert [fact.subject for fact in facts] == ["Benin", "Fiji", "Togo"]
        assert {page.row_of(fact).label for fact in facts} == {"Trafficking in persons"}
        assert page.sentence(facts[2]).endswith("Benin, Fiji, Togo")

    def test_a_fact_of_another_page(self, page: factparse.Page) -> None:
        with pytest.raises(UsageError, match="not-of-this-page"):
            page.sentence(factparse.extract("Coastline", "5 km", subject="Togo")[0])
        far = factparse.parse(f"{'-' * 40}\n{TEXT}").facts("Quantity")
        with pytest.raises(UsageError, match="not-of-this-page"):
            page.row_of(far[0])
        with pytest.raises(UsageError, match="not-of-this-page"):
            factparse.parse("").row_of(far[0])

    @pytest.mark.parametrize("path", sorted((FIXTURES / "pages").glob("*.txt")), ids=lambda path: path.stem)
    def test_each_fact_of_each_fixture_has_its_row_and_sentence(self, path: Path) -> None:
        for page in factparse.parse_pages(path.read_text(encoding="utf-8")):
            for fact in page.facts():
                assert page.row_of(fact).name == fact.field
                said = "".join(page.sentence(fact).split())
                pieces = [page.text[slice(*fact.span[at : at + 2])] for at in range(0, len(fact.span), 2)]
                assert all("".join(piece.split()) in said for piece in pieces)
