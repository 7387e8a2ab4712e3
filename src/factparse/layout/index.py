"""The one pattern that finds the lines that may be structure, at nearly the speed of looking for line breaks."""

from __future__ import annotations

import re
from functools import cache

from factparse.vocabulary import Label, labels
from factparse.vocabulary.tables import rows

LEAD = "[ \t|#*>_\xa0\u200b\ufeff\u200e\u200f]*+"
"""What extractors leave before a heading: indentation, Markdown marks, invisible characters."""

TAIL = "[ \t|#*=:_\xa0\u200b\u200e\u200f\r]*+$"
"""What they leave behind one."""

# Word endings that turn a one-word label into another word: "Coalition", "Constitutional", "Radios", "Parliamentary".
_OTHER_WORD = r"(?:s|al|ally|ition\w*|ary|aries|ism\w*|ists?|ian\w*|ing|ed|ly|ness|diff\w*|mouth)\b"


@cache
def topic_headings() -> dict[str, str]:
    """Return every section heading as printed, and the canonical topic that it names.

    >>> topic_headings()["People and Society"]
    'Demographics'
    """
    return {heading: topic for heading, topic in rows("topics")}


@cache
def printed_labels() -> dict[str, Label]:
    """Return the labels that may stand before a row, by their text."""
    return {label.text: label for label in labels() if not label.part}


@cache
def lines() -> re.Pattern[str]:
    """Return the pattern of lines that may be structure; ``lastgroup`` names what was found.

    ``topic``, ``source`` and ``rule`` fill a line. The others follow the label in group ``label`` and tell its form:
    ``table`` a bar, tab or wide space, ``line`` the end of the line, ``spaced`` a space, ``joined`` a small letter,
    ``glued`` anything else a cell can start with.

    >>> [match.lastgroup for match in lines().finditer("Geography\\nArea5 sq km\\nCoastline | 1 km\\nAreas of peat")]
    ['topic', 'glued', 'table']
    """
    topics = sorted({name for heading in topic_headings() for name in (heading, heading.upper())})
    return re.compile(
        rf"^(?:(?P<rule>[|:+ \t]*+(?:--|==)[-=|+: \t]*+\r?$)|{LEAD}(?:"
        rf"(?P<topic>(?>{_trie(topics)})(?={TAIL}))"
        rf"|(?P<source>[Ss](?i:ource:?[ \t]*+(?:the[ \t]++)?(?:cia|central intelligence agency)\b)[^\n]{{0,60}}$)"
        rf"|(?P<label>(?>{_trie(sorted(printed_labels()))}))"
        r"(?:(?P<table>(?=[ \t\xa0]*+[|\t]|[ \xa0]{2,}+[^ \xa0\r\n]))|(?P<line>(?=[ \t\xa0\r]*+$))|(?P<spaced>(?=[ \xa0]))"
        rf"|(?P<joined>(?!{_OTHER_WORD})(?=[a-z\xdf-\xff]))"
        r"|(?P<glued>(?![a-z\xdf-\xff,;:)\]'\u2019/!?.])|(?=\.\w)))))",
        re.M,
    )


@cache
def any_label() -> re.Pattern[str]:
    """Return a pattern that finds labels anywhere: for pages whose line breaks are lost."""
    return re.compile(f"(?>{_trie(sorted(printed_labels()))})")


def _trie(words: list[str]) -> str:
    """Return a regular expression for ``words``, longest first, that shares their beginnings: a miss costs one look."""
    groups: dict[str, list[str]] = {}
    for word in words:
        if word:
            groups.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + _trie(rest) for first, rest in groups.items()]
    if not parts:
        return ""
    optional = "" in words
    body = parts[0] if len(parts) == 1 and not optional else "(?:" + "|".join(parts) + ")"
    return body + "?" if optional else body
