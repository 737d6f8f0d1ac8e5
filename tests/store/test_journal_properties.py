"""The journal under random histories: whatever is done, undone, redone, fails half-way or is re-opened, the tables are what they should be."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cohesion_qda.base.errors import UserError
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.store import schema

TEXT = "One two three 😀 four.\nYes, I think so\nNo, not at all, never"
TURNS = (TurnDraft(Span(0, 21), "Mod"), TurnDraft(Span(22, 37), "Ann"), TurnDraft(Span(38, len(TEXT)), "Bob"))


def state_of(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    """Every journalled row of the project."""
    db = project._session.db
    return {t: [tuple(r) for r in db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall()] for t in schema.JOURNALLED}


class Histories(RuleBasedStateMachine):
    """What a researcher might do, in any order. `states[i]` is the whole project after i acts that still stand; `taken` says
    how many were taken back each time, the last time last: as many come back with one redo.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "p.cqda"

    @initialize()
    def make(self) -> None:
        self.project = Project.create(self.path, "empty", coder="Ann")
        self.project._session.db.execute("PRAGMA synchronous = OFF")  # power cuts are not what is tested here
        self.states = [state_of(self.project)]
        self.at = 0
        self.taken: list[int] = []
        self.number = 0

    def teardown(self) -> None:
        try:
            if hasattr(self, "project"):
                findings = self.project.check()
                self.project.close()
                assert findings == []
        finally:
            self.folder.cleanup()

    def done(self, change: Any) -> None:
        """Note a new act, if it changed anything."""
        if change.is_empty:
            assert state_of(self.project) == self.states[self.at]
            return
        del self.states[self.at + 1 :]
        self.taken.clear()
        self.states.append(state_of(self.project))
        self.at += 1

    def codes(self) -> list[Any]:
        return list(self.project.codebook.tree())

    def sources(self) -> list[Any]:
        return self.project.sources.list()

    @rule()
    def import_source(self) -> None:
        self.number += 1
        draft = SourceDraft(f"s{self.number}", "focus group", TEXT + str(self.number), TURNS, {"Mod": "moderator"})
        self.done(self.project.sources.add([draft], attributes={"place": "X"}).change)

    @rule(pick=st.integers(0, 99))
    def remove_source(self, pick: int) -> None:
        if found := self.sources():
            self.done(self.project.sources.remove(found[pick % len(found)].id))

    @rule(pick=st.integers(0, 99), kind=st.sampled_from(["focus group", "interview", "document"]))
    def change_kind(self, pick: int, kind: str) -> None:
        if found := self.sources():
            self.done(self.project.sources.set_kind(found[pick % len(found)].id, kind))

    @rule(pick=st.integers(0, 99), top=st.booleans())
    def add_code(self, pick: int, top: bool) -> None:
        self.number += 1
        found = self.codes()
        parent = None if top or not found else found[pick % len(found)].id
        self.done(self.project.codebook.add(f"c{self.number}", parent))

    @rule(source=st.integers(0, 99), code=st.integers(0, 99), start=st.integers(0, 55), length=st.integers(2, 30))
    def apply(self, source: int, code: int, start: int, length: int) -> None:
        sources, codes = self.sources(), self.codes()
        if not sources or not codes:
            return
        span = Span(start, min(start + length, len(TEXT)))
        self.done(self.project.codings.apply(sources[source % len(sources)].id, span, [codes[code % len(codes)].id]))

    @rule(pick=st.integers(0, 99), count=st.integers(1, 4))
    def remove_codings(self, pick: int, count: int) -> None:
        found = self.project.codings.retrieve()
        if found:
            chosen = [p.coding.id for p in found[pick % len(found) :][:count]]
            try:
                self.done(self.project.codings.remove(chosen))
            except UserError:  # another coder's
                assert state_of(self.project) == self.states[self.at]

    @rule(a=st.integers(0, 99), b=st.integers(0, 99))
    def merge(self, a: int, b: int) -> None:
        codes = self.codes()
        if not codes:
            return
        try:
            self.done(self.project.codebook.merge(codes[a % len(codes)].id, into=codes[b % len(codes)].id))
        except UserError:
            assert state_of(self.project) == self.states[self.at]

    @rule(a=st.integers(0, 99), b=st.integers(0, 99), where=st.integers(0, 5))
    def move(self, a: int, b: int, where: int) -> None:
        codes = self.codes()
        if not codes:
            return
        try:
            self.done(
                self.project.codebook.move(codes[a % len(codes)].id, parent=codes[b % len(codes)].id, position=where)
            )
        except UserError:
            assert state_of(self.project) == self.states[self.at]

    @rule(pick=st.integers(0, 99))
    def delete_code(self, pick: int) -> None:
        if codes := self.codes():
            self.done(self.project.codebook.delete(codes[pick % len(codes)].id))

    @rule(a=st.integers(0, 99), b=st.integers(0, 99))
    def swap_names(self, a: int, b: int) -> None:
        """Two siblings exchange their names within one act, which the unique index allows only step by step."""
        codes = self.codes()
        if not codes:
            return
        one, two = codes[a % len(codes)], codes[b % len(codes)]
        if one.parent != two.parent or one.id == two.id:
            return
        db = self.project._session.db
        with self.project._session.act("rename-code", old=one.name, code=two.name) as action:
            for name, code in (("~", one.id), (one.name, two.id), (two.name, one.id)):
                db.execute("UPDATE code SET name = ? WHERE id = ?", [name, code])
        self.done(action.change)

    @rule(key=st.sampled_from(["1", "2", ""]), pick=st.integers(0, 99))
    def set_key(self, key: str, pick: int) -> None:
        if codes := self.codes():
            self.done(self.project.codebook.set_key(codes[pick % len(codes)].id, key))

    @rule(value=st.sampled_from(["X", "Y", ""]), pick=st.integers(0, 99))
    def set_attribute(self, value: str, pick: int) -> None:
        if found := self.sources():
            self.done(self.project.sources.set_attribute(found[pick % len(found)].id, "place", value))

    @rule(a=st.integers(0, 99), b=st.integers(0, 99))
    def join_people(self, a: int, b: int) -> None:
        people = self.project.cases.list("participant")
        if not people:
            return
        try:
            self.done(
                self.project.cases.join(
                    people[b % len(people)].id, [people[a % len(people)].id], prefer_kept=a % 2 == 0
                )
            )
        except UserError:
            assert state_of(self.project) == self.states[self.at]

    @rule(pick=st.integers(0, 99))
    def part_people(self, pick: int) -> None:
        speakers = [s.id for found in self.project.sources.speakers().values() for s in found]
        if not speakers:
            return
        try:
            self.done(self.project.cases.part(speakers[pick % len(speakers)]))
        except UserError:
            assert state_of(self.project) == self.states[self.at]

    @rule(questions=st.lists(st.sampled_from(["Why here?", "Why there?", "What else is there?"]), unique=True))
    def set_guide(self, questions: list[str]) -> None:
        self.done(self.project.guide.set(questions))

    @rule(source=st.integers(0, 99), start=st.integers(0, 50), which=st.integers(0, 3), is_asked_again=st.booleans())
    def place_section(self, source: int, start: int, which: int, is_asked_again: bool) -> None:
        found, questions = self.sources(), [q.id for q in self.project.guide.questions()]
        if found:
            question = questions[which] if which < len(questions) else None
            title = "Own" if which == 2 else ""
            self.done(
                self.project.sections.place(
                    found[source % len(found)].id, start, question=question, title=title, is_asked_again=is_asked_again
                )
            )

    @rule(pick=st.integers(0, 99), start=st.integers(0, 50), away=st.booleans())
    def move_section(self, pick: int, start: int, away: bool) -> None:
        sections = [s.id for source in self.sources() for s in self.project.sections.of(source.id)]
        if sections:
            section = sections[pick % len(sections)]
            verbs = self.project.sections
            self.done(verbs.remove(section) if away else verbs.move(section, start))

    @rule()
    def memo(self) -> None:
        self.number += 1
        self.done(self.project.memos.add("project", 0, f"thought {self.number}"))

    @rule(name=st.sampled_from(["Ann", "Ben", "Cy"]))
    def use_coder(self, name: str) -> None:
        """Who codes is nothing to undo; they join with their first act."""
        assert self.project.use_coder(name).is_empty

    @rule(pick=st.integers(0, 99))
    def memo_on_a_passage(self, pick: int) -> None:
        if found := self.project.codings.retrieve():
            self.number += 1
            segment = found[pick % len(found)].coding.segment
            self.done(self.project.memos.add("segment", segment, f"thought {self.number}"))

    @rule(pick=st.integers(0, 99))
    def delete_memo(self, pick: int) -> None:
        if found := self.project.memos.list():
            self.done(self.project.memos.delete(found[pick % len(found)].id))

    @rule(pick=st.integers(0, 99))
    def replace_row(self, pick: int) -> None:
        """`INSERT OR REPLACE` deletes behind the scenes; the journal must see it."""
        codes = [c for c in self.codes() if not self.project.codebook.tree().children(c.id)]
        if not codes:
            return
        code = codes[pick % len(codes)]
        db = self.project._session.db
        with self.project._session.act("describe-code", code=code.name) as action:
            db.execute(
                "INSERT OR REPLACE INTO code (id, parent_id, name, colour, definition) VALUES (?, ?, ?, 'navy', 'new')",
                [code.id, code.parent, code.name],
            )
            db.execute("DELETE FROM segment WHERE id NOT IN (SELECT segment_id FROM coding)")
        self.done(action.change)

    @rule(pick=st.integers(0, 99))
    def fail_half_way(self, pick: int) -> None:
        """An act that breaks after its first writes leaves nothing behind."""
        with pytest.raises(ZeroDivisionError), self.project._session.act("delete-code", code="x"):
            for code in self.codes():
                if self.project.codebook.tree().lineage(code.id) == [code.id]:
                    self.project._session.db.execute("DELETE FROM code WHERE id = ?", [code.id])
                    break
            self.project._session.db.execute("INSERT INTO coder (name) VALUES ('nobody')")
            raise ZeroDivisionError
        assert state_of(self.project) == self.states[self.at]

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        assert self.project.history.can_undo()
        self.project.history.undo()
        self.at -= 1
        self.taken.append(1)

    @precondition(lambda self: self.at == 0)
    @rule()
    def nothing_to_undo(self) -> None:
        assert self.project.history.can_undo() is None
        with pytest.raises(UserError, match="nothing to undo"):
            self.project.history.undo()

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        assert self.project.history.can_redo()
        acts = self.project.history.count()
        self.project.history.redo()
        self.at += self.taken.pop()
        assert self.project.history.count() == acts + 1

    @precondition(lambda self: self.at == len(self.states) - 1)
    @rule()
    def nothing_to_redo(self) -> None:
        assert self.taken == [] and self.project.history.can_redo() is None
        with pytest.raises(UserError, match="nothing to do again"):
            self.project.history.redo()

    @precondition(lambda self: self.at > 1)
    @rule(back=st.integers(1, 5))
    def undo_to(self, back: int) -> None:
        """All of it is one act in the trail."""
        back = min(back, self.at)
        trail = self.project.history.trail()
        live = [entry for entry in trail if entry.can_undo]
        assert self.project.history.would_undo(live[back - 1].id) == back
        self.project.history.undo_to(live[back - 1].id)
        self.at -= back
        self.taken.append(back)
        assert [e.id for e in self.project.history.trail()[1:]] == [e.id for e in trail]

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = Project.open(self.path)
        self.project._session.db.execute("PRAGMA synchronous = OFF")

    @invariant()
    def the_tables_are_as_recorded(self) -> None:
        if hasattr(self, "project"):
            assert state_of(self.project) == self.states[self.at]
            assert self.project._session.db.execute("PRAGMA foreign_key_check").fetchall() == []


class TestHistories(Histories.TestCase):
    settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)


@pytest.mark.campaign
class TestManyHistories(Histories.TestCase):
    settings = settings(max_examples=1000, stateful_step_count=60, deadline=None)
