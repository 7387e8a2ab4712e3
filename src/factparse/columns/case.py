"""A run of text that may be two cells or one, and all that is known of it when it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from factparse.columns.orders import FieldOrders
from factparse.columns.owners import Mentions
from factparse.columns.page_gaps import PageGaps
from factparse.columns.ranks import Rank
from factparse.columns.structure import Shape
from factparse.columns.whole_values import Broken

if TYPE_CHECKING:
    from factparse.columns.lookup import Sighting


class Alone(Enum):
    """The outcomes without a border: the run is one cell, of the one country or the other."""

    FIRST = "the first country"
    SECOND = "the second country"


class Looked(NamedTuple):
    """A way in which a run may be known cells: the border, or whose it is as a whole, and the editions of each cell.

    Editions are bits; ``None`` stands for a cell that is not known, or not there.
    """

    at: int | Alone
    first: int | None
    second: int | None


class TextRun(NamedTuple):
    """The text of a row whose cells are not told apart yet.

    ``start`` and ``end`` are its trimmed range in ``text``, ``field`` is the canonical field of its label, and ``lead``
    the white space between label and run. ``spaced`` says that a single space may be the border, ``first`` that the
    layout shows a cell of the first country.
    """

    text: str
    start: int
    end: int
    field: str
    lead: str = ""
    spaced: bool = False
    first: bool = False

    @property
    def body(self) -> str:
        """The run's own text."""
        return self.text[self.start : self.end]


Scores = tuple[list[float] | float, float, float]
"""What is said of the borders, of one cell of the first country, and of one cell of the second.

Of the borders it is a list in reading order, or one number where it is the same for all.
"""

NOTHING: Final[Scores] = (0.0, 0.0, 0.0)

_NONE: Final[Mapping[int | Alone, Looked]] = MappingProxyType({})


@attrs.define
class Case:
    """A run with all that the kinds of evidence look at; it is filled in only as far as the run is looked into.

    ``prior`` holds the log-probabilities of two cells, of the first country's only and of the second's only.
    ``skipped`` says that more breaks stand before the run than the page has before cells: the first cell is empty.
    ``named`` says where the run names the two countries. ``places`` are offsets into the run; of each the border
    model tells its ``looks`` and its ``scores``, ``SCALE`` to the nat. There are no ``scores`` where the first look
    was certain. ``filler`` is the place behind a paragraph of white space that is the run's only break. ``quoted``
    is where quotes show the border, an offset into the page. ``shape`` holds the run's sub-labels and years,
    ``orders`` in which orders cells of the field have them. ``ranks`` are its world ranks, ``joints`` the places
    between numbers run together; ``broken`` tells what each place would break, ``joined`` how many values are run
    together, ``figures`` how well the figure behind each place fits where digits run together. ``gaps`` and
    ``words`` are the page's gaps and the words of the two countries, which are given in doubt only. The book tells
    which outcomes make known cells of all of the run (``whole``) or of one side of it (``sides``), and how much
    known cells that end and begin so speak for each (``edges``).
    """

    run: TextRun
    prior: tuple[float, float, float]
    skipped: bool = False
    named: Mentions | None = None
    places: Sequence[int] = ()
    looks: Sequence[int] = ()
    scores: Sequence[int] = ()
    filler: int | None = None
    quoted: int | None = None
    orders: FieldOrders | None = None
    shape: Shape | None = None
    ranks: Sequence[Rank] = ()
    joints: Sequence[int] = ()
    broken: Sequence[Broken] = ()
    joined: int = 0
    figures: Sequence[float] = ()
    sighting: Sighting | None = None
    whole: Mapping[int | Alone, Looked] = _NONE
    sides: Mapping[int | Alone, Looked] = _NONE
    edges: Scores | None = None
    gaps: PageGaps | None = None
    words: tuple[frozenset[str], frozenset[str]] | None = None

    def borders(self) -> list[int]:
        """The likely places as offsets into the page, where ``places`` has offsets into the run."""
        start = self.run.start
        return [start + place for place in self.places]
