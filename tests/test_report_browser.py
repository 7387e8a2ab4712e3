"""Reports in a real browser: what a reader sees, points at, presses and copies."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import factparse
from factparse.core.plain import shown as plain_text
from factparse.output.csv_lines import csv_header, csv_lines
from factparse.output.report.document import written
from factparse.output.report.index import LISTED, Entry, Totals, index_html
from factparse.output.report.page import page_html
from factparse.reporting import write_report
from tests.browser import Browser, Page, expect, launched, watched
from tests.test_report import HOSTILE

Shown = Callable[..., Page]
USABLE = 1.0  # seconds in which the index of 10,000 pages can be used


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Shown]:
    """A function that opens a report from disk; at the end nothing may have failed or been asked for."""
    with watched(browser, "file:") as tab:

        def show(html: str) -> Page:
            path = tmp_path / "report.html"
            path.write_bytes(written(html))
            tab.goto(path.as_uri())
            return tab

        yield show


def of(pages: Path, name: str) -> factparse.Page:
    return next(iter(factparse.read(pages / name)))


def test_both_columns_and_the_text_stand_side_by_side(shown: Shown, pages: Path) -> None:
    tab = shown(page_html(of(pages, "glued.txt")))
    boxes = [
        tab.locator(place).first.bounding_box()
        for place in ("td[data-country] >> nth=0", "td[data-country] >> nth=1", "#text")
    ]
    left, right, text = (box for box in boxes if box)
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"] + 1
    assert right["x"] + right["width"] <= text["x"]


def test_pointing_at_a_fact_shows_its_fields(shown: Shown, pages: Path) -> None:
    page = of(pages, "first_page.txt")
    tab = shown(page_html(page))
    number = next(number for number, fact in enumerate(page.facts()) if getattr(fact, "count", 0) == 256186)
    card = tab.locator("#card")
    expect(card).to_be_hidden()
    for place in ("#text", ".left"):
        tab.locator(f'{place} mark[data-facts~="{number}"]').first.hover()
        expect(card).to_contain_text("256,186")
        expect(card).to_contain_text("Somalia")
        expect(card).to_contain_text("2020-12-31")
        assert tab.locator("mark.near").count() == 2  # here and there
        tab.locator("h1").hover()
        expect(card).to_be_hidden()


def test_a_click_leads_from_the_text_to_the_fact_and_back(shown: Shown, pages: Path) -> None:
    page = of(pages, "glued.txt")
    tab = shown(page_html(page))
    last = len(page.facts()) - 1
    line = tab.locator(f'[data-fact="{last}"]')
    mark = tab.locator(f'#text mark[data-facts~="{last}"]').first
    expect(line).not_to_be_in_viewport()
    mark.click()
    expect(line).to_be_in_viewport()
    expect(line).to_have_class("chosen")
    tab.locator('[data-fact="0"]').click()
    expect(tab.locator('#text mark[data-facts~="0"]').first).to_have_class("chosen")
    expect(tab.locator('#text mark[data-facts~="0"]').first).to_be_in_viewport()
    assert tab.locator("tr.chosen").count() == 1


def test_filters_work_together(shown: Shown, pages: Path) -> None:
    page = of(pages, "pipe_table.txt")
    facts = page.facts()
    tab = shown(page_html(page))
    lines = tab.locator("[data-fact]:not([hidden])")
    tab.get_by_role("button", name="Share").click()
    expect(lines).to_have_count(sum(isinstance(fact, factparse.Share) for fact in facts))
    tab.get_by_label("Country").select_option("Nepal")
    shares = [fact for fact in facts if isinstance(fact, factparse.Share) and fact.subject == "Nepal"]
    expect(lines).to_have_count(len(shares))
    tab.get_by_label("Find").fill("india")
    expect(lines).to_have_count(1)
    expect(tab.locator("#shown")).to_have_text(f"1 of {len(facts)} facts")
    tab.get_by_role("button", name="Clear").click()
    expect(lines).to_have_count(len(facts))
    tab.get_by_label("Field").select_option("Unemployment rate")
    expect(lines).to_have_count(sum(fact.field == "Unemployment rate" for fact in facts))
    expect(tab.locator("tbody[data-row]:visible")).to_have_count(1)
    tab.get_by_role("button", name="Clear").click()
    tab.locator("#least").fill("0.9")
    expect(lines).to_have_count(sum(fact.confidence >= 0.9 for fact in facts))
    assert tab.locator("tbody.fair:visible").count() == 0


def test_why_a_row_is_divided_there_shows_its_borders(shown: Shown, pages: Path) -> None:
    page = of(pages, "transnational_mixed.txt")
    tab = shown(page_html(page))
    told = [page.explanation(row).readings for row in page.rows]
    several = next(number for number, readings in enumerate(told) if sum(each.at is not None for each in readings) > 1)
    body = tab.locator(f'tbody[data-row="{several}"]')
    others = tab.locator(f'#text .edge.other[data-row="{several}"]')
    expect(others.first).to_be_hidden()
    body.get_by_text("Why here?").click()
    expect(body.locator(".readings > li")).to_have_count(len(told[several]))
    expect(others.first).to_be_visible()


def test_what_is_shown_is_copied(shown: Shown, pages: Path) -> None:
    page = of(pages, "pipe_table.txt")
    tab = shown(page_html(page))
    tab.get_by_role("button", name="Share").click()
    tab.get_by_role("button", name="Copy JSON").click()
    expect(tab.locator("#copied")).to_have_text("6 copied")
    shares = [fact for fact in page.facts() if isinstance(fact, factparse.Share)]
    copied = json.loads(tab.evaluate("navigator.clipboard.readText()"))
    assert [(each["name"], each["percent"]) for each in copied] == [(fact.name, fact.percent) for fact in shares]
    tab.get_by_role("button", name="Copy CSV").click()
    expect(tab.locator("#copied")).to_have_text("6 copied")
    lines = list(csv.DictReader(io.StringIO(tab.evaluate("navigator.clipboard.readText()"), newline="")))
    assert [(line["name"], float(line["percent"])) for line in lines] == [(f.name, f.percent) for f in shares]


def test_a_formula_is_defused_where_it_is_copied(shown: Shown) -> None:
    text = 'Aruba vs. Malta\nGeography\nAruba | Malta | |\nClimate | =HYPERLINK("x") | @warm |\nArea | 5 km | 7 km |\n'
    tab = shown(page_html(factparse.parse(text)))
    tab.get_by_role("button", name="Copy CSV").click()
    expect(tab.locator("#copied")).to_contain_text("copied")
    for line in csv.DictReader(io.StringIO(tab.evaluate("navigator.clipboard.readText()"), newline="")):
        assert not any((value or "").startswith(("=", "@")) for value in line.values()), line


def test_lists_are_copied_as_in_the_csv_of_the_command(shown: Shown) -> None:
    text = "Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | total: 5 sq km | land: '=7 sq km |\n"
    page = factparse.parse(text)
    tab = shown(page_html(page))
    tab.get_by_role("button", name="Copy CSV").click()
    expect(tab.locator("#copied")).to_contain_text("copied")
    copied = list(csv.DictReader(io.StringIO(tab.evaluate("navigator.clipboard.readText()"), newline="")))
    written = csv.DictReader([csv_header("facts"), *csv_lines(page, "facts")])
    same = ("type", "subject", "path", "span", "text")
    assert [[line[name] for name in same] for line in copied] == [[line[name] for name in same] for line in written]
    assert [line["path"] for line in copied] == ['["total"]', '["land"]']


def test_keys_do_what_the_mouse_does(shown: Shown, pages: Path) -> None:
    page = of(pages, "glued.txt")
    tab = shown(page_html(page))
    tab.locator("#text").focus()
    chosen = tab.locator("tr.chosen")
    tab.keyboard.press("ArrowRight")
    expect(chosen).to_have_attribute("data-fact", "0")
    tab.keyboard.press("j")
    expect(chosen).to_have_attribute("data-fact", "1")
    expect(tab.locator("#card")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab.locator('[data-fact="1"]')).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator('[data-fact="2"]')).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#text")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    tab.keyboard.press("/")
    expect(tab.get_by_label("Find")).to_be_focused()
    tab.keyboard.type("jc")  # a letter in a field is a letter
    expect(tab.get_by_label("Find")).to_have_value("jc")


def test_one_stop_of_the_tab_key_for_all_facts(shown: Shown, pages: Path) -> None:
    tab = shown(page_html(of(pages, "glued.txt")))
    assert tab.locator('[data-fact][tabindex="0"]').count() == 1
    tab.get_by_role("button", name="Coordinates").click()
    assert tab.locator('[data-fact][tabindex="0"]:visible').count() == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_does_nothing(shown: Shown, words: str) -> None:
    page = factparse.parse(
        f"Aruba vs. Malta\nGeography\nAruba | Malta | |\n{words} | {words} 5 km | {words} |\n"
        f"Area | {words} | 316 sq km ({words}) |\nBackground | {words} | {words} |\n"
    )
    tab = shown(page_html(page))
    for mark in tab.locator("#text mark").all()[:6]:
        mark.hover()
    tab.locator("#text").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#card").inner_text()
    assert "\u202e" not in tab.locator("body").inner_text()
    assert tab.locator("img, svg").count() == 0
    entry = Entry(0, (words, "Mali"), 0.4, words, 3, 1, 5, words, 7)
    tab = shown(index_html([entry], Totals(pages=1), [words]))
    expect(tab.locator("#list tr")).to_have_count(1)
    assert "\u202e" not in tab.locator("body").inner_text()


def test_scripts_show_text_as_the_pages_do(shown: Shown) -> None:
    tab = shown(page_html(factparse.parse("")))
    every = "".join(chr(code) for code in [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10000)])
    words = f"{every}\r\n{chr(0xE0001)} {chr(0xE007F)} {chr(0x1F600)} {chr(0x10FFFF)}"
    # Half a pair goes neither way through the driver as it is.
    whole = "".join(each for each in words if not 0xD800 <= ord(each) < 0xE000)
    assert tab.evaluate("(words) => plainText(words)", whole) == plain_text(whole)
    assert tab.evaluate("() => plainText('a\\ud800b\\udfffc\\u{1f600}')") == "a·b·c\U0001f600"


def test_a_narrow_screen_needs_no_scrolling_to_the_side(shown: Shown, pages: Path) -> None:
    for name in ("glued.txt", "transnational_mixed.txt", "country_2020.html"):
        tab = shown(page_html(of(pages, name)))
        for width in (360, 768, 1400):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(shown: Shown, pages: Path, scheme: str) -> None:
    """All text has a contrast of 4.5 to 1 at least (WCAG 2.2, AA), in both modes."""
    tab = shown(page_html(of(pages, "pipe_table.txt")))
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for details in tab.locator("summary").all()[-2:]:
        details.click()
    assert tab.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const parts = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return [n.slice(0, 3), n[3] ?? 1]; };
  const over = ([top, alpha], below) => top.map((c, i) => c * alpha + below[i] * (1 - alpha));
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.unshift(parts(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility() || node.closest("script, option")) continue;
    const below = behind(node), ink = over(parts(getComputedStyle(node).color), below);
    const [high, low] = [light(ink), light(below)].sort((a, b) => b - a);
    const ratio = (high + .05) / (low + .05);
    if (ratio < 4.5) bad.push(`${node.tagName}.${node.className}: ${ratio.toFixed(2)} ${node.textContent}`);
  }
  return [...new Set(bad)];
}"""


def test_print_shows_all_of_it(shown: Shown, pages: Path) -> None:
    tab = shown(page_html(of(pages, "glued.txt")))
    tab.emulate_media(media="print")
    expect(tab.locator("#filters")).to_be_hidden()
    text = tab.locator("#text")
    assert text.evaluate("each => each.scrollHeight <= each.clientHeight + 2")


def processor_time(tab: Page) -> Callable[[], float]:
    """A function that tells the seconds of processor time that the page's own thread took; load elsewhere adds none."""
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def taken() -> float:
        told = session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))

    return taken


def test_an_index_of_ten_thousand_pages_is_usable_in_a_second(shown: Shown) -> None:
    pairs = [("Chad", "Mali" if number % 9 else "Fiji") for number in range(LISTED)]
    entries = [Entry(at, pair, at / LISTED, "Coastline", 12, 3, 140, "a.jsonl", at) for at, pair in enumerate(pairs)]
    work = processor_time(shown(""))
    tab = shown(index_html(entries, Totals(pages=LISTED)))
    assert tab.locator("#list tr").first.inner_text().startswith("Chad vs. Fiji")
    assert work() <= USABLE
    tab.get_by_label("Find").fill("fiji")
    expect(tab.locator("#shown")).to_have_text("1,112 of 10,000 pages")
    assert work() <= 2 * USABLE
    for _ in range(3):
        tab.locator("#more").scroll_into_view_if_needed()
    expect(tab.locator("#list tr").nth(500)).to_be_attached()


def test_the_index_leads_to_a_page_and_back(browser: Browser, tmp_path: Path, pages: Path) -> None:
    write_report(factparse.read(pages), tmp_path / "out")
    with watched(browser, "file:") as tab:
        tab.goto((tmp_path / "out" / "index.html").as_uri())
        tab.get_by_role("link", name="Uruguay vs. Iceland").click()
        expect(tab.locator("h1")).to_have_text("Uruguay vs. Iceland")
        tab.get_by_role("link", name="All pages").click()
        expect(tab.locator("#list tr").first).to_be_visible()


def test_a_notebook_runs_the_report_in_its_frame(shown: Shown, pages: Path) -> None:
    tab = shown(f"<!doctype html><title>notebook</title>{of(pages, 'glued.txt')._repr_html_()}")
    frame = tab.frame_locator("iframe")
    frame.get_by_role("button", name="Coordinates").click()
    expect(frame.locator("[data-fact]:not([hidden])")).to_have_count(2)
