"""Who has a side in a clause: the parties it prints, those it implies, and the third parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from factparse.extract._disputes.lexicon import rows
from factparse.vocabulary import Country, Mention, find_countries

# A name that is only part of the name of a water, of an organisation or of a people.
_WATER_BEFORE = re.compile(
    r"(?:\b(?:Gulf|Sea|Strait|Straits|Bight|Bay|Isthmus|Treaty|Congress|Line|Peace|Islamic State|name) of (?:the )?|\bLake |"
    r"\b[Ee]thnic(?:ally)? |\bformer |\badjacent to (?:the )?|\bas shown on |\b[Nn]on-|\b[Pp]re-)$"
)
_WATER_BEHIND = re.compile(
    r" (?:Seas?|Straits?|Channel|Rivers?|Ocean|Gulf|Basin|Canal|Delta|Passage|Trench|Bay|minority|majority|community|"
    r"compan(?:y|ies)|firms?|Survey|-speaking|ancestry|descent|currency|States\b|colonial)|-speaking|-language"
)
_MEDIATES = re.compile(r"(?:[- ](?:mediat|broker|facilitat|sponsor|arbitrat)| served as an? (?:\w+ )?mediator| wishes to be a (?:\w+ )?mediator)")
_MEDIATED_BY = re.compile(r"\b(?:mediated|brokered|facilitated|arbitrated|mediation|auspices) (?:by|of) (?:the )?$")
_SPEAKS_BEHIND = re.compile(r"(?:'s|’s)? (?:residents?|government|Government|leaders?|authorities|included|claims?|disputes?|seeks?|rejects?|protests?)\b")
_SPEAKS_BEFORE = re.compile(r"\b(?:Government of|government of|leaders of) (?:the )?$")
_BOTH = re.compile(
    r"\b(?:(?:both|two|the|neither|either|each) (?:countries|states|sides?|parties|party|nations?|governments|neighbors)|"
    r"each nation|their (?:common |joint |shared )?(?:maritime |land )?(?:border|boundary|boundaries))\b"
)
# "demarcation with Chad and Niger was completed": the other side is the subject.
_WITH = re.compile(r"[^A-Z]*\bwith (?:the )?[A-Z]")
# An armed or political movement, told by its name.
_BAND = re.compile(r"(?<!aka )\b[A-Z][a-z]++(?:-[A-Z][a-z]++)?(?: (?:(?:of|for) )?(?:the )?(?:[A-Z][\w'’]*+|\d+)){0,4}? (?:Front|Army|Movement|Forces|Militia|Brigades?)\b")
_STATE_FORCE = re.compile(r"\b(?:Armed|Defen[cs]e|Security|Coalition|Border|Peace\w*|Joint|Government|Allied Forces|Mission|UN|NATO)\b|^Resistance Army")
_WORD = re.compile(r"[A-Z][a-z]++(?![ -][A-Z])")
_REACH = 40


class Territory(NamedTuple):
    """An entry that is no state: who answers for it (if somebody does), and when it is a party itself."""

    state: str | None
    acts: str


class Sides(NamedTuple):
    """The parties of a clause in the order of their names, those implied among them, and third parties."""

    parties: tuple[str, ...]
    implied: tuple[str, ...]
    third: tuple[str, ...]


@cache
def territories() -> dict[str, Territory]:
    """Return the entries that are no states, by name."""
    return {name: Territory(None if state == "-" else state, acts) for name, state, acts in rows("territories.tsv")}


@cache
def _actors() -> tuple[dict[str, str], re.Pattern[str]]:
    names = dict(rows("actors.tsv"))
    forms = sorted(names, key=len, reverse=True)
    return names, re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")


def named(text: str, subject: str | None = None, mentions: Iterable[Mention] | None = None) -> tuple[list[str], list[str]]:
    """Return the parties that ``text`` prints and the mediating states among those it names, in reading order.

    A name that several share (``shared.tsv``) is the ``subject`` if that is one of them, else the one that the text
    names in full, else the first of the table's row.

    >>> named("Kenya and Mali dispute the line in Lake Chad, talks mediated by Togo continue")
    (['Kenya', 'Mali'], ['Togo'])
    """
    found: list[tuple[int, str]] = []
    third: list[str] = []
    for mention in find_countries(text) if mentions is None else mentions:
        name = mention.country.short
        if _is_part(text, mention.start, mention.end) or _is_place(mention.country, text, mention.start, mention.end):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start]
        if _MEDIATES.match(text, mention.end) and "wishes" not in text or _MEDIATED_BY.search(before):
            third.append(name)
        else:
            found.append((mention.start, name))
    _tell_apart(text, found, subject)
    names, pattern = _actors()
    found += [(match.start(), names[match[0]]) for match in pattern.finditer(text)]
    found += [(match.start(), match[0]) for match in _BAND.finditer(text) if not _is_state_force(match[0], names)]
    found.sort()
    return _once(name for _, name in found), _once(third)


@cache
def _shared() -> dict[str, list[str]]:
    return {form: names.split("|") for form, names in rows("shared.tsv")}


def _tell_apart(text: str, found: list[tuple[int, str]], subject: str | None) -> None:
    """Replace, in ``found``, what is printed with a shared name by the state that is meant."""
    for index, (start, _) in enumerate(found):
        match = _WORD.match(text, start)
        names = _shared().get(match[0]) if match else None
        if names:
            full = [name for at, name in found if at != start and name in names]
            meant = subject if subject in names else (full or names)[0]
            found[index] = (start, meant or names[0])


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _is_state_force(name: str, known: dict[str, str]) -> bool:
    """Whether ``name`` is no band of its own: an army of a state, or one that the table of actors names."""
    return name in known or _STATE_FORCE.search(name) is not None or next(find_countries(name), None) is not None


def _is_part(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _REACH) : start]
    if _WATER_BEHIND.match(text, end):
        return True
    return _WATER_BEFORE.search(before) is not None


def _is_place(country: Country, text: str, start: int, end: int) -> bool:
    territory = territories().get(country.short)
    acts = territory.acts if territory else "yes" if country.kind == "country" else "no"
    if acts != "speaks":
        return acts == "no"
    before = text[max(0, start - _REACH) : start]
    return not (_SPEAKS_BEHIND.match(text, end) or _SPEAKS_BEFORE.search(before))


def sides(
    text: str,
    mentions: list[Mention],
    subject: str | None,
    heading: list[str],
    previous: tuple[str, ...],
    *,
    nothing: bool,
) -> Sides:
    """Return who has a side in the clause ``text`` of ``subject``'s entry; ``mentions`` are the countries it names.

    A clause that prints fewer than two parties is about those of the ``heading`` it stands under; one that speaks of
    ``both countries`` about the ``previous`` clause's; any other about the subject too. ``nothing``: it says that there
    is no dispute, so that only a heading implies anybody.
    """
    parties, third = named(text, subject, mentions)
    implied: list[str] = []
    if len(parties) < 2:
        if heading:
            implied = heading
        elif previous and (not parties or parties == [subject]) and _BOTH.search(text):
            implied = list(previous)
        if subject and not nothing and not implied:
            implied = _owner(subject)
    elif subject and subject not in parties and _WITH.match(text):
        implied = _owner(subject)
    implied = [name for name in implied if name not in parties]
    return Sides((*parties, *implied), tuple(implied), tuple(third))


def _owner(subject: str) -> list[str]:
    """Return who answers for the subject: itself, or the state that administers it, or nobody (an ocean)."""
    territory = territories().get(subject)
    if territory is None or territory.acts == "yes":
        return [subject]
    return [territory.state] if territory.state else []
