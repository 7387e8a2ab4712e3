"""What a clause is about, and how the matter stands."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache, lru_cache
from typing import NamedTuple, cast

from factparse.core.facts import DisputeKind, DisputeStatus
from factparse.extract.disputes.lexicon import KINDS, index, longest, marks, rows
from factparse.language.scanner import Cell, cell

_NAMES = tuple(KINDS.values())
# A word of the main statement weighs this many times what one of an opening phrase or behind a hinge does.
_FULL = 3
# A rule looks at this many marks at most: no clause of the Factbook has a quarter of them.
_MOST = 120
_NONE = re.compile(
    r"(?:\([^()]{0,40}\) )?(?:there (?:are|is|were) )?(?:none\b[^,]{0,40}$|"
    r"no (?:\w++ ){0,4}?(?:disputes?|issues?|claims?)\b"
    r"(?!.*\b(?:but|however|although|made|exist|between)\b)[^,]{0,60}(?:$|, (?:as|and|since|because)\b))"
)
_BRACKET = re.compile(r"\([^()]*+\)")
_LEAD = re.compile(
    r"(?:despite|since|as|although|while|to|citing|lacking|because|adding|per|following|after|in addition)\b"
    r"[^,]{0,160},"
)


class Judgement(NamedTuple):
    """What the words of a clause tell.

    Its kind (``None`` where no word tells it) and status, the ranges of its nouns for papers (``agreement``,
    ``ruling``), and the bodies that have no name: a joint commission, an arbitration.
    """

    kind: DisputeKind | None
    status: DisputeStatus
    papers: tuple[tuple[int, int], ...]
    bodies: tuple[str, ...]


def _part(part: str) -> str:
    """Return the expression of one part of a rule of ``status.tsv``."""
    letters = marks()
    if part.startswith("!"):
        return f"(?!.*{letters[part[1:]]})"
    names = part.split(" ")
    made = "".join(
        ".*" if name == ".." else f"[{''.join(letters[mark] for mark in name.split('|'))}]" for name in names
    )
    return f"(?=.*{made})"


@cache
def _rules() -> tuple[re.Pattern[str], tuple[DisputeStatus, ...]]:
    """Return all rules as the branches of one expression, and what each says."""
    table = rows("status.tsv")
    branches = ["".join(_part(part) for part in when.split(", ")) if when else "" for _, when in table]
    return re.compile("|".join(f"{branch}()" for branch in branches)), tuple(
        cast(DisputeStatus, status) for status, _ in table
    )


@lru_cache(maxsize=8192)
def status_of(met: str) -> DisputeStatus:
    """Return the status that the string of marks tells: what the first rule that holds says."""
    pattern, statuses = _rules()
    held = pattern.match(met)
    return statuses[(held.lastindex or 1) - 1] if held else statuses[-1]


def judge(lower: str, found: Cell | None = None) -> Judgement:
    """Return what a clause, in lower case, is about, how it stands, and where it speaks of papers.

    ``found`` are its words, if they are known.

    >>> judge("talks continue on a maritime boundary")[:2]
    ('maritime boundary', 'ongoing demarcation or delimitation')
    >>> judge("none identified")[:2]
    ('no dispute', 'unclear')
    """
    if _NONE.match(lower):
        return Judgement("no dispute", "unclear", (), ())
    clause = found or cell(lower)
    words = clause.words
    lead = _LEAD.match(lower)
    opening = lead.end() if lead else 0
    opened = lead is None
    full = _FULL if opened else 1
    placed = not opened or "(" in lower
    scores = [0] * len(_NAMES)
    told: list[str] = []
    places: list[int] = []
    papers = []
    done, last = 0, len(words) - 1
    for at, begun in enumerate(map(index().__getitem__, words)):
        if begun is None or at < done:
            continue
        longer, stems, entry = begun
        size = 1
        if stems or (longer and at < last and words[at + 1] in longer):
            entry, size = longest(begun, words, at)
        if entry is None:
            continue
        done = at + size
        mark, weights, role = entry
        if not opened and clause.start(at) >= opening:
            opened, full = True, _FULL
        if role == "hinge":
            full = 1
        elif role:
            papers.append((clause.start(at), clause.ends[done - 1] + done - 1))
        if mark:
            told.append(mark)
            if placed:
                places.append(clause.start(at))
        for kind, weight in weights:
            scores[kind] += weight * full
    best = max(scores)
    met = "".join(told if not placed else _main(lower, told, places, opening))
    return Judgement(
        _NAMES[scores.index(best)] if best else None,
        status_of(met[:_MOST]),
        tuple(papers),
        tuple([name for mark, name in _bodies() if mark in told]),
    )


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    return (marks()["COMMISSION"], "joint commission"), (marks()["ARBITER"], "arbitration")


def _main(lower: str, told: list[str], places: list[int], opening: int) -> list[str]:
    """Return the marks of the main statement: not those of an opening phrase or of brackets."""
    met = list(zip(places, told, strict=True))
    if "(" in lower:
        ends = [match.span() for match in _BRACKET.finditer(lower)]
        starts = [start for start, _ in ends]
        met = [(at, mark) for at, mark in met if not (index := bisect(starts, at)) or at >= ends[index - 1][1]]
    return [mark for at, mark in met if at >= opening]
