"""Count the processor's instructions from page to JSON, in two checkouts, with the same interpreter.

    python -m benchmarks.instructions BASE NEW [--pages CORPUS.jsonl[.gz]] [--count N] [--most RATIO] [--judged]

Instructions hardly depend on the machine or on what else it does, so two versions a few hundredths apart can be told
from each other where a clock cannot. ``valgrind`` counts them; it has to be installed. Of each checkout three
processes are counted. The first reads the pages of ``fixtures/`` and N pages, which loads grammars and tables; the
second N others behind them, whose cells are *cold*; the third these N once more, *repeated*. What each takes more
than the one before is told, so start-up is in neither. Pages are taken evenly from the corpus, or made as for the
other benchmarks. With ``--most`` the exit status tells whether either ratio is larger; with ``--judged`` the base reads
without a book of known cells, so that one checkout can be compared with itself.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import pages
from tools.json_lines import json_lines

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
_VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_WORK = """
import json, sys
import factparse
assert factparse.__file__.startswith(sys.argv[1]), factparse.__file__
for text in json.load(open(sys.argv[2], encoding="utf-8")):
    factparse.parse(text, **json.loads(sys.argv[3])).to_json()
"""


class Cost(NamedTuple):
    """Instructions a page: of pages that are new to the process, and of the same pages again."""

    cold: float
    repeated: float


def instructions(checkout: Path, texts: Sequence[str], given: str, work: str = _WORK) -> int:
    """Count the instructions of a process that reads ``texts``, page to JSON, with the arguments ``given`` (JSON).

    Other ``work`` is a program of its own, with the same arguments: the folder of the package, the file of the texts.
    """
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pages.json"
        listed.write_text(json.dumps(texts), encoding="utf-8")
        source = str(checkout.resolve() / "src")
        fixed = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "FACTPARSE_CACHE": ""}
        environment = {**os.environ, **fixed, "PYTHONPATH": source}
        command = (sys.executable, "-c", work, source, str(listed), given)
        ran = subprocess.run((*_VALGRIND, *command), env=environment, check=True, capture_output=True, text=True)
    found = _COUNTED.search(ran.stderr)
    if found is None:
        raise RuntimeError(f"valgrind counted nothing: {ran.stderr}")
    return int(found[1].replace(",", ""))


def cost(checkout: Path, texts: list[str], given: str = "{}") -> Cost:
    """Measure a checkout with the first half of ``texts``, after the other half has warmed it up."""
    half = len(texts) // 2
    fixtures = [path.read_text(encoding="utf-8") for path in sorted(_FIXTURES.glob("*.txt"))]
    warm, measured = [*fixtures, *texts[half:]], texts[:half]
    loaded, once, twice = (instructions(checkout, [*warm, *measured * times], given) for times in range(3))
    return Cost((once - loaded) / half, (twice - once) / half)


def corpus(path: Path, count: int) -> list[str]:
    """Take ``count`` pages of a corpus, at even distances."""
    texts = [page["text"] for page in json_lines(path)]
    return texts[:: max(1, len(texts) // count)][:count]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("base", type=Path)
    options.add_argument("new", type=Path)
    options.add_argument("--pages", type=Path, metavar="CORPUS")
    options.add_argument("--count", type=int, default=60, metavar="N")
    options.add_argument("--judged", action="store_true")
    options.add_argument("--most", type=float, metavar="RATIO")
    given = options.parse_args()
    texts = corpus(given.pages, 2 * given.count) if given.pages else pages(2 * given.count)
    with ThreadPoolExecutor(2) as side_by_side:
        old = side_by_side.submit(cost, given.base, texts, '{"books": []}' if given.judged else "{}")
        new = cost(given.new, texts)
        base = old.result()
    print("millions of instructions a page       base        new   ratio")
    ratios = [new.cold / base.cold, new.repeated / base.repeated]
    for name, before, now, ratio in zip(Cost._fields, base, new, ratios, strict=True):
        print(f"{name:<32} {before / 1e6:9.2f}  {now / 1e6:9.2f}   {ratio:5.3f}")
    if given.most is not None and max(ratios) > given.most:
        sys.exit(f"more than {given.most} times the instructions of the base")


if __name__ == "__main__":
    main()
