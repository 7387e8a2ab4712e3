"""Tells a page of the Factbook from a page of another site that compares two countries.

Other sites have titles, headers, and rows called ``Population`` and ``Capital``, too. So a page must also have what is
the Factbook's own: its headings over their fields, several of its labels, or its way to write dates and units.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.evidence import weigh
from factparse.layout.index import LEAD
from factparse.layout.marks import GLUED, HEADER, JOINED, LINE, SOURCE, TABLED, TITLE, TOPIC, Mark, PageMarks
from factparse.layout.said import alike, said_behind
from factparse.vocabulary import EDITION, Label

OWN_LABELS = 3
"""As many labels of several words tell a page of the Factbook without any other evidence."""

_MANY_LABELS = 5
"""As many tell a page that has no names and prints no dates and units."""

# How the Factbook writes: dates in brackets, its units, shares of GDP. Estimates and ``NA`` as it writes them are rare
# elsewhere, and count twice.
_UNITS = trie_pattern(forms("units", "idiom"))
_IDIOM = re.compile(rf"\(\d{{4}}\)|\b(?:sq )?km\b|% of GDP|(?P<own>\b\d{{4}} est\.\)|/1,000 \b|\bNA\b|\d {_UNITS}\b)")

_NEEDED = 3
"""How much of that manner a page must have: an idiom that is rare elsewhere, and another one."""

_MOST_COMMON = 2
"""Idioms that are common elsewhere count as often at most."""

_LOOKED_AT = 8
"""Of the idioms on the page of one country so many are looked at: the first ones show its manner."""

_EDITION = re.compile(EDITION)
_EDGE = " \t\r\n\xa0|#*=:_-"


def is_page(text: str, page: PageMarks) -> bool:
    """Tell whether the marks are those of a comparison page of the Factbook."""
    labels = {mark.label.text: mark.label for mark in page.marks if mark.label is not None}
    topics = {mark.topic for mark in page.marks if mark.kind == TOPIC}
    kinds = {mark.kind for mark in page.marks}
    headed, sourced, titled = HEADER in kinds, SOURCE in kinds, page.names is not None
    several = sum(" " in label for label in labels)
    prose = sum(label.prose for label in labels.values()) if headed else 0
    own = sourced or (topics and headed) or prose or _has_own_labels(page, labels, named=headed or titled)
    own = own or (titled and _has_headed_table(text, page.marks)) or _has_own_headers(text, page.marks)
    nothing = not labels and not (topics and (headed or sourced))
    found: dict[str, float] = {
        "needed": 1,
        "title": titled,
        "header": headed,
        "source line": sourced,
        "topics": len(topics),
        "own labels": several + prose,
        "common labels": len(labels) - several,
        "nothing to read": nothing,
        "no names": not (titled or headed) and (several < OWN_LABELS or _is_list(text, page, several, sourced=sourced)),
        "not the manner": not (own or nothing) and not _has_manner(text, page, labels, headed=headed),
    }
    return weigh("page", found) >= 0.0


def _is_list(text: str, page: PageMarks, several: int, *, sourced: bool) -> bool:
    """Whether a page without names is a list of fields, or has few of them and nothing of the Factbook's manner.

    ``several`` is the number of its labels of several words; it is ``sourced`` if a line names the Factbook.
    """
    said = said_behind(text, page.marks, page.end)
    if said.empty or said.defined:
        return True
    manner = idioms(text, page.start, page.end)
    return (manner < 2 and alike(text, page.marks, page.end)) or not (manner or sourced or several >= _MANY_LABELS)


def _is_own(label: Label) -> bool:
    """Whether no other site is likely to print the label: it has several words or is one of prose, and not common."""
    return (label.prose or " " in label.text) and not label.common


def _has_own_labels(page: PageMarks, labels: dict[str, Label], *, named: bool) -> bool:
    """Whether several labels are the Factbook's own, or, under two names, one is glued to its cell as extractors do."""
    if sum(" " in label.text and not label.common for label in labels.values()) >= OWN_LABELS:
        return True
    return named and any(
        mark.form in (GLUED, JOINED) and mark.label is not None and _is_own(mark.label) for mark in page.marks
    )


def _has_own_headers(text: str, marks: list[Mark]) -> bool:
    """Whether a header stands over each of several tables, or has its names glued, as extractors do.

    Or one of them, or the title, prints the edition behind a name.
    """
    named = [mark for mark in marks if mark.kind in (HEADER, TITLE)]
    headers = [mark for mark in named if mark.kind == HEADER]
    if len(headers) > 1 or any(mark.spots[1] == mark.spots[2] for mark in headers):
        return True
    return any(_EDITION.match(text, end) for mark in named for end in mark.spots[1::2])


def _has_headed_table(text: str, marks: list[Mark]) -> bool:
    """Whether a heading stands right above rows of its own topic, as in a table that has lost its header.

    Elsewhere text stands below a heading. One such row must have a label that is the Factbook's own, or there are two,
    and not all of them are common ones.
    """
    for heading, first in pairwise(marks):
        if heading.kind == TOPIC and first.label is not None and not text[heading.end : first.start].strip(_EDGE):
            rows = [mark.label for mark in marks if mark.label is not None and heading.topic in mark.label.topics]
            tabled = (first.form in TABLED or first.form == LINE) and heading.topic in first.label.topics
            uncommon = len(rows) > 1 and not all(label.common for label in rows)
            if tabled and (uncommon or any(map(_is_own, rows))):
                return True
    return False


def _has_manner(text: str, page: PageMarks, labels: dict[str, Label], *, headed: bool) -> bool:
    """Whether the page writes dates and units as the Factbook does, and nothing that the Factbook never prints.

    One idiom is enough if a header and a label of the Factbook's own speak for the page already.
    """
    needed = 1 if headed and any(map(_is_own, labels.values())) else _NEEDED
    rare: set[str] = set()
    common: set[str] = set()
    for match in _IDIOM.finditer(text, page.start, page.end):
        (common if match["own"] is None else rare).add(match[0])
    seen = 2 * len(rare) + min(_MOST_COMMON, len(common))
    return seen >= needed and _other_sites().search(text, page.start, page.end) is None


def idioms(text: str, start: int, end: int) -> int:
    """In how many ways the text from ``start`` to ``end`` writes dates, units and shares as the Factbook does.

    >>> idioms("total: 5 sq km (2021 est.)", 0, 26), idioms("about 5 miles", 0, 13)
    (2, 0)
    """
    first = islice(_IDIOM.finditer(text, start, end), _LOOKED_AT)
    return len({match[0] for match in first})


@cache
def _other_sites() -> re.Pattern[str]:
    """The pattern of labels and ways to write that other sites have, and the Factbook has not."""
    labels = trie_pattern(forms("other_sites", "label"))
    values = "|".join(re.escape(form) for form in forms("other_sites", "value"))
    return re.compile(rf"(?im)^{LEAD}{labels}\b|(?<!\w)(?:{values})(?!\w)")
