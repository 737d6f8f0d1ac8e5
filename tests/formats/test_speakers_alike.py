"""Labels that look like one person's are proposed for joining, and nobody is joined silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_speakers import check, draft, said

from cohesion_qda.formats.talk.alike import proposals
from cohesion_qda.model.source import Alike

PARTNERS = ["Moderator", "P1", "P2"]


def among(label: str, other: str, *, times: int = 1, others: int = 12) -> list[Alike]:
    """What is proposed in a talk in which `other` speaks often and `label` so many `times`, not beside it."""
    spoken = [who for _n in range(others) for who in ("Zoe", other, "Mo")]
    spoken += [who for _n in range(times) for who in ("Mo", label, "Zoe")]
    return proposals(spoken)


@pytest.mark.parametrize(
    ("label", "other", "why"),
    [
        ("Particpant 1", "Participant 1", "They are spelt almost alike."),
        ("Particpant", "Participant", "They are spelt almost alike."),
        ("Moderater", "Moderator", "They are spelt almost alike."),
        ("Intreviewer", "Interviewer", "They are spelt almost alike."),
        ("Hanna", "Anna", "They are spelt almost alike."),
        ("Bilal Kahn", "Bilal Khan", "They are spelt almost alike."),
        ("David S", "David", "One may be a shorter form of the other."),
        ("David", "David Smith", "One may be a shorter form of the other."),
        ("Smith", "David Smith", "One may be a shorter form of the other."),
        ("D Smith", "David Smith", "One may be a shorter form of the other."),
        ("DS", "David Smith", "One may be a shorter form of the other."),
        ("Smith, David", "David Smith", "The same words stand in another order."),
        ("Mod", "Moderator", "One may be short for the other."),
        ("Int.", "Interviewer", "One may be short for the other."),
        ("Int 1", "Interviewer 1", "One may be short for the other."),
        ("P1", "Participant 1", "One may be short for the other."),
        ("P 1", "P1", "Only spaces, stops or zeros differ."),
        ("SPEAKER_01", "Speaker 1", "Only spaces, stops or zeros differ."),
        ("Khan", "Dr. Khan", "Only the title differs."),
        ("TNl", "TN1", "They differ in signs that look alike, such as O and 0."),
        ("P1O", "P10", "They differ in signs that look alike, such as O and 0."),
    ],
)
def test_likenesses_with_their_reason(label: str, other: str, why: str) -> None:
    assert among(label, other) == [Alike(label, other, why)]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("P1", "P2"), ("TN1", "TN11"), ("TN12", "TN21"), ("GA", "CA"), ("F1", "M1"), ("Interviewer", "Interviewee"),
        ("Participant A", "Participant B"), ("Participant 1", "Participant 2"), ("Speaker One", "Speaker Two"),
        ("Participants", "Participant"), ("Anna", "Bilal"), ("Mr Khan", "Mrs Khan"), ("Ann", "Anton"), ("Jo", "Joe"),
        ("Anna & Bilal", "Anna"), ("Anna and Bilal", "Anna"), ("Anna (teacher)", "Anna (parent)"), ("P1", "Participant 2"),
        ("Male 1", "Female 1"), ("M", "Mo"), ("David Smith", "David Jones"), ("Everyone", "Everyon"), ("Mary", "Marcus"),
    ],
)  # fmt: skip
def test_what_is_no_likeness(label: str, other: str) -> None:
    assert among(label, other) == []


def test_two_names_of_one_letters_difference_need_one_to_be_rare() -> None:
    assert among("Hanna", "Anna", times=8) == []
    assert among("Particpant", "Participant", times=8)[0].label == "Particpant"  # what is no word is a slip


def test_two_who_talk_with_each_other_are_two() -> None:
    assert proposals(["Moderator", "David", "David S", "Moderator"] * 6) == []
    assert proposals(["David", "David S"] * 6) == []
    assert [pair.label for pair in proposals(["Moderator", "David"] * 6 + ["Moderator", "David S"] * 6)] == ["David S"]


def test_a_name_that_may_stand_for_two_people_is_not_proposed() -> None:
    spoken = ["Zoe", "David Smith", "Mo", "David Jones"] * 6 + ["Zoe", "David", "Mo"]
    assert proposals(spoken) == []


def test_in_a_transcript_they_are_two_speakers_until_they_are_joined() -> None:
    found = draft(
        "Moderator: What?\nParticipant 1: A.\nModerator: So?\nParticpant 1: B.\nModerator: And?\nParticipant 1: C."
    )
    assert len(found.roles) == 3
    (proposal,) = found.alike
    assert (proposal.label, proposal.into, proposal.is_joined) == ("Particpant 1", "Participant 1", False)
    joined = check(found.joined({proposal.label: proposal.into}))
    assert [speech for _label, speech in said(joined)] == [speech for _label, speech in said(found)]
    assert (set(joined.roles), joined.alike) == ({"Moderator", "Participant 1"}, ())


def test_what_was_read_as_one_is_told_with_its_reason() -> None:
    found = draft(
        "Mod: Who?\nAnna (F, 34): I.\nANNA (F, 34): So.\nMod: And?\nAnna (F,34): More.\nMod. Why?\nAnna (laughs): Hm.\n"
        "Dr. Khan: A.\nMod: B?\nDr Khan: C.\nDr. Khan: D."
    )
    assert {(pair.label, pair.into): pair.why for pair in found.alike if pair.is_joined} == {
        ("ANNA (F, 34)", "Anna (F, 34)"): "Only capital and small letters differ.",
        ("Anna (F,34)", "Anna (F, 34)"): "Only what stands in brackets differs.",
        ("Mod.", "Mod"): "It is written with a full stop in place of the colon.",
        ("Anna (laughs)", "Anna (F, 34)"): "What stands in brackets was taken for a stage note.",
        ("Dr Khan", "Dr. Khan"): "Only spaces and stops differ.",
    }


LABELS = st.lists(
    st.text("PpTN1l0O iAnad.S", min_size=1, max_size=6).map(str.strip).filter(lambda label: label[:1].isalnum()),
    min_size=1, max_size=40,
)  # fmt: skip


@given(LABELS)
def test_proposals_lead_from_rarer_to_more_frequent_labels_and_never_in_a_circle(spoken: list[str]) -> None:
    found = proposals(spoken)
    place = {label: (-spoken.count(label), spoken.index(label)) for label in spoken}
    assert len({pair.label for pair in found}) == len(found)
    for pair in found:
        assert pair.label != pair.into
        assert place[pair.into] < place[pair.label]  # so that no chain comes back


@given(st.lists(st.sampled_from(["Moderator", "Mod", "P1", "P 1", "Pl", "Participant 1", "Particpant 1", "David", "David S"]),
                min_size=4, max_size=30))  # fmt: skip
def test_joining_all_that_is_proposed_loses_no_turn(spoken: list[str]) -> None:
    found = draft("\n".join(f"{label}: This is {n}." for n, label in enumerate(spoken)))
    joined = check(found.joined({pair.label: pair.into for pair in found.alike if not pair.is_joined}))
    assert [turn.span for turn in joined.turns] == [turn.span for turn in found.turns]
    assert not [pair for pair in joined.alike if not pair.is_joined and pair.label in joined.roles]


def test_many_and_long_labels_are_no_matter() -> None:
    assert len(proposals([f"Name{n}x" * 9 for n in range(3000)])) < 3000
    assert proposals(["x" * 100_000, "x" * 99_999]) == []
