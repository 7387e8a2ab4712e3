"""The graph of disputes over many pages."""

import json
import sys
import xml.etree.ElementTree as ElementTree
from itertools import combinations
from math import dist

import attrs
import pytest

import factparse
from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, DisputeClause
from factparse.extract import extract
from factparse.output.dispute_graph import Disputes, disputes
from tools.draw_disputes import OUT, example

FIELD = "Disputes - international"
SVG = "{http://www.w3.org/2000/svg}"


def told(subject: str, text: str) -> tuple[AnyFact, ...]:
    return extract(FIELD, text, subject=subject)


def both_sides() -> Disputes:
    return disputes(
        [
            *told("Fiji", "maritime boundary dispute with Tonga; claims Minerva Reef, occupied by Tonga since 1972"),
            *told(
                "Tonga", "maritime boundary dispute with Fiji; Fiji claims Minerva Reef; none of this concerns Samoa"
            ),
            *told("Chad", "none identified"),
        ]
    )


def test_two_sides_that_tell_one_dispute_make_one_edge() -> None:
    edges = both_sides().of("Fiji", "Tonga").edges
    assert [(edge.kind, edge.places, edge.years) for edge in edges] == [
        ("maritime boundary", (), ()),
        ("territorial sovereignty", ("Minerva Reef",), (1972,)),
    ]
    assert [[evidence.subject for evidence in edge.evidence] for edge in edges] == [["Fiji", "Tonga"]] * 2


def test_the_same_page_twice_adds_no_evidence() -> None:
    facts = told("Fiji", "maritime boundary dispute with Tonga")
    assert disputes([*facts, *facts]) == disputes(facts)


def test_disputes_over_other_places_stay_apart() -> None:
    facts = told("China", "China claims Blue Island, occupied by Japan; China claims Red Island, occupied by Japan")
    assert [edge.places for edge in disputes(facts)] == [("Blue Island",), ("Red Island",)]


def test_an_entry_speaks_for_its_own_country_first() -> None:
    facts = told(
        "South Africa", "smuggling from Lesotho, Zimbabwe, and Mozambique across the border of South Africa persists"
    )
    assert {edge.parties for edge in disputes(facts)} == {
        ("Lesotho", "South Africa"),
        ("South Africa", "Zimbabwe"),
        ("Mozambique", "South Africa"),
    }


def test_claimants_of_a_territory_are_set_against_each_other() -> None:
    facts = told("Spratly Islands", "all islands are claimed by China, Taiwan, and Vietnam")
    assert len(disputes(facts)) == 3


def test_what_is_open_to_one_side_is_open() -> None:
    facts = [
        *told("Fiji", "the boundary dispute with Tonga was settled in 1999"),
        *told("Tonga", "the boundary with Fiji remains undefined"),
    ]
    (edge,) = disputes(facts)
    assert edge.status == "active"


def test_pages_give_their_source_and_spans() -> None:
    row = f"{FIELD} | maritime boundary dispute with Tonga | none |"
    text = f"Fiji vs. Tonga\nTransnational Issues\nFiji | Tonga | |\n{row}\n"
    page = factparse.parse(text)
    (edge,) = disputes([page])
    (evidence,) = edge.evidence
    assert evidence.source == page.source
    assert evidence.span.cut(text) == evidence.text == "maritime boundary dispute with Tonga"


def test_order_of_edges_does_not_depend_on_the_order_of_sides() -> None:
    fiji, tonga = told("Fiji", "maritime boundary dispute with Tonga"), told("Tonga", "dispute with Samoa over a reef")
    there, back = disputes([*fiji, *tonga]), disputes([*tonga, *fiji])
    assert [edge.parties for edge in there] == [edge.parties for edge in back]


def test_networkx_has_an_edge_for_each_dispute() -> None:
    graph = both_sides().to_networkx()
    assert sorted(graph.nodes) == ["Fiji", "Tonga"]
    assert graph.number_of_edges("Fiji", "Tonga") == 2


def test_json_is_node_link_and_carries_the_evidence() -> None:
    made = json.loads(both_sides().to_json(indent=1))
    assert {node["id"] for node in made["nodes"]} == {"Fiji", "Tonga"}
    assert made["edges"][0]["evidence"][0] == {
        "subject": "Fiji",
        "text": "maritime boundary dispute with Tonga",
        "span": [0, 36],
        "source": None,
    }


def test_graphml_is_xml_with_plain_values() -> None:
    root = ElementTree.fromstring(both_sides().to_graphml())
    values = [data.text or "" for data in root.iter("{http://graphml.graphdrawing.org/xmlns}data")]
    assert "Fiji: maritime boundary dispute with Tonga; Tonga: maritime boundary dispute with Fiji" in values
    assert "maritime boundary" in values


def test_without_networkx_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match=r"factparse\[graph\]"):
        both_sides().to_networkx()


def test_no_other_fact_is_a_dispute() -> None:
    facts = extract("Illicit drugs", "transit country for cocaine", subject="Fiji")
    assert facts
    assert not any(isinstance(fact, DisputeClause) for fact in facts)
    assert len(disputes(facts)) == 0


def test_the_drawn_example_is_what_the_tool_draws() -> None:
    assert OUT.read_text(encoding="utf-8") == example().to_svg(), "run python -m tools.draw_disputes"
    assert len(ElementTree.fromstring(example().to_svg()).findall(".//{http://www.w3.org/2000/svg}circle")) == 5


def test_a_picture_has_a_name_for_each_party_and_a_curve_for_each_dispute() -> None:
    names = [f"Land {number:02}" for number in range(60)]
    (clause,) = told("Fiji", "maritime boundary dispute with Tonga")
    assert isinstance(clause, DisputeClause)
    facts = [attrs.evolve(clause, subject=one, parties=(one, two)) for one, two in zip(names, names[7:], strict=False)]
    graph = disputes(facts)
    picture = ElementTree.fromstring(graph.to_svg())
    texts = ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    assert len(graph) == 53
    assert sorted(text for text in texts if text in names) == names
    assert len([path for path in picture.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]) == 53


def test_no_names_of_a_picture_lie_on_each_other_or_outside() -> None:
    graph = example()
    picture = ElementTree.fromstring(graph.to_svg())
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in picture.iter(f"{SVG}circle")]
    assert all(0 < x < width and 0 < y < height for x, y in dots)
    assert min(dist(one, two) for one, two in combinations(dots, 2)) >= 20


def test_a_picture_escapes_foreign_names_and_of_nothing_is_empty() -> None:
    (fact,) = told("Fiji", "maritime boundary dispute with Tonga")
    assert isinstance(fact, DisputeClause)
    hostile = attrs.evolve(fact, parties=("Fiji", "<script>&\u202e"), places=("</title><b>",))
    picture = ElementTree.fromstring(disputes([hostile]).to_svg())
    assert not list(picture.iter(f"{SVG}script"))
    assert "<script>&·" in {text.text for text in picture.iter(f"{SVG}text")}
    assert ElementTree.fromstring(Disputes(()).to_svg()).tag == f"{SVG}svg"
