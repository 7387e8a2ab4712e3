"""Write the golden files of ``fixtures/``, or say which of them no longer hold.

    python tools/regenerate.py [--check] [PATH...]

A golden file is made by the library and never edited by hand: change the rule, run this, read the diff. Pairs are
found by name:

    fixtures/pages/NAME.txt         NAME.json (the pages' JSON)  NAME.tree (the lossless tree)
    fixtures/pages/NAME.html        NAME.json
    fixtures/facts/KIND/NAME.txt    NAME.json (the facts)

A facts input is a few header lines (``field: ...``, ``subject: ...``, ``topic: ...``), a line ``---``, the cell's text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Token, Tree

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
INPUTS = (".txt", ".html")
GOLDENS = (".json", ".tree")


def inputs(paths: Iterable[Path] = (FIXTURES,)) -> Iterator[Path]:
    """Yield the fixture inputs under ``paths``, sorted."""
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in INPUTS)


def orphans(folder: Path = FIXTURES) -> list[Path]:
    """Return the golden files that lost their input."""
    goldens = (file for file in sorted(folder.rglob("*")) if file.suffix in GOLDENS)
    return [file for file in goldens if not any(file.with_suffix(suffix).exists() for suffix in INPUTS)]


def goldens(path: Path) -> dict[Path, str]:
    """Return what the golden files of the input ``path`` must hold."""
    if path.is_relative_to(FIXTURES / "facts"):
        return {path.with_suffix(".json"): _facts(path)}
    made = {path.with_suffix(".json"): _pages(path)}
    if path.suffix == ".txt":
        made[path.with_suffix(".tree")] = _tree(path)
    return made


def stale(path: Path) -> list[Path]:
    """Return the golden files of the input ``path`` that are missing or do not hold."""
    return [
        golden
        for golden, content in goldens(path).items()
        if not golden.exists() or golden.read_text(encoding="utf-8") != content
    ]


def facts_fixture(text: str) -> tuple[dict[str, str], str]:
    """Return the header and the cell text of a facts input."""
    head, _, cell = text.partition("\n---\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    return header, cell.removesuffix("\n")


def _pages(path: Path) -> str:
    """The pages of a fixture, read without a book: what they hold is judged, whatever editions may print."""
    from factparse.reading import record_pages
    from factparse.sources.files import Input
    from factparse.sources.record import Record

    (record,) = Input(path.name, str(path), 0, path.suffix).records()
    assert isinstance(record, Record), record
    return (
        json.dumps([json.loads(page.to_json()) for page in record_pages(record, ())], indent=1, ensure_ascii=False)
        + "\n"
    )


def _facts(path: Path) -> str:
    from factparse import extract
    from factparse.output.json import facts_json

    header, cell = facts_fixture(path.read_text(encoding="utf-8"))
    facts = extract(header["field"], cell, subject=header.get("subject"), topic=header.get("topic"))
    return _indented(json.loads(facts_json(facts)))


def _indented(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _tree(path: Path) -> str:
    from factparse import parse_tree

    with path.open(encoding="utf-8", newline="") as file:
        return "".join(_lines(parse_tree(file.read(), books=()), 0))


def _lines(tree: Tree[Token], depth: int) -> Iterator[str]:
    """A line a rule, a line a leaf: its type and its characters, quoted, so that the leaves joined are the input."""
    yield f"{' ' * depth}{tree.data}\n"
    for child in tree.children:
        if isinstance(child, str):
            kind = getattr(child, "type", "")
            yield f"{' ' * (depth + 1)}{kind} {json.dumps(child, ensure_ascii=False)}\n"
        else:
            yield from _lines(child, depth + 1)


def main() -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a golden file does not hold")
    parser.add_argument("paths", nargs="*", type=Path, default=[FIXTURES])
    arguments = parser.parse_args()
    changed = []
    for path in inputs(place.resolve() for place in arguments.paths):
        old = stale(path)
        changed += old
        if old and not arguments.check:
            for golden, content in goldens(path).items():
                golden.write_text(content, encoding="utf-8")
    for golden in changed:
        print(f"{'stale' if arguments.check else 'written'}: {golden.relative_to(ROOT)}")
    for golden in orphans():
        print(f"no input: {golden.relative_to(ROOT)}")
    return int(bool(orphans()) or (arguments.check and bool(changed)))


if __name__ == "__main__":
    sys.exit(main())
