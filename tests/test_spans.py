"""Parts of spans are exactly what is cut out of the cut, in one range or in many."""

from hypothesis import given
from hypothesis import strategies as st

from factparse.core.spans import Span

TEXT = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))  # no character twice: a cut tells where it was made
SPANS = (
    st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=20)
    .filter(lambda places: len(places) % 2 == 0)
    .map(lambda places: Span(sorted(places)))
)


@given(SPANS, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_part_is_a_slice_of_the_cut(span: Span, one: int, other: int) -> None:
    start, end = sorted(min(each, span.size) for each in (one, other))
    part = span.part(start, end)
    assert part.cut(TEXT) == span.cut(TEXT)[start:end]
    assert span.start <= part.start <= part.end <= span.end
    assert start == end or all(part[at] < part[at + 1] for at in range(0, len(part), 2))


@given(SPANS, st.integers(0, len(TEXT)))
def test_an_empty_part_is_one_place(span: Span, at: int) -> None:
    part = span.part(min(at, span.size), min(at, span.size))
    assert len(part) == 2
    assert part.start == part.end


def test_parts_of_two_spans_in_turn() -> None:
    one, other = Span((0, 2, 6, 8)), Span((10, 13, 20, 23))
    assert [(one.part(1, 3), other.part(2, 4)) for _ in range(3)] == [((1, 2, 6, 7), (12, 13, 20, 21))] * 3
