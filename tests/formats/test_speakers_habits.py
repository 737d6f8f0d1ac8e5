"""Habits of transcribers that were met after the conventions of the issue; and documents that look a little like them."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import paragraph, run, table
from made_pdf import LEFT, Put, pdf
from test_speakers import TALK, check, draft, relabelled, said, timed, word
from test_speakers_as_told import read

from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.readers import pdf as pdf_reader
from cohesion_qda.formats.talk.speakers import segment

UNRECOGNISED = ("It looks like a transcript, but its speakers were not recognised.",)
CODES = {"Moderator": "MOD", "Anna": "F1", "Bilal": "M1"}
CAPITALS = {"Moderator": "FACILITATOR", "Anna": "ANNA", "Bilal": "BILAL"}


def lines(form: str, talk: list[tuple[str, str]]) -> str:
    return "\n".join(form.format(label=a, speech=b, at=f"00:{n:02}:{n * 7:02}") for n, (a, b) in enumerate(talk))


@pytest.mark.parametrize(
    ("form", "names", "recognised"),
    [
        ("({label}) {speech}", {}, "paren"),
        ("({label}): {speech}", CODES, "paren"),
        ("<{label}> {speech}", CODES, "paren"),
        ("<{label}>\n{speech}", {}, "paren"),
        ("{{{label}}} {speech}", {}, "paren"),
        ("{label}. {speech}", {"Moderator": "Q", "Anna": "A", "Bilal": "B"}, "stop"),
        ("{label}. {speech}", {"Moderator": "Int", "Anna": "P1", "Bilal": "P2"}, "stop"),
        ("{label}. {speech}", {"Moderator": "J.K", "Anna": "AB", "Bilal": "CD"}, "stop"),
        ("{label} {speech}", CODES, "plain"),
        ("{label} {speech}", CAPITALS, "plain"),
        ("{label} {speech}", {"Moderator": "Interviewer 1", "Anna": "Participant 1", "Bilal": "Participant 2"}, "plain"),
        ("{label} >> {speech}", {}, "dash"),
        ("{label} > {speech}", CODES, "dash"),
        ("{label} | {speech}", {}, "dash"),
        (">> {label}: {speech}", {}, "colon"),
        (">>{label}: {speech}", {}, "colon"),
        ("{label}：{speech}", {}, "colon"),
        ("{label}:{speech}", {}, "colon"),
        ("{label}:{speech}", CAPITALS, "colon"),
        ("{label}: {speech}", {"Moderator": "Mod", "Anna": "P1", "Bilal": "P?"}, "colon"),
        ("{label}: {speech}", {"Moderator": "Mod", "Anna": "Anna", "Bilal": "In."}, "colon"),
        ("{label}: {speech}", {"Moderator": "The Chair", "Anna": "Female, 60s", "Bilal": "M, 34, teacher"}, "colon"),
        ("{label}: {speech}", {"Moderator": "INT1", "Anna": "RES", "Bilal": "INT2"}, "colon"),
        ("{label}\t{speech}", {"Moderator": "INT1", "Anna": "RES", "Bilal": "INT2"}, "tab"),
    ],
)  # fmt: skip
def test_habits(form: str, names: dict[str, str], recognised: str) -> None:
    talk = relabelled(**names)
    found = draft(lines(form, talk))
    assert (said(found), found.form, found.doubtful) == (talk, recognised, ())
    assert recognised in found.forms
    assert said(read(lines(form, talk), convention=recognised)) == talk


@pytest.mark.parametrize(
    "form",
    [
        "{label}: {at}\n{speech}",
        "{label}: {at} {speech}",
        "[{label}] {at}\n{speech}",
        "[{label}, {at}] {speech}",
        "[{at} {label}] {speech}",
        "{at} From {label} to Everyone: {speech}",
        "{at}\t From  {label} : {speech}",
        "{label} | {at} | {speech}",
        "{at} - {label} - {speech}",
    ],
)
def test_habits_with_times(form: str) -> None:
    talk = relabelled(Moderator="Zoe Adams")
    assert timed(draft(lines(form, talk))) == [(label, n * 67.0, speech) for n, (label, speech) in enumerate(talk)]


def test_the_hour_of_the_day_beside_the_name() -> None:
    found = draft(
        "\n".join(f"{label}, {11 + n // 3}:0{n} {'AP'[n // 3]}M\n{said}" for n, (label, said) in enumerate(TALK))
    )
    assert timed(found)[2:4] == [("Bilal", 11 * 3600 + 120, TALK[2][1]), ("Anna", 12 * 3600 + 180, TALK[3][1])]


def test_a_time_that_is_the_answer_stays() -> None:
    found = draft("Mod: When?\nP1: 17:30\nMod: And home?\nP1: By ten.\nMod: Why?\nP1: Because.")
    assert said(found)[1] == ("P1", "17:30")


def test_a_bold_name_and_a_time_above_the_speech() -> None:
    parts = (paragraph(run(a, bold=True), run(f"   0:0{n}\n{b}")) for n, (a, b) in enumerate(TALK))
    assert timed(word(*parts)) == [(label, float(n), speech) for n, (label, speech) in enumerate(TALK)]


def test_capitals_at_the_start_of_the_speech_are_speech() -> None:
    talk = [("MARY LEE", "I do."), ("SUE", "NHS staff say so."), ("MARY LEE", "BBC News?"), ("SUE", "A few."),
            ("MARY LEE", "OK then."), ("SUE", "So.")]  # fmt: skip
    assert said(draft(lines("{label} {speech}", talk))) == talk


def test_two_of_one_name_whom_a_bracket_tells_apart_are_two() -> None:
    found = draft("Mod: Hm?\nDavid (yr 9): I.\nDavid (yr 10): And I.\nMod: So?\nDavid (yr 9): Yes.\nDavid (yr 10): No.")
    assert set(found.roles) == {"Mod", "David (yr 9)", "David (yr 10)"}


def test_a_name_and_whose() -> None:
    found = draft(
        "\n".join(f"{label}: This is {n}." for n in range(4) for label in ("The Chair", "Amara Nwosu, Tenants' Voice"))
    )
    assert list(found.roles) == ["The Chair", "Amara Nwosu, Tenants' Voice"]


def test_the_titles_of_a_table_are_nobodys_speech_whatever_they_are() -> None:
    found = word(table(("Time", "Speaker", "What was said"), *((f"00:0{n}:30", *row) for n, row in enumerate(TALK))))
    assert said(found) == TALK


def test_a_table_of_bars_and_one_within_a_document() -> None:
    rows = "\n".join(f"| {label} | {speech} |" for label, speech in TALK)
    assert said(draft(f"| Speaker | Text |\n|---|:--|\n{rows}", ".md")) == TALK
    report = "A report goes on.\n" * 20 + rows
    assert rows in draft(report, ".md").text


INTERVIEW = [
    ("Could you tell me what you do?", "I run the launderette. I like it."),
    ("Who comes in?", "My neighbours, mostly, and students on a Sunday."),
    ("Do you know them all?", "By name, yes.\nI make a point of it."),
    ("What would you change?", "Nothing. I would keep it open."),
]  # fmt: skip


def interview(*, is_bold: bool) -> RawDocument:
    parts = [Paragraph("An interview", heading=1)]
    for question, answer in INTERVIEW:
        parts.append(Paragraph(question, (len(question),) if is_bold else ()))
        parts += [Paragraph(line) for line in answer.split("\n")]
    return RawDocument(tuple(parts))


def test_an_interview_without_names_whose_questions_are_bold() -> None:
    found = check(segment(interview(is_bold=True), "a"))
    assert said(found) == [pair for q, a in INTERVIEW for pair in (("Moderator", q), ("Participant", a))]
    assert (found.form, found.kind, found.roles["Moderator"]) == ("asked", "interview", "moderator")
    assert found.warnings == (
        "Nobody has a name in it: the questions were given to “Moderator”, the rest to “Participant”.",
    )
    assert found.forms == ("asked", "none", "pattern")


def test_an_interview_without_names_or_bold_is_told_and_may_be_chosen() -> None:
    found = check(segment(interview(is_bold=False), "a"))
    assert (found.turns, found.warnings, found.forms) == ((), UNRECOGNISED, ("asked", "none", "pattern"))
    chosen = read("\n".join(line for pair in INTERVIEW for line in pair), convention="asked")
    assert [label for label, _speech in said(chosen)] == ["Moderator", "Participant"] * 4


def test_bold_questions_of_a_brochure_are_no_interview() -> None:
    some = ["What do we do?", "Who are we?", "How are we paid?", "What comes next?"]
    parts = [
        p for q in some for p in (Paragraph(q, (len(q),)), Paragraph("The council works for the borough. It plans."))
    ]
    found = segment(RawDocument(tuple(parts)), "a")
    assert (found.turns, found.warnings, found.forms) == ((), (), ("asked", "none", "pattern"))
    assert said(segment(RawDocument(tuple(parts)), "a", read("x", convention="asked").how))[0] == ("Moderator", some[0])


@pytest.mark.parametrize(
    "written",
    [
        "A. One aim.\nB. Another.\nC. A third.\nA. More.\nB. And more.\nC. The end.",
        "I. One aim.\nII. Another.\nI. More.\nII. The end.",
        "(A) One aim.\n(B) Another.\n(A) More.\n(B) The end.",
        "RESOLVED That it be so.\nNOTED That it was.\nRESOLVED That it will.\nNOTED That it is.",
        "NHS staff say so.\nThe council agrees.\nNHS managers do not.\nUK law is clear.\nUK law is old.\nSo be it.",
        "(Smith 2019) They say so.\n(Jones 2020) They say no.\nAnd so on.\nAnd on.",
        "R1 Do this.\nR2 Do that.\nR3 Do more.\nR4 Do less.",
    ],
)
def test_documents_that_look_a_little_like_these_habits(written: str) -> None:
    found = draft(written)
    assert (found.kind, found.turns) == ("document", ())


@pytest.mark.parametrize(
    "written",
    [
        "Amina >> What?\nBilal >> This.\nAmina >> So?\nBilal >> Yes.\n" + "And so it went on.\n" * 3,
        "(Amina) What?\n(Bilal) This.\n(Amina) So?\n(Bilal) Yes.\n" + "And so it went on.\n" * 5,
        "Q. What?\nA. This.\nQ. So?\nA. Yes.\n" + "And so it went on.\n" * 3,
        "Amina What is it?\nBilal It is this.\nAmina So?\nBilal Yes.\nAmina And then?\nBilal Nothing.",
    ],
)
def test_what_is_too_little_to_be_sure_is_told(written: str) -> None:
    found = draft(written)
    assert (found.turns, found.warnings) == ((), UNRECOGNISED)
    assert len(found.doubtful) == 2
    if not written.startswith("Amina What"):
        assert set(read(written, speakers=frozenset(found.doubtful)).roles) == set(found.doubtful)


@pytest.mark.parametrize(("form", "pattern"), [("({}) {}", "(NAME)"), ("<{}> {}", "<NAME>"), ("{} >> {}", "NAME >>")])
def test_a_pattern_reaches_what_was_not_taken(form: str, pattern: str) -> None:
    written = "\n".join([form.format(label, speech) for label, speech in TALK[:4]] + ["And so on."] * 5)
    assert [label for label, _s in said(read(written, convention="pattern", pattern=pattern))] == [
        a for a, _b in TALK[:4]
    ]


def test_a_running_head_of_two_pages_that_looks_like_a_label_is_nobodys(tmp_path: Path) -> None:
    pages = [
        [Put(LEFT, 50, "Cohesion Review: tenants group 2", 10)]
        + [Put(LEFT, 86 + 24.8 * n, f"{label}: {speech}", 10) for n, (label, speech) in enumerate(TALK * 3)]
        for _page in range(2)
    ]
    found = check(segment(pdf_reader.from_bytes(tmp_path / "a.pdf", pdf(*pages)), "a"))
    assert said(found) == TALK * 6
    assert any("left out: “Cohesion Review" in warning or "first is “Cohesion" in warning for warning in found.warnings)


def test_lines_of_a_pdf_that_begin_with_capitals_are_no_paragraphs(tmp_path: Path) -> None:
    lines = [
        "NHS staff and their friends say that it is so, and the",
        "people who live there say in every street just as their",
    ]
    page = [Put(LEFT, 86 + 14 * n, lines[n % 7 > 0][:54], 10) for n in range(20)]
    assert len(pdf_reader.from_bytes(tmp_path / "a.pdf", pdf(page)).parts) == 1


PLAN = [
    ("Vision", "A place where people get on."),
    ("Priority 1", "Bring people together in shared spaces."),
    ("Partners", "The council, the police and the schools."),
    ("Timescale", "2025 to 2030"),
]
SECTIONS = ("Foreword", "Our towns", "Priorities and what follows", "Contact")


def under_headings(some: list[tuple[str, str]]) -> list[Paragraph]:
    under = [Paragraph(f"{label}: {speech}") for label, speech in some]
    return [part for title in SECTIONS for part in (Paragraph(title, heading=1), *under)]


def test_a_plan_with_the_same_words_under_each_heading_is_a_document() -> None:
    parts = under_headings(PLAN)[:-2]
    found = check(segment(RawDocument(tuple(parts)), "plan"))
    assert (found.kind, found.turns, found.roles, len(found.sections)) == ("document", (), {}, len(SECTIONS))
    plain = draft("\n".join(part.text for part in parts))
    assert (plain.kind, plain.turns) == ("document", ())


@pytest.mark.parametrize(
    "spoken",
    [
        [("Anna", "A place where people get on."), ("Bilal", "Yes, and the schools.")],
        [("Anna", "Who gets on here?"), ("Bilal", "The council, the police and the schools.")],
        [("Anna", "A place where people get on."), ("Bilal", "The schools."), ("Anna", "The market.")],
        [("Anna Lee", "A place where people get on."), ("Bilal", "The schools.")],
        [("AK", "A place where people get on."), ("BT", "The schools.")],
    ],
)
def test_people_who_speak_once_under_each_heading_are_speakers(spoken: list[tuple[str, str]]) -> None:
    found = check(segment(RawDocument(tuple(under_headings(spoken))), "a"))
    assert said(found) == spoken * len(SECTIONS)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (["[0m 7s]", "[4m 3s]", "[1h 2m]"], [7, 243, 3720]),
        (["[00m07s]", "(04m03s)", "[01h02m00s]"], [7, 243, 3720]),
        (["(7 sec)", "(4 min 3 sec)", "(1 hour 2 minutes)"], [7, 243, 3720]),
    ],
)
@pytest.mark.parametrize("form", ["{label} {at}: {speech}", "{at} {label}: {speech}", "{label}: {at} {speech}"])
def test_times_in_units_in_a_bracket_are_times(form: str, written: list[str], seconds: list[float]) -> None:
    if "sec" in written[0] and not form.startswith("{label} "):
        written, seconds = written[1:], seconds[1:]  # a single unit before speech is a pause
    talk = [TALK[n] for n in range(len(written))] * 3
    lines = [form.format(label=a, at=written[n % len(written)], speech=b) for n, (a, b) in enumerate(talk)]
    expected = [(a, float(seconds[n % len(seconds)]), b) for n, (a, b) in enumerate(talk)]
    assert timed(draft("\n".join(lines))) == expected


def test_a_pause_and_a_count_that_are_no_clock_stay_in_the_speech() -> None:
    talk = [("P1", "(5 secs) I waited."), ("P2", "[4m 75s] is no time."), ("P1", "() Nothing."), ("P2", "Yes.")]
    assert timed(draft("\n".join(f"{a}: {b}" for a, b in talk))) == [(a, None, b) for a, b in talk]


def test_talk_of_which_nothing_would_be_counted_is_told() -> None:
    found = draft("\n".join(f"INT{n % 2 + 1}: And what is it like here?\nIt is like this and that." for n in range(8)))
    assert set(found.roles.values()) == {"moderator"}
    assert found.warnings == (
        "Everybody who speaks was taken for a moderator; moderators are never counted. Check the roles.",
    )


def test_talk_of_which_next_to_nothing_would_be_counted_is_told() -> None:
    long = "And what is it like to live here, day by day, and with those next door? " * 4
    found = draft("\n".join(f"Interviewer: {long}\nAnna: Good." for _ in range(6)))
    assert found.roles == {"Interviewer": "moderator", "Anna": "participant"}
    assert found.warnings == (
        "Nearly all of the talk is by moderators; moderators are never counted. Check the roles.",
    )
    assert draft("\n".join(f"Interviewer: {long[:72]}\nAnna: It is good, mostly." for _ in range(6))).warnings == ()


def test_a_heading_s_word_that_opens_many_lines_is_doubtful() -> None:
    talk = "".join(f"Moderator: And {n}?\nAnna: I think {n}.\nCost: I say it is {n}, you know.\n" for n in range(8))
    found = draft(talk)
    assert (set(found.roles), found.doubtful) == ({"Moderator", "Anna"}, ("Cost",))
    notes = draft(talk.replace("Cost: I", "I", 6))
    assert notes.doubtful == (), "a word that opens a line now and then is no person"
