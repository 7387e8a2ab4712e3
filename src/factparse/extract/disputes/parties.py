"""Who has a side in a clause: the parties that it prints, and those that it implies."""

from __future__ import annotations

from factparse.extract.disputes.words import terminal, territories


def implied(
    text: str, printed: tuple[str, ...], subject: str | None, heading: tuple[str, ...], previous: tuple[str, ...]
) -> tuple[str, ...]:
    """Tell who has a side in the clause ``text`` though it does not print them: ``printed`` are those that it does.

    A clause that prints fewer than two parties is about those of the ``heading`` it stands under; without one, if it
    speaks of ``both countries``, about the ``previous`` clause's; else about the ``subject`` too.

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
    elif subject and subject not in printed and terminal("WITH").match(text):
        meant = _owner(subject)
    return tuple([name for name in meant if name not in printed]) if meant else meant


def _owner(subject: str | None) -> tuple[str, ...]:
    """Tell who answers for the subject: itself, or the state that administers it, or nobody (an ocean)."""
    territory = territories().get(subject or "")
    if territory is None or territory.acts == "yes":
        return (subject,) if subject else ()
    return (territory.state,) if territory.state else ()
