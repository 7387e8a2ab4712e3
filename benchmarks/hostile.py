"""Inputs that ask more than they hold: for each kind, one of about the size asked for.

The tests see that they get an answer, ``python -m benchmarks.scaling`` that its time grows with the size and no faster.
"""

import gzip
from collections.abc import Callable
from functools import partial

HEAD = "Home\n\nMalta vs. Aruba\n\nTransnational Issues\n\nMaltaAruba\n"

_FIELDS = "Refugees and internally displaced persons"
_UNITS = (
    "total: ",
    "note: ",
    "5% ",
    "$5 million ",
    "(2019) ",
    "1. ",
    ", ",
    "and ",
    "Chad; ",
    '"a" ',
    "5-",
    "1/2 ",
    "est. ",
    "Malta",
    "MaltaAruba",
    "NA ",
    "none ",
    "[",
    "{}",
    "<b>",
    "&amp;",
    "\u00a0",
    "\u202e",
    "e\u0301",
    "\ud800",
    "%",
    ".",
    ":",
)
_PAGE_LINES = (
    "Geography",
    "Malta | Aruba | |",
    "|---|---|",
    "Area | 5 | 6 |",
    "Area\t5\t6",
    "Source: CIA Factbook",
    "Read more",
    "x | y",
    "Malta",
    "Malta vs. ",
    "vs. Aruba",
    "Area",
    "Area:",
    "total: 5 sq km",
    "  Area   5    6",
    "*",
    '"',
)
_WIDE = "Malta vs. Aruba\n\nTransportation\n\n             Malta       Aruba\n"


def _cell(unit: str, n: int) -> str:
    return f"{HEAD}{_FIELDS}{unit * (n // len(unit))}"


def _lines(line: str, n: int) -> str:
    return f"{HEAD}{_FIELDS}5\n" + f"{line}\n" * (n // (len(line) + 1))


def _aligned(field: str, first: str, second: str, n: int) -> str:
    """A row whose two cells alternate line by line, in padded columns."""
    wide = 2 + len(first)
    head = f"Malta vs. Aruba\n\nTransportation\n\n{'':30}{'Malta':{wide}}Aruba\n"
    line = f"{first:{wide}}{second}\n"
    return f"{head}  {field:28}{line}" + f"{'':30}{line}" * (n // (30 + len(line)))


_ONE_COUNTRY = "Malta Facts\nLand use: 3 sq km (2020 est.)\nNatural hazards: none\nLabor force: NA\n"
_COUNTRY_UNITS = (
    "Malta\n",
    "Aruba\n\n",
    "Malta Facts\nAruba Facts\n",
    "Area: 5 sq km\n",
    "Area:\n",
    "Geography\n",
    "Geography :: MALTA\n",
    "Geography :: ",
    "Category: Geography - Area: 5 sq km\n",
    "Area: 5 sq km Coastline: 0 km ",
    "| ",
    ": ",
    "[time series] ",
    _ONE_COUNTRY,
    _ONE_COUNTRY.replace("Malta", "Aruba") + _ONE_COUNTRY,
)


def _one_country(unit: str, n: int) -> str:
    """The page of one country whose last cell goes on with ``unit`` again and again."""
    return _ONE_COUNTRY + unit * (n // len(unit))


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of a cell": lambda n: f"{HEAD}Illicit drugs{'transit point for heroin; ' * (n // 26)}",
    "one line of nothing": lambda n: "x" * n,
    "one line of blanks": lambda n: HEAD + " " * n + "x",
    "pipes": lambda n: f"{HEAD}{'|' * n}",
    "pipes and blanks": lambda n: f"{HEAD}Area {'| ' * (n // 2)}",
    "brackets": lambda n: f"{HEAD}Illicit drugs{'(' * (n // 2)}x{')' * (n // 2)}",
    "open brackets": lambda n: f"{HEAD}Refugees and internally displaced persons{'(a ' * (n // 3)}",
    "quotes": lambda n: f"{HEAD}Illicit drugs{chr(34) * n}",
    "labels": lambda n: HEAD + "Illicit drugs\n" * (n // 14),
    "sub-labels": lambda n: f"{HEAD}Refugees and internally displaced persons{'IDPs: 5 (2019) ' * (n // 15)}",
    "digits": lambda n: f"{HEAD}Area{'1,234 ' * (n // 6)}",
    "empty lines": lambda n: HEAD + "\n" * n + "Area1 sq km2 sq km",
    "titles": lambda n: "Malta vs. Aruba\n" * (n // 16),
    "headers": lambda n: HEAD + "MaltaAruba\n" * (n // 11),
    "semicolons": lambda n: f"{HEAD}Disputes - international{'; ' * (n // 2)}",
    "tabs": lambda n: HEAD + "Area\t" * (n // 5),
    "hyphens": lambda n: HEAD + "-" * n,
    "one character": lambda n: f"{HEAD}Illicit drugs{'a' * n}",
    "rows": lambda n: HEAD + "Illicit drugstransit point for heroin bound for Western Europe; none\n" * (n // 70),
    "names": lambda n: f"{HEAD}Disputes - international{'Kazakhstan and Guinea-Bissau ' * (n // 29)}",
    **{f"cell of {unit!r}": partial(_cell, unit) for unit in _UNITS},
    **{f"lines of {line!r}": partial(_lines, line) for line in _PAGE_LINES},
    "aligned columns": lambda n: _aligned("Roadways", "total: 5 km", "paved: 7 km", n),
    "aligned lists": lambda n: _aligned("Natural resources", "copper, gold,", "zinc, lead,", n),
    "aligned disputes": lambda n: _aligned("Disputes - international", "a dispute with Chad;", "none;", n),
    "aligned rows": lambda n: f"{_WIDE}{'Roadways     5 km        7 km'.join([chr(10)] * (n // 30))}",
    "tabs and lines": lambda n: f"{HEAD}{'Illicit drugs' + chr(9) + 'a' + chr(10)}" * (n // 70),
    "rows of all fields": lambda n: (
        HEAD + "Median agetotal: 31 years\nArea5 sq km6 sq km\nCoastline0 km1 km\n" * (n // 63)
    ),
    "pages": lambda n: "Malta vs. Aruba\nEnergy\nMaltaAruba\nElectricity access11% (2021)53% (2021)\n" * (n // 73),
    "lone returns": lambda n: f"{HEAD}Illicit drugs" + "a\r" * (n // 2),
    "a label, then nothing": lambda n: f"{HEAD}Illicit drugs\n{'x' + chr(10)}" * (n // 72),
    **{f"one country, {unit!r}": partial(_one_country, unit) for unit in _COUNTRY_UNITS},
}

_ROW = "<tr><td>Area<td>5 sq km<td>6 sq km"
_TABLE = f"<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba{_ROW}"

HTML: dict[str, Callable[[int], str]] = {
    repr(unit): lambda n, unit=unit: _TABLE + unit * (n // len(unit))  # type: ignore[misc]
    for unit in (
        "<",
        "<a ",
        "<a b=",
        "<a b='",
        '<td a="',
        "<td a=\"'",
        "<td ",
        "<td>",
        "<td>a",
        "<tr>",
        "<tr><td>",
        "<table>",
        "<table><tr><td>",
        "<table><tr><td>a<td>",
        "</",
        "</a ",
        "</td>",
        "</table>",
        "<!",
        "<!--",
        "<!-- -",
        "<![",
        "<![CDATA[",
        "<?",
        "&",
        "&#",
        "&#1",
        "&a",
        "&amp;",
        "<script>",
        "<script",
        "</script",
        "<style></style",
        "<svg>",
        "<h1>",
        "<h1>a",
        "<h1>a</h1>",
        "<title>",
        "<caption>x</caption>",
        "<br>",
        "<p>",
        "<div>",
        "<div hidden>",
        "<td style='display:none'>",
        "<li>a",
        "a ",
        " ",
        "\n",
        "\xa0",
        _ROW,
        "<tr><td>x<td>y<td>z",
        "<tr><th>Malta<th>Aruba<th>Chad",
        "<a b=c ",
        "<a/",
        "<a  ",
        "=",
        "'",
        '"',
    )
}

_FIELDS = "<h1>Malta</h1><h3>Area</h3>5 sq km<h3>Climate</h3>dry<h3>Terrain</h3>flat"

HTML |= {
    f"one country, {unit!r}": lambda n, unit=unit: _FIELDS + unit * (n // len(unit))  # type: ignore[misc]
    for unit in (
        "<h3>",
        "<h3>Area",
        "<h3>Area</h3>5 sq km",
        "<h3>a <span class=sr-only>x</span> b ",
        "<h3> <span class=sr-only>x</span> ",
        "<h3></div>",
        "<div class=field>",
        "<div class=field>Area<div></p>",
        "<span class=sr-only>",
        "<p>Malta Facts</p>",
        "<p>Geography</p>",
        "<p>a<span class=sr-only>x</span>",
    )
}

FIELDS: dict[str, Callable[[int], tuple[str, str]]] = {
    f"{field}: {unit!r}": lambda n, field=field, unit=unit: (field, unit * (n // len(unit)))  # type: ignore[misc]
    for field, units in {
        "Disputes - international": (
            "Chad and ",
            "Chad, ",
            "Chad and Mali dispute ",
            "; ",
            "the ",
            "Chad-",
            "(Chad ",
            "Chad; Mali, and ",
            "UN ",
            "in 2005 ",
        ),
        "Illicit drugs": (
            "heroin and ",
            "cocaine, ",
            "transit point for ",
            "bound for Europe and ",
            "from ",
            "to ",
            "producer of ",
            "; ",
        ),
        "Refugees and internally displaced persons": (
            "5 (Chad) ",
            "5 (Chad), ",
            "IDPs: ",
            "(",
            "5,000 ",
            "refugees (country of origin): ",
            "stateless persons: 5 ",
        ),
        "Trafficking in persons": (
            "Tier 2 ",
            "tier rating: ",
            "current situation: ",
            "source and ",
            "Chad is a ",
            "men, women, and ",
            "Watch List ",
        ),
        "Area": ("total: 5 sq km ", "5 ", "5,", "5.", "$", "% ", "(", "note: ", "rank 5 ", "(2019 est.) "),
        "GDP (purchasing power parity)": (
            "$5 billion (2019 est.) ",
            "note: data are in 2010 dollars ",
            "5 trillion ",
            "-",
            "country comparison to the world: 5 ",
        ),
        "Exports - partners": ("Chad 5%, ", "Chad ", "Mali and ", "5% ", "(2019) "),
        "Natural resources": ("gold, ", "gold and ", "gold (", ";"),
        "Geographic coordinates": ("5 00 N, ", "5 ", "N "),
        "Executive branch": (
            "chief of state: ",
            "President John SMITH ",
            "(since 5 May 2019) ",
            "election results: SMITH 5%, ",
            "head of government: ",
        ),
        "Capital": ("name: ", "geographic coordinates: 5 00 N, 7 00 E ", "UTC+1 "),
        "Political parties": ("Party or P [John SMITH]; ", "[", "or ", '""', ', "'),
        "Industries": ('"', '""', ', "', "\xa0", "tin; "),
        "Suffrage": ("|a", "18 years of age; ", "a: "),
        "no such field": ("a: ", "a, ", "5 "),
    }.items()
    for unit in units
}

_RECORD = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"

SOURCES: dict[str, Callable[[int], bytes]] = {
    f"{suffix} {unit!r}": lambda n, unit=unit: unit * (n // len(unit))  # type: ignore[misc]
    for suffix, units in {
        "warc": (
            b"WARC/",
            b"WARC/1.0\n",
            b"WARC/1.0\r\n\r\n",
            b"\r\n\r\n",
            b"\n\nWARC/1",
            b"a",
            b"a: b\r\n",
            _RECORD,
            _RECORD.replace(b" 4", b" 9"),
            b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nx\r\n\r\n",
            b"WARC/1.0\nContent-Length: 1\n\nx\n\n",
        ),
        "jsonl": (
            b"\n",
            b"{",
            b"[",
            b"{}\n",
            b'{"text":"a"}\n',
            b'{"text":"\\ud800"}\n',
            b"\xff",
            b"\xff\n",
            b'"',
            b"\\",
        ),
        "txt": (
            b"\xff",
            b"\xc3\xa3",
            b"\xe2\x80\x99",
            b"\xff\xfe",
            b"\0",
            b"a ",
            b"Malta vs. Aruba\n",
            b"\xc3\x83\xc2\xa9",
        ),
        "html": (b"<meta charset=x", b"<", b"\xff", b"Area", b">Area\nMalta", b"&amp;"),
    }.items()
    for unit in units
}
SOURCES["jsonl of one line"] = lambda n: b'{"text":"' + b"a" * n + b'"}'
SOURCES["warc.gz of small members"] = lambda n: gzip.compress(_RECORD, mtime=0) * (n // 80)
SOURCES["warc of zeros"] = lambda n: _RECORD + b"\0" * n + _RECORD
