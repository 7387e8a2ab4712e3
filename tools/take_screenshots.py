"""Take the pictures in docs/screenshots: ``python -m tools.take_screenshots [--out FOLDER]``.

It needs a chromium and playwright (the extra ``browser``) and the extra ``serve``. The picture of the docs site needs
the extra ``docs``, and is left out without it. ``FACTPARSE_BROWSER`` names the browser, if it is not on the path. The
pages are fixtures. The pictures differ a little with the fonts of the machine.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import attrs
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.text import Text

from factparse import read
from factparse.reporting import write_report

ROOT = Path(__file__).resolve().parents[1]
PAGES = Path("fixtures", "pages")
DOCS = ROOT / "docs" / "screenshots"
_WEBP = """(address) => new Promise((done) => {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    done(canvas.toDataURL("image/webp", 0.86));
  };
  picture.src = address;
})"""


def _look(_: Page) -> None:
    """Take the page as it is."""


def _point(tab: Page) -> None:
    tab.locator("tbody[data-row='0'] summary").click()
    tab.locator(".left mark[data-type=DisputeClause]").nth(1).hover()


@attrs.frozen
class Shot:
    """A picture: its name, the report it is of, how wide and high, light or dark, and what is done before."""

    name: str
    report: str
    size: tuple[int, int]
    dark: bool = False
    before: Callable[[Page], None] = _look


SHOTS = (
    Shot("page", "transnational_mixed.html", (1360, 900), before=_point),
    Shot("dark", "glued.html", (1360, 800), dark=True),
    Shot("narrow", "pipe_table.html", (400, 860)),
    Shot("index", "all/index.html", (1100, 640)),
)


def take(browser: Browser, shot: Shot, folder: Path, out: Path) -> None:
    """Take one picture of a report in ``folder``."""
    width, height = shot.size
    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if shot.dark else "light")
    tab.goto((folder / shot.report).as_uri())
    shot.before(tab)
    _save(tab, out / f"{shot.name}.webp")
    tab.close()


def _save(tab: Page, path: Path) -> None:
    """Save what the tab shows as WebP, which is a third as large as PNG; the browser itself makes it."""
    address = f"data:image/png;base64,{b64encode(tab.screenshot(animations='disabled')).decode()}"
    browser = tab.context.browser
    assert browser is not None
    other = browser.new_page()
    path.write_bytes(b64decode(other.evaluate(_WEBP, address).partition(",")[2]))
    other.close()


def reports(folder: Path) -> None:
    """Write the reports that the pictures show."""
    here = Path.cwd()
    os.chdir(ROOT)  # so that the reports name files as a user would
    try:
        for shot in SHOTS:
            name = Path(shot.report)
            if name.name != "index.html":
                write_report(read(PAGES / f"{name.stem}.txt"), folder / name)
        write_report(read(PAGES), folder / "all")
    finally:
        os.chdir(here)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    command = [sys.executable, "-m", "factparse", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.match(r"http://\S+", server.stderr.readline())
        try:
            yield found[0] if found else ""
        finally:
            server.terminate()


def take_serve(browser: Browser, out: Path) -> None:
    """Take the picture of the server's own page, with the example read."""
    with serving() as address:
        tab = browser.new_page(viewport={"width": 1360, "height": 900})
        tab.goto(address)
        tab.get_by_role("button", name="Example").click()
        tab.frame_locator("#view").locator("h1").wait_for()
        _save(tab, out / "serve.webp")
        tab.close()


def take_terminal(browser: Browser, width: int, out: Path) -> None:
    """Take the picture of ``factparse parse`` on a terminal of so many columns."""
    command = [sys.executable, "-m", "factparse", "parse", str(PAGES / "first_page.txt")]
    columns = {**os.environ, "COLUMNS": str(width), "FORCE_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=columns, capture_output=True, encoding="utf-8", check=True)
    console = Console(record=True, width=width, file=StringIO())
    console.print(Text.from_ansi(done.stdout))
    tab = browser.new_page(viewport={"width": 100 + 9 * width, "height": 700})
    picture = console.export_svg(title=f"factparse parse first_page.txt ({width} columns)")
    tab.set_content(f"<style>body {{ margin: 0 }} svg {{ width: 100%; display: block }}</style>{picture}")
    height = tab.evaluate("document.querySelector('svg').getBoundingClientRect().height")
    tab.set_viewport_size({"width": 100 + 9 * width, "height": int(height)})
    _save(tab, out / f"parse_{width}.webp")
    tab.close()


def take_site(browser: Browser, out: Path) -> None:
    """Take the picture of the first page of the docs site."""
    if find_spec("myst_nb") is None:
        print("no picture of the site: the extra 'docs' is not installed")
        return
    with tempfile.TemporaryDirectory() as site:
        subprocess.run([sys.executable, "-m", "sphinx", "-q", str(ROOT / "docs"), site], check=True)
        tab = browser.new_page(viewport={"width": 1360, "height": 800})
        tab.goto((Path(site) / "index.html").as_uri())
        _save(tab, out / "site.webp")
        tab.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, default=DOCS)
    out: Path = options.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    place = os.environ.get("FACTPARSE_BROWSER") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        reports(Path(name))
        browser = driver.chromium.launch(executable_path=place, args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, shot, Path(name), out)
        take_serve(browser, out)
        for width in (80, 160):
            take_terminal(browser, width, out)
        take_site(browser, out)
        browser.close()


if __name__ == "__main__":
    main()
