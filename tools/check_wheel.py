"""Check a built wheel: what is in it, and that it works in an environment of its own.

    python tools/check_wheel.py dist/factparse-*.whl

It must hold every module, grammar and data file of the source tree (the packaged book too, if there is one), the type
marker and the licence, and nothing of the tests. It is then installed into a fresh virtual environment, where it
converts the fixtures and opens its book.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 8_000_000
BOOK = "factparse/book/data/factbook.book"
MOST_BOOK_BYTES = 12_000_000
IGNORED = {"__pycache__"}


def expected() -> set[str]:
    """Return the names the wheel must hold: everything of ``src/factparse`` and of ``grammars``."""
    package, grammars = ROOT / "src" / "factparse", ROOT / "grammars"
    files = {f"factparse/{path.relative_to(package).as_posix()}" for path in _files(package)}
    return files | {f"factparse/grammars/{path.relative_to(grammars).as_posix()}" for path in _files(grammars)}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not IGNORED & set(path.parts)]


def faults(wheel: Path) -> list[str]:
    """Return what is wrong with the content of ``wheel``."""
    with zipfile.ZipFile(wheel) as archive:
        sizes = {each.filename: each for each in archive.infolist()}
    names = set(sizes)
    found = {name for name in names if ".dist-info/" not in name}
    told = [f"missing: {name}" for name in sorted(expected() - found)]
    told += [f"not expected: {name}" for name in sorted(found - expected())]
    needed = ("factparse/py.typed", "factparse/grammars/layout.lark")
    told += [f"missing: {name}" for name in needed if name not in names]
    if not any(name.endswith("/LICENSE") for name in names):
        told.append("missing: the licence")
    book = sizes.get(BOOK)
    if book is not None and book.file_size > MOST_BOOK_BYTES:
        told.append(f"{BOOK}: {book.file_size:,} bytes are more than {MOST_BOOK_BYTES:,}")
    other = wheel.stat().st_size - (book.compress_size if book is not None else 0)
    if other > MOST_BYTES:
        told.append(f"{other:,} bytes beside the book are more than {MOST_BYTES:,}")
    return told


def has_book(wheel: Path) -> bool:
    """Whether ``wheel`` holds a packaged book."""
    with zipfile.ZipFile(wheel) as archive:
        return BOOK in archive.namelist()


def try_out(wheel: Path) -> None:
    """Install ``wheel`` into a fresh environment and convert the fixtures there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        binaries = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        _run(binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel.resolve())
        output = folder / "facts.jsonl"
        _run(binaries / "factparse", "convert", ROOT / "fixtures" / "pages", "-o", output, cwd=folder)
        _run(binaries / "python", "-m", "factparse", "--version", cwd=folder)
        if has_book(wheel):
            _run(binaries / "factparse", "book", "info", cwd=folder)
        pages = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    facts = sum(len(page["facts"]) for page in pages)
    if not pages or not facts:
        sys.exit(f"the installed wheel found {len(pages)} pages and {facts} facts in the fixtures")
    print(f"the installed wheel found {len(pages)} pages and {facts} facts in the fixtures")


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=cwd)


def main() -> None:
    """Check the wheel named on the command line."""
    wheel = Path(sys.argv[1])
    told = faults(wheel)
    if told:
        sys.exit("\n".join(told))
    try_out(wheel)


if __name__ == "__main__":
    main()
