"""One value of a cell to rows: its tokens cut in one pass, each item by the plan for its shape."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from factparse.extract._typed.figures import read_after, read_date, read_figure, read_lead
from factparse.extract._typed.rows import ITEM, QUANTITY, SHARE, TEXT, Row
from factparse.values import AsOf
from factparse.values.shapes import Plan, Shapes, lexicon, shapes

GRAMMAR = "fields/figures.lark"
_DIVIDERS = frozenset({"COMMA", "SEMICOLON", "SLASH"})
_LONGEST_NAME = 8  # words before a figure; more are a sentence
_LONGEST_UNIT = 3  # words behind a figure that name what is counted; more are a remark


class Entry(NamedTuple):
    """Where the tokens of an entry stand among those of its item: half-open ranges, and the index of its figure."""

    figure: int
    after: int  # end of the words right behind the figure
    details: int  # end of its brackets
    end: int  # end of what trails them


class Recipe(NamedTuple):
    """The plan of an item, flat: how many tokens come before the first figure, and the entries."""

    lead: int
    entries: tuple[Entry, ...]


def _entry(plan: Plan) -> Entry:
    after = details = plan.first + 1
    for part in plan.parts[1:]:
        if part.kind == "after":
            after = details = part.end
        elif part.kind == "detail":
            details = part.end
    return Entry(plan.first, after, details, plan.end)


@lru_cache(4096)
def _recipe(shape: str) -> Recipe | None:
    plan = _shapes().plan(shape)
    if plan is None:
        return None
    lead = next((part.end for part in plan.parts if part.kind == "lead"), 0)
    return Recipe(lead, tuple(_entry(part) for part in plan.parts if part.kind == "entry"))


@cache
def _shapes() -> Shapes:
    return shapes(GRAMMAR)


@cache
def _tokens() -> tuple[re.Pattern[str], dict[str, str], str, str]:
    codes = _shapes().codes
    return lexicon(GRAMMAR).pattern, codes, codes["AS_OF"], codes["BRACKET"]


class Reader:
    """Reads values of one cell into rows."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[Row] = []
        self.first = 0  # the first row of the value at hand

    def figures(self, path: tuple[str, ...], start: int, end: int, kind: int = QUANTITY) -> None:
        """Read ``text[start:end]``: a row a figure, of class ``kind``; the rest is text, or items."""
        pattern, codes, _, _ = _tokens()
        self.first = len(self.rows)
        shape = ""
        spans: list[tuple[int, int]] = []
        for token in pattern.finditer(self.text, start, end):
            name = token.lastgroup
            if name in _DIVIDERS:
                if spans:
                    self._item(path, shape, spans, kind)
                    shape, spans = "", []
            else:
                shape += codes[name or "OTHER"]
                spans.append(token.span())
        if spans:
            self._item(path, shape, spans, kind)

    def _item(self, path: tuple[str, ...], shape: str, spans: list[tuple[int, int]], kind: int) -> None:
        recipe = _recipe(shape)
        if recipe is None or not recipe.entries:
            self._loose(path, shape, spans, kind)
            return
        text = self.text
        dated = _tokens()[2]
        date = None
        start = spans[0][0]
        if recipe.lead and shape[0] == dated:
            date = self._date_back(spans[0])
            start = start if date else spans[1][0]
        last = len(recipe.entries) - 1
        for number, entry in enumerate(recipe.entries):
            figure_start, figure_end = spans[entry.figure]
            row = Row(kind, path, start, spans[entry.details - 1][1])
            if start < figure_start and not self._lead(row, text[spans[0][1] if date else start : figure_start]):
                self._plain(path, start, spans[-1][1], kind)
                return
            row.date = date
            row.figure = read_figure(text[figure_start:figure_end])
            start = spans[entry.details][0] if entry.details < entry.end else row.end
            if entry.after > entry.figure + 1:
                named = number < last and entry.details == entry.after
                rest = self._after(row, spans[entry.figure + 1][0], spans[entry.after - 1][1], named)
                if rest:
                    start = row.end = rest
            self.rows.append(row)
            for at in range(entry.after, entry.details):
                if shape[at] == dated:
                    date = row.date = row.date or read_date(text[spans[at][0] : spans[at][1]])
                    self.rows[-1].end = max(self.rows[-1].end, spans[at][1])
                else:
                    self._bracket(row, *spans[at])
            if number == last and entry.details < entry.end:
                self._trail(row, spans[entry.details][0], spans[-1][1])
            date = None

    @staticmethod
    def _lead(row: Row, words: str) -> bool:
        """Read the words before a figure: a name, a remark in brackets, a qualifier; False if they are a sentence."""
        if "(" in words:
            name, _, inside = words.partition("(")
            inside, _, behind = inside.rpartition(")")
            row.note = inside.strip() or None
            words = f"{name.rstrip()} {behind}"
        row.name, row.qualifier = read_lead(words.strip())
        return row.name.count(" ") <= _LONGEST_NAME

    def _after(self, row: Row, start: int, end: int, more: bool) -> int:
        """Read the words behind a figure; return where the name of the next figure begins among them, or 0."""
        words = self.text[start:end]
        unit, of, rest, size = read_after(words)
        row.unit = unit
        if of is not None:
            row.of = of if not row.name else None
            if row.name:
                row.note = f"of {of}"
            if row.kind == SHARE and not row.name:
                row.name = of
            return 0
        if not rest:
            return 0
        if more:
            return start + words.index(rest.split()[0], size)
        if row.kind == SHARE and not row.name:
            row.name = rest
        elif unit is None and row.figure is not None and row.figure.unit is None and rest.count(" ") < _LONGEST_UNIT:
            row.unit = rest
        elif not row.name and rest.count(" ") < _LONGEST_NAME:
            row.of = rest
        else:
            row.note = rest
        return 0

    def _trail(self, row: Row, start: int, end: int) -> None:
        """Add to ``row`` what trails its brackets: a unit that comes late, or a remark."""
        words = self.text[start:end]
        unit = read_after(words)
        if unit.unit and not unit.rest and row.unit is None and row.figure and row.figure.unit is None:
            row.unit = unit.unit
        elif not row.name and row.of is None and row.kind == QUANTITY:
            row.of = words.strip(" -–—")
        else:
            row.note = f"{row.note}; {words}" if row.note else words
        self.rows[-1].end = end

    def _bracket(self, row: Row, start: int, end: int) -> None:
        """A bracket behind a figure: a breakdown of it, which makes rows of its own, or a remark."""
        inner = Reader(self.text)
        text = self.text[start + 1 : end - 1]
        if any(map(str.isdecimal, text)):
            path = (*row.path, row.name) if row.name else row.path
            inner.figures(path, start + 1, end - 1, row.kind)
            if inner.rows and all(found.figure is not None for found in inner.rows):
                for found in inner.rows:
                    if found.kind == SHARE and (found.figure is None or found.figure.unit != "%"):
                        found.kind = QUANTITY
                    if row.kind == QUANTITY and found.name:
                        found.path, found.name = (*path, found.name), ""
                row.end = min(row.end, start)
                self.rows += inner.rows
                return
        row.note = f"{row.note}; {text}" if row.note else text

    def _loose(self, path: tuple[str, ...], shape: str, spans: list[tuple[int, int]], kind: int) -> None:
        """An item without a figure: a date of what came before, a name with its figure in brackets, or text."""
        _, codes, dated, bracketed = _tokens()
        if shape == dated and self._date_back(spans[0]) is None:
            return
        start, end = spans[0][0], spans[-1][1]
        if shape in (codes["WORDS"] + bracketed, codes["WORDS"] + bracketed + dated):
            inner = Reader(self.text)
            inner.figures(path, spans[1][0] + 1, spans[1][1] - 1, kind)
            if len(inner.rows) == 1 and inner.rows[0].figure is not None and not inner.rows[0].name:
                row = inner.rows[0]
                row.start, row.end, row.name = start, end, self.text[start : spans[0][1]]
                if shape[-1] == dated:
                    row.date = read_date(self.text[spans[-1][0] : end])
                self.rows.append(row)
                return
        self._plain(path, start, end, kind, dated if shape[-1] == dated else "", spans[-1])

    def _plain(
        self, path: tuple[str, ...], start: int, end: int, kind: int, dated: str = "", last: tuple[int, int] = (0, 0)
    ) -> None:
        """Keep text as it is: an item among shares; else a text, one with the text before it."""
        date = read_date(self.text[last[0] : last[1]]) if dated else None
        before = self.rows[-1] if self.rows else None
        if kind == SHARE:
            self.rows.append(item(self.text, path, start, end))
        elif (
            before is not None
            and before.kind == TEXT
            and before.path == path
            and not self.text[before.end : start].strip(" ,;/")
        ):
            before.end = end
            before.date = date or before.date
        else:
            self.rows.append(Row(TEXT, path, start, end))
            self.rows[-1].date = date

    def _date_back(self, span: tuple[int, int]) -> AsOf | None:
        """A date of its own is that of the row before it; returned if there is none, for it is the next one's."""
        date = read_date(self.text[span[0] : span[1]])
        if len(self.rows) == self.first:
            return date
        row = self.rows[-1]
        row.date = row.date or date
        row.end = max(row.end, span[1])
        return None


_ITEM = re.compile(r"(?:[^,;()\[\]]++|\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|\[[^\[\]]*+\]|[()\[\]])++")
_CLAUSE = re.compile(r"(?:[^;()\[\]]++|\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|\[[^\[\]]*+\]|[()\[\]])++")


def item(text: str, path: tuple[str, ...], start: int, end: int) -> Row:
    """Return the row of a list entry: its name, the bracket behind it as its note or date."""
    while start < end and text[start] in ' \t\n\xa0"':
        start += 1
    while end > start and text[end - 1] in ' \t\n\xa0"':
        end -= 1
    name = text[start:end]
    row = Row(ITEM, path, start, end)
    if name.endswith((")", "]")):
        opening = name.find("(") if name[-1] == ")" else name.find("[")
        if opening > 0:
            inside = name[opening + 1 : -1]
            if inside[-1:].isdigit() or inside.endswith("est."):
                as_of = read_date(inside)
                row.date = as_of if as_of.year and len(inside) < 30 else None
            row.note = None if row.date else inside
            name = name[:opening].rstrip()
    row.name = name.removeprefix("and ").rstrip(".")
    return row


def items(reader: Reader, path: tuple[str, ...], start: int, end: int, *, clauses: bool = False) -> None:
    """Read ``text[start:end]`` as a list: divided by commas and semicolons, or by semicolons alone (``clauses``)."""
    pattern = _CLAUSE if clauses else _ITEM
    for match in pattern.finditer(reader.text, start, end):
        row = item(reader.text, path, *match.span())
        if row.name:
            reader.rows.append(row)
