"""Measure what the first page of a process costs: ``python -m benchmarks.first_page PAGE.txt [--most SECONDS]``.

The whole process is counted, user and system time: starting the interpreter, importing, loading grammars and tables,
compiling patterns, one page, its JSON; once with the built grammars that an earlier process kept, once without. Beside
it stands an interpreter that does nothing. Each figure is the median of five processes, after one that is not counted
and writes byte code and grammars, to a folder of its own. With ``--most`` the exit status tells whether the first page
takes longer where nothing is kept.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_TIMES = 5
_FIRST = "import factparse, sys; factparse.parse(open(sys.argv[1], encoding='utf-8').read()).to_json()"


def processor_seconds(*arguments: str, **variables: str) -> float:
    """Run an interpreter with ``arguments``: the processor time of the process, user and system.

    Byte code is read and written whatever the environment says: an installed package has it, too.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run((sys.executable, *arguments), check=True, env=environment | variables)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(*arguments: str, keep: bool = False) -> float:
    """The median of five runs, after one that is not counted; with ``keep`` built grammars are kept."""
    with tempfile.TemporaryDirectory() as folder:
        variables = {"PYTHONPYCACHEPREFIX": folder, "FACTPARSE_CACHE": str(Path(folder) / "kept") if keep else ""}
        _, *others = (processor_seconds(*arguments, **variables) for _ in range(1 + _TIMES))
    return statistics.median(others)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("page", type=Path)
    options.add_argument("--most", type=float, metavar="SECONDS")
    given = options.parse_args()
    first = median("-c", _FIRST, str(given.page))
    print(f"an interpreter that does nothing  {median('-c', 'pass'):.3f} s")
    print(f"import factparse                  {median('-c', 'import factparse'):.3f} s")
    print(f"from factparse import parse       {median('-c', 'from factparse import parse'):.3f} s")
    print(f"the first page, grammars kept     {median('-c', _FIRST, str(given.page), keep=True):.3f} s")
    print(f"the first page, nothing kept      {first:.3f} s")
    if given.most is not None and first > given.most:
        sys.exit(f"the first page takes more than {given.most} s")


if __name__ == "__main__":
    main()
