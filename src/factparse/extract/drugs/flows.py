"""Reads where drugs come from and go to: the countries and regions that a clause prints.

A flow is told in one of three ways: a word leads to a list of places (``from X and Y``, ``destined for X, and to a
lesser extent the rest of Y``), a word hangs on a name (``X-bound``), or an adjective stands before the drug
(``Southwest Asian heroin``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from factparse.core.words import rows
from factparse.extract.drugs.joints import DRUGS
from factparse.language.plans import terminal
from factparse.language.scanner import Cell
from factparse.vocabulary import find_countries

_REACH: Final = 60  # characters before a word in which the names that belong to it begin


class Flow(NamedTuple):
    """Where drugs come from and go to, as printed less articles; instead of an adjective stands its place's name."""

    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()


NO_FLOW = Flow()


class Lead(NamedTuple):
    """A word that may lead to places: where it stands, itself, and the word before it."""

    start: int
    word: str
    before: str


class _Way(NamedTuple):
    """What a word of ``flow_words.tsv`` tells of a flow.

    ``onward``: the places are destinations, else origins. ``groups``: it ``leads`` to places or ``hangs`` on a name;
    ``markets`` is told at :func:`_led`. ``behind`` are the words one of which has to stand before it, if there are any;
    ``unless`` are those of which none may.
    """

    onward: bool
    groups: tuple[str, ...]
    behind: tuple[str, ...]
    unless: tuple[str, ...]


@cache
def _ways() -> dict[str, _Way]:
    return {
        row["form"]: _Way(
            row["way"] == "destination", *(tuple(row[it].split()) for it in ("group", "behind", "unless"))
        )
        for row in rows("flow_words")
    }


def leads(found: Cell) -> list[Lead]:
    """Return the words of a text that may lead to places, in reading order."""
    words, ways = found.words, _ways()
    return [Lead(found.start(i), word, words[i - 1] if i else "") for i, word in enumerate(words) if word in ways]


def flow(text: str, led: Sequence[Lead], drugs: Iterable[int]) -> Flow:
    """Return the flow that the clause ``text`` tells, each place once; :data:`NO_FLOW` if it tells none.

    ``led`` are its :func:`leads`, ``drugs`` are where the names of drugs begin before which an adjective may stand.
    """
    origins: dict[str, None] = {}  # dicts, for they keep the order
    destinations: dict[str, None] = {}
    adjectives = terminal(DRUGS, "ADJECTIVES")
    for at in drugs:
        # Most drugs have no capital before them: that is asked before the pattern is tried.
        last = text.rfind(" ", 0, max(0, at - 1)) + 1
        before = adjectives.search(text, max(0, at - _REACH), at) if text[last].isupper() else None
        if before:
            origins.update(dict.fromkeys(_before_drugs(before["places"])))
    for lead in led:
        way = _ways()[lead.word]
        found = _hung(text, lead.start) if "hangs" in way.groups else _led(text, lead, way)
        (destinations if way.onward else origins).update(dict.fromkeys(found))
    return Flow(tuple(origins), tuple(destinations)) if origins or destinations else NO_FLOW


def _hung(text: str, at: int) -> Sequence[str]:
    """Return the places on whose names the word at ``at`` hangs by a hyphen: both of ``US- and Europe-bound``."""
    names = terminal(DRUGS, "HANGING").search(text, max(0, at - _REACH), at) if text[at - 1 : at] == "-" else None
    return [name for part in names.groups() if part for name in _adjectives(part)] if names else ()


def _led(text: str, lead: Lead, way: _Way) -> Sequence[str]:
    """Return the places that a word leads to; none if the word is missing that it needs before it (``way.behind``).

    Without that word, one of the group ``markets`` still leads to places that are called so: ``for the US market``.
    """
    bare = bool(way.behind) and lead.before not in way.behind
    if (bare and "markets" not in way.groups) or lead.before in way.unless:
        return ()
    listed = terminal(DRUGS, "PLACES").match(text, lead.start + len(lead.word))
    if listed is None:
        return ()
    places = listed["places"]
    market = terminal(DRUGS, "MARKET").search(places) is not None
    if bare and not market:
        return ()
    if market:
        return _adjectives(places)
    # "to Europe and Latin American cocaine to Russia": an adjective begins something else.
    return [place for place in _places(places) if not _is_adjective(place)]


@lru_cache(maxsize=1024)
def _places(listed: str) -> tuple[str, ...]:
    """Return the places of a list, without the words that lead to them; of a list of sides each is a whole name.

    ``Southwest and Southeast Asia`` gives ``Southwest Asia`` and ``Southeast Asia``.
    """
    found: list[str] = []
    lead, side = terminal(DRUGS, "PLACE_LEAD"), terminal(DRUGS, "BARE_SIDE")
    parts = [_market(lead.sub("", part)) for part in terminal(DRUGS, "PLACE_JOINT").split(listed)]
    for index, part in enumerate(parts):
        bare = part.removeprefix("the ")
        if side.match(bare):
            whole = next((later for later in parts[index + 1 :] if " " in later and side.match(later.split()[0])), "")
            if bare == part and whole:
                part = bare = f"{part} {whole.partition(' ')[2]}"
            else:
                bare = part
        found.append(part if bare[:1].islower() else bare)
    return tuple(found)


def _market(part: str) -> str:
    """Return a place of a list without the word for its market; ``Western markets`` have no other name."""
    found = terminal(DRUGS, "MARKET_END").search(part)
    if found is None or (
        part[: found.start()].endswith("ern") and terminal(DRUGS, "BARE_SIDE").match(part, 0, found.start())
    ):
        return part
    return part[: found.start()]


def _before_drugs(listed: str) -> Sequence[str]:
    """Return the places of the adjectives that end a list: of ``Europe and Bolivian and Peruvian`` the last two."""
    parts = _places(listed)
    plain = [index for index, part in enumerate(parts[:-1]) if not _is_adjective(part)]
    return _adjectives(listed)[plain[-1] + 1 if plain else 0 :]


@lru_cache(maxsize=1024)
def _is_adjective(part: str) -> bool:
    """Return whether a place is told by an adjective: ``Bolivian``, ``South American``, ``Middle Eastern``."""
    if terminal(DRUGS, "CONTINENT").search(part) and not part.endswith("Europe"):
        return True
    named = next(find_countries(part), None)
    return named is not None and (named.start, named.end) == (0, len(part)) and named.how == "adjective"


@lru_cache(maxsize=1024)
def _adjectives(listed: str) -> tuple[str, ...]:
    """Return the places whose adjectives are listed: Bolivia, South America for ``Bolivian and South American``.

    A name that is a place already stays as it is printed, and so does one that nobody knows.
    """
    found: list[str] = []
    for part in _places(listed):
        named = next(find_countries(part), None)
        if named is not None and named.start == 0 and named.end == len(part):
            found.append(named.country.short if named.how != "name" else part)
        elif continent := terminal(DRUGS, "CONTINENT").search(part):
            stem = part[: continent.end()]  # Europe and Middle East, but Americ, Afric and As
            whole = stem.endswith(("e", "East"))
            found.append(stem if whole else f"{stem}ia" if stem.endswith("As") else f"{stem}a")
        else:
            found.append(part)
    return tuple(found)
