from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Paragraph
from cohesion_qda.formats.readers import text
from cohesion_qda.model.source import HowToRead

WORDS = "Café: naïve “quotes”, 5 €.\nzweite Zeile: Straße\n"


def texts(path: Path) -> list[str]:
    return [part.text for part in text.from_bytes(path, path.read_bytes()).parts if isinstance(part, Paragraph)]


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"", "utf-8", "UTF-8"),
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (b"", "utf-16-le", "UTF-16"),
        (b"", "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    ],
)
def test_encodings_that_say_what_they_are(tmp_path, mark, codec, name):
    path = tmp_path / "a.txt"
    path.write_bytes(mark + WORDS.encode(codec))
    document = text.from_bytes(path, path.read_bytes())
    assert [p.text for p in document.parts] == WORDS.splitlines()
    assert (document.encoding, document.warnings) == (name, ())


def test_cp1252_is_a_question_and_is_not_told_a_second_time(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((WORDS * 3).encode("cp1252"))
    document = text.from_bytes(path, path.read_bytes())
    assert document.parts[0].text == "Café: naïve “quotes”, 5 €."
    assert (document.encoding, document.encoding_is_sure) == ("cp1252", False)
    assert document.encodings[0] == ("cp1252", "Café: naïve “quotes”, 5 €.\nzweite Zeile: Straße")
    assert document.warnings == ()


def test_one_stray_byte_in_ascii(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"One line.\r\nA caf\xe9 here.\r\n")
    document = text.from_bytes(path, path.read_bytes())
    assert [p.text for p in document.parts] == ["One line.", "A café here."]
    assert document.encoding == "cp1252"
    assert document.warnings == (
        "One character could not be read as usual; it was taken for “é”, in line 2. Check it.",
    )


def test_stray_bytes_among_utf8_leave_the_rest_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Größe und “mehr” – ja\n".encode() + b"\x93caf\xe9\n")
    document = text.from_bytes(path, path.read_bytes())
    assert [p.text for p in document.parts] == ["Größe und “mehr” – ja", "“café"]
    assert document.encoding == "UTF-8"
    assert document.warnings == (
        "2 characters could not be read as usual; the first was taken for “\u201c”, in line 2. Check them.",
    )


def test_a_damaged_place_in_utf16_is_shown(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF16_LE + "A long enough line to be read.".encode("utf-16-le") + b"\x00\xd8")
    assert text.from_bytes(path, path.read_bytes()).warnings == (
        "One place could not be read and is shown as “\ufffd”.",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end(tmp_path, end):
    path = tmp_path / "a.txt"
    path.write_bytes(f"One.{end}Two.{end}{end}Three.{end}Four.{end}Five.".encode())
    assert texts(path) == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_empty_lines_set_paragraphs_apart(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One\nstill one.\n\nTwo.\n\nThree.", encoding="utf-8")
    assert texts(path) == ["One\nstill one.", "Two.", "Three."]


def test_markdown_escapes_are_undone(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("Well \\[laughs\\] it\\'s \\*so\\*", encoding="utf-8")
    assert texts(path) == ["Well [laughs] it\\'s *so*"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \n\t\xef\xbb\xbf\n", "There is no text in a.txt."),
        (codecs.BOM_UTF8, "There is no text in a.txt."),
        (bytes(range(32)) * 20, "a.txt is not a text file. Open it in the program it was made with and save it as"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 40, "a.txt looks like UTF-16, but most of it is damaged."),
        (b"\xed\xa0\x80" * 40, "a.txt looks like UTF-8, but most of it is damaged."),
        (
            b"x" * 1_000_001 + b"\n",
            "a.txt has a line of more than 1000000 characters. Begin a new line wherever another person speaks",
        ),
    ],
)
def test_what_cannot_be_read(content, sentence):
    with pytest.raises(CannotReadSource) as raised:
        text.from_bytes(Path("a.txt"), content)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_too_many_lines(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x\n" * 2_000_000, encoding="utf-8")
    with pytest.raises(CannotReadSource, match=r"a.txt has more than 200000 lines\. Split it into smaller files\."):
        text.from_bytes(path, path.read_bytes())


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_sentence(data):
    try:
        document = text.from_bytes(Path("a.txt"), data)
    except CannotReadSource:
        return
    assert all("\r" not in part.text for part in document.parts)


def test_captions_that_were_saved_as_text_are_read_as_captions():
    document = text.from_bytes(Path("a.txt"), b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Asha>The park.\n")
    assert [(cue.label, cue.text, cue.at) for cue in document.parts] == [("Asha", "The park.", 1.0)]


def test_what_a_person_says_of_the_encoding_counts():
    document = text.from_bytes(Path("a.txt"), "Да, конечно.".encode("cp1251"), HowToRead(encoding="cp1251"))
    assert (document.parts[0].text, document.encoding, document.encoding_is_sure) == ("Да, конечно.", "cp1251", True)
    assert "cp1252" in dict(document.encodings)
