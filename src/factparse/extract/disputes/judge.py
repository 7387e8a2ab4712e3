"""Judges what a clause is about (its kind), and how the matter stands (its status).

Words vote on the kind: each has weights in ``dispute_words.tsv``. The status follows from the *marks* of the words in
their order, by the first rule of ``dispute_status.tsv`` that holds.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache, lru_cache
from typing import NamedTuple, cast

from factparse.core.facts import DisputeKind, DisputeStatus
from factparse.core.words import rows
from factparse.extract.disputes.tokens import Tokens, Told
from factparse.extract.disputes.words import KINDS, marks, terminal
from factparse.language.scanner import lowered

_NAMES = tuple(KINDS.values())
# A word of the main statement weighs this many times what one of an opening phrase or behind a hinge does.
_FULL = 3
# A rule looks at this many marks at most: no clause of the Factbook has a quarter of them.
_MOST = 120


class Judgement(NamedTuple):
    """What the words of a clause tell of it.

    ``kind`` is ``None`` where no word has a weight. ``bodies`` are those that are printed without a name: ``joint
    commission``, ``arbitration``.
    """

    kind: DisputeKind | None
    status: DisputeStatus
    bodies: tuple[str, ...]
    opening: int  # where its opening phrase ends, 0 if it has none


def _part(part: str) -> str:
    """Return one part of a rule of ``dispute_status.tsv`` as an expression over marks.

    Each is a look-ahead from the start, so that the parts of a rule hold side by side, in any order.
    """
    letters = marks()
    if part.startswith("!"):
        return f"(?!.*{letters[part[1:]]})"
    made = "".join(
        ".*" if name == ".." else f"[{''.join(letters[mark] for mark in name.split('|'))}]" for name in part.split(" ")
    )
    return f"(?=.*{made})"


@cache
def _rules() -> tuple[re.Pattern[str], tuple[DisputeStatus, ...]]:
    """Return all rules as the branches of one expression, and the status that each branch tells."""
    table = rows("dispute_status")
    # Each branch ends with an empty group: the number of the last group met is that of the rule that holds.
    branches = ["".join(_part(part) for part in row["form"].split(", ")) if row["form"] else "" for row in table]
    return re.compile("|".join(f"{branch}()" for branch in branches)), tuple(
        cast(DisputeStatus, row["status"]) for row in table
    )


@lru_cache(maxsize=8192)
def status_of(met: str) -> DisputeStatus:
    """Return the status that the first rule tells that holds for a string of marks."""
    pattern, statuses = _rules()
    held = pattern.match(met)
    return statuses[(held.lastindex or 1) - 1] if held else statuses[-1]


def judge(found: Tokens) -> Judgement:
    """Return what a clause is about and how it stands; what denies that there is a dispute is ``no dispute``.

    >>> from factparse.extract.disputes.tokens import cut
    >>> judge(cut("talks continue on a maritime boundary"))[:2]
    ('maritime boundary', 'ongoing demarcation or delimitation')
    >>> judge(cut("none identified"))[:2]
    ('no dispute', 'unclear')
    """
    lower = lowered(found.text)
    if terminal("DENIAL").match(lower):
        return Judgement("no dispute", "unclear", (), 0)
    lead = terminal("OPENING").match(lower)
    opening = lead.end() if lead else 0
    told = found.told
    met = "".join([word.mark for _, _, word in told])
    # A commission counts wherever it stands; the status looks at the main statement alone.
    bodies = tuple([name for mark, name in _bodies() if mark in met])
    if lead or "(" in lower:
        met = "".join([word.mark for _, _, word in _main(lower, told, opening)])
    return Judgement(_kind(told, opening), status_of(met[:_MOST]), bodies, opening)


def _kind(told: list[Told], opening: int) -> DisputeKind | None:
    """Return the kind that weighs most, ``None`` if none weighs anything; of equal ones the first of ``KINDS``.

    Words of the main statement, up to a hinge, count three times.
    """
    scores = [0] * len(_NAMES)
    full = 1 if opening else _FULL
    for start, _, (_, weights, role) in told:
        if opening and start >= opening:
            opening, full = 0, _FULL
        if role == "hinge":
            full = 1
        for kind, weight in weights:
            scores[kind] += weight * full
    best = max(scores)
    return _NAMES[scores.index(best)] if best else None


def _main(lower: str, told: list[Told], opening: int) -> list[Told]:
    """Return the words of the main statement: those of no opening phrase and no brackets."""
    brackets = [match.span() for match in terminal("BRACKET").finditer(lower)] if "(" in lower else []
    starts = [start for start, _ in brackets]
    return [
        word
        for word in told
        if word[0] >= opening and (not (index := bisect(starts, word[0])) or word[0] >= brackets[index - 1][1])
    ]


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    return (marks()["COMMISSION"], "joint commission"), (marks()["ARBITER"], "arbitration")
