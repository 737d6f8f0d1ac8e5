"""A transcript's own headings: they are nobody's speech, and they give sections."""

from __future__ import annotations

import pytest
from test_speakers import check, draft, said

from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import SourceDraft

ROUND = "GA: What?\nTN1: A.\nGA: So?\nTN1: B."


def titles(found: SourceDraft) -> list[str]:
    for section in found.sections:
        assert found.text[section.start :].startswith(section.title)
        assert not any(turn.span.start <= section.start < turn.span.end for turn in found.turns)
    return [section.title for section in found.sections]


@pytest.mark.parametrize(
    "some",
    [
        ("Question 3: The parks", "Question 4: The shops"),
        ("Q3.", "Q4."),
        ("Q1 – What does it mean?", "Q2 – Who helps?"),
        ("SECTION 1 – WELCOME", "SECTION 2 – PARKS"),
        ("Topic 1", "Topic 2"),
        ("Theme: Belonging", "Theme: Trust"),
        ("Part I: Before", "Part II: After"),
        ("Question 1a: Parks", "Question 1b: Shops"),
        ("# Parks", "# Shops"),
        ("## Question 1 ##", "## Question 2 ##"),
    ],
)
def test_headings_of_one_form_in_order_are_sections(some: tuple[str, str]) -> None:
    shown = [title.strip("# ") for title in some]
    found = draft(f"A title\n{some[0]}\n{ROUND}\n{some[1]}\n{ROUND}")
    assert titles(found) == shown
    assert said(found) == said(draft(f"{ROUND}\n{ROUND}"))
    assert found.warnings == ()
    later = draft(f"{ROUND}\n{some[0]}\n{ROUND}\n{some[1]}\n{ROUND}")
    assert titles(later) == shown


@pytest.mark.parametrize(
    "some",
    [
        ("Question 3: The parks", "Nothing more."),  # one is no form
        ("Topic 2", "Topic 1"),  # not in order
        ("Part of it was good.", "Part of it was bad."),
        ("Topics are many.", "Topic 1 was what I liked best of all of them."),
        ("(Question 1: whispered)", "(Question 2: whispered)"),
    ],
)
def test_lines_that_are_no_headings_are_still_speech(some: tuple[str, str]) -> None:
    found = draft(f"{ROUND}\n{some[0]}\n{ROUND}\n{some[1]}\nGA: Thanks.")
    assert titles(found) == []
    assert "\n".join(some[:1]) in found.text


def test_headings_that_the_file_calls_so() -> None:
    parts = [Paragraph("Focus group 1", heading=1), Paragraph("Date: 3 May"), Paragraph("Parks", heading=2)]
    parts += [Paragraph(line) for line in ROUND.split("\n")]
    parts += [Paragraph("Shops", heading=2), Paragraph("TN1", heading=3), Paragraph("C.")]
    parts += [Paragraph("After that, the group had tea."), Paragraph("Buses", heading=2), Paragraph("A remark.")]
    parts += [Paragraph(line) for line in ROUND.split("\n")]
    found = check(segment(RawDocument(tuple(parts)), "a"))
    assert titles(found)[0] == "Parks"
    assert {"Shops", "Buses"} <= set(titles(found))
    assert not any("A remark" in speech for _label, speech in said(found))
    assert "count" in " ".join(found.warnings)


def test_a_heading_that_is_a_name_is_a_label() -> None:
    found = draft("\n\n".join(f"### {label}\n\n{speech}" for label, speech in
                              [("GA", "What is it?"), ("TN1", "A park."), ("GA", "So?"), ("TN1", "Yes, it is.")]))  # fmt: skip
    assert said(found) == [("GA", "What is it?"), ("TN1", "A park."), ("GA", "So?"), ("TN1", "Yes, it is.")]
    assert titles(found) == []


def test_a_document_has_its_headings_for_sections() -> None:
    parts = [Paragraph("Strategy", heading=1)]
    parts += [
        p
        for n in (1, 2, 3)
        for p in (Paragraph(f"Aim {n}", heading=2), Paragraph("To do well."), Paragraph("And more."))
    ]
    found = check(segment(RawDocument(tuple(parts)), "a"))
    assert (titles(found), found.kind) == (["Strategy", "Aim 1", "Aim 2", "Aim 3"], "document")


def test_a_document_all_of_headings_has_none() -> None:
    parts = tuple(Paragraph(f"This is line {n} of it.", heading=1) for n in range(20))
    assert segment(RawDocument(parts), "a").sections == ()
