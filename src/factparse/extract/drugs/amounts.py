"""Reads the amounts that a clause tells: hectares under cultivation and tons of a drug, of what, and of which year.

The drug is named behind an amount (``50 metric tons of pure heroin``), else before it (``coca cultivation reached 50
hectares``); where none is, the amount is not told. Growth in percent is no amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from factparse.core.words import mapping
from factparse.extract.drugs.acts import substance
from factparse.extract.drugs.joints import DRUGS
from factparse.language import AsOf, Figure, Value, read_as_of, read_before, read_figure
from factparse.language.brackets import half_brackets
from factparse.language.plans import Cut, Range, filled, terminal
from factparse.language.scanner import cell

_PLANTS: Final = frozenset({"coca", "opium", "cannabis", "khat"})  # what is counted in hectares
_REACH: Final = 200  # characters before an amount in which its year, its qualifier, and what was done stand
_POTENTIAL: Final = "potential"
_NEAR: Final = 12  # words before an amount that may call it potential

Match = tuple[int, int, str, str]
"""Where an amount stands, its figure and its unit."""


class Amount(NamedTuple):
    """An amount as a clause tells it: where its text stands, the figure, its unit, of what, and when.

    ``mark`` is where the figure and its unit stand. ``path`` is what was done, called ``potential`` if the amount is
    what could have been made.
    """

    start: int
    end: int
    mark: Range
    figure: Figure
    unit: str
    of: str
    path: tuple[str, ...]
    qualifier: str | None
    date: AsOf | None


def amounts(text: str, tokens: Sequence[Cut]) -> Iterator[Amount]:
    """Yield the amounts of the clause ``text``, of which ``tokens`` are the words that matter.

    What an amount leaves open is as told of the one before it in the clause: ``40 hectares in 2004, and 30 tons``.

    >>> text = "opium poppy cultivation in 2004 reached 3,500 hectares, with 9 metric tons of pure heroin"
    >>> for amount in amounts(text, [("SUBSTANCE", 0, 11), ("SUBSTANCE", 83, 89)]):
    ...     print(amount.figure.value, amount.unit, amount.of, amount.path, amount.date and amount.date.year)
    3500 hectares opium poppy ('cultivation',) 2004
    9 metric tons pure heroin ('cultivation',) 2004
    """
    drugs = [(start, end) for name, start, end in tokens if name == "SUBSTANCE"]
    before: Amount | None = None
    for found in terminal(DRUGS, "AMOUNT").finditer(text):
        before = _amount(text, (*found.span(), found["figure"], found["unit"]), drugs, before) or before
        if before is not None and before.end >= found.end():
            yield before


def _amount(text: str, found: Match, drugs: Sequence[Range], before: Amount | None) -> Amount | None:
    start, end, figure, unit = found
    done = before.end if before else 0
    named = _named_behind(text, end, drugs) or _named_before((done, start), unit, text, drugs)
    of = text[slice(*named)] if named else before.of if before else None
    if of is None:
        return None
    behind = max(end, named[1]) if named else end
    reach = max(done, start - _REACH)
    dated = _year_behind(text, behind) or _year_before(text, reach, start)
    qualifier = read_before(text[reach:start].strip()).qualifier
    said = (text.rfind(qualifier, done, start), end) if qualifier else (-1, end)
    parts = [part for part in (named, dated, said) if part is not None and part[0] >= 0]
    first, last = _whole(text, parts, (start, end))
    path = _path(text[reach:start], text[end:last], unit)
    date = read_as_of(text[slice(*dated)]) if dated else None
    if before is not None:
        path, date = path or before.path, date or before.date
    read = read_figure(figure.replace(" and ", " to "))
    return Amount(first, last, (start, end), read, unit, of, path, qualifier, date)


def _whole(text: str, parts: Sequence[Range], mark: Range) -> Range:
    """Return the range of an amount with its drug, its year and its qualifier, unless that would part a bracket."""
    end = max([mark[1], *(last for _, last in parts)])
    starts = sorted(first for first, _ in parts if first < mark[0])
    return next((at for at in starts if not half_brackets(text, at, end)), mark[0]), end


def _named_behind(text: str, end: int, drugs: Sequence[Range]) -> Range | None:
    """Return the drug that is named right behind an amount, with the words that say more of it: ``of pure heroin``."""
    following = next((drug for drug in drugs if drug[0] >= end), None)
    led = terminal(DRUGS, "AMOUNT_OF").fullmatch(text, end, following[0]) if following else None
    return (led.start("more"), following[1]) if led and following else None


def _named_before(within: Range, unit: str, text: str, drugs: Sequence[Range]) -> Range | None:
    """Return the last drug that is named before an amount, behind the amount before it; of land the last plant."""
    named = [(first, last) for first, last in drugs if within[0] <= first and last <= within[1]]
    if terminal(DRUGS, "LAND").fullmatch(unit):
        named = [(first, last) for first, last in named if substance(text[first:last]) in _PLANTS]
    return named[-1] if named else None


def _year_behind(text: str, end: int) -> Range | None:
    found = terminal(DRUGS, "YEAR_BEHIND").match(text, end)
    return found.span("date") if found else None


def _year_before(text: str, start: int, end: int) -> Range | None:
    """Return the last year before an amount that is not one with which it is compared: ``31% over 2008``."""
    found = [year.span("date") for year in terminal(DRUGS, "YEAR_BEFORE").finditer(text, start, end)]
    return found[-1] if found else None


@cache
def _done(word: str) -> str:
    """Return what a word says was done with an amount, as ``drug_amounts.tsv`` calls it; nothing if it says none."""
    table = mapping("drug_amounts", "path")
    return next((path for form, path in table.items() if word == form or word.startswith(form.rstrip("~"))), "")


def _path(before: str, behind: str, unit: str) -> tuple[str, ...]:
    """Return what was done with an amount: the words behind it tell (``50 hectares cultivated``), else those before."""
    ahead, following = cell(before).words, cell(behind).words
    told = next((done for word in (*following, *reversed(ahead)) if (done := _done(word))), "")
    if told in ("production", "") and terminal(DRUGS, "LAND").fullmatch(unit):
        told = told and "cultivation"  # producer of coca with 48,000 hectares
    elif told in ("production", "") and (_POTENTIAL in ahead[-_NEAR:] or _POTENTIAL in following):
        told = f"{_POTENTIAL} production"
    return (told,) if told else ()


def marked(node: Value, marks: Sequence[Range]) -> Value:
    """Return the tree of a clause with its amounts as leaves; they stand in what no other word takes."""
    if not marks:
        return node
    children: list[Value] = []
    for child in node.children:
        inside = [mark for mark in marks if child.start <= mark[0] and mark[1] <= child.end]
        if child.children or not inside:
            children.append(marked(child, inside))
        else:
            leaves = [Value("amount", *mark) for mark in inside]
            children += filled("clause", child.start, child.end, leaves).children
    return node._replace(children=tuple(children))
