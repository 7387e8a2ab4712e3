"""The one pattern that finds all lines that may be structure, nearly as fast as a search for line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.tables import LAYOUTS
from factparse.vocabulary import label_pattern, labels, topic_headings

LEADING: Final = " \t|#*>_\xa0\u200b\ufeff\u200e\u200f"
"""Characters that extractors leave before a heading: indentation, Markdown marks, invisible ones."""

LEAD: Final = f"[{LEADING}]*+"
TAIL: Final = "[ \t|#*=:_\xa0\r\u200b\u200e\u200f]*+"
"""``LEAD`` is the pattern of what may stand before a heading, ``TAIL`` of what may stand behind it."""

_MARKS = r"(?:[^\w\n]|_)*+"  # around and between phrases of noise
_REST = r"[^\n]{1,200}"
_NOISE_PIECES = {" ": r"[ \xa0]++", ":": f":{_REST}", "...": _REST}

_CATEGORY: Final = "Category"  # what some pages print before a topic
_LETTERS: Final = re.compile(r"[A-Z][^\W\d_]{0,3}")  # the first ones of a word

# Endings that turn a label of one word into another word: "Coalition", "Constitutional", "Radios", "Parliamentary".
_OTHER_WORD = r"(?:s|al|ally|ition\w*|ary|aries|ism\w*|ists?|ian\w*|ing|ed|ly|ness|diff\w*|mouth)\b"


@cache
def noise_phrases(group: str = "") -> str:
    """The pattern of phrases that web pages put around a comparison (``noise.tsv``), one or more side by side.

    >>> bool(re.fullmatch(noise_phrases(), "[Show more] | SHARE THIS PAGE: mail, print"))
    True
    """
    # A flag says that letters may be capitals: as a class for each letter, the pattern takes twice as long to compile.
    return rf"{_MARKS}(?>(?:(?ai:{trie_pattern(forms('noise', group), _NOISE_PIECES)}){_MARKS})+)"


@cache
def noise_line() -> re.Pattern[str]:
    """The pattern of :func:`noise_phrases`, compiled. It matches in one way only, so what stands behind is asked after.

    >>> noise_line().match("Show more\\nArea").end()
    9
    """
    return re.compile(noise_phrases())


@cache
def lines() -> re.Pattern[str]:
    """The pattern of a line break behind which a line may be structure; ``lastgroup`` of a match names what it found.

    It starts with the break and not with ``^``, since that makes the search several times as fast. So a line feed must
    be put before a text for its first line to be found.

    ``topic``, ``source`` and ``rule`` fill a line. The other groups follow the label in group ``label`` and tell its
    form: those of :data:`~factparse.layout.tables.LAYOUTS` show a table, ``line`` is the end of the line, ``spaced`` a
    space, ``joined`` a small letter, ``glued`` anything else that a cell can start with; a hyphen and a letter go on
    the word (``Constitution-based``).

    >>> [match.lastgroup for match in lines().finditer("\\nGeography\\nArea5 sq km\\nCoastline | 1 km\\nAreas of peat")]
    ['topic', 'glued', 'bars']
    """
    topics = sorted({name for heading in topic_headings() for name in (heading, heading.upper())})
    return re.compile(
        rf"\n(?:(?P<rule>[|:+ \t]*+(?:--|==)[-=|+: \t]++\r?$)|{LEAD}(?:"
        rf"(?P<topic>(?>{_either(topics)})(?={TAIL}$|{noise_phrases()}$))"
        rf"|(?P<source>[Ss](?i:ource:?[ \t]*+(?:the[ \t]++)?(?:cia|central intelligence agency)\b)[^\n]{{0,60}}$)"
        rf"|(?P<label>(?>{label_pattern()}))"
        rf"(?:{'|'.join(f'(?P<{layout.form}>(?={layout.first.pattern}))' for layout in LAYOUTS)}"
        r"|(?P<line>(?=[ \t\xa0\r]*+$))|(?P<spaced>(?=[ \xa0]))"
        rf"|(?P<joined>(?!{_OTHER_WORD})(?=[a-z\xdf-\xff]))"
        r"|(?P<glued>(?![a-z\xdf-\xff,;:)\]'\u2019/!?.]|-[^\W\d_])|(?=\.\w)))))",
        re.M,
    )


@cache
def label_lines() -> re.Pattern[str]:
    """The pattern of a line break and a line that starts with a label; several times as fast as :func:`lines`.

    >>> [match["label"] for match in label_lines().finditer("Home\\nMedian age | 31 years")]
    ['Median age']
    """
    return re.compile(rf"\n{LEAD}(?=[A-Z])(?P<label>(?>{label_pattern()}))")


def telling_lines(text: str) -> Iterable[re.Match[str]]:
    """The beginnings of lines that may make a page of ``text`` although it has no title: one fast search.

    Most texts have none, are no page, and give an empty tuple. Group ``label`` of a match is a label, and ``table`` is
    set where a bar or tab follows it; or ``headed`` is what :func:`topic_first` finds. Offsets are those of a text with
    one line break more, at its start.

    >>> [match.lastgroup for match in telling_lines("Area | 5 km\\nHome\\nMedian age\\nEconomy: Exports: none")]
    ['table', 'label', 'headed']
    """
    lines = "\n" + text
    pattern = _telling()
    first = pattern.search(lines)
    return pattern.finditer(lines, first.start()) if first is not None else ()


@cache
def _telling() -> re.Pattern[str]:
    table = "|".join(layout.first.pattern for layout in LAYOUTS if layout.pieces)
    label = rf"(?P<label>(?>{label_pattern()}))(?P<table>(?={table}))?"
    return re.compile(rf"\n{LEAD}(?=[A-Z])(?={_first_letters()})(?:(?P<headed>{_topic_first()})|{label})")


def _first_letters() -> str:
    """The pattern of how labels and topics begin. One look at it passes over most lines, which begin otherwise."""
    words = (_CATEGORY, *topic_headings(), *(label.text for label in labels() if not label.part))
    return trie_pattern(sorted({found[0] for found in map(_LETTERS.match, words) if found is not None}))


@cache
def topic_first() -> re.Pattern[str]:
    """The pattern of the beginning of a line that has a topic before its label, as on some country pages.

    >>> topic_first().match("Category: Geography - Area: 5 sq km")[0], topic_first().match("Economy: Exports: none")[0]
    ('Category: Geography - ', 'Economy: ')
    """
    return re.compile(f"{LEAD}{_topic_first()}")


def _topic_first() -> str:
    topics = trie_pattern(topic_headings())
    # "Or nothing" instead of "?": the search asks this of every line, and leaves an alternative at its first letter.
    return rf"(?:{_CATEGORY}[ ]?:[ ]*+|)(?>{topics})[ ]*+(?:-|\u2013|\u2014|::?|>|/)[ ]++(?=[A-Z])"


@cache
def other_word() -> re.Pattern[str]:
    """The pattern of endings that make another word of a one-word label, as ``Coalition`` is not ``Coal``."""
    return re.compile(_OTHER_WORD)


@cache
def any_label() -> re.Pattern[str]:
    """The pattern of a label anywhere in a line, for pages whose line breaks are lost."""
    return re.compile(f"(?>{label_pattern()})")


def _either(words: list[str]) -> str:
    # The longest first: an alternation takes the first that matches, which may only begin the right one.
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
