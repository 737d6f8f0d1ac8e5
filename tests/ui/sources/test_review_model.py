"""What a person says about files before they are imported: it holds, it can be taken back, and it outlives a reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import AS_FOUND, Alike, HowToRead
from cohesion_qda.model.text import count_words
from cohesion_qda.project import matching
from cohesion_qda.project.matching import Known
from cohesion_qda.ui.sources import review_like
from cohesion_qda.ui.sources.review_item import SPEECH, Choices, FileRead, Item, files_of
from cohesion_qda.ui.sources.review_model import Review
from tests.ui.sources.made import PATH, draft, item, review, talk

MAYBE = Alike("David S", "David", "the name is longer")
READ = Alike("Carol (nods)", "Carol", "a stage note", is_joined=True)
BAD = CannotReadSource(Path("bad.docx"), "bad.docx is cut off.", "Ask for it again.")


def names(one: Item) -> list[str]:
    return [speaker.name for speaker in one.speakers()]


# -- files ---------------------------------------------------------------------------------------------------------------


def test_a_survey_is_one_row_and_bad_files_stand_last() -> None:
    survey = [
        replace(draft(path=Path("survey.csv")), name=f"Respondent {n}", text="I like it here") for n in range(200)
    ]
    looked = review(BAD, *survey, talk(), LeftOut(Path("notes"), "2 files were left out."))
    assert [(one.file_name, len(one.read.drafts)) for one in looked.items] == [
        ("survey.csv", 200), ("Women.docx", 1), ("bad.docx", 0),
    ]  # fmt: skip
    assert looked.sources == 201
    assert looked.items[0].read.said.words == 800
    assert [notice.message for notice in looked.left_out] == ["2 files were left out."]
    assert looked.errors == [looked.items[2]]
    assert not looked.items[2].is_ticked
    assert not looked.items[2].needs_a_look


def test_a_file_that_could_not_be_read_cannot_be_ticked() -> None:
    (one,) = review(BAD).items
    one.is_ticked = True
    assert not one.is_ticked
    assert one.speakers() == []
    assert one.drafts() == []


def test_what_is_not_ticked_is_not_added() -> None:
    looked = review(talk(), talk(Path("Men.docx")))
    looked.items[0].is_ticked = False
    assert [found.name for found in looked.drafts()] == ["Men"]
    assert looked.sources == 1


def test_a_name_of_a_file_is_shown_on_one_line() -> None:
    (one,) = review(CannotReadSource(Path("a\nb\u202ec.txt"), "x")).items
    assert "\n" not in one.file_name
    assert "\u202e" not in one.file_name


# -- who speaks ------------------------------------------------------------------------------------------------------------


def test_the_share_of_talk_is_of_the_words_that_were_spoken() -> None:
    people = {speaker.name: speaker for speaker in item(talk()).speakers()}
    assert {name: (one.turns, one.words) for name, one in people.items()} == {
        "Int": (1, 5), "David": (1, 3), "David S": (1, 4), "Carol": (1, 5),
    }  # fmt: skip
    assert sum(speaker.share for speaker in people.values()) == pytest.approx(1.0)
    assert people["Carol"].share == pytest.approx(5 / 17)


def test_a_renamed_moderator_stays_the_moderator() -> None:
    one = item(talk())
    one.rename("Int", "  Sam   Okoye ")
    assert next((s.name, s.role) for s in one.speakers()) == ("Sam Okoye", "moderator")
    (found,) = one.drafts()
    assert found.turns[0].label == "Sam Okoye"
    assert found.roles == {
        "Sam Okoye": "moderator",
        "David": "participant",
        "David S": "participant",
        "Carol": "participant",
    }


def test_renaming_to_a_name_that_is_taken_joins_and_the_one_that_was_there_keeps_its_role() -> None:
    one = item(talk())
    one.set_role("David", "observer")
    one.rename("David S", "David")
    assert names(one) == ["Int", "David", "Carol"]
    assert one.speakers()[1].turns == 2
    assert one.speakers()[1].role == "observer"
    assert one.speakers()[1].writings == ("David", "David S")
    assert [turn.label for turn in one.drafts()[0].turns] == ["Int", "David", "David", "Carol"]


def test_what_was_joined_can_be_taken_out_again() -> None:
    one = item(talk())
    one.rename("David S", "David")
    assert [(pair.label, pair.into) for pair in one.joined] == [("David S", "David")]
    one.take_out("David S")
    assert names(one) == ["Int", "David", "David S", "Carol"]
    assert one.joined == []


def test_a_name_that_became_free_can_be_given_to_another() -> None:
    """Carol is called Ann, then David is called Carol: they are two people still."""
    one = item(talk())
    one.rename("Carol", "Ann")
    one.rename("David", "Carol")
    assert names(one) == ["Int", "Carol", "David S", "Ann"]
    one.rename("Ann", "Carol")
    assert names(one) == ["Int", "Carol", "David S"]


def test_renaming_back_leaves_nothing_behind() -> None:
    one = item(talk())
    one.rename("Carol", "Ann")
    one.rename("Ann", "Carol")
    assert dict(one.choices.called) == {}
    assert one.drafts()[0].turns == talk().turns


def test_an_empty_name_and_somebody_who_is_not_there_change_nothing() -> None:
    one = item(talk())
    one.rename("Carol", "   ")
    one.rename("Nobody", "Ann")
    assert names(one) == ["Int", "David", "David S", "Carol"]


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDEXY")), max_size=12))
def test_however_people_are_renamed_no_turn_and_no_word_is_lost(acts: list[tuple[str, str]]) -> None:
    one = item(draft(*((label, f"Words of {label}") for label in "ABCDEABC")))
    before = one.read.drafts[0]
    for name, new in acts:
        one.rename(name, new)
    (after,) = one.drafts()
    assert after.text == before.text
    assert [turn.span for turn in after.turns] == [turn.span for turn in before.turns]
    assert sum(speaker.turns for speaker in one.speakers()) == 8
    assert {turn.label for turn in after.turns} == set(after.roles) == set(names(one))
    by_label: dict[str, set[str]] = {}
    for was, now in zip(before.turns, after.turns, strict=True):
        by_label.setdefault(was.label, set()).add(now.label)
    assert all(len(labels) == 1 for labels in by_label.values()), "all turns of a label go together"


# -- what is asked -----------------------------------------------------------------------------------------------------------


def test_labels_that_look_alike_are_asked_about_and_not_joined() -> None:
    one = item(talk(alike=(MAYBE,)))
    assert one.needs_a_look
    assert one.proposals == [MAYBE]
    assert names(one) == ["Int", "David", "David S", "Carol"]
    one.join(MAYBE)
    assert one.proposals == []
    assert names(one) == ["Int", "David", "Carol"]
    assert not one.needs_a_look


def test_two_people_who_look_alike_are_not_asked_about_twice() -> None:
    one = item(talk(alike=(MAYBE,)))
    one.tell_apart(MAYBE)
    assert one.proposals == []
    assert not one.needs_a_look
    assert names(one) == ["Int", "David", "David S", "Carol"]


def test_what_the_reader_joined_is_asked_about_too() -> None:
    one = item(talk(alike=(READ,)))
    assert one.proposals == [READ]
    one.join(READ)
    assert not one.needs_a_look
    assert one.joined == [READ]
    one.tell_apart(READ)
    assert one.joined == []
    assert one.how_apart("Carol (nods)") == HowToRead(apart=frozenset({"Carol (nods)"}))


def test_a_writing_that_is_kept_apart_has_the_role_it_had() -> None:
    """Read anew, somebody with one turn may look like a moderator: they were a participant before."""
    looked = review(talk(alike=(READ,)))
    (one,) = looked.items
    one.tell_apart(READ)
    number = looked.ask(one, one.how_apart("Carol (nods)"))
    apart = read(
        ("Int", "Why?"),
        ("Carol", "So."),
        ("Carol (nods)", "Yes?"),
        roles={"Int": "moderator", "Carol": "participant", "Carol (nods)": "moderator"},
    )
    looked.answer(one, number, apart)
    assert [(s.name, s.role) for s in one.speakers()][-1] == ("Carol (nods)", "participant")


@pytest.mark.parametrize("typed", ["david", "DAVID"])
def test_a_typed_name_that_differs_only_in_case_from_another_is_proposed(typed: str) -> None:
    one = item(talk())
    one.rename("Carol", typed)
    (pair,) = one.proposals
    assert (pair.label, pair.into, pair.is_joined) == (typed, "David", False)
    one.join(pair)
    assert names(one) == ["Int", "David", "David S"]
    assert one.proposals == []
    one = item(talk())
    one.rename("Carol", typed)
    one.tell_apart(one.proposals[0])
    assert one.proposals == []
    assert typed in names(one)


def test_apart_can_be_taken_back() -> None:
    one = item(talk(how=HowToRead(apart=frozenset({"GA."}))))
    assert one.how_apart("GA.", on=False) == AS_FOUND


def test_doubtful_labels_and_encodings_need_a_look_until_somebody_has_said() -> None:
    one = item(talk(doubtful=("Zed",), encoding="cp1252", encoding_is_sure=False, warnings=("One letter is odd.",) * 2))
    assert one.reasons == 3
    one.how = HowToRead(encoding="cp1252", speech=frozenset({"Zed"}))
    assert one.doubtful == []
    assert not one.is_encoding_doubtful
    assert one.reasons == 1
    one.set_right()
    assert not one.needs_a_look
    one.set_right(False)
    assert one.needs_a_look


def test_a_label_goes_to_the_speech_and_back() -> None:
    one = item(talk())
    one.how = one.how_with("Note", SPEECH)
    assert one.how == HowToRead(speech=frozenset({"Note"}))
    one.how = one.how_with("Note", "participant")
    assert one.how == AS_FOUND
    one.how = one.how_with("Zed", "participant")
    assert one.how == HowToRead(speakers=frozenset({"Zed"}))
    one.how = one.how_with("Zed", SPEECH)
    assert one.how == AS_FOUND, "it was left in the speech before: nothing more need be said"


def test_the_next_that_needs_a_look_is_found_around_the_end() -> None:
    looked = review(talk(warnings=("A.",)), talk(Path("b.docx")), talk(Path("c.docx"), warnings=("C.",)))
    first, _second, third = looked.items
    assert looked.looks == [first, third]
    assert looked.next_look(first) is third
    assert looked.next_look(third) is first
    first.set_right()
    third.set_right()
    assert looked.next_look(third) is None


# -- attributes, kind ----------------------------------------------------------------------------------------------------


def test_attributes_of_the_file_can_be_changed_and_taken_away() -> None:
    one = item(talk(attributes={"place": "Dewsbury", "date": "2026-03-14"}))
    one.set_attribute(" place ", " Batley ")
    one.set_attribute("date", "")
    one.set_attribute("  ", "nothing")
    one.set_attribute("age  band", "16 to 24")
    assert one.attributes == {"place": "Batley", "age band": "16 to 24"}
    assert one.drafts()[0].attributes == one.attributes


def test_what_is_typed_for_a_survey_holds_for_each_of_its_sources() -> None:
    one = item(talk(attributes={"age": "20"}), replace(talk(attributes={"age": "30"}), name="Other"))
    one.set_attribute("place", "Batley")
    assert [found.attributes for found in one.drafts()] == [
        {"age": "20", "place": "Batley"}, {"age": "30", "place": "Batley"},
    ]  # fmt: skip


def test_what_is_typed_for_one_of_a_survey_is_that_ones_alone_until_all_have_it() -> None:
    one = item(talk(attributes={"area": "Batley"}), replace(talk(attributes={"area": "Heck"}), name="R03"))
    one.set_attribute_of(1, " area ", "Huddersfield")
    assert [one.values_of(place) for place in (0, 1)] == [{"area": "Batley"}, {"area": "Huddersfield"}]
    one.set_attribute("area", "Huddersfield")
    assert [found.attributes for found in one.drafts()] == [{"area": "Huddersfield"}] * 2
    assert one.choices.of_one == {}
    one.forget_attribute("area")
    one.set_attribute_of(0, "area", "")
    assert [one.values_of(place) for place in (0, 1)] == [{}, {"area": "Heck"}]
    one.forget_attribute("area", "Women")
    assert one.choices == Choices()


def test_the_kind_that_was_chosen_is_added() -> None:
    one = item(talk())
    assert one.kind == "focus group"
    one.set_kind("interview")
    assert one.drafts()[0].kind == "interview"


# -- reading again ----------------------------------------------------------------------------------------------------------


def read(*said: tuple[str, str], **known: object) -> FileRead:
    (found,) = files_of([draft(*said, **known)])
    assert isinstance(found, FileRead)
    return found


def test_only_the_last_answer_for_a_file_is_taken() -> None:
    looked = review(talk())
    (one,) = looked.items
    early = looked.ask(one, HowToRead(convention="bold"))
    late = looked.ask(one, HowToRead(convention="none"))
    assert one.is_waiting
    assert looked.answer(one, late, read(("", "All is text")))
    assert not looked.answer(one, early, read(("Wrong", "Too late")))
    assert not one.is_waiting
    assert names(one) == [""]


def test_choices_outlive_a_reading_and_come_back_with_their_labels() -> None:
    looked = review(talk(alike=(MAYBE,)))
    (one,) = looked.items
    one.set_kind("interview")
    one.set_role("Carol", "observer")
    one.join(MAYBE)
    one.set_attribute("place", "Batley")
    number = looked.ask(one, HowToRead(convention="none"))
    looked.answer(one, number, read(("Carol", "Only I am left.")))
    assert [(s.name, s.role) for s in one.speakers()] == [("Carol", "observer")]
    assert one.drafts()[0].kind == "interview"
    assert one.drafts()[0].attributes == {"place": "Batley"}
    number = looked.ask(one, AS_FOUND)
    (again,) = files_of([talk(alike=(MAYBE,))])
    looked.answer(one, number, again)  # type: ignore[arg-type]
    assert names(one) == ["Int", "David", "Carol"]
    assert one.speakers()[2].role == "observer"


def test_a_way_of_reading_that_fails_leaves_the_file_as_it_was() -> None:
    looked = review(talk())
    (one,) = looked.items
    number = looked.ask(one, HowToRead(convention="pattern", pattern="TIME"))
    bad = CannotReadSource(PATH, "A pattern must have NAME once.", "Write NAME.")
    assert looked.answer(one, number, FileRead(PATH, error=bad))
    assert one.trouble is bad
    assert one.error is None
    assert len(names(one)) == 4
    assert one.needs_a_look
    number = looked.ask(one, AS_FOUND)
    looked.answer(one, number, read(("Carol", "Yes.")))
    assert one.trouble is None


def test_what_was_given_up_is_wanted_as_it_was_read() -> None:
    looked = review(talk())
    (one,) = looked.items
    number = looked.ask(one, HowToRead(convention="bold"))
    assert looked.give_up() == [one]
    assert one.how == AS_FOUND
    assert not looked.answer(one, number, read(("Late", "Too late")))
    assert looked.give_up() == []


def alike_ones() -> Review:
    return review(
        talk(Path("a.docx")), talk(Path("b.docx")), talk(Path("c.docx"), form="bold"),
        talk(Path("d.docx"), encoding_is_sure=False), talk(Path("e.txt"), format="Plain text"), BAD,
    )  # fmt: skip


def test_only_files_about_which_nothing_was_said_may_take_something_over() -> None:
    looked = alike_ones()
    first, second, _third, fourth, _fifth, _bad = looked.items
    assert looked.like(first) == [second, fourth]
    assert looked.may_take(first) == [], "nothing was said yet"
    first.set_kind("interview")
    assert looked.may_take(first) == [second, fourth]
    second.set_role("Carol", "observer")
    assert looked.may_take(first) == [fourth], "somebody has settled the second by hand"
    fourth.how = HowToRead(convention="none")
    assert looked.may_take(first) == []


def test_what_may_hold_for_others_is_told_and_only_what_was_said() -> None:
    (one, _other) = review(talk(), talk(Path("b.docx"))).items
    one.rename("Carol", "Ann")
    assert review_like.offers(one) == [], "a name is nobody else's"
    one.set_role("David", "observer")
    one.how = HowToRead(convention="pattern", pattern="NAME >>", encoding="cp1250")
    assert [offer.words for offer in review_like.offers(one)] == [
        "Speakers: a turn begins with “NAME >>”", "Encoding: cp1250", "Role of David: Observer",
    ]  # fmt: skip


def test_files_take_over_what_was_chosen_and_have_it_taken_back() -> None:
    looked = alike_ones()
    first, second, third, fourth, *_rest = looked.items
    first.set_kind("interview")
    first.set_role("David S", "moderator")
    first.how = HowToRead(convention="none", encoding="cp1250")
    kind, form, encoding, role = review_like.offers(first)
    anew = looked.give(first, [form, encoding, role], [second, fourth])
    assert anew == {
        second: HowToRead(convention="none"), fourth: HowToRead(convention="none", encoding="cp1250"),
    }  # fmt: skip
    for one, how in anew.items():
        looked.ask(one, how)
    assert [one.speakers()[2].role for one in (second, third, fourth)] == ["moderator", "participant", "moderator"]
    assert second.choices.kind == "", "the kind was not ticked"
    assert looked.may_take(first) == [second, fourth], "they have settled nothing themselves"
    fourth.set_role("Carol", "observer")
    assert looked.take_back() == {second: AS_FOUND}
    assert second.choices == Choices()
    assert fourth.choices.roles == {"David S": "moderator", "Carol": "observer"}, "what was said since stays"
    assert looked.take_back() == {}
    assert kind.words == "Kind of source: Interview"


def test_a_file_that_a_pattern_does_not_fit_stays_as_it_was() -> None:
    looked = review(talk(), talk(Path("b.docx")))
    first, second = looked.items
    first.how = HowToRead(convention="pattern", pattern="NAME >>")
    (how,) = looked.give(first, review_like.offers(first), [second]).values()
    number = looked.ask(second, how)
    assert looked.answer(second, number, FileRead(second.path, (replace(draft(), turns=(), roles={}, how=how),)))
    assert (second.how, second.trouble, second.turns) == (AS_FOUND, None, 4)
    assert looked.given.misfits == [second]
    assert not second.is_settled


def test_a_pattern_that_nothing_begins_like_is_no_way_of_reading() -> None:
    looked = review(talk())
    (one,) = looked.items
    number = looked.ask(one, HowToRead(convention="pattern", pattern="NAME >"))
    looked.answer(one, number, FileRead(PATH, (replace(draft(), turns=(), roles={}),)))
    assert str(one.trouble).startswith("Nothing in the file begins like “NAME >”.")
    assert one.turns == 4


# -- the same people, the sheet ------------------------------------------------------------------------------------------


def test_the_same_name_in_two_files_is_two_people_unless_somebody_says_so() -> None:
    looked = review(talk(Path("a.docx")), talk(Path("b.docx")), draft(("Zed", "Me."), path=Path("c.docx")))
    assert {name: len(items) for name, items in looked.shared().items()} == {
        "Int": 2, "David": 2, "David S": 2, "Carol": 2,
    }  # fmt: skip
    assert looked.together() == []
    looked.same = {"Int", "Zed"}
    assert looked.together() == [[(0, "Int"), (1, "Int")]]
    looked.items[0].set_role("Int", "observer")
    assert looked.together() == [], "an observer there and a moderator here are not one person"
    looked.items[0].is_ticked = False
    assert looked.shared() == {}
    assert looked.together() == []


def test_a_sheet_is_matched_with_the_names_as_they_are_called_now() -> None:
    looked = review(talk(), talk(Path("Men.docx")), LeftOut(Path("people.csv"), "It is a sheet."))
    sheet = AttributeSheet(
        {"Women": {"place": "Batley"}, "Old group": {"place": "Leeds"}},
        {("Men.docx", "Carol"): {"age": "40"}, ("Men", "Caroline"): {"age": "50"}},
    )
    looked.use_sheet(Path("people.csv"), sheet)
    assert looked.left_out == [], "it is taken: nothing to say about it"
    assert [str(miss) for miss in looked.unmatched()] == ["Old group", "Men: Caroline"]
    looked.items[1].rename("Carol", "Caroline")
    assert [str(miss) for miss in looked.unmatched()] == ["Old group", "Men.docx: Carol"]
    looked.know(Known({"Old group": 7}))
    assert [str(miss) for miss in looked.unmatched()] == ["Men.docx: Carol"]


def test_a_sheet_speaks_of_what_is_added_and_not_of_files_that_are_there_already() -> None:
    looked = review(talk(Path("Men.docx")), talk(Path("Boys.docx")))
    looked.use_sheet(Path("people.csv"), AttributeSheet({"Men": {"place": "Batley"}}, {("", "Carol"): {"age": "40"}}))
    assert [str(miss) for miss in looked.unmatched()] == ["Carol"], "there is one in each file"
    looked.same = {"Carol"}
    assert looked.unmatched() == (), "somebody said that she is one person"
    looked.same = set()
    looked.know(Known({"Lads": 7}, {(7, "David"): 3}))
    looked.items[1].twins = ("Lads",)
    assert looked.unmatched() == (), "Boys is left out, as its words are there as Lads"
    looked.items[0].twins = ("Elsewhere",)
    assert [str(miss) for miss in looked.unmatched()] == ["Men", "Carol"]


def test_a_sheet_is_matched_once_for_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = review(talk(Path("Men.docx")), talk(Path("Boys.docx")))
    looked.use_sheet(Path("people.csv"), AttributeSheet({"Men": {"place": "Batley"}}, {}))
    made: list[Known] = []
    match = matching.match
    monkeypatch.setattr(matching, "match", lambda sheet, known: made.append(known) or match(sheet, known))
    for _again in range(3):
        looked.unmatched()
    looked.items[0].set_kind("interview")
    looked.unmatched()
    assert len(made) == 1
    looked.items[0].is_ticked = False
    assert [str(miss) for miss in looked.unmatched()] == ["Men"]
    assert len(made) == 2


def test_of_two_copies_in_one_drop_the_first_is_added() -> None:
    other = draft(("Int", "Why?"), ("Zed", "So."), path=Path("c.docx"), file_sha256="c")
    looked = review(
        talk(file_sha256="a"), talk(Path("b.docx"), file_sha256="b"), other,
        draft(("All", "of it is new"), path=Path("d.docx"), file_sha256="c"),
    )  # fmt: skip
    looked.find_copies()
    assert [item.known_as(0) for item in looked.items] == ["", "Women.docx", "", "c.docx"]
    assert looked.sources == 2
    looked.items[0].is_ticked = False
    looked.find_copies()
    assert [item.known_as(0) for item in looked.items] == ["", "", "", "c.docx"], (
        "a file that is not brought in has no copies"
    )
    looked.items[1].rename("Carol", "Ann")
    looked.items[0].is_ticked = True
    looked.find_copies()
    assert looked.sources == 3, "with another name it is another conversation"


def test_one_conversation_in_two_formats_needs_a_look() -> None:
    said = [(who, f"I would say that it is number {n}, honestly.") for n, who in enumerate("ABABABAB")]
    marked = [(who, words.replace(",", " –")) for who, words in said]
    other = [(who, words.replace("honestly", "I am sure")) for who, words in said]
    looked = review(
        draft(*said),
        draft(*marked[:7], path=Path("b.vtt")),
        draft(*other, path=Path("c.txt")),
        draft(*said[:3], path=Path("d.txt")),
    )
    looked.find_copies()
    assert [item.much_as for item in looked.items] == ["", "Women.docx", "", ""]
    assert looked.items[1].needs_a_look
    assert looked.sources == 4, "it is asked about, and nothing is left out by itself"
    looked.items[0].is_ticked = False
    looked.find_copies()
    assert not looked.items[1].needs_a_look


def test_answers_that_are_alike_in_one_survey_are_no_copies() -> None:
    one, other = (draft((who, "No bus."), path=Path("s.csv"), file_sha256="s", shares_file=True) for who in "AB")
    looked = review(one, replace(other, name="B"))
    looked.find_copies()
    assert looked.sources == 2


def test_a_sheet_counts_only_what_it_would_set() -> None:
    from cohesion_qda.project.matching import Known

    looked = review(talk(), talk(Path("Men.docx")))
    looked.items[1].twins = ("Men",)
    looked.in_project = Known({"Men": 7}, {(7, "Carol"): 8})
    looked.use_sheet(Path("people.csv"), AttributeSheet(
        {"Women": {"place": "Batley"}, "Men": {"place": "Leeds"}},
        {("Women", "Carol"): {"age": "40"}, ("Men", "Carol"): {"age": "50"}},
    ))  # fmt: skip
    assert looked.unmatched() == ()
    assert looked.would_set() == (1, 1)
    assert looked.keeps_known
    looked.sheet = replace(looked.sheet, is_reviewed=True)
    assert looked.would_set() == (2, 2)
    assert not looked.keeps_known


def test_what_would_be_lost_is_known() -> None:
    looked = review(talk())
    assert not looked.is_touched
    looked.items[0].is_ticked = False
    assert not looked.is_touched, "a tick is made again in a moment"
    looked.items[0].set_role("Carol", "observer")
    assert looked.is_touched


@pytest.mark.parametrize("how", [HowToRead(encoding="cp1250"), HowToRead(pattern="NAME –", convention="pattern")])
def test_a_way_of_reading_would_be_lost_too(how: HowToRead) -> None:
    looked = review(talk())
    looked.items[0].how = how
    assert looked.is_touched


def test_words_are_counted_without_stage_notes() -> None:
    found = read(("Ann", "Yes (laughs loudly) I do"), ("Bob", "[inaudible]"))
    assert found.said.by == {"Ann": (1, count_words("Yes I do")), "Bob": (1, 0)}
    assert found.said.words == 3
    one = Item(found)
    assert one.speakers()[1].share == 0.0


def test_nobody_speaks_in_a_document() -> None:
    looked = Review(files_of([replace(draft(kind="document", form="none"), text="All of it is text.")]))
    (one,) = looked.items
    assert one.speakers() == []
    assert one.read.said.words == 5
    assert one.turns == 0
