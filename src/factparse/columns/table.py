"""The table that the columns stage makes: sections of rows of cells."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factparse.core.errors import NotOnPageError
from factparse.core.frozen import maker
from factparse.core.spans import Span
from factparse.vocabulary import codes_of, country_named


@attrs.frozen(weakref_slot=False)
class Cell:
    """One country's entry of a row. ``country`` is ``None`` where nothing tells whose it is; an empty cell has no text.

    ``span`` cuts ``text`` out of the page's text.
    """

    country: str | None
    text: str
    span: Span


@attrs.frozen(weakref_slot=False)
class Row:
    """One Factbook field of a page.

    ``label`` is as printed, ``field`` its canonical name (``None`` if the Factbook has no such field), ``topic`` the
    canonical topic it stands under. ``cells`` are the two countries' in the page's order (an empty one included), or a
    single one with ``country=None`` if the row has one cell and nothing tells whose. ``layout`` says how the cells were
    divided, in the words of ``docs/layouts.md``: ``html``, ``pipes``, ``glued`` and so on.

    ``confidence`` (0 to 1) is how sure it is that every cell is exactly right, and, of a single cell, that the likelier
    country owns it. It is fitted on pages made of editions, so that it is as often right as it says
    (``docs/columns.md``). ``likelier`` is that country where it is not likely enough to be named as the cell's own.

    >>> import factparse
    >>> (row,) = factparse.parse("Chad vs. Mali\\nGeography\\nChad | Mali | |\\nCoastline | 0 km | 5 km |\\n")
    >>> row.label, row.layout, row["Mali"].text, [cell.country for cell in row]
    ('Coastline', 'pipes', '5 km', ['Chad', 'Mali'])
    """

    label: str
    field: str | None
    topic: str | None
    cells: tuple[Cell, ...]
    confidence: float
    layout: str
    span: Span
    likelier: str | None = None

    @property
    def name(self) -> str:
        """The canonical name of the field; the printed label, if the field is not the Factbook's."""
        return self.field or self.label

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __getitem__(self, country: str) -> Cell:
        """The cell of a country, by any of its names, or by its ISO 3166-1 alpha-3 code.

        Raises :class:`~factparse.NotOnPageError`, which is a ``KeyError`` too, if the row has no cell of it.
        """
        entry = country_named(country) if isinstance(country, str) else None
        for cell in self.cells:
            if cell.country is not None and cell.country in (country, entry.name if entry else None):
                return cell
            if country is not None and codes_of(cell.country).alpha3 == country:
                return cell
        have = ", ".join(repr(cell.country) for cell in self.cells if cell.country is not None)
        owned = f"it has cells of {have}" if have else "nothing tells whose its cell is"
        raise NotOnPageError("not-on-page", f"the row {self.label!r} has no cell of {country!r}; {owned}")


@attrs.frozen
class Section:
    """The rows under one topic heading; ``topic`` is canonical, told from the labels where the heading is lost."""

    topic: str | None
    rows: tuple[Row, ...]
    span: Span


new_cell, new_row = maker(Cell), maker(Row)
"""Make a cell and a row from all their fields by position: a page has thousands."""
