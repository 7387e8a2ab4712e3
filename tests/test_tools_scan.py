"""The scan of all cells: each detector finds its fault in wrong facts, and is silent about right ones."""

import gzip
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from factparse.core.facts import (
    AnyFact,
    Coordinates,
    DisputeClause,
    DrugRole,
    Item,
    Quantity,
    Share,
    TextValue,
)
from factparse.core.spans import Span
from tools import scan_cells
from tools.scanning import digits, ranks, table
from tools.scanning.cells import Cell, Printed, sample, stream
from tools.scanning.scan import DETECTORS, Scan


class Fact(NamedTuple):
    """A fact of a class, read from ``text``, with its own fields."""

    kind: type[AnyFact]
    text: str
    own: dict[str, Any]


def q(text: str, **own: object) -> Fact:
    return Fact(Quantity, text, {"value": None, **own})


def share(text: str, **own: object) -> Fact:
    return Fact(Share, text, {"percent": None, **own})


def entry(text: str, name: str = "", **own: object) -> Fact:
    return Fact(Item, text, {"name": name or text, **own})


def words(text: str, value: str = "", **own: object) -> Fact:
    return Fact(TextValue, text, {"value": value or text, **own})


def place(text: str, *path: str) -> Fact:
    return Fact(Coordinates, text, {"path": path, "latitude": 1.0, "longitude": 2.0})


def clause(text: str, **own: object) -> Fact:
    return Fact(DisputeClause, text, {"kind": "other", "status": "unclear", **own})


def drugs(text: str, role: str, **own: object) -> Fact:
    return Fact(DrugRole, text, {"role": role, **own})


def cell(field: str, text: str, facts: tuple[Fact, ...]) -> Cell:
    """Return a cell of Chad with the facts given, and no others."""
    made = Cell(Printed("Chad", field, text, ("2012",)))
    at = 0
    found: list[AnyFact] = []
    for fact in facts:
        start = text.find(fact.text, at)
        start = start if start >= 0 else text.index(fact.text)
        at = start + 1
        carried: dict[str, Any] = {"subject": "Chad", "subject_code": "TCD", "topic": None, "field": field}
        span = Span((start, start + len(fact.text)))
        found.append(fact.kind(**carried, text=fact.text, span=span, **fact.own))
    made.facts = tuple(found)
    return made


# The kind, the field, its text, wrong facts, right ones.
CASES: list[tuple[str, str, str, tuple[Fact, ...], tuple[Fact, ...]]] = [
    (
        "A2",
        "Sex ratio",
        "lake shore: 4%; hill country: 6%",
        (q("4%", path=("lake shore",)), q("hill country: 6%", path=("lake shore",))),
        (q("4%", path=("lake shore",)), q("6%", path=("hill country",))),
    ),
    # A sentence may go on with the parts of what it counts; a label before more than that is none of them.
    (
        "A2",
        "Broadcast media",
        "2 stations: 9",
        (q("2 stations", value=2), q("9", value=9)),
        (q("2 stations", value=12), q("9", value=9)),
    ),
    (
        "A2",
        "Government type",
        "it includes: 1. a pact; it holds: 9",
        (q("1. a pact; it holds: 9", value=9),),
        (q("1. a pact", value=1), q("9", of="holds", value=9)),
    ),
    ("A2", "Broadcast media", "fixed-line: 9", (q("9", of="mobile"),), (q("fixed-line: 9", of="fixed-line"),)),
    (
        "A3",
        "Economic aid",
        "donor commitments (1971-88), $14 million",
        (q("$14 million"),),
        (q("(1971-88), $14 million", date="1971-88"),),
    ),
    (
        "A4",
        "National air transport system",
        "carriers: 3 (2016) fleet: 21 passengers: 90,000 (2019)",
        (
            q("3 (2016)", path=("carriers",), date="2016"),
            q("21", path=("fleet",), date="2019"),
            q("90,000 (2019)", path=("passengers",), date="2019"),
        ),
        (
            q("3 (2016)", path=("carriers",), date="2016"),
            q("21", path=("fleet",)),
            q("90,000 (2019)", path=("passengers",), date="2019"),
        ),
    ),
    # What closes the text under a label dates all of it; what closes another label's does not.
    (
        "A4",
        "Telecommunication systems",
        "domestic: 3 (2016) international: code 21, earth stations 9 (2019)",
        (
            q("3 (2016)", path=("domestic",), date="2016"),
            q("code 21", path=("code",), date="2019"),
            q("earth stations 9 (2019)", path=("international",), date="2019"),
        ),
        (
            q("3 (2016)", path=("domestic",), date="2016"),
            q("code 21", path=("international",), date="2019"),
            q("earth stations 9 (2019)", path=("international", "stations"), date="2019"),
        ),
    ),
    ("A5", "Labor force", "$NA (2003)", (q("$NA (2003)"),), (q("$NA (2003)", date="2003"),)),
    (
        "A5",
        "Exchange rates",
        "NA (2003), 512.4 (2002)",
        (q("NA (2003), 512.4 (2002)", value=512.4, date="2003"),),
        (q("NA (2003)", date="2003"), q("512.4 (2002)", value=512.4, date="2002")),
    ),
    (
        "A5",
        "Debt - external",
        "$4 (yearend 2001 est.)",
        (q("$4 (yearend 2001 est.)"),),
        (q("$4 (yearend 2001 est.)", year=2001),),
    ),
    (
        "A6",
        "Executive branch",
        "President A. Head of Government: Premier B",
        (words("President A. Head of Government: Premier B"),),
        (words("President A"), words("Premier B", path=("Head of Government",))),
    ),
    (
        "A7",
        "Independence",
        "none (a territory under the treaty of 3 May 1899)",
        (words("none (a territory under the treaty of 3 May 1899)", year=1899),),
        (words("none (a territory under the treaty of 3 May 1899)"),),
    ),
    (
        "A8",
        "Geographic coordinates",
        "West Isle: 1 00 N, 2 00 E East Isle: 1 10 N, 2 20 E",
        (place("1 00 N, 2 00 E", "West Isle"), place("1 10 N, 2 20 E", "West Isle")),
        (place("1 00 N, 2 00 E", "West Isle"), place("1 10 N, 2 20 E", "East Isle")),
    ),
    (
        "A9",
        "Labor force - by occupation",
        "herding, hunting, and crafts: 7%",
        (q("7%", path=("crafts",)),),
        (q("7%", path=("herding, hunting, and crafts",)),),
    ),
    ("A10", "Political parties", "north: Reds, south: Blues", (entry("south: Blues"),), (entry("Blues"),)),
    ("A11", "Age structure", "(male 10; female 9) (2003 est.)", (q("female 9) (2003 est.)"),), (q("female 9"),)),
    ("A12", "Public debt", "41% (of GDP)", (q("41% (of GDP)", note="of GDP"),), (q("41% (of GDP)", of="GDP"),)),
    (
        "A12",
        "Agricultural products",
        "accounts for 30% of GDP",
        (entry("accounts for 30% of GDP"),),
        (q("30% of GDP", of="GDP"),),
    ),
    (
        "A12",
        "Broadcast media",
        "accounts for 30% of all phones (of which 2 are old)",
        (q("30% of all phones", of="all"),),
        (q("30% of all phones", of="phones", note="of which 2 are old"),),
    ),
    (
        "A13",
        "Maritime claims",
        "200 nm or to the edge",
        (q("200 nm or to the edge", of="or to the edge"),),
        (q("200 nm", unit="nm"),),
    ),
    (
        "A14",
        "Land boundaries",
        "Spain (Ceuta) 8 km",
        (q("8 km"),),
        (q("Spain (Ceuta) 8 km", of="Spain", note="Ceuta"),),
    ),
    (
        "A15",
        "Merchant marine",
        "4 grain, ore, and cement carrier",
        (q("4 grain", unit="grain"),),
        (q("4 grain, ore, and cement carrier", of="grain, ore, and cement carrier"),),
    ),
    (
        "A16",
        "Railways",
        "510 electrified",
        (q("510 electrified", unit="electrified"),),
        (q("510 electrified", of="electrified"),),
    ),
    (
        "A16",
        "Military deployments",
        "est. 40 Mali",
        (q("40 Mali", path=("est.",)),),
        (q("est. 40 Mali", qualifier="est."),),
    ),
    ("A16", "Maritime claims", "200/350 nm", (q("200"), q("350 nm", unit="nm")), (q("200/350 nm", unit="nm"),)),
    ("A17", "Waterways", "82-km canal", (q("82-km", path=("the",)),), (q("82-km canal", of="canal"),)),
    ("A17", "Average household expenditures", "in food: 5%", (q("5%", of="in wine"),), (q("5%", path=("in food",)),)),
    ("A18", "Merchant marine", "Japan 2007, May 2007", (q("May 2007", value=2007),), (q("Japan 2007", value=2007),)),
    ("A18", "Illicit drugs", "as of 2021 there were", (q("of 2021", value=2021),), (q("of 2021", value=None),)),
    ("B1", "Net migration rate", "- 7 migrants", (q("7 migrants", value=7),), (q("- 7 migrants", value=-7),)),
    ("B1", "Real GDP growth rate", "growth rate - 2%", (q("2%", value=2),), (q("- 2%", value=-2),)),
    (
        "B2",
        "Languages",
        "Guaran&iacute; 5%",
        (share("Guaran&iacute; 5%", name="Guaran&iacute;"),),
        (share("Guaran&iacute; 5%", name="Guaraní"),),
    ),
    (
        "B3",
        "Public debt",
        "4 km (3 May 2013 es)",
        (q("4 km (3 May 2013 es)"),),
        (q("4 km (3 May 2013 es)", year=2013),),
    ),
    ("B3", "Public debt", "4 km (est.)", (q("4 km (est.)", note="est."),), (q("4 km (est.)", estimated=True),)),
    ("B4", "Maritime claims", "12 NM", (q("12 NM", of="NM"),), (q("12 NM", unit="nm"),)),
    (
        "B5",
        "Death rate",
        "NA deaths/1,000 population",
        (words("NA deaths/1,000 population"),),
        (q("NA deaths/1,000 population", unit="deaths/1,000"),),
    ),
    (  # the words behind NA may be the next label
        "B5",
        "Electricity",
        "NA kilos per head; production: NA consumption per head: 12 kWh",
        (words("NA kilos per head"), words("NA consumption")),
        (q("NA kilos per head", unit="kilos"), words("NA consumption")),
    ),
    ("B6", "Child marriage", "9% (2015/16)", (q("9% (2015/16)"),), (q("9% (2015/16)", period="2015/16"),)),
    (
        "B7",
        "Military service age and obligation",
        "17 1/2 years",
        (q("17 1/2 years", value=17),),
        (q("17 1/2 years", value=17.5),),
    ),
    ("B8", "Literacy", "age 15 and over can read", (q("15", value=15),), (words("age 15 and over can read"),)),
    (  # the definition may stand in the text of the rate
        "B8",
        "Literacy",
        "71% age 15 and over having completed 5 grades",
        (q("71%", value=71, unit="%"), q("age 15 and over having completed 5 grades", value=5)),
        (q("71% age 15 and over having completed 5 grades", value=71, unit="%"),),
    ),
    (
        "B9",
        "Railways",
        "0.914-meter narrow gauge",
        (q("0.914-meter", value=0.914),),
        (words("0.914-meter narrow gauge"),),
    ),
    ("B10", "Exports", "wares--salt $4", (q("wares--salt $4", of="wares--salt"),), (q("salt $4", of="salt"),)),
    ("B10", "Elections", "seats--(33 total) Reds 20", (q("33", unit="years"),), (q("33", unit="seats"),)),
    (
        "B11",
        "Total water withdrawal",
        "(13%/5%/82%)",
        (q("13%"), q("5%"), q("82%")),
        (q("13%", of="domestic"), q("5%", of="industrial"), q("82%", of="agricultural")),
    ),
    (
        "B12",
        "Administrative divisions",
        "3 cantons (singular - canton)",
        (entry("singular - canton"),),
        (q("3 cantons"),),
    ),
    ("B13", "Crude oil - production", "5 bbl (37257)", (q("37257", value=37257),), (q("5 bbl", value=5),)),
    ("B14", "Religions", "Sunni8.1", (entry("Sunni8.1"),), (share("Sunni8.1", name="Sunni"),)),
    ("B14", "Religions", "Sunni 8.1", (q("8.1", value=8.1),), (share("Sunni 8.1", name="Sunni"),)),
    (  # cables and parties have numbers in their names
        "B14",
        "Languages",
        "Sara22",
        (entry("Sara22"),),
        (share("Sara22", name="Sara"),),
    ),
    (  # an apostrophe printed as a quote is none
        "B16",
        "National anthem(s)",
        '"Ode" (The King"s Song"',
        (words('"Ode" (The King"s Song"'),),
        (words('"Ode" (The King"s Song'),),
    ),
    ("B16", "Nationality", '"noun: Chadian"', (words('Chadian"'),), (words("Chadian"),)),
    (
        "B17",
        "Military service age and obligation",
        "18-35 (men) and 18-27 (women)",
        (q("18-35 (men)", note="(men) and"),),
        (q("18-35 (men)", of="men"),),
    ),
    (
        "D1",
        "Disputes - international",
        "claims the Alpha (Beta) Islands",
        (clause("claims the Alpha (Beta) Islands", places=("Alpha", "Beta")),),
        (clause("claims the Alpha (Beta) Islands", places=("Alpha (Beta) Islands",)),),
    ),
    (
        "D2",
        "Illicit drugs",
        "heroin bound for Iran, Western markets, the Gulf States",
        (drugs("heroin", "transit", destinations=("Iran", "Western")),),
        (drugs("heroin", "transit", destinations=("Iran", "Western", "Gulf States")),),
    ),
    (
        "D2",
        "Illicit drugs",
        "consumer of Southwest Asian heroin",
        (drugs("heroin", "consumer"),),
        (drugs("heroin", "consumer", origins=("Southwest Asia",)),),
    ),
    (
        "D3",
        "Illicit drugs",
        "transit of cocaine; transit of heroin",
        (drugs("transit of cocaine", "transit"), drugs("transit of heroin", "transit")),
        (drugs("transit of cocaine", "transit"), drugs("heroin", "consumer")),
    ),
    (
        "D4",
        "Disputes - international",
        "a treaty with Niger is pending ratification",
        (clause("a treaty with Niger is pending ratification", status="resolved"),),
        (clause("a treaty with Niger is pending ratification", status="pending ratification or adjudication"),),
    ),
    (
        "D4",
        "Disputes - international",
        "claimed by Niger and Mali",
        (clause("claimed by Niger and Mali", kind="territorial sovereignty", parties=("Niger", "Mali")),),
        (clause("claimed by Niger and Mali", kind="territorial sovereignty", parties=("Niger", "Mali", "Chad")),),
    ),
    # A party may be known by its code.
    (
        "D4",
        "Disputes - international",
        "claimed by Niger and Mali",
        (clause("claimed by Niger and Mali", kind="territorial sovereignty", parties=("Niger", "Mali")),),
        (
            clause(
                "claimed by Niger and Mali",
                kind="territorial sovereignty",
                parties=("Niger", "Republic"),
                party_codes=("NER", "TCD"),
            ),
        ),
    ),
    (
        "D2",
        "Illicit drugs",
        "heroin destined for South African and US markets via the Gulf",
        (drugs("heroin", "transit", destinations=("US",)),),
        (drugs("heroin", "transit", destinations=("South Africa", "United States")),),
    ),
    (
        "D5",
        "Disputes - international",
        "talks on the borderMali opposes it",
        (clause("talks on the borderMali opposes it"),),
        (clause("talks on the border"), clause("Mali opposes it")),
    ),
    ("D6", "Disputes - international", "NA", (clause("NA", status="active"),), (clause("NA", kind="no dispute"),)),
    ("digits", "Area", "land 5 of 7", (q("5"),), (q("5"), q("7"))),
    ("unit", "Area", "5 km 3", (q("5 km 3", unit="km 3"),), (q("5 km 3", unit="km"),)),
    ("unit", "Area", "5 km (dry", (q("5 km (dry", of="(dry"),), (q("5 km (dry", of="dry"),)),
    ("path", "Area", "west 12 coast: 5 km", (q("5 km", path=("west 12 coast",)),), (q("5 km", path=("west coast",)),)),
    ("half", "Area", "a (b)", (words("a (b"),), (words("a (b)"),)),
    ("twice", "Area", "5 km, 5 km", (q("5 km", value=5), q("5 km", value=5)), (q("5 km", value=5), q("5 km", value=6))),
    ("name", "Natural resources", "tin - gold", (entry("- gold"),), (entry("gold"),)),
    ("of", "Railways", "5 / coal", (q("5 / coal", of="/ coal"),), (q("5 / coal", of="coal"),)),
    ("labels", "Exports", "yams: 5", (q("yams: 5", of="crop: yams"),), (q("5", path=("crop",), of="yams"),)),
    (
        "date",
        "Exports",
        "5 (2001) 6",
        (q("5 (2001)"), q("6", date="2001")),
        (q("5 (2001)", date="2001"), q("6")),
    ),
]


@pytest.mark.parametrize(("kind", "field", "text", "wrong", "right"), CASES)
def test_a_detector_finds_its_fault(
    kind: str, field: str, text: str, wrong: tuple[Fact, ...], right: tuple[Fact, ...]
) -> None:
    (detector,) = (one for one in DETECTORS if one.kind == kind)
    assert list(detector.find(cell(field, text, wrong)))
    assert not list(detector.find(cell(field, text, right)))


def test_each_detector_is_tested() -> None:
    tested = {case[0] for case in CASES}
    assert {detector.kind for detector in DETECTORS} - tested == {"A1", "B15"}
    assert len({detector.kind for detector in DETECTORS}) == len(DETECTORS)


SERIES = "5% (2014 est.) 4% (2013 est.)"


def series(*ranked: int | None) -> tuple[Quantity, ...]:
    newest, older = ranked
    facts = (
        q("5% (2014 est.)", value=5, year=2014, rank=newest),
        q("4% (2013 est.)", value=4, year=2013, rank=older),
    )
    return tuple(fact for fact in cell("Public debt", SERIES, facts).facts if isinstance(fact, Quantity))


def test_a_rank_belongs_to_the_newest_of_a_series() -> None:
    assert ranks.owned(series(9, None), 9)
    assert not ranks.owned(series(None, 9), 9)
    assert not ranks.owned(series(None, None), 9)


def test_a_rank_belongs_to_the_total() -> None:
    text = "land: 8 total: 9"
    for land, total in ((3, None), (None, 3)):
        facts = (q("8", value=8, path=("land",), rank=land), q("9", value=9, path=("total",), rank=total))
        assert ranks.owned(cell("Area", text, facts).figures, 3) is (total == 3)


def test_a_bare_rank_is_no_figure() -> None:
    text = "4% (2013 est.) 77"
    assert ranks.is_figure(cell("Public debt", text, (q("4% (2013 est.)", value=4), q("77", value=77))), 77)
    assert not ranks.is_figure(cell("Public debt", text, (q("4% (2013 est.) 77", value=4, rank=77),)), 77)
    assert not ranks.is_figure(cell("Public debt", text, (q("4% (2013 est.)", value=4),)), 77)


def test_a_script_gives_each_cell_the_same_rank() -> None:
    detectors = [one for one in DETECTORS if one.kind in {"A1", "B15"}]
    assert len(detectors) == 2
    printed = Printed("Chad", "Area", "total: 1,284,000 sq km land: 1,259,200 sq km", ("2012",))
    for detector in detectors:
        assert list(detector.find(Cell(printed))) == list(detector.find(Cell(printed)))
        assert not list(detector.find(Cell(printed._replace(field="Background"))))


def folder(path: Path, count: int) -> Path:
    with gzip.open(path / "cells.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in range(count):
            cell = {"country": "Chad", "field": "Area", "text": f"total: {number} sq km", "editions": ["1995"]}
            lines.write(json.dumps(cell) + "\n")
    return path


def test_a_sample_is_drawn_by_its_seed(tmp_path: Path) -> None:
    cells = folder(tmp_path, 60)
    drawn = sample(stream(cells), 9, 4)
    assert drawn == sample(stream(cells), 9, 4) != sample(stream(cells), 9, 5)
    assert len(set(drawn)) == 9
    assert len(sample(stream(cells), 99, 4)) == 60


def test_a_count_above_its_floor_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = Scan()
    scan.counts.update({"A1": 3, "A2": 1, "B1": 2})
    assert scan_cells.above(scan, {"A1": 2, "B1": 2}) == ["A1: 3 cells, allowed 2", "A2: 1 cells, allowed 0"]
    floors = tmp_path / "floors.json"
    floors.write_text("{}", encoding="utf-8")
    # Whatever the reader makes of the cells, a scan is never above the floors that it wrote itself.
    argv = ["scan_cells.py", str(folder(tmp_path, 5)), "--sample", "3", "--write-floors", str(floors)]
    monkeypatch.setattr("sys.argv", argv)
    scan_cells.main()
    monkeypatch.setattr("sys.argv", [*argv[:4], "--floors", str(floors)])
    scan_cells.main()
    assert set(json.loads(floors.read_text(encoding="utf-8"))) == {detector.kind for detector in DETECTORS}


def test_counts_are_kept_by_column(tmp_path: Path) -> None:
    path = tmp_path / "counts.tsv"
    table.write("before", {"A1": 7}, path)
    table.write("now", {"A1": 2}, path)
    kept = table.read(path)
    assert (kept["before"]["A1"], kept["now"]["A1"], kept["now"]["A2"]) == ("7", "2", "0")


def test_digits_are_accounted_for(tmp_path: Path) -> None:
    eras = digits.account(stream(folder(tmp_path, 12)))
    assert eras["1990-1996"].of == {"Area": 14}
    assert not eras["2021-2024"].of
    assert eras["1990-1996"].lost.total() + sum(told.total() for told in eras["1990-1996"].told.values()) <= 14


def test_digits_in_a_text_are_told_apart() -> None:
    text = "law since 4 May 1991; Article 12, 5G; 30 horses"
    account = digits.account([Printed("Chad", "Country name", text, ("1995",))])["1990-1996"]
    assert {kind: told.total() for kind, told in account.told.items()} == {"dates": 5, "codes": 3, "figures": 2}
