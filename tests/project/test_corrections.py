"""Correcting a transcript: what stands in it moves with its words, what lost them is kept, and undo brings all back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.ids import SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests import makers


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = makers.small_study(tmp_path / "study.cqda")
    made._session.db.execute("PRAGMA synchronous = OFF")  # power cuts are not what is tested here
    makers.code(made, "Women", "We share food over the wall 😀", "What unites/Food")
    makers.code(made, "Women", "Everybody is in the park", "What unites/Public spaces")
    yield made
    assert list(made.check()) == []
    made.close()


def women(project: Project) -> SourceId:
    return project.sources.get("Women").id


def edit(project: Project, old: str, new: str, name: str = "Women") -> Edit:
    text = project.sources.text(project.sources.get(name).id)
    start = text.index(old)
    return Edit(start, start + len(old), new)


def quotes(project: Project) -> list[str]:
    return [passage.quote for passage in project.codings.retrieve()]


def talk(project: Project) -> list[tuple[str, str]]:
    reading = project.sources.reading(women(project))
    assert [turn.number for turn in reading.turns] == list(range(1, len(reading.turns) + 1))
    return [(reading.speakers[turn.speaker].label, turn.span.of(reading.text)) for turn in reading.turns]


def turn(project: Project, number: int) -> TurnId:
    return project.sources.reading(women(project)).turns[number - 1].id


class TestWords:
    def test_codings_move_with_their_words(self, project: Project) -> None:
        change = project.corrections.correct(
            women(project), [edit(project, "neighbours", "neighbors, really"), edit(project, "food", "fod")]
        )
        assert change.said == "Corrected 2 places of “Women”"
        assert quotes(project) == ["We share fod over the wall 😀", "Everybody is in the park"]
        assert talk(project)[1] == (
            "Amina", "Knowing your neighbors, really, I think. We share fod over the wall 😀 every Eid."
        )  # fmt: skip
        assert project.sources.get("Women").words == sum(s.words for s in project.sources.speakers()[women(project)])

    def test_a_coding_that_lost_its_words_is_listed_and_kept(self, project: Project) -> None:
        project.memos.add("coding", project.codings.retrieve()[1].coding.id, "Which park?\nAsk.")
        change = project.corrections.correct(
            women(project), [edit(project, " Everybody is in the park on a Saturday.", "")]
        )
        assert change.said == "Corrected 1 place of “Women” (passages that lost their text: 1)"
        assert quotes(project) == ["We share food over the wall 😀"]
        (lost,) = project.corrections.lost()
        assert lost.place.quote == "Everybody is in the park"
        assert (lost.codes, lost.coders, lost.memos, lost.codings) == (
            ("Public spaces",),
            ("Asha",),
            ("Which park?",),
            1,
        )
        assert lost.before.endswith("For me it is the park.")
        assert lost.after.startswith("And what gets in the way?")
        project.history.undo()
        assert project.corrections.lost() == []
        assert quotes(project) == ["We share food over the wall 😀", "Everybody is in the park"]

    def test_what_was_coded_blind_by_another_is_not_listed(self, project: Project) -> None:
        project.corrections.correct(women(project), [edit(project, "Everybody is in the park", "It")])
        project.look_as("Ben")
        assert project.corrections.lost() == []
        project.look_as("asha")
        assert len(project.corrections.lost()) == 1

    def test_a_lost_passage_is_placed_anew(self, project: Project) -> None:
        project.corrections.correct(women(project), [edit(project, "Everybody is in the park", "All of them go")])
        (lost,) = project.corrections.lost()
        where = project.codings.find_quote(women(project), "All of them go")
        assert (
            project.corrections.place(lost.place.segment, where).said
            == "Placed “Everybody is in the park” of “Women” anew"
        )
        assert quotes(project) == ["We share food over the wall 😀", "All of them go"]
        project.history.undo()
        assert len(project.corrections.lost()) == 1

    def test_placed_where_something_is_coded_it_joins_that(self, project: Project) -> None:
        project.corrections.correct(women(project), [edit(project, "Everybody is in the park", "Yes, quite")])
        (lost,) = project.corrections.lost()
        project.corrections.place(lost.place.segment, project.codings.retrieve()[0].coding.span)
        assert sorted(p.code_path for p in project.codings.retrieve()) == [
            "What unites/Food",
            "What unites/Public spaces",
        ]
        assert len(set(quotes(project))) == 1

    def test_a_lost_passage_is_let_go(self, project: Project) -> None:
        project.corrections.correct(women(project), [edit(project, "Everybody is in the park", "It")])
        (lost,) = project.corrections.lost()
        change = project.corrections.let_go([lost.place.segment])
        assert change.said == "Let go of 1 coding of “Women” whose words had been corrected away"
        assert project.corrections.lost() == []
        project.history.undo()
        assert project.corrections.lost() == [lost]

    def test_a_passage_with_only_a_memo_is_let_go(self, project: Project) -> None:
        project.memos.add_at(women(project), project.codings.find_quote(women(project), "on a Saturday"), "When?")
        project.corrections.correct(women(project), [edit(project, " on a Saturday", "")])
        (lost,) = project.corrections.lost()
        assert (lost.codings, lost.memos) == (0, ("When?",))
        change = project.corrections.let_go([lost.place.segment])
        assert change.said == "Let go of a passage of “Women” whose words had been corrected away"

    def test_what_is_not_lost_cannot_be_settled(self, project: Project) -> None:
        living = project.codings.retrieve()[0].coding.segment
        for segment in (living, SegmentId(999)):
            with pytest.raises(NotFound, match="There is no passage without text"):
                project.corrections.let_go([segment])

    def test_codings_that_become_one(self, project: Project) -> None:
        makers.code(project, "Women", "is in the park", "What unites/Public spaces", "What divides/Class")
        first, second, third = (p.coding for p in project.codings.retrieve() if "park" in p.quote)
        project.codings.set_weight([second.id], 40)
        project.memos.add("coding", second.id, "the same")
        project.memos.add("segment", second.segment, "of the passage")
        project.corrections.correct(women(project), [edit(project, "Everybody is in the park", "is in the park")])
        left = [p.coding for p in project.codings.retrieve() if p.quote == "is in the park"]
        assert {c.code for c in left} == {first.code, third.code}
        assert len(left) == 2
        assert next(c for c in left if c.code == first.code).weight == 40
        assert {(m.about, m.body) for m in project.memos.list()} == {
            ("coding", "the same"),
            ("segment", "of the passage"),
        }
        project.history.undo()
        assert [p.coding for p in project.codings.retrieve() if "park" in p.quote][1].weight == 40

    def test_links_and_key_passages_go_along(self, project: Project) -> None:
        """Those of a passage that lost its text stay with it; those of two that become one are the one's, once."""
        source = women(project)
        memo = project.memos.added(project.memos.add("project", 0, "Parks"))
        theme = project.themes.added(project.themes.add("Out of doors"))
        whole = project.codings.find_quote(source, "Everybody is in the park")
        part = project.codings.find_quote(source, "is in the park")
        project.memos.link(memo, [(source, whole), (source, part)])
        project.themes.add_passages(theme, [(source, whole), (source, part)])
        project.corrections.correct(source, [edit(project, "Everybody is in", "is in")])
        assert [place.quote for place in project.memos.links(memo)] == ["is in the park"]
        assert [place.quote for place in project.themes.passages(theme)] == ["is in the park"]
        project.corrections.correct(source, [edit(project, "is in the park", "")])
        assert [(place.quote, place.is_lost) for place in project.memos.links(memo)] == [("is in the park", True)]
        assert [place.quote for place in project.themes.passages(theme)] == ["is in the park"]
        project.history.undo()
        project.history.undo()
        assert len(project.memos.links(memo)) == len(project.themes.passages(theme)) == 2

    def test_passages_of_the_same_words_lost_at_one_place_stay_two(self, project: Project) -> None:
        text = project.sources.text(women(project))
        codes = [project.codebook.tree().get("What unites/Food").id]
        first = text.index("the park")
        second = text.index("the park", first + 1)
        for at in (first, second):
            project.codings.apply(women(project), Span(at, at + 8), codes)
        project.corrections.correct(women(project), [Edit(first, second + 8, "yonder")])
        assert sorted(lost.place.quote for lost in project.corrections.lost()) == [
            "Everybody is in the park", "the park", "the park"
        ]  # fmt: skip

    def test_sections_move_and_one_without_text_goes(self, project: Project) -> None:
        source = women(project)
        for number, title in ((1, "Beginning"), (3, "Parks"), (4, "Barriers")):
            project.sections.place(source, project.sources.reading(source).turns[number - 1].span.start, title=title)
        carol = "\nFor me it is the park. Everybody is in the park on a Saturday."
        project.corrections.correct(
            source, [edit(project, carol, ""), edit(project, "What does", "Tell me: what does")]
        )
        reading = project.sources.reading(source)
        assert [(s.title, s.span.of(reading.text)[:8]) for s in reading.sections] == [
            ("Beginning", "Tell me:"), ("Barriers", "And what")
        ]  # fmt: skip

    def test_what_is_typed_is_made_canonical(self, project: Project) -> None:
        project.corrections.correct(women(project), [edit(project, "neighbours", "neigh\x00bours\r\n\ud800of")])
        assert "neighbours\nof, I think" in project.sources.text(women(project))

    def test_nothing_corrected_is_no_act(self, project: Project) -> None:
        assert project.corrections.correct(women(project), [edit(project, "food", "food")]).is_empty

    def test_edits_that_cannot_be_made(self, project: Project) -> None:
        text = project.sources.text(women(project))
        with pytest.raises(BadInput, match="lie outside “Women” or over each other"):
            project.corrections.correct(women(project), [Edit(0, len(text) + 1, "")])
        with pytest.raises(BadInput, match="No words of “Women” would be left"):
            project.corrections.correct(women(project), [Edit(0, len(text), " \n")])

    def test_a_text_corrected_elsewhere_meanwhile_is_not_corrected_again(self, project: Project) -> None:
        before = project.sources.get("Women").content
        project.corrections.correct(women(project), [edit(project, "food", "bread")])
        with pytest.raises(BadInput, match="was changed meanwhile"):
            project.corrections.correct(women(project), [Edit(0, 1, "")], of=before)

    def test_the_same_file_is_not_brought_in_twice_after_a_correction(self, project: Project) -> None:
        from dataclasses import replace

        project.corrections.correct(women(project), [edit(project, "food", "bread")])
        survey = replace(makers.draft("Women", makers.WOMEN), shares_file=True, file_sha256="another")
        assert project.sources.twin(makers.draft("Women", makers.WOMEN)) == "Women"
        assert project.sources.twin(survey) == "Women"
        assert project.sources.twin(makers.draft("Other", [("A", "Nothing of the kind.")])) == ""

    def test_words_of_a_corrected_text_are_found(self, project: Project) -> None:
        from sqlite_utils import Database

        project.corrections.correct(women(project), [edit(project, "neighbours", "zyzzyva")])
        db: Database = project._session.db
        found = db.execute(
            "SELECT l.content_id FROM line_search f JOIN line l ON l.id = f.rowid WHERE line_search MATCH 'zyzzyva'"
        ).fetchall()
        assert found == db.execute("SELECT content_id FROM source WHERE name = 'Women'").fetchall()


class TestWhoSaidIt:
    def test_a_wrong_speaker(self, project: Project) -> None:
        reading = project.sources.reading(women(project))
        carol = next(s for s in reading.speakers.values() if s.label == "Carol")
        change = project.corrections.set_speaker(women(project), [turn(project, 2)], carol.id)
        assert change.said == "Gave turn 2 of “Women” to Carol"
        assert talk(project)[1][0] == "Carol"
        change = project.corrections.set_speaker(women(project), [turn(project, 2), turn(project, 5)], "amina")
        assert change.said == "Gave 2 turns of “Women” to Amina"
        assert [label for label, _words in talk(project)] == [
            "Moderator",
            "Amina",
            "Carol",
            "Moderator",
            "Amina",
            "Joan",
        ]

    def test_a_new_speaker_sits_in_the_group(self, project: Project) -> None:
        project.corrections.set_speaker(women(project), [turn(project, 2)], " Nasreen ")
        found = next(case for case in project.cases.list("participant") if case.name == "Nasreen")
        assert found.role == "participant"
        assert found.group == project.sources.get("Women").group

    def test_who_speaks_nowhere_any_more_goes_and_comes_back_with_undo(self, project: Project) -> None:
        names = [case.name for case in project.cases.list("participant")]
        project.corrections.set_speaker(women(project), [turn(project, 6)], "Carol")
        assert [case.name for case in project.cases.list("participant")] == [n for n in names if n != "Joan"]
        project.history.undo()
        assert [case.name for case in project.cases.list("participant")] == names

    def test_somebody_of_whom_something_is_known_stays(self, project: Project) -> None:
        joan = next(case for case in project.cases.list("participant") if case.name == "Joan")
        project.memos.add("study_case", joan.id, "Quiet, but at the centre.")
        project.corrections.set_speaker(women(project), [turn(project, 6)], "Carol")
        assert joan.id in {case.id for case in project.cases.list("participant")}

    def test_somebody_with_another_label_stays(self, project: Project) -> None:
        people = {case.name: case.id for case in project.cases.list("participant")}
        project.cases.join(people["Carol"], [people["Joan"]])
        project.corrections.set_speaker(women(project), [turn(project, 6)], "Amina")
        assert people["Carol"] in {case.id for case in project.cases.list("participant")}
        labels = {speaker.label for speaker in project.sources.reading(women(project)).speakers.values()}
        assert labels == {"Moderator", "Amina", "Carol"}

    def test_somebody_with_a_value_keeps_the_label(self, project: Project) -> None:
        joan = next(case for case in project.cases.list("participant") if case.name == "Joan")
        project.cases.set_attribute(joan.id, "Age", "70")
        project.corrections.set_speaker(women(project), [turn(project, 6)], "Carol")
        assert "Joan" in {s.label for s in project.sources.reading(women(project)).speakers.values()}
        project.corrections.set_speaker(women(project), [turn(project, 6)], "joan")
        assert talk(project)[5][0] == "Joan"

    def test_where_nobody_speaks_the_words_of_the_text_are_counted(self, project: Project) -> None:
        from cohesion_qda.model.source import SourceDraft

        project.sources.add([SourceDraft("Note", "field note", "A wet day.")])
        project.corrections.correct(project.sources.get("Note").id, [Edit(2, 5, "very very wet")])
        assert project.sources.get("Note").words == 5

    def test_a_turn_is_split_and_joined_again(self, project: Project) -> None:
        text = project.sources.text(women(project))
        change = project.corrections.split_turn(women(project), text.index("We share"), "Carol")
        assert change.said == "Split turn 2 of “Women” in two"
        assert talk(project)[1:3] == [
            ("Amina", "Knowing your neighbours, I think."),
            ("Carol", "We share food over the wall 😀 every Eid."),
        ]
        assert quotes(project) == ["We share food over the wall 😀", "Everybody is in the park"]
        change = project.corrections.join_turn(women(project), turn(project, 3))
        assert change.said == "Joined turn 3 of “Women” with the one before"
        assert talk(project)[1] == (
            "Amina",
            "Knowing your neighbours, I think.\nWe share food over the wall 😀 every Eid.",
        )

    def test_words_inside_a_turn_were_said_by_somebody_else(self, project: Project) -> None:
        span = project.codings.find_quote(women(project), "We share food")
        change = project.corrections.said_by(women(project), span, "Joan")
        assert change.said == "Gave words of turn 2 of “Women” to Joan"
        assert talk(project)[1:4] == [
            ("Amina", "Knowing your neighbours, I think."),
            ("Joan", "We share food"),
            ("Amina", "over the wall 😀 every Eid."),
        ]
        assert quotes(project)[0] == "We share food\nover the wall 😀"

    def test_words_of_several_turns_were_said_by_one(self, project: Project) -> None:
        text = project.sources.text(women(project))
        span = Span(text.index("every Eid"), text.index("Everybody") - 1)
        project.corrections.said_by(women(project), span, "Joan")
        assert talk(project)[1:5] == [
            ("Amina", "Knowing your neighbours, I think. We share food over the wall 😀"),
            ("Joan", "every Eid."),
            ("Joan", "For me it is the park."),
            ("Carol", "Everybody is in the park on a Saturday."),
        ]

    def test_what_cannot_be(self, project: Project) -> None:
        source = women(project)
        with pytest.raises(BadInput, match="This is the first turn"):
            project.corrections.join_turn(source, turn(project, 1))
        with pytest.raises(BadInput, match="no turn with words on both sides"):
            project.corrections.split_turn(source, 0)
        with pytest.raises(BadInput, match="A speaker needs a name"):
            project.corrections.set_speaker(source, [turn(project, 1)], " ")
        with pytest.raises(BadInput, match="No turn was chosen"):
            project.corrections.set_speaker(source, [], "Carol")
        with pytest.raises(NotFound, match="There is no speaker"):
            project.corrections.set_speaker(source, [turn(project, 1)], SpeakerId(99))
        with pytest.raises(NotFound, match="There is no turn"):
            project.corrections.join_turn(source, TurnId(99))

    def test_words_that_nobody_says(self, project: Project) -> None:
        from cohesion_qda.model.source import SourceDraft, TurnDraft

        text = "Hello\nA heading\nGood bye"
        turns = (TurnDraft(Span(0, 5), "A"), TurnDraft(Span(16, 24), "B"))
        project.sources.add([SourceDraft("Two", "interview", text, turns, {"A": "participant", "B": "participant"})])
        source = project.sources.get("Two").id
        with pytest.raises(BadInput, match="stands “A heading”, which nobody says"):
            project.corrections.join_turn(source, project.sources.reading(source).turns[1].id)
        with pytest.raises(BadInput, match="Nobody speaks in that place"):
            project.corrections.said_by(source, Span(6, 15), "A")
