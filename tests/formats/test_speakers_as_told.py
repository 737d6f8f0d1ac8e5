"""What a researcher says about a file counts: another convention, a pattern, labels that are or are not speakers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_speakers import FORMS, TALK, TIMED_FORMS, check, said, timed

from cohesion_qda.base.errors import BadInput
from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument, Row
from cohesion_qda.formats.talk.conventions import in_words
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import HowToRead, SourceDraft


def read(written: str, **how: object) -> SourceDraft:
    parts = tuple(Paragraph(line) for line in written.split("\n") if line.strip())
    return check(segment(RawDocument(parts), "a", HowToRead(**how)))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", {**FORMS, **TIMED_FORMS})
def test_to_choose_what_was_recognised_changes_nothing(form: str) -> None:
    written = "\n".join(
        {**FORMS, **TIMED_FORMS}[form].format(label=a, speech=b, at=f"{n:02}:{n * 7:02}")
        for n, (a, b) in enumerate(TALK)
    )
    found = read(written)
    again = read(written, convention=found.form)
    assert (timed(again), again.text, again.form, again.forms) == (timed(found), found.text, found.form, found.forms)


MIXED = "[Anna] writes – I went there.\nZoe: What is it?\nHousing\nAnna: Good.\nZoe: Why?\nHousing\nAnna: So.\n[Anna] reads – no."


def test_another_convention_may_be_chosen_from_those_that_fit() -> None:
    found = read(MIXED)
    assert (found.form, found.forms) == ("colon", ("colon", "bracket", "alone", "none", "pattern"))
    brackets = read(MIXED, convention="bracket")
    assert brackets.form == "bracket"
    assert said(brackets)[0][0] == "Anna"
    alone = read(MIXED, convention="alone")
    assert [label for label, _speech in said(alone)] == ["Housing", "Housing"]
    assert "Zoe: Why?" in alone.text


@pytest.mark.parametrize("form", {**FORMS, **TIMED_FORMS})
def test_nobody_speaks_when_a_person_says_so(form: str) -> None:
    written = "\n".join({**FORMS, **TIMED_FORMS}[form].format(label=a, speech=b, at="01:00") for a, b in TALK)
    found = read(written, convention="none")
    assert (found.turns, found.kind, found.form, found.warnings) == ((), "document", "none", ())
    assert found.forms[-2:] == ("none", "pattern")
    assert len(found.forms) > 2


def test_nobody_speaks_in_captions_and_tables_either() -> None:
    cues = RawDocument(tuple(Cue(text, label, 1.0) for label, text in TALK))
    found = check(segment(cues, "a", HowToRead(convention="none")))
    assert (found.forms, found.text.split("\n")[1]) == (("table", "none"), "Anna: People who talk to each other.")
    rows = RawDocument(tuple(Row(1, ((Paragraph(label),), (Paragraph(text),))) for label, text in TALK))
    found = check(segment(rows, "a", HowToRead(convention="none")))
    assert found.text.split("\n")[1] == "Anna\tPeople who talk to each other."


def test_a_convention_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput, match=r"There is no convention “colons”\. There are: colon, bold"):
        read("Zoe: What?", convention="colons")
    with pytest.raises(BadInput, match="There is no convention “x”"):
        in_words("x")


PATTERNS = {
    "NAME:": "{label}: {speech}",
    "NAME :": "{label}: {speech}",
    "<NAME>": "<{label}> {speech}",
    "TIME NAME –": "00:{at} {label} – {speech}",
    "[TIME] NAME -": "[00:{at}] {label} – {speech}",
    "NAME (TIME):": "{label} (00:{at}): {speech}",
    "NAME [TIME] >": "{label} [{at}] > {speech}",
    "Speaker NAME says:": "Speaker {label} says: {speech}",
    "NAME | TIME |": "{label} | {at} | {speech}",
    "NAME\\t": "{label}\t{speech}",
    "NAME": "{label}\n{speech}",
    "TIME NAME": "{at} {label}\n{speech}",
    "NAME, TIME": "{label}, {at}\n{speech}",
    "== NAME ==": "== {label} ==\n{speech}",
    "NAME » ": "{label} »\n{speech}",
    "NAME TIME": "{label} 0:{at}.0 --> 0:59:59.0\n{speech}",
    "*TIME* NAME >>": "*#00:{at}-5#* {label} >> {speech}",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_with_name_and_time(pattern: str) -> None:
    written = "\n".join(
        PATTERNS[pattern].format(label=a, speech=b, at=f"{n:02}:{n * 7:02}") for n, (a, b) in enumerate(TALK)
    )
    found = read(written, convention="pattern", pattern=pattern)
    assert (said(found), found.form) == (TALK, "pattern")
    assert found.text == "\n".join(speech for _label, speech in TALK)
    if "TIME" in pattern:
        assert [int(turn.at or 0) for turn in found.turns] == [n * 67 for n in range(len(TALK))]


def test_a_pattern_is_not_met_in_the_middle_of_a_name_or_by_what_is_no_name() -> None:
    found = read(
        "Smith-Jones – What?\nAnna – I went - there.\nfor example – this\nSmith-Jones – So?\nAnna – Yes.",
        convention="pattern", pattern="NAME –",
    )  # fmt: skip
    assert said(found) == [
        ("Smith-Jones", "What?"), ("Anna", "I went - there.\nfor example – this"), ("Smith-Jones", "So?"),
        ("Anna", "Yes."),
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", ["", "Name:", "TIME", "NAME NAME", "TIME NAME TIME", "x" * 500])
def test_a_pattern_without_one_name_is_refused(pattern: str) -> None:
    with pytest.raises(BadInput) as refused:
        read("Zoe: What?\nAnna: This.", convention="pattern", pattern=pattern)
    assert refused.value.message == "A pattern must have NAME once, and TIME at most once."
    assert "[TIME] NAME –" in refused.value.hint


@given(st.text(max_size=60), st.sampled_from(["{}NAME", "NAME{}", "{}TIME {}NAME{}"]))
def test_any_pattern_gives_a_sound_draft_or_a_sentence(piece: str, whole: str) -> None:
    try:
        read("[00:01] Zoe: What?\nAnna (nods): This.\n((((Zoe)))) - So?\nAnna\tYes.", convention="pattern",
             pattern=whole.format(*[piece] * 3))  # fmt: skip
    except BadInput as refused:
        assert refused.hint


@pytest.mark.parametrize("line", ["a " * 5000, "a" * 9000, "0:" * 5000, "[" * 5000, "a:" * 4000 + " ", "- " * 5000,
                                  "A. " * 4000, "# " * 5000, "a#" * 4000, "(a) " * 3000 + ":", "[00:00] " * 1500])  # fmt: skip
@pytest.mark.parametrize("pattern", ["", "NAME:", "[TIME] NAME –", "NAME TIME", " NAME  -  TIME  - "])
def test_hostile_lines_are_read_all_the_same(line: str, pattern: str) -> None:
    written = "\n".join(["Zoe: What?", "Anna: So.", line, "Zoe: And?", f"Anna: {line}"] * 4)
    how = {"convention": "pattern", "pattern": pattern} if pattern else {}
    found = read(written, **how)
    assert "What?" in found.text


def test_a_label_that_was_left_is_a_speaker_once_it_is_named() -> None:
    written = "Mod: What?\nP1: A.\nAnna, 34: B.\nMod: So?\nAnna, 34: C.\nP1: D.\nMod: And?\nthe crowd - E."
    found = read(written)
    assert found.doubtful == ("Anna, 34",)
    found = read(written, speakers=frozenset(["Anna, 34", "the crowd"]))
    assert [label for label, _speech in said(found)] == [
        "Mod", "P1", "Anna, 34", "Mod", "Anna, 34", "P1", "Mod", "the crowd",
    ]  # fmt: skip
    assert (found.doubtful, said(found)[-1]) == ((), ("the crowd", "E."))
    assert found.how.speakers == {"Anna, 34", "the crowd"}


@pytest.mark.parametrize("form", ["{}: Yes, now.", "{}\nYes, now.", "[{}] Yes, now.", "{}\tYes, now.", "**{}** Yes, now.",
                                  "{} – Yes, now.", "00:12 {}: Yes, now.", "{}. Yes, now."])  # fmt: skip
def test_a_named_label_however_it_is_set_apart(form: str) -> None:
    written = "Mod: What?\nP1: A.\nMod: So?\n" + form.format("a lady at the back") + "\nMod: And?\nP1: D."
    found = read(written, speakers=frozenset(["A lady at the back"]))
    assert said(found)[3][1].strip("* ") == "Yes, now."
    assert said(found)[3][0].casefold() == "a lady at the back"


def test_a_doubtful_row_of_a_table_can_be_named() -> None:
    some = [*TALK, ("Is that you, or who is it", "Me, I came late and sat down.")]
    rows = RawDocument(tuple(Row(1, ((Paragraph(label),), (Paragraph(text),))) for label, text in some))
    assert segment(rows, "a").doubtful == ("Is that you, or who is it",)
    found = segment(rows, "a", HowToRead(speakers=frozenset(["Is that you, or who is it"])))
    assert said(found) == some


def test_a_document_in_which_one_label_is_named() -> None:
    found = read("Housing: Homes.\nSchools: Lessons.\nHousing: More.", speakers=frozenset(["Housing"]))
    assert said(found) == [("Housing", "Homes.\nSchools: Lessons."), ("Housing", "More.")]


def test_labels_of_a_transcript_that_was_not_recognised_can_be_named() -> None:
    written = "anna: What?\nben: hm\nanna: ok?\nben: yes"
    found = read(written)
    assert (found.turns, found.doubtful) == ((), ("anna", "ben"))
    assert [label for label, _speech in said(read(written, speakers=frozenset(found.doubtful)))] == ["anna", "ben"] * 2


def test_a_label_that_is_none_stays_in_the_speech_without_a_warning() -> None:
    written = "Mod: What?\nP1: A.\nLondon: B.\nMod: So?\nLondon: C.\nP1: D. London: E.\nMod: And?"
    assert "London" in read(written).roles
    found = read(written, speech=frozenset(["London"]))
    assert set(found.roles) == {"Mod", "P1"}
    assert said(found)[1] == ("P1", "A.\nLondon: B.")
    assert (found.warnings, found.doubtful) == ((), ())


def test_questions_are_left_where_a_person_says_that_nobody_asks() -> None:
    written = "What is it?\nP1: A.\nAnd now?\nP2: B.\nSo?\nP1: C."
    assert "Moderator" in read(written).roles
    assert "Moderator" not in read(written, speech=frozenset(["Moderator"])).roles


def test_writings_that_a_person_keeps_apart_are_labels_of_their_own() -> None:
    written = "GA: What?\nTN17: This.\nTn17: That.\nTN17 (nods): And.\nGA: And?\nGA. Good.\nTN17: So."
    found = read(written)
    assert [(pair.label, pair.into, pair.is_joined) for pair in found.alike] == [
        ("Tn17", "TN17", True), ("TN17 (nods)", "TN17", True), ("GA.", "GA", True),
    ]  # fmt: skip
    assert len({pair.why for pair in found.alike}) == 3
    kept = read(written, apart=frozenset(pair.label for pair in found.alike))
    assert [label for label, _speech in said(kept)] == ["GA", "TN17", "Tn17", "TN17 (nods)", "GA", "GA.", "TN17"]
    assert said(kept)[3] == ("TN17 (nods)", "And.")
    assert (kept.alike, kept.warnings) == ((), ())


WORDS = st.sampled_from(["GA", "TN1", "for example", "Anna", "Note", "[Bob]", "(nods)", "00:12", ":", ".", "?", "–", "\t", "\n",
                         "#00:01:02-5#", "# ", "**", "Question 1", "P1:", "-->", " "])  # fmt: skip


@given(
    st.lists(WORDS, max_size=60).map(" ".join),
    st.builds(
        HowToRead,
        convention=st.sampled_from(["", "colon", "bracket", "bold", "stamped", "alone", "tab", "dash", "paren", "stop",
                                    "plain", "asked", "table", "none",
                                    "pattern"]),
        pattern=st.sampled_from(["NAME:", "TIME NAME", "NAME"]),
        speakers=st.frozensets(st.sampled_from(["Anna", "Note", "", "(nods)", "for example"])),
        speech=st.frozensets(st.sampled_from(["GA", "Bob", "Moderator"])),
        apart=st.frozensets(st.sampled_from(["TN1", "GA.", "TN1 (nods)"])),
    ),
)  # fmt: skip
def test_whatever_is_said_of_whatever_text_the_draft_is_sound(written: str, how: HowToRead) -> None:
    parts = tuple(Paragraph(line) for line in written.split("\n") if line.strip())
    found = check(segment(RawDocument(parts), "a", how))
    assert how.convention != "none" or not found.turns
    assert not {turn.label for turn in found.turns} & how.speech - how.speakers
    assert found.how == how
    assert {"none"} <= set(found.forms)
