"""The one pattern that finds the lines that may be structure, at nearly the speed of looking for line breaks."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase
from typing import Final

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.tables import LAYOUTS
from factparse.vocabulary import label_pattern, topic_headings

LEADING: Final = " \t|#*>_\xa0\u200b\ufeff\u200e\u200f"
"""What extractors leave before a heading: indentation, Markdown marks, invisible characters."""

LEAD: Final = f"[{LEADING}]*+"
TAIL: Final = "[ \t|#*=:_\xa0\r\u200b\u200e\u200f]*+"
"""Patterns of what stands before a heading, and of what stands behind it."""

_MARKS = r"(?:[^\w\n]|_)*+"  # around and between phrases of noise
_REST = r"[^\n]{1,200}"
_NOISE_LETTERS = {
    **{letter: f"[{letter}{letter.upper()}]" for letter in ascii_lowercase},
    " ": r"[ \xa0]++",
    ":": f":{_REST}",
    "...": _REST,
}

# Word endings that turn a one-word label into another word: "Coalition", "Constitutional", "Radios", "Parliamentary".
_OTHER_WORD = r"(?:s|al|ally|ition\w*|ary|aries|ism\w*|ists?|ian\w*|ing|ed|ly|ness|diff\w*|mouth)\b"


@cache
def noise_phrases(group: str = "") -> str:
    """The pattern of phrases that web pages put around a comparison (``noise.tsv``), one or more side by side.

    >>> bool(re.fullmatch(noise_phrases(), "[Show more] | SHARE THIS PAGE: mail, print"))
    True
    """
    return rf"{_MARKS}(?>(?:{trie_pattern(forms('noise', group), _NOISE_LETTERS)}{_MARKS})+)"


@cache
def lines() -> re.Pattern[str]:
    """The pattern of line breaks behind which a line may be structure; ``lastgroup`` names what was found.

    That it starts with the break, and not with ``^``, lets it be searched for several times as fast.

    ``topic``, ``source`` and ``rule`` fill a line. The others follow the label in group ``label`` and tell its form:
    those of :data:`~factparse.layout.tables.LAYOUTS` show a table, ``line`` is the end of the line, ``spaced`` a
    space, ``joined`` a small letter, ``glued`` anything else a cell can start with.

    >>> [match.lastgroup for match in lines().finditer("\\nGeography\\nArea5 sq km\\nCoastline | 1 km\\nAreas of peat")]
    ['topic', 'glued', 'bars']
    """
    topics = sorted({name for heading in topic_headings() for name in (heading, heading.upper())})
    return re.compile(
        rf"\n(?:(?P<rule>[|:+ \t]*+(?:--|==)[-=|+: \t]*+\r?$)|{LEAD}(?:"
        rf"(?P<topic>(?>{_either(topics)})(?={TAIL}$|{noise_phrases()}$))"
        rf"|(?P<source>[Ss](?i:ource:?[ \t]*+(?:the[ \t]++)?(?:cia|central intelligence agency)\b)[^\n]{{0,60}}$)"
        rf"|(?P<label>(?>{label_pattern()}))"
        rf"(?:{'|'.join(f'(?P<{layout.form}>(?={layout.first.pattern}))' for layout in LAYOUTS)}"
        r"|(?P<line>(?=[ \t\xa0\r]*+$))|(?P<spaced>(?=[ \xa0]))"
        rf"|(?P<joined>(?!{_OTHER_WORD})(?=[a-z\xdf-\xff]))"
        r"|(?P<glued>(?![a-z\xdf-\xff,;:)\]'\u2019/!?.])|(?=\.\w)))))",
        re.M,
    )


@cache
def label_lines() -> re.Pattern[str]:
    """The pattern of lines with a label, found several times as fast: all that a text without a page is asked.

    It does not see a label on the first line, which no page has alone. ``table`` is set where a bar or tab follows.

    >>> [match["label"] for match in label_lines().finditer("Home\\nMedian age | 31 years")]
    ['Median age']
    """
    table = "|".join(layout.first.pattern for layout in LAYOUTS if layout.pieces)
    return re.compile(rf"\n{LEAD}(?P<label>(?>{label_pattern()}))(?P<table>(?={table}))?")


@cache
def other_word() -> re.Pattern[str]:
    """The pattern of word endings that make another word of a one-word label: ``Coal`` in ``Coalition``."""
    return re.compile(_OTHER_WORD)


@cache
def any_label() -> re.Pattern[str]:
    """The pattern of labels anywhere: for pages whose line breaks are lost."""
    return re.compile(f"(?>{label_pattern()})")


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
