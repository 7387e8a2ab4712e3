"""Bytes, files and folders to records, and failures in their place."""

import gzip
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.core.errors import SourceError, UsageError
from factparse.sources.decode import decode, without_surrogates
from factparse.sources.files import Input, find, format_named
from factparse.sources.record import Outcome, Record
from tests.made import read_records


def records(outcomes: list[Outcome]) -> list[Record]:
    assert all(isinstance(outcome, Record) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Record)]


def failures(outcomes: list[Outcome]) -> list[tuple[str | None, int | None, str]]:
    return [(o.source, o.line, o.code) for o in outcomes if isinstance(o, SourceError)]


class TestDecode:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_a_byte_order_mark_names_the_encoding(self, encoding: str) -> None:
        assert decode("Curaçao – ‏Åland 𝟛".encode(encoding)) == ("Curaçao – ‏Åland 𝟛", ())

    @pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
    def test_big_endian(self, encoding: str) -> None:
        assert decode("\ufeffCuraçao".encode(encoding)) == ("Curaçao", ())

    def test_invalid_bytes_are_replaced_and_told_with_their_offset(self) -> None:
        text, (remark,) = decode("Ålan".encode() + b"\xff\xfe d\xc3")
        assert text == "Ålan\ufffd\ufffd d\ufffd"
        assert (remark.code, remark.span) == ("invalid-bytes", (4, 5))
        assert "at byte 5;" in remark.message
        assert "3 sequences" in remark.message

    def test_a_mark_counts_in_the_byte_offset(self) -> None:
        _, (remark,) = decode(b"\xef\xbb\xbfab\xff")
        assert "at byte 5;" in remark.message
        assert remark.span == (2, 3)

    def test_replacement_characters_that_were_there_are_not_counted(self) -> None:
        _, (remark,) = decode("\ufffd\ufffd".encode() + b"\xff")
        assert "1 sequence of" in remark.message

    def test_half_a_utf16_character(self) -> None:
        text, (remark,) = decode("ab".encode("utf-16") + b"x")
        assert text == "ab\ufffd"
        assert remark.message.startswith("not valid UTF-16 at byte 6")

    def test_nul_characters_are_told(self) -> None:
        text, (remark,) = decode(b"a\0b\0")
        assert text == "a\0b\0"
        assert (remark.code, remark.span) == ("nul-characters", (1, 2))

    @given(st.binary(max_size=64))
    def test_any_bytes_give_writable_text(self, data: bytes) -> None:
        text, remarks = decode(data)
        assert without_surrogates(text)[0].encode("utf-8") is not None
        assert all(r.span is None or 0 <= r.span.start <= r.span.end <= max(len(text), 1) for r in remarks)

    def test_lone_surrogates(self) -> None:
        text, (remark,) = without_surrogates("a\ud83db\udc00")
        assert text == "a\ufffdb\ufffd"
        assert (remark.code, remark.span) == ("lone-surrogate", (1, 2))


class TestFiles:
    def test_text_is_one_record_and_keeps_its_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_bytes(b"a\r\nb\rc\n")
        (record,) = records(read_records(path))
        assert (record.text, record.name, record.html) == ("a\r\nb\rc\n", str(path), False)

    @pytest.mark.parametrize("name", ["page.html", "page.HTM", "page.html.gz"])
    def test_html(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(gzip.compress(b"<p>") if name.endswith("gz") else b"<p>")
        assert [(record.text, record.html) for record in records(read_records(path))] == [("<p>", True)]

    def test_a_named_file_is_read_whatever_its_suffix(self, tmp_path: Path) -> None:
        path = tmp_path / "page.dat"
        path.write_text("text")
        assert records(read_records(path))[0].text == "text"

    def test_a_form_overrides_the_name(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_text('{"text": "inside"}')
        (found,) = find([path], form="jsonl")
        assert isinstance(found, Input)
        assert [record.text for record in records(list(found.records()))] == ["inside"]

    def test_an_unknown_form_is_refused(self) -> None:
        with pytest.raises(UsageError, match=r"the formats are .*htm, html, .*jsonl"):
            format_named("docx")

    def test_members_of_a_gzip_file_are_joined(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
        assert records(read_records(path))[0].text == "one two"

    @pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: b"not gzip", lambda data: data[:20] + data])
    def test_a_broken_gzip_file_is_one_failure(self, tmp_path: Path, spoil: object) -> None:
        assert callable(spoil)
        path = tmp_path / "page.txt.gz"
        path.write_bytes(spoil(gzip.compress(os.urandom(1000))))
        assert failures(read_records(path)) == [(str(path), None, "unreadable")]

    def test_a_folder_gives_known_files_sorted(self, tmp_path: Path) -> None:
        for name in ("b/2.txt", "b/1.txt", "a/page.html", "z.jsonl.gz", "golden.yaml", "notes.md", "golden.tree"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("")
        found = [Path(entry.name).relative_to(tmp_path) for entry in find([tmp_path]) if isinstance(entry, Input)]
        assert [path.as_posix() for path in found] == ["z.jsonl.gz", "a/page.html", "b/1.txt", "b/2.txt"]

    def test_links_in_a_circle_end(self, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text("text")
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
        assert [entry.name for entry in find([tmp_path]) if isinstance(entry, Input)] == [str(tmp_path / "page.txt")]

    def test_an_empty_folder_is_a_failure(self, tmp_path: Path) -> None:
        (found,) = find([tmp_path])
        assert isinstance(found, SourceError)
        assert (found.code, found.source) == ("no-inputs", str(tmp_path))

    def test_what_does_not_exist_is_told_before_anything_is_read(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="no such file or folder"):
            next(find(["-", tmp_path / "absent"]))

    def test_a_folder_that_cannot_be_listed_costs_no_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "closed").mkdir()
        (tmp_path / "open").mkdir()
        (tmp_path / "open" / "page.txt").write_text("text")
        scan = os.scandir

        def refuse(path: str) -> Iterator[os.DirEntry[str]]:
            if str(path).endswith("closed"):
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        found = list(find([tmp_path]))
        assert [entry.name for entry in found if isinstance(entry, Input)] == [str(tmp_path / "open" / "page.txt")]
        assert [str(entry) for entry in found if isinstance(entry, SourceError)] == [
            f"{tmp_path / 'closed'}: the folder cannot be listed: permission denied [unreadable]"
        ]

    def test_a_file_that_went_away_is_a_failure(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.symlink_to(tmp_path / "nowhere")
        assert failures(read_records(path)) == [(str(path), None, "unreadable")]

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"typed")))
        (found,) = find(["-"])
        assert isinstance(found, Input)
        (record,) = records(list(found.records()))
        assert (record.text, record.name) == ("typed", "standard input")


class TestJsonLines:
    def write(self, folder: Path, data: bytes) -> Path:
        path = folder / "dump.jsonl"
        path.write_bytes(data)
        return path

    def test_a_record_a_line(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, b'{"text": "one", "url": "http://example.org"}\n\n{"text": "two"}')
        one, two = records(read_records(path))
        assert (one.text, one.number, one.line, one.url) == ("one", 0, 1, "http://example.org")
        assert (two.text, two.number, two.line, two.url) == ("two", 2, 3, None)

    def test_another_key(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, b'{"content": "one"}\n')
        assert records(read_records(path, text_key="content"))[0].text == "one"

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b"not json", "bad-json"),
            (b'{"text": "cut', "bad-json"),
            (b"[" * 100_000, "bad-json"),
            (b'["text"]', "bad-record"),
            (b'{"text": 5}', "bad-record"),
            (b'{"text": null}', "bad-record"),
            (b'{"body": "x"}', "missing-key"),
            (b"\x00\x01\x02", "bad-json"),
        ],
    )
    def test_a_broken_line_is_named_and_the_rest_read(self, tmp_path: Path, line: bytes, code: str) -> None:
        path = self.write(tmp_path, b'{"text": "one"}\n' + line + b'\n{"text": "two"}\n')
        outcomes = read_records(path)
        assert failures(outcomes) == [(str(path), 2, code)]
        assert [outcome.text for outcome in outcomes if isinstance(outcome, Record)] == ["one", "two"]

    def test_a_missing_key_says_which_there_are(self, tmp_path: Path) -> None:
        (failure,) = read_records(self.write(tmp_path, b'{"body": "x", "id": 1}'))
        assert "its keys: body, id" in str(failure)
        assert "--text-key" in str(failure)

    def test_invalid_bytes_and_half_pairs_are_remarked(self, tmp_path: Path) -> None:
        bad, half = records(read_records(self.write(tmp_path, b'{"text": "a\xff"}\n{"text": "\\ud800"}\n')))
        assert (bad.text, [remark.code for remark in bad.diagnostics]) == ("a\ufffd", ["invalid-bytes"])
        assert (half.text, [remark.code for remark in half.diagnostics]) == ("\ufffd", ["lone-surrogate"])

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_marks(self, tmp_path: Path, encoding: str) -> None:
        path = self.write(tmp_path, '{"text": "ü"}\n{"text": "ö"}\n'.encode(encoding))
        assert [record.text for record in records(read_records(path))] == ["ü", "ö"]

    def test_a_truncated_gzip_file_gives_what_was_read_and_one_failure(self, tmp_path: Path) -> None:
        path = tmp_path / "dump.jsonl.gz"
        lines = b"".join(b'{"text": "%d"}\n' % i for i in range(20_000))
        path.write_bytes(gzip.compress(lines)[:-4000])
        outcomes = read_records(path)
        assert [failure[2] for failure in failures(outcomes)] == ["unreadable"]
        assert len(outcomes) > 1000
