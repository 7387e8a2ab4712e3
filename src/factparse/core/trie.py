"""Builds one `re` pattern out of many words: shaped like a trie, so that trying them all costs about as much as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any


def trie_pattern(words: Iterable[str], loose: Mapping[str, str] | None = None) -> str:
    """Return a pattern that matches, where it is tried, the longest of ``words`` that stands there.

    ``loose`` maps pieces of a word to the pattern that stands for each, so that ``" - "`` may be any dash.

    >>> trie_pattern(["Area", "Area - land", "Ports"], {" - ": " ?- ?"})
    '(?:Area(?: ?- ?land)?|Ports)'
    >>> re.match(trie_pattern(["Niger", "Nigeria"]), "NigeriaChad").group()
    'Nigeria'
    """
    pieces = loose or {}
    split = re.compile("|".join([*map(re.escape, sorted(pieces, key=len, reverse=True)), "."]), re.DOTALL).findall
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for piece in split(word) if loose else word:
            node = node.setdefault(pieces.get(piece) or _escape(piece), {})
        node[""] = {}
    return _pattern(root)


_escape = cache(re.escape)  # of single characters, of which there are few


def _pattern(node: dict[str, Any]) -> str:
    """The pattern of a trie's node; a word that ends here (the key "") may also go on, which is tried first."""
    branches = []
    for piece, below in node.items():
        while len(below) == 1 and "" not in below:
            (following, below) = next(iter(below.items()))
            piece += following
        if piece:
            branches.append(piece + (_pattern(below) if set(below) != {""} else ""))
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body
