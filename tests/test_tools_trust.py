"""The tools that attack: changes of the source, strikes at runs, the log of fuzzed inputs."""

import ast
import random
import sys
from pathlib import Path
from types import FunctionType

import pytest

from tools.fuzzing import log
from tools.mutating.applied import Live
from tools.mutating.changes import Change, changes
from tools.mutating.choice import Covering

SOURCE = '''"""A docstring."""
from __future__ import annotations
MOST: Final = 4

def small(number: int = 2, *, sign: bool = False) -> bool:
    """Another."""
    while number < MOST and not sign:
        number += 1
        if number == 3:
            break
    if number < 0:
        raise ValueError("too small")
    return f"{number}" in ("-1", "x") or number - 1 > MOST
'''


class TestChanges:
    def test_each_is_a_module_and_another_one(self) -> None:
        found = changes("a.py", SOURCE)
        made = {change.made(SOURCE) for change in found}
        assert len(made) == len(found) > 20
        assert SOURCE not in made
        for source in made:
            ast.parse(source)

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("comparison", "while number <= MOST"),
            ("comparison", "number != 3"),
            ("comparison", '"{number}" not in'),
            ("and, or", "number < MOST or not sign"),
            ("sign, not", "MOST and sign"),
            ("operator", "number -= 1"),
            ("operator", "number + 1 > MOST"),
            ("number", "MOST: Final = (4 + 1)"),
            ("number", "int = (2 + 1)"),
            ("True, False", "bool = True"),
            ("condition", "if (not (number == 3)):"),
            ("break, continue", "            continue"),
            ("text", "'XX-1XX'"),
            ("return", "    return None"),
        ],
    )
    def test_kinds(self, kind: str, said: str) -> None:
        assert any(change.kind == kind and said in change.made(SOURCE) for change in changes("a.py", SOURCE))

    def test_what_runs_nothing_or_is_only_said_is_left_alone(self) -> None:
        made = [change.made(SOURCE) for change in changes("a.py", SOURCE)]
        for kept in ('"""A docstring."""', '"""Another."""', '"too small"', "import annotations"):
            assert all(kept in source for source in made)

    def test_a_change_of_a_module_at_work(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "factparse"  # as the project's own modules are
        folder.mkdir()
        path = folder / "at_work.py"
        path.write_text("MOST = 4\n\n\nclass Few:\n    most = 7\n\n    def few(self, n):\n        return n < MOST\n")
        monkeypatch.syspath_prepend(folder)
        monkeypatch.setitem(sys.modules, "at_work", sys.modules.get("at_work"))
        del sys.modules["at_work"]
        import at_work  # type: ignore[import-not-found]

        def few(number: int) -> bool:
            return bool(at_work.Few().few(number))

        found = {change.kind: change for change in changes("at_work.py", path.read_text()) if change.line != 5}
        body = Change("at_work.py", 5, 11, 12, "(7 + 1)", "number")
        live = Live()
        assert isinstance(at_work.Few.few, FunctionType)
        assert (few(4), live.make(found["comparison"], str(path)), few(4), few(5)) == (False, True, True, False)
        assert (live.make(found["number"], str(path)), few(5)) == (True, True)
        assert (live.make(body, str(path)), at_work.Few.most) == (False, 7)


def test_the_tests_of_a_change_are_those_of_its_line_first() -> None:
    change = Change("a.py", 3, 0, 1, "", "")
    seconds = {f"tests/{name}": 1.0 for name in ("one::a", "one::b", "two::a", "three::a", "four::a")}
    tests = Covering({("a.py", 3): {"tests/one::a", "tests/two::a"}}, {"a.py": set(seconds)}, seconds)
    first, others = tests.chosen(change, 20.0)
    assert (sorted(first), len(others)) == (["tests/one::a", "tests/two::a"], 3)
    assert [len(batch) for batch in tests.chosen(change, 2.0)] == [1, 1]
    assert tests.chosen(Change("b.py", 3, 0, 1, "", ""), 20.0) == []


class TestLog:
    def test_sums_stand_in_the_document(self, tmp_path: Path) -> None:
        path, document = tmp_path / "log.tsv", tmp_path / "a.md"
        log.add(path, "2026-01-02", 7, 3, {"text": 1000, "html": 5})
        log.add(path, "2026-01-09", 8, 0, {"text": 500})
        document.write_text("before\n<!-- inputs: tools/fuzz.py --table -->\nold\n<!-- end of inputs -->\nafter\n")
        log.write(document, log.table(path))
        log.write(document, log.table(path))
        lines = document.read_text().splitlines()
        assert (lines[0], lines[-1], "old" in lines) == ("before", "after", False)
        assert "| text | 1,500 |" in lines
        assert "| in all, 2026-01-02 to 2026-01-09, 3 broke a promise | 1,505 |" in lines

    def test_a_document_without_a_place_for_them(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("nothing")
        with pytest.raises(ValueError, match="no marks"):
            log.write(tmp_path / "a.md", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_that_is_struck_goes_on(tmp_path: Path) -> None:
    from tools.faults import Cycle, done_cycles, dump

    dump(tmp_path / "in")
    ((_, done, fault),) = done_cycles(tmp_path, [Cycle("local", "folder", "SIGKILL", "step", random.Random(1))])
    assert (fault, "exit -9" in done) == ("", True)
