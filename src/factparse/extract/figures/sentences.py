"""Text of which single figures are facts: results of elections, ages of service, comparisons of size, strengths.

Whatever stands around the figures is text, or what the figure is of; nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from factparse.extract.figures.figures import read_date, read_figure, read_lead
from factparse.extract.figures.parts import Part
from factparse.extract.figures.reader import GRAMMAR, Reader
from factparse.extract.figures.rows import QUANTITY, SHARE, TEXT, Range, Row
from factparse.language import AsOf
from factparse.language.plans import lexicon

_CLOSING = re.compile(r"\(([^()]{0,40}(?:19|20)\d\d[^()]{0,12})\)$")


def text_value(reader: Reader, part: Part) -> None:
    """Keep the part as a text; the bracket that closes it may be its date."""
    text = reader.text
    start, end = part.start, part.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1] == ";" or text[end - 1].isspace()):
        end -= 1
    if start == end or not (text[start].isalnum() or any(map(str.isalnum, text[start:end]))):
        return
    row = Row(TEXT, part.path, start, end)
    if text[end - 1] == ")":
        row.date = _closing(text, start, end)
    reader.rows.append(row)


def _closing(text: str, start: int, end: int) -> Range | None:
    """Return where the date stands that closes ``text[start:end]``, if one does."""
    if end <= start or text[end - 1] != ")":
        return None
    closing = _CLOSING.search(text, max(start, end - 60), end)
    return closing.span(1) if closing and _is_date(closing[1]) else None


@lru_cache(4096)
def _is_date(words: str) -> bool:
    return _as_of().fullmatch(f"({words})") is not None


@cache
def _as_of() -> re.Pattern[str]:
    """Return the terminal of a date, of the grammar that is built anyway."""
    return re.compile(lexicon(GRAMMAR).terminals["AS_OF"])


def between(reader: Reader, part: Part, start: int, end: int) -> None:
    """Keep what stands between two facts, if it is more than a divider."""
    while start < end and reader.text[start] in " ;,.\n":
        start += 1
    if start < end:
        text_value(reader, Part("value", part.path, start, end, part.head))


# --- elections --------------------------------------------------------------------------------------------------------

_RESULTS = re.compile(
    r"(?:percent of (?:\w+ )?vote|seats)(?: by (?:[a-z/]++ ?+){1,4}+)?(?: in [\w ]{1,60})?\s?[-–—:]+\s*(?=\S)"
)
_RESULTS_END = re.compile(r"[;\n.\s](?:(?<=[;\n])|(?<=[\d%)]\.)(?=\s|$)|(?<=[\d%)]\s)\s*+(?=(?:19|20)\d\d ?:))")
# Who sits there: "composition - men 138, women 11, percent of women 7.4%"; "total Parliament percentage women 16.5%".
_SITTING = re.compile(
    r"(?:composition(?: \([^()]{1,60}\))?\s?[-–—:]+\s*)?"
    r"(?:(?:(?:wo)?men|[Pp]ercent(?:age)? (?:of )?women)\s?[-–—:]?\s?\d+(?:[.,]\d+)*+%?(?:, |(?=\W|$)))++"
)
_JUNIOR = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\b")
_WOMEN = re.compile(r"women\s?[-–—:]?\s?\d")
_FAR = 1500  # characters before a part in which its election may be dated
_SITTING_ONE = re.compile(r"((?:wo)?men|[Pp]ercent(?:age)? (?:of )?women)\s?[-–—:]?\s?(\d+(?:[.,]\d+)*+%?)")
_HELD = re.compile(
    r"[h12](?:(?<=h)eld (?<!be held )(?:on |in |between )?((?:[\w-]+ ){0,4}?(?:19|20)\d\d)"
    r"|(?<=\b[12])(?:(?<=1)9|(?<=2)0)\d\d(?= ?:))"
)


def _election(text: str, start: int, end: int) -> AsOf | None:
    """Return the date of the last election before ``end``: ``2018:`` or ``held on 18 March 2018``."""
    found = [match[1] or match[0] for match in _HELD.finditer(text, start, end)]
    return read_date(found[-1]) if found else None


def elections(reader: Reader, part: Part) -> None:
    """Text, but for the lists of results in it: percent of vote, and seats, a party; and how many women sit there."""
    text = reader.text
    marks = _marks(text, part.start, part.end)
    at = part.start
    held: AsOf | None = None
    seen = max(0, part.start - _FAR)
    for number, match in enumerate(marks):
        held = _election(text, seen, match.start()) or held
        seen = match.start()
        if match.re is _SITTING:
            between(reader, part, at, match.start())
            _sitting(reader, part, match, held)
            at = match.end()
            continue
        end = marks[number + 1].start() if number + 1 < len(marks) else part.end
        close = _RESULTS_END.search(text, match.end(), end)
        end = close.start() if close else end
        listed = _listed(reader, part, match, end)
        for row in listed:
            row.date = held
        if listed:
            between(reader, part, at, match.end())
            reader.rows += listed
            at = max(row.end for row in listed)
    between(reader, part, at, part.end)


def _marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return where results begin, in reading order."""
    found: list[re.Match[str]] = []
    here = text.find("seats", start, end) >= 0 or text.find("percent of", start, end) >= 0
    if here and ("seats " in text or "percent of" in text):
        found += _RESULTS.finditer(text, start, end)
    if _WOMEN.search(text, start, end):
        found += (match for match in _SITTING.finditer(text, start, end) if "women" in match[0])
    return sorted(found, key=lambda match: match.start())


def _listed(reader: Reader, part: Part, match: re.Match[str], end: int) -> list[Row]:
    """Return the results behind ``match``, as far as they are a name and a figure."""
    first = len(reader.rows)
    percent = match[0].startswith("percent")
    reader.figures(part.path, match.end(), end, SHARE if percent else QUANTITY)
    listed = reader.rows[first:]
    del reader.rows[first:]
    _join_names(listed)
    names = len(part.path)
    other = (number for number, row in enumerate(listed) if row.figure is None or not (row.name or row.path[names:]))
    del listed[next(other, len(listed)) :]
    for row in listed:
        row.path = (*row.path, match[0].strip(" -–—:"))
        if not percent:
            row.unit = row.unit or "seats"
    return listed


def _join_names(rows: list[Row]) -> None:
    """Put together what a comma in a name has divided: ``Albert BRYAN, Jr. 54.5%``."""
    for at in range(len(rows) - 1, 0, -1):
        before, row = rows[at - 1], rows[at]
        if before.figure is None and row.figure is not None and _JUNIOR.match(row.name):
            row.name, row.start = f"{before.name}, {row.name}", before.start
            del rows[at - 1]


def _sitting(reader: Reader, part: Part, match: re.Match[str], held: AsOf | None) -> None:
    """Read who sits in a chamber: men and women, and the share of women."""
    path = (*part.path, "composition") if match[0].startswith("composition") else part.path
    ones = list(_SITTING_ONE.finditer(reader.text, match.start(), match.end()))
    for number, one in enumerate(ones):
        row = Row(QUANTITY, path, match.start() if not number else one.start(), one.end())
        row.name = one[1]
        row.figure, row.printed = read_figure(one[2]), one.span(2)
        row.unit = None if row.figure.unit else "%" if "ercent" in row.name else "seats"
        row.date = held
        reader.rows.append(row)


# --- one figure a clause ----------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"(?:[^;()\n]++|\((?:[^()]++|\([^()]*+\))*+\)|[()])++")
_DIGIT = re.compile(r"\d")
_FIGURE = r"\d[\d,]*+(?:\.\d+)?"
_RANGED = rf"{_FIGURE}(?:\s?(?:-|–|to|or)\s?{_FIGURE})?"
# 18-26 years of age; 12-month obligation; a minimum age of 18; retirement at age 45
_SERVED = re.compile(
    rf"(?<![\d,.])(?P<figure>{_RANGED})[ -](?P<unit>years?|months?|weeks?|days?)(?: of age| old)?(?![\w-])(?!\s?ago)"
    rf"|(?:\b(?:minimum )?ages? (?:of |is )?)(?P<aged>{_RANGED})(?![\d,.]*\d|[ -](?:year|month|week|day))"
    rf"|(?<![\d,.(])(?P<bare>\d\d-\d\d)(?= for )|^\s*(?P<first>\d\d)(?= is the [a-z ]{{0,40}}age\b)"
)
# 2.5 times the size of Washington, DC
_TIMES = re.compile(rf"(?<![\d,.])(?P<figure>{_FIGURE}) (?P<unit>times)(?= (?:the size|larger|smaller|as large))")
# approximately 55,000 active-duty Armed Forces (40,000 Army); 180 Central African Republic (MINUSCA)
_STRONG = re.compile(
    r"\s*+(?:(?:about|an?|approximately|around|at least|estimated|less than|more than|nearly|only|over|up to) )*+"
    rf"{_FIGURE}(?:-{_FIGURE})?[ (](?!(?:percent|years?)\b)"
)


def _figures_in(reader: Reader, part: Part, pattern: re.Pattern[str]) -> None:
    """Read the figures that ``pattern`` finds, each with its clause up to the next; clauses without one are text."""
    text = reader.text
    closing = _closing(text, part.start, len(text[: part.end].rstrip()))
    open_from = part.start
    for start, end in _clauses(text, part):
        if _DIGIT.search(text, start, end) is None:
            continue
        found = list(pattern.finditer(text, start, end))
        if not found:
            continue
        between(reader, part, open_from, start)
        at = start
        for number, match in enumerate(found):
            until = found[number + 1].start() if number + 1 < len(found) else end
            _figure_in(reader, part, match, (at, until), closing)
            at = until
        open_from = end
    between(reader, part, open_from, part.end)


def _clauses(text: str, part: Part) -> Iterator[Range]:
    return (match.span() for match in _CLAUSE.finditer(text, part.start, part.end))


def _figure_in(reader: Reader, part: Part, match: re.Match[str], where: Range, date: Range | None) -> None:
    """Add the row of one figure: the words before it are its qualifier or what it is of, those behind a remark."""
    text = reader.text
    row = Row(QUANTITY, part.path, *where)
    row.date = date
    groups = {name: match.span(name) for name, value in match.groupdict().items() if value is not None}
    named = groups.pop("unit", None)
    row.printed = next(iter(groups.values()))
    row.figure = read_figure(text[slice(*row.printed)].replace(" or ", "-"))
    row.unit = _plural(text[slice(*named)]) if named else "years"
    row.name, row.qualifier = read_lead(text[where[0] : row.printed[0]].strip(" ;,("))
    behind = text[match.end() : where[1]]
    if date is not None:
        behind = behind.rstrip().removesuffix(text[date[0] - 1 : date[1] + 1])
    row.note = behind.strip(" ;,.") or None
    reader.rows.append(row)


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else unit + "s"


def service(reader: Reader, part: Part) -> None:
    """Ages and terms of military service: ``18-26 years of age for compulsory service; 12-month obligation``."""
    _figures_in(reader, part, _SERVED)


def comparative(reader: Reader, part: Part) -> None:
    """How large a country is: ``slightly less than 2.5 times the size of Delaware``."""
    _figures_in(reader, part, _TIMES)


def strengths(reader: Reader, part: Part) -> None:
    """How many soldiers there are, or are abroad: ``approximately 55,000 active-duty troops (40,000 Army)``."""
    text = reader.text
    at = part.start
    for start, end in _clauses(text, part):
        if _STRONG.match(text, start, end) is None:
            continue
        first = len(reader.rows)
        reader.figures(part.path, start, end)
        rows = reader.rows[first:]
        del reader.rows[first:]
        if rows and rows[0].figure is not None:
            between(reader, part, at, start)
            for row in rows:
                if row.unit and row.figure and not row.figure.unit:
                    row.of, row.unit = row.of or row.unit, None
            reader.rows += rows
            at = end
    between(reader, part, at, part.end)
