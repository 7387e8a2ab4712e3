"""Reads a cell of ``Illicit drugs``: what the country does in the trade, with which substances, from where to where.

``grammars/fields/drugs.lark`` has the words, and what a clause states and denies; ``grammars/words/substances.tsv`` has
the canonical names. What is denied, from ``not`` to the next ``but``, is passed over. The word that is printed decides
the role: ``cultivation of cannabis`` tells of a cultivator, ``producer of cannabis`` of a producer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Final, NamedTuple

from factparse.core.facts import DrugRole, Quantity
from factparse.core.words import forms
from factparse.extract.context import Context, fact_maker
from factparse.extract.drugs.acts import PRECURSORS, Act, Statement, substance
from factparse.extract.drugs.amounts import Amount, amounts, marked
from factparse.extract.drugs.flows import NO_FLOW, Flow, flow, leads
from factparse.extract.drugs.joints import DRUGS, ROLES, joined
from factparse.language import AsOf, Value, is_as_of, read_as_of, split_clauses
from factparse.language.plans import Cut, Plan, Range, expanded, filled, laid, terminal, worded
from factparse.language.scanner import Cell, cell, lowered, words
from factparse.vocabulary import country_named

FIELDS: Final = ("Illicit drugs",)

_MAKING: Final = frozenset({"cultivator", "producer"})
_DRUGS: Final = frozenset({"SUBSTANCE", "GENERIC"})
_FLOWING: Final = frozenset({"TRANSIT", "PRODUCTION", "CONSUMPTION"})  # roles that drugs come from or go to
_DIGITS: Final = "0123456789"
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
    depth = lowest = 0
    for mark in terminal(DRUGS, "ROUND").finditer(text, start, end):
        depth += 1 if mark[0] == "(" else -1
        lowest = min(lowest, depth)
    if lowest < 0 and (opening := text.rfind("(", 0, start)) >= 0:
        start = opening
    if depth > lowest and (close := text.find(")", end)) >= 0:
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
    return list(amounts(clause.text, clause.tokens)) if any(map(clause.text.__contains__, _DIGITS)) else []


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
    denied = _denied(clause)
    led = leads(split) if not _FLOWING.isdisjoint(names) else []
    led = [lead for lead in led if not any(first <= lead.start < last for first, last in denied)] if denied else led
    for act in acts:
        found = NO_FLOW
        if act.name in _FLOWING:
            drugs = _received(clause, act, acts)
            start, end = (0, len(text)) if len(acts) == 1 else _reach(text, act, acts)
            within = [lead for lead in led if start <= lead.start < end]
            found = flow(text, within, drugs) if within or drugs else NO_FLOW
            if found.destinations and act.name == "CONSUMPTION":  # whoever consumes drugs does not pass them on
                found = found._replace(destinations=())
        yield from _told(text, act, found)


def _denied(clause: _Clause) -> list[Range]:
    """Return the ranges of a clause that deny something: from ``not`` to the next ``but``, or to its end."""
    parts = clause.plan.parts
    ends = [*(clause.tokens[part.first][1] for part in parts[1:]), len(clause.text)]
    return [
        (clause.tokens[part.first][1], end) for part, end in zip(parts, ends, strict=False) if part.kind == "denial"
    ]


def _reach(text: str, act: Act, acts: Sequence[Act]) -> Range:
    """Return the range of a clause in which places are those of an act: up to the next act of another kind.

    Other acts may stand among what passes through, as in ``transit point for heroin and locally made cannabis``, so a
    transit reaches to the end. Acts of the same drugs share their places.
    """
    at = acts.index(act)
    apart = [not _share(first, second) for first, second in pairwise(acts)]
    start = acts[at].start if any(apart[:at]) else 0
    end = next((acts[later + 1].start for later in range(at, len(apart)) if apart[later]), len(text))
    return (start, len(text)) if act.name == "TRANSIT" else (start, end)


def _share(first: Act, second: Act) -> bool:
    """Return whether two acts, one behind the other, have their places together."""
    return second.name == first.name or second.substances == first.substances


def _received(clause: _Clause, act: Act, acts: Sequence[Act]) -> tuple[int, ...]:
    """Return where the drugs of an act begin before which an adjective tells where they come from.

    It does so unless the drugs are made here; ``acts`` are those of the clause.
    """
    names = [each.name for each in acts]
    if act.name == "PRODUCTION":
        return ()
    if act.name == "CONSUMPTION" and "PRODUCTION" in names and not act.generic:
        return tuple([at for _, at, _ in act.substances])
    made = [at for each in acts if each.name in ("PRODUCTION", "CULTIVATION") for _, at, _ in each.substances]
    received = [at for _, at, _ in act.substances]
    return tuple([at for name, at, _ in clause.tokens if name in _DRUGS and (at in received or at not in made)])


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
