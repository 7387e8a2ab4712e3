"""Run the examples of README.md and docs/, and write what they print into them.

    python tools/refresh_docs.py [--check] [FILE...]

An example is a ``python`` block of prompts (``>>>``), or a ``console`` block whose first line is ``$ factparse ...``.
They run in an empty folder in which ``fixtures`` leads to the project's.
"""

from __future__ import annotations

import argparse
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WIDTH = "100"
_PROGRESS = re.compile(r"[\d.]+ of [\d.]+ MB, ")  # what a run tells on a slow machine is no part of an example
_PROMPTS = re.compile(r"^```python\n(>>> .*\n(?:(?!```).*\n)*)```$", re.MULTILINE)
_CONSOLE = re.compile(r"^```console\n\$ (factparse .*)\n(?:(?!```).*\n)*```$", re.MULTILINE)


def refreshed(text: str) -> str:
    """Return the Markdown ``text`` with the output of its examples as it is now."""
    with _workplace():
        text = _CONSOLE.sub(lambda found: _console(found[1]), text)
        names: dict[str, Any] = {}
        return _PROMPTS.sub(lambda found: f"```python\n{_prompts(found[1], names)}```", text)


@contextmanager
def _workplace() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "fixtures").symlink_to(ROOT / "fixtures", target_is_directory=True)
        with chdir(folder):
            yield


def _console(command: str) -> str:
    arguments = [sys.executable, "-m", *command.split()]
    environment = {**os.environ, "COLUMNS": WIDTH, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, encoding="utf-8", env=environment)
    printed = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    lines = [line for line in printed if not _PROGRESS.match(line)]
    return "\n".join(["```console", f"$ {command}", "\n".join(lines).strip("\n"), "```"])


def _prompts(text: str, names: dict[str, Any]) -> str:
    return "".join(
        part if isinstance(part, str) else _example(part, names) for part in doctest.DocTestParser().parse(text)
    )


def _example(example: doctest.Example, names: dict[str, Any]) -> str:
    first, *more = example.source.splitlines()
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(example.source, "<example>", "single"), names)
    shown = [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
    return "".join(f"{line}\n" for line in shown) + printed.getvalue()


def main() -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if an example does not hold")
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    arguments = parser.parse_args()
    stale = 0
    for path in arguments.files:
        old = path.read_text(encoding="utf-8")
        new = refreshed(old)
        if new != old:
            stale += 1
            print(f"{'stale' if arguments.check else 'written'}: {path}")
            if not arguments.check:
                path.write_text(new, encoding="utf-8")
    return int(arguments.check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
