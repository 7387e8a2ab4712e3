"""The formats of dumps: packed files, Parquet, archives of crawls, encodings, patterns and addresses."""

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import fsspec
import pyarrow
import pyarrow.parquet as pq
import pytest
import zstandard

from factparse.core.errors import SourceError, UsageError
from factparse.sources.compression import OPENERS
from factparse.sources.decode import decode_detected
from factparse.sources.files import Input, find
from factparse.sources.record import Options, Outcome, Record
from tests.made import read_records

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def texts(outcomes: list[Outcome]) -> list[str]:
    return [outcome.text for outcome in outcomes if isinstance(outcome, Record)]


def codes(outcomes: list[Outcome]) -> list[str]:
    return [outcome.code for outcome in outcomes if isinstance(outcome, SourceError)]


def lines(count: int) -> bytes:
    return b"".join(b'{"text": "%d %s"}\n' % (n, os.urandom(20).hex().encode()) for n in range(count))


@pytest.mark.parametrize("suffix", PACKERS)
class TestPacked:
    def test_members_are_joined(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"a.txt{suffix}"
        path.write_bytes(PACKERS[suffix](b"one ") + PACKERS[suffix](b"two"))
        assert texts(read_records(path)) == ["one two"]

    def test_a_file_cut_off_gives_what_was_read_and_a_failure(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"a.jsonl{suffix}"
        data = lines(40_000)
        path.write_bytes(PACKERS[suffix](data)[:-2000])
        outcomes = read_records(path)
        assert codes(outcomes) == ["unreadable"]
        found = texts(outcomes)
        assert found == [json.loads(line)["text"] for line in data.splitlines()[: len(found)]]
        assert len(found) > 1000

    def test_a_file_with_a_broken_member_keeps_what_stands_before_it(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"a.jsonl{suffix}"
        spoilt = bytearray(PACKERS[suffix](lines(3000)))
        spoilt[len(spoilt) // 2 : len(spoilt) // 2 + 40] = bytes(40)
        path.write_bytes(PACKERS[suffix](b'{"text": "good"}\n' * 3000) + bytes(spoilt))
        outcomes = read_records(path)
        assert texts(outcomes)[:3000] == ["good"] * 3000
        assert set(codes(outcomes)) & {"unreadable"}

    def test_a_file_of_no_bytes_is_a_failure(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"a.jsonl{suffix}"
        path.touch()
        assert codes(read_records(path)) == ["unreadable"]
        path.write_bytes(PACKERS[suffix](b""))
        assert read_records(path) == []

    def test_a_bomb_is_a_failure_and_not_a_flood(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_bytes(PACKERS[suffix](b'{"text": "' + b"x" * 30_000_000 + b'"}\n{"text": "good"}\n'))
        outcomes = read_records(path, max_record_bytes=1 << 20)
        assert (codes(outcomes), texts(outcomes)) == (["record-too-large"], ["good"])
        assert isinstance(outcomes[1], Record)
        assert outcomes[1].number == 1

    @pytest.mark.parametrize("form", ["txt", "html"])
    def test_a_bomb_of_one_text(self, tmp_path: Path, suffix: str, form: str) -> None:
        path = tmp_path / f"a.{form}{suffix}"
        path.write_bytes(PACKERS[suffix](b"x" * 3_000_000))
        assert codes(read_records(path, max_record_bytes=1 << 20)) == ["record-too-large"]


class TestGzip:
    """Unpacked by ISA-L where it is installed, by zlib where it is not: the same records, the same failures."""

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data,
            lambda data: data + b"\0" * 5000 + data,
            lambda data: data[:-3],
            lambda data: data[: len(data) // 2],
            lambda data: data[:-8] + b"\1\2\3\4" + data[-4:],
            lambda data: data + b"no member",
            lambda data: data[:5],
            lambda data: b"",
            lambda data: b"no gzip at all",
        ],
    )
    def test_both_give_the_same(
        self, tmp_path: Path, spoil: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(spoil(gzip.compress(lines(3000))))
        one = [(str(outcome), texts([outcome])) for outcome in read_records(path)]
        monkeypatch.setitem(sys.modules, "isal.igzip_lib", None)
        other = [(str(outcome), texts([outcome])) for outcome in read_records(path)]
        assert one == other

    def test_both_are_tried(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kinds = set()
        for absent in (False, True):
            if absent:
                monkeypatch.setitem(sys.modules, "isal.igzip_lib", None)
            raw = OPENERS[".gz"](io.BytesIO()).raw  # type: ignore[attr-defined]  # of a BufferedReader
            kinds.add(type(raw._member))
        assert len(kinds) == 1 + (importlib.util.find_spec("isal") is not None)

    def test_zeros_between_members_are_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt.gz"
        path.write_bytes(gzip.compress(b"one") + b"\0" * 100_000 + gzip.compress(b"two") + b"\0" * 7)
        assert texts(read_records(path)) == ["onetwo"]


class TestJsonLines:
    @pytest.mark.parametrize("key", ["text", "content", "raw_content"])
    def test_common_keys_are_known(self, tmp_path: Path, key: str) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({key: "one", "uri": "http://example.org", "timestamp": "2024-01-02"}))
        (record,) = read_records(path)
        assert isinstance(record, Record)
        assert (record.text, record.url, record.date) == ("one", "http://example.org", "2024-01-02")

    @pytest.mark.parametrize("size", [1, 7, 100, 1000, 3000, 10_000])
    def test_parts_together_are_the_whole(self, tmp_path: Path, size: int) -> None:
        path = tmp_path / "a.jsonl"
        path.write_bytes(b"\n".join(json.dumps({"text": "x" * (n * 7 % 90)}).encode() for n in range(60)))
        (found,) = find([path])
        assert isinstance(found, Input)
        parts = [list(found.records(Options(), extent)) for extent in found.split(size)]
        assert [outcome for part in parts for outcome in part] == list(found.records())
        assert (len(parts) > 1) == (size < found.size)


def _noted(held: list[int], batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        held.append(batch.nbytes)
        yield batch


class TestParquet:
    def write(self, path: Path, **columns: list[Any]) -> Path:
        pq.write_table(pyarrow.table(columns), path, row_group_size=10)
        return path

    def test_a_record_a_row(self, tmp_path: Path) -> None:
        when = [datetime(2024, 1, 2, 3, 4, 5)] * 2
        path = self.write(tmp_path / "a.parquet", text=["one", None], url=["http://example.org", None], date=when)
        first, second = read_records(path)
        assert isinstance(first, Record)
        assert (first.text, first.url, first.date, first.number) == (
            "one",
            "http://example.org",
            "2024-01-02T03:04:05",
            0,
        )
        assert isinstance(second, SourceError)
        assert (second.code, second.line) == ("bad-record", 2)

    def test_another_column(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", body=["one"], text=["two"])
        assert texts(read_records(path, text_key="body")) == ["one"]

    def test_without_the_column(self, tmp_path: Path) -> None:
        (failure,) = read_records(self.write(tmp_path / "a.parquet", body=["one"]))
        assert isinstance(failure, SourceError)
        assert (failure.code, "its columns: body" in failure.message) == ("missing-key", True)

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_file_that_is_packed_once_more(self, tmp_path: Path, suffix: str) -> None:
        plain = self.write(tmp_path / "a.parquet", text=["one", "two"])
        packed = tmp_path / f"b.parquet{suffix}"
        packed.write_bytes(PACKERS[suffix](plain.read_bytes()))
        assert texts(read_records(packed)) == ["one", "two"]
        packed.write_bytes(packed.read_bytes()[:-9])
        assert codes(read_records(packed)) == ["unreadable"]

    def test_the_column_is_missed_once(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", body=[os.urandom(40).hex() for _ in range(95)])
        (found,) = find([path])
        assert isinstance(found, Input)
        parts = [list(found.records(Options(), extent)) for extent in found.split(2000)]
        assert (len(parts) > 2, codes([outcome for part in parts for outcome in part])) == (True, ["missing-key"])

    def test_parts_together_are_the_whole(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", text=[f"{n} {os.urandom(40).hex()}" for n in range(95)])
        (found,) = find([path])
        assert isinstance(found, Input)
        parts = [list(found.records(Options(), extent)) for extent in found.split(2000)]
        assert len(parts) > 2
        assert [outcome for part in parts for outcome in part] == list(found.records())

    @pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: b"none"])
    def test_what_is_no_parquet(self, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
        path = self.write(tmp_path / "a.parquet", text=["one"])
        path.write_bytes(spoil(path.read_bytes()))
        assert codes(read_records(path)) == ["unreadable"]

    def test_a_broken_row_group_costs_not_those_before_it(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", text=[f"{n} {os.urandom(400).hex()}" for n in range(95)])
        data = bytearray(path.read_bytes())
        data[len(data) // 2 : len(data) // 2 + 2000] = bytes(2000)
        path.write_bytes(bytes(data))
        outcomes = read_records(path)
        assert len(texts(outcomes)) >= 20

    def test_two_columns_of_one_name(self, tmp_path: Path) -> None:
        table = pyarrow.table([["one"], ["two"], ["x"], ["y"]], names=["text", "text", "url", "url"])
        pq.write_table(table, tmp_path / "a.parquet")
        assert codes(read_records(tmp_path / "a.parquet")) == ["bad-record"]
        pq.write_table(table.rename_columns(["text", "body", "url", "url"]), tmp_path / "b.parquet")
        (found,) = read_records(tmp_path / "b.parquet")
        assert isinstance(found, Record)
        assert (found.text, found.url) == ("one", None)

    def test_values_that_are_none_cost_nothing_else(self, tmp_path: Path) -> None:
        """A text that is not UTF-8, which Arrow does not look for, and a time beyond the years of Python."""
        broken = pyarrow.array([b"Cura\xe7ao", b"good"]).cast(pyarrow.string(), safe=False)
        late = pyarrow.array([2**58, 0]).cast(pyarrow.timestamp("ms"))
        pq.write_table(pyarrow.table({"text": broken, "date": late}), tmp_path / "a.parquet")
        first, second = read_records(tmp_path / "a.parquet")
        assert isinstance(first, Record)
        assert isinstance(second, Record)
        assert (first.text, first.date, [remark.code for remark in first.diagnostics]) == (
            "Cura\ufffdao",
            None,
            ["invalid-bytes"],
        )
        assert (second.text, second.date, second.diagnostics) == ("good", "1970-01-01T00:00:00", ())

    def test_a_broken_row_group_costs_no_other(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.parquet", text=[f"{n} {os.urandom(400).hex()}" for n in range(95)])
        column = pq.ParquetFile(path).metadata.row_group(3).column(0)
        data = bytearray(path.read_bytes())
        start = column.dictionary_page_offset or column.data_page_offset
        data[start : start + column.total_compressed_size] = bytes(column.total_compressed_size)
        path.write_bytes(bytes(data))
        outcomes = read_records(path)
        assert codes(outcomes) == ["unreadable"]
        numbers = [outcome.number for outcome in outcomes if isinstance(outcome, Record)]
        assert numbers == [*range(30), *range(40, 95)]

    def test_few_large_rows_are_held_at_a_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        held: list[int] = []
        batches = pq.ParquetFile.iter_batches
        monkeypatch.setattr(pq.ParquetFile, "iter_batches", lambda *args, **more: _noted(held, batches(*args, **more)))
        rows = [os.urandom(2_500_000).hex() for _ in range(10)]
        path = self.write(tmp_path / "a.parquet", text=rows)
        assert texts(read_records(path)) == rows
        assert max(held) < 50_000_000  # bytes, of which the group has as many again

    def test_a_text_too_large(self, tmp_path: Path) -> None:
        outcomes = read_records(self.write(tmp_path / "a.parquet", text=["x" * 200, "good"]), max_record_bytes=100)
        assert (codes(outcomes), texts(outcomes)) == (["record-too-large"], ["good"])


def warc(
    body: bytes, *, kind: str = "response", length: int | None = None, http: str = "text/html", more: str = ""
) -> bytes:
    if kind == "response":
        body = f"HTTP/1.1 200 OK\r\nContent-Type: {http}\r\n{more}\r\n".encode() + body
    content = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


class TestArchives:
    def write(self, folder: Path, *records: bytes, name: str = "a.warc") -> Path:
        path = folder / name
        packed = (gzip.compress(record) for record in records) if name.endswith(".gz") else records
        path.write_bytes(b"".join(packed))
        return path

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_responses_of_html_and_text(self, tmp_path: Path, name: str) -> None:
        path = self.write(
            tmp_path,
            warc(b"software: x", kind="warcinfo"),
            warc(b"<p>one"),
            warc(b"GET / HTTP/1.1", kind="request"),
            warc(b"two", http="text/plain; charset=utf-8"),
            warc(b"\x89PNG", http="image/png"),
            name=name,
        )
        first, second = read_records(path)
        assert isinstance(first, Record)
        assert isinstance(second, Record)
        assert (first.text, first.html, first.number, first.url, first.date) == (
            "<p>one",
            True,
            1,
            "http://example.org/",
            "2024-01-02T03:04:05Z",
        )
        assert (second.text, second.html, second.number) == ("two", False, 3)

    def test_the_texts_of_conversions(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path, *(warc(f"text {n}".encode(), kind="conversion") for n in range(3)), name="a.warc.wet.gz"
        )
        assert texts(read_records(path)) == ["text 0", "text 1", "text 2"]

    @pytest.mark.parametrize("length", [0, 3, 70, 2000, 10**9, 10**30, -5])
    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_a_wrong_length_costs_no_record(self, tmp_path: Path, length: int, name: str) -> None:
        records = [warc(b"<p>%d" % n * 30) for n in range(5)]
        path = self.write(tmp_path, *records[:2], warc(b"<p>2" * 30, length=length), *records[3:], name=name)
        outcomes = read_records(path)
        assert texts(outcomes) == [f"<p>{n}" * 30 for n in range(5)]
        remarks = [remark.code for outcome in outcomes if isinstance(outcome, Record) for remark in outcome.diagnostics]
        assert remarks == ["wrong-length"]

    def test_a_record_that_holds_a_record(self, tmp_path: Path) -> None:
        inner = warc(b"inner").decode()
        path = self.write(tmp_path, warc(f"<pre>{inner}</pre>".encode()), warc(b"<p>next"))
        assert texts(read_records(path)) == [f"<pre>{inner}</pre>", "<p>next"]

    @pytest.mark.parametrize("size", [1, 6000, 70_000])
    def test_headers_of_other_line_ends_and_sizes(self, tmp_path: Path, size: int) -> None:
        """What looks like the end of the headers further down, in the body, is none."""
        body = b"one\r\n\r\ntwo"
        head = f"WARC/1.0\nWARC-Type: conversion\nX-Long: {'x' * size}\nContent-Length: {len(body)}\n\n".encode()
        for ends in (head, head.replace(b"\n", b"\r\n")):
            path = self.write(tmp_path, ends + body + b"\r\n\r\n", warc(b"three", kind="conversion"))
            assert texts(read_records(path)) == [body.decode(), "three"]

    def test_garbage_between_records_is_passed_over(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, warc(b"one"), b"\0" * 100_000 + b"\r\n\r\n", warc(b"two"))
        assert texts(read_records(path)) == ["one", "two"]

    def test_a_record_too_large_is_passed_over(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, warc(b"one"), warc(b"x" * 300_000), warc(b"two"))
        outcomes = read_records(path, max_record_bytes=100_000)
        assert (texts(outcomes), codes(outcomes)) == (["one", "two"], ["record-too-large"])

    def test_a_file_that_is_cut_off(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, warc(b"one"), warc(b"two" * 100)[:-100])
        _, second, cut = read_records(path)
        assert isinstance(second, Record)
        assert [remark.code for remark in second.diagnostics] == ["wrong-length"]
        assert isinstance(cut, SourceError)
        assert (cut.code, "cut off" in cut.message) == ("unreadable", True)
        path = self.write(tmp_path, warc(b"one"), warc(os.urandom(9000).hex().encode()), name="b.warc.gz")
        path.write_bytes(path.read_bytes()[:-500])
        outcomes = read_records(path)
        assert (texts(outcomes)[0], codes(outcomes)) == ("one", ["unreadable"])

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            (b"4\r\n<p>o\r\n2;x=y\r\nne\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
            (b"<p>one", "Transfer-Encoding: chunked\r\n"),
            (gzip.compress(b"<p>one", mtime=0), "Content-Encoding: gzip\r\n"),
            (b"<p>one", "Content-Encoding: gzip\r\n"),
        ],
    )
    def test_what_the_server_packed(self, tmp_path: Path, body: bytes, headers: str) -> None:
        assert texts(read_records(self.write(tmp_path, warc(body, more=headers)))) == ["<p>one"]

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            (b"4\r\n<p>o\r\n2;x=y\r\nne\r\n", "Transfer-Encoding: chunked\r\n"),
            (b"4\r\n<p>o\r\nff\r\nne", "Transfer-Encoding: chunked\r\n"),
            (gzip.compress(b"<p>one", mtime=0)[:-5], "Content-Encoding: gzip\r\n"),
        ],
    )
    def test_what_breaks_off_at_the_server_is_told(self, tmp_path: Path, body: bytes, headers: str) -> None:
        (record,) = read_records(self.write(tmp_path, warc(body, more=headers)))
        assert isinstance(record, Record)
        assert (record.text, [remark.code for remark in record.diagnostics]) == ("<p>one", ["cut-off-body"])

    @pytest.mark.parametrize("left", [b"W", b"WAR", b"WARC", b"WARC/", b"\r\n\r\nWA"])
    def test_a_file_that_breaks_off_where_a_record_begins(self, tmp_path: Path, left: bytes) -> None:
        path = self.write(tmp_path, warc(b"<p>one"))
        path.write_bytes(path.read_bytes() + left)
        outcomes = read_records(path)
        assert (texts(outcomes), codes(outcomes)) == (["<p>one"], ["unreadable"])

    @pytest.mark.parametrize("left", [b"\r\n", b"\r\n\r\n\r\n", b"WORD", b"no W", b"\0\0"])
    def test_what_else_stands_at_the_end_of_a_file(self, tmp_path: Path, left: bytes) -> None:
        path = self.write(tmp_path, warc(b"<p>one"))
        path.write_bytes(path.read_bytes() + left)
        assert (texts(read_records(path)), codes(read_records(path))) == (["<p>one"], [])

    def test_a_bomb_from_the_server(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, warc(gzip.compress(b"x" * 10_000_000), more="Content-Encoding: gzip\r\n"))
        assert codes(read_records(path, max_record_bytes=100_000)) == ["record-too-large"]

    def test_encodings(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path,
            warc("Żółć".encode("iso-8859-2"), http="text/html; charset=ISO-8859-2"),
            warc('<meta charset="cp1251">Союз'.encode("cp1251")),
            warc("Ünïcode".encode()),
            warc("é".encode("latin-1"), http="text/html; charset=made-up"),
        )
        found = texts(read_records(path))
        assert found[:3] == ["Żółć", '<meta charset="cp1251">Союз', "Ünïcode"]
        assert len(found) == 4

    def test_headers_without_a_blank_line_cost_one_record_and_not_the_next(self, tmp_path: Path) -> None:
        open_ended = warc(b"", kind="conversion").partition(b"\r\n\r\n")[0] + b"\r\n"
        for records in ([open_ended, warc(b"one"), warc(b"two")], [warc(b"one"), open_ended, warc(b"two")]):
            outcomes = read_records(self.write(tmp_path, *records))
            assert (texts(outcomes), codes(outcomes)) == (["one", "two"], ["bad-record"])

    def test_headers_that_are_cut_off(self, tmp_path: Path) -> None:
        outcomes = read_records(self.write(tmp_path, warc(b"one"), warc(b"two")[:60]))
        assert (texts(outcomes), codes(outcomes)) == (["one"], ["bad-record"])

    @pytest.mark.parametrize("junk", [b"WARC/", b"WARC/1", b"\nWARC/1.0 ", b"WARC/1.0\r\n", b"x"])
    def test_a_record_behind_much_that_looks_like_one(self, tmp_path: Path, junk: bytes) -> None:
        path = self.write(tmp_path, junk * (3_000_000 // len(junk)), b"\r\n", warc(b"one"))
        assert texts(read_records(path)) == ["one"]

    @pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"WARC/", b"no archive at all" * 9999])
    def test_what_is_no_archive(self, tmp_path: Path, data: bytes) -> None:
        assert read_records(self.write(tmp_path, data)) == []

    def test_beginnings_of_records_without_an_end(self, tmp_path: Path) -> None:
        found = codes(read_records(self.write(tmp_path, b"WARC/1.0\r\n" * 9999)))
        assert set(found) == {"bad-record"}
        assert len(found) < 10  # not one for each, which would all be looked for anew


class TestEncodings:
    def test_an_old_encoding_is_found_out(self) -> None:
        text = "La frontière entre les deux pays a été fixée par un traité signé à Genève, après de longs débats."
        found, (remark,) = decode_detected(text.encode("cp1252"))
        assert (found, remark.code) == (text, "encoding-detected")

    def test_utf8_with_a_broken_byte_stays_utf8(self) -> None:
        text, (remark,) = decode_detected("Curaçao".encode() + b"\xff")
        assert (text, remark.code) == ("Curaçao\ufffd", "invalid-bytes")

    def test_any_bytes_are_text(self) -> None:
        for seed in range(50):
            data = os.urandom(seed * 7)
            assert isinstance(decode_detected(data, "utf-16" if seed % 2 else "base64")[0], str)


class TestPlaces:
    def test_a_pattern(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", "c.html", "in/d.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("text")
        found = [Path(entry.name).name for entry in find([f"{tmp_path}/**/*.txt"]) if isinstance(entry, Input)]
        assert found == ["a.txt", "b.txt", "d.txt"]

    def test_a_pattern_that_matches_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="no such file"):
            next(find([tmp_path / "*.txt"]))

    def test_a_pipe_in_a_folder_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.txt")
        (tmp_path / "b.txt").write_text("text")
        assert [Path(entry.name).name for entry in find([tmp_path]) if isinstance(entry, Input)] == ["b.txt"]

    def test_addresses(self, tmp_path: Path) -> None:
        system = fsspec.filesystem("memory")
        for name in ("/dump/a.txt", "/dump/b.jsonl.gz", "/dump/c.md"):
            packed = gzip.compress(b'{"text": "two"}\n')
            system.pipe(name, packed if name.endswith("gz") else b"one")
        for address in ("memory://dump", "memory://dump/*"):
            entries = [entry for entry in find([address]) if isinstance(entry, Input)]
            assert [entry.size for entry in entries] == [3, system.size("/dump/b.jsonl.gz")]
            assert [texts(list(entry.records())) for entry in entries] == [["one"], ["two"]]
        (entry,) = find(["memory://dump/c.md"])
        assert isinstance(entry, Input)
        assert texts(list(entry.records())) == ["one"]
        with pytest.raises(SourceError, match="no such file"):
            next(find(["memory://absent"]))
        with pytest.raises(SourceError, match="cannot be reached"):
            next(find(["no-such-scheme://dump"]))
        fsspec.register_implementation("absent", "no_such_package.System", clobber=True)
        with pytest.raises(UsageError, match="needs another package"):
            next(find(["absent://bucket/dump.jsonl"]))

    @pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet", "a.warc", "a.warc.gz", "a.txt"])
    def test_files_that_can_do_little(self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Those of most stores read and seek, and no more."""

        class Little:
            def __init__(self, file: Any) -> None:  # noqa: ANN401 (of a file system of any package)
                self.read, self.seek, self.tell = file.read, file.seek, file.tell
                self.seekable, self.close = file.seekable, file.close

        writers: dict[str, Callable[[Path], object]] = {
            ".jsonl": lambda path: path.write_bytes(b'{"text": "one"}\n' * 2),
            ".parquet": lambda path: pq.write_table(pyarrow.table({"text": ["one", "one"]}), path),
            ".warc": lambda path: path.write_bytes(warc(b"one") * 2),
            ".txt": lambda path: path.write_bytes(b"one"),
        }
        plain = tmp_path / name.removesuffix(".gz")
        writers[plain.suffix](plain)
        if name.endswith(".gz"):
            (tmp_path / name).write_bytes(gzip.compress(plain.read_bytes()))
        system = fsspec.filesystem("memory")
        system.pipe(f"/little/{name}", (tmp_path / name).read_bytes())
        monkeypatch.setattr(type(system), "open", lambda _, path, mode: Little((tmp_path / Path(path).name).open(mode)))
        (entry,) = find([f"memory://little/{name}"])
        assert isinstance(entry, Input)
        assert texts(list(entry.records())) == ["one"] * (1 if name == "a.txt" else 2)
