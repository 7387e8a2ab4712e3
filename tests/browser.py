"""The browser that tests look at pages with: Debian's chromium, driven by playwright.

Whatever imports this is skipped where playwright is missing, and says so.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="no playwright here: pip install 'factparse[browser]'")

from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

__all__ = ["Browser", "Page", "expect", "launched", "watched"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 60_000  # milliseconds that a machine under load may take for anything
expect.set_options(timeout=_PATIENCE)


def launched() -> Iterator[Browser]:
    """Yield a browser without a window, and end it; the test is skipped where there is none.

    ``FACTPARSE_BROWSER`` names it, else it is looked for on the path.
    """
    place = os.environ.get("FACTPARSE_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)
    if place is None:
        pytest.skip("no chromium here: apt-get install chromium")
    # Without its sandbox, for that refuses to run as root, as in a container. It reads nothing but these pages.
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=Path(place), args=["--no-sandbox", "--disable-dev-shm-usage"], timeout=2 * _PATIENCE
        )
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, home: str) -> Iterator[Page]:
    """A tab that may use the clipboard. At its end nothing may have failed, and nothing been asked of any other place.

    ``home`` is how all addresses begin that may be asked for.
    """
    context = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1400, "height": 900}
    )
    context.set_default_timeout(_PATIENCE)
    tab, faults = context.new_page(), list[str]()

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    tab.on("dialog", dismiss)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("request", lambda asked: None if asked.url.startswith((home, "about:")) else faults.append(asked.url))
    try:
        yield tab
    finally:
        context.close()
    assert faults == []
