"""Measure what the first page of a process costs: ``python -m benchmarks.first_page PAGE.txt [--most SECONDS]``.

The whole process is counted, user and system time: starting the interpreter, importing, loading grammars and tables,
compiling patterns, one page, its JSON. Beside it stands an interpreter that does nothing. Each figure is the median of
five processes, after one that is not counted and writes the byte code. With ``--most`` the exit status tells whether
the first page takes longer.
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


def processor_seconds(*arguments: str, bytecode: Path | None = None) -> float:
    """Run an interpreter with ``arguments``: the processor time of the process, user and system.

    Byte code is kept in a folder of its own, whatever the environment says: an installed package has it, too.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    if bytecode is not None:
        environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run((sys.executable, *arguments), check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(*arguments: str) -> float:
    """The median of five runs, after one that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        _, *others = (processor_seconds(*arguments, bytecode=Path(folder)) for _ in range(1 + _TIMES))
    return statistics.median(others)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("page", type=Path)
    options.add_argument("--most", type=float, metavar="SECONDS")
    given = options.parse_args()
    first = median("-c", _FIRST, str(given.page))
    print(f"an interpreter that does nothing  {median('-c', 'pass'):.3f} s")
    print(f"import factparse                  {median('-c', 'import factparse'):.3f} s")
    print(f"the first page                    {first:.3f} s")
    if given.most is not None and first > given.most:
        sys.exit(f"the first page takes more than {given.most} s")


if __name__ == "__main__":
    main()
