"""Scripts that compare: facts with the nodes they were read from, and two versions' facts of the same pages."""

import copy
import json
from pathlib import Path

import pytest

from benchmarks import first_page, history, instructions
from factparse import parse
from factparse.extract import cell_tree, extract
from factparse.language import Value
from tools import compare_facts, compare_nodes

CELL = "Kazakh 68%, Russian 19.3% (2009 est.)"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Ethnic groups", CELL),
        ("Area", "total: 1,234 sq km\nland: NA"),
        ("Refugees and internally displaced persons", "IDPs: 1.2 million (2020)\nstateless persons: undetermined"),
        ("Geographic coordinates", "32 30 N, 45 10 E"),
        ("Agricultural products", "rice, yams, cattle"),
        ("Disputes - international", "Chad claims the Aozou Strip; none with Mali"),
    ],
)
def test_facts_have_their_nodes(field: str, text: str) -> None:
    facts = extract(field, text)
    tree = cell_tree(field, text)
    assert facts
    assert all(compare_nodes.has_node(fact, text, tree, 0) for fact in facts)
    assert not any(compare_nodes.has_node(fact, text, Value("cell", 0, len(text)), 0) for fact in facts)


def test_a_figure_of_another_value_is_no_node_of_the_fact() -> None:
    fact = extract("Ethnic groups", CELL)[0]
    other = CELL.replace("68", "67")
    assert not compare_nodes.has_node(fact, other, cell_tree("Ethnic groups", other), 0)


def test_a_node_of_another_place_is_none_of_the_fact() -> None:
    fact = extract("Ethnic groups", CELL)[1]
    tree = cell_tree("Ethnic groups", CELL)
    assert compare_nodes.has_node(fact, CELL, tree, 0)
    assert not compare_nodes.has_node(fact, CELL, tree, 40)


def test_nodes_of_pages_are_counted(pages: Path) -> None:
    checked = [one for path in sorted(pages.glob("*.txt")) for one in compare_nodes.check_page(path.read_text())]
    figures = [one for one in checked if one.fact.type in {"Quantity", "Share", "DisplacedPersons", "Item"}]
    assert len(figures) > 100
    assert all(one.found for one in figures)
    lines = list(compare_nodes.report([*checked, figures[0]._replace(found=False)], show=1))
    assert lines[-1].startswith(f"all: {sum(one.found for one in checked)} of {len(checked) + 1} (")
    assert any(line == f"    {figures[0].fact.field}: {figures[0].fact.text!r}" for line in lines)


def test_the_same_pages_do_not_differ(pages: Path) -> None:
    page = json.loads(parse((pages / "glued.txt").read_text()).to_json())
    assert page["facts"]
    assert not list(compare_facts.differences(page, copy.deepcopy(page)))


def test_every_difference_is_told(pages: Path) -> None:
    old = json.loads(parse((pages / "glued.txt").read_text()).to_json())
    new = copy.deepcopy(old)
    row = new["sections"][0]["rows"][0]
    row["confidence"] = 0.5
    row["cells"][0]["text"] += "!"
    gone = new["facts"].pop(0)
    new["facts"][3]["field"] = "Area of no land"
    numbers = next(fact for fact in new["facts"][4:] if fact["type"] == "Quantity" and isinstance(fact["value"], int))
    numbers["value"] = float(numbers["value"])
    kinds = sorted(difference.kind for difference in compare_facts.differences(old, new))
    kind = old["facts"][4]["type"]
    assert kinds == sorted(
        ["row.confidence", "cell.text", f"{gone['type']} gone", f"{kind}.field", "Quantity.value"],
    )


def test_differences_are_counted_with_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fact = {"type": "Item", "field": "Ports", "subject": "Chad", "text": "x", "name": "x", "span": [0, 1]}
    pages = [{"sections": [], "facts": [fact]}, {"sections": [], "facts": [{**fact, "name": "y"}]}]
    for name, page in zip(("old", "new"), pages, strict=True):
        (tmp_path / name).write_text((json.dumps(page) + "\n") * 2 + "{}\n" * (name == "new"))
    found = list(compare_facts._compared(tmp_path / "old", tmp_path / "new"))
    assert list(compare_facts.report(found, show=1)) == [
        "3 differences of 2 kinds",
        "2 Ports: Item.name",
        '    "x" -> "y"',
        "1 page: page added",
        "    - -> -",
    ]


def test_what_each_process_adds_is_the_cost_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(_checkout: Path, texts: list[str], _given: str) -> int:
        new = len(set(texts))
        return 1000 + 10 * new + 3 * (len(texts) - new)

    monkeypatch.setattr(instructions, "instructions", counted)
    pages = [f"page {number}" for number in range(8)]
    assert instructions.cost(Path(), pages) == (10, 3)


def test_pages_are_taken_evenly(tmp_path: Path) -> None:
    corpus = tmp_path / "pages.jsonl"
    corpus.write_text("".join(json.dumps({"text": str(number)}) + "\n" for number in range(10)))
    assert instructions.corpus(corpus, 3) == ["0", "3", "6"]
    assert len(instructions.corpus(corpus, 20)) == 10


def test_processor_time_is_that_of_the_process() -> None:
    busy = first_page.processor_seconds("-c", "sum(range(10**7))")
    assert busy > first_page.processor_seconds("-c", "import time; time.sleep(0.3)")


def test_a_count_is_compared_with_the_last_one_of_the_same_python() -> None:
    lines = [json.dumps({"python": python, "w": 2.0, "cold": cold}) for python, cold in (("3.11", 9), ("3.12", 5))]
    assert history.last([*lines, *lines[:1]], "3.11") == {"python": "3.11", "w": 2.0, "cold": 9}
    assert history.last(lines, "3.12") == {"python": "3.12", "w": 2.0, "cold": 5}
    assert history.last(lines, "3.13") is None


def test_what_a_count_grew_by_is_told_over_the_word_loop() -> None:
    before = {"w": 2.0, "cold": 8.0, "repeated": 4.0}
    assert history.growth(before, {"w": 4.0, "cold": 16.0, "repeated": 4.0}) == {"cold": 1.0, "repeated": 0.5}


def test_more_than_a_tenth_more_instructions_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "history.jsonl"
    line = {
        "date": "2020-01-01",
        "parent": "0000000",
        "python": history._PYTHON,
        "w": 2.0,
        "cold": 8.0,
        "repeated": 4.0,
    }
    lines.write_text(json.dumps(line) + "\n")
    monkeypatch.setattr(history, "HISTORY", lines)
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(history, "counted", lambda checkout: {**line, "repeated": 4.3})
    monkeypatch.setattr("sys.argv", ["history", "--most", "1.1", "--add"])
    history.main()
    assert "0.465 W, 1.075 times that of 2020-01-01 (0000000)" in capsys.readouterr().out
    assert len(lines.read_text().splitlines()) == 2
    monkeypatch.setattr(history, "counted", lambda checkout: {**line, "repeated": 4.8})
    with pytest.raises(SystemExit, match=r"more than 1\.1 times"):
        history.main()
    monkeypatch.setattr("shutil.which", lambda name: None)
    history.main()
    assert "valgrind is not installed" in capsys.readouterr().out
