"""The Factbook's entries with their names in every edition, demonyms, adjectives and codes. Finds them in texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple, cast

import attrs

from factparse.vocabulary.names import list_key, name_key, turned_key
from factparse.vocabulary.tables import fold, rows
from factparse.vocabulary.writing import as_meant

Kind = Literal["country", "territory", "ocean", "other", "former"]
How = Literal["name", "demonym", "adjective"]

_SHARED: Final = "~"  # in the data: alone, this demonym or adjective more often means another country
_KEY: Final = 3  # the number of first characters that choose the bucket of a name
_LONGEST: Final = 160  # no name is longer, so longer texts are not folded
# A name that may be written otherwise than the Factbook does: with a sign, a letter that is not ASCII, or a last "The".
_ODD: Final = re.compile(r"(?=.*?(?:[,.(&]|\W[Tt]he\Z|[^\x00-\x7f]))[A-Za-z&\x80-\U0010ffff][^\n\t|=:_\"<>{}\[\]]*+\Z")
_CAPITAL: Final = re.compile(r"[A-Z\u00ce]\w*+")


@attrs.frozen(slots=True, cache_hash=True)
class Country:
    """An entry of the Factbook: a country, a territory, an ocean, a former state, the European Union, the world.

    ``name`` is the newest name of the entry (``Korea, North``), ``short`` the plain one (``North Korea``). ``alpha2``,
    ``alpha3`` and ``numeric`` are ISO 3166-1 codes (for former states those that ISO 3166-3 keeps), ``gec`` is the
    Factbook's own code, ``tld`` the Internet domain. Each is empty if there is none. ``names`` are all printed names
    and aliases, ``name`` first. ``demonyms`` are nouns for the people (``Kazakhstani``, ``Kazakhstanis``).
    """

    name: str
    short: str
    alpha2: str
    alpha3: str
    numeric: str
    gec: str
    tld: str
    kind: Kind
    names: tuple[str, ...] = attrs.field(repr=False)
    demonyms: tuple[str, ...] = attrs.field(repr=False)
    adjectives: tuple[str, ...] = attrs.field(repr=False)


@attrs.frozen(slots=True)
class Mention:
    """A country named in a text: the range of the word or words, the country, and which kind of word it is."""

    start: int
    end: int
    country: Country
    how: How


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.replace(_SHARED, "").split("|")) if cell else ()


@cache
def _table() -> tuple[tuple[Country, tuple[str, ...]], ...]:
    """Every entry, each with those of its demonyms and adjectives that more often mean another country."""
    found = []
    for name, short, alpha2, alpha3, numeric, gec, tld, kind, *words in rows("countries"):
        shared = tuple(w[1:] for w in "|".join(words).split("|") if w.startswith(_SHARED))
        names, demonyms, adjectives = map(_words, words)
        entry = Country(name, short, alpha2, alpha3, numeric, gec, tld, cast(Kind, kind), names, demonyms, adjectives)
        found.append((entry, shared))
    return tuple(found)


def countries() -> tuple[Country, ...]:
    """All entries, in the alphabetical order of their names.

    >>> [c.alpha3 for c in countries() if c.short == "Cote d'Ivoire"]
    ['CIV']
    """
    return tuple(entry for entry, _ in _table())


@cache
def _by_key() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for entry in countries():
        for name in entry.names:
            found.setdefault(name_key(name), entry)
    for name, entry in _listed():
        found.setdefault(name_key(name), entry)
    return found


@cache
def _listed() -> tuple[tuple[str, Country], ...]:
    """The names that ISO 3166-1, the United Nations, the World Bank and other sites print, but no edition prints."""
    entries = {entry.name: entry for entry in countries()}
    return tuple((name, entries[entry]) for name, entry, _ in rows("names"))


@cache
def _by_list_key() -> dict[str, Country]:
    """The entries by the keys of their names in lists, without keys that two entries share."""
    found: dict[str, Country | None] = {}
    for name, entry in [*((name, each) for each in countries() for name in each.names), *_listed()]:
        key = list_key(name)
        found[key] = entry if found.get(key, entry) is entry else None
    return {key: entry for key, entry in found.items() if entry is not None}


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of all words of names: lists turn names round, so that any word may come first."""
    keys = (*_by_key(), *_by_list_key())
    return frozenset(word[:_KEY] for key in keys for word in re.split(r"[^\w]+", key) if word)


def name_begins(text: str) -> bool:
    """Whether a name of any list may begin as ``text`` does. This is a quick look.

    >>> name_begins("CuraÃ§ao"), name_begins("Arsenal")
    (True, False)
    """
    word = re.match(r"\w+", fold(as_meant(text)))
    return word is not None and word[0][:_KEY] in _beginnings()


def country_named(text: str) -> Country | None:
    """The entry that ``text`` names, or ``None``. The whole text must be one of its names, as any edition prints it.

    Case, accents, white space, the kind of apostrophe, ``&`` for ``and`` and a leading ``The`` do not matter; nor does
    what scraping does to letters (entities, a wrong encoding), or how lists of countries turn and shorten a name.

    >>> country_named("the GAMBIA").name
    'Gambia, The'
    >>> country_named("C\u00f4te d\u2019Ivoire").alpha2
    'CI'
    >>> country_named("Korea, Dem. Rep.").name, country_named("TÃ¼rkiye").alpha3
    ('Korea, North', 'TUR')
    >>> country_named("Korea") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    found = _by_key().get(name_key(text))
    if found is None and _ODD.match(text.strip()):
        meant = as_meant(text)
        key = list_key(meant)
        found = _by_key().get(name_key(meant)) or _by_list_key().get(key) or _by_key().get(turned_key(key))
    return found


class Codes(NamedTuple):
    """The ISO 3166-1 alpha-3 code of an entry and the Factbook's own code (GEC), each ``None`` if it has none."""

    alpha3: str | None
    gec: str | None


@lru_cache(maxsize=4096)
def codes_of(name: str | None) -> Codes:
    """The codes of the entry that ``name`` names (:func:`country_named`). No entry has no codes.

    >>> codes_of("Chad"), codes_of("Kosovo"), codes_of("Atlantis")
    (Codes(alpha3='TCD', gec='CD'), Codes(alpha3=None, gec='KV'), Codes(alpha3=None, gec=None))
    """
    entry = country_named(name) if name else None
    return Codes(entry.alpha3 or None, entry.gec or None) if entry else Codes(None, None)


@cache
def _name_buckets() -> dict[str, tuple[tuple[str, Country], ...]]:
    """The names as printed, by their first three characters, the longest first."""
    found: dict[str, dict[str, Country]] = {}
    for entry in countries():
        for name in entry.names:
            for text in (name, name.replace("'", "\u2019")):
                found.setdefault(text[:_KEY], {}).setdefault(text, entry)
    for name, entry in _listed():
        found.setdefault(name[:_KEY], {}).setdefault(name, entry)
    return {key: tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0]))) for key, pairs in found.items()}


def names_at(text: str, start: int = 0) -> Iterator[tuple[Country, int]]:
    """Yield each entry whose name, as printed, stands in ``text`` at ``start``, with the end of the name.

    The longest name comes first. Case matters.

    >>> [end for _, end in names_at("Guinea-BissauGuinea")]
    [13, 6]
    """
    for size in (_KEY, 2):  # a name of two letters (US) is in a bucket of its own
        for name, entry in _name_buckets().get(text[start : start + size], ()):
            if text.startswith(name, start):
                yield entry, start + len(name)


def country_at(text: str, start: int = 0) -> tuple[Country, int] | None:
    """The entry with the longest name that stands in ``text`` at ``start``, and the end of that name; or ``None``.

    Case matters. The text after the name does not, because nothing divides two names in glued text.

    >>> country, end = country_at("NigeriaChad")
    >>> country.short, end
    ('Nigeria', 7)
    """
    return next(names_at(text, start), None)


@cache
def prose_names() -> dict[str, tuple[tuple[str, Country | None, How], ...]]:
    """The names, demonyms and adjectives that may stand in prose, by their first word, the longest first.

    Each comes with its country and the kind of word it is. A place that is no country but holds the name of one (``New
    Guinea``) is there too, with ``None``, so that the country is not found in it.

    >>> [(text, how) for text, country, how in prose_names()["Korean"]]
    [('Korean Peninsula', 'name'), ('Korean War', 'name'), ('Korean', 'adjective')]
    """
    # Names win over phrases, and both over demonyms. If two countries share a demonym, the first one gets it.
    found: dict[str, tuple[Country | None, How]] = {
        text: (None, "name") for kind, text in rows("places") if kind == "phrase"
    }
    unfit = {text for kind, text in rows("places") if kind == "heading"}
    for entry, _ in _table():
        found.update((name, (entry, "name")) for name in entry.names if name not in unfit)
    for entry, shared in _table():
        for word in (*entry.adjectives, *entry.demonyms):
            if word not in shared:
                found.setdefault(word, (entry, "adjective" if word in entry.adjectives else "demonym"))
    by_word: dict[str, list[tuple[str, Country | None, How]]] = {}
    for text, (country, how) in found.items():
        first = _CAPITAL.match(text)
        if first:
            group = by_word.setdefault(first[0], [])
            group.append((text, country, how))
            if "'" in text:
                group.append((text.replace("'", "\u2019"), country, how))
    for group in by_word.values():
        if len(group) > 1:
            group.sort(key=lambda item: -len(item[0]))
    return {word: tuple(group) for word, group in by_word.items()}


@cache
def _affixes(kind: str) -> tuple[str, ...]:
    """The words of ``places.tsv`` that turn a name into another place when they stand before or after it."""
    return tuple(text for row, text in rows("places") if row == kind)


def _ends_a_word(text: str, end: int) -> bool:
    last, following = text[end - 1], text[end : end + 1]
    return not (last.isalnum() and (following.isalnum() or following == "_"))


def holds_a_name(text: str, start: int, end: int) -> bool:
    """Whether the name ``text[start:end]`` is only part of the name of another place (``Gulf of Guinea``).

    >>> holds_a_name("the Congo River", 4, 9)
    True
    """
    return text.startswith(_affixes("after"), end) or text.endswith(_affixes("before"), max(0, start - 12), start)


@cache
def shared_words() -> frozenset[str]:
    """The demonyms and adjectives of more than one country: ``Korean`` tells neither.

    >>> "Korean" in shared_words(), "Peruvian" in shared_words()
    (True, False)
    """
    words = Counter(word for country in countries() for word in {*country.demonyms, *country.adjectives})
    return frozenset(word for word, count in words.items() if count > 1)


def find_countries(text: str, *, glued: bool = False) -> Iterator[Mention]:
    """Yield the countries that ``text`` names, in reading order: the longest match at each place, none overlapping.

    Case matters (``US`` but not ``us``), and a match is whole words. Places that only contain a country's name
    (``New Guinea``, ``Gulf of Guinea``, ``Congo River``) are passed over; ``places.tsv`` lists them. With ``glued``
    anything may follow a name, so that ``KazakhstanRussia`` gives two.

    >>> [(m.country.alpha3, m.how) for m in find_countries("Kazakh-Uzbek border talks; Russians in the two Guineas")]
    [('KAZ', 'adjective'), ('UZB', 'adjective'), ('RUS', 'demonym')]
    >>> [m.country.short for m in find_countries("NigerNigeria", glued=True)]
    ['Niger', 'Nigeria']
    """
    return _find_glued(text) if glued else _find(text)


def _find(text: str) -> Iterator[Mention]:
    known = prose_names()
    done = 0
    # Every name begins with a capital. So only words with a capital are looked up.
    for word in _CAPITAL.finditer(text):
        candidates = known.get(word.group())
        start = word.start()
        if candidates is None or start < done or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
            continue
        for form, country, how in candidates:
            if text.startswith(form, start) and _ends_a_word(text, start + len(form)):
                done = start + len(form)
                if country is not None and not holds_a_name(text, start, done):
                    yield Mention(start, done, country, how)
                break


@cache
def _glued_buckets() -> dict[str, tuple[tuple[str, Country | None, How], ...]]:
    found: dict[str, list[tuple[str, Country | None, How]]] = {}
    for group in prose_names().values():
        for item in group:
            found.setdefault(item[0][:2], []).append(item)
    return {key: tuple(sorted(group, key=lambda item: -len(item[0]))) for key, group in found.items()}


def _find_glued(text: str) -> Iterator[Mention]:
    known = _glued_buckets()
    at = 0
    for capital in re.finditer(r"[A-Z\u00ce]", text):
        start = capital.start()
        # A name begins a word, or follows directly on the name before it.
        if start < at or (start != at and text[start - 1].isalnum()):
            continue
        for form, country, how in known.get(text[start : start + 2], ()):
            if text.startswith(form, start):
                at = start + len(form)
                if country is not None:
                    yield Mention(start, at, country, how)
                break
