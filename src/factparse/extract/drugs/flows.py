"""Where drugs come from and go to: the countries and regions that a clause prints for their flow.

A flow is told by a word that leads to a list of places (``from X and Y``, ``destined for X, and to a lesser extent the
rest of Y``), by what hangs on a name (``X-bound``), or by an adjective before the drug (``Southwest Asian heroin``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from factparse.language.scanner import Cell
from factparse.vocabulary import find_countries

# Words of a text that may lead to a list of places, and what must stand before each for it to do so.
_DESTINED = ("destined", "bound", "headed", "intended", "meant")
_LEADS: dict[str, tuple[bool, tuple[str, ...] | None]] = {
    "from": (False, None),
    "in": (False, ("originating", "produced", "sourced", "grown", "manufactured")),
    "to": (True, None),
    "into": (True, None),
    "toward": (True, None),
    "towards": (True, None),
    "entering": (True, None),
    "for": (True, None),
}
_HANGS = {"bound": True, "sourced": False, "produced": False, "made": False, "grown": False, "origin": False}
_LEADING = frozenset({*_LEADS, *_HANGS})
_SIDE = (
    r"(?:(?:[Nn]orth|[Ss]outh)(?:[ -]?(?:east|west))?(?:ern)?|[Ee]ast(?:ern)?|[Ww]est(?:ern)?|[Cc]entral|[Mm]ainland)"
)
_PART = (
    r"(?:(?:the|an|other|most of|much of|all of|(?:primarily|mainly|mostly|possibly|probably|especially|elsewhere in)|"
    r"rest of|remainder of|(?:other )?parts of|(?:points|markets|countries|destinations|elsewhere) in|[a-z]*[a-z]ern|"
    r"central|mainland|continental|sub-Saharan|neighboring) )"
)
_WORD = r"(?:[A-Z]\.)*[A-Z][\w'’]*+(?:-[A-Z]\w*+)*+"
_NAME = rf"{_WORD}(?!-)"
_PLACE = rf"{_PART}{{0,4}}+{_NAME}(?: (?:of |of the |and the )?{_NAME}| {_SIDE}\b){{0,4}}+"
_JOINT = r"(?:,? (?:and|or|as well as)|,)(?:,? ?to an? (?:much )?lesser (?:extent|degree),?)? "
_LIST = re.compile(
    rf" ({_PLACE}(?:{_JOINT}{_PLACE}){{0,9}}+)"
    r"(?P<market> (?:drug )?(?:markets?|destinations|consumers|countries|states))?"
)
_SPLIT = re.compile(_JOINT)
_HEDGE = re.compile(
    r"^(?:(?:primarily|mainly|mostly|possibly|probably|especially|other|neighboring|"
    r"(?:points|markets|countries|destinations|elsewhere) in|an?|to) )+"
)
_BEFORE = re.compile(rf"({_NAME}(?: {_NAME})?(?:(?:, and |, | and ){_NAME}(?: {_NAME})?)*) $")
_HANGING = re.compile(rf"({_WORD}(?: {_WORD})?)-(?: and ({_WORD})-)?$")
_BARE_SIDE = re.compile(rf"{_SIDE}$")
_CONTINENT = re.compile(r"\b(?:Europe(?=ans?$)|(?:Americ|Afric|As)(?=ians?$|ans?$))")
_REACH = 60


class Flow(NamedTuple):
    """Where drugs come from and where they go, as printed but for articles; adjectives as the names of their places."""

    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()


NO_FLOW = Flow()


class Lead(NamedTuple):
    """A word that may lead to places: where it stands, itself, and the word before it."""

    start: int
    word: str
    before: str


def leads(found: Cell) -> list[Lead]:
    """Return the words of a text that may lead to places."""
    words = found.words
    return [Lead(found.start(i), word, words[i - 1] if i else "") for i, word in enumerate(words) if word in _LEADING]


def flow(text: str, led: Sequence[Lead], drugs: Iterable[int]) -> Flow:
    """Return the flow of which the clause ``text`` tells.

    ``led`` are its :func:`leads`, ``drugs`` the places of the drugs' names in it.
    """
    origins: dict[str, None] = {}
    destinations: dict[str, None] = {}
    for at in drugs:
        last = text.rfind(" ", 0, max(0, at - 1)) + 1
        if text[last].isupper() and (before := _BEFORE.search(text, max(0, at - _REACH), at)):
            origins.update(dict.fromkeys(_adjectives(before[1])))
    for lead, word, before_it in led:
        if text[lead - 1 : lead] == "-" and word in _HANGS:
            if hanging := _HANGING.search(text, max(0, lead - _REACH), lead):
                names = [name for part in hanging.groups() if part for name in _adjectives(part)]
                (destinations if _HANGS[word] else origins).update(dict.fromkeys(names))
        elif word in _LEADS:
            onward, needs = _LEADS[word]
            listed = _LIST.match(text, lead + len(word)) if needs is None or before_it in needs else None
            if listed and (word != "for" or listed["market"] or before_it in _DESTINED):
                found = _adjectives(listed[1]) if listed["market"] else _places(listed[1])
                (destinations if onward else origins).update(dict.fromkeys(found))
    return Flow(tuple(origins), tuple(destinations)) if origins or destinations else NO_FLOW


@lru_cache(maxsize=1024)
def _places(listed: str) -> tuple[str, ...]:
    """Return the places of a list; ``Southwest and Southeast Asia`` gives two whole names."""
    found: list[str] = []
    parts = [_HEDGE.sub("", part) for part in _SPLIT.split(listed)]
    for index, part in enumerate(parts):
        bare = part.removeprefix("the ")
        if _BARE_SIDE.match(bare):
            whole = next(
                (later for later in parts[index + 1 :] if " " in later and _BARE_SIDE.match(later.split()[0])), ""
            )
            if bare == part and whole:
                bare = f"{part} {whole.partition(' ')[2]}"
            else:
                bare = part
        found.append(part if bare[:1].islower() else bare)
    return tuple(found)


@lru_cache(maxsize=1024)
def _adjectives(listed: str) -> tuple[str, ...]:
    """Return the places whose adjectives are listed: Bolivia, South America for ``Bolivian and South American``."""
    found: list[str] = []
    for part in _places(listed):
        named = next(find_countries(part), None)
        if named is not None and named.start == 0 and named.end == len(part):
            found.append(named.country.short if named.how != "name" else part)
        elif continent := _CONTINENT.search(part):
            stem = part[: continent.end()]
            found.append(stem if stem.endswith("e") else f"{stem}ia" if stem.endswith("As") else f"{stem}a")
        else:
            found.append(part)
    return tuple(found)
