from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.captions import by_time
from cohesion_qda.formats.decoding import Decoded
from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument
from cohesion_qda.formats.readers import captions
from cohesion_qda.formats.readers.captions import from_decoded, looks_like_captions
from tests.conftest import shared_data

PATH = Path("group.vtt")
VTT, SRT = "WEBVTT\n\n", ""


def read(text: str) -> RawDocument:
    return from_decoded(PATH, Decoded(text, "UTF-8"))


def said(text: str) -> list[tuple[str, str]]:
    return [(cue.label, cue.text) for cue in read(text).parts]


def test_a_teams_recording():
    text = (
        "WEBVTT\n\n3f2c-1b/12-0\n00:00:03.230 --> 00:00:04.530\n<v Lee, Ann (Leeds)>Good evening\neveryone.</v>\n\n"
        "8f6c1c0e-4a83-4f6e-9a53-6f6c0c2b7a11/13-0\n00:00:05.000 --> 00:00:07.250\n<v Ben>Hi &amp; thanks.</v>\n"
    )
    assert read(text).parts == (
        Cue("Good evening everyone.", "Lee, Ann (Leeds)", 3.23),
        Cue("Hi & thanks.", "Ben", 5.0),
    )


def test_a_zoom_recording_keeps_the_names_in_its_text():
    text = (
        VTT
        + "1\n00:00:04.859 --> 00:00:07.410\nAnn Lee: Good evening.\n\n2\n00:00:09.540 --> 00:00:12.990\nand hello.\n"
    )
    assert said(text) == [("", "Ann Lee: Good evening."), ("", "and hello.")]


def test_subrip_with_its_tags_and_numbers():
    text = (
        '1\r\n00:00:01,500 --> 00:00:02,000 X1:40 X2:600\r\n{\\an8}<i>Ann:</i> So <font color="#fff">many</font>\r\n'
        "years\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n1984\r\n\r\n"
    )
    assert read(text).parts == (Cue("Ann: So many years", "", 1.5), Cue("1984", "", 2.0))


def test_notes_styles_regions_and_the_header_are_left_out():
    text = (
        "WEBVTT - the park group\nKind: captions\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n"
        "NOTE Confidence: 0.91\n\nNOTE\nAnn whispers here\nuntil the end\n\nintro\n00:01.000 --> 00:02.000 align:start position:0%\nHello\n"
    )
    found = read(text)
    assert found.parts == (Cue("Hello", "", 1.0),)
    assert found.warnings == ()


def test_a_note_of_a_person_is_told_of():
    text = VTT + "NOTE the next part was in Welsh\n\n00:01.000 --> 00:02.000\nHelo\n"
    assert read(text).warnings == ("A note between the captions was left out: “the next part was in Welsh”.",)


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("<v Ann>Hello</v> <v Ben>Hi</v>", [("Ann", "Hello"), ("Ben", "Hi")]),
        ("<v Ann>Hello\n<v.loud Ben>Hi there", [("Ann", "Hello"), ("Ben", "Hi there")]),
        ("<v Ann>Hello</v> (door)", [("Ann", "Hello"), ("", "(door)")]),
        (
            "<v R&amp;D team>We <i>did <b.x>it</b></i> <c.y.z>all</c><00:00:01.500> ourselves",
            [("R&D team", "We did it all ourselves")],
        ),
        ("<v ->Somebody else", [("", "Somebody else")]),
        ("<v>No name</v>", [("", "No name")]),
        ("- Hello\n- Hi", [("", "- Hello"), ("", "- Hi")]),
        ("- Ann: Hello\n- Ben: Hi\nthere", [("", "Ann: Hello"), ("", "Ben: Hi there")]),
        (">> ANN: Hello", [("", "ANN: Hello")]),
        ("5 < 6 and 7 > 2, <laughs> & so on", [("", "5 < 6 and 7 > 2, <laughs> & so on")]),
        ("&lt;i&gt; it&apos;s &#233;t&eacute;&nbsp;&amp;amp;", [("", "<i> it's été &amp;")]),
        ("one<br>two<br/>three", [("", "one two three")]),
        ("<v Ann", [("", "<v Ann")]),
    ],
)
def test_what_a_caption_says(written, pieces):
    assert said(f"{VTT}00:01.000 --> 00:02.000\n{written}\n") == pieces


def test_two_known_people_on_two_lines_of_one_caption():
    text = "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello\nBen: Hi\n\n2\n00:00:02,000 --> 00:00:03,000\nBen: It is\nthus: late\n"
    assert said(text) == [("", "Ann: Hello"), ("", "Ben: Hi"), ("", "Ben: It is thus: late")]


def test_times_of_every_sort():
    lines = {
        "00:01.5 --> 00:02.0": 1.5,
        "1:00:00.250 --> 1:00:01.000": 3600.25,
        "00:00:07,040 --> 00:00:08,000": 7.04,
        "0:0:9.1 --> 0:0:9.9": 9.1,
        "00:00:10:500 -> 00:00:11:000": 10.5,
        "00:00:12 --> 00:00:13": 12.0,
        "75:00.000 --> 75:01.000": 4500.0,
    }
    text = VTT + "".join(f"{line}\nword {n}\n\n" for n, line in enumerate(lines))
    assert sorted(cue.at for cue in read(text).parts) == sorted(lines.values())


def test_a_time_that_is_misspelt_costs_no_words():
    text = "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\n2\n00:00:0x,000 --> 00:00:03,000\nsecond\n\n3\n00:00:04,000 --> 00:00:05,000\nthird\n"
    found = read(text)
    assert [(cue.at, cue.text) for cue in found.parts] == [(1.0, "first"), (None, "second"), (4.0, "third")]
    assert found.warnings == ("The time of 1 caption could not be read; its words were kept.",)


def test_overlapping_captions_come_in_the_order_in_which_they_begin():
    text = (
        VTT
        + "00:08.070 --> 00:08.620\n<v A>OK?\n\n00:07.260 --> 00:10.120\n<v B>Long\n\n00:08.070 --> 00:09.000\n<v C>Yes\n"
    )
    assert said(text) == [("B", "Long"), ("A", "OK?"), ("C", "Yes")]


def test_a_second_recording_in_one_file_stays_behind_the_first():
    cues = [Cue(f"{n}", at=float(at)) for n, at in enumerate([1, 900, 2, 5, 3])]
    ordered, restarts = by_time(cues)
    assert ([cue.text for cue in ordered], restarts) == (["0", "1", "2", "4", "3"], 1)
    text = SRT + "".join(f"{n}\n00:{at}:01,000 --> 00:{at}:02,000\nx{n}\n\n" for n, at in enumerate(["00", "20", "00"]))
    assert read(text).warnings == (
        "The times begin again once, as of a second recording; the order of the file was kept there.",
    )


def test_captions_that_roll_are_said_once():
    lines = [f"line {word}" for word in ("one", "two", "three", "four", "five", "six")]
    text = "WEBVTT\nKind: captions\nLanguage: en\n\n" + f"00:00:00.000 --> 00:00:02.000\n \n{lines[0]}\n\n"
    for n in range(1, 6):
        text += f"00:00:0{n}.990 --> 00:00:0{n + 1}.000\n{lines[n - 1]}\n \n\n"
        text += (
            f"00:00:0{n + 1}.000 --> 00:00:0{n + 2}.990\n{lines[n - 1]}\nline<00:00:01.000><c> {lines[n][5:]}</c>\n\n"
        )
    found = read(text)
    assert [cue.text for cue in found.parts] == lines
    assert found.warnings == ("The captions roll: 10 lines that only repeat those before were left out.",)


def youtube(said: list[str]) -> str:
    """Captions as YouTube makes them: each cue shows the line before and a new one, of which every word has its time;
    between two cues the new line is held for a hundredth of a second. An empty line is one of a single blank.
    """
    text, before = "WEBVTT\nKind: captions\nLanguage: en\n", " "
    for n, line in enumerate(said):
        first, *rest = line.split()
        timed = first + "".join(f"<00:00:{2 * n:02}.{10 * m + 200:03}><c> {word}</c>" for m, word in enumerate(rest))
        text += f"\n00:00:{2 * n:02}.160 --> 00:00:{2 * n + 2:02}.150 align:start position:0%\n{before}\n{timed}\n"
        text += f"\n00:00:{2 * n + 2:02}.150 --> 00:00:{2 * n + 2:02}.160 align:start position:0%\n{line}\n \n"
        before = line
    return text


@pytest.mark.parametrize(
    "lines",
    [
        ["so what do people", "think about here"],
        ["so what do people", "think about here", "[Music]", "yeah", "yeah", "it is yeah", "the buses"],
    ],
    ids=["a moment", "longer"],
)
def test_youtubes_captions_give_each_word_once(lines):
    found = read(youtube(lines))
    assert [cue.text for cue in found.parts] == lines
    assert [cue.at for cue in found.parts] == [2 * n + 0.16 for n in range(len(lines))]
    as_srt = re.sub(r"<[^>]*>", "", youtube(lines)).replace(" align:start position:0%", "").partition("\n\n")[2]
    assert [cue.text for cue in read(as_srt).parts] == lines


def test_a_yes_that_is_said_twice_stays_twice():
    text = VTT + "".join(f"00:0{n}.000 --> 00:0{n}.500\n<v Ann>Yes.\n\n" for n in range(5))
    assert said(text) == [("Ann", "Yes.")] * 5


def test_names_above_the_words_as_teams_writes_them():
    text = "0:0:0.0 --> 0:0:3.110\nAnn Lee\nGood evening, all\n0:0:3.110 --> 0:0:4.0\nBen Oduya\nHi\n"
    assert said(text) == [("Ann Lee", "Good evening, all"), ("Ben Oduya", "Hi")]
    assert looks_like_captions(text)


def test_names_in_the_captions_identifiers_as_webex_writes_them():
    text = (
        VTT
        + '1 "Ann Lee" (2837492)\n00:00:01.000 --> 00:00:02.000\nHello\n\n2 "Ben" (99)\n00:00:02.000 --> 00:00:03.000\nHi\n'
    )
    assert said(text) == [("Ann Lee", "Hello"), ("Ben", "Hi")]


@pytest.mark.parametrize(
    ("sloppy", "words"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n2\n00:00:02,000 --> 00:00:03,000\nHi\n", ["Hello", "Hi"]),
        ("1\n\n00:00:01,000 --> 00:00:02,000\n\nHello\n\n2\n\n00:00:02,000 --> 00:00:03,000\n\nHi\n", ["Hello", "Hi"]),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nHello\n\nthere\n\n2\n00:00:02,000 --> 00:00:03,000\nHi\n",
            ["Hello there", "Hi"],
        ),
        ("00:00:01,000 --> 00:00:02,000\nHello\n\n00:00:02,000 --> 00:00:03,000\nHi", ["Hello", "Hi"]),
        ("\ufeff\n\n1\n00:00:01,000 --> 00:00:02,000\nHello", ["Hello"]),
        (VTT + "00:00:01.000 --> 00:00:02.000\n\nHello\n00:00:02.000 --> 00:00:03.000\nHi\n", ["Hello", "Hi"]),
        (VTT + "00:01.000 --> 00:02.000\nHello\n \n00:02.000 --> 00:03.000\nHi\n", ["Hello", "Hi"]),
        (VTT.strip() + "\n00:01.000 --> 00:02.000\nHello", ["Hello"]),
    ],
    ids=[
        "no gaps",
        "double spaced",
        "gap inside",
        "no numbers",
        "byte order mark",
        "early gap",
        "blank with space",
        "no gap after header",
    ],
)
def test_sloppy_files_lose_nothing(sloppy, words):
    assert [cue.text for cue in read(sloppy).parts] == words


def test_what_stands_before_the_first_caption_is_kept():
    assert read("The park group\n\n1\n00:00:01,000 --> 00:00:02,000\nHi\n").parts == (
        Paragraph("The park group"),
        Cue("Hi", "", 1.0),
    )


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.encode("utf-8-sig").replace(b"\n", b"\r\n"), "UTF-8"),
        (lambda text: text.encode().replace(b"\n", b"\r"), "UTF-8"),
        (lambda text: text.encode("cp1252"), "cp1252"),
    ],
    ids=["UTF-16", "BOM and CRLF", "CR", "cp1252"],
)
def test_encodings_and_line_ends(encoded, encoding):
    found = captions.from_bytes(PATH, encoded(VTT + "00:01.000 --> 00:02.000\n<v Zoë>Café déjà vu, naïve façade\n"))
    assert found.parts == (Cue("Café déjà vu, naïve façade", "Zoë", 1.0),)
    assert found.encoding == encoding
    assert found.encoding_is_sure == (encoding != "cp1252")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello, this is a letter.\n", "There are no captions in group.vtt: no line says when one begins and ends."),
        ("WEBVTT\n\nNOTE nothing\n", "There are no captions in group.vtt"),
        (" \n\n", "There is no text in group.vtt."),
        (VTT + "00:01.000 --> 00:02.000\n<i></i>\n", "There is no text in group.vtt."),
    ],
)
def test_a_file_without_captions_is_told(text, sentence):
    with pytest.raises(CannotReadSource) as caught:
        read(text)
    assert str(caught.value).startswith(sentence)


def test_too_many_lines_are_told(monkeypatch):
    monkeypatch.setattr(captions, "LINE_LIMIT", 10)
    with pytest.raises(CannotReadSource, match="has more than"):
        read("\n" * 11 + "a")
    with pytest.raises(CannotReadSource, match="has more than"):
        read(f"{VTT}00:01.000 --> 00:02.000\n{'<v A>a' * 11}")


def test_too_much_text_is_told(monkeypatch):
    monkeypatch.setattr(captions, "LIMIT", 1_000_000)
    with pytest.raises(CannotReadSource, match="larger than 1 MB"):
        read(f"{VTT}00:01.000 --> 00:02.000\n{'word ' * 200_000}")


@pytest.mark.parametrize(
    ("text", "is_captions"),
    [
        (VTT, True),
        ("WEBVTT FILE", True),
        ("WEBVTTX\n", False),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi\n", True),
        ("\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n", True),
        ("Ann: I wrote 00:00:01,000 --> 00:00:02,000 there.\nBen: Oh.\n", False),
        ("One\nTwo\nThree\n00:01.000 --> 00:02.000\nFour\n", False),
        ("", False),
    ],
)
def test_captions_are_known_whatever_the_ending_of_the_file(text, is_captions):
    assert looks_like_captions(text) == is_captions


@pytest.mark.parametrize(
    ("name", "cues", "labels"),
    [
        ("other/example.vtt", 7, {"Sarah", "Gillian"}),
        ("other/fishbowl_transcript.vtt", 264, {""}),
        ("other/teams_transcript.vtt", 13, {"Speaker, First (Student)", "Interviewer, First"}),
        ("containers/teams_v_tags.vtt", 115, {"CA", "GA", "TN1", "TN2", "TN3", "TN6"}),
        ("containers/srt_speaker_prefix.srt", 115, {""}),
    ],
)
def test_real_captions(name, cues, labels):
    path = shared_data() / "transcripts" / name
    found = captions.from_bytes(path, path.read_bytes()).parts
    assert len(found) == cues
    assert {cue.label for cue in found} == labels
    starts = [cue.at for cue in found]
    assert starts == sorted(starts)


LABELS = st.text("ABCdeé ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
LINES = st.lists(st.text("abcé&<>:\"' -", min_size=1, max_size=20), min_size=1, max_size=3)


def _stamp(at: int, mark: str) -> str:
    return f"{at // 3_600_000:02}:{at // 60_000 % 60:02}:{at // 1000 % 60:02}{mark}{at % 1000:03}"


@given(st.lists(st.tuples(st.integers(0, 10**7), LABELS, LINES), min_size=1, max_size=20), st.booleans(), st.booleans())
def test_any_captions_come_back(cues, has_numbers, gaps):
    """Times, voices and words as they were written, in the order of time."""
    text = VTT
    for number, (at, label, lines) in enumerate(sorted(cues, key=lambda cue: cue[0]), 1):
        escaped = "\n".join(f"x{line}".replace("&", "&amp;").replace("<", "&lt;") for line in lines)
        text += (
            f"{number}\n" * has_numbers
            + f"{_stamp(at, '.')} --> {_stamp(at + 1, '.')}\n<v {label}>{escaped}</v>\n"
            + "\n" * gaps
        )
        text += "" if gaps or has_numbers else "\n"
    wanted = [
        (at / 1000, label, " ".join(" ".join(f"x{line}" for line in lines).split()))
        for at, label, lines in sorted(cues, key=lambda cue: cue[0])
    ]
    assert [(cue.at, cue.label, cue.text) for cue in read(text).parts] == wanted


TORN = (
    VTT
    + "NOTE a\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ann>Hi &amp; <i>you</i>\n- Ben: No\n\n2\n00:00:02,000 --> 00:00:03,000\n{\\an8}Ann: Yes\n"
)


@given(st.integers(0, 2**32), st.binary(max_size=40))
def test_damaged_captions_are_read_or_told(seed, junk):
    chance = random.Random(seed)
    data = bytearray(TORN.encode())
    for _time in range(chance.randint(0, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 6)] = bytes(chance.choices(b"<>&:;-\n\r 0v\xff\0", k=chance.randint(0, 6)))
    data[chance.randrange(len(data)) : 0] = junk
    try:
        found = captions.from_bytes(PATH, bytes(data))
    except CannotReadSource as error:
        assert error.hint
    else:
        assert all(part.text.strip() for part in found.parts)
