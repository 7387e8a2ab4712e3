"""Counts what is typical of each field: how long its cells are, which sub-labels they have, which countries have it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from math import log, sqrt
from pathlib import Path
from typing import Any

from factparse.vocabulary import find_countries
from tools.training.editions import EditionCell
from tools.training.fields import canonical
from tools.training.render import STYLES, print_cell

SUBLABEL = re.compile(r"([A-Za-z0-9][^:;.\n$%]{0,50}):(?:\s|\Z)")
FEWEST = 3  # countries that must use a sub-label before it counts as one of the field's


def _spread(cells: list[EditionCell]) -> float:
    """The standard deviation of the logarithms of the cells' lengths."""
    logs = [log(len(print_cell(cell.parts, STYLES[0]))) for cell in cells]
    mean = sum(logs) / len(logs)
    return round(sqrt(sum((each - mean) ** 2 for each in logs) / len(logs)), 3)


def _sublabels(cells: list[EditionCell]) -> list[list[Any]]:
    """Return ``[label, cells, cells it opens]``, in the order in which cells have them."""
    counts: dict[str, list[int]] = {}
    who: dict[str, set[str]] = {}
    for cell in cells:
        labels = [match.group(1) if (match := SUBLABEL.match(part[0])) else "" for part in cell.parts]
        for index, label in enumerate(labels):
            if label:
                seen = counts.setdefault(label, [0, 0, 0])
                seen[0] += 1
                seen[1] += index == 0
                seen[2] += index
                who.setdefault(label, set()).add(cell.country)
    common = [label for label in counts if len(who[label]) >= FEWEST]
    common.sort(key=lambda label: (round(counts[label][2] / counts[label][0], 3), label))
    return [[label, *counts[label][:2]] for label in common]


def priors_of(cells: Iterable[EditionCell]) -> dict[str, Any]:
    """The priors as the JSON file holds them; ``docs/border_model.md`` describes it."""
    groups: dict[str, list[EditionCell]] = {}
    for cell in cells:
        groups.setdefault(canonical(cell.field), []).append(cell)
    countries = sorted({cell.country for group in groups.values() for cell in group})
    editions = sorted({cell.edition for group in groups.values() for cell in group})
    number = {country: index for index, country in enumerate(countries)}
    fields = {}
    for field in sorted(groups):
        group = groups[field]
        bits = [_bits({cell.country for cell in group if cell.edition == edition}, number) for edition in editions]
        fields[field] = [_spread(group), _sublabels(group), own_names(group, len(countries)), *bits]
    return {"countries": countries, "editions": editions, "fields": fields}


def own_names(cells: list[EditionCell], countries: int) -> float:
    """How much likelier a cell names its own country than it names another one: log-odds."""
    own = others = 0
    for cell in cells:
        text = print_cell(cell.parts, STYLES[0])
        named = {mention.country.gec.lower() for mention in find_countries(text) if mention.country.gec}
        own += cell.country in named
        others += len(named - {cell.country})
    return round(log((own + 0.5) / (others / (countries - 1) + 0.5)), 2)


def _bits(having: set[str], number: dict[str, int]) -> str:
    return f"{sum(1 << number[country] for country in having):x}"


def write_priors(cells: Iterable[EditionCell], path: Path) -> str:
    """Write the priors and return a line about them."""
    table = priors_of(cells)
    text = json.dumps(table, ensure_ascii=True, separators=(",", ":"), sort_keys=True) + "\n"
    path.write_text(text, encoding="ascii", newline="\n")
    return f"{path.name}: {len(text)} bytes, {len(table['fields'])} fields, {len(table['countries'])} countries"
