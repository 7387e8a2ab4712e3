"""Only what is asked for is read, and it is what would be read anyway."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import factparse
from factparse.cli import cli
from factparse.core.errors import UsageError
from factparse.extract import CELLS, may_give
from tests.made import FIXTURES, lines_of

TEXT = (
    "Chad vs. Malta\n\nGeography\n\nChad | Malta | |\n"
    "Area | total: 9 sq km land: 8 sq km | total: 7 sq km land: 6 sq km |\n"
    "Coastline | 0 km | 196.8 km |\n"
    "Transnational Issues\n\nChad | Malta | |\n"
    "Refugees and internally displaced persons | refugees: 41 (Sudan) (2020) IDPs: 7 (2019) | none |\n"
    "Trafficking in persons | tier rating: Tier 3 - no efforts (2020) | tier rating: Tier 2 (2020) |\n"
    "People and Society\n\nChad | Malta | |\n"
    "Background | Some 300 islands were sold in 1899. | none |\n"
)
ASKED: list[dict[str, Any]] = [
    {"type": "TierRating"},
    {"type": ["Quantity", "DisplacedPersons"]},
    {"field": "Area"},
    {"field": ["Coastline", "Trafficking in persons"], "country": "Malta"},
    {"country": "TCD"},
    {"type": "Quantity", "country": "Malta"},
    {"min_confidence": 1.0},
    {"min_confidence": 0.5, "type": "Dated"},
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """The field and country of each cell whose facts are read from now on."""
    found: list[tuple[str, str | None]] = []
    whole = CELLS.facts

    def noted(context: Any) -> Any:  # noqa: ANN401
        found.append((context.field, context.subject))
        return whole(context)

    monkeypatch.setattr(CELLS, "facts", noted)
    return found


class TestPages:
    @pytest.mark.parametrize("asked", ASKED, ids=str)
    def test_it_is_what_would_be_chosen_of_all(self, asked: dict[str, Any]) -> None:
        page = factparse.parse(TEXT)
        some = page.only(**asked).facts()
        least = asked.get("min_confidence", 0)
        chosen = {name: value for name, value in asked.items() if name != "min_confidence"}
        assert some == tuple(fact for fact in page.facts(**chosen) if fact.confidence >= least)
        assert len(some) < len(page.facts()) or least == 0.5

    @pytest.mark.parametrize(
        ("asked", "cells"),
        [
            ({"type": "TierRating"}, 2),
            ({"field": "Area"}, 2),
            ({"field": "Area", "country": "Malta"}, 1),
            ({"type": "DrugRole"}, 0),
            ({"min_confidence": 1.0}, 0),
        ],
    )
    def test_nothing_else_is_read(self, asked: dict[str, Any], cells: int, read: list[object]) -> None:
        factparse.parse(TEXT).only(**asked).facts()
        assert len(read) == cells

    def test_figures_of_prose_are_chosen_too(self) -> None:
        page = factparse.parse(TEXT).only(type="Quantity", field="Background").with_prose()
        assert [(fact.type, getattr(fact, "value", 0)) for fact in page.facts()] == [("Quantity", 300)]

    def test_lists_of_the_world_tell_of_countries(self) -> None:
        text = (
            "World vs. Malta\nTransnational Issues\nWorld | Malta | |\n"
            "Trafficking in persons | Tier 2 Watch List: (2 countries) Peru, Kosovo (2013) | none |\n"
        )
        page = factparse.parse(text)
        assert page.only(country="Peru").facts() == page.facts(country="Peru") != ()

    def test_editions_stay_with_their_columns(self) -> None:
        page = factparse.parse("Geography\nChad (2004) | Mali (2008) | |\nCoastline | 5 km | 7 km |\n")
        assert [fact.edition for fact in page.only(country="Mali").facts()] == ["2008"]

    def test_every_field_gives_what_it_says(self) -> None:
        paths = sorted((FIXTURES / "facts").rglob("*.json"))
        assert paths
        for path in paths:
            for fact in factparse.facts_from_json(path.read_text(encoding="utf-8")):
                assert may_give(fact.field, frozenset({fact.type}))


class TestConvert:
    @pytest.mark.parametrize("asked", ASKED, ids=str)
    @pytest.mark.parametrize("emit", ["facts", "rows", "pages"])
    def test_outputs_hold_what_is_asked_for(self, tmp_path: Path, asked: dict[str, Any], emit: Any) -> None:  # noqa: ANN401
        (tmp_path / "a.txt").write_text(TEXT)
        (tmp_path / "b.txt").write_text(TEXT.replace("Chad", "Mali").replace("Malta", "Togo"))
        factparse.convert(tmp_path / "a.txt", tmp_path / "out.jsonl", emit=emit, **asked)
        page = factparse.parse(TEXT).only(**asked)
        found = lines_of(tmp_path / "out.jsonl")
        if emit == "facts":
            assert tuple(map(factparse.Fact.from_dict, found)) == page.facts()
        elif emit == "rows":
            assert [row["label"] for row in found] == [row.label for row in page]
        elif page.sections:
            assert [fact["text"] for fact in found[0]["facts"]] == [fact.text for fact in page.facts()]
        else:
            assert found == []

    def test_pages_without_the_country_are_left_out(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").write_text(TEXT)
        (tmp_path / "in" / "b.txt").write_text(TEXT.replace("Chad", "Mali").replace("Malta", "Togo"))
        summary = factparse.convert(tmp_path / "in", tmp_path / "out.jsonl", country=["Togo"])
        assert (summary.pages, summary.records, summary.others) == (1, 2, 1)

    def test_the_command(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT)
        options = ["--field", "Area", "--field", "Coastline", "--country", "Malta", "--type", "Quantity"]
        done = CliRunner().invoke(
            cli,
            ["convert", str(tmp_path / "a.txt"), "-o", "-", "--emit", "facts", "--min-confidence", "0.1", *options],
        )
        assert done.exit_code == 0
        assert {json.loads(line)["field"] for line in done.stdout.splitlines()} == {"Area", "Coastline"}

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"type": "Tier"}, "no-such-type"),
            ({"field": "Aera"}, "no-such-field"),
            ({"country": ["Chda"]}, "no-such-country"),
            ({"min_confidence": 5}, "bad-option"),
        ],
    )
    def test_what_there_is_not_is_told_before_the_run(self, tmp_path: Path, asked: dict[str, Any], code: str) -> None:
        (tmp_path / "a.txt").write_text(TEXT)
        with pytest.raises(UsageError) as told:
            factparse.convert(tmp_path / "a.txt", tmp_path / "out.jsonl", **asked)
        assert told.value.code == code
        assert not (tmp_path / "out.jsonl").exists()
