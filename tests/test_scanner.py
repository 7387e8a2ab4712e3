"""Where the words of a grammar stand: what the scanner passes over could begin no terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.language.plans import Cut, rules
from factparse.language.scanner import cell, words

DRUGS, TIERS, ROLES = "fields/drugs.lark", "fields/tiers.lark", "fields/trafficking.lark"
PIECES = st.sampled_from(
    [
        *["opium ", "Poppies", "crystal meth ", "that is ", "grown", "was produced", "use ", "used ", "users ", "no "],
        *["not a transit", "no longer ", "non-", "money-laundering ", "anti-", "drug-producing areas", "low ", "into "],
        *["tier rating:", "Tier ", "One", "2", " (Watch List)", "up from ", "has been on ", "current situation:"],
        *["uses Chad as ", "is", "a ", "country of origin", "to a lesser extent", "; ", ", ", "-", "_", "İ", "ß", "\n"],
    ]
)


def tried_everywhere(grammar: str, text: str) -> list[Cut]:
    """Try every terminal at every word."""
    patterns = [(name, re.compile(pattern)) for name, pattern in rules(grammar).terminals.items()]
    split = cell(text)
    found: list[Cut] = []
    for at in sorted({split.start(index) for index, word in enumerate(split.words) if word}):
        if found and at < found[-1][2]:
            continue
        met = next(((name, met) for name, pattern in patterns if (met := pattern.match(text, at))), None)
        if met:
            found.append((met[0], at, met[1].end()))
    return found


@pytest.mark.parametrize("grammar", [DRUGS, TIERS, ROLES])
@given(st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=60)))
def test_no_word_that_begins_a_terminal_is_passed_over(grammar: str, text: str) -> None:
    assert words(grammar).tokens(text, cell(text)) == tried_everywhere(grammar, text)


def test_a_terminal_that_looks_behind_begins_with_a_word() -> None:
    text = "opium that is produced abroad"
    assert words(DRUGS).tokens(text, cell(text))[-1] == ("PURPOSE", 14, 22)
