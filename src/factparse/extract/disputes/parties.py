"""Tells who has a side in a clause without being printed in it.

The Factbook writes each entry from its subject's view, and seldom names the subject: ``dispute with Fiji``.
"""

from __future__ import annotations

from factparse.extract.disputes.words import terminal, territories


def implied(
    text: str,
    printed: tuple[str, ...],
    subject: str | None,
    heading: tuple[str, ...],
    previous: tuple[str, ...],
    first: int = 0,
) -> tuple[str, ...]:
    """Return who has a side in the clause ``text`` besides the parties that are ``printed`` in it.

    With fewer than two printed, these are the parties of the ``heading`` it stands under; without a heading, those of
    the ``previous`` clause if it speaks of ``both countries`` or the like; else the ``subject``, or who answers for it.
    With two or more, a clause of claims, or one that names all others behind ``with`` (``dispute over the Low Reef with
    X and Y``), is still about the subject too; ``first`` is where the first of them stands.

    >>> implied("dispute with Fiji", ("Fiji",), "Tonga", (), ())
    ('Tonga',)
    >>> implied("both countries claim it", (), "Fiji", (), ("Fiji", "Tonga"))
    ('Fiji', 'Tonga')
    >>> implied("claimed by Haiti", ("Haiti",), "Navassa Island", (), ())
    ('United States',)
    """
    meant: tuple[str, ...] = ()
    if len(printed) < 2:
        if heading:
            meant = heading
        elif previous and (not printed or printed == (subject,)) and terminal("BOTH").search(text):
            meant = previous
        else:
            meant = _owner(subject)
    elif subject and not {*subject.split(" and ")} <= {*printed} and subject not in printed and _is_meant(text, first):
        meant = _owner(subject)
    return tuple([name for name in meant if name not in printed]) if meant else meant


def _is_meant(text: str, first: int) -> bool:
    """Return whether a clause that prints two parties and not its subject is about the subject all the same."""
    return terminal("WITH").search(text, 0, first) is not None or terminal("CLAIMS").search(text) is not None


def _owner(subject: str | None) -> tuple[str, ...]:
    """Return who answers for the subject: itself, or the state that administers it, or nobody (for an ocean)."""
    territory = territories().get(subject or "")
    if territory is None or territory.acts == "yes":
        return (subject,) if subject else ()
    return (territory.state,) if territory.state else ()
