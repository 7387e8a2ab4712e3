"""What all tests share: reproducible examples, and places to read from."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.faulty import GATE
from tests.made import FIXTURES, PAGE

# It has no tests. If pytest collected it where playwright is missing, half a module would stay for those who import it.
collect_ignore = ["browser.py"]
# These kill, mount and limit processes as only POSIX does, or share what the others of them have for that.
collect_ignore_glob = ["test_convert_*.py", "test_distinct.py", "test_resolve.py"] if sys.platform == "win32" else []

settings.register_profile("factparse", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("factparse")


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of page fixtures."""
    return FIXTURES / "pages"


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is not there yet: until it is, the processes of ``tests.faulty:slowly`` wait at their 12th record."""
    monkeypatch.setenv(GATE, str(tmp_path / "gate"))
    return tmp_path / "gate"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with two pages, something else, and two broken lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, newline="\n")
    (folder / "b.txt").write_text("nothing to compare here")
    lines = [json.dumps({"text": PAGE, "url": "http://example.org/x"}), "broken", json.dumps({"body": PAGE})]
    (folder / "c.jsonl").write_text("\n".join(lines))
    return folder
