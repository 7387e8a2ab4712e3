"""Sentences in which single figures are facts: ages and terms of service, comparisons of size, strengths of forces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factparse.core.facts import Quantity
from factparse.core.words import mapping
from factparse.extract.figures.drafts import Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, closing_date
from factparse.extract.figures.told import told
from factparse.language import Figure, number, read_before, read_figure, unquoted
from factparse.language.brackets import half_brackets
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal


def service(reader: Reader, part: Part) -> None:
    """Read ages and terms of military service: ``18-26 years of age for compulsory service; 12-month obligation``.

    Ages print no unit and are given ``years``.
    """
    _figures_in(reader, part, "service")


def comparison(reader: Reader, part: Part) -> None:
    """Read how large a country is: ``slightly less than 2.5 times the size of Delaware``; the unit is ``times``."""
    _figures_in(reader, part, "comparison")


def _clauses(text: str, part: Part) -> Iterator[Range]:
    return (found.span() for found in terminal(CELL, "CLAUSE").finditer(text, part.start, part.end))


def _figures_in(reader: Reader, part: Part, rule: str) -> None:
    """Read the figures that a start rule finds, each with its clause up to the next figure; the rest is text."""
    text = reader.text
    # The date that closes the part is that of all its figures.
    closing = closing_date(text, part.start, len(text[: part.end].rstrip()))
    open_from = part.start
    for start, end in _clauses(text, part):
        found = list(rules(CELL, rule).pattern.finditer(text, start, end))
        if not found:
            continue
        between(reader, part, open_from, start, told)
        at = start
        for index, match in enumerate(found):
            until = found[index + 1].start() if index + 1 < len(found) else end
            _figure_in(reader, part, match, (at, until), closing)
            reader.regions.append((rule, *match.span()))
            last = reader.drafts[-1]
            # What half a bracket divides from a figure is of the next one.
            at = last.end + 1 if text[last.end : last.end + 1] in ("(", ")") else until
        if at < end:
            between(reader, part, at, min([end, *last.tail[:1]]), told)
        open_from = end
    between(reader, part, open_from, part.end, told)


def _figure_in(reader: Reader, part: Part, match: re.Match[str], where: Range, date: Range | None) -> None:
    """Read the figure of ``match`` from its stretch ``where`` of the clause.

    The words before it are its qualifier or what it is of, those behind it a remark.
    """
    text = reader.text
    joined = terminal(CELL, "JOINED").search(text, match.end(), where[1])
    draft = Draft(Quantity, part.path, where[0], joined.start() if joined else where[1])
    _close(text, draft, match.end(), date)
    draft.date = date
    (start, end), unit = figure_and_unit(match)
    draft.figure = _figure(text[start:end])
    draft.unit = _plural(unit) if unit else "years"
    before = terminal(CELL, "AGES_OPENED").sub("", text[where[0] : start])
    draft.name, draft.qualifier = read_before(before.strip(" ;,("))
    behind = match.end()
    said = ""
    whose = terminal(CELL, "WHOSE").match(text, behind, draft.end)
    if whose is not None and (whose["who"] or not draft.name):
        # What is said of them is a remark: reserve obligation to age 45 (officers).
        said = whose["what"] or draft.name.removeprefix("age")
        draft.name, behind = whose["who"] or whose["whom"], whose.end()
    elif not draft.name and (of := terminal(CELL, "SERVED_OF").match(text, behind, draft.end)):
        draft.name, behind = of["of"], of.end()
    if text.find('"', behind, draft.end) >= 0:
        draft.end = unquoted(text, behind, draft.end)[1]
    note = text[behind : draft.end]
    if date is not None:  # it stands at the end of the last figure's words, and is no remark
        note = note.rstrip().removesuffix(text[date[0] - 1 : date[1] + 1])
    note = note.strip(" ;,.").removeprefix(") ")
    note = note[1:-1] if terminal(CELL, "ROUND").fullmatch(note) else note
    draft.note = " ".join(filter(None, (said.strip(), note))) or None
    _told_lead(draft)
    draft.end = behind + len(text[behind : draft.end].rstrip(" ,;"))
    reader.drafts.append(draft)


def _told_lead(draft: Draft) -> None:
    """Tell apart whom a figure is of and what is said of them: ``women | may volunteer`` up to the age of 35."""
    words, _, _ = terminal(CELL, "ROUND").sub("", draft.name).partition("(")
    of, said = words, ""
    for part in reversed(list(terminal(CELL, "LEAD_PART").finditer(words))):
        found = terminal(CELL, "TOLD_SUBJECT").search(part["part"])
        if found is not None:
            of, said = found["of"], part["part"][found.end() :]
            break
    draft.name, said = (terminal(CELL, "LEAD_END").sub("", each).strip(" ,") for each in (of, said))
    draft.note = "; ".join(filter(None, (said, draft.note))) or None


def _close(text: str, draft: Draft, figure: int, date: Range | None) -> None:
    """End a draft before half a bracket behind its ``figure``; the date stays its own."""
    halves = [half for half in half_brackets(text, draft.start, draft.end) if half >= figure]
    if halves and date is not None and halves[0] < date[0] < draft.end:
        draft.tail = (date[0] - 1, date[1] + 1)
    draft.end = min(halves, default=draft.end)


def figure_and_unit(match: re.Match[str]) -> tuple[Range, str | None]:
    """Return where the figure of a match of ``SERVED`` or ``TIMES`` stands, and its unit as printed, or ``None``."""
    named = match.groupdict()
    # One group for each way to print a figure; only "figure" goes with a unit (the others are ages).
    figure = next(
        name for name in ("figure", "worded", "aged", "bare", "first", "listed", "forced", "minor") if named.get(name)
    )
    unit = {"figure": named["unit"], "worded": "times"}.get(figure)
    return match.span(figure), unit


def _figure(printed: str) -> Figure:
    """Read a figure in digits, ``18 or 19``, or the words of a factor: ``twice``, ``three-tenths``."""
    factor = mapping("factors", "factor").get(printed)
    return Figure(number(factor)) if factor else read_figure(printed.replace(" or ", "-"))


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else unit + "s"


def strengths(reader: Reader, part: Part) -> None:
    """Read how many soldiers there are, or are abroad: ``approximately 55,000 active-duty troops (40,000 Army)``.

    Only clauses that begin with a figure tell it; the others stay text.
    """
    text = reader.text
    at = part.start
    for start, end in _clauses(text, part):
        if terminal(CELL, "STRONG").match(text, start, end) is None:
            continue
        drafts = reader.apart(part.path, start, end)
        if drafts and drafts[0].figure is not None:
            between(reader, part, at, start, told)
            for draft in drafts:
                # Their unit is persons (shapes.tsv): the words behind the figure are what it is of.
                if draft.unit and draft.figure and not draft.figure.unit:
                    draft.of, draft.unit = draft.of or draft.unit, None
            reader.drafts += drafts
            at = end
    between(reader, part, at, part.end, told)
