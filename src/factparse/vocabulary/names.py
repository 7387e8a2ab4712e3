"""The keys by which names of countries are looked up, however they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from factparse.vocabulary.tables import fold, rows

_OF: Final = re.compile(r"^(?P<state>[^,]+?) of (?:the )?(?P<place>[^,]+)$")
_BRACKET: Final = re.compile(r",? \((?:the )?|, the ")
_UNTOLD: Final = re.compile(r"(?:,? of)?(?:,? the)?\)?$")


def name_key(name: str) -> str:
    """The key of a name as the Factbook prints it: case, accents, ``&`` and a leading ``The`` do not matter.

    >>> name_key("The Bahamas")
    'bahamas'
    """
    return fold(name).replace("&", "and").removeprefix("the ").rstrip(" ,")


def list_key(name: str) -> str:
    """The key of a name as lists of countries print it: shortened, turned round, or with brackets for a comma.

    >>> list_key("Bolivia (Plurinational State of)"), list_key("Korea, Dem. Rep.")
    ('bolivia, plurinational state', 'korea, democratic republic')
    >>> list_key("Plurinational State of Bolivia")
    'bolivia, plurinational state'
    """
    words = _shortened()
    key = _short_word().sub(lambda found: words[found[0]], name_key(name))
    key = _UNTOLD.sub("", _BRACKET.sub(", ", key)).rstrip(" ,")
    turned = _OF.match(key)
    return f"{turned['place']}, {turned['state']}" if turned else key


@cache
def _shortened() -> dict[str, str]:
    """What lists shorten the words of names to, with the whole words."""
    return dict(rows("shortened"))


@cache
def _short_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _shortened()))})")


def turned_key(key: str) -> str:
    """The key of a name whose two parts stand in the other order; the same key if it has no comma.

    >>> turned_key("samoa, american")
    'american samoa'
    """
    last, comma, first = key.partition(", ")
    return f"{first} {last}" if comma else key
