"""Threads share one library: each gets the answers it would get alone, and no setting of the process is touched."""

import gc
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import factparse
from tests.made import PAGE

HTML = "<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba<tr><td>Area<td>316 sq km<td>180 sq km</table>"
FIELD = "Refugees and internally displaced persons"
WORK: dict[str, Callable[[], object]] = {
    "parse": lambda: factparse.parse(PAGE).to_json(),
    "parse_html": lambda: factparse.parse_html(HTML).to_json(),
    "parse_tree": lambda: factparse.parse_tree(PAGE).pretty(),
    "facts": lambda: factparse.parse(PAGE).facts(),
    "extract": lambda: factparse.extract(FIELD, "IDPs: 5,000 (2019)", subject="Chad"),
}
THREADS = 8


@pytest.mark.parametrize("name", WORK)
def test_the_collector_of_cycles_is_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_args: object) -> None:
        raise AssertionError(f"{name} touches the process's collector")

    for setting in ("disable", "enable", "freeze", "set_threshold"):
        monkeypatch.setattr(gc, setting, touched)
    assert WORK[name]()


def test_what_the_caller_set_stays_set_in_all_threads() -> None:
    before = gc.isenabled()
    gc.disable()
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            looks = [pool.submit(lambda: (WORK["parse"](), gc.isenabled())[1]) for _ in range(4 * THREADS)]
            assert not any(look.result() for look in looks)
        assert not gc.isenabled()
    finally:
        if before:
            gc.enable()


def test_threads_get_the_answers_they_would_get_alone(pages: Path) -> None:
    texts = [path.read_bytes().decode() for path in sorted(pages.glob("*.txt"))]
    alone = [factparse.parse(text).to_json() for text in texts]

    def read(first: int) -> list[str]:
        ordered = [*texts[first:], *texts[:first]]  # each thread begins elsewhere
        found = [factparse.parse(text).to_json() for text in ordered]
        return [*found[len(texts) - first :], *found[: len(texts) - first]]

    with ThreadPoolExecutor(THREADS) as pool:
        for found in pool.map(read, range(0, len(texts), max(1, len(texts) // THREADS))):
            assert found == alone


def test_threads_may_be_the_first_to_ask_for_anything(pages: Path) -> None:
    """Grammars and tables are loaded when they are first needed: eight threads may need them at once."""
    script = (
        "import sys, pathlib, factparse\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "text = pathlib.Path(sys.argv[1]).read_bytes().decode()\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    found = set(pool.map(lambda _: factparse.parse(text).to_json(), range(8)))\n"
        "assert found == {factparse.parse(text).to_json()}, len(found)\n"
    )
    command = [sys.executable, "-c", script, str(pages / "transnational_mixed.txt")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
