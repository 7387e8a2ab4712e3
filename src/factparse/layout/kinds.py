"""Tells the two kinds of pages apart: two countries side by side, or one alone."""

from __future__ import annotations

from typing import Final

from factparse.layout.country.choice import country_pages, likely
from factparse.layout.country.heads import COLON, KEY, SUB
from factparse.layout.country.values import one_value_a_row
from factparse.layout.index import telling_lines
from factparse.layout.marks import HEADER, PageMarks, has_title
from factparse.layout.readings import chosen_pages, labelled

_COLONS: Final = 3  # labels with a colon behind them: no comparison page prints one


def may_be_page(text: str) -> bool:
    """Tell, many times as fast as :func:`pages_of`, whether ``text`` may hold a page: where it may not, there is none.

    It may if it has a title, or lines that begin with enough labels for a page of one of the two kinds.

    >>> may_be_page("Chad vs. Mali"), may_be_page("Chad, very large"), may_be_page("Home\\nMedian age 17 years")
    (True, False, True)
    """
    if has_title(text):
        return True
    found = telling_lines(text)
    if not found:
        return False
    found = list(found)
    return labelled(text, found) or likely(text, found)


def pages_of(text: str) -> list[PageMarks]:
    """The pages of ``text`` in reading order: comparison pages if it has any, else country pages; or none.

    Rows under no two names may be of a comparison whose title and header are lost, or of a country page. They are of
    one if colons stand behind its labels, or if most of its rows hold one value
    (:mod:`factparse.layout.country.values`).
    """
    found = chosen_pages(text)
    if any(page.names is not None or any(mark.kind == HEADER for mark in page.marks) for page in found):
        return found
    alone = country_pages(text)
    if not found or not alone or _has_colons(alone) or all(one_value_a_row(text, page) for page in found):
        return alone or found
    return found


def _has_colons(pages: list[PageMarks]) -> bool:
    return sum(mark.form in (COLON, KEY, SUB) for page in pages for mark in page.marks if mark.label) >= _COLONS
