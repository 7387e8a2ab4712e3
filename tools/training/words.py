"""Collects the words by which a country's text is known: its places, people, parties, neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from factparse.columns.words import WORD
from tools.training.editions import EditionCell

RARE = 8  # a word that more countries use tells little
MOST = 200  # words kept of each country, those in most of its cells first


def words_of(cells: Iterable[EditionCell]) -> dict[str, list[str]]:
    """For each country the capitalised words that few others use, in alphabetical order."""
    counts: dict[str, Counter[str]] = {}
    for cell in cells:
        text = "\n".join(line for part in cell.parts for line in part)
        counts.setdefault(cell.country, Counter()).update(sorted(set(WORD.findall(text))))
    shared = Counter(word for own in counts.values() for word in own)
    found = {}
    for country in sorted(counts):
        own = counts[country]
        rare = [word for word in own if shared[word] <= RARE and word.isascii()]
        rare.sort(key=lambda word: (-own[word], shared[word], word))
        found[country] = sorted(rare[:MOST])
    return found


def write_words(cells: Iterable[EditionCell], path: Path) -> str:
    """Write a line a country, its code first, and return a line about it."""
    found = words_of(cells)
    text = "".join(f"{country} {' '.join(words)}\n" for country, words in found.items())
    path.write_text(text, encoding="ascii", newline="\n")
    return f"{path.name}: {len(text)} bytes, {sum(map(len, found.values()))} words of {len(found)} countries"
