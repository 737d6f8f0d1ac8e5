from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import archive, paragraph, run, table
from made_files import document as word_document

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.readers import docx, text
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import canonical, trimmed


def draft(written: str, suffix: str = ".txt") -> SourceDraft:
    return check(segment(text.from_bytes(Path("a" + suffix), written.encode()), "a"))


def word(*parts: str) -> SourceDraft:
    return check(segment(docx.from_bytes(Path("a.docx"), archive({"word/document.xml": word_document(*parts)})), "a"))


def check(found: SourceDraft) -> SourceDraft:
    """What holds for every draft: canonical text, turns in order, apart, inside, without white space at the ends."""
    assert canonical(found.text) == found.text
    at = 0
    for turn in found.turns:
        assert at <= turn.span.start < turn.span.end <= len(found.text)
        assert trimmed(found.text, turn.span) == turn.span
        at = turn.span.end
    assert set(found.roles) == {turn.label for turn in found.turns}
    return found


def said(found: SourceDraft) -> list[tuple[str, str]]:
    return [(turn.label, turn.span.of(found.text)) for turn in found.turns]


def timed(found: SourceDraft) -> list[tuple[str, float | None, str]]:
    return [(turn.label, turn.at, turn.span.of(found.text)) for turn in found.turns]


TALK = [
    ("Moderator", "Shall we begin? What does it mean to you?"),
    ("Anna", "People who talk to each other."),
    ("Bilal", "Yes, and help out."),
    ("Anna", "I agree."),
    ("Moderator", "Anything else?"),
    ("Bilal", "No, that is all."),
]


def relabelled(**names: str) -> list[tuple[str, str]]:
    return [(names.get(label, label), speech) for label, speech in TALK]


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"Moderator": "MODERATOR", "Anna": "ANNA", "Bilal": "BILAL"},
        {"Moderator": "M", "Anna": "P1", "Bilal": "P2"},
        {"Moderator": "Interviewer 1", "Anna": "Participant 1", "Bilal": "Participant 2"},
        {"Moderator": "SPEAKER_00", "Anna": "SPEAKER_01", "Bilal": "SPEAKER_02"},
        {"Moderator": "Dr. Anne O’Neill", "Anna": "Smith-Jones", "Bilal": "Ahmed al Rashid"},
        {"Moderator": "GA", "Anna": "TN1", "Bilal": "TN2"},
        {"Moderator": "Moderatorin", "Anna": "Ürsel", "Bilal": "علي"},
        {"Moderator": "F1", "Anna": "F2", "Bilal": "M1"},
        {"Moderator": "Facilitator", "Anna": "Young woman 1", "Bilal": "Male 2"},
    ],
)
def test_names_with_a_colon(names):
    talk = relabelled(**names)
    found = draft("\n".join(f"{label}: {speech}" for label, speech in talk))
    assert said(found) == talk
    assert found.convention == "each turn begins with the name and a colon"
    assert found.text == "\n".join(speech for _label, speech in talk)


FORMS = {
    "[Moderator]": "[{label}] {speech}",
    "[Moderator]:": "[{label}]: {speech}",
    "**Name:**": "**{label}:** {speech}",
    "**Name**:": "**{label}**: {speech}",
    "two lines": "{label}\n{speech}",
    "two lines, colon": "{label}:\n{speech}",
    "paragraphs of two lines": "{label}\n{speech}\n",
    "tab": "{label}\t{speech}",
    "colon, tab": "{label}:\t{speech}",
    "space before colon": "{label} : {speech}",
}


@pytest.mark.parametrize("form", FORMS)
def test_other_ways_of_writing_names(form):
    found = draft("\n".join(FORMS[form].format(label=label, speech=speech) for label, speech in TALK))
    assert said(found) == TALK


TIMED_FORMS = {
    "Name (00:00:00): text": "{label} (00:{at}): {speech}",
    "Name [00:00:00]: text": "{label} [00:{at}]: {speech}",
    "Name 00:00:00: text": "{label} 00:{at}: {speech}",
    "[00:00:00] Name: text": "[00:{at}] {label}: {speech}",
    "00:00 Name: text": "{at} {label}: {speech}",
    "(00:00) Name: text": "({at}) {label}: {speech}",
    "Name: [00:00] text": "{label}: [{at}] {speech}",
    "Name  00:00": "{label}  {at}\n{speech}",
    "Name (00:00)": "{label} ({at})\n{speech}",
    "Name - 00:00:00.000": "{label} - 00:{at}.000\n{speech}",
    "00:00:00 Name": "00:{at} {label}\n{speech}",
    "[00:00:00] Name": "[00:{at}] {label}\n{speech}",
    "time, then name": "{at}\n{label}: {speech}",
    "name, then time": "{label}:\n{at}\n{speech}",
    "a range": "00:{at} --> 00:59:59\n{label}: {speech}",
    "blank lines": "{label}   {at}\n{speech}\n",
}


@pytest.mark.parametrize("form", TIMED_FORMS)
def test_time_stamps_are_kept_on_the_turns(form):
    lines = [
        TIMED_FORMS[form].format(label=label, speech=speech, at=f"{n:02}:{n * 7:02}")
        for n, (label, speech) in enumerate(TALK)
    ]
    found = draft("\n".join(lines))
    assert timed(found) == [(label, n * 67.0, speech) for n, (label, speech) in enumerate(TALK)]
    assert found.text == "\n".join(speech for _label, speech in TALK)


@pytest.mark.parametrize(
    "build",
    [
        lambda label, speech: paragraph(run(label, bold=True), run("\t" + speech)),
        lambda label, speech: paragraph(run(label + " ", bold=True), run(speech)),
        lambda label, speech: paragraph(run(label, bold=True), run("\n" + speech)),
        lambda label, speech: paragraph(run(label + ":", bold=True), run(" " + speech)),
        lambda label, speech: paragraph(run(label, bold=True), run(": " + speech)),
        lambda label, speech: paragraph(run(label, bold=True)) + paragraph(run(speech)),
        lambda label, speech: paragraph(run(f"{label} (00:01:02)", bold=True), run(" " + speech)),
    ],
)
def test_bold_names(build):
    assert said(word(*(build(label, speech) for label, speech in TALK))) == TALK


def test_turns_in_one_paragraph_with_soft_breaks():
    whole = paragraph(*(run(f"{label}: ", bold=True) + run(speech + "\n") for label, speech in TALK))
    assert said(word(whole)) == TALK


def test_a_table_of_two_columns():
    found = word(paragraph(run("Group 1")), table(("Speaker", "Text"), *TALK, ("", "And that goes on.")))
    expected = [*TALK[:-1], ("Bilal", "No, that is all.\nAnd that goes on.")]
    assert said(found) == expected
    assert found.convention == "a table says who speaks, row by row"
    assert found.text.startswith("Group 1\nShall we")


def test_a_table_of_three_columns():
    rows = [(f"00:0{n}:30", label + ":", speech) for n, (label, speech) in enumerate(TALK)]
    found = word(table(("Date", "15.09.2023"), ("Place", "Town hall")), table(*rows))
    assert timed(found) == [(label, n * 60 + 30.0, speech) for n, (label, speech) in enumerate(TALK)]
    assert found.convention == "a table says when and who speaks, row by row"
    assert found.text.startswith("Date\t15.09.2023\nPlace\tTown hall\n")


def test_a_table_that_is_no_transcript_stays_text():
    found = word(table(("Ward", "Population"), ("Batley", "42,000"), ("Mirfield", "19,000")))
    assert (found.kind, found.turns, found.text) == (
        "document", (), "Ward\tPopulation\nBatley\t42,000\nMirfield\t19,000",
    )  # fmt: skip


def test_a_whole_transcript_in_one_cell():
    lines = "".join(f"{paragraph(run(f'{label}: {speech}'))}" for label, speech in TALK)
    assert said(word(f"<w:tbl><w:tr><w:tc>{lines}</w:tc></w:tr></w:tbl>")) == TALK


PREAMBLE = "Focus Group 1\nDate: 15.09.2023\nTime: 17:30\nParticipants: TN1, TN2\nTranscript\n"


def test_preamble_and_stage_notes_stand_outside_the_turns():
    found = draft(
        PREAMBLE + "GA: Hello?\nTN1: Yes.\n(all laugh)\nTN2 (nods): I do.\n(pause)\nAnd more.\nGA: (nods)\n"
        "TN1: For example: this.\nfor example: that.\nNote: mind this.\nhttp://x.org: a page\n17:30: that was when.\n"
        "(Silence)\nGA. Then thank you.\n[End of recording]"
    )
    assert said(found) == [
        ("GA", "Hello?"),
        ("TN1", "Yes."),
        ("TN2", "(nods) I do.\n(pause)\nAnd more."),
        ("GA", "(nods)"),
        (
            "TN1",
            "For example: this.\nfor example: that.\nNote: mind this.\nhttp://x.org: a page\n17:30: that was when.",
        ),
        ("GA", "Then thank you."),
    ]
    assert found.text.startswith(PREAMBLE + "Hello?\nYes.\n(all laugh)\n(nods) I do.")
    assert found.text.endswith("(Silence)\nThen thank you.\n[End of recording]")
    assert found.roles == {"GA": "moderator", "TN1": "participant", "TN2": "participant"}


def test_particulars_above_are_not_turns_though_they_use_the_labels():
    found = draft("Moderator: GA\nDate: 3 May\nModerator: Shall we?\nP1: Yes.\nP2: Yes.\nModerator: Why?\nP1: So.")
    assert [label for label, _speech in said(found)] == ["Moderator", "P1", "P2", "Moderator", "P1"]
    assert found.text.startswith("Moderator: GA\nDate: 3 May\nShall we?")


def test_a_label_in_another_case_or_with_a_full_stop_is_taken_and_said():
    found = draft("GA: What?\nTN17: This.\nTn17: That.\nGA: And?\ntn17: More.\nGA. Good.\nTN17:Without a space.")
    assert [label for label, _speech in said(found)] == ["GA", "TN17", "TN17", "GA", "TN17", "GA", "TN17"]
    assert [(pair.label, pair.into) for pair in found.alike] == [("Tn17", "TN17"), ("tn17", "TN17"), ("GA.", "GA")]
    assert all(pair.is_joined for pair in found.alike)


def test_a_full_stop_after_a_name_within_a_paragraph_is_speech():
    found = draft("GA: Hello.\nstill GA.\n\nTN1: Hi.\nGA. was what I said.\n\nGA: Yes.\n\nTN1: Ok.")
    assert said(found)[1] == ("TN1", "Hi.\nGA. was what I said.")


def test_a_descriptor_that_always_stands_there_is_part_of_the_label():
    found = draft("Mod: Who?\nAnna (teacher): I.\nAnna (parent): And I.\nAnna (teacher): So.\nAnna (parent): Yes.")
    assert [label for label, _speech in said(found)][1:] == ["Anna (teacher)", "Anna (parent)"] * 2


def test_one_who_speaks_once_is_a_speaker():
    found = draft("GA: Hm?\nTN1: Yes.\nGA: And?\nTN1: No.\nCarla: I came late.\nGA: Welcome.\nTN1: Hello.")
    assert "Carla" in [turn.label for turn in found.turns]


def test_labels_without_words_are_left_out_and_counted():
    found = draft("GA: Hm?\nTN1:\nGA: And?\nTN1: No.\nGA: So?\nTN1: Yes.")
    assert len(found.turns) == 5
    assert found.warnings == ("1 label has no words after it and was left out.",)


def test_short_answers_on_their_own_lines_are_speech():
    talk = [("GA", "What?"), ("TN1", "Yes"), ("GA", "Really?"), ("TN2", "Yes"), ("GA", "And?"), ("TN1", "Both")]
    talk += [("GA", "Why so?"), ("TN2", "Because it was good there.")]
    assert said(draft("\n".join(f"{label}\n{speech}" for label, speech in talk))) == talk


@pytest.mark.parametrize(
    "written",
    [
        "A strategy.\n\nAim: To do well.\n\nActions: Many.\n\nLead: The council.",
        "Aim: One.\nAction: Two.\nLead: Three.\n" * 4,
        "Housing: Homes.\nSchools: Lessons.\nHealth: Clinics.\n" * 4,
        "Recommendation 1: Do.\nRecommendation 2: Say.\nRecommendation 3: Ask.",
        "R1: Do.\nR2: Say.\nR3: Ask.\nR4: Listen.",
        "Introduction\nThe council writes.\nFindings\nPeople say: it is good.\nFor example: parks.",
        "Principle 1: Know.\nPrinciple 2: See.\nA line.\nPrinciple 1: Ask.\nPrinciple 2: Do.\n" + "Text.\n" * 40,
        "Chair: Cllr Green\nResearcher: B. Brown\n" + "What was decided.\n" * 5,
        "P1: One.\nP2: Two.\nP1: More.\n" + "A long report goes on.\n" * 200,
        "Q1: What is it?\nQ2: Why?\nQ3: Who?",
        "09:00 Registration\n09:30 Welcome\n10:00 Workshop\n12:30 Lunch",
        "[Laughter]\nYes.\n[Laughter]\nNo.\n[Pause]\nWell.\n[Pause]\nSo.",
        "Just one paragraph of notes from the park.",
    ],
)
def test_documents_without_speakers(written):
    found = draft(written)
    assert (found.kind, found.turns, dict(found.roles), found.convention) == ("document", (), {}, "no speakers")


def test_running_heads_are_not_speakers():
    page = "Borough Council\n{}\nCohesion Review\n{}\n"
    prose = " ".join(["word"] * 400) + "."
    assert draft(page.format(prose, prose) * 5).turns == ()


@pytest.mark.parametrize(
    ("written", "kind", "moderators"),
    [
        ("Interviewer: Why?\nAisha: So.\nInterviewer: And?\nAisha: Yes.", "interview", {"Interviewer"}),
        ("I: Why?\nR: So.\nI: And?\nR: Yes.", "interview", {"I"}),
        ("Ben: How was it?\nAisha: Fine.\nBen: And then?\nAisha: Home.", "interview", {"Ben"}),
        ("Ben: How?\nAisha: Fine.\nTom: Well.\nBen: Then?\nAisha: Home.\nTom: Bus.", "focus group", {"Ben"}),
        ("Ben: Oh.\nAisha: Fine.\nTom: Well.\nBen: No.\nAisha: Home.\nTom: Bus.\nBen: So.", "focus group", set()),
        ("Int: Q?\nObserver: I note.\nP1: A.\nInt: So?\nP1: B.\nObserver: Yes.", "interview", {"Int"}),
        (
            "GA: What?\nCA: Yes.\nTN1: A.\nTN2: B.\nTN3: C.\nGA: Why?\nCA: Hm.\nTN1: D.\nTN2: E.\nTN3: F.\nGA: End?",
            "focus group",
            {"GA", "CA"},
        ),
        (
            "Facilitators: Zoe and Max\nZoe: What?\nAnn: A.\nMax: Well.\nBob: B.\nZoe: Why?\nAnn: C.\nMax: So.\nBob: D.",
            "focus group",
            {"Zoe", "Max"},
        ),
        (
            "Participants: Ann, Bob\nZoe: What?\nAnn: A.\nMax: Well.\nBob: B.\nZoe: Why?\nAnn: C.\nMax: So.\nBob: D.",
            "focus group",
            {"Zoe", "Max"},
        ),
        (
            "Moderator: What?\nP1: A.\nP2: B.\nSeveral: Yes.\nModerator: So?\nP1: C.\nP2: D.\nSeveral: No.",
            "focus group",
            {"Moderator"},
        ),
    ],
)
def test_roles_and_kinds_are_proposed(written, kind, moderators):
    found = draft(written)
    assert found.kind == kind
    assert {label for label, role in found.roles.items() if role == "moderator"} == moderators


def test_an_observer_is_an_observer():
    found = draft("Int: Q?\nObserver: I note.\nP1: A.\nInt: So?\nP1: B.\nObserver: Yes.")
    assert found.roles["Observer"] == "observer"


LABELS = st.lists(
    st.sampled_from(["Moderator", "P1", "P2", "TN12", "GA", "Anna", "Bilal Khan", "SPEAKER_03", "Interviewer 1"]),
    min_size=2, max_size=5, unique=True,
)  # fmt: skip
SPEECH = st.lists(
    st.sampled_from(["we", "they", "people", "in", "the", "park", "–", "“yes”", "(laughs)", "17:30", "it’s", "good,", "for", "example:", "trust", "😀", "é"]),
    min_size=1, max_size=12,
).map(lambda words: "So " + " ".join(words) + ".")  # fmt: skip


@st.composite
def talks(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A made talk in which each speaks at least twice and nobody twice running."""
    labels = draw(LABELS)
    order = labels * draw(st.integers(2, 4))
    extra = draw(st.lists(st.sampled_from(labels), max_size=8))
    order += [b for a, b in zip([order[-1], *extra], extra, strict=False) if a != b]
    return [(label, draw(SPEECH)) for label in order]


@given(talks(), st.sampled_from([*FORMS.values(), *TIMED_FORMS.values()]))
def test_a_made_transcript_comes_back_in_every_convention(talk, form):
    lines = [form.format(label=label, speech=speech, at=f"{n % 60:02}:00") for n, (label, speech) in enumerate(talk)]
    assert said(draft("\n".join(lines))) == talk


@given(talks())
def test_a_made_transcript_comes_back_from_word(talk):
    assert said(word(*(paragraph(run(a, bold=True), run("\t" + b)) for a, b in talk))) == talk
    assert said(word(*(paragraph(run(f"{a}: {b}")) for a, b in talk))) == talk
    assert said(word(table(*talk))) == talk


@given(st.text(alphabet="GATN1:.()[]*_ \t\n0a\u00a0\u200f—😀", max_size=300))
def test_any_text_gives_a_sound_draft(written):
    if written.strip():
        try:
            data = text.from_bytes(Path("a.txt"), written.encode())
        except CannotReadSource:
            return
        check(segment(data, "a"))
