"""Texts of other sites that have labels of the Factbook: cities, firms, statistics, lists of fields. None is a page."""

import pytest

from factparse import parse, parse_html

FIELDS = (
    "Age structure",
    "Agriculture - products",
    "Airports",
    "Area - comparative",
    "Birth rate",
    "Budget",
    "Death rate",
    "Debt - external",
    "Exchange rates",
    "Geographic coordinates",
    "Infant mortality rate",
    "Internet users",
    "Land boundaries",
)


def headed(title: str, **values: str) -> str:
    """An HTML page with a heading over each of its paragraphs; ``_`` stands for a space in a heading."""
    body = "".join(f"<h3>{label.replace('_', ' ')}</h3><p>{value}</p>" for label, value in values.items())
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


def listed(title: str, value: str, *, html: bool = False) -> str:
    """A page of all :data:`FIELDS`; ``value`` may name its field, and its number."""
    values = {field: value.format(field=field.lower(), number=number) for number, field in enumerate(FIELDS)}
    return headed(title, **values) if html else title + "".join(f"\n{field}: {text}" for field, text in values.items())


TEXTS = {
    "city": "Porto\nCity in Portugal\nArea: 41.42 km2\nPopulation: 231,800 (2021)\nClimate: Csb\nLanguages: Portuguese",
    "city, its geography": (
        "Geography of Oslo\nLocation: at the head of a fjord\nArea: 480 sq km\nElevation: 23 m\nClimate: humid"
        "\nNatural hazards: landslides (2020)\nPopulation: 693,494 (2020)\nLanguages: Norwegian"
    ),
    "country, in a box": (
        "Kenya\nCapital: Nairobi\nLanguages: English, Swahili\nReligions: Christianity\nIndependence: 12 December 1963"
        "\nArea: 580,367 km2\nPopulation: 47,564,296\nGDP (PPP): $319 billion\nCurrency: Kenyan shilling"
    ),
    "country, by statistics": (
        "Kenya\nPopulation growth rate: 2.0\nLife expectancy at birth: 61\nInflation rate: 6.1\nUnemployment rate: 5.7"
        "\nBirth rate: 28\nDeath rate: 8\nTotal fertility rate: 3.3\nInfant mortality rate: 28"
    ),
    "country, by the year": (
        "Kenya Data\nPopulation, total 53005614 2021\nGDP (current US$) 110.35 billion\nInflation, consumer prices 6.1"
        "\nLife expectancy at birth, total (years) 61\nExports of goods and services (% of GDP) 11"
    ),
    "country, in bars": (
        "Kenya\nReal GDP growth rate | 5.3\nInflation rate | 6.6\nUnemployment rate | 5.5\nPublic debt | 67"
    ),
    "country of a game": (
        "Kingdom of Aldoria\nGovernment type: monarchy\nCapital: Aldor\nPopulation: 2 million\nNatural resources: iron"
        "\nMilitary branches: Guard\nNational holiday: Founding Day\nIndependence: year 402"
    ),
    "state": (
        "Ohio Facts\nCapital: Columbus\nPopulation: 11,799,448 (2020)\nArea: 116,096 sq km\nClimate: humid continental"
        "\nAirports: 180\nNatural resources: coal\nFlag description: a swallowtail"
    ),
    "state, its government": (
        "Ohio\n\nGovernment\n\nExecutive branch\n\nThe governor leads it.\n\nLegislative branch\n\nIt has 132 members."
        "\n\nJudicial branch\n\nThe court has seven justices.\n\nConstitution\n\nof 1851, amended often.\n"
    ),
    "embassy": (
        "Embassy of Chad\nLocation: Washington\nCapital: N'Djamena\nLanguages: French\nNational holiday: 11 August"
        "\nNational anthem: La Tchadienne\nFlag: blue, gold, red"
    ),
    "product": "Population: 5,000 units\nArea: 30 cm x 20 cm\nExports: USB, HDMI\nNote: batteries not included",
    "firm": "Industries: chemicals\nExports: $5 million\nImports: $2 million\nLabor force: 500\nBudget: $7 million",
    "animal": (
        "Puffin\nPopulation: 12 million\nLocation: North Atlantic\nLife expectancy: 20 years\nBirth rate: one chick"
    ),
    "person": "Languages: English, German\nNationality: Kenyan\nBackground: economics\nLocation: Nairobi\nNote: none",
    "lesson": "Geography of Chad\nLocation: the classroom\nTerrain: find it\nClimate: compare it\nLand use: draw it",
    "book": (
        "Chapter 3\n\nLocation\n\nIt lies north.\n\nClimate\n\nIt is cold.\n\nTerrain\n\nHills.\n"
        "\nNatural resources\n\nCoal.\n"
    ),
    "news": (
        "Birth rate falls to a new low in Kenya (2020)."
        "\nDeath rate up. Population growth rate steady at 2%.\nPublic debt at 70%."
    ),
    "quiz": "Quiz: Chad\n1. Capital: ?\n2. National holiday: ?\n3. Natural resources: ?\n4. Land boundaries: ?",
    "form": "Population growth rate: ____\nBirth rate: ____\nDeath rate: ____\nNet migration rate: ____",
    "menu": (
        "Introduction\nGeography\nEconomy\nEnergy\nLocation\nGeographic coordinates\nMap references"
        "\nLand boundaries\nNatural hazards"
    ),
    "field of many countries": "Natural hazards\nAlbania: earthquakes; floods\nAlgeria: mudslides\nAngola: heavy rain",
    "ranks": (
        "Country Comparison :: Birth rate\n1 Angola 43.70 2020 est.\n2 Niger 43.60 2020 est.\n3 Mali 42.20 2020 est."
    ),
    "columns": "country,Area,Population,Birth rate,Death rate,Literacy\nChad,1284000,9253493,47,16,40",
    "code": 'FIELDS = {\n"Area": 1,\n"Birth rate": 2,\n"Death rate": 3,\n"Land boundaries": 4,\n}',
    "schema": (
        "properties:\n  Birth rate: {type: number}\n  Death rate: {type: number}\n  Natural hazards: {type: string}"
    ),
    "headings": (
        "# Model\n\n## Birth rate\n\nA float.\n\n## Death rate\n\nA float.\n\n## Land boundaries\n\nA dict."
        "\n\n## Natural hazards\n\nText."
    ),
    "docstring": (
        "Exports:\n    names that are public\nImports:\n    modules\nBackground:\n    why this exists"
        "\nNote:\n    see also"
    ),
    "list": "# Parser\nFields:\n- Birth rate\n- Death rate\n- Natural hazards\n- Land boundaries\nVersion 2.0 (2021).",
    "index": listed("Index", "see page {number}"),
    "contents": listed("Contents", ".......... {number}").replace(":", ""),
    "definitions": listed(
        "Definitions and Notes", "This entry gives the {field} of the country, in km or % of GDP (2009)."
    ),
    "prose": (
        "Population growth rate in cities is high.\nBirth rate and death rate fall."
        "\nNatural hazards such as floods are common."
    ),
}

DOCUMENTS = {
    "city": headed(
        "Springfield", Location="by the river", Population="167,000 (2020)", Climate="humid", Area="174 sq km"
    ),
    "country to visit": headed(
        "Kenya", Capital="Nairobi", Population="50 million", Languages="Swahili", Climate="warm"
    ),
    "blog": headed(
        "Kenya", Natural_hazards="Lions!", Land_boundaries="five", Natural_resources="tea", Birth_rate="high"
    ),
    "firm": headed(
        "Acme", Industries="steel", Exports="to 40 countries", Imports="ore", Labor_force="5,000", Budget="2"
    ),
    "lesson": headed("Lesson", Terrain="What is it?", Climate="And this?", Natural_resources="Why?", Population="How?"),
    "resort": headed(
        "Resort", Elevation="1,800 m", Location="the Alps", Climate="cold", Terrain="steep", Airports="one"
    ),
    "definitions": listed("Definitions", "This entry gives the {field}, in km or % of GDP (2009).", html=True),
    "glossary": listed("Glossary", "The {field} of a country, by its own statistics.", html=True),
    "data model": listed("Model", "A field of type str. Since version 2.0 (2019).", html=True),
    "list": (
        "<dl><dt>Industries<dd>steel<dt>Location<dd>Ohio<dt>Labor force<dd>5,000<dt>Exports<dd>NA<dt>Budget<dd>2</dl>"
    ),
    "box": ("<table><tr><th>Capital<td>Nairobi<tr><th>Population<td>47,564,296<tr><th>Area<td>5</table>"),
    "marked fields": "".join(
        f'<div class="field-label">{label}:</div><div class="field-item">of the town</div>'
        for label in ("Location", "Population", "Climate", "Languages")
    ),
    "two years": "<table><tr><th>Indicator<th>2020<th>2021<tr><td>Birth rate<td>43<td>42<tr><td>Death rate<td>12<td>12"
    "<tr><td>Population growth rate<td>3.1<td>3.2<tr><td>Unemployment rate<td>1.7<td>1.9</table>",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_is_a_page(name: str) -> None:
    assert not parse(TEXTS[name])
    assert not parse(TEXTS[name].replace("\n", "\r\n"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_is_a_page(name: str) -> None:
    assert not parse_html(DOCUMENTS[name])


def test_the_same_labels_with_values_make_one() -> None:
    """What is refused above is refused for what stands behind the labels, and not for the labels."""
    values = dict(
        zip(
            FIELDS,
            ("0-14 years: 47% (2020 est.)", "cotton", "59 (2013)", "twice Texas", "41 births/1,000"),
            strict=False,
        )
    )
    page = parse_html(headed("Chad", **values, Map_references="Africa"))
    assert (page.kind, page.countries, len(page.rows)) == ("country", ("Chad",), 6)
