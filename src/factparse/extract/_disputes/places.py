"""Places that a clause is about, and the bodies before which it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from factparse.extract._disputes.lexicon import rows, trie
from factparse.vocabulary import Mention, find_countries

_CAPITAL = r"[A-Z][\w'’.-]*+(?:/[A-Z][\w'’-]*+)*+"
_RUN = re.compile(
    rf"{_CAPITAL}(?: (?:(?:of|and|de|du|da|la|el|al) (?:the |la )?)?{_CAPITAL})*+"
    r"(?: (?:region|glacier|peninsula|valley|area|islands?|rivers?|exclave|enclave|corridor|salient|delta|province|"
    r"confluence|triangle|trapezoid)\b)?"
)
_FEATURE = re.compile(
    r"\b(?:Islands?|Islets?|Isla|Islas|Ile|Iles|Pulau|Cays?|Reef|Rocks?|Shoal|Bank|Banc|Rivers?|Lake|Sea|Seas|Gulf|Bay|Strait|"
    r"Straits|Channel|Passage|Creek|Heights|Valley|Peninsula|Mountains?|Range|Province|State|Territory|Region|Area|Delta|"
    r"Basin|Line|Farms|Triangle|Sector|Park|Desert|Shelf|Ridge|Plateau|Coast|Archipelago|Field|Pool|Falls|Dam|Canal)\b|"
    r" (?:region|glacier|peninsula|valley|area|islands?|rivers?|exclave|enclave|corridor|salient|delta|province|confluence|"
    r"triangle|trapezoid)$"
)
_ABOUT = re.compile(
    r"(?:\bover|\bclaims?(?: to| on)?|\bclaimed|\boccup\w+|\bcontrol over|\bto|\bof|\bin|\bon|\bat|\balong|\bfor|\btiny|\badministered|"
    r"\brecapture)(?: the| historic| most of| islands of| enclaves of| territory of| territories of)*\Z"
)
_NOT_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|UN|US|UK|EU|NATO|ICJ|"
    r"International|Organization|Commission|Court|Convention|Treaty|Agreement|Declaration|Prime|President|Government|"
    r"Parliament|Duma|Schengen|World|Joint|Military|Naval|Law|Article|EEZ|CLCS|Front|Army|Movement|Forces|Maoist\w*|Muslim\w*|League|Union|Tribunal)\b"
)

_AFTER_OWNER = re.compile(r"(?:'s|’s)?(?: and)? ?")
_REACH = 40


@cache
def _forums() -> tuple[dict[str, str], re.Pattern[str]]:
    names = dict(rows("forums.tsv"))
    return names, re.compile(rf"\b(?:{trie(names, literal=True)})\b(?! (?:Convention|World|sanctions|states|member|external))")


def forums(text: str) -> tuple[str, ...]:
    """Return the courts, bodies and commissions that ``text`` names, each once, in reading order.

    >>> forums("the UN and the ICJ took it up under the UN Convention on the Law of the Sea")
    ('UN', 'ICJ')
    """
    names, pattern = _forums()
    return tuple(dict.fromkeys(names[match[0]] for match in pattern.finditer(text)))


def places(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the places ``text`` is about, verbatim, each once, in reading order; states are none.

    ``mentions`` are the countries that the text names.

    >>> text = "Chad claims the Blue Hills region along the Long River"
    >>> places(text, list(find_countries(text)))
    ('Blue Hills region', 'Long River')
    """
    found: dict[str, None] = {}
    owners = {mention.start: mention for mention in mentions}
    for match in _RUN.finditer(text):
        start, end = match.span()
        while (owner := owners.get(start)) and owner.country.kind == "country":
            start = owner.end + len(_AFTER_OWNER.match(text, owner.end)[0])  # type: ignore[index]
        name = text[start:end].removesuffix("'s").removesuffix("’s").rstrip(".")
        if not name or not name[0].isupper() or _NOT_PLACE.search(name):
            continue
        if _FEATURE.search(name) or _ABOUT.search(text[max(0, start - _REACH) : start].rstrip()):
            found[name] = None
    return tuple(found)
