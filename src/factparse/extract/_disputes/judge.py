"""What a clause is about, and how the matter stands."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache, lru_cache
from typing import NamedTuple, cast

from factparse.extract._disputes.lexicon import KINDS, find, marks, rows
from factparse.extract._words import Cell, cell
from factparse.facts import DisputeKind, DisputeStatus

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
    scores = [0] * len(_NAMES)
    met: list[tuple[int, str]] = []
    papers = []
    lead = _LEAD.match(lower)
    opening = lead.end() if lead else 0
    full = 1 if opening else _FULL
    behind = False
    for first, end, (mark, weights, role) in find(clause.words):
        at = clause.start(first)
        if mark:
            met.append((at, mark))
        if opening <= at and not behind:
            behind = role == "hinge"
            full = 1 if behind else _FULL
        if role == "paper":
            papers.append((at, clause.ends[end - 1] + end - 1))
        for kind, weight in weights:
            scores[kind] += weight * full
    best = max(scores)
    told = [mark for _, mark in met]
    return Judgement(
        _NAMES[scores.index(best)] if best else None,
        status_of(("".join(told) if not lead and "(" not in lower else _main(lower, met, opening))[:_MOST]),
        tuple(papers),
        tuple(name for mark, name in _bodies() if mark in told),
    )


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    return (marks()["COMMISSION"], "joint commission"), (marks()["ARBITER"], "arbitration")


def _main(lower: str, met: list[tuple[int, str]], opening: int) -> str:
    """Return the marks of the main statement: not those of an opening phrase or of brackets."""
    if "(" in lower:
        ends = [match.span() for match in _BRACKET.finditer(lower)]
        starts = [start for start, _ in ends]
        met = [(at, mark) for at, mark in met if not (index := bisect(starts, at)) or at >= ends[index - 1][1]]
    return "".join([mark for at, mark in met if at >= opening])
