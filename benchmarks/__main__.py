"""Run every ``bench_*.py`` that has ``run(quick)`` and print what it measured.

python -m benchmarks [--quick] [--json OUT] [NAME...]
"""

import argparse
import json
import pkgutil
from importlib import import_module
from pathlib import Path

from benchmarks._yardstick import Result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small texts: a minute in all")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures there")
    parser.add_argument("names", nargs="*", help="only these (layout, parse, ...)")
    arguments = parser.parse_args()
    results: list[Result] = []
    for found in pkgutil.iter_modules([str(Path(__file__).parent)]):
        name = found.name.removeprefix("bench_")
        if name == found.name or (arguments.names and name not in arguments.names):
            continue
        run = getattr(import_module(f"benchmarks.{found.name}"), "run", None)
        for result in run(arguments.quick) if run else ():
            print(result.line(), flush=True)
            results.append(result)
    if arguments.json:
        arguments.json.write_text(json.dumps({result.name: result.value for result in results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
