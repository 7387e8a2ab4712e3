"""The columns stage: the cells of every row, told apart."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import islice
from math import exp, inf
from typing import NamedTuple

import attrs

from factparse.book.packaged import packaged_shelf
from factparse.book.shelf import Shelf
from factparse.columns.case import Alone, Looked, TextRun
from factparse.columns.cells import BLANK, cell, empty, joined, mark_border, trim, trimmed_cell
from factparse.columns.decide import SETTLED, Habits, Scorer, Verdict, looked_up
from factparse.columns.editions import Editions
from factparse.columns.lookup import Lookup, Sighting, decided, own_editions
from factparse.columns.page_gaps import PageGaps, gap_start
from factparse.columns.rows import RawPage, RawRow, RawSection, entry_name
from factparse.columns.table import Cell, Section, new_cell, new_row
from factparse.columns.tabled import Divided, keeps_empty_cells, layout_of, padded, piped, tab_unit, tabbed
from factparse.columns.weights import Weights, calibrated, fitted
from factparse.core.spans import Span
from factparse.layout.pieces import RUN, behind_label
from factparse.vocabulary import country_named

SURE = 0.9
"""The probability from which on a row tells the page's gaps."""

NAMED = 0.98
"""A lone cell is nobody's unless it is at least this sure that the likelier country owns it."""

EXACT = 0.999
"""The confidence of cells that bars, tabs or columns divide: scraped tables do have cells that slipped."""

KNOWN = 0.9995
"""The confidence of cells that the book decides."""

_DIGITS = 4  # of a confidence: its last bits differ with the Python and the mathematics library of the machine


@attrs.frozen
class Columns:
    """What is known of the two columns of a page: printed names, entry names, editions."""

    printed: tuple[str, str]
    names: tuple[str | None, str | None]
    editions: tuple[int | None, int | None]


class Parted(NamedTuple):
    """A row's text told apart: its cells, how sure that is, the layout, and who owns a cell that is nobody's if not."""

    cells: tuple[Cell, ...]
    confidence: float
    layout: str
    likelier: str | None = None


@attrs.frozen
class Table:
    """A page's sections with their cells, and the countries in column order."""

    columns: Columns
    sections: tuple[Section, ...]


class Divider:
    """The rows of one page, divided.

    It keeps the verdict on each run in ``verdicts``, by where the label stands, so that it can be explained later.
    """

    def __init__(
        self,
        text: str,
        page: RawPage,
        weights: Weights | None = None,
        shelf: Shelf | None = None,
        editions: Editions | None = None,
    ) -> None:
        self.text = text
        self.page = page
        self.columns = columns_of(page)
        self.weights = weights or fitted()
        steps = self.weights.calibration
        self._most = (steps[-1][0], round(steps[-1][1], _DIGITS)) if steps else (inf, 1.0)
        shelf = shelf if shelf is not None else packaged_shelf()
        countries = tuple(map(country_named, self.columns.printed))
        self.lookup = Lookup(shelf, countries) if shelf and any(countries) else None
        self.verdicts: dict[int, Verdict] = {}
        self.gaps = PageGaps()
        self._editions = editions

    @cached_property
    def scorer(self) -> Scorer:
        """What judges the rows that the book does not decide; of many pages it decides all."""
        year = max((year for year in self.columns.editions if year), default=None)
        page = self.page.span
        fields = (row.label.field for section in self.page.sections for row in section.rows)
        printed, weights = self.columns.printed, self.weights
        return Scorer(self.text, page.start, page.end, printed, year, weights, fields, self._editions, self._habits)

    @cached_property
    def own(self) -> int:
        """The editions of the book, a bit each, that print nearly all of the page."""
        return own_editions(looked for _, _, looked in self._runs.values())

    def table(self) -> Table:
        """The page's sections of rows with their cells; a section without rows is left out."""
        self.read()
        sections = [self._section(section) for section in self.page.sections]
        return Table(self.columns, tuple(section for section in sections if section.rows))

    def read(self) -> None:
        """Look every run up, and judge those that the book does not decide by what they say themselves.

        Those that are in doubt then are judged again, with the page's gaps and own words.
        """
        verdicts, gaps = self.verdicts, self.gaps
        for start, (run, sighting, looked) in self._runs.items():
            found = looked or self._looked_by_own(sighting)
            verdicts[start] = looked_up(run, found) if found is not None else self.scorer.judge(run, sighting)
        doubtful = [key for key, each in verdicts.items() if each.looked is None and _is_doubtful(each)]
        if doubtful and self.weights.page_gaps:
            certain = (
                (each.run, at)
                for each in verdicts.values()
                if each.chance >= SURE and not isinstance(at := each.at, Alone)
            )
            for run, at in islice(certain, _ENOUGH):
                gaps.learn(self.text, run.start, at, run.lead)
        for key in doubtful:
            verdicts[key] = self.scorer.judge_again(verdicts[key], gaps)

    def _looked_by_own(self, sighting: Sighting | None) -> Looked | None:
        """What the book decides of a run in the page's own editions; they are asked for where it does not at once."""
        return decided(sighting, self.own) if sighting is not None and self.own else None

    @cached_property
    def _runs(self) -> dict[int, tuple[TextRun, Sighting | None, Looked | None]]:
        """Each run, by where its row begins, what the book says of it, and what that decides."""
        closed = self._closes
        return {start: (run, *self._sighted(run, closed=closed)) for start, run in self._undivided.items()}

    @cached_property
    def _keeps_empty_cells(self) -> bool:
        """Whether some row shows that the extractor drops no empty cell."""
        return keeps_empty_cells(self.text, *self.page.span)

    @cached_property
    def _quotes(self) -> tuple[int, int]:
        """How many runs begin with a quote, and how many end with one."""
        text, runs = self.text, self._undivided.values()
        return sum([text[run.start] == '"' for run in runs]), sum([text[run.end - 1] == '"' for run in runs])

    @property
    def _closes(self) -> bool:
        """Whether the page closes the quotes that it opens. A last cell may end with one of its own."""
        opened, closed = self._quotes
        return closed * _CLOSING >= opened

    @cached_property
    def _habits(self) -> Habits:
        runs = self._undivided.values()
        leads = Counter(run.lead.count("\n") for run in runs)
        breaks = max(leads, key=lambda breaks: (leads[breaks], -breaks), default=0)
        # One quote that does not close may be a first cell's own; several are the page's way to open cells.
        return Habits(breaks, self._closes or self._quotes[0] <= 1)

    @cached_property
    def _undivided(self) -> dict[int, TextRun]:
        """Each run, by where its row begins."""
        runs = {}
        for section in self.page.sections:
            tabs = section.header.gap.count("\t") if section.header is not None else 0
            for row in section.rows:
                run = _run_of(self.text, row, tabs)
                if run is not None:
                    runs[row.start] = run
        return runs

    def _sighted(self, run: TextRun, *, closed: bool = True) -> tuple[Sighting | None, Looked | None]:
        """What the book says of a run, and what it decides by that alone."""
        sighting = self.lookup.look_up(run, closed=closed) if self.lookup is not None else None
        return sighting, decided(sighting) if sighting is not None else None

    def _section(self, section: RawSection) -> Section:
        header = section.header
        # Without a header, or with bars only between its names, empty cells may have been dropped.
        shifted = header is None or ("|" in header.gap and "|" not in header.lead)
        shifted = shifted and not self._keeps_empty_cells
        verdicts, topic, unit = self.verdicts, section.topic, 0
        rows = []
        for row in section.rows:
            verdict = verdicts.get(row.start)
            if verdict is not None:
                parted = self._run_cells(verdict)
            else:
                if not unit:
                    unit = tab_unit(header.gap if header else "", [each.pieces for each in section.rows], self.text)
                parted = self._tabled_cells(row, shifted and not row.marked, unit)
            label = row.label
            cells, confidence, layout, likelier = parted
            span, field = Span((row.start, row.end)), label.field if label.known else None
            rows.append(new_row(label.text, field, topic, cells, confidence, layout, span, likelier))
        return Section(topic, tuple(rows), section.span)

    def _run_cells(self, verdict: Verdict) -> Parted:
        text, run, at, chance = self.text, verdict.run, verdict.at, verdict.chance
        start, end = run.start, run.end
        a, b = self.columns.names
        least, most = self._most
        if verdict.looked is not None:
            confidence = KNOWN
        else:
            confidence = most if chance >= least else round(calibrated(chance, self.weights.calibration), _DIGITS)
        if not isinstance(at, Alone):
            gap = gap_start(text, start, at) if text[at - 1] in BLANK else at
            first, second = trimmed_cell(text, a, start, gap), trimmed_cell(text, b, at, end)
            return _parted(Parted, ((first, second), confidence, _run_layout(run, gap, at), None))
        return self._lone(start, end, verdict.side, confidence, _run_layout(run, start, start))

    def _lone(self, start: int, end: int, side: float, confidence: float, layout: str) -> Parted:
        """A row that has one cell only: nobody's if it is not sure enough whose."""
        a, b = self.columns.names
        text, span = self.text[start:end], Span((start, end))
        if a is None or confidence < NAMED:
            return Parted((new_cell(None, text, span),), confidence, layout, a if side > 0.0 else b)
        if side > 0.0:
            return Parted((new_cell(a, text, span), empty(b, end)), confidence, layout)
        return Parted((empty(a, start), new_cell(b, text, span)), confidence, layout)

    def _tabled_cells(self, row: RawRow, shifted: bool, unit: int) -> Parted:
        text = self.text
        a, b = self.columns.names
        layout = layout_of(row.pieces)
        if layout == "aligned":
            left, right = padded(text, row.pieces)
            return Parted((joined(text, a, left, row.end), joined(text, b, right, row.end)), EXACT, layout)
        if layout == "run" and row.pieces:
            tab = text.find("\t", row.pieces[0].start, row.pieces[-1].end)
            start, end = trim(text, row.pieces[0].start, row.pieces[-1].end)
            if start < tab < end:
                return Parted((cell(text, a, start, tab), cell(text, b, tab, end)), EXACT, "tabs")
            if (border := mark_border(text, start, end)) is not None:
                return Parted((cell(text, a, start, border), cell(text, b, border, end)), EXACT, "lines")
        # No piece, or none with text: the label stands alone, and both cells are empty.
        if layout == "run":
            return Parted((empty(a, row.end), empty(b, row.end)), EXACT, "lines")
        divided = tabbed(text, row.pieces, unit) if layout == "tabs" else piped(text, row.pieces, shifted=shifted)
        if divided.exact:
            first, second = divided.cells
            return Parted((cell(text, a, *first), cell(text, b, *second)), EXACT, layout)
        return self._doubtful(row, divided, layout)

    def _doubtful(self, row: RawRow, divided: Divided, layout: str) -> Parted:
        """The cells where one may be either country's, or where several bars could be the border; with a confidence."""
        text = self.text
        a, b = self.columns.names
        filled = [each for each in divided.cells if each[0] < each[1]]
        if not filled:
            return Parted((empty(a, row.end), empty(b, row.end)), EXACT, layout)
        start, end = filled[0][0], filled[-1][1]
        run = TextRun(text, start, end, row.label.field)
        sighting, looked = self._sighted(run)
        looked = looked or self._looked_by_own(sighting)
        if len(filled) == 1:
            if looked is not None and isinstance(looked.at, Alone):
                return self._lone(start, end, looked_up(run, looked).side, KNOWN, layout)
            side = self.scorer.judge_again(self.scorer.judge(run, sighting), self.gaps).side
            sure = calibrated(_likelier(side), self.weights.calibration_lone)
            return self._lone(start, end, side, round(sure, _DIGITS), layout)
        # Several bars: one divides the cells, and the others stand inside them.
        places = [each[0] for each in filled[1:]]
        if looked is not None and not isinstance(looked.at, Alone):
            at = looked.at
            best, confidence = next((place for place in places if place >= at), places[-1]), KNOWN
        else:
            best, chance = self.scorer.among(run, places)
            confidence = round(min(calibrated(chance, self.weights.calibration), _BARS), _DIGITS)
        before = filled[places.index(best)][1]
        return Parted((cell(text, a, start, before), cell(text, b, best, end)), confidence, layout)


_parted = tuple.__new__
_BARS = 0.89  # where bars stand inside cells, or white space alone is the border, nothing is certain
_CLOSING = 4  # where quotes close, as many runs end with one as begin with one: one in so many is far from that
_ENOUGH = 64  # certain rows tell a page's gaps
_MANY, _LONG = 2, 600  # prose of several paragraphs: surer of a break than it should be


def _run_of(text: str, row: RawRow, tabs: int) -> TextRun | None:
    """The text of a row that no layout divides, ``None`` if one does; ``tabs`` is how many divide the header's names.

    A tab before several paragraphs shows the first cell; the second may be the last of them.
    """
    pieces = row.pieces
    if not pieces:
        return None
    first = False
    if len(pieces) > 1 or pieces[0].kind != RUN:
        layout = layout_of(pieces)
        first = layout == "tabs" and len(pieces) == 2 and pieces[0].end - pieces[0].start == tabs
        if layout != "run" and not (first and "\n\n" in text[pieces[1].start : pieces[1].end].strip()):
            return None
    at = pieces[first].start if first else behind_label(text, row.start, pieces[0].start, row.end)
    start, end = trim(text, at, pieces[-1].end)
    if start >= end or (tabs and not first and text.find("\t", start, end) >= 0):
        return None
    if mark_border(text, start, end) is not None:
        return None
    return tuple.__new__(TextRun, (text, start, end, row.label.field, text[at:start], row.spaced, first))


def _is_doubtful(verdict: Verdict) -> bool:
    return verdict.chance < SETTLED or _is_long(verdict)


def _is_long(verdict: Verdict) -> bool:
    return len(verdict.case.places) > _MANY and verdict.run.end - verdict.run.start > _LONG


def _likelier(side: float) -> float:
    """The probability of the likelier side."""
    return 1.0 / (1.0 + exp(-abs(side)))


def divide(text: str, page: RawPage, weights: Weights | None = None, shelf: Shelf | None = None) -> Table:
    """The table of ``page``: its rows with their cells. ``weights`` can switch evidence off.

    Cells are looked up in ``shelf``, by default in the packaged book.
    """
    return Divider(text, page, weights, shelf).table()


def reread(table: Table, text: str) -> Table:
    """The same table with its cells cut from ``text``, which differs from the page's in its line ends only."""
    return attrs.evolve(table, sections=reread_sections(table.sections, text))


def reread_sections(sections: tuple[Section, ...], text: str) -> tuple[Section, ...]:
    """The same sections with their cells cut from ``text``."""
    return tuple(
        attrs.evolve(
            section,
            rows=tuple(
                attrs.evolve(row, cells=tuple(attrs.evolve(each, text=each.span.cut(text)) for each in row.cells))
                for row in section.rows
            ),
        )
        for section in sections
    )


def columns_of(page: RawPage) -> Columns:
    """The columns of a page by its first header, or by its title; without either, their names are not known."""
    header = next((section.header for section in page.sections if section.header), None)
    printed = header.names if header else page.names
    if printed is None:
        return Columns(("", ""), (None, None), (None, None))
    editions = header.editions if header and any(header.editions) else page.editions
    return Columns(printed, (entry_name(printed[0]), entry_name(printed[1])), editions)


def _run_layout(run: TextRun, end: int, at: int) -> str:
    """The layout of a row whose cells are divided by ``text[end:at]``, as ``Row.layout`` names it."""
    if run.text.startswith('"', run.start):
        return "quoted"
    lead = run.lead
    if end == at and not lead:
        return "glued"
    breaks = max(lead.count("\n"), run.text.count("\n", end, at))
    return "blocks" if breaks > 1 else "lines" if breaks else "glued"
