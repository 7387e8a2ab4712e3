"""Reports of a dump of many pages: how long it takes, how much memory, and how large the index is.

    python -m benchmarks.report [--pages 10000] [--seed 16]

The pages compare two countries in one topic, as most pages of the site do. The command itself runs, in a process of its
own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attrs

from benchmarks.pages import LAYOUTS, countries, page


def write_dump(path: Path, count: int, seed: int) -> None:
    picker, layouts = random.Random(seed), list(LAYOUTS)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            one, two = picker.sample(countries(), 2)
            topic = picker.choice(list(one.sections))
            shown = attrs.evolve(one, sections={topic: one.sections[topic]})
            file.write(json.dumps({"text": page(picker.choice(layouts), shown, two)}) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=16)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        dump, out = Path(name, "dump.jsonl"), Path(name, "out")
        write_dump(dump, given.pages, given.seed)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "factparse", "report", str(dump), "-o", str(out)], check=True)
        took = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        index = (out / "index.html").stat().st_size
        written = [path.stat().st_size for path in out.glob("pages/*/*.html")]
        print(f"{len(written):,} pages of {dump.stat().st_size / len(written):,.0f} bytes in {took:.0f} s")
        print(f"at most {peak:.0f} MB of memory; the index has {index / 1e6:.2f} MB")
        print(f"a report has {sum(written) / len(written) / 1e3:.0f} kB on average")


if __name__ == "__main__":
    main()
