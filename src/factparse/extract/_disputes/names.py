"""Names in a clause: which of the countries it prints have a side, which bands and bodies it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from factparse.extract._disputes.lexicon import rows, trie
from factparse.vocabulary import Country, Mention, find_countries

# What stands before a name that is only part of the name of a water or of a people ...
_PART_BEFORE = re.compile(
    r"(?:\b(?:Gulf|Sea|Strait|Straits|Bight|Bay|Isthmus|Treaty|Congress|Line|Peace|Islamic State|name) of (?:the )?|"
    r"\bLake |\b[Ee]thnic(?:ally)? |\bformer |\badjacent to (?:the )?|\bas shown on |\b[Nn]on-|\b[Pp]re-)$"
)
# ... and behind one, or behind that of a state whose company or survey it is; or of one that mediates.
_BEHIND = re.compile(
    r"(?P<part> (?:Seas?|Straits?|Channel|Rivers?|Ocean|Gulf|Basin|Canal|Delta|Passage|Trench|Bay|minority|majority|"
    r"community|compan(?:y|ies)|firms?|Survey|ancestry|descent|currency|States|colonial)\b|-speaking|-language)|"
    r"[- ](?:mediat|broker|facilitat|sponsor|arbitrat)(?!\w*+ by\b)| served as an? (?:\w+ )?mediator"
)
_MEDIATED_BY = re.compile(
    r"\b(?:(?:mediated|brokered|facilitated|arbitrated) by|mediation (?:by|of)|auspices of|mediators from) (?:the )?$"
)
# The last word before a name without which the two patterns above that end at the name cannot hold.
_HINTS = frozenset(
    ["of", "the", "Lake", "Ethnic", "ethnic", "Ethnically", "ethnically", "former", "to", "on", "by", "from"]
)
_SPEAKS_BEHIND = re.compile(
    r"(?:'s|’s)? (?:residents?|[Gg]overnment|leaders?|authorities|included|claims?|disputes?|seeks?|rejects?|"
    r"protests?)\b"
)
_SPEAKS_BEFORE = re.compile(r"\b(?:[Gg]overnment of|leaders of) (?:the )?$")
# An armed or political movement, told by the last word of its name.
_BAND = re.compile(
    r"(?<!aka )(?<!['’]s )\b[A-Z][a-z]++(?:-[A-Z][a-z]++)?(?: (?:(?:of|for) )?(?:the )?(?:[A-Z][\w'’]*+|\d+)){0,4}?"
    r" (?:Front|Army|Movement|Forces|Militia|Brigades?)\b"
)
_BAND_NOUNS = ("Front", "Army", "Movement", "Forces", "Militia", "Brigade", "Brigades")
_STATE_FORCE = re.compile(
    r"\b(?:Armed|Defen[cs]e|Security|Coalition|Border|Peace\w*|Joint|Government|Allied Forces|Mission|UN|NATO)\b"
)
_LEGAL = re.compile(r" (?:Convention|World|sanctions|states|member|external)\b")
_WORD = re.compile(r"[A-Z][a-z]++(?![ -][A-Z])")
_REACH = 40


class Territory(NamedTuple):
    """An entry that is no state: who answers for it (if somebody does), and when it is a party itself."""

    state: str | None
    acts: str


class Names(NamedTuple):
    """Who has a side, the mediating states, and the courts and bodies; each once, in reading order."""

    parties: tuple[str, ...]
    third: tuple[str, ...]
    forums: tuple[str, ...]


@cache
def territories() -> dict[str, Territory]:
    """Return the entries that are no states, by name."""
    return {name: Territory(None if state == "-" else state, acts) for name, state, acts in rows("territories.tsv")}


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    """Return actors and forums by their printed names, and one expression for these and the nouns of bands."""
    actors, forums = dict(rows("actors.tsv")), dict(rows("forums.tsv"))
    return actors, forums, re.compile(rf"(?:{trie([*actors, *forums, *_BAND_NOUNS], literal=True)})\b")


def shared_names() -> frozenset[str]:
    """Return the states whose name or people's name another state shares."""
    return _shared()[1]


@cache
def _shared() -> tuple[dict[str, list[str]], frozenset[str]]:
    table = {form: names.split("|") for form, names in rows("shared.tsv")}
    return table, frozenset(name for names in table.values() for name in names)


def names(text: str, mentions: Sequence[Mention], subject: str | None = None) -> Names:
    """Return whom ``text`` names; ``mentions`` are the countries that it prints.

    A name that several states share (``shared.tsv``) is the ``subject`` if that is one of them, else the one that the
    text names in full, else the first of the table's row.

    >>> text = "Kenya and Mali dispute the line in Lake Chad, talks mediated by Togo and the UN continue"
    >>> names(text, list(find_countries(text)))
    Names(parties=('Kenya', 'Mali'), third=('Togo',), forums=('UN',))
    """
    found: list[tuple[int, str]] = []
    third: list[str] = []
    for mention in mentions:
        start, end, country = mention.start, mention.end, mention.country
        before = text[max(0, start - _REACH) : start]
        hinted = before[-1:] == "-" or before[before.rfind(" ", 0, -1) + 1 : -1] in _HINTS
        behind = _BEHIND.match(text, end)
        if (
            (behind and behind["part"])
            or (hinted and _PART_BEFORE.search(before))
            or _is_place(country, text, before, end)
        ):
            continue
        if behind or (hinted and _MEDIATED_BY.search(before)):
            third.append(country.short)
        else:
            found.append((start, country.short))
    _tell_apart(text, found, subject)
    forums = _proper(text, found)
    found.sort()
    return Names(once(name for _, name in found), once(third), once(forums))


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Return each of ``names`` once, in their order."""
    return tuple(dict.fromkeys(names))


def _tell_apart(text: str, found: list[tuple[int, str]], subject: str | None) -> None:
    """Replace, in ``found``, what is printed with a shared name by the state that is meant."""
    table, sharing = _shared()
    unclear: list[tuple[int, list[str]]] = []
    full: dict[str, None] = {}
    for index, (start, printed) in enumerate(found):
        match = _WORD.match(text, start) if printed in sharing else None
        if match and match[0] in table:
            unclear.append((index, table[match[0]]))
        else:
            full[printed] = None
    for index, states in unclear:
        likely = [subject, *full, states[0]]
        found[index] = (found[index][0], next(name for name in likely if name and name in states))


def _proper(text: str, found: list[tuple[int, str]]) -> list[str]:
    """Add actors and bands of their own to ``found``; return the courts and bodies."""
    actors, forums, pattern = _tables()
    bodies = []
    band = False
    for match in pattern.finditer(text):
        start, end = match.span()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        name = match[0]
        if name in actors:
            found.append((start, actors[name]))
        elif name not in forums:
            band = True
        elif not _LEGAL.match(text, end):
            bodies.append(forums[name])
    if band:
        found += [(match.start(), match[0]) for match in _BAND.finditer(text) if not _is_known(match[0], actors)]
    return bodies


def _is_known(name: str, actors: dict[str, str]) -> bool:
    """Whether ``name`` is no band of its own: an army of a state, or one that the table of actors names."""
    return (
        any(name.endswith(actor) for actor in actors)
        or _STATE_FORCE.search(name) is not None
        or next(iter(find_countries(name)), None) is not None
    )


def _is_place(country: Country, text: str, before: str, end: int) -> bool:
    territory = territories().get(country.short)
    if territory is None:
        return country.kind != "country"
    if territory.acts != "speaks":
        return territory.acts == "no"
    return not (_SPEAKS_BEHIND.match(text, end) or _SPEAKS_BEFORE.search(before))
