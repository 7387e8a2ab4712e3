"""The tools that draw what facts of editions tell."""

import gzip
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tools.draw_disputes import busiest, of_edition
from tools.draw_history import origins_svg, refugees, tiers, tiers_svg
from tools.editions import cells_of

SVG = "{http://www.w3.org/2000/svg}"
FLED = "Refugees and internally displaced persons"
CELLS = (
    ("Chad", FLED, "refugees (country of origin): 300,000 (Sudan) (2008)", ["2008", "2009"]),
    ("Kenya", FLED, "refugees (country of origin): 100,000 (Sudan), 200,000 (Somalia) (2009)", ["2009"]),
    ("Chad", "Trafficking in persons", "tier rating: Tier 2 Watch List - (2009)", ["2008", "2009"]),
    ("Kenya", "Trafficking in persons", "tier rating: Tier 3 - (2009)", ["2009"]),
    ("Fiji", "Disputes - international", "maritime boundary dispute with Tonga", ["2021-07"]),
    ("Chad", "Disputes - international", "land boundary dispute with Sudan", ["2009"]),
)


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    names = ("country", "field", "text", "editions")
    with gzip.open(tmp_path / "cells.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(names, cell, strict=True))) + "\n" for cell in CELLS)
    return tmp_path


def test_refugees_are_summed_by_origin_and_edition(editions: Path) -> None:
    found = refugees(editions)
    assert found == {"2008": {"Sudan": 300_000}, "2009": {"Sudan": 400_000, "Somalia": 200_000}}
    picture = ElementTree.fromstring(origins_svg(found))
    texts = {text.text for text in picture.iter(f"{SVG}text")}
    assert {"Sudan", "Somalia", "2008", "2009"} <= texts


def test_tiers_are_counted_by_edition(editions: Path) -> None:
    found = tiers(editions)
    assert found == {"2008": {"Tier 2 Watch List": 1}, "2009": {"Tier 2 Watch List": 1, "Tier 3": 1}}
    bars = [title.text for title in ElementTree.fromstring(tiers_svg(found)).iter(f"{SVG}title")]
    assert {"2009, Tier 3: 1", "2008, Tier 3: 0"} <= set(bars)


def test_disputes_of_an_edition_are_drawn(editions: Path) -> None:
    assert [dispute.parties for dispute in of_edition(editions)] == [("Fiji", "Tonga")]
    assert len(busiest(of_edition(editions), 1)) == 0


def test_cells_of_a_field_are_found_by_any_of_its_labels(editions: Path) -> None:
    assert [cell.country for cell in cells_of(editions, "Trafficking in persons")] == ["Chad", "Kenya"]
