"""Each convention of real files, recognised without a word from the researcher, and what is no speaker."""

from __future__ import annotations

import pytest
from made_files import paragraph, run, table
from test_speakers import TALK, check, draft, relabelled, said, timed, word

from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument, Row
from cohesion_qda.formats.talk.conventions import in_words
from cohesion_qda.formats.talk.speakers import segment


def lines(form: str, talk: list[tuple[str, str]]) -> str:
    return "\n".join(form.format(label=a, speech=b, at=f"00:{n:02}:{n * 7:02}") for n, (a, b) in enumerate(talk))


@pytest.mark.parametrize(
    ("form", "names", "recognised"),
    [
        ("{label}: {speech}", {}, "colon"),
        ("{label}: {speech}", {"Moderator": "MOD", "Anna": "ANNA", "Bilal": "BILAL"}, "colon"),
        ("{label}: {speech}", {"Moderator": "M", "Anna": "P1", "Bilal": "P2"}, "colon"),
        ("{label}: {speech}", {"Moderator": "Interviewer 1", "Anna": "Anna", "Bilal": "Bilal"}, "colon"),
        ("{label}: {speech}", {"Moderator": "SPEAKER_00", "Anna": "SPEAKER_01", "Bilal": "SPEAKER_02"}, "colon"),
        ("{label}\n{speech}", {"Moderator": "F1", "Anna": "F2", "Bilal": "M1"}, "alone"),
        ("{label}\t{speech}", {"Moderator": "F1", "Anna": "F2", "Bilal": "M1"}, "tab"),
        ("{label}  {speech}", {"Moderator": "F1", "Anna": "F2", "Bilal": "M1"}, "tab"),
        ("{label}\t{speech}", {"Moderator": "GA", "Anna": "AB", "Bilal": "CD"}, "tab"),
        ("{label}     {speech}", {"Moderator": "GA", "Anna": "AB", "Bilal": "CD"}, "tab"),
        ("[{label}] {speech}", {}, "bracket"),
        ("{label}\n{speech}", {}, "alone"),
        ("{label}  {at}\n{speech}", {"Moderator": "BSR01", "Anna": "BSR02", "Bilal": "BSR03"}, "stamped"),
        ("{label} ({at}): {speech}", {}, "colon"),
        ("**{label}:** {speech}", {}, "colon"),
        ("[{at}] **{label}:** {speech}", {}, "colon"),
        ("{label} – {speech}", {"Moderator": "Int", "Anna": "P1", "Bilal": "P2"}, "dash"),
        ("{label} - {speech}", {"Moderator": "Int", "Anna": "P1", "Bilal": "P2"}, "dash"),
        ("{label} — {speech}", {"Moderator": "Zoe", "Anna": "Anna", "Bilal": "Mary-Jane"}, "dash"),
    ],
)
def test_conventions_of_the_issue(form: str, names: dict[str, str], recognised: str) -> None:
    talk = relabelled(**names)
    found = draft(lines(form, talk))
    assert (said(found), found.form, found.doubtful) == (talk, recognised, ())
    assert recognised in found.forms
    assert found.forms[-2:] == ("none", "pattern")


@pytest.mark.parametrize("form", ["{label}: {speech}", "{label}. {speech}"])
def test_a_form_that_is_another_only_now_and_then(form: str) -> None:
    odd = form.format(label="GA", speech="Then I thank you.")
    found = draft("GA: What?\nTN1: A.\nGA: So?\nTN1: B.\n" + odd)
    assert said(found)[-1] == ("GA", "Then I thank you.")


def test_bold_names_without_a_colon() -> None:
    found = word(*(paragraph(run(label, bold=True), run(" " + speech)) for label, speech in TALK))
    assert (said(found), found.form) == (TALK, "bold")


@pytest.mark.parametrize("timed_rows", [False, True])
def test_tables_say_who_speaks(timed_rows: bool) -> None:
    rows = [((f"00:0{n}:30", *row) if timed_rows else row) for n, row in enumerate(TALK)]
    found = word(table(*rows))
    assert (said(found), found.form, found.forms) == (TALK, "table", ("table", "none"))


def test_teams_as_plain_text() -> None:
    talk = relabelled(Moderator="Zoe Adams", Anna="Anna Smith", Bilal="Khan, Bilal")
    arrows = "".join(f"0:{n}:0.0 --> 0:{n}:3.1\n{label}\n{speech}\n\n" for n, (label, speech) in enumerate(talk))
    found = check(segment(RawDocument(tuple(Paragraph(line) for line in arrows.split("\n") if line)), "a"))
    assert [(label, at) for label, at, _s in timed(found)][:2] == [("Zoe Adams", 0.0), ("Anna Smith", 60.0)]
    minutes = "\n".join(f"{label}   0:0{n}\n{speech}" for n, (label, speech) in enumerate(TALK))
    assert timed(draft(minutes)) == [(label, float(n), speech) for n, (label, speech) in enumerate(TALK)]


@pytest.mark.parametrize("stamp", ["#00:0{n}:30#", "#00:0{n}:30-0#", "#00:0{n}:30.0#"])
def test_stamps_between_number_signs(stamp: str) -> None:
    before = draft("\n".join(f"{stamp.format(n=n)} {a}: {b}" for n, (a, b) in enumerate(TALK)))
    assert timed(before) == [(a, n * 60 + 30.0, b) for n, (a, b) in enumerate(TALK)]
    after = draft("\n".join(f"{a}: {b} {stamp.format(n=n)}" for n, (a, b) in enumerate(TALK)))
    assert timed(after) == [(a, (n - 1) * 60 + 30.0 if n else None, b) for n, (a, b) in enumerate(TALK)]
    assert "#" not in after.text


@pytest.mark.parametrize("number_sign", ["#1 is the park.", "I said # and #00:99:00# to them.", "#tag #00:10"])
def test_a_number_sign_that_is_no_stamp_stays(number_sign: str) -> None:
    assert said(draft(f"GA: What?\nTN1: {number_sign}\nGA: So?\nTN1: Yes."))[1] == ("TN1", number_sign)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("P1: I like it. P2: Me too. Moderator: Why?", ["P1", "P2", "Moderator"]),
        ("Moderator: Why? Anna: So. Moderator: And? Anna: For example: this. As Bob said: no. Moderator: Yes!",
         ["Moderator", "Anna"] * 2 + ["Moderator"]),
        ("GA: What?\nTN1: A. TN2: B. GA: So?\nTN2: C (laughs) TN1: D.\nGA: Thanks.",
         ["GA", "TN1", "TN2", "GA", "TN2", "TN1", "GA"]),
        ("GA: What?\nTN1: A [00:12] TN2: B.\nGA: So?\nTN2: C, and TN1 I think TN1: D.\nTN1: I told TN2: go.",
         ["GA", "TN1", "TN2", "GA", "TN2", "TN1", "TN1"]),
        ("Zoe: How? Dr. Khan: Well. Zoe: So? Dr. Khan: Yes. Anna: No.\nZoe: Then? Anna: Hm. Dr. Khan: I see.",
         ["Zoe", "Dr. Khan", "Zoe", "Dr. Khan", "Anna", "Zoe", "Anna", "Dr. Khan"]),
        ("[00:01] Zoe: How? [00:05] Anna: Well. [00:09] Zoe: So? [00:12] Anna: Yes.", ["Zoe", "Anna"] * 2),
        ("[Mod] What?\n[P1] A. [P2] B.\n[Mod] So, [P1]?\n[P2] [laughs] C.", ["Mod", "P1", "P2", "Mod", "P2"]),
    ],
)  # fmt: skip
def test_several_turns_in_one_paragraph(written: str, labels: list[str]) -> None:
    assert [label for label, _speech in said(draft(written))] == labels


def test_times_in_one_paragraph_are_kept() -> None:
    found = draft("[00:01] Zoe: How? [00:05] Anna: Well. [00:09] Zoe: So? [00:12] Anna: Yes.")
    assert timed(found) == [("Zoe", 1.0, "How?"), ("Anna", 5.0, "Well."), ("Zoe", 9.0, "So?"), ("Anna", 12.0, "Yes.")]


@pytest.mark.parametrize(
    "speech",
    [
        "I told Bilal: go. As Anna said: it is good.",
        "For example: parks. Note: this. At 17:30: that. See http://x.org: a page.",
        "There are two things. First: the parks. Second: the shops.",
        "We said it. Both: the church and the mosque.",
        "He was there. P1 said: no.",
        "I have it. Type 1: the hard one. Bus 12: it never comes. London: too big.",
        "I asked P2: why?",
    ],
)
def test_what_is_no_speaker_within_a_paragraph_stays_speech(speech: str) -> None:
    more = "\n".join(f"{label}: It is the {n}th time." for n in range(8) for label in ("Moderator", "P2", "Bilal"))
    found = draft(f"Moderator: What?\nP1: {speech}\nAnna: Yes.\n{more}\nP1: {speech}\nAnna: No.")
    assert said(found)[1] == ("P1", speech)
    assert said(found)[-2] == ("P1", speech)


@pytest.mark.parametrize(
    "written",
    [
        "Housing: Homes. Schools: Lessons. Health: Clinics. " * 4,
        "Aim: One. Action: Two. Lead: Three.",
        "We met at 17:30. Note: bring tea. See http: it works. For example: this.",
        "Batley - a town\nDewsbury - a town\nMirfield - a town\nBatley - again",
        "The park – it is good.\nThe shop – it is not.",
        "High - 5\nLow - 2\nHigh - 3\nLow - 1\nMiddle - 2\n" + "A long report goes on.\n" * 20,
    ],
)
def test_documents_that_look_a_little_like_talk(written: str) -> None:
    found = draft(written)
    assert (found.turns, found.form) == ((), "none")
    assert " ".join(found.text.split()) == " ".join(written.split())


UNLABELLED = [
    ("", "What does it mean to you?"), ("P1", "People who talk."), ("P2", "And who help."),
    ("", "Thank you. And who helps whom?"), ("P2", "Neighbours."), ("P1", "All of us do."),
    ("", "What would you change?"), ("P1", "The buses. Why not?"), ("P2", "Nothing."),
]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_questions_without_a_name_between_answers_become_a_moderators(gap: str) -> None:
    found = draft(gap.join(f"{label}: {speech}" if label else speech for label, speech in UNLABELLED))
    assert said(found) == [(label or "Moderator", speech) for label, speech in UNLABELLED]
    assert found.roles == {"Moderator": "moderator", "P1": "participant", "P2": "participant"}
    assert found.warnings == ("3 questions stand without a name between the answers; they were given to “Moderator”.",)


def test_bold_questions_and_what_else_is_bold_are_the_moderators() -> None:
    parts = [Paragraph(s, (len(s),)) if not label else Paragraph(f"{label}: {s}") for label, s in UNLABELLED]
    parts.append(Paragraph("Thank you all.", (14,)))
    found = check(segment(RawDocument(tuple(parts)), "a"))
    assert said(found)[-1] == ("Moderator", "Thank you all.")
    assert len(found.turns) == 10


def test_an_interview_in_which_only_answers_have_a_name() -> None:
    found = draft("What do you do?\n\nR: I work.\n\nAnd why?\nI mean, what for?\n\nR: For bread.\n\nSo?\n\nR: So.")
    assert said(found)[2] == ("Moderator", "And why?\nI mean, what for?")
    assert (found.kind, found.roles) == ("interview", {"Moderator": "moderator", "R": "participant"})


@pytest.mark.parametrize(
    "written",
    [
        "GA: What?\nTN1: A.\nWho knows?\nGA: So?\nTN1: B.\nIs it so?\nGA: And?\nTN1: C.",  # GA asks already
        "Mod: Hm.\nP1: A.\nWho knows?\nMod: I see.\nP1: B.\nIs it so?\nMod: Yes.",
        "P1: A.\nWho knows?\nP2: B.\nMore.\nAnd more.\nP1: C.\nWell.\nWhy?\nP2: D.\nSo.\nP1: E.",  # others more
        "P1: A.\nWho knows?\nP2: B.\nP1: C.\nP2: D.",  # one question is no pattern
    ],
)
def test_questions_within_an_answer_stay_the_answerers(written: str) -> None:
    assert not any("Moderator" in label for label, _speech in said(draft(written)))


def test_an_interview_in_which_only_questions_have_a_name() -> None:
    found = draft("Int: Why?\n\nOf trust.\n\nAnd more.\n\nInt: What else?\n\nWell, parks.\n\nInt: So?\n\nYes.")
    assert said(found) == [
        ("Int", "Why?"), ("Participant", "Of trust.\nAnd more."), ("Int", "What else?"), ("Participant", "Well, parks."),
        ("Int", "So?"), ("Participant", "Yes."),
    ]  # fmt: skip
    assert found.warnings == ("3 answers stand without a name after questions; they were given to “Participant”.",)
    assert found.roles == {"Int": "moderator", "Participant": "participant"}


@pytest.mark.parametrize("number", ["{n} ", "{n}. ", "({n}) ", "[{n}] ", "{n}\t"])
def test_paragraph_numbers_are_left_out(number: str) -> None:
    lines = [number.format(n=n) + f"{label}: {speech}" for n, (label, speech) in enumerate(TALK, 41)]
    assert said(draft("\n".join(lines))) == TALK


def test_numbers_of_questions_alone_are_left_out() -> None:
    talk = [
        (f"Q{n} Chair", f"What is {n}?") if half else ("Anna Smith", f"This is {n}.")
        for n in range(7)
        for half in (1, 0)
    ]
    found = draft("\n".join(f"{label}: {speech}" for label, speech in talk))
    assert said(found) == [
        (label.removeprefix(label[:3]) if label[0] == "Q" else label, speech) for label, speech in talk
    ]


def test_a_numbered_document_keeps_its_numbers() -> None:
    written = "\n".join(f"{n}. Housing is a matter of {n}." for n in range(1, 20))
    assert draft(written).text == written


@pytest.mark.parametrize("form", ["- {}: {}", "- **{}:** {}", "* **{}**: {}", "> {}: {}", "• {}: {}"])
def test_names_in_a_list(form: str) -> None:
    assert said(draft("\n".join(form.format(label, speech) for label, speech in TALK))) == TALK


def test_name_time_and_speech_between_tabs() -> None:
    found = draft("\n".join(f"{label}\t00:0{n}:30\t{speech}" for n, (label, speech) in enumerate(TALK)))
    assert timed(found) == [(label, n * 60 + 30.0, speech) for n, (label, speech) in enumerate(TALK)]


def test_stage_notes_stay_marked_and_count_for_nobody() -> None:
    found = draft("GA: What?\n(all laugh)\nTN1 (nods): Yes (laughs) I do.\n[pause]\nGA: [coughs] So?\nTN1: No.")
    assert said(found) == [
        ("GA", "What?"), ("TN1", "(nods) Yes (laughs) I do."), ("GA", "[coughs] So?"), ("TN1", "No."),
    ]  # fmt: skip
    assert "\n(all laugh)\n" in found.text


# Captions


def cues(*some: tuple[str, str, float | None]) -> RawDocument:
    return RawDocument(tuple(Cue(text, label, at) for label, text, at in some))


def test_captions_of_one_speaker_are_one_turn_from_the_first_ones_time() -> None:
    found = check(segment(cues(
        ("Zoe", "Hello", 0.5), ("Zoe", "and welcome.", 2.0), ("Anna", "Thank you", 4.0), ("Anna", "so much.", 5.0),
        ("Zoe", "Anna: what do you say?", 7.0),
    ), "a"))  # fmt: skip
    assert timed(found) == [
        ("Zoe", 0.5, "Hello and welcome."), ("Anna", 4.0, "Thank you so much."), ("Zoe", 7.0, "Anna: what do you say?"),
    ]  # fmt: skip
    assert (found.form, found.forms, found.convention) == (
        "table", ("table", "none"), "the file says when and who speaks",
    )  # fmt: skip


def test_captions_that_write_the_name_where_the_speaker_changes() -> None:
    found = check(segment(cues(
        ("", "Before we begin", 0.0), ("", "Zoe: What is", 1.0), ("", "it like?", 2.0), ("", "Anna: It is", 3.0),
        ("", "good. Well,", 4.0), ("", "mostly.", 5.0), ("", "Zoe: Why?", 6.0), ("", "Anna: So.", 7.0),
    ), "a"))  # fmt: skip
    assert timed(found) == [
        ("Zoe", 1.0, "What is it like?"), ("Anna", 3.0, "It is good. Well, mostly."), ("Zoe", 6.0, "Why?"),
        ("Anna", 7.0, "So."),
    ]  # fmt: skip
    assert (found.form, found.text.split("\n")[0]) == ("colon", "Before we begin")


def test_captions_in_which_one_person_speaks_are_one_turn() -> None:
    found = check(segment(cues(*(("", f"Zoe Adams: This is {n}.", float(n)) for n in range(264))), "a"))
    assert [label for label, _speech in said(found)] == ["Zoe Adams"]
    assert found.text.startswith("This is 0. This is 1.")
    assert max(map(len, found.text.split("\n"))) < 1000  # it can be read


def test_a_transcript_put_into_captions_keeps_its_turns() -> None:
    talk = [("GA" if n % 2 else "TN1", f"This is {n}.") for n in range(40)]
    talk.insert(20, ("GA", "And another thing."))
    found = segment(cues(*((label, speech, None) for label, speech in talk)), "a")
    assert said(found) == talk


def test_captions_without_speakers_are_paragraphs() -> None:
    some = [("", "So today we talk", 0.0), ("", "about parks.", 1.0), ("", "Yes.", 9.0)]
    found = check(segment(cues(*some), "a"))
    assert (found.text, found.form, found.kind) == ("So today we talk about parks.\nYes.", "none", "document")
    long = check(segment(cues(*(("", f"It goes on {n}.", float(n)) for n in range(100))), "a"))
    assert all(line.endswith(".") and len(line) < 400 for line in long.text.split("\n"))


def test_a_written_label_in_captions_where_others_have_a_voice() -> None:
    found = segment(cues(
        ("Zoe", "Hello.", 0.0), ("", "and welcome", 1.0), ("", "Anna: Thank you.", 2.0), ("Zoe", "Why?", 3.0),
        ("", "Anna: So.", 4.0),
    ), "a")  # fmt: skip
    assert said(found) == [("Zoe", "Hello. and welcome"), ("Anna", "Thank you."), ("Zoe", "Why?"), ("Anna", "So.")]


def test_a_small_table_beside_a_talk_is_not_the_talk() -> None:
    rows = [Row(1, ((Paragraph("P1"),), (Paragraph(what),))) for what in ("a teacher", "from Batley")]
    talk = [("Mod" if n % 2 else "P1", f"This is {n}.") for n in range(20)]
    found = segment(RawDocument((*rows, *(Paragraph(f"{label}: {speech}") for label, speech in talk))), "a")
    assert (said(found), found.form) == (talk, "colon")


@pytest.mark.parametrize("form", ["colon", "bracket", "bold", "stamped", "alone", "tab", "dash", "paren", "stop", "plain", "asked",
                                  "table", "none",
                                  "pattern", "transcript", "respondents", "questions"])  # fmt: skip
def test_every_form_has_words_for_a_menu(form: str) -> None:
    assert in_words(form)[0].isupper()
