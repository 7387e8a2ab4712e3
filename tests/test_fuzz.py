"""Inputs nobody would write: those that once broke a promise, new ones of every kind, and that faults are found."""

import random
from collections import Counter
from pathlib import Path

import pytest

import factparse
from factparse.sources.files import formats
from tools.fuzz import FOUND, fuzz, mutated, save, tried
from tools.fuzzing import kinds as fuzzing_kinds
from tools.fuzzing.kinds import Kind, kinds

KINDS = {kind.name: kind for kind in kinds()}
INPUTS = sorted(FOUND.glob("*/*.bin"))


@pytest.mark.parametrize("path", INPUTS, ids=[f"{path.parent.name}-{path.stem}" for path in INPUTS])
def test_what_once_broke_a_promise_keeps_it(path: Path) -> None:
    assert tried(KINDS[path.parent.name], path.read_bytes()) is None


@pytest.mark.parametrize("name", KINDS)
def test_some_inputs_of_every_kind(name: str) -> None:
    counts: Counter[str] = Counter()
    assert list(fuzz([KINDS[name]], seed=15, seconds=0, inputs=30, counts=counts)) == []
    assert counts == {name: 30}


def test_a_format_that_is_new_is_a_kind_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing_kinds, "formats", lambda: {**formats(), ".rst": formats()[".txt"]})
    (new,) = (kind for kind in kinds() if kind.name == "rst")
    assert new.seeds == KINDS["txt"].seeds


@pytest.mark.parametrize("name", ["text", "loaded-page"])
def test_a_seed_makes_the_same_inputs_and_another_seed_others(name: str) -> None:
    kind = KINDS[name]
    one, same, other = ([mutated(kind, random.Random(seed)) for _ in range(20)] for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_fault_is_found_made_small_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def faulty(data: bytes) -> None:
        if b"Tier" in data and b"(" in data:
            raise ZeroDivisionError("of all things")

    faults = list(fuzz([Kind("made", KINDS["text"].seeds, faulty)], 1, 0, 50, Counter()))
    assert [(fault.kind, sorted(fault.data), fault.error) for fault in faults] == [
        ("made", sorted(b"Tier("), "ZeroDivisionError: of all things")
    ]
    path = save(faults[0], tmp_path)
    assert (path.parent.name, path.read_bytes()) == ("made", faults[0].data)


@pytest.mark.parametrize("name", ["text", "bytes", "html", "txt", "jsonl"])
def test_a_page_whose_places_are_wrong_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factparse.Span, "cut", lambda self, text: text[self[0] : self[1] + 1])
    kind = KINDS[name]
    assert any("cuts out something else" in (tried(kind, seed) or "") for seed in kind.seeds)
