"""The tool that weighs JSON."""

import json

import factparse
from tools.weigh_json import weighed

TEXT = "Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n"


def test_the_parts_make_up_the_whole() -> None:
    page = factparse.parse(TEXT)
    told = {line[:24].strip(): float(line[24:]) for line in weighed([page])}
    assert told["all"] == round(len(page.to_json()) / len(TEXT), 2)
    assert told["all, with --full"] > told["all"]
    parts = sum(size for name, size in told.items() if "." in name)
    assert 0.9 * told["all"] < parts < told["all"]
    assert told["facts.field"] == round(2 * len('"field":"Electricity access",') / len(TEXT), 2)


def test_two_pages_weigh_as_much_as_one() -> None:
    page = factparse.parse(TEXT)
    assert [*weighed([page, page])] == [*weighed([page])]
    assert json.loads(page.to_json())["facts"]


def test_no_page() -> None:
    assert [*weighed([])] == ["no page"]
