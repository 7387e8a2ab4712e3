"""What a clause is about, and how the matter stands."""

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
    """What the words of a clause tell.

    Its kind (``None`` where no word tells it), its status, and the bodies that have no name: a joint commission, an
    arbitration.
    """

    kind: DisputeKind | None
    status: DisputeStatus
    bodies: tuple[str, ...]
    opening: int  # where its opening phrase ends


def _part(part: str) -> str:
    """Write one part of a rule of ``dispute_status.tsv`` as an expression over marks."""
    letters = marks()
    if part.startswith("!"):
        return f"(?!.*{letters[part[1:]]})"
    made = "".join(
        ".*" if name == ".." else f"[{''.join(letters[mark] for mark in name.split('|'))}]" for name in part.split(" ")
    )
    return f"(?=.*{made})"


@cache
def _rules() -> tuple[re.Pattern[str], tuple[DisputeStatus, ...]]:
    """Write all rules as the branches of one expression; beside it, what each says."""
    table = rows("dispute_status")
    branches = ["".join(_part(part) for part in row["form"].split(", ")) if row["form"] else "" for row in table]
    return re.compile("|".join(f"{branch}()" for branch in branches)), tuple(
        cast(DisputeStatus, row["status"]) for row in table
    )


@lru_cache(maxsize=8192)
def status_of(met: str) -> DisputeStatus:
    """Tell the status from the string of marks: what the first rule that holds says."""
    pattern, statuses = _rules()
    held = pattern.match(met)
    return statuses[(held.lastindex or 1) - 1] if held else statuses[-1]


def judge(found: Tokens) -> Judgement:
    """Tell what a clause is about and how it stands.

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
    bodies = tuple([name for mark, name in _bodies() if mark in met])
    if lead or "(" in lower:
        met = "".join([word.mark for _, _, word in _main(lower, told, opening)])
    return Judgement(_kind(told, opening), status_of(met[:_MOST]), bodies, opening)


def _kind(told: list[Told], opening: int) -> DisputeKind | None:
    """Weigh the words: those of the main statement, up to a hinge, count three times."""
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
    """Pick the words of the main statement: not those of an opening phrase or of brackets."""
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
