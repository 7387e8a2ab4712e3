"""A page for people to look at: tables on a terminal, drawn by rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factparse.columns.table import Row, Section
from factparse.core.facts import Fact
from factparse.core.plain import shown
from factparse.core.written import fact_object
from factparse.output.json import PageLike

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from factparse.known import KnownEdition, PageEditions

# These have columns of their own, or only repeat what the row above shows.
_COMMON = {"type", "subject", "subject_code", "subject_gec", "topic", "field", "text", "span", "confidence"}
# Long remarks come after what is short, lest they push it out of the cut text; years are no amounts.
_REMARKS = ("rationale", "note")
_YEARS = ("year", "years")
_SURE, _FAIR = 0.9, 0.5  # confidence from which on a row is green, and yellow
_LONGEST = 400  # characters of a cell that are shown
_WIDEST_NAME = 16
_FIELD = 15  # characters: no word of a field is broken


def page_view(page: PageLike, *, whole: bool = False, editions: bool = False) -> Iterator[RenderableType]:
    """The things that rich prints for ``page``: a heading, a table for each section, the facts, the diagnostics.

    Cells longer than 400 characters are cut, unless ``whole``. With ``editions`` it is told which print the page and
    its cells.
    """
    from rich.text import Text

    heading = " vs. ".join(page.countries) if page.countries else "no page of a known country"
    yield Text(shown(heading), style="bold")
    looked = page.looked_up() if editions else None
    if looked is not None:
        yield known_line(looked.known)
    for section in page.sections:
        yield _section(section, page.countries, whole, looked)
    facts = page.facts()
    if facts:
        yield _facts(facts, whole)
    for remark in page.diagnostics:
        where = f" at {remark.span.start}" if remark.span else ""
        yield Text(shown(f"{remark.code}{where}: {remark.message}"), style="yellow")


def _section(section: Section, countries: tuple[str, ...], whole: bool, looked: PageEditions | None) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    title = Text(shown(section.topic or "(no topic)"), style="table.title")  # a str would be read as markup
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", expand=True)
    table.add_column("field", ratio=5, min_width=14, overflow="fold")
    for name in countries if len(countries) == 1 else (*countries, "", "")[:2]:
        table.add_column(Text(shown(name)), ratio=8, overflow="fold")
    table.add_column("sure", justify="right", no_wrap=True)
    table.add_column("layout", no_wrap=True)
    if looked is not None:
        table.add_column("editions", ratio=3, min_width=8, overflow="fold")
    for row in section.rows:
        cells = _columns(row, countries)
        printed = [Text("\n".join(several(looked.of(cell)) for cell in row.cells))] if looked is not None else []
        texts = [cut_text(text, whole) for text in (row.label, *cells[: 1 if len(countries) == 1 else 2])]
        table.add_row(*texts, _sure(row), row.layout, *printed)
    return table


def _columns(row: Row, countries: tuple[str, ...]) -> tuple[str, str]:
    """The texts of the two columns; a cell whose side is unknown stands in the first, marked so."""
    if len(row.cells) == 1 and row.cells[0].country is None:
        return f"(whose is not known) {row.cells[0].text}", ""
    texts = [cell.text for cell in row.cells]
    if len(texts) == 1 and countries[1:] and row.cells[0].country == countries[1]:
        return "", texts[0]
    return (*texts, "", "")[0], (*texts, "", "")[1]


def _facts(facts: Sequence[Fact], whole: bool) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title="Facts", box=box.SIMPLE_HEAD, title_justify="left", expand=True)
    width = max((len(fact.subject or "?") for fact in facts), default=0)
    table.add_column("subject", width=min(width, _WIDEST_NAME), overflow="fold")
    table.add_column("field", width=_FIELD, overflow="fold")
    table.add_column("type", no_wrap=True)
    table.add_column("says", ratio=12, overflow="fold")
    for fact in facts:
        says = ", ".join(f"{name} {_value(name, value)}" for name, value in _own(fact))
        table.add_row(
            cut_text(fact.subject or "?", whole),
            cut_text(fact.field, whole),
            type(fact).__name__,
            cut_text(says, whole),
        )
    return table


def _own(fact: Fact) -> Iterator[tuple[str, object]]:
    told = {name: value for name, value in fact_object(fact).items() if value not in (None, (), False)}
    late = [name for name in _REMARKS if name in told]
    for name in [*(name for name in told if name not in _COMMON and name not in late), *late]:
        yield name, told[name]


def _value(name: str, value: object) -> str:
    if value is True:
        return "yes"
    if isinstance(value, int | float):
        return str(value) if name in _YEARS else f"{value:,}"
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _sure(row: Row) -> Text:
    from rich.text import Text

    colour = "green" if row.confidence >= _SURE else "yellow" if row.confidence >= _FAIR else "red"
    return Text(f"{row.confidence:.2f}", style=colour)


def cut_text(text: str, whole: bool = False) -> Text:
    """Foreign text for a table, cut if it is long, unless it is to be shown as a ``whole``. It is no markup."""
    from rich.text import Text

    cut = text if whole or len(text) <= _LONGEST else text[:_LONGEST] + " …"
    return Text(shown(cut))


def several(editions: Sequence[str]) -> str:
    """The editions in few words: the first, the last, and how many there are.

    >>> several(["2013", "2014", "2015"]), several(["2013"]), several([])
    ('2013 … 2015 (3)', '2013', '-')
    """
    if len(editions) < 2:
        return shown("".join(editions)) or "-"
    return shown(f"{editions[0]} … {editions[-1]} ({len(editions)})")


def known_line(known: Sequence[KnownEdition]) -> Text:
    """One line that says how many of the cells each edition prints, of those that print most."""
    from rich.text import Text

    told = [f"{each.edition} ({each.cells} of {each.of} cells)" for each in known]
    return Text(shown(f"editions: {', '.join(told) or 'none prints most of the cells'}"))
