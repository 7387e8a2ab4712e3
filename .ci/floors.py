"""Compare measured accuracy with the floors of ``floors.json``: floors.py FOLDER FACTS.txt.

FOLDER holds the scores over rows: ``book.json`` with the packaged book, ``judged.json`` without any, ``unseen.json``
with one that leaves out each page's own year and the years beside it.

A floor is what was reached, rounded down; it is raised when more is reached and never lowered without saying why.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))


def row_figures(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Yield name, figure and floor of the scores over rows."""
    for books, floors in FLOORS["rows"].items():
        scores = json.loads((folder / f"{books}.json").read_text(encoding="utf-8"))
        counts = next(group for group in scores if group["by"] == "all")
        for name, (part, whole, floor) in floors.items():
            yield f"{books}: {name}", counts.get(part, 0) / max(counts.get(whole, 0), 1), floor


def fact_figures(path: Path) -> Iterator[tuple[str, float, float]]:
    """Yield name, figure and floor of the scores over facts: a pattern finds one number, or a part and a whole."""
    text = path.read_text(encoding="utf-8")
    for name, (pattern, floor) in FLOORS["facts"].items():
        found = re.search(pattern, text)
        if found is None:
            sys.exit(f"the scores tell nothing of {name!r}")
        numbers = [float(number) for number in found.groups()]
        yield name, numbers[0] / numbers[1] if len(numbers) == 2 else numbers[0], floor


def main() -> None:
    """Print every figure beside its floor; exit 1 if one is below."""
    below = 0
    for name, figure, floor in [*row_figures(Path(sys.argv[1])), *fact_figures(Path(sys.argv[2]))]:
        below += figure < floor
        print(f"{name:<40} {figure:.4f}  floor {floor:.4f}{'  BELOW' if figure < floor else ''}")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
