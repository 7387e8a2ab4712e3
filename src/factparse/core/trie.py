"""Builds one `re` pattern of many words. It has the shape of a trie, so all words cost about as much as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any


def trie_pattern(words: Iterable[str], loose: Mapping[str, str] | None = None) -> str:
    """A pattern (not compiled) that matches the longest of ``words`` at the place where it is tried.

    A plain alternation would match the first one, and ``Niger`` would hide ``Nigeria``. ``loose`` maps pieces of words
    to patterns to put in their place, so that ``" - "`` may be any dash.

    >>> trie_pattern(["Area", "Area - land", "Ports"], {" - ": " ?- ?"})
    '(?:Area(?: ?- ?land)?|Ports)'
    >>> re.match(trie_pattern(["Niger", "Nigeria"]), "NigeriaChad").group()
    'Nigeria'
    """
    pieces = loose or {}
    # A word is cut into the loose pieces it holds, the longest first, and single characters between them.
    split = re.compile("|".join([*map(re.escape, sorted(pieces, key=len, reverse=True)), "."]), re.DOTALL).findall
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for piece in split(word) if loose else word:
            node = node.setdefault(pieces.get(piece) or _escape(piece), {})
        node[""] = {}  # a word ends here
    return _pattern(root)


_escape = cache(re.escape)  # of single characters, of which there are few


def _pattern(node: dict[str, Any]) -> str:
    """The pattern of a trie's node. Where a word ends (the key ""), the rest is optional: longer ones come first."""
    branches = []
    for piece, below in node.items():
        while len(below) == 1 and "" not in below:  # one way to go on: no group is needed
            (following, below) = next(iter(below.items()))
            piece += following
        if piece:
            branches.append(piece + (_pattern(below) if set(below) != {""} else ""))
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body
