from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.resources import sample_folder
from cohesion_qda.formats.decoding import decode
from cohesion_qda.formats.wrapped import rejoined
from cohesion_qda.model.text import canonical
from tests.conftest import shared_data

LONG = (
    "I think people round here look out for each other, and when the buses stop at six you see who is left "
    "waiting, and somebody always offers a lift. It is not the council doing that, it is us, because the park "
    "and the market are where you meet."
)
words = st.lists(st.sampled_from(sorted(set(LONG.replace(".", "").split()))), min_size=20, max_size=80)


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)


@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
@pytest.mark.parametrize("gap", [[], [""]])
def test_turns_that_were_broken_at_a_width_are_whole_again(width, gap):
    turns = [f"{name}: {LONG}" for name in ("Asha", "Mod", "Asha", "Mod")] + ["Mod: Why?", f"Asha: {LONG}"]
    lines = [line for turn in turns for line in (*wrapped(turn, width), *gap)]
    assert [line for line in rejoined(lines) if line] == turns


def test_hanging_lines_are_joined_too():
    lines = [line for _again in range(4) for line in textwrap.wrap(f"Asha:   {LONG}", 72, subsequent_indent=" " * 8)]
    assert [" ".join(line.split()) for line in rejoined(lines)] == [f"Asha: {LONG}"] * 4


@pytest.mark.parametrize(
    "line",
    [
        "Mod: And you?",
        "P1 said",
        "[laughs]",
        "(all talk)",
        "17:30",
        "1. The park",
        "– No.",
        "GA. Yes",
        "Mod\tYes",
        "Ben",
    ],
)
def test_nothing_is_joined_to_what_may_begin_anew(line):
    full = ("somebody said that it is us and not them who keep the valley as it is " * 10)[:-1]
    lines = [*wrapped(full, 72), "and that was the very last that anybody ever said about all of it then.", line]
    assert rejoined(lines)[-1] == line
    assert len(rejoined(lines)) < len(lines)


def test_a_word_broken_at_its_hyphen_gets_no_space():
    lines = [
        *wrapped(LONG * 3, 60)[:-1],
        "and it was of course the very best and of the most well-",
        "known park there.",
    ]
    assert "well-known park" in rejoined(lines)[-1]


def test_lines_of_their_own_stay():
    answers = ["The park is where everybody is on a Saturday.", "Buses.", "I would say the school gate, or the market."]
    assert rejoined(answers * 6) == answers * 6
    unfinished = ["well it is the park", "the buses I suppose they stop at six", "yeah and nobody goes there now"]
    assert rejoined(unfinished * 8) == unfinished * 8


@given(st.lists(words, min_size=6, max_size=12), st.integers(45, 110))
def test_paragraphs_come_back_whole(paragraphs, width):
    written = ["oh " + " ".join(paragraph).lower() + "." for paragraph in paragraphs]
    lines = [line for text in written for line in (*wrapped(text, width), "")]
    found = rejoined(lines)
    assert " ".join(" ".join(found).split()) == " ".join(written)
    if sum(map(bool, lines)) >= 3 * len(written):
        assert [line for line in found if line] == written


@given(st.lists(st.text("ab .:A\t1", max_size=90), max_size=40))
def test_no_word_is_lost_or_moved(lines):
    assert "".join("".join(rejoined(lines)).split()) == "".join("".join(lines).split())


def test_the_sample_and_the_real_transcripts_stay_as_they_are():
    paths = [path for path in sample_folder().iterdir() if path.suffix in (".txt", ".md")]
    paths += [path for path in (shared_data() / "transcripts").rglob("*") if path.suffix in (".txt", ".md")]
    for path in paths:
        lines = canonical(decode(path, path.read_bytes()).text).split("\n")
        assert rejoined(lines) == [line.strip() for line in lines], path.name
