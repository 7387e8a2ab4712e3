"""Every fixture against its golden files; ``tools/regenerate.py`` writes them."""

import json
from pathlib import Path

import pytest

from tools.regenerate import FIXTURES, ROOT, facts_fixture, goldens, inputs, orphans

FOUND = list(inputs())
PAGES = [path for path in FOUND if path.is_relative_to(FIXTURES / "pages")]


def name_of(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


def test_there_are_fixtures_of_each_kind() -> None:
    assert len(PAGES) >= 15
    assert len(FOUND) - len(PAGES) >= 5


def test_no_golden_file_lost_its_input() -> None:
    assert [path.relative_to(ROOT) for path in orphans()] == []


@pytest.mark.parametrize("path", FOUND, ids=name_of)
def test_golden(path: Path) -> None:
    for golden, made in goldens(path).items():
        assert golden.exists(), f"{golden.name} is missing: run tools/regenerate.py"
        assert made == golden.read_text(encoding="utf-8"), f"{golden.name} does not hold; if that is meant, regenerate"


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix == ".txt"], ids=name_of)
def test_the_leaves_of_a_tree_are_its_input(path: Path) -> None:
    """Read back from the golden file, so that the file itself is shown to be lossless."""
    lines = path.with_suffix(".tree").read_text(encoding="utf-8").split("\n")
    leaves = [json.loads(line[line.index(' "') + 1 :]) for line in lines if line.endswith('"')]
    assert "".join(leaves) == path.read_bytes().decode()


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix == ".txt"], ids=name_of)
def test_every_span_of_a_golden_page_cuts_out_its_text(path: Path) -> None:
    text = path.read_bytes().decode()
    for page in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")):
        cells = [cell for section in page["sections"] for row in section["rows"] for cell in row["cells"]]
        assert all(cut(text, found["span"]) == found["text"] for found in [*cells, *page["facts"]])


def cut(text: str, span: list[int]) -> str:
    return "".join(text[start:end] for start, end in zip(span[::2], span[1::2], strict=True))


def test_a_facts_input_is_a_header_and_a_cell() -> None:
    assert facts_fixture("field: Area\nsubject: Malta\n---\n316 sq km\n") == (
        {"field": "Area", "subject": "Malta"},
        "316 sq km",
    )
