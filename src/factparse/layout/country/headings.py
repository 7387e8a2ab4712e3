"""Reads the heading of a country page: a line of one country's name, a topic, and words that stand beside them.

``Africa :: Chad``, ``Geography :: CHAD``, ``@Chad, Geography``, ``Transnational Issues Chad 2018``, ``Chad Facts``. The
words are those of ``grammars/words/country_headings.tsv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.vocabulary import country_named, topic_headings, topic_named

_LONGEST = 100  # characters; no heading is longer
_MOST_WORDS = 14
_LONGEST_NAME = 60
_BETWEEN = re.compile(r"[\s\xa0:;|,.>\u00bb\u203a\u2022\u00b7@%=*_#()\[\]/\u2013\u2014\u2015-]*+")
_YEAR = re.compile(r"(?:\d{1,2}[ ,/.-]+)*\d{4}(?:-\d\d-\d\d)?(?!\d)|\d{1,2}(?=[ ,])")
_WORD_END = re.compile(r"(?<=[\w.)])(?!\w)")


class Heading(NamedTuple):
    """What a heading says: the range of the name, and of the topic (``None`` without one). Offsets are the line's.

    ``alone`` says that there is no more than the name, and perhaps a date or a part of the world: such a line may also
    be one of a cell.
    """

    name: tuple[int, int]
    topic: tuple[int, int] | None
    alone: bool


@cache
def _topics() -> re.Pattern[str]:
    words = {topic.casefold() for topic in topic_headings()}
    return _any_case(words)


@cache
def _words() -> re.Pattern[str]:
    words = {*forms("country_headings"), *(month.casefold() for month in forms("months"))}
    return _any_case(words)


def _any_case(words: set[str]) -> re.Pattern[str]:
    return re.compile(rf"(?>(?ai:{trie_pattern(sorted(words))}))(?!\w)")


@cache
def _telling() -> frozenset[str]:
    """The words of which one makes a heading of a line: all but dates and parts of the world."""
    return frozenset(forms("country_headings")) - frozenset(forms("country_headings", "region"))


@cache
def _tellers() -> re.Pattern[str]:
    """The pattern of a word without which a line is no heading, unless a name fills it."""
    return re.compile(rf"\b(?:{_topics().pattern}|{_words().pattern})")


@lru_cache(4096)
def heading_of(line: str) -> Heading | None:
    """What the heading ``line`` says, or ``None`` if it is not one: all its words must be a heading's.

    >>> line = "Africa :: CHAD (2018)"
    >>> [line[slice(*part)] for part in (heading_of(line).name,)], heading_of("Geography - Chad").topic
    (['CHAD'], (0, 9))
    >>> heading_of("Chad is landlocked"), heading_of("Chad").alone
    (None, True)
    """
    if len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    start = _BETWEEN.match(line).end()  # type: ignore[union-attr]  # it matches nothing at least
    stop = len(line.rstrip(" \t\r\xa0:;|.>=*_#-"))
    if start < stop and country_named(line[start:stop]) is not None:
        return Heading((start, stop), None, True)
    return _parts(line, start) if _tellers().search(line) is not None else None


def _parts(line: str, at: int) -> Heading | None:
    """The heading that ``line`` is from ``at`` on, word by word; ``None`` if some word is not one of a heading."""
    name: tuple[int, int] | None = None
    topic: tuple[int, int] | None = None
    words = False
    while at < len(line):
        end = _name_end(line, at) or at
        found = _topics().match(line, at) or _words().match(line, at) or _YEAR.match(line, at)
        if found is not None and found.end() > end:  # The World Factbook begins with the name of an entry
            end = found.end()
            if found.re is _topics():
                topic = topic or (at, end)
            words = words or found[0].casefold() in _telling()
        elif end > at:
            if name is not None and country_named(line[slice(*name)]) is not country_named(line[at:end]):
                return None  # two countries: a list, or a comparison
            name = name or (at, end)
        else:
            return None
        at = _BETWEEN.match(line, end).end()  # type: ignore[union-attr]
    return Heading(name, topic, not words and topic is None) if name is not None else None


def _name_end(line: str, at: int) -> int | None:
    """Where the longest country name that starts at ``at`` ends: in any case, but with a capital at its start."""
    if not line[at].isupper():
        return None
    ends = [found.end() for found in _WORD_END.finditer(line, at + 1, at + _LONGEST_NAME)]
    return next((end for end in reversed(ends) if country_named(line[at:end]) is not None), None)


def topic_of(heading: Heading, line: str) -> str | None:
    """The canonical topic that a heading names, if it names one."""
    return topic_named(line[slice(*heading.topic)]) if heading.topic is not None else None
