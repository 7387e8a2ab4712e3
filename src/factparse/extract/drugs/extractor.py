"""Reads a cell of ``Illicit drugs``: what the country does in the trade, with which substances, from where to where.

``grammars/fields/drugs.lark`` has the words, and what a clause states and denies; ``grammars/words/substances.tsv`` has
the canonical names. What is denied, from ``not`` to the next ``but``, is passed over. The word that is printed decides
the role: ``cultivation of cannabis`` tells of a cultivator, ``producer of cannabis`` of a producer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from factparse.core.facts import DrugRole, Quantity
from factparse.core.words import forms
from factparse.extract.context import Context, fact_maker
from factparse.extract.drugs.acts import PRECURSORS, Act, Statement, substance
from factparse.extract.drugs.amounts import Amount, amounts, marked
from factparse.extract.drugs.flows import NO_FLOW, Flow, Lead, flow, leads
from factparse.extract.drugs.joints import DRUGS, ROLES, joined
from factparse.language import AsOf, Value, is_as_of, read_as_of, split_clauses
from factparse.language.brackets import half_brackets
from factparse.language.figures import has_digit
from factparse.language.plans import Cut, Plan, Range, expanded, filled, laid, terminal, worded
from factparse.language.scanner import Cell, cell, lowered, words
from factparse.vocabulary import country_named

FIELDS: Final = ("Illicit drugs",)

_MAKING: Final = frozenset({"cultivator", "producer"})
_MADE: Final = frozenset({"PRODUCTION", "CULTIVATION"})
_DRUGS: Final = frozenset({"SUBSTANCE", "GENERIC"})
_FLOWING: Final = frozenset({"TRANSIT", "PRODUCTION", "CONSUMPTION"})  # roles that drugs come from or go to
_CLOSING: Final = 40  # characters at the end of a cell in which its date may stand

_made = fact_maker(DrugRole)


class _Told(NamedTuple):
    """A role as its clause tells it: where it stands in the clause, which it is, and the rest of the fact."""

    start: int
    end: int
    role: str
    substances: tuple[str, ...]
    hedged: bool
    flow: Flow


_Mention = tuple[int, _Told]  # where its clause begins in the cell, and what is told there


class _Whole(NamedTuple):
    """A role with what all its mentions say: from where the first begins to where the last ends, and the rest."""

    role: str
    span: Range
    substances: tuple[str, ...]
    hedged: bool
    flow: Flow


class _Clause(NamedTuple):
    """A clause cut into tokens, with the plan that says which are stated and which denied; its places are its own."""

    text: str
    words: Cell
    tokens: list[Cut]
    plan: Plan


def facts(context: Context) -> tuple[DrugRole | Quantity, ...]:
    """Return one fact for each role, in the order in which they are first told, with what all its mentions say.

    What a clause denies, or calls legal, is none. Behind the roles stand the amounts of land and drugs that the cell
    tells; a cell without a role stays text. What has no year of its own has the date of the bracket that closes the
    cell, if one does.

    >>> from factparse.extract import extract
    >>> for fact in extract("Illicit drugs", "transit point for heroin and cocaine; limited cannabis cultivation"):
    ...     print(fact.role, fact.substances)
    transit ('heroin', 'cocaine')
    cultivator ('cannabis',)
    """
    text, subject = context.text, context.subject
    closing = _closing(text)
    date = read_as_of(text[closing[0] : closing[1]]) if closing else None
    found: dict[str, list[_Mention]] = {}
    told_amounts: list[tuple[int, Amount]] = []
    for start, end in _clauses(text):
        clause = text[start:end]
        read = _cut(clause)
        told_amounts += [(start, amount) for amount in _amounts(read)]
        for told in _read(read):
            if not (subject and told.role in _MAKING and _elsewhere(subject, clause, told.end)):
                found.setdefault(told.role, []).append((start, told))
    roles = [_fact(context, date, _whole(mentions)) for mentions in found.values()]
    if not roles:
        return ()  # the cell stays text, which nothing of it may displace
    return (*roles, *(_quantity(context, date, start, amount) for start, amount in told_amounts))


def _quantity(context: Context, date: AsOf | None, at: int, told: Amount) -> Quantity:
    figure, as_of = told.figure, told.date or date
    return context.fact(
        Quantity,
        at + told.start,
        at + told.end,
        as_of,
        path=told.path,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=told.unit,
        of=told.of,
        qualifier=told.qualifier,
        period=as_of.period if as_of else None,
    )


def _fact(context: Context, date: AsOf | None, told: _Whole) -> DrugRole:
    start, end = _balanced(context.text, *told.span)
    origins, destinations = told.flow
    return _made(
        context,
        start,
        end,
        date,
        None,
        role=told.role,
        substances=told.substances,
        hedged=told.hedged,
        origins=origins,
        destinations=destinations,
    )


def _balanced(text: str, start: int, end: int) -> Range:
    """Return ``text[start:end]`` with the other halves of its brackets: ``cultivates qat (khat`` ends behind it."""
    halves = {text[half] for half in half_brackets(text, start, end)}
    if ")" in halves and (opening := text.rfind("(", 0, start)) >= 0:
        start = opening
    if "(" in halves and (close := text.find(")", end)) >= 0:
        end = close + 1
    return start, end


def _whole(mentions: list[_Mention]) -> _Whole:
    """Return what all mentions of a role say; only if all are hedged, so is the role.

    One that is hedged and names no substance says nothing where another is not: laws against money laundering, where
    there is some.
    """
    if len(mentions) == 1:  # as most
        ((at, (start, end, role, substances, hedged, flown)),) = mentions
        return _Whole(role, (at + start, at + end), substances, hedged, flown)
    plain = [mention for mention in mentions if mention[1].substances or not mention[1].hedged] or mentions
    told = [each for _, each in plain]
    return _Whole(
        told[0].role,
        (min([at + each.start for at, each in plain]), max([at + each.end for at, each in plain])),
        _once(each.substances for each in told),
        all(each.hedged for each in told),
        Flow(_once(each.flow.origins for each in told), _once(each.flow.destinations for each in told)),
    )


def _once(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def tree(_field: str, text: str) -> Value:
    """Return the lossless tree of a cell: its clauses, what each states and denies, and the words that say so.

    >>> cell = "minor producer of opium (2008)"
    >>> print(tree("Illicit drugs", cell).pretty(cell))
    cell
      clause
        words 'minor '
        statement
          role
            production 'producer'
          words ' of '
          substance 'opium'
        space ' '
        as_of
          open '('
          years '2008'
          close ')'
    """
    closing = _closing(text)
    clauses = [_clause_node(text, start, end, closing) for start, end in _clauses(text)]
    return worded(filled("cell", 0, len(text), clauses), text)


def _clauses(text: str) -> Iterator[Range]:
    """Yield the clauses of a cell: semicolons end them, and full stops."""
    if ". " not in text:
        yield from split_clauses(text)
        return
    for start, end in split_clauses(text):
        for stop in terminal(DRUGS, "SENTENCE_END").finditer(text, start, end):
            yield start, stop.start()
            start = stop.end()
        yield start, end


def _clause_node(text: str, start: int, end: int, closing: Range | None) -> Value:
    clause = _cut(text[start:end])
    leaves = [_token_node(name, start + first, start + last) for name, first, last in clause.tokens]
    nodes = [laid(part, leaves) for part in clause.plan.parts]
    if closing and start <= closing[0] < end and (not nodes or nodes[-1].end <= closing[0]):
        nodes.append(expanded("date", text, Value("as_of", *closing)))
    marks = [(start + first, start + last) for first, last in (amount.mark for amount in _amounts(clause))]
    return marked(filled("clause", start, end, nodes), marks)


def _amounts(clause: _Clause) -> list[Amount]:
    """Return the amounts of a clause; most have no digit, and need no reading."""
    return list(amounts(clause.text, clause.tokens)) if has_digit(clause.text) else []


def _token_node(name: str, start: int, end: int) -> Value:
    if name in ROLES:
        return Value("role", start, end, (Value(name.lower(), start, end),))
    return Value(name.lower(), start, end)


def _closing(text: str) -> Range | None:
    """Return where the date stands that closes a cell, with its bracket, or ``None``."""
    found = terminal(DRUGS, "CLOSING").search(text, max(0, len(text) - _CLOSING))
    if found is None or not is_as_of(found["date"]):
        return None
    first, last = found.span("date")
    return first - 1, last + 1


def _elsewhere(subject: str, clause: str, last: int) -> bool:
    """Return whether a role that ends at ``last`` is said of another country: ``the cultivation of coca in Peru``."""
    place = terminal(DRUGS, "ELSEWHERE").match(clause, last)
    country = country_named(place["place"]) if place else None
    return country is not None and country.kind == "country" and country.name != subject


def _cut(clause: str) -> _Clause:
    """Return a clause cut into the words that matter; its facts and its tree are both made of these."""
    known, split = words(DRUGS), cell(clause)
    # Small letters, since matching without regard to case costs more than to lower the text once.
    tokens = joined(clause, known.tokens(lowered(clause), split))
    return _Clause(clause, split, tokens, known.plan(tokens))


def _read(clause: _Clause) -> Iterator[_Told]:
    """Yield the roles that a clause tells; one that tells what gangs do gives none, but for money laundering."""
    text, split, _, _ = clause
    acts = _acts(clause)
    if not acts:
        return
    names = [act.name for act in acts]
    if "LAUNDERING" not in names and _of_gangs(text, split):
        return
    led = _stated(clause, leads(split)) if not _FLOWING.isdisjoint(names) else []
    places = [lead.start for lead in led]
    made = {at for each in acts if each.name in _MADE for _, at, _ in each.substances}
    flows: dict[tuple[Range, tuple[int, ...]], Flow] = {}
    for act, reach in zip(acts, _reaches(text, acts), strict=True):
        found = NO_FLOW
        if act.name in _FLOWING:
            key = reach, _received(clause, act, reach, made, names)
            if key not in flows:
                within = led[bisect_left(places, reach[0]) : bisect_left(places, reach[1])]
                flows[key] = flow(text, within, key[1]) if within or key[1] else NO_FLOW
            found = flows[key]
            if found.destinations and act.name == "CONSUMPTION":  # whoever consumes drugs does not pass them on
                found = found._replace(destinations=())
        yield from _told(text, act, found)


def _stated(clause: _Clause, led: list[Lead]) -> list[Lead]:
    """Return the leads of a clause but those that it denies: from ``not`` to the next ``but``, or to its end."""
    parts, starts = clause.plan.parts, [token[1] for token in clause.tokens]
    if all(part.kind != "denial" for part in parts):
        return led
    begins = [starts[part.first] for part in parts]
    return [lead for lead in led if (at := bisect_left(begins, lead.start)) == 0 or parts[at - 1].kind != "denial"]


def _reaches(text: str, acts: Sequence[Act]) -> list[Range]:
    """Return for each act the range of the clause in which places are its own: up to the next act of another kind.

    Acts of the same drugs share their places. Other acts may stand among what passes through, as in ``transit point for
    heroin and locally made cannabis``, so a transit reaches to the next transit.
    """
    groups: list[list[Act]] = []
    for act in acts:
        if groups and _share(groups[-1][-1], act):
            groups[-1].append(act)
        else:
            groups.append([act])
    starts = [0, *(min([group[0].start, *(at for _, at, _ in group[0].substances)]) for group in groups[1:])]
    ends = [*starts[1:], len(text)]
    until = len(text)
    for at in reversed(range(len(groups))):
        if any(act.name == "TRANSIT" for act in groups[at]):
            ends[at], until = until, starts[at]
    return [(start, end) for group, start, end in zip(groups, starts, ends, strict=True) for _ in group]


def _share(first: Act, second: Act) -> bool:
    """Return whether two acts, one behind the other, have their places together."""
    return second.name == first.name or second.substances == first.substances


def _received(clause: _Clause, act: Act, reach: Range, made: Set[int], names: Sequence[str]) -> tuple[int, ...]:
    """Return where the drugs of an act begin before which an adjective tells where they come from.

    These are those in its ``reach`` that are not ``made`` here; ``names`` are the acts of the clause.
    """
    if act.name == "PRODUCTION":
        return ()
    own = {at: None for _, at, _ in act.substances}
    if act.name == "CONSUMPTION" and "PRODUCTION" in names and not act.generic:
        return tuple(own)
    tokens = clause.tokens
    low, high = (bisect_left(tokens, at, key=_start) for at in reach)
    return tuple([at for name, at, _ in tokens[low:high] if name in _DRUGS and (at not in made or at in own)])


def _start(token: Cut) -> int:
    return token[1]


@cache
def _gangs() -> frozenset[str]:
    return frozenset(forms("gangs"))


def _of_gangs(text: str, split: Cell) -> bool:
    """Return whether a clause tells what gangs do, and not what the country does."""
    return not _gangs().isdisjoint(split.words) and terminal(DRUGS, "OTHERS").match(text) is not None


def _acts(clause: _Clause) -> list[Act]:
    """Return the acts of a clause: those of its statements, but not of its denials."""
    acts: list[Act] = []
    for part in clause.plan.parts:
        if part.kind == "statement":
            statement = Statement(clause.text)
            statement.read(clause.tokens, part)
            acts += statement.finish()
    return acts


def _told(text: str, act: Act, flow: Flow) -> Iterator[_Told]:
    """Yield an act as a role, or as two if it makes both drugs and precursors: a ``source of precursors`` is its own.

    Its span includes the names of its substances. Money laundering has none.
    """
    role = ROLES[act.name]
    first, last = act.start, act.end
    names: tuple[str, ...] = ()
    if act.substances:
        first = min(first, *[start for _, start, _ in act.substances])
        last = max(last, *[end for _, _, end in act.substances])
        names = tuple(dict.fromkeys([substance(text[start:end]) for _, start, end in act.substances]))
    if role == "producer" and PRECURSORS in names:
        others = tuple([name for name in names if name != PRECURSORS])
        if others:
            yield _Told(first, last, role, others, act.hedged, flow)
        role, names = "source of precursors", (PRECURSORS,)
    yield _Told(first, last, role, names if role != "money laundering" else (), act.hedged, flow)
