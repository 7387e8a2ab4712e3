"""Fits the border model on rows made by putting the cells of two countries side by side."""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random

from factparse.columns.border_features import (
    CROSS,
    FIELD_CROSS,
    FIELD_LEFT,
    FIELD_RIGHT,
    LEFT,
    RIGHT,
    TRAITS,
    SeenPlace,
    survey,
)
from factparse.columns.border_model import SCALE
from factparse.columns.likely_places import JOINT, NO_NUMBER, coarse_digits, fold_digits, inside, places
from factparse.columns.priors import spread_class
from tools.training.editions import EditionCell
from tools.training.fields import canonical
from tools.training.first_look import FirstLook, PrintedRow, Spotted, first_look_of, rivals
from tools.training.fit import Choice, Numbers, fit
from tools.training.priors import priors_of
from tools.training.render import STYLES, gap_between, print_cell

SHUFFLES = 4
ALONE = 0.2  # share of rows with one cell
LEAST = 4  # a feature must be seen this often
SEED = 20150101
SEPARATOR = "\x1f"
WORD = re.compile(r"[A-Za-z\xaa-\xff]+")
SHARED = "*"


class Known(Container[str]):
    """A lexicon as it would be without some countries: what only they use is unknown."""

    def __init__(self, owners: Mapping[str, str], without: tuple[str, ...]) -> None:
        self._owners = owners
        self._without = without

    def __contains__(self, key: object) -> bool:
        owner = self._owners.get(key)  # type: ignore[call-overload]
        return owner is not None and owner not in self._without


def lexicon(cells: Iterable[EditionCell]) -> tuple[dict[str, str], dict[str, str]]:
    """The tokens and the words of all cells, each with the one country that has it or ``*``."""
    tokens: dict[str, str] = {}
    words: dict[str, str] = {}
    for cell in cells:
        for line in (line for lines in cell.parts for line in lines):
            folded = fold_digits(line)
            for table, keys in ((tokens, folded.split()), (words, WORD.findall(folded))):
                for key in keys:
                    if table.setdefault(key, cell.country) != cell.country:
                        table[key] = SHARED
    return tokens, words


def rows_of(cells: Iterable[EditionCell], random: Random) -> Iterator[PrintedRow]:
    """Yield rows: the cells of each field and edition in random order, each with the next, in random styles."""
    groups: dict[tuple[str, int], list[EditionCell]] = {}
    for cell in cells:
        groups.setdefault((cell.field, cell.edition), []).append(cell)
    styles = [style for style in STYLES for _ in range(style.weight)]
    for (label, _), group in groups.items():
        field = canonical(label)
        for _ in range(SHUFFLES):
            order = [group[i] for _, i in sorted((random.random(), i) for i in range(len(group)))]
            for index, first in enumerate(order):
                style = styles[int(random.random() * len(styles))]
                one = print_cell(first.parts, style)
                if random.random() < ALONE or len(order) == 1:
                    yield PrintedRow(field, (first.country,), one, -1, style.spaced)
                    continue
                second = order[index - 1]
                one += gap_between(first.parts, style)
                text = one + print_cell(second.parts, style)
                yield PrintedRow(field, (first.country, second.country), text, len(one), style.spaced)


def strings(place: SeenPlace) -> Iterator[str]:
    """Yield the general features of a place; the first character tells the table."""
    _, _, kind, left, right, traits = place
    while traits:
        lowest = traits & -traits
        yield f"T{lowest.bit_length() - 1}"
        traits ^= lowest
    for k in LEFT:
        yield "L" + left[-k:]
    for k in RIGHT:
        yield "R" + right[:k]
    for k, m in CROSS:
        yield f"X{kind}{left[-k:]}\0{right[:m]}"


def field_strings(place: SeenPlace) -> Iterator[str]:
    """Yield the features of a place that the field has for itself."""
    _, _, kind, left, right, _ = place
    for k in FIELD_LEFT:
        yield "L" + left[-k:]
    for k in FIELD_RIGHT:
        yield "R" + right[:k]
    for k, m in FIELD_CROSS:
        yield f"X{left[-k:]}\0{right[:m]}"
    yield "K" + kind


def spotted(rows: Iterable[PrintedRow], tokens: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Spotted]:
    """Yield each row with its likely places; a row whose border is none of them is left out."""
    for row in rows:
        known = partial(inside, words=Known(words, row.countries))
        likely = places(row.text, fold_digits(row.text), Known(tokens, row.countries), known, spaced=row.spaced)
        if likely and (row.border < 0 or row.border in likely):
            yield row, likely


def choices(
    rows: Iterable[Spotted],
    words: Mapping[str, str],
    spreads: Mapping[str, int],
    first_look: FirstLook,
    numbers: Numbers,
) -> Iterator[Choice]:
    """Yield the rows as choices among places."""
    marks = [1 << trait for trait in range(TRAITS)]
    for row, likely in rows:
        coarse = coarse_digits(row.text)
        admitted = rivals(row, likely, first_look)
        if row.border >= 0 and row.border not in admitted:
            continue
        seen = survey(row.text, coarse, admitted, Known(words, row.countries), spreads[row.field], marks)
        general = tuple(numbers.number(strings(place)) for place in seen)
        own = tuple(numbers.number(f"F{row.field}\t{key}" for key in field_strings(place)) for place in seen)
        yield Choice(general, own, admitted.index(row.border) if row.border >= 0 else -1)


def backed_off(weights: Mapping[str, float], own: bool, least: float) -> dict[str, int]:
    """The sums along each chain of shorter strings, in whole steps; what adds little is left out."""
    total: dict[str, float] = {}
    kept: dict[str, int] = {}
    for key in sorted(weights, key=lambda key: (len(key), key)):
        parent = _parent(key, own)
        while parent and parent not in total:
            parent = _parent(parent, own)
        base = total.get(parent, 0.0)
        if abs(weights[key]) >= least:
            total[key] = base + weights[key]
            kept[key] = round(total[key] * SCALE)
    return kept


def _passes(token: str, owner: str) -> bool:
    """Whether ``token`` is sure to hold no border: other countries have it, or it shows no joint."""
    return not NO_NUMBER.search(token) and (owner == SHARED or not JOINT.search(token))


def write_border_model(cells: list[EditionCell], path: Path) -> str:
    """Write the model and return a line about it."""
    tokens, words = lexicon(cells)
    spreads = {field: spread_class(row[0]) for field, row in priors_of(cells).items()}
    numbers = Numbers()
    marked = list(spotted(rows_of(cells, Random(SEED)), tokens, words))
    first_look = first_look_of(marked, SEED)
    rows = list(choices(marked, words, spreads, first_look, numbers))
    kept = [row.often(numbers.counts, LEAST) for row in rows]
    weights = fit(kept, len(numbers.of), rounds=3, rate=0.15, decay=0.05, bare=0.3, seed=SEED)
    tables = {"first look": first_look.around, **tables_of(numbers, weights)}
    for field, own in first_look.fields.items():
        table = tables.setdefault(f"field {field}", {})
        for letter, part in zip("TH", own, strict=True):
            table.update({letter + key: value for key, value in part.items()})
    lexicons = {
        "tokens": sorted(key for key, owner in tokens.items() if _passes(key, owner)),
        "words": sorted(key for key, owner in words.items() if owner == SHARED),
    }
    data = packed(lexicons, tables)
    path.write_bytes(data)
    sizes = ", ".join(f"{name} {len(table)}" for name, table in tables.items() if not name.startswith("field"))
    return f"{path.name}: {len(data)} bytes from {len(rows)} rows; {sizes}, fields {len(tables) - 5}"


_ORDERS = {"L": (LEFT, FIELD_LEFT), "R": (RIGHT, FIELD_RIGHT)}


def _parent(key: str, own: bool) -> str:
    """The next shorter feature of ``key`` that may exist, or an empty string."""
    kind, rest = key[0], key[1:]
    if kind in "LR":
        for k in _ORDERS[kind][own]:
            if k < len(rest):
                return kind + (rest[-k:] if kind == "L" else rest[:k])
    if kind == "X":
        mark, rest = ("", rest) if own else (rest[0], rest[1:])
        left, _, right = rest.partition("\0")
        for k, m in FIELD_CROSS if own else CROSS:
            if k < len(left) or m < len(right):
                shorter = f"X{mark}{left[-k:]}\0{right[:m]}"
                if shorter != key:
                    return shorter
    return ""


def tables_of(numbers: Numbers, weights: list[float]) -> dict[str, dict[str, int]]:
    """The tables of the model by name: ``left``, ``right``, ``cross``, ``traits``, ``field <name>``."""
    split: dict[str, dict[str, float]] = {"left": {}, "right": {}, "cross": {}, "traits": {}}
    names = {"L": "left", "R": "right", "X": "cross", "T": "traits"}
    for key, number in numbers.of.items():
        if numbers.counts[number] < LEAST:
            continue
        if key[0] == "F":
            field, _, key = key[1:].partition("\t")
            split.setdefault(f"field {field}", {})[key] = weights[number]
        else:
            split[names[key[0]]][key] = weights[number]
    tables = {}
    for name, table in split.items():
        own = name.startswith("field ")
        least = 0.0 if name == "traits" else 0.1
        summed = backed_off(table, own, least)
        tables[name] = summed if own else {key[1:]: value for key, value in summed.items()}
    return tables


def packed(lexicons: Mapping[str, list[str]], tables: Mapping[str, Mapping[str, int]]) -> bytes:
    """The file: its index as JSON behind four bytes of length, then strings and weights table by table."""
    index: dict[str, list[int]] = {}
    body = bytearray()
    for name, keys in lexicons.items():
        blob = SEPARATOR.join(keys).encode("latin-1")
        index[name] = [len(body), len(blob), 0]
        body += blob
    for name in sorted(tables):
        table = tables[name]
        keys = sorted(table)
        if not keys:
            continue
        blob = SEPARATOR.join(keys).encode("latin-1")
        values = array("h", [max(-32768, min(32767, table[key])) for key in keys])
        if sys.byteorder == "big":
            values.byteswap()
        index[name] = [len(body), len(blob), len(keys)]
        body += blob + values.tobytes()
    head = json.dumps(index, ensure_ascii=True, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + bytes(body)
