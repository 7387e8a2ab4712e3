"""The layouts that show where the cells of a row are: what tells and divides them is said here and nowhere else."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Layout(NamedTuple):
    """How a page sets off the cells of a row.

    ``name`` is what :attr:`~factparse.Row.layout` says, ``form`` that of the label: in capitals it is the token behind
    one. ``border`` is the token of what divides, ``marks`` are its characters, which a header has between its names.
    ``first`` is the border that stands behind the label. ``pieces`` are the cells (``CELL``) and borders behind that;
    padded columns have none, for they are cut by where their header stands.
    """

    name: str
    form: str
    border: str
    marks: str
    first: re.Pattern[str]
    pieces: re.Pattern[str] | None = None

    @property
    def token(self) -> str:
        """The token of ``layout.lark`` behind the label."""
        return self.form.upper()


PIPES: Final = Layout(
    *("pipes", "bars", "PIPE", "|"),
    # Before it may stand what closes a bold label in Markdown.
    re.compile(r"[ \t\xa0]*+(?:(?:(?:\*\*|__):?|:(?:\*\*|__))[ \t\xa0]*+)?\|"),
    # A cell ends at a bar, but not inside the braces of a spun copy ({a|b|c}), and not at an escaped one.
    re.compile(r"(?P<CELL>(?>(?:[^|{\\]++|\{[^{}\n]*+\}|\\.|[{\\])+))|(?P<PIPE>\|)", re.S),
)
TABS: Final = Layout(
    *("tabs", "tabs", "TAB", "\t"), re.compile(r"[ \xa0]*+\t++"), re.compile(r"(?P<CELL>[^\t]++)|(?P<TAB>\t++)")
)
ALIGNED: Final = Layout("aligned", "wide", "PAD", "", re.compile(r"[ \xa0]{2,}+(?=[^ \xa0\r\n])"))

LAYOUTS: Final = (PIPES, TABS, ALIGNED)
"""Of two that fit behind a label the first is taken."""

MARKS: Final = "".join(layout.marks for layout in LAYOUTS)
