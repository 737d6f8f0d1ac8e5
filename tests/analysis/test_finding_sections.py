"""Where a guide's questions are asked: in the sample study, in real focus groups, and in made-up talk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.sections import HEADING, Asked, Heard, find
from cohesion_qda.formats.sources import read_here
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span
from tests.conftest import ROOT

SAMPLE_GUIDE = [
    "What does a community that gets on well together mean to you?",
    "What brings people together round here?",
    "What gets in the way? What keeps people apart?",
    "If you could change one thing, what would it be?",
]
SAMPLE_TURNS = {  # in which turn the moderator asks each of them, as a person reads it
    "01": (1, 23, 47, 74), "02": (1, 26, 48, 80), "03": (1, 18, 35, 64), "04": (1, 19, 42, 64), "05": (1, 21, 42, 77),
    "06": (1, 20, 44, 76), "07": (1, 19, 48, 80), "08": (1, 16, 31, 59), "09": (1, 16, 33, 62), "10": (1, 18, 36, 62),
    "11": (9, 30, 47, 83), "12": (9, 26, 46, 69), "13": (5, 19, 31, 53), "14": (5, 17, 30, 50), "15": (5, 21, 35, 59),
}  # fmt: skip
DIABETES_GUIDE = [
    "Have you looked after patients with diabetes, and have you had contact with sensors before this study?",
    "What do you think are the challenges for patients with diabetes in everyday life?",
    "What was your own experience of wearing the sensor for a fortnight? Were there any problems or inconveniences?",
    "Did anything surprise you, something you did not expect from the sensor?",
    "What benefits could this technology bring for patients?",
    "Do you see a patient with diabetes differently now? Would you approach them differently?",
    "Would you recommend others to wear a sensor themselves?",
    "How comfortable and confident would you feel caring for a patient with a sensor in hospital?",
    "Is there anything we have forgotten to ask? Anything you would like to add?",
]
DIABETES_TURNS = {  # 0: not asked
    "focus_group_1": (1, 4, 19, 35, 53, 69, 87, 94, 109),
    "focus_group_2": (0, 1, 33, 63, 0, 37, 0, 128, 150),
    "focus_group_3": (1, 0, 11, 54, 88, 119, 0, 70, 195),
}


def heard(draft: SourceDraft) -> list[Heard]:
    return [Heard(turn.span, draft.roles[turn.label], turn.span.of(draft.text)) for turn in draft.turns]


def right_wrong_missed(guide: list[str], draft: SourceDraft, turns: tuple[int, ...]) -> tuple[int, int, int]:
    number = {turn.span.start: n for n, turn in enumerate(draft.turns, 1)}
    found = {asked.question: number[asked.start] for asked in find(guide, heard(draft))}
    right = sum(1 for question, turn in enumerate(turns) if turn and found.get(question) == turn)
    return right, len(found) - right, sum(1 for turn in turns if turn) - right


def total(rows: list[tuple[int, int, int]]) -> tuple[float, float]:
    """Precision and recall."""
    right, wrong, missed = (sum(column) for column in zip(*rows, strict=True))
    return right / (right + wrong), right / (right + missed)


def test_in_the_sample_study_what_is_found_is_right_and_most_is_found() -> None:
    rows = []
    for path in sorted((ROOT / "sample_transcripts").iterdir()):
        if path.name[:2] in SAMPLE_TURNS:
            (draft,) = read_here(path)
            rows.append(right_wrong_missed(SAMPLE_GUIDE, draft, SAMPLE_TURNS[path.name[:2]]))
    precision, recall = total(rows)
    assert len(rows) == 15
    assert precision >= 0.98
    assert recall >= 0.85


def test_in_real_focus_groups_that_ask_in_their_own_order(focus_groups: Path) -> None:
    rows = []
    for name, turns in DIABETES_TURNS.items():
        (draft,) = read_here(focus_groups / f"{name}.txt")
        rows.append(right_wrong_missed(DIABETES_GUIDE, draft, turns))
    assert rows[0][0] >= 8, "the guide was written for the first"
    assert rows[0][1] == 0
    precision, recall = total(rows)
    assert precision >= 0.8
    assert recall >= 0.65


INVENTED_GUIDES = [
    ["What brings people together in your area?", "Who runs the moon?", "What would help?", "What is it like to live here?"],
    ["How do you feel about the buses round here?", "What do you think of the new library?", "What would you tell the council?",
     "Has anything changed since the school closed?", "Anything else you would like to say?"],
    ["What was the hardest part of becoming a parent?", "Who did you turn to for support in the first weeks?",
     "How did your midwife explain things to you?", "What would you have done differently?"],
    ["What do you think makes a good manager?", "How does your team deal with conflict?", "What did you learn from the training?",
     "Can you describe a time when work went well?", "What are the challenges for you in everyday work?"],
    ["Getting on with people", "Neighbours", "Food and music", "Change", "Costs of living"],
    ["What would help?"], ["What brings people together in your area?"], ["Change"],
]  # fmt: skip


def found_by(guides: list[list[str]], paths: Iterable[Path]) -> list[tuple[str, str, str]]:
    """(file, question, turn) of whatever is found."""
    found = []
    for path in paths:
        said = heard(read_here(path)[0])
        turns = {turn.span.start: turn.text for turn in said}
        found += [(path.name, guide[one.question], turns[one.start]) for guide in guides for one in find(guide, said)]
    return found


def test_the_questions_of_other_studies_are_not_found_in_groups_and_meetings(focus_groups: Path) -> None:
    elsewhere = [focus_groups.parent / "meetings" / name for name in ("ES2004a.json", "education_13.json")]
    elsewhere += [
        focus_groups.parent / "other" / name for name in ("js-party-94.md", "practical-ai-144.md", "example.srt")
    ]
    guides = [SAMPLE_GUIDE, *INVENTED_GUIDES]
    assert found_by(guides, [*sorted(focus_groups.iterdir()), *elsewhere]) == []
    assert found_by([DIABETES_GUIDE], elsewhere) == []


def test_the_questions_of_other_studies_are_not_found_in_the_sample_study() -> None:
    paths = [path for path in sorted((ROOT / "sample_transcripts").iterdir()) if path.name[:2] in SAMPLE_TURNS]
    assert found_by([DIABETES_GUIDE, *INVENTED_GUIDES[1:4]], paths) == []


def talk(*lines: tuple[str, str]) -> list[Heard]:
    found, at = [], 0
    for role, words in lines:
        found.append(Heard(Span(at, at + (0 if role == HEADING else len(words))), role, words))
        at += 0 if role == HEADING else len(words) + 1
    return found


def test_a_question_that_was_never_asked_is_left_out() -> None:
    said = talk(
        ("moderator", "What do you think of the buses round here?"),
        ("participant", "What brings people together? Not the buses."),
        ("moderator", "And the parks?"),
    )
    found = find(["What brings people together?", "What do you think of the buses?", "What about the parks?"], said)
    assert [(asked.question, asked.start) for asked in found] == [(1, 0), (2, said[2].span.start)]
    assert all(0.3 <= asked.score <= 1 for asked in found)


def test_the_guide_s_order_decides_between_two_places_and_what_is_plain_may_stand_out_of_it() -> None:
    said = talk(
        ("moderator", "So what about the parks, are they good?"),
        ("participant", "They are."),
        ("moderator", "How do you travel to work?"),
        ("participant", "By bus."),
        ("moderator", "Going back, what about the parks and the benches?"),
        ("participant", "None."),
        ("moderator", "If you could change one thing, what would it be?"),
        ("moderator", "What is your name and where do you live?"),
    )
    guide = ["What is your name and where do you live?", "How do you travel to work?", "What about the parks?"]
    found = {
        asked.question: said.index(next(h for h in said if h.span.start == asked.start)) for asked in find(guide, said)
    }
    assert found == {0: 7, 1: 2, 2: 4}


def test_a_question_may_stand_in_the_middle_of_a_long_turn_and_be_called_by_its_number() -> None:
    said = talk(
        ("moderator", "Thank you all for coming, there is tea at the back and the fire exit is here. Nobody will be named. "
                      "So who do you meet on your street? Take your time with this."),
        ("participant", "Nobody."),
        ("moderator", "That takes me to the second question. Tell me about it."),
        ("participant", "About what?"),
        ("moderator", "One last thing, and then you can go."),
    )  # fmt: skip
    guide = [
        "Who do you meet on your street?",
        "What is it like at work?",
        "What keeps neighbours apart?",
        "Anything else?",
    ]
    assert [asked.question for asked in find(guide, said)] == [0], "a number alone is no evidence"
    plain = talk(*((turn.role, turn.text) for turn in said[:4]), ("moderator", "What keeps neighbours apart, then?"),
                 ("moderator", said[4].text))  # fmt: skip
    assert [asked.question for asked in find(guide, plain)] == [0, 1, 2, 3]


def test_a_first_question_that_asks_something_else_is_not_the_guide_s_first() -> None:
    said = talk(
        ("moderator", "Phones face down please, there are no wrong answers. First one: where do you lot hang out?"),
        ("participant", "The bus station."),
        ("moderator", "So what does getting on with people round here mean to you?"),
        ("participant", "Nobody bothers you."),
        ("moderator", "And what divides people?"),
    )
    guide = ["What does getting on with people round here mean to you?", "What divides people?", "Who is in charge?"]
    assert [(asked.question, asked.start) for asked in find(guide, said)] == [(0, said[2].span.start), (1, said[4].span.start)]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Technical help. Hmm.",
        "When we looked at the budget last spring, nobody could say whether more help, more staff or better buses mattered.",
        "What do you think, you are still a long way from the end, and things get better.",
    ],
)
def test_one_word_or_only_common_ones_are_no_evidence(words: str) -> None:
    said = talk(("moderator", words), ("participant", "Hard to say."), ("moderator", "Shall we stop?"))
    assert find(["What would help?", "What gets in the way of things?", "Who runs the moon?"], said) == []


def test_a_short_question_in_its_own_words_is_found() -> None:
    said = talk(("moderator", "Thank you. So, what would help?"), ("participant", "Buses."), ("moderator", "Why?"))
    assert [asked.start for asked in find(["What would help?"], said)] == [0]


def test_a_heading_over_the_question_belongs_to_its_section() -> None:
    said = talk(
        (HEADING, "Barriers"), ("moderator", "What gets in the way of mixing?"), ("participant", "Money."),
        (HEADING, "What brings people together?"), ("participant", "Food."),
    )  # fmt: skip
    found = find(["What gets in the way of mixing?", "What brings people together?"], said)
    assert [asked.start for asked in found] == [0, said[3].span.start]


def test_where_no_moderator_is_known_whoever_asks_may_have_asked_it() -> None:
    said = talk(
        ("participant", "I like the parks round here."),
        ("participant", "What do you like round here?"),
        ("", "The parks."),
    )
    assert [asked.start for asked in find(["What do you like round here?"], said)] == [said[1].span.start]


@pytest.mark.parametrize(
    ("one", "other"), [("brought", "brings"), ("keeping", "kept"), ("changes", "changed"), ("getting", "gets"), ("women", "woman")]
)  # fmt: skip
def test_forms_of_one_word_are_one(one: str, other: str) -> None:
    said = talk(("moderator", f"{other} tulips?"), ("moderator", "Lorem ipsum dolor?"), ("moderator", "Sit amet?"))
    assert [asked.start for asked in find([f"{one} tulips"], said)] == [0]


words = st.sampled_from("bus park food friend street name work change people together apart way".split())  # noqa: SIM905
sentences = st.lists(words, min_size=1, max_size=6).map(lambda found: "What " + " ".join(found) + "?")


@given(
    st.lists(sentences, max_size=6),
    st.lists(st.tuples(st.sampled_from(["moderator", "participant", HEADING, ""]), sentences), max_size=12),
)
def test_what_is_found_is_in_order_once_each_inside_and_always_the_same(
    guide: list[str], lines: list[tuple[str, str]]
) -> None:
    said = talk(*lines)
    found = find(guide, said)
    starts = [asked.start for asked in found]
    assert starts == sorted(set(starts))
    assert set(starts) <= {one.span.start for one in said}
    assert len({asked.question for asked in found}) == len(found)
    assert all(0 <= asked.question < len(guide) and 0 < asked.score <= 1 for asked in found)
    assert find(list(guide), list(said)) == found


@given(st.permutations(range(4)))
def test_every_question_asked_in_its_own_words_is_found_in_any_order(order: list[int]) -> None:
    guide = [
        "Where do you shop for bread?",
        "Who looks after your garden?",
        "Which school is nearest?",
        "When did you move?",
    ]
    said = talk(*(line for n in order for line in (("moderator", guide[n]), ("participant", "Well, hard to say."))))
    assert [asked.question for asked in find(guide, said)] == list(order)


def test_nothing_is_found_in_nothing() -> None:
    assert find([], talk(("moderator", "Why?"))) == []
    assert find(["Why?"], []) == []
    assert find(["?", ""], talk(("moderator", "Why?"))) == []
    assert find(["Lovely bread?"], talk(("moderator", "Lovely bread?"))) == [Asked(0, 0, 1.0)]
