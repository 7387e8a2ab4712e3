"""How words that matter belong together by what stands between them: tokens of their own, which rules are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from factparse.language.plans import Cut, terminal

DRUGS: Final = "fields/drugs.lark"
ROLES: Final = {
    "CULTIVATION": "cultivator",
    "PRODUCTION": "producer",
    "TRANSIT": "transit",
    "CONSUMPTION": "consumer",
    "LAUNDERING": "money laundering",
}
_BORDERS: Final = frozenset({"NOT", "BUT"})


def joined(text: str, tokens: Sequence[Cut]) -> list[Cut]:
    """Put a token where what stands between two substances, two roles, or one and the other tells how they belong.

    What joins two roles may hold words that matter; its token stands right behind the first role.

    >>> text = "opium and hashish production and/or use of heroin"
    >>> words = [("SUBSTANCE", 0, 5), ("SUBSTANCE", 10, 17), ("PRODUCTION", 18, 28), ("CONSUMPTION", 36, 42)]
    >>> joined(text, words)[1::2]
    [('LISTED', 5, 10), ('COMPOUND', 17, 18), ('EITHER', 28, 36)]
    """
    found: list[Cut] = []
    substance = role = -1  # where the substance ends that stands right before, and the last role
    behind = 0  # the place among the tokens behind that role
    for name, start, end in tokens:
        if substance >= 0 and (joint := _joint(name, text, substance, start)):
            found.append((joint, substance, start))
        found.append((name, start, end))
        substance = end if name == "SUBSTANCE" else -1
        if name in ROLES:
            if role >= 0 and is_a("JOINED_GAP", text, role, start):
                either = terminal(DRUGS, "EITHER_OF").search(text, role, start)
                found.insert(behind, ("EITHER" if either else "JOINED", role, found[behind][1]))
            role, behind = end, len(found)
        elif name in _BORDERS:
            role = -1
    return found


def _joint(name: str, text: str, start: int, end: int) -> str | None:
    """How the word that is a ``name`` belongs to the substance before it."""
    if name == "SUBSTANCE":
        return "LISTED" if is_a("LIST_GAP", text, start, end) else None
    if name not in ROLES:
        return None
    if is_a("PASSIVE_GAP", text, start, end):
        return "PASSIVE"
    return "COMPOUND" if is_a("COMPOUND_GAP", text, start, end) else None


def is_a(name: str, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a terminal of the grammar."""
    return terminal(DRUGS, name).fullmatch(text, start, end) is not None
