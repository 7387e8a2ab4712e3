"""The tutorials: their code is run as it stands there."""

import gzip
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.made import ROOT

TUTORIALS = ROOT / "docs" / "tutorials"
CELLS = [
    ("Iran", "IR", "Refugees and internally displaced persons", "refugees (country of origin): 90,000 (Afghanistan)"),
    ("Pakistan", "PK", "Refugees and internally displaced persons", "refugees: 110,500 (Afghanistan) (2009)"),
    ("Chad", "CD", "Trafficking in persons", "tier rating: Tier 2 Watch List - Chad is on the list (2009)"),
    ("Chad", "CD", "Disputes - international", "Chad and Niger dispute islands of the lake"),
]


@pytest.fixture
def cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with gzip.open("cells.jsonl.gz", "wt", encoding="utf-8") as file:
        for country, code, field, text in CELLS:
            editions = ["2009", "2010"] if country != "Iran" else ["2010"]
            cell = {"country": country, "code": code, "field": field, "text": text, "editions": editions}
            file.write(json.dumps(cell) + "\n")


@pytest.mark.usefixtures("cells")
@pytest.mark.filterwarnings("ignore")  # what the packages warn of is not ours
def test_all_editions() -> None:
    if importlib.util.find_spec("duckdb") is None:
        pytest.skip("not installed: duckdb; the extra 'recipes' has it")
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", (TUTORIALS / "all_editions.md").read_text("utf-8"), re.DOTALL):
        exec(compile(code, "all_editions", "exec"), names)
    assert names["refugees"] == [("2009", 110_500, 1), ("2010", 200_500, 2)]
    assert names["tiers"] == [("2009", 1, 0), ("2010", 1, 0)]
    assert names["pairs"] == [("NER", "TCD", 2)]
    assert [row[:3] for row in names["words"]] == [
        ("Pakistan", "2009", 110_500),
        ("Pakistan", "2010", 110_500),
        ("Iran", "2010", 90_000),
    ]
