"""What all tests share: reproducible examples, and the paths of the fixtures."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("factparse", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("factparse")


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of page fixtures."""
    return Path(__file__).resolve().parent.parent / "fixtures" / "pages"
