"""One value of a cell to rows: its tokens cut in one pass, each item by the plan for its shape."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from factparse.extract.figures.figures import After, read_after, read_figure, read_lead
from factparse.extract.figures.lists import item
from factparse.extract.figures.rows import QUANTITY, SHARE, TEXT, Range, Row
from factparse.language.plans import Plan, Shapes, lexicon, shapes

GRAMMAR = "fields/figures.lark"
_FIGURES = ("FIGURE", "MISSING", "NO_MONEY")
_DIVIDERS = frozenset({"COMMA", "SEMICOLON", "SLASH"})
_LONGEST_NAME = 8  # words before a figure; more are a sentence
_LONGEST_PLACE = 20  # of a highest or lowest point
_LONGEST_LEAD = 400  # characters of the same, with brackets
_LONGEST_SHAPE = 400  # tokens of an item; longer ones are no figures
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
    codes = _shapes().codes
    plan = None if {codes[name] for name in _FIGURES}.isdisjoint(shape) else _shapes().plan(shape)
    if plan is None:
        return None
    lead = next((part.end for part in plan.parts if part.kind == "lead"), 0)
    return Recipe(lead, tuple(_entry(part) for part in plan.parts if part.kind == "entry"))


@cache
def _shapes() -> Shapes:
    return shapes(GRAMMAR)


class _Tables(NamedTuple):
    pattern: re.Pattern[str]
    codes: dict[str | None, str]
    dividers: re.Pattern[str]  # in a string of codes
    dated: str
    bracket: str
    described: str  # what says of which kind the figure before it is
    plain: re.Pattern[str]  # the commonest item, up to its divider: a figure with its name, unit, bracket and date


@cache
def _tables() -> _Tables:
    codes: dict[str | None, str] = dict(_shapes().codes.items())
    codes["BARE_DATE"] = codes["AS_OF"]
    dividers = re.compile(f"[{''.join(codes[name] for name in _DIVIDERS)}]")
    words = lexicon(GRAMMAR)
    known = words.terminals
    plain = re.compile(
        rf"\s*+(?P<lead>{known['WORDS']})?+\s*+(?P<figure>(?!\d\d-\d\d, \d|{known['DATE']}){known['FIGURE']})\s*+"
        rf"(?P<after>{known['WORDS']})?\s*+(?P<bracket>(?!{known['AS_OF']}){known['BRACKET']})?\s*+(?P<date>{known['AS_OF']})?"
        rf"\s*+(?:$|{known['COMMA']}|{known['SEMICOLON']}|{known['SLASH']}|(?<=[)] )(?=[-$\d])(?!{known['GAUGE']})"
        r"|(?<=[)])(?=[-$\d]))\s*+"
    )
    return _Tables(words.pattern, codes, dividers, codes["AS_OF"], codes["BRACKET"], codes["GAUGE"], plain)


class Reader:
    """Reads values of one cell into rows."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tables = _tables()
        self.rows: list[Row] = []
        self.first = 0  # the first row of the value at hand

    def figures(self, path: tuple[str, ...], start: int, end: int, kind: int = QUANTITY) -> None:
        """Read ``text[start:end]``: a row a figure, of class ``kind``; the rest is text, or items."""
        tables = self.tables
        self.first = len(self.rows)
        if self._plainly(tables.plain, path, start, end, kind):
            return
        del self.rows[self.first :]
        codes = tables.codes
        tokens = list(tables.pattern.finditer(self.text, start, end))
        if "<" in self.text:
            tokens = [token for token in tokens if token.lastgroup != "TAG"]
        shape = "".join([codes[token.lastgroup] for token in tokens])
        at = 0
        for divider in tables.dividers.finditer(shape):
            place = divider.start()
            if place > at:
                self._item(path, shape[at:place], tokens[at:place], kind)
            at = place + 1
        if at < len(tokens):
            self._item(path, shape[at:], tokens[at:], kind)

    def _plainly(self, pattern: re.Pattern[str], path: tuple[str, ...], start: int, end: int, kind: int) -> bool:
        """Read a value whose items are all of the commonest shape, as :meth:`_item` does; say whether they are."""
        text, match_at = self.text, pattern.match
        while start < end:
            match = match_at(text, start, end)
            if match is None:
                return False
            (_, end_at), lead, printed, words, bracket, date = match.regs
            first, last = printed
            if lead[0] >= 0:
                name = text[lead[0] : lead[1]]
                if name.count(" ") > _LONGEST_NAME:
                    return False
                row = Row(kind, path, lead[0], last)
                row.name, row.qualifier = read_lead(name)
            else:
                row = Row(kind, path, first, last)
            row.figure, row.printed = read_figure(text[first:last]), printed
            self.rows.append(row)
            if words[0] >= 0:
                row.end = words[1]
                self._after(row, *words, False)
            if date[0] >= 0:
                row.date = date
                row.end = date[1]
            if bracket[0] >= 0:
                row.end = max(row.end, bracket[1])
                mark = len(self.rows)
                self._bracket(row, *bracket)
                if row is not self.rows[-1] and date[0] >= 0:
                    self.rows[-1].end = date[1]
                    for below in self.rows[mark:]:
                        below.date = below.date or date
            start = end_at
        return True

    def _item(self, path: tuple[str, ...], shape: str, tokens: list[re.Match[str]], kind: int) -> None:
        recipe = _recipe(shape) if len(shape) < _LONGEST_SHAPE else None
        spans = [token.span() for token in tokens]
        if recipe is None or not recipe.entries:
            self._loose(path, shape, spans, kind)
            return
        text, tables = self.text, self.tables
        dated = tables.dated
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
            printed = text[figure_start:figure_end]
            row.figure, row.printed = read_figure(printed), (figure_start, figure_end)
            if row.figure.value is None and row.figure.low is None and "NA" not in printed:
                row.note = printed
            start = spans[entry.details][0] if entry.details < entry.end else row.end
            if number < last and entry.details < entry.end and shape[entry.details] in tables.described:
                row.of, start = text[slice(*spans[entry.details])], spans[entry.details][1]
                row.end = start
            if entry.after > entry.figure + 1:
                named = number < last and entry.details == entry.after
                rest = self._after(row, spans[entry.figure + 1][0], spans[entry.after - 1][1], named)
                if rest:
                    start = row.end = rest
            self.rows.append(row)
            if entry.details > entry.after:
                self._details(row, shape[entry.after : entry.details], spans[entry.after : entry.details])
            if number == last and self._broken_down(row, shape, spans, entry):
                continue
            if number == last and entry.details < entry.end:
                dates = shape[-1] == dated and entry.details < len(spans) - 1
                row.date = row.date or (spans[-1] if dates else None)
                self._trail(row, spans[entry.details][0], spans[-2 if dates else -1][1])
                self.rows[-1].end = max(self.rows[-1].end, spans[-1][1])
            date = None

    def _broken_down(self, row: Row, shape: str, spans: list[tuple[int, int]], entry: Entry) -> bool:
        """Read what trails ``row`` if that is words and then a breakdown: ``1.435-m gauge (27 km electrified)``."""
        first = shape.find(_tables().bracket, entry.details, entry.end)
        if first <= entry.details or shape[first:].strip(_tables().dated + _tables().bracket):
            return False
        if not any(map(str.isdecimal, self.text[slice(*spans[first])])):
            return False
        self._trail(row, spans[entry.details][0], spans[first - 1][1])
        self._details(row, shape[first:], spans[first:])
        return True

    def _details(self, row: Row, shape: str, spans: list[tuple[int, int]]) -> None:
        """Read the brackets behind a figure: its date, which also holds for a breakdown; breakdowns; remarks."""
        dated = self.tables.dated
        mark = len(self.rows)
        for code, (start, end) in zip(shape, spans, strict=True):
            if code == dated:
                row.date = row.date or (start, end)
                self.rows[-1].end = max(self.rows[-1].end, end)
            else:
                self._bracket(row, start, end)
        for below in self.rows[mark:]:
            below.date = below.date or row.date

    @staticmethod
    def _lead(row: Row, words: str) -> bool:
        """Read the words before a figure: a name, a remark in brackets, a qualifier; False if they are a sentence."""
        if len(words) > _LONGEST_LEAD:
            return False
        if "(" in words:
            name, _, inside = words.partition("(")
            inside, _, behind = inside.rpartition(")")
            row.note = inside.strip() or None
            words = f"{name.rstrip()} {behind}"
        row.name, row.qualifier = read_lead(words.strip())
        return row.name.count(" ") <= (_LONGEST_PLACE if row.path and row.path[-1].endswith("point") else _LONGEST_NAME)

    def _after(self, row: Row, start: int, end: int, more: bool) -> int:
        """Read the words behind a figure; return where the name of the next figure begins among them, or 0."""
        words = self.text[start:end]
        unit, of, rest, size = read_after(words) if len(words) < _LONGEST_LEAD else After(None, None, words, 0)
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
        if row.kind == SHARE and not row.name:
            row.name = rest.removesuffix(" and")
            return 0
        if more and not (unit is None and rest.endswith(" and") and rest.islower()):
            return start + words.index(rest.split()[0], size)
        rest = rest.removeprefix("of ").removesuffix(" and")
        if (
            unit is None
            and row.figure
            and row.figure.unit is None
            and rest[0].islower()
            and rest.count(" ") < _LONGEST_UNIT
        ):
            row.unit = rest
        elif not row.name and rest.count(" ") < _LONGEST_NAME:
            row.of = rest
        else:
            row.note = rest
        return 0

    def _trail(self, row: Row, start: int, end: int) -> None:
        """Add to ``row`` what trails its brackets: a unit that comes late, or a remark."""
        words = self.text[start:end].strip(' -–—":')
        if not words:
            return
        unit = read_after(words)
        if unit.unit and not unit.rest and row.unit is None and row.figure and row.figure.unit is None:
            row.unit = unit.unit
        elif not row.name and row.of is None and row.kind == QUANTITY:
            row.of = words
        else:
            row.note = f"{row.note}; {words}" if row.note else words
        self.rows[-1].end = end

    def _bracket(self, row: Row, start: int, end: int) -> None:
        """A bracket behind a figure: a breakdown of it, which makes rows of its own, or a remark."""
        text = self.text[start + 1 : end - 1]
        aged = text.isdecimal() and self.text.endswith("age ", 0, start)
        if any(map(str.isdecimal, text)) and not aged and not _REMARK.search(text):
            inner = Reader(self.text)
            inner.figures(row.path, start + 1, end - 1, row.kind)
            if inner.rows and all(found.figure is not None for found in inner.rows):
                self._below(row, inner.rows)
                row.end = min(row.end, start)
                return
            dated = _DATED.search(text)
            if dated and not row.date:
                row.date = (start + 1 + dated.start(), start + 1 + dated.end())
        row.note = f"{row.note}; {text}" if row.note else text

    def _below(self, row: Row, inner: list[Row]) -> None:
        """Put a breakdown under its whole; a figure without a name says the same of the whole in another unit."""
        path = (*row.path, row.name) if row.name else row.path
        for found in inner:
            if found.kind == SHARE and (found.figure is None or found.figure.unit != "%"):
                found.kind = QUANTITY
            if not found.name:
                found.name = row.name
            elif row.kind == QUANTITY:
                found.path, found.name = (*path, found.name), ""
            else:
                found.path = path
        self.rows += inner

    def _loose(self, path: tuple[str, ...], shape: str, spans: list[tuple[int, int]], kind: int) -> None:
        """An item without a figure: a date of what came before, a name with its figure in brackets, or text."""
        dated, bracketed = _tables()[3:5]
        if shape == dated and self._date_back(spans[0]) is None:
            return
        start, end = spans[0][0], spans[-1][1]
        last = len(shape) - (2 if shape[-1] == dated else 1)
        if last > 0 and shape[last] == bracketed and self._bracketed(path, spans, last, kind):
            return
        self._plain(path, start, end, kind, dated if shape[-1] == dated else "", spans[-1])

    def _bracketed(self, path: tuple[str, ...], spans: list[tuple[int, int]], last: int, kind: int) -> bool:
        """Read a name whose figure stands in brackets behind it; return whether it was one."""
        start, end = spans[last]
        if not any(map(str.isdecimal, self.text[start:end])):
            return False
        inner = Reader(self.text)
        inner.figures(path, start + 1, end - 1, kind)
        if not inner.rows or inner.rows[0].name or any(row.figure is None for row in inner.rows):
            return False
        row = inner.rows[0]
        row.start, row.name = spans[0][0], self.text[spans[0][0] : start].strip()
        row.end = end if len(inner.rows) == 1 else row.end
        for below in inner.rows[1:]:
            below.path = (*path, row.name)
        self.rows += inner.rows
        if last + 1 < len(spans):
            inner.rows[-1].end = spans[-1][1]
            row.date = spans[-1]
        return True

    def _plain(
        self, path: tuple[str, ...], start: int, end: int, kind: int, dated: str = "", last: tuple[int, int] = (0, 0)
    ) -> None:
        """Keep text as it is: an item among shares; else a text, one with the text before it."""
        date = last if dated else None
        before = self.rows[-1] if self.rows else None
        if not any(map(str.isalnum, self.text[start:end])):
            return
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

    def _date_back(self, span: Range) -> Range | None:
        """A date of its own is that of the row before it; returned if there is none, for it is the next one's."""
        if len(self.rows) == self.first:
            return span
        row = self.rows[-1]
        row.date = row.date or span
        row.end = max(row.end, span[1])
        return None


# The date that closes a bracket of other remarks: (f.o.b., 1994 est.)
_DATED = re.compile(r"(?:(?<=^)|(?<=, )|(?<=; ))(?:[A-Z][a-z]{2,8} )?(?:(?:19|20)\d\d|FY\d\d)(?:[-/]\d\d)?(?: est\.)?$")
# A bracket with a figure that breaks nothing down: (aged 15 or over), (202 est.)
_REMARK = re.compile(r"or over$|^\d{1,5} est\.?$")
