"""Turns what stands between words of drugs into tokens of their own, where it tells how the words belong together.

The grammar sees only types of tokens, not the letters between them: with these it can say that ``cannabis cultivation``
is one phrase, and that ``production and use`` are said of the same substances.
"""

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
_BORDERS: Final = frozenset({"NOT", "BUT"})  # what is stated and what is denied are not joined


def joined(text: str, tokens: Sequence[Cut]) -> list[Cut]:
    """Return the tokens of a clause with those of joints among them.

    A joint is what stands between two substances, a substance and a role, or two roles, and tells how they belong
    together. Between two roles other words that matter may stand; the joint comes right behind the first role.

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
    """Return the joint between a substance and the ``name`` behind it, if ``text[start:end]`` between them is one."""
    if name == "SUBSTANCE":
        return "LISTED" if is_a("LIST_GAP", text, start, end) else None
    if name not in ROLES:
        return None
    if is_a("PASSIVE_GAP", text, start, end):
        return "PASSIVE"
    return "COMPOUND" if is_a("COMPOUND_GAP", text, start, end) else None


def is_a(name: str, text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]``, all of it, is that terminal of the grammar."""
    return terminal(DRUGS, name).fullmatch(text, start, end) is not None
