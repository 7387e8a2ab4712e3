"""Where the text of a page's last cell ends: old editions were cut into cells with what stands behind it.

That is links (``[Country Listing] [The World Factbook Home]``), or the heading of the next entry in capitals, with its
status (``GUAM (territory of the US)``). Read as part of the cell, it would tell of countries that the cell does not
name.
"""

from __future__ import annotations

import re
from typing import Final

from factparse.language.plans import CELL, terminal
from factparse.vocabulary import country_named

_REACH: Final = 160  # characters at the end of a cell in which links, or such a heading, begin

# A name in capitals has a word with three of them at least; most cells have none at their end, which this tells fast.
_CAPITALS: Final = re.compile("[A-Z]{3}")


def page_end(text: str) -> int:
    """Return where ``text`` ends, less the links or the heading of another page behind it.

    >>> for text in ("none CHAD", "claimed by Fiji GUAM (territory of the US)", "none [ The World Factbook Home]"):
    ...     print(text[: page_end(text)])
    none
    claimed by Fiji
    none
    >>> page_end("boundary with USSR") == len("boundary with USSR")
    True
    """
    end = len(text)
    if "]" in text[-_REACH:]:
        links = terminal(CELL, "PAGE_LINKS").search(text, max(0, end - _REACH))
        end = links.start() if links else end
    if _CAPITALS.search(text, max(0, end - _REACH), end) is None:
        return end  # as most cells
    pattern = terminal(CELL, "NEXT_PAGE")
    heading = pattern.search(text, max(0, end - _REACH), end)
    while heading is not None:
        start = _named(text, *heading.span("name"))
        if start is not None:
            return len(text[:start].rstrip())
        heading = pattern.search(text, heading.end("name"), end)
    return end


def _named(text: str, start: int, end: int) -> int | None:
    """Return where the name of an entry begins that ends the capitals ``text[start:end]``: ``the US SAINT LUCIA``.

    An abbreviation is none, since it is in capitals in any place: no name in small letters is printed in capitals here.
    """
    while start < end:
        printed = text[start:end]
        country = country_named(printed)
        if country is not None and any(name != name.upper() == printed for name in country.names):
            return start
        start = text.find(" ", start, end) + 1 or end
    return None
