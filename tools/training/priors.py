"""Counts how far the lengths of each field's cells spread, and which countries they name: their own, and others."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt
from pathlib import Path

from factparse.vocabulary import find_countries
from tools.training.editions import EditionCell
from tools.training.fields import canonical
from tools.training.render import STYLES, print_cell


def _spread(cells: list[EditionCell]) -> float:
    """The standard deviation of the logarithms of the cells' lengths."""
    logs = [log(len(print_cell(cell.parts, STYLES[0]))) for cell in cells]
    mean = sum(logs) / len(logs)
    return round(sqrt(sum((each - mean) ** 2 for each in logs) / len(logs)), 3)


def priors_of(cells: Iterable[EditionCell]) -> dict[str, tuple[float, float]]:
    """The priors as the JSON file holds them; ``docs/border_model.md`` describes it."""
    groups: dict[str, list[EditionCell]] = {}
    for cell in cells:
        groups.setdefault(canonical(cell.field), []).append(cell)
    countries = {cell.country for group in groups.values() for cell in group}
    return {field: (_spread(groups[field]), own_names(groups[field], len(countries))) for field in sorted(groups)}


def own_names(cells: list[EditionCell], countries: int) -> float:
    """How much likelier a cell names its own country than it names another one: log-odds."""
    own = others = 0
    for cell in cells:
        text = print_cell(cell.parts, STYLES[0])
        named = {mention.country.gec.lower() for mention in find_countries(text) if mention.country.gec}
        own += cell.country in named
        others += len(named - {cell.country})
    return round(log((own + 0.5) / (others / (countries - 1) + 0.5)), 2)


LEAST = 5  # cells of a country that name another one; fewer may be chance
USUAL = 4.0  # nats: what a name usually tells; a pair of which it tells as much is left out


def named_others(cells: Iterable[EditionCell]) -> dict[str, dict[str, float]]:
    """For each country those that its cells often name: how much likelier a cell of theirs does, in nats."""
    many: Counter[str] = Counter()
    naming: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        many[cell.country] += 1
        found = {mention.country.gec for mention in find_countries(print_cell(cell.parts, STYLES[0]))}
        naming[cell.country].update({code.lower() for code in found if code})
    table: dict[str, dict[str, float]] = {}
    for country, named in sorted(naming.items()):
        for other, times in sorted(named.items()):
            if other != country and times >= LEAST and naming[other][other]:
                own = naming[other][other] / many[other]
                tells = log(own * many[country] / times)
                if tells < USUAL:
                    table.setdefault(country, {})[other] = round(max(tells, 0.0), 1)
    return table


def write_named_others(cells: Iterable[EditionCell], path: Path) -> str:
    """Write which countries each one's cells name, and return a line about it."""
    table = named_others(cells)
    text = json.dumps(table, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n"
    path.write_text(text, encoding="ascii", newline="\n")
    return f"{path.name}: {len(text)} bytes, {sum(map(len, table.values()))} pairs"


def write_priors(cells: Iterable[EditionCell], path: Path) -> str:
    """Write the priors and return a line about them."""
    table = priors_of(cells)
    text = json.dumps(table, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n"
    path.write_text(text, encoding="ascii", newline="\n")
    return f"{path.name}: {len(text)} bytes, {len(table)} fields"
