"""The columns stage: every row's cells, told apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import attrs

from factparse.columns import decide
from factparse.columns.cells import cell, empty, joined, trim
from factparse.columns.decide import A_ALONE, B_ALONE, Habits, Outcome, Run, outcomes, shares
from factparse.columns.rows import RawPage, RawRow, RawSection, entry_name
from factparse.columns.table import Cell, Row, Section
from factparse.columns.tabled import Divided, layout_of, padded, piped, tab_unit, tabbed
from factparse.columns.weights import FITTED, Weights
from factparse.vocabulary import country_named

SURE = 0.9
"""A row of this confidence tells the page's habits."""

UNDECIDED = 0.6
"""A lone cell is nobody's unless one side is at least this likely."""

EXACT = 0.999
"""The confidence of cells that bars, tabs or columns divide: scraped tables do have cells that slipped."""


@attrs.frozen
class Columns:
    """What is known of the two columns of a page: printed names, entry names, editions."""

    printed: tuple[str, str]
    names: tuple[str | None, str | None]
    editions: tuple[int | None, int | None]


@attrs.frozen
class Table:
    """A page's sections with their cells, and the countries in column order."""

    columns: Columns
    sections: tuple[Section, ...]


@attrs.frozen
class _Pending:
    """A row that is one run: its outcomes so far."""

    row: RawRow
    run: Run
    found: list[Outcome]


def divide(text: str, page: RawPage, weights: Weights = FITTED) -> Table:
    """Return the page's rows with their cells."""
    columns = _columns(page)
    pending = _pending(text, page, columns, weights)
    habits = _habits(pending.values())
    sections = [_section(text, section, columns, pending, habits, weights) for section in page.sections]
    return Table(columns, tuple(section for section in sections if section.rows))


def reread(table: Table, text: str) -> Table:
    """Return ``table`` with its cells cut from ``text``, which differs in its line ends only."""
    sections = tuple(
        attrs.evolve(
            section,
            rows=tuple(
                attrs.evolve(row, cells=tuple(attrs.evolve(each, text=each.span.cut(text)) for each in row.cells))
                for row in section.rows
            ),
        )
        for section in table.sections
    )
    return attrs.evolve(table, sections=sections)


def _columns(page: RawPage) -> Columns:
    header = next((section.header for section in page.sections if section.header), None)
    printed = header.names if header else page.names
    if printed is None:
        return Columns(("", ""), (None, None), (None, None))
    editions = header.editions if header else (None, None)
    return Columns(printed, (entry_name(printed[0]), entry_name(printed[1])), editions)


def _pending(text: str, page: RawPage, columns: Columns, weights: Weights) -> dict[int, _Pending]:
    """Score every run of the page by what it says itself."""
    countries = (country_named(columns.printed[0]), country_named(columns.printed[1]))
    found = {}
    for row in chain.from_iterable(section.rows for section in page.sections):
        if not row.pieces or layout_of(row.pieces) != "run":
            continue
        start, end = trim(text, row.pieces[0].start, row.pieces[-1].end)
        if start < end:
            lead = text[row.pieces[0].start : start]
            run = Run(text, start, end, row.label.field, columns.printed, countries, lead, row.spaced)
            found[row.start] = _Pending(row, run, outcomes(run, weights))
    return found


def _habits(pending: Iterable[_Pending]) -> Habits:
    habits = Habits()
    for each in pending:
        chances = shares(each.found)
        best = max(range(len(chances)), key=chances.__getitem__)
        if chances[best] >= SURE and each.found[best].at >= 0:
            habits.learn(each.run, each.found[best].at, 1.0)
    return habits


def _section(
    text: str,
    section: RawSection,
    columns: Columns,
    pending: dict[int, _Pending],
    habits: Habits,
    weights: Weights,
) -> Section:
    header = section.header
    shifted = header is None or ("|" in header.gap and "|" not in header.lead)
    unit = tab_unit(header.gap if header else "", [row.pieces for row in section.rows], text)
    rows = []
    for row in section.rows:
        if row.start in pending:
            cells, confidence, layout = _run_cells(text, pending[row.start], columns, habits, weights)
        else:
            cells, confidence, layout = _tabled_cells(text, row, columns, shifted and not row.marked, unit, weights)
        rows.append(Row(row.label.text, row.label.field, section.topic, cells, confidence, layout, row.span))
    return Section(section.topic, tuple(rows), section.span)


def _run_cells(
    text: str, pending: _Pending, columns: Columns, habits: Habits, weights: Weights
) -> tuple[tuple[Cell, ...], float, str]:
    run = pending.run
    found = [
        outcome._replace(score=outcome.score + weights.habit * habits.border(run, outcome.at))
        if outcome.at >= 0
        else outcome
        for outcome in pending.found
    ]
    chances = shares(found)
    best = max(range(len(chances)), key=chances.__getitem__)
    at = found[best].at
    a, b = columns.names
    layout = _run_layout(run, at)
    if at >= 0:
        return (cell(text, a, run.start, at), cell(text, b, at, run.end)), chances[best], layout
    both = chances[-2] + chances[-1]
    if max(chances[-2], chances[-1]) < UNDECIDED * both or a is None:
        return (cell(text, None, run.start, run.end),), chances[best], layout
    whole = (run.start, run.end)
    if at == A_ALONE:
        return (cell(text, a, *whole), empty(b, run.end)), chances[best], layout
    return (empty(a, run.start), cell(text, b, *whole)), chances[best], layout


def _run_layout(run: Run, at: int) -> str:
    if run.text.startswith('"', run.start):
        return "quoted"
    kind = decide.gap_kind(run.lead)
    gap = decide.gap_kind(run.text[len(run.text[: max(at, 0)].rstrip()) : max(at, 0)]) if at > 0 else ""
    if "nn" in (kind, gap):
        return "blocks"
    return "lines" if "n" in (kind, gap) else "glued"


def _tabled_cells(
    text: str, row: RawRow, columns: Columns, shifted: bool, unit: int, weights: Weights
) -> tuple[tuple[Cell, ...], float, str]:
    a, b = columns.names
    layout = layout_of(row.pieces)
    if layout == "aligned":
        left, right = padded(text, row.pieces)
        return (joined(text, a, left, row.end), joined(text, b, right, row.end)), EXACT, layout
    if layout == "run":
        return (empty(a, row.end), empty(b, row.end)), EXACT, "lines"
    divided = piped(text, row.pieces, shifted=shifted) if layout == "pipes" else tabbed(text, row.pieces, unit)
    if divided.exact:
        first, second = divided.cells
        return (cell(text, a, *first), cell(text, b, *second)), EXACT, layout
    return *_doubtful(text, row, divided, columns, weights), layout


def _doubtful(
    text: str, row: RawRow, divided: Divided, columns: Columns, weights: Weights
) -> tuple[tuple[Cell, ...], float]:
    """Decide a lone cell that may be either country's, or which of several bars divides the cells."""
    a, b = columns.names
    filled = [each for each in divided.cells if each[0] < each[1]]
    if not filled:
        return (empty(a, row.end), empty(b, row.end)), EXACT
    start, end = filled[0][0], filled[-1][1]
    countries = (country_named(columns.printed[0]), country_named(columns.printed[1]))
    run = Run(text, start, end, row.label.field, columns.printed, countries, "")
    if len(filled) == 1:
        found = [outcome for outcome in outcomes(run, weights) if outcome.at in (A_ALONE, B_ALONE)]
        chances = shares(found)
        if max(chances) < UNDECIDED or a is None:
            return (cell(text, None, start, end),), max(chances)
        if chances[0] > chances[1]:
            return (cell(text, a, start, end), empty(b, end)), chances[0]
        return (empty(a, start), cell(text, b, start, end)), chances[1]
    scored = {outcome.at: outcome.score for outcome in outcomes(run, weights)}
    places = [each[0] for each in filled[1:]]
    best = max(places, key=lambda at: scored.get(at, -20.0))
    before = filled[places.index(best)][1]
    return (cell(text, a, start, before), cell(text, b, best, end)), 0.5
