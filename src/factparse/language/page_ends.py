"""Where the text of a page's last cell ends: old editions were cut into cells with what stands behind it.

That is links (``[Country Listing] [The World Factbook Home]``), or the heading of the next entry in capitals, with its
status (``GUAM (territory of the US)``). Read as part of the cell, it would tell of countries that the cell does not
name.
"""

from __future__ import annotations

from typing import Final

from factparse.language.plans import CELL, terminal
from factparse.vocabulary import country_named

_REACH: Final = 160  # characters at the end of a cell in which links, or such a heading, begin


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
    heading = terminal(CELL, "NEXT_PAGE").search(text, max(0, end - _REACH), end)
    if heading is None:
        return end
    start, last = heading.span("name")
    while start < last:  # "bound for the US SAINT LUCIA": the name is what ends the capitals
        country = country_named(text[start:last])
        if country is not None and text[start:last] not in country.names:  # USSR is so in any place
            return len(text[:start].rstrip())
        start = text.find(" ", start, last) + 1 or last
    return end
