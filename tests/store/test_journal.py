"""What the journal promises, one by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from cohesion_qda.base.errors import BadInput
from cohesion_qda.project import Project
from cohesion_qda.store import journal, schema
from tests.makers import code, small_study


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = small_study(tmp_path / "p.cqda")
    yield made
    made.close()


def test_a_write_outside_an_action_is_refused(project: Project) -> None:
    with pytest.raises(sqlite.IntegrityError, match=r"change\.action_id"):
        project._session.db.execute("INSERT INTO coder (name) VALUES ('x')")


def test_an_action_inside_an_action_is_a_fault(project: Project) -> None:
    with pytest.raises(RuntimeError, match="already under way"), project._session.act("add-code", code="x"):
        project.codebook.add("y")
    assert project.codebook.tree().find("y") is None


def test_altering_a_table_drops_triggers_and_they_come_back(project: Project) -> None:
    db = project._session.db
    db.table("memo").transform(rename={"body": "body"}, types={"body": str})
    assert schema.missing_triggers(db)
    schema.install_triggers(db)
    assert schema.missing_triggers(db) == []


def test_every_journalled_column_survives_json(project: Project) -> None:
    for table in schema.JOURNALLED:
        for column in project._session.db.execute(f"PRAGMA table_info({table})"):
            assert column[2] in ("INTEGER", "TEXT"), f"{table}.{column[1]}"


def test_typing_in_a_memo_is_one_undo(project: Project) -> None:
    project.memos.add("project", 0, "a")
    memo = project.memos.list()[0]
    for body in ("ab", "abc", "abcd"):
        project.memos.edit(memo.id, body)
    assert [e.kind for e in project.history.trail()[:2]] == ["edit-memo", "add-memo"]
    project.history.undo()
    assert project.memos.list()[0].body == "a"
    project.history.redo()
    assert project.memos.list()[0].body == "abcd"


def test_typing_after_something_else_is_another_act(project: Project) -> None:
    project.memos.add("project", 0, "a")
    memo = project.memos.list()[0]
    project.memos.edit(memo.id, "ab")
    project.codebook.add("Between")
    project.memos.edit(memo.id, "abc")
    project.history.undo()
    assert project.memos.list()[0].body == "ab"


def test_typing_after_a_minute_is_another_act(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.memos.add("project", 0, "a")
    memo = project.memos.list()[0]
    project.memos.edit(memo.id, "ab")
    later = datetime.now(UTC).timestamp() + journal.MERGE_SECONDS + 5
    monkeypatch.setattr(journal, "_now", lambda: datetime.fromtimestamp(later, UTC).isoformat(timespec="milliseconds"))
    project.memos.edit(memo.id, "abc")
    project.history.undo()
    assert project.memos.list()[0].body == "ab"


def test_typing_after_an_undo_does_not_join_what_was_undone(project: Project) -> None:
    project.memos.add("project", 0, "a")
    memo = project.memos.list()[0]
    project.memos.edit(memo.id, "ab")
    project.history.undo()
    project.memos.edit(memo.id, "ax")
    project.history.undo()
    assert project.memos.list()[0].body == "a"


def test_an_act_that_changes_nothing_leaves_no_trace(project: Project) -> None:
    code(project, "Women", "The buses", "Cuts")
    before = len(project.history.trail())
    code(project, "Women", "The buses", "Cuts")
    assert len(project.history.trail()) == before


def test_an_export_is_in_the_trail_and_undo_passes_over_it(project: Project, tmp_path: Path) -> None:
    code(project, "Women", "The buses", "Cuts")
    project.codebook.export(tmp_path / "codes.json")
    assert project.history.trail()[0].state == "note"
    assert "Coded 2 words" in (project.history.can_undo() or "")
    project.history.undo()
    assert project.codings.retrieve() == []
    project.codebook.export(tmp_path / "codes.json")
    project.history.redo()
    assert len(project.codings.retrieve()) == 1, "an export does not take redo away"


def test_something_new_takes_redo_away(project: Project) -> None:
    code(project, "Women", "The buses", "Cuts")
    project.history.undo()
    project.codebook.add("New")
    assert project.history.can_redo() is None
    with pytest.raises(BadInput, match="nothing to do again"):
        project.history.redo()
    dropped = [e for e in project.history.trail() if e.state == "dropped"]
    assert [e.said for e in dropped] == ["Coded 2 words of “Women” as “Cuts”"]


def test_the_making_of_the_project_cannot_be_undone(project: Project) -> None:
    while project.history.can_undo():
        project.history.undo()
    assert project.coders(), "the first coder stays"
    assert project.sources.list() == []
    assert project.check() == []


def test_nothing_in_the_trail_is_rewritten(project: Project) -> None:
    code(project, "Women", "The buses", "Cuts")
    db = project._session.db
    before = db.execute("SELECT * FROM change ORDER BY id").fetchall()
    project.history.undo()
    project.history.redo()
    after = db.execute("SELECT * FROM change ORDER BY id").fetchall()
    assert after[: len(before)] == before
    assert len(after) > len(before)


def test_a_change_tells_the_views_what_was_touched(project: Project) -> None:
    source = project.sources.get("Women").id
    tree = project.codebook.tree()
    span = project.codings.find_quote(source, "The buses")
    change = project.codings.apply(source, span, [tree.get("Cuts").id])
    assert set(change.rows) == {"segment", "coding"}
    assert change.sources == {source}
    assert change.focus == (source, span)
    assert change.said == "Coded 2 words of “Women” as “Cuts”"
    undone = project.history.undo()
    assert undone.sources == {source}
    assert undone.focus == (source, span)
    assert undone.said == "Undid: Coded 2 words of “Women” as “Cuts”"
    assert project.codebook.delete(tree.get("Cuts").id).sources == frozenset()


def test_undo_to_takes_all_back_or_nothing(project: Project) -> None:
    code(project, "Women", "The buses", "Cuts")
    first = next(e for e in project.history.trail() if e.can_undo)
    project.codebook.add("Extra")
    project.memos.add("project", 0, "note")
    project.history.undo_to(first.id)
    assert project.codings.retrieve() == []
    assert project.memos.list() == []
    assert project.codebook.tree().find("Extra") is None
    with pytest.raises(BadInput, match="nothing to undo from there"):
        project.history.undo_to(first.id)
    told = project.history.trail(1)[0]
    assert told.kind == "undo" and told.undoes == first.id
    assert told.said == "Undid: 3 acts, from “Coded 2 words of “Women” as “Cuts”” on"
    assert told.told == "Asha undid: 3 acts, from “Coded 2 words of “Women” as “Cuts”” on"
    assert project.history.can_redo() == "3 acts, from “Coded 2 words of “Women” as “Cuts”” on"
    assert project.history.redo().said == "Did again: 3 acts, from “Coded 2 words of “Women” as “Cuts”” on"
    assert project.memos.list()[0].body == "note"
    assert project.history.can_redo() is None


def test_what_was_taken_back_in_turns_comes_back_in_the_same_turns(project: Project) -> None:
    for name in ("A", "B", "C", "D"):
        project.codebook.add(name)
    acts = {e.said[-2]: e.id for e in project.history.trail() if e.kind == "add-code"}

    def there() -> str:
        return "".join(name for name in "ABCD" if project.codebook.tree().find(name) is not None)

    project.history.undo()
    assert there() == "ABC"
    project.history.undo_to(acts["B"])
    assert there() == "A"
    project.history.redo()
    assert there() == "ABC"
    project.history.undo()
    project.history.undo_to(acts["A"])
    assert there() == ""
    for after in ("AB", "ABC", "ABCD"):
        project.history.redo()
        assert there() == after
    assert project.history.can_redo() is None


def test_details_are_plain_json(project: Project) -> None:
    for (details,) in project._session.db.execute("SELECT details FROM action"):
        assert isinstance(json.loads(details), dict)


def test_another_person_s_typing_is_not_joined(project: Project) -> None:
    project.memos.add("project", 0, "a")
    memo = project.memos.list()[0]
    project.memos.edit(memo.id, "ab")
    project.use_coder("Ben")
    project.memos.edit(memo.id, "abc")
    assert project.history.trail()[0].coder == "Ben"
    project.history.undo()
    assert project.memos.list()[0].body == "ab"
