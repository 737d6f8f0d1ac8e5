"""Labels as newcomers write them: with who the speaker is in brackets, titles, other scripts, small letters."""

from __future__ import annotations

import pytest
from made_files import paragraph, run, table
from test_speakers import FORMS, TALK, TIMED_FORMS, draft, relabelled, said, word

DESCRIBED = relabelled(Anna="Resident A (F, 34)", Bilal="Resident B")
UNRECOGNISED = ("It looks like a transcript, but its speakers were not recognised.",)


@pytest.mark.parametrize("description", ["(F, 34)", "(female)", "(teacher)", "(34)", "(m)", "(woman, 50s)"])
@pytest.mark.parametrize("form", {**FORMS, **TIMED_FORMS})
def test_a_bracket_that_tells_who_speaks_in_every_convention(form, description):
    talk = relabelled(Anna=f"Resident A {description}", Bilal="Resident B")
    written = ({**FORMS, **TIMED_FORMS})[form]
    lines = [written.format(label=label, speech=speech, at=f"{n:02}:00") for n, (label, speech) in enumerate(talk)]
    found = draft("\n".join(lines))
    assert (said(found), found.warnings) == (talk, ())


@pytest.mark.parametrize(
    "build",
    [
        lambda label, speech: paragraph(run(label, bold=True), run("\t" + speech)),
        lambda label, speech: paragraph(run(label, bold=True), run(": " + speech)),
        lambda label, speech: paragraph(run(label, bold=True)) + paragraph(run(speech)),
        lambda label, speech: paragraph(
            run(label.split(" (")[0], bold=True), run(label[len(label.split(" (")[0]) :] + " " + speech)
        ),
    ],
)
def test_such_a_bracket_beside_bold_names(build):
    assert said(word(*(build(label, speech) for label, speech in DESCRIBED))) == DESCRIBED


def test_such_a_bracket_in_a_table():
    assert said(word(table(*DESCRIBED))) == DESCRIBED


@pytest.mark.parametrize(
    "talk",
    [
        [
            ("Moderator", "What?"),
            ("Resident A (F, 34)", "I do."),
            ("Moderator", "Yes?"),
            ("Resident A (F, 34)", "Yes."),
        ],
        [("Moderator", "What is it like to live in this town now?"), ("Anna (teacher)", "I think it is good.")],
        [("Moderator", "What?"), ("Anna (F, 34)", "I do."), ("Moderator", "And?"), ("Bilal (M, 51)", "So do I.")],
    ],
)
@pytest.mark.parametrize("form", ["{label}\n{speech}\n", "{label}\n{speech}", "{label}: {speech}"])
def test_two_labels_are_enough(talk, form):
    assert said(draft("\n".join(form.format(label=label, speech=speech) for label, speech in talk))) == talk


def test_one_person_with_and_without_a_description_is_one_speaker():
    found = draft(
        "Moderator\nWhat?\n\nAnna (F, 34)\nI do.\n\nModerator\nAnd?\n\nAnna\nYes.\n\nAnna (F,34)\nMore.\n\n"
        "Moderator\nWhy?\n\nAnna (laughs)\nSo."
    )
    assert [label for label, _speech in said(found)] == [
        "Moderator", "Anna", "Moderator", "Anna", "Anna", "Moderator", "Anna",
    ]  # fmt: skip
    assert {(pair.label, pair.into) for pair in found.alike if pair.is_joined} >= {("Anna (F, 34)", "Anna")}
    assert said(found)[-1][1] == "(laughs)\nSo."


def test_a_numbering_of_participants_is_seen_behind_descriptions():
    found = draft(
        "GA: Hm?\nTN1 (F, 34): A.\nTN2 (M): B.\nCA: So.\nTN3 (F): C.\nGA: Why?\nTN1 (F, 34): D.\nTN2 (M): E.\nCA: I see."
        "\nTN3 (F): F.\nGA: End?"
    )
    assert {label for label, role in found.roles.items() if role == "moderator"} == {"GA", "CA"}


def test_titles_other_scripts_stops_and_joint_labels_together():
    found = draft(
        "Interview No 1 – Batley, 3rd March 2026\nPresent: Ms. O'Neil-Smith, Dr. Żółć, 張偉, P1/P2\n\n"
        '[00:00:01] INT.: So, what does "cohesion" mean?\n'
        "[00:00:09] Ms. O'Neil-Smith: Well… it's about neighbours. Note: I wrote that down.\n"
        "And I said to her: don't be daft.\n[00:00:30] Dr. Żółć: Café culture: it helps.\n"
        "[00:00:41] 張偉: 我觉得 people should talk. It's 10:30 already.\n(laughs)\n"
        "[00:00:50] INT.: Right. And what divides?\n[00:00:59] P1 & P2: Buses!\n[00:01:05] Unknown: (inaudible) parking\n"
        "[00:01:10] Ms O’Neil-Smith: Parking, yes.\n[00:01:20] dr. żółć: Yes parking.\n"
    )
    ms, dr = "Ms. O'Neil-Smith", "Dr. Żółć"
    assert [label for label, _speech in said(found)] == ["INT.", ms, dr, "張偉", "INT.", "P1 & P2", "Unknown", ms, dr]
    assert {label for label, role in found.roles.items() if role == "moderator"} == {"INT."}


@pytest.mark.parametrize(
    "written",
    [
        "int: What?\nanna: hm\nint: ok?\nanna: yes",
        "int: What?\nanna: hm\ndr. khan: I do.\nint: ok?\nben: yes\nanna: for example: this",
        "Int: What is it?\nDev: A park.\nZed: A shop.",
        "Moderator: What?\nAmina: hm.\nModerator: ok?\nCarol: yes",
        "Facilitator: What?\nFemale voice: hm.\nMale voice: ok?\nFemale voice: yes",
    ],
)
def test_small_letters_and_very_short_transcripts(written):
    found = draft(written)
    assert [f"{label}: {speech}" for label, speech in said(found)] == written.split("\n")


@pytest.mark.parametrize(
    "written",
    [
        "Chair: Cllr Green\nKirklees: North\nBudget: High",
        "for example: parks.\nnote: this.\nhttp: a page\nfor example: shops.\nnote: that.",
        "Smith (2019)\nThey say so.\nJones (2020)\nThey say no.\nSmith (2019)\nMore.",
        "Anna Smith (manager)\nAnna has led the team.\n\nBilal Khan (officer)\nBilal visits schools.",
        "Batley (34)\nThey say so.\n" * 3 + "The report goes on.\n" * 20,
        "Housing (new)\nHomes are built.\nSchools (old)\nLessons are held.",
    ],
)
def test_what_is_still_no_transcript(written):
    found = draft(written)
    assert (found.kind, found.turns, found.warnings) == ("document", (), ())


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        (
            "Mod: What?\nP1: A.\nYoung voices there: B.\nMod: So?\nP1: C.\nYoung voices there: D.",
            ("Young voices there",),
        ),
        ("Moderator\nWhat?\n\nP1\nYes.\n\nModerator\nSo?\n\nP1\nNo.\n\nCarla\nI came late.", ("Carla",)),
        ("Mod: What?\nP1: A.\nMod: So?\nP1: B.\nP2 - Not me.\nMod: Why?", ("P2",)),
        ("Mod: What?\nP1: A.\nMod: So?\nP1\nB it is.\nMod: Why?", ("P1",)),
        ("Mod: What?\nP1: A.\nAnna, 34: B.\nMod: So?\nAnna, 34: C.\nP1: D.", ("Anna, 34",)),
        ("Mod: What?\nP1: For example: this.\nNote: that.\n17:30: then.\nMod: So?\nP1: (laughs)\n[Laughter]\nNo.", ()),
    ],
)
def test_a_name_left_in_the_speech_is_doubtful(written, labels):
    found = draft(written)
    assert (found.doubtful, found.warnings) == (labels, ())


def test_of_many_names_left_in_the_speech_the_most_frequent_are_doubtful():
    odd = "".join(f"P1: Yes.\nX{n} - I say.\n" for n in range(60)) + "X9 - And so do I.\n"
    found = draft("Mod: What?\nP1: No.\nMod: And?\n" + odd)
    assert (len(found.doubtful), found.doubtful[0]) == (24, "X9")


def test_a_row_whose_speaker_was_not_taken_is_doubtful():
    rows = [*TALK, ("Is that you, or who is it", "Me, I came late and sat down.")]
    assert word(table(*rows)).doubtful == ("Is that you, or who is it",)


@pytest.mark.parametrize(
    "written",
    [
        "anna: What?\nben: hm\nanna: ok?\nben: yes",
        "Young voice - What?\nOld voice - I see.\nYoung voice - Yes?\nOld voice - No.",
        "Young voice\nWhat?\n\nOld voice\nI see.\n\nYoung voice\nYes?\n\nOld voice\nNo.",
    ],
)
def test_what_looks_like_a_transcript_but_was_not_recognised_is_told(written):
    found = draft(written)
    assert (found.kind, found.warnings) == ("document", UNRECOGNISED)


@pytest.mark.parametrize(
    "written",
    [
        "A strategy.\n\nAim: To do well.\n\nActions: Many.\n\nLead: The council.",
        "Housing: Homes.\nSchools: Lessons.\nHealth: Clinics.\n" * 4,
        "Bridging: ties.\nBonding: bonds.\nLinking: links.",
        "09:00 Registration\n09:30 Welcome\n10:00 Workshop\n12:30 Lunch",
        "Borough Council\n" + "word " * 400 + "\nCohesion Review\n" + "word " * 400,
        "Just one paragraph of notes from the park.",
    ],
)
def test_a_document_is_no_matter_for_a_warning(written):
    assert draft(written).warnings == ()
