"""A page on a terminal: tables for people to read, drawn by rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factparse.columns.table import Row, Section
from factparse.core.facts import Fact
from factparse.core.plain import shown
from factparse.core.written import fact_object
from factparse.output.json import PageLike

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from factparse.known import KnownEdition, PageEditions
    from factparse.output.diff import Change
    from factparse.output.dispute_graph import Disputes

# Other columns show these, or the row above them does, or the date.
_COMMON = {"type", "subject", "subject_code", "subject_gec", "topic", "field", "text", "span", "confidence"}
_REPEATED = {"start", "end"}
# Long remarks come last, so that cutting the text does not cut short fields. Years are not amounts.
_REMARKS = ("rationale", "note")
_YEARS = ("year", "years")
_SURE, _FAIR = 0.9, 0.5  # confidence from which on a row is green, and yellow
_LONGEST = 400  # characters of a cell that are shown
_WORD = 30  # characters: a longer word (an address) may be broken
_BETWEEN = 3  # characters between two columns of a table
_SHORT = 20  # characters: a column of nothing longer has that width
_HEADLINE = ("change", "subject", "country", "field", "type", "sure", "layout", "parties", "kind", "status")
USUAL = 80  # characters of a line, if nobody says otherwise


def page_view(
    page: PageLike, *, whole: bool = False, editions: bool = False, width: int = USUAL
) -> Iterator[RenderableType]:
    """The things that rich prints for ``page``: a heading, a table for each section, the facts, the diagnostics.

    Cells longer than 400 characters are cut, unless ``whole`` is true. ``editions`` adds the editions that print the
    page and its cells. If ``width`` is too narrow for columns of whole words, paragraphs take the place of tables.
    """
    from rich.text import Text

    heading = " vs. ".join(page.countries) if page.countries else "no page of a known country"
    yield Text(shown(heading), style="bold")
    looked = page.looked_up() if editions else None
    if looked is not None:
        yield known_line(looked.known)
    for section in page.sections:
        yield from _section(section, page.countries, whole, looked, width)
    yield from facts_view(page.facts(), whole=whole, width=width)
    for remark in page.diagnostics:
        where = f" at {remark.span.start}" if remark.span else ""
        yield Text(shown(f"{remark.code}{where}: {remark.message}"), style="yellow")


def show(console: Console, part: RenderableType) -> None:
    """Print ``part`` without blanks at the ends of its lines."""
    from rich.segment import Segment, Segments

    for line in console.render_lines(part, pad=False):
        kept = list(line)
        while kept and not kept[-1].text.strip(" "):
            kept.pop()
        if kept:
            kept[-1] = Segment(kept[-1].text.rstrip(" "), kept[-1].style)
        console.print(Segments([*kept, Segment.line()]), end="")


def _section(
    section: Section, countries: tuple[str, ...], whole: bool, looked: PageEditions | None, width: int
) -> Iterator[RenderableType]:
    names = countries if len(countries) == 1 else (*countries, "", "")[:2]
    heads = ["field", *map(shown, names), "sure", "layout", *(["editions"] if looked is not None else [])]
    rows = []
    for row in section.rows:
        printed = ["\n".join(several(looked.of(cell)) for cell in row.cells)] if looked is not None else []
        cells = [cut_text(text, whole) for text in (row.label, *_columns(row, countries)[: len(names)])]
        rows.append([*cells, _sure(row.confidence), cut_text(row.layout), *map(cut_text, printed)])
    yield from table_view(shown(section.topic or "(no topic)"), heads, rows, width)


def facts_view(facts: Sequence[Fact], *, whole: bool = False, width: int = USUAL) -> Iterator[RenderableType]:
    """The things that rich prints for ``facts``: a table, or paragraphs. No facts give nothing."""
    rows = []
    for fact in facts:
        says = ", ".join(f"{name} {_value(name, value)}" for name, value in _own(fact))
        words = [cut_text(text, whole) for text in (fact.subject or "?", fact.field, type(fact).__name__, says)]
        rows.append([*words, _sure(fact.confidence)])
    if rows:
        yield from table_view("Facts", ["subject", "field", "type", "says", "sure"], rows, width)


def table_view(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[Text]], width: int
) -> Iterator[RenderableType]:
    """A table with columns that are wide enough for their longest words. A short line gives paragraphs instead."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    texts = [[head, *(row[at].plain for row in rows)] for at, head in enumerate(heads)]
    least = [max(map(_longest_word, column)) for column in texts]
    wide = [max(len(line) for text in column for line in text.splitlines() or [""]) for column in texts]
    room = width - _BETWEEN * len(heads) - 1
    if sum(least) > room:
        yield Text(f"\n{title}", style="table.title")
        yield from _paragraphs(heads, rows)
        return
    table = Table(title=Text(title, style="table.title"), box=box.SIMPLE_HEAD, title_justify="left", expand=True)
    for head, size in zip(heads, _widths(least, wide, room), strict=True):
        table.add_column(Text(head), justify="right" if head == "sure" else "left", width=size, overflow="fold")
    for row in rows:
        table.add_row(*row)
    yield table


def _widths(least: Sequence[int], wide: Sequence[int], room: int) -> list[int]:
    """The width of each column, none below its ``least``. Columns of short text get the width that they need.

    The others share the rest of the ``room``, by the length of their longest lines. rich would break words there.

    >>> _widths([5, 10], [8, 90], 60), _widths([5, 10, 10], [20, 90, 40], 27)
    ([8, 52], [5, 12, 10])
    """
    widths = [*least]
    for at in sorted(range(len(wide)), key=lambda at: wide[at]):
        if wide[at] <= _SHORT and sum(widths) - least[at] + wide[at] <= room:
            widths[at] = wide[at]
    open_ = [at for at, size in enumerate(widths) if size < wide[at]]
    shares = {at: 1 + min(wide[at], 4 * _WORD) // 10 for at in open_}
    while open_:
        rest = room - sum(size for at, size in enumerate(widths) if at not in open_)
        whole = sum(shares[at] for at in open_)
        tight = [at for at in open_ if rest * shares[at] // whole <= least[at]]
        if not tight:
            for at in open_:
                widths[at] = rest * shares[at] // whole
            break
        open_ = [at for at in open_ if at not in tight]
    if shares:
        widths[max(shares, key=lambda at: (widths[at] > least[at], shares[at]))] += room - sum(widths)
    return widths


def _paragraphs(heads: Sequence[str], rows: Sequence[Sequence[Text]]) -> Iterator[RenderableType]:
    """The rows as paragraphs. Short values share the first line. Each text has its own line, after its heading."""
    from rich.padding import Padding
    from rich.text import Text

    first = [at for at, head in enumerate(heads) if head in _HEADLINE]
    for row in rows:
        yield Text(", ").join([row[at] for at in first if row[at].plain])
        for at, head in enumerate(heads):
            if at not in first and row[at].plain:
                told = row[at] if head == "says" else Text(f"{head}: ", style="bold").append_text(row[at])
                yield Padding(told, (0, 0, 0, 2))


def _longest_word(text: str) -> int:
    return max((min(len(word), _WORD) for word in text.split()), default=0)


def _columns(row: Row, countries: tuple[str, ...]) -> tuple[str, str]:
    """The texts of the two columns. A cell whose side is unknown stands in the first, with a mark."""
    if len(row.cells) == 1 and row.cells[0].country is None:
        return f"(whose is not known) {row.cells[0].text}", ""
    texts = [cell.text for cell in row.cells]
    if len(texts) == 1 and countries[1:] and row.cells[0].country == countries[1]:
        return "", texts[0]
    return (*texts, "", "")[0], (*texts, "", "")[1]


def _own(fact: Fact) -> Iterator[tuple[str, object]]:
    # A value of 0 is told, and it equals False, so False is looked for by what it is.
    told = {name: value for name, value in fact_object(fact).items() if value not in (None, ()) and value is not False}
    for name in [*_REPEATED, *(["year"] if str(told.get("year")) == told.get("date") else [])]:
        told.pop(name, None)
    late = [name for name in _REMARKS if name in told]
    for name in [*(name for name in told if name not in _COMMON and name not in late), *late]:
        yield name, told[name]


def _value(name: str, value: object) -> str:
    if value is True:
        return "yes"
    if isinstance(value, int | float):
        return str(value) if name in _YEARS else f"{value:,}"
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _sure(confidence: float) -> Text:
    from rich.text import Text

    colour = "green" if confidence >= _SURE else "yellow" if confidence >= _FAIR else "red"
    return Text(f"{confidence:.2f}", style=colour)


def cut_text(text: str, whole: bool = False) -> Text:
    """Foreign text for a table, never read as markup. Long text is cut, unless ``whole`` is true."""
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
    """One line with the editions that print most of the cells, and how many each prints."""
    from rich.text import Text

    told = [f"{each.edition} ({each.cells} of {each.of} cells)" for each in known]
    return Text(shown(f"editions: {', '.join(told) or 'none prints most of the cells'}"))


def changes_view(changes: Sequence[Change], *, width: int = USUAL) -> Iterator[RenderableType]:
    """The things that rich prints for the changes between two pages, or columns of one: a table, or a word."""
    from rich.text import Text

    rows = []
    for change in changes:
        fact = change.fact
        told = [_said(each, change.differs) for each in (change.before, change.after)]
        about = ", ".join(f"{_value(name, value)}" for name in fact.about if (value := getattr(fact, name)))
        words = (change.kind, fact.subject or "?", fact.field, about, *told)
        rows.append([cut_text(text) for text in words])
    if not rows:
        yield Text("nothing changed")
        return
    yield from table_view("Changes", ["change", "subject", "field", "of", "before", "after"], rows, width)


def _said(fact: Fact | None, differs: Sequence[str]) -> str:
    """The text for one side of a change: the fields that differ, or all fields if there is only one side."""
    if fact is None:
        return ""
    if not differs:
        return ", ".join(f"{name} {_value(name, value)}" for name, value in _own(fact) if name not in fact.about)
    return ", ".join(f"{name} {_value(name, getattr(fact, name))}" for name in differs)


def disputes_view(graph: Disputes, *, width: int = USUAL) -> Iterator[RenderableType]:
    """The things that rich prints for disputes: a table, or a word."""
    from rich.text import Text

    rows = [
        [
            cut_text(text)
            for text in (
                " - ".join(dispute.parties),
                dispute.kind,
                dispute.status,
                ", ".join(dispute.places),
                ", ".join(map(str, dispute.years)),
                ", ".join(dict.fromkeys(told.subject or "?" for told in dispute.evidence)),
            )
        ]
        for dispute in graph
    ]
    if not rows:
        yield Text("no disputes")
        return
    yield from table_view("Disputes", ["parties", "kind", "status", "places", "years", "told by"], rows, width)
