"""Tells rows of one country from those of a comparison whose title and header are lost, by how many values they hold.

In a comparison most rows hold two. So each row is asked: does one sub-label stand there twice, do two values stand
there line by line, does a bar divide two?
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from factparse.layout.country.cells import is_remnant
from factparse.layout.marks import GLUED, JOINED, LABEL, TABLED, Mark, PageMarks

_FEWEST: Final = 3  # rows of one value
_SUBLABEL = re.compile(r"(?m)^[ \t]*+([a-z][^:\n]{1,50}):")
_AS_OF = re.compile(r"\((?:[A-Z][a-z]+ )?(?:FY)?\d{4}[^)\n]{0,10}\)")
# Where a value ends and another begins with nothing between: 0 km5 km, 31%42%, ...flathilly is not seen.
_JUNCTION = re.compile(r"\d(?: sq)? ?(?:km|nm|m)(?=[\d$])|[)%](?=[\w$])")


def one_value_a_row(text: str, page: PageMarks) -> bool:
    """Whether rows of one value are many on ``page``, and over twice as many as those of two."""
    one = two = 0
    for mark, after in pairwise([*page.marks, Mark("", page.end, page.end, page.end)]):
        if mark.kind == LABEL:
            values = values_of(text[mark.end : after.start], mark.form)
            one += values == 1
            two += values == 2
    return one >= _FEWEST and one > 2 * two


def values_of(body: str, form: str) -> int:
    """How many values ``body`` holds behind a label of ``form``: 1, 2, or 0 where it does not tell.

    >>> values_of("\\n0 km (landlocked)\\n", "line"), values_of("\\n0 km\\n5 km\\n", "line")
    (1, 2)
    >>> values_of("0 km5 km\\n", "glued")
    2
    >>> values_of("\\ntotal: 5 sq km\\nland: 4 sq km\\n", "line")
    1
    """
    lines = [line for line in body.replace("\xa0", " ").split("\n") if line.strip() and not is_remnant(line.strip())]
    if not lines:
        return 0
    if form in TABLED:
        return 1 if sum(bool(cell.strip()) for cell in body.replace("\t", "|").split("|")) < 2 else 2
    names = _SUBLABEL.findall(body)
    if len(names) > len(set(names)):
        return 2
    if form in (GLUED, JOINED) or len(_AS_OF.findall(body)) > 1 or _JUNCTION.search(body) is not None:
        return 2 if not names else 0
    if names:
        return 1
    return min(len(lines), 2) if len(lines) < 3 else 0
