"""What all tests share: reproducible examples, and places to read from."""

import json
from pathlib import Path

import pytest
from hypothesis import settings

from tests.made import PAGE

settings.register_profile("factparse", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("factparse")


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of page fixtures."""
    return Path(__file__).resolve().parent.parent / "fixtures" / "pages"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with two pages, something else, and two broken lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE)
    (folder / "b.txt").write_text("nothing to compare here")
    lines = [json.dumps({"text": PAGE, "url": "http://example.org/x"}), "broken", json.dumps({"body": PAGE})]
    (folder / "c.jsonl").write_text("\n".join(lines))
    return folder
