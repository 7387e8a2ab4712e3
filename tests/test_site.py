"""The site of the documents: every public name is in its reference, and every page can be reached."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

import factparse
from tests.made import ROOT

DOCS = ROOT / "docs"
NEEDED = ("sphinx", "furo", "myst_nb", "sphinx_click", "sphinx_copybutton")


def test_the_reference_has_every_public_name() -> None:
    told = re.findall(r"\.\. auto\w+:: (\w+)", (DOCS / "reference" / "api.md").read_text(encoding="utf-8"))
    assert set(told) == set(factparse.__all__) - {"__version__"}
    assert len(told) == len(set(told))


def test_every_page_is_in_a_table_of_contents() -> None:
    listed = set()
    for page in (DOCS / "index.md", DOCS / "recipes" / "index.md"):
        for table in re.findall(r"```\{toctree\}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            names = [line for line in table.splitlines() if line and not line.startswith(":")]
            listed |= {(page.parent / f"{name}.md").resolve() for name in names}
    assert {path.resolve() for path in DOCS.rglob("*.md")} - listed == {DOCS / "index.md"}


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    lacking = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}; the extra 'docs' has it")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", str(DOCS), str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "reference" / "api.html").exists()
