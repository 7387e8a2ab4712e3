"""The topics under which fields stand, and the section headings by which the editions name them."""

from __future__ import annotations

from functools import cache
from typing import Final

from factparse.vocabulary.tables import fold, rows

TOPICS: Final = (
    "Introduction",
    "Geography",
    "Demographics",
    "Environment",
    "Government",
    "Economy",
    "Energy",
    "Telecommunications",
    "Transportation",
    "Military",
    "Space",
    "Terrorism",
    "Transnational Issues",
)
"""The canonical topics, in the order of a page. They are those of the comparison pages, by the names that these
print, and three (Environment, Space, Terrorism) that only late editions have."""


@cache
def _topic_of_heading() -> dict[str, str]:
    return {fold(heading): topic for heading, topic in rows("topics")}


def topic_named(heading: str) -> str | None:
    """The canonical topic that ``heading`` names, or ``None`` if it is not a section heading of any edition.

    The text must be the whole heading. Case, white space and a closing colon do not matter.

    >>> topic_named(" DEFENSE  FORCES ")
    'Military'
    >>> topic_named("Communications:")
    'Telecommunications'
    >>> topic_named("Economy of Aruba") is None
    True
    """
    if len(heading) > 64:  # longer than any heading: not worth folding
        return None
    return _topic_of_heading().get(fold(heading).removesuffix(":").rstrip())


@cache
def topic_headings() -> dict[str, str]:
    """A mapping from every section heading, as printed, to the canonical topic that it names.

    >>> topic_headings()["People and Society"]
    'Demographics'
    """
    return dict(rows("topics"))
