"""Batches of texts to batches of facts."""

import gc
import io
import json
from typing import Any

import pyarrow
import pytest

import factparse
from factparse.arrow import arrow_schema, facts
from factparse.output.parquet import ParquetRows
from tests.made import PAGE

TEXTS: list[dict[str, str | None]] = [
    {"text": "nothing to compare", "url": "http://example.org/0"},
    {"text": PAGE, "url": "http://example.org/1"},
    {"text": "nothing here", "url": None},
]


def batch(**columns: list[Any]) -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_pydict(columns)


def test_it_gives_what_the_library_gives() -> None:
    found = facts(batch(text=[each["text"] for each in TEXTS], url=[each["url"] for each in TEXTS]))
    page: dict[str, Any] = json.loads(factparse.parse(PAGE).to_json())
    assert [(row["subject"], row["value"], row["span"]) for row in found.to_pylist()] == [
        (fact["subject"], fact["value"], fact["span"]) for fact in page["facts"]
    ]
    assert {(row["source"]["record"], row["source"]["url"]) for row in found.to_pylist()} == {
        (1, "http://example.org/1")
    }


@pytest.mark.parametrize("emit", ["pages", "rows", "facts"])
@pytest.mark.parametrize("texts", [[], ["nothing"], [None], [PAGE], [PAGE, PAGE]])
def test_the_schema_is_always_the_same(emit: Any, texts: list[str | None]) -> None:  # noqa: ANN401 (of its own type)
    found = facts(pyarrow.RecordBatch.from_pydict({"text": pyarrow.array(texts, pyarrow.string())}), emit=emit)
    assert found.schema.equals(arrow_schema(emit))
    assert (found.num_rows > 0) == (PAGE in texts)


def test_a_number_too_large_costs_no_batch() -> None:
    texts = [PAGE.replace("316", "12345678901234567"), PAGE.replace("316", "7" * 20), PAGE]
    assert [row["value"] for row in facts(batch(text=texts)).to_pylist()] == [None, 180, None, 180, 316, 180]


def test_a_file_that_is_broken_off_says_nothing_when_it_is_collected() -> None:
    def broken_off() -> None:
        with io.BytesIO() as stream, ParquetRows(stream, "facts") as rows:
            rows.write([{"type": "Item", "name": 1}])

    with pytest.raises(pyarrow.ArrowTypeError):
        broken_off()
    gc.collect()  # what cannot be raised there is a warning, and any warning fails a test


def test_another_column_and_none() -> None:
    assert facts(batch(body=[PAGE]), text_key="body").num_rows == 2
    with pytest.raises(KeyError, match="text"):
        facts(batch(body=[PAGE]))
