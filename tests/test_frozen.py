"""Frozen objects made fast: equal in every way to what their class makes."""

import pickle
from typing import Any, get_args

import attrs
import pytest

from factparse.columns.table import Cell, Row
from factparse.core.facts import AnyFact
from factparse.core.frozen import changer, maker

FACTS = get_args(AnyFact)


def the_same(made: Any, right: Any) -> None:  # noqa: ANN401 (of any class)
    assert type(made) is type(right)
    assert (made, repr(made), hash(made)) == (right, repr(right), hash(right))
    assert pickle.loads(pickle.dumps(made)) == attrs.evolve(made) == right
    first = attrs.fields(type(right))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, first, "other")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(made, first)


def some_values(kind: Any) -> dict[str, str]:  # noqa: ANN401
    names = [field.name for field in attrs.fields(kind) if field.init]
    return {name: f"{name} {number}" for number, name in enumerate(names)}


@pytest.mark.parametrize("kind", [*FACTS, Cell, Row])
def test_makers_make_what_the_class_makes(kind: Any) -> None:  # noqa: ANN401
    values = some_values(kind)
    the_same(maker(kind)(*values.values()), kind(**values))


@pytest.mark.parametrize("kind", FACTS)
def test_changers_copy_what_they_do_not_change(kind: Any) -> None:  # noqa: ANN401
    fact = kind(**some_values(kind))
    change = changer(kind, "span", "confidence")
    the_same(change(fact, (3, 4), 0.5), attrs.evolve(fact, span=(3, 4), confidence=0.5))
    the_same(change(fact, confidence=0.5, span=(3, 4)), attrs.evolve(fact, span=(3, 4), confidence=0.5))


def test_a_field_of_its_own_is_made_anew_for_each() -> None:
    @attrs.frozen(weakref_slot=False)
    class Box:
        name: str
        _kept: list[int] = attrs.field(factory=list, init=False)

    one, other = maker(Box)("one"), maker(Box)("other")
    one._kept.append(1)
    assert (one._kept, other._kept) == ([1], [])
    assert maker(Box)("one") == Box("one")
