"""Names in a clause: which of the countries it prints have a side, which bands and bodies it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from factparse.extract.disputes.lexicon import rows
from factparse.language.scanner import Cell, cell
from factparse.vocabulary import Country, countries, country_named, find_countries, holds_a_name, prose_names

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
# The last word before a name without which the two patterns above that end at the name cannot hold, and the first words
# behind a name (or the six letters that they begin with) without which the one above cannot.
_HINTS = frozenset(
    ["of", "the", "lake", "ethnic", "ethnically", "former", "to", "on", "by", "from", "non", "pre", "cape", "mount"]
)
_FOLLOWING = frozenset(
    [
        *("sea", "seas", "strait", "straits", "channel", "river", "rivers", "ocean", "gulf", "basin", "canal", "delta"),
        *("passage", "trench", "bay", "minority", "majority", "community", "company", "compan", "firm", "firms"),
        *("survey", "ancest", "descen", "curren", "states", "coloni", "speaki", "langua", "served"),
        *("mediat", "broker", "facili", "sponso", "arbitr", "current"),
    ]
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
# "North from South Korea": the first has no more than its side of the name.
_HALF = re.compile(r"\b(North|South|East|West)(?= (?:and|from|or|with) (?:North|South|East|West) ((?:[A-Z]\w*+ ?)++))")
_SIDE = re.compile(r"North |East |South |West ")
# A body whose member a state is or becomes, or that pays, is none before which the matter is.
_MEMBER_BEFORE = re.compile(
    r"\b(?:join(?:s|ed|ing)?|(?:accession|admission|access|application) to|entry (?:in)?to|enter(?:s|ed|ing)?|"
    r"membership (?:of|in)|members? of|states? of|borders? of|(?:assistance|support|help|funding) from|outside|leaving|"
    r"left|part of) (?:the )?\Z"
)
_MEMBER_BEHIND = re.compile(
    r"(?:'s|’s)? (?:external |eastern |common )?(?:borders?|members?|accession|membership|entry|citizens|candidates?)\b"
)
_LEGAL = re.compile(r" (?:Convention|World|sanctions|states|member|external)\b")
_WORD = re.compile(r"[A-Z][a-z]++(?![ -][A-Z])")
_REACH = 40
_STEM = 6
_STATES = frozenset({"country", "former"})
_GAPS = frozenset(["", " ", ",", ";", "-", "'"])


class Territory(NamedTuple):
    """An entry that is no state: who answers for it (if somebody does), and when it is a party itself."""

    state: str | None
    acts: str


class Ranges(NamedTuple):
    """Where the text names states, entries that are places (the end by the start), and courts and bodies."""

    states: dict[int, int]
    areas: dict[int, int]
    bodies: tuple[tuple[int, int], ...]


class Names(NamedTuple):
    """Who has a side, the mediating states, and the courts and bodies; each once, in reading order."""

    parties: tuple[str, ...]
    third: tuple[str, ...]
    forums: tuple[str, ...]
    ranges: Ranges


@cache
def territories() -> dict[str, Territory]:
    """Return the entries that are no states, by name."""
    return {name: Territory(None if state == "-" else state, acts) for name, state, acts in rows("territories.tsv")}


class _Proper(NamedTuple):
    """A name that is no entry's: of a ``party``, of a ``forum`` (court or body), or a band's noun, which is neither."""

    form: str
    party: str | None
    forum: str | None


# As printed, what it names, its number of words, and the name of a state that has a side wherever it stands alone.
_Entry = tuple[str, "Country | None", int, str | None]


class _First(NamedTuple):
    """What may begin with a word: names of entries, by their second word if they have one, and other names."""

    longer: dict[str, list[_Entry]]
    alone: tuple[_Entry, ...]
    others: tuple[_Proper, ...]


@cache
def _firsts() -> dict[str, _First]:
    """Return what names may begin with a word (in small letters), the longest first."""
    told = [_Proper(form, party, None) for form, party in rows("actors.tsv")]
    told += [_Proper(form, None, forum) for form, forum in rows("forums.tsv")]
    told += [_Proper(noun, None, None) for noun in _BAND_NOUNS]
    others: dict[str, list[_Proper]] = {}
    for name in sorted(told, key=lambda name: -len(name.form)):
        others.setdefault(cell(name.form).words[0], []).append(name)
    acting = _acting()
    longer: dict[str, dict[str, list[_Entry]]] = {}
    alone: dict[str, list[_Entry]] = {}
    for form, country, _ in sorted(chain(*prose_names().values()), key=lambda named: -len(named[0])):
        parts = cell(form).words
        acts = country is not None and country.kind in _STATES and country.short in acting
        entry = (form, country, len(parts), country.short if acts and country else None)
        if len(parts) > 1:
            longer.setdefault(parts[0], {}).setdefault(parts[1], []).append(entry)
        else:
            alone.setdefault(parts[0], []).append(entry)
    return {
        first: _First(longer.get(first, {}), tuple(alone.get(first, ())), tuple(others.get(first, ())))
        for first in {**others, **longer, **alone}
    }


def shared_names() -> frozenset[str]:
    """Return the states whose name or people's name another state shares."""
    return _shared()[1]


@cache
def _shared() -> tuple[dict[str, list[str]], frozenset[str]]:
    table = {form: names.split("|") for form, names in rows("shared.tsv")}
    return table, frozenset(name for names in table.values() for name in names)


def names(text: str, subject: str | None = None, found: Cell | None = None) -> Names:
    """Return whom ``text`` names; ``found`` are its words, if they are known.

    A name that several states share (``shared.tsv``) is the ``subject`` if that is one of them, else the one that the
    text names in full, else the first of the table's row.

    >>> names("Kenya and Mali dispute the line in Lake Chad, talks mediated by Togo and the UN continue")[:3]
    (('Kenya', 'Mali'), ('Togo',), ('UN',))
    """
    clause = found or cell(text)
    words = clause.words
    met = _Met(text, words)
    entry_end = other_end = 0
    for index, first in enumerate(map(_firsts().get, words)):
        if first is None:
            continue
        start = clause.ends[index] - len(words[index]) + index
        longer, alone, others = first
        if start >= entry_end and text[start].isupper():
            entry_end = met.entry(longer, alone, start, index)
        if others and start >= other_end:
            other_end = met.other(others, start)
    sides = met.sides
    if sides and not shared_names().isdisjoint([name for _, name in sides]):
        _tell_apart(text, sides, subject)
    if ("th " in text or "st " in text) and _SIDE.search(text):
        sides += _halves(text)
    if met.bands:
        sides += [(match.start(), match[0]) for match in _BAND.finditer(text) if not _is_known(match[0])]
    sides.sort()
    ranges = Ranges(met.states, met.areas, tuple(met.bodies))
    parties = tuple(dict.fromkeys([name for _, name in sides]))
    return Names(parties, once(met.third), once(met.forums), ranges)


class _Met:
    """The names met so far in a text."""

    __slots__ = ("areas", "bands", "bodies", "forums", "sides", "states", "text", "third", "words")

    def __init__(self, text: str, words: list[str]) -> None:
        self.text = text
        self.words = words
        self.sides: list[tuple[int, str]] = []
        self.third: list[str] = []
        self.forums: list[str] = []
        self.states: dict[int, int] = {}
        self.areas: dict[int, int] = {}
        self.bodies: list[tuple[int, int]] = []
        self.bands = False

    def entry(self, longer: dict[str, list[_Entry]], alone: tuple[_Entry, ...], start: int, index: int) -> int:
        """Take the entry that stands at ``start``, which is the word number ``index``; return where it ends, or 0."""
        text, words = self.text, self.words
        second = longer.get(words[index + 1]) if longer and index + 1 < len(words) else None
        for form, country, size, short in (*second, *alone) if second else alone:
            end = start + len(form)
            if text.startswith(form, start) and ((plain := text[end : end + 1] in _GAPS) or _ends_a_word(text, end)):
                if plain and short and _is_alone(words, index, index + size):
                    self.states[start] = end
                    self.sides.append((start, short))
                elif country is not None:
                    part = _part(text, start, end, country, words, index, index + size)
                    kind = country.kind
                    if kind in _STATES and part != "other":
                        self.states[start] = end
                    elif part == "place" and kind != "other" and form in country.names:
                        self.areas[start] = end
                    if part == "side":
                        self.sides.append((start, country.short))
                    elif part == "third":
                        self.third.append(country.short)
                return end
        return 0

    def other(self, named: tuple[_Proper, ...], start: int) -> int:
        """Take the one of ``named`` that stands at ``start``; return where it ends, or 0."""
        text = self.text
        for form, party, forum in named:
            end = start + len(form)
            if text.startswith(form, start) and _ends_a_word(text, end):
                if party:
                    self.sides.append((start, party))
                elif forum is None:
                    self.bands = True
                else:
                    self.bodies.append((start, end))
                    if not _LEGAL.match(text, end) and not _is_joined(text, start, end):
                        self.forums.append(forum)
                return end
        return 0


def _halves(text: str) -> Iterator[tuple[int, str]]:
    """Yield the states of which a joined name prints only the side (``North and South Korea``)."""
    for match in _HALF.finditer(text):
        named = country_named(f"{match[1]} {match[2].strip()}")
        if named is not None and named.kind == "country":
            yield match.start(), named.short


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether the body ``text[start:end]`` is named because a state belongs to it."""
    before = text[max(0, start - _REACH) : start]
    return _MEMBER_BEHIND.match(text, end) is not None or _MEMBER_BEFORE.search(before) is not None


def _ends_a_word(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not (text[end - 1].isalnum() and (following.isalnum() or following == "_"))


def _is_alone(words: list[str], index: int, behind_it: int) -> bool:
    """Whether no word beside a name, the word number ``index``, makes it part of another or tells its part."""
    if index and words[index - 1] in _HINTS:
        return False
    if behind_it >= len(words):
        return True
    following = words[behind_it]
    return not (following in _FOLLOWING or following[:_STEM] in _FOLLOWING)


def _part(text: str, start: int, end: int, country: Country, words: list[str], index: int, behind_it: int) -> str:
    """Return what an entry named in ``text[start:end]`` is there.

    A ``side``, a ``third`` party, a ``place``, a part of the name of another place (``other``), or none of these. It is
    the word number ``index`` of ``words``, and ``behind_it`` the number of the word behind it.
    """
    following = words[behind_it] if behind_it < len(words) else ""
    before_it = words[index - 1] if index else ""
    behind = mediated = None
    if following in _FOLLOWING or following[:_STEM] in _FOLLOWING or text.startswith("$", end):
        if holds_a_name(text, start, end):
            return "other"
        behind = _BEHIND.match(text, end)
        if behind and behind["part"]:
            return ""
    if before_it in _HINTS:
        if holds_a_name(text, start, end):
            return "other"
        before = text[max(0, start - _REACH) : start]
        if _PART_BEFORE.search(before):
            return ""
        mediated = _MEDIATED_BY.search(before)
    if country.short not in _acting() and _is_place(country, text, start, end):
        return "place"
    return "third" if behind or mediated else "side"


@cache
def _acting() -> frozenset[str]:
    """Return the entries that have a side wherever they are named: states, and territories that the table says do."""
    known = territories()
    return frozenset(
        country.short for country in countries() if country.kind == "country" and country.short not in known
    ) | {name for name, territory in known.items() if territory.acts == "yes"}


def once(names: Sequence[str]) -> tuple[str, ...]:
    """Return each of ``names`` once, in their order."""
    return tuple(dict.fromkeys(names)) if names else ()


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


def _is_known(name: str) -> bool:
    """Whether ``name`` is no band of its own: an army of a state, or one that the table of actors names."""
    return (
        any(name.endswith(form) for form, _ in rows("actors.tsv"))
        or _STATE_FORCE.search(name) is not None
        or next(iter(find_countries(name)), None) is not None
    )


def _is_place(country: Country, text: str, start: int, end: int) -> bool:
    territory = territories().get(country.short)
    if territory is None:
        return country.kind != "country"
    if territory.acts != "speaks":
        return territory.acts == "no"
    return not (_SPEAKS_BEHIND.match(text, end) or _SPEAKS_BEFORE.search(text, max(0, start - _REACH), start))
