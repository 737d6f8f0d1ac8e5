"""Nothing is decoded silently: what the bytes do not say is asked."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, CannotReadSource
from cohesion_qda.formats.decoding import OFFERED, decode

PATH = Path("a.txt")


def test_bytes_that_are_no_utf8_are_a_question_with_cp1252_first():
    found = decode(PATH, "Moderator: schön.\nAnna: für €5, “ja”.\n".encode("cp1252") * 4)
    assert found.text.startswith("Moderator: schön.\nAnna: für €5, “ja”.")
    assert (found.encoding, found.is_sure) == ("cp1252", False)
    names = [name for name, _lines in found.choices]
    assert names[0] == "cp1252"
    assert "GB18030" not in names, "these bytes cannot be Chinese"
    assert "cp1250" not in names, "it reads as cp1252 does"
    assert dict(found.choices)["cp1251"] == "Moderator: schцn.\nAnna: fьr Ђ5, “ja”."


def test_encodings_that_read_alike_are_offered_once():
    found = decode(PATH, "Une tasse de café.".encode("latin-1"))
    readings = [lines for _name, lines in found.choices]
    assert len(readings) == len(set(readings))
    assert readings[0] == "Une tasse de café."


@pytest.mark.parametrize(
    ("written", "codec", "name"),
    [
        ("Что объединяет людей?\nАнна: Парк.", "cp1251", "cp1251"),
        ("何が人を結びつけますか。\n公園です。", "shift-jis", "Shift-JIS"),
        ("是什么让人们团结在一起？\n公园。", "gb18030", "GB18030"),
        ("Co łączy ludzi? Żółty park.", "cp1250", "cp1250"),
        ("ما الذي يجمع الناس؟\nالحديقة.", "cp1256", "cp1256"),
        ("İnsanları ne birleştirir? Ağaçlar.", "cp1254", "cp1254"),
    ],
)
def test_the_right_encoding_is_among_those_offered_and_is_taken_when_chosen(written, codec, name):
    data = written.encode(codec)
    assert dict(decode(PATH, data).choices)[name] == written
    assert decode(PATH, data, name).text == written


def test_the_doubtful_lines_are_shown_and_cut_to_the_place():
    lines = [b"plain words", b"x" * 200 + b" caf\xe9 " + b"y" * 200, b"no more", b"na\xefve", b"caf\xe9 again"]
    (name, shown), *_others = decode(PATH, b"\r".join(lines)).choices
    assert name == "cp1252"
    assert shown.split("\n") == ["…" + "x" * 26 + " café " + "y" * 48 + "…", "naïve"]


def test_stray_bytes_among_utf8_are_a_choice_of_their_own():
    found = decode(PATH, "Größe und “mehr” – ja\n".encode() * 5 + b"\x93caf\xe9\n")
    assert (found.encoding, found.is_sure) == ("UTF-8", False)
    assert found.text.endswith("– ja\n“café\n")
    assert [name for name, _lines in found.choices][:2] == ["UTF-8", "cp1252"]
    assert found.choices[0][1].split("\n")[0] == "“café"


def test_halves_of_pairs_are_put_together_and_lone_ones_shown():
    whole = decode(PATH, "the park \ud83d\ude00 there".encode("utf-8", "surrogatepass"))
    assert (whole.text, whole.encoding, whole.warnings) == ("the park 😀 there", "UTF-8", ())
    lone = decode(PATH, ("the park is long enough " + "\ud83d there").encode("utf-8", "surrogatepass"))
    assert lone.text == "the park is long enough \ufffd there"
    assert lone.warnings == ("One place could not be read and is shown as “\ufffd”.",)
    utf16 = decode(PATH, "the park is long enough \ud83d there".encode("utf-16-le", "surrogatepass"))
    assert (utf16.encoding, utf16.text) == ("UTF-16", "the park is long enough \ufffd there")


def test_nul_characters_are_left_out_with_a_word():
    assert decode(PATH, b"The park is\0 lovely, and so on and so on.").warnings == (
        "1 NUL character, which no text holds, was left out.",
    )


def test_a_named_encoding_that_does_not_fit():
    with pytest.raises(CannotReadSource, match=r"a.txt is not written in UTF-16\. Choose another encoding\."):
        decode(PATH, "schön".encode("cp1252") * 3 + b"\xd8\xd8" * 9, "UTF-16")
    found = decode(PATH, b"caf\xe9 and more of what they said", "UTF-8")
    assert found.text == "café and more of what they said"
    assert found.warnings[0].startswith("One character could not be read as usual; it was taken for “é”, in line 1.")
    assert decode(PATH, b"a caf\x81 and so on and so on and on", "cp1252").warnings == (
        "One place could not be read and is shown as “\ufffd”.",
    )


@pytest.mark.parametrize(
    "name", ["klingon", "rot13", "base64", "idna", "punycode", "unicode_escape", "undefined", "a\0b"]
)
def test_an_encoding_that_nobody_knows(name):
    with pytest.raises(BadInput, match=r"There is no encoding called “.*”\. Use UTF-8, UTF-16 or one of cp1252, "):
        decode(PATH, b"caf\xe9", name)


def test_a_named_encoding_of_a_file_that_is_sure_can_be_taken_back():
    data = "schön".encode()
    wrong = decode(PATH, data, "cp1252")
    assert wrong.text == "schÃ¶n"
    assert wrong.choices[0] == ("UTF-8", "schön")
    assert decode(PATH, data, "UTF-8").text == "schön"
    assert decode(PATH, codecs.BOM_UTF8 + data, "UTF-8").text == "schön"
    assert decode(PATH, "schön".encode("utf-16"), "UTF-16").text == "schön"
    assert decode(PATH, "schön".encode("utf-16-be"), "UTF-16").text == "schön"


@given(st.text(st.characters(exclude_characters="\0"), min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_is_read(written, codec):
    data = written.encode(codec, "ignore")
    try:
        found = decode(PATH, data)
    except CannotReadSource:
        return
    if codec != "utf-8":
        assert found.text == data.decode(codec)
        assert found.warnings == ()


@given(st.binary(max_size=300), st.sampled_from(["", "UTF-8", "UTF-16", *OFFERED]))
def test_any_bytes_are_text_or_a_sentence_and_every_choice_can_be_chosen(data, name):
    try:
        found = decode(PATH, data, name)
    except CannotReadSource:
        return
    assert found.is_sure or found.choices[0][0] == found.encoding
    for choice, _lines in found.choices:
        try:
            assert decode(PATH, data, choice).encoding == choice
        except CannotReadSource as error:
            assert error.message == f"a.txt is not written in {choice}."
