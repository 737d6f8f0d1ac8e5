from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.raw import Cue, RawDocument
from cohesion_qda.formats.readers import spoken_json
from cohesion_qda.model.text import canonical
from tests.conftest import shared_data

PATH = Path("meeting.json")


def read(value: Any) -> RawDocument:
    written = value if isinstance(value, str) else json.dumps(value)
    return spoken_json.from_bytes(PATH, written.encode("utf-8", "surrogatepass"))


def cues(value: Any) -> tuple[Cue, ...]:
    return read(value).parts


HELLO = (Cue("Good evening.", "Ann"), Cue("Hi", "Ben"))


@pytest.mark.parametrize(
    "value",
    [
        [{"speaker": "Ann", "content": "Good evening."}, {"speaker": "Ben", "content": "Hi"}],
        {"topics": [{"topic": "x"}], "meeting_transcripts": [{"Speaker": "Ann", "Text": "Good evening."}, {"Speaker": "Ben", "Text": "Hi"}]},
        {"results": {"a": [[{"speaker_name": "Ann", "utterance": " Good \n evening. "}, {"speaker_name": "Ben", "utterance": "Hi"}]]}},
        [{"speaker": {"name": "Ann", "id": 3}, "text": "Good evening."}, {"speaker": {"name": "Ben"}, "text": "Hi", "note": None}],
        [{"participant": "Ann", "body": "Good evening.", "x": 1}, {"participant": "Ben", "body": "Hi"}, {"participant": "Ben", "body": " "}],
    ],
    ids=["list", "QMSum", "deep", "object", "empty text"],
)  # fmt: skip
def test_the_shapes_that_are_met(value):
    assert cues(value) == HELLO


def test_podcast_segments_with_times():
    value = {
        "version": "1.0.0",
        "segments": [{"speaker": "Darth Vader", "startTime": 0.5, "endTime": 0.75, "body": "I"}],
    }
    assert cues(value) == (Cue("I", "Darth Vader", 0.5),)


def test_whisper_with_its_words_and_without_speakers():
    words = [
        {"word": "Good", "start": 1.0, "speaker": "SPEAKER_00"},
        {"word": "evening.", "start": 1.5, "speaker": "SPEAKER_00"},
    ]
    segment = {"start": 1.0, "end": 2.0, "text": " Good evening.", "speaker": "SPEAKER_00", "words": words}
    assert cues({"segments": [segment], "word_segments": words}) == (Cue("Good evening.", "SPEAKER_00", 1.0),)
    plain = {
        "text": "Good evening. Hi",
        "segments": [{"id": 0, "start": 1.0, "text": " Good evening."}, {"id": 1, "start": 2.5, "text": " Hi"}],
    }
    assert cues(plain) == (Cue("Good evening.", "", 1.0), Cue("Hi", "", 2.5))


def test_utterances_are_read_and_not_their_words_one_by_one():
    words = [{"text": f"w{n}", "start": n * 100, "speaker": "A"} for n in range(30)]
    value = {
        "words": words,
        "utterances": [{"speaker": "A", "start": 60_000, "text": " ".join(w["text"] for w in words), "words": words}],
    }
    (cue,) = cues(value)
    assert (cue.label, cue.at) == ("A", 60.0)  # thousandths of seconds


TUESDAY = [{"speaker": "Ann", "text": "Good evening."}, {"speaker": "Ben", "text": "Hi, I came by bus."}]
THURSDAY = [{"speaker": "Carol", "text": "Good evening."}, {"speaker": "Dev", "text": "Hi."}]


@pytest.mark.parametrize(
    "value",
    [
        {"sessions": [{"title": "one", "turns": THURSDAY}, {"title": "two", "turns": TUESDAY}]},
        {"thursday": {"turns": THURSDAY}, "tuesday": {"turns": TUESDAY}},
        [THURSDAY, TUESDAY],
    ],
    ids=["alike", "by name", "lists of lists"],
)
def test_every_session_of_a_file_is_read_in_its_order(value):
    found = read(value)
    assert [(cue.label, cue.text) for cue in found.parts] == [
        ("Carol", "Good evening."), ("Dev", "Hi."), ("Ann", "Good evening."), ("Ben", "Hi, I came by bus."),
    ]  # fmt: skip
    assert found.warnings == ("The file holds 2 lists of who says what; they were read one after the other.",)


def test_a_list_of_another_kind_is_left_out_and_said():
    value = {"turns": TUESDAY, "chat": {"log": [{"from": "Eve", "message": "Is there a lift?"}]}}
    found = read(value)
    assert [cue.label for cue in found.parts] == ["Ann", "Ben"]
    assert found.warnings == ("1 other list of what is said was left out: “chat/log”.",)
    replies = [{**TUESDAY[0], "replies": [{"speaker": "Eve", "text": "And to you."}]}, TUESDAY[1]]
    assert read(replies).warnings == ("1 other list of what is said was left out: “*/replies”.",)


def test_what_is_said_again_word_by_word_is_read_once_and_not_mentioned():
    words = [{"speaker": "Ben", "text": word} for word in ("Hi", "I", "came")]
    for value in ({"words": words, "turns": TUESDAY}, {"turns": [TUESDAY[0], {**TUESDAY[1], "words": words}]}):
        found = read(value)
        assert ([cue.label for cue in found.parts], found.warnings) == (["Ann", "Ben"], ())


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (1, "Speaker 1"),
        (0, "Speaker 0"),
        (2.0, "Speaker 2"),
        ("3", "Speaker 3"),
        (" Ann  Lee ", "Ann Lee"),
        (None, ""),
        (True, ""),
    ],
)
def test_speakers_that_are_no_names(written, label):
    assert cues([{"speaker": written, "text": "Hi"}, {"speaker": "B", "text": "Yo"}])[0] == Cue("Hi", label)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (1, 1.0),
        (1.25, 1.25),
        ("00:01:02.5", 62.5),
        ("12.5", 12.5),
        ("3.2s", 3.2),
        (None, None),
        ("soon", None),
        (-1, None),
    ],
)
def test_times_of_every_sort(written, at):
    said = "I said so and I say it again, as often as you like, until the evening comes. " * 3
    assert (
        cues([{"speaker": "A", "text": said, "start": written}, {"speaker": "B", "text": "Hi", "start": 2}])[0].at == at
    )


def test_what_json_only_half_allows():
    assert cues('[{"speaker": "A", "text": "Hi", "start": NaN, "end": Infinity}]') == (Cue("Hi", "A"),)
    assert cues('[{"speaker": "A", "speaker": "B", "text": "Hi", "start": 1e999}]') == (Cue("Hi", "B"),)
    assert cues('\ufeff[{"speaker": "A\\ud83d", "text": "Hi \\ud83d there\\u0000", "start": %s}]' % ("9" * 5000)) == (
        Cue("Hi there", "A"),
    )


def test_a_speaker_who_goes_on_is_left_for_the_turn_before():
    value = [
        {"speaker": "A", "text": "Hi"},
        {"speaker": "", "text": "there"},
        {"text": "all"},
        {"speaker": "B", "text": "Yo"},
        {"speaker": "A", "text": "So"},
    ]
    assert [cue.label for cue in cues(value)] == ["A", "", "", "B", "A"]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            '{"turns": 115, "speakers": ["CA"]}',
            "meeting.json has no list of who says what. A list is read whose entries",
        ),
        ('[{"text": "one"}, {"text": "two"}]', "meeting.json has no list of who says what."),
        ('[{"name": "x", "value": "y"}]', "meeting.json has no list of who says what."),
        ("[]", "meeting.json has no list of who says what."),
        ("17", "meeting.json has no list of who says what."),
        ('[{"speaker": "A", "text": " "}]', "There is no text in meeting.json."),
        ('[{"speaker": "A",\n"text": "Hi', "meeting.json is not whole JSON: it breaks off or is damaged at line 2."),
        ("", "meeting.json is not whole JSON"),
        ("[" * 100_000, "meeting.json is nested too deep to be a list of who says what."),
    ],
    ids=["truth", "no speakers", "settings", "empty", "number", "no words", "truncated", "no bytes", "deep"],
)
def test_what_cannot_be_read_is_told(written, sentence):
    with pytest.raises(CannotReadSource) as caught:
        read(written)
    assert str(caught.value).startswith(sentence)
    assert caught.value.hint


def test_too_many_values_and_entries_are_told(monkeypatch):
    monkeypatch.setattr(spoken_json, "LINE_LIMIT", 2)
    with pytest.raises(CannotReadSource, match="has more than"):
        read([{"speaker": "A", "text": "Hi"}] * 3)
    monkeypatch.setattr(spoken_json, "_MOST_VALUES", 10)
    with pytest.raises(CannotReadSource, match="holds more than 10 values"):
        read([[]] * 20)


@pytest.mark.parametrize(("encoding"), ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding):
    written = json.dumps([{"speaker": "Zoë", "text": "Café, and more of it"}], ensure_ascii=False)
    assert spoken_json.from_bytes(PATH, written.encode(encoding)).parts == (Cue("Café, and more of it", "Zoë"),)


@pytest.mark.parametrize(("name", "turns", "speakers"), [("ES2004a", 320, 4), ("education_13", 133, 7)])
def test_real_meetings(name, turns, speakers):
    path = shared_data() / "transcripts" / "meetings" / f"{name}.json"
    found = spoken_json.from_bytes(path, path.read_bytes()).parts
    assert (len(found), len({cue.label for cue in found})) == (turns, speakers)


TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: canonical(text).strip())
LABELS = st.text("ABCdeé", min_size=1, max_size=12)


@given(
    st.lists(st.tuples(LABELS, TEXTS, st.none() | st.integers(0, 99)), min_size=1, max_size=20),
    st.sampled_from(["content", "Text", "utterance"]),
)
def test_any_list_comes_back(entries, name):
    value = {
        "meta": {"a": [1, 2]},
        "list": [{"speaker": label, name: text, "start": at} for label, text, at in entries],
    }
    wanted = [(label, text) for label, written, _at in entries if (text := " ".join(canonical(written).split()))]
    assert [(cue.label, cue.text) for cue in cues(value)] == wanted


TORN = json.dumps(
    {
        "segments": [
            {"speaker": "A", "start": 1.5, "text": "Hi \\ud83d"},
            {"speaker": None, "start": "0:02", "text": "Yes"},
        ]
    }
)


@given(st.integers(0, 2**32))
def test_damaged_files_are_read_or_told(seed):
    chance = random.Random(seed)
    data = bytearray(TORN.encode())
    for _time in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 5)] = bytes(chance.choices(b'{}[]":,0e-\\u\xff\0 tn', k=chance.randint(0, 5)))
    try:
        found = spoken_json.from_bytes(PATH, bytes(data))
    except CannotReadSource as error:
        assert error.hint
    else:
        assert all(part.text.strip() for part in found.parts)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["speaker", "text", "start", "name", "x"]), inner, max_size=4)
        ),
        max_leaves=30,
    )
)
def test_any_json_is_read_or_told(value):
    try:
        assert read(value).parts
    except CannotReadSource as error:
        assert error.hint
