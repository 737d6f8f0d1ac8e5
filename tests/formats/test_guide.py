"""A moderator's guide: its questions, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.guide import AT_MOST, plain, questions_in, read_guide

GUIDE = """# Topic guide: community cohesion

**Welcome** (5 minutes)

Introduce yourself. Remember to start the recorder.
Moderator: read out the consent sheet.

## Section 1: Getting on

1. What does a community that gets on well together mean to you? (10 mins)
   - Probe: who is in it, who is not?
2. What brings people together **round here**?

Q3) What gets in the way? What keeps people apart?

* Tell me about your neighbours.
* Flipchart

## 4. Close
Question 4: If you could change one thing, what would it be?
Thank everybody.
"""
QUESTIONS = [
    "What does a community that gets on well together mean to you?",
    "What brings people together round here?",
    "What gets in the way? What keeps people apart?",
    "Tell me about your neighbours.",
    "If you could change one thing, what would it be?",
]


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_only_the_questions_of_a_guide_are_taken(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"guide{ending}"
    path.write_text(GUIDE, encoding="utf-8")
    assert read_guide(path) == QUESTIONS


def test_a_guide_in_word(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Topic guide", 1)
    document.add_paragraph("Welcome everybody.")
    document.add_paragraph(QUESTIONS[0], style="List Number")
    document.add_paragraph(f"b) {QUESTIONS[1]}", style="List Bullet")
    document.save(str(tmp_path / "guide.docx"))
    assert read_guide(tmp_path / "guide.docx") == QUESTIONS[:2]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("1. Why?", "Why?"), ("1) Why?", "Why?"), ("(2) Why?", "Why?"), ("Q1: Why?", "Why?"), ("q 12 – Why?", "Why?"),
        ("Question 3. Why?", "Why?"), ("1.2.1 Why?", "Why?"), ("a) Why?", "Why?"), ("iv. Why?", "Why?"), ("3 Why?", "Why?"),
        ("• Why?", "Why?"), ("– Why?", "Why?"), ("☐ Why?", "Why?"), ("### Why?", "Why?"), ("__Why?__", "Why?"),
        ("Moderator: Why?", "Why?"), ("Why? [5–10 minutes]", "Why?"), ("  Why   so?\t", "Why so?"),
        ("10 years ago, what was it like?", "10 years ago, what was it like?"),
        ("2024: was it hard?", "2024: was it hard?"),
        ("A community: what is it?", "A community: what is it?"),
        ("I mix. Do you?", "I mix. Do you?"),
        ("Quick question: why?", "Quick question: why?"),
    ],
)  # fmt: skip
def test_numbers_and_bullets_are_left_out_and_words_are_not(line: str, question: str) -> None:
    assert plain(line) == question


def test_of_a_long_paragraph_the_sentences_that_ask_are_kept() -> None:
    talk = "Thank them all for coming and say once more that nothing will be held against them, whatever they say. " * 3
    assert plain(talk + "What do you like here? Wait. “And what not?”") == "What do you like here? “And what not?”"


def test_the_same_question_is_taken_once_and_one_that_says_nothing_never() -> None:
    assert questions_in(["Why here?", "2. WHY  here?", "?", " ", "Prompts: why?", "Describe it."]) == ["Why here?"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Welcome.\nThank you.\n", "No question was found in guide.txt"),
        ("".join(f"Why {n} so?\n" for n in range(AT_MOST + 1)), "81 questions, too many for a guide"),
        ("", "guide.txt"),
    ],
)
def test_what_is_no_guide_is_told_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "guide.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotReadSource, match=words) as caught:
        read_guide(path)
    assert caught.value.hint


def test_a_guide_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotReadSource, match=r"none\.txt"):
        read_guide(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("lines", "questions"),
    [
        ("1. Getting on with people|2) Neighbours|3. Food?", "Getting on with people|Neighbours|Food?"),
        ("Topic guide|1. Introductions and names|2. Why here?|3. Barriers", "Introductions and names|Why here?|Barriers"),
        ("1. Getting on|a) Why so?|2. Barriers|- Who is apart?|3. Close|Thanks", "Why so?|Who is apart?|Close"),
        ("1. Getting on|1.1 Why so?|1.2 Neighbours|2. End|Q1 Why not?", "Why so?|Neighbours|Why not?"),
        ("1. Names|- Probe: who?|10:15 Coffee|10 pens|# 2. Food|3. Work", "Names|Work"),
    ],
)  # fmt: skip
def test_numbered_topics_are_taken_and_headings_over_questions_are_not(lines: str, questions: str) -> None:
    assert questions_in(lines.split("|")) == questions.split("|")


@given(st.lists(st.text(max_size=60), max_size=8))
def test_whatever_is_typed_comes_out_as_plain_different_questions(lines: list[str]) -> None:
    found = questions_in(lines)
    assert len(set(found)) == len(found) <= len(lines)
    for question in found:
        assert question == " ".join(question.split())
        assert question in [plain(line) for line in lines]
