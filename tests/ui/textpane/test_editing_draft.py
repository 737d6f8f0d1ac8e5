"""What is typed while a transcript is corrected is put down beside the project, and put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.textmap import Edit
from cohesion_qda.ui.textpane.editing_draft import Draft, left, path_of, put_back, put_down

DRAFT = Draft(SourceId(3), "Women", "abc", (Edit(1, 2, "😀"),), "a😀", 2)


@pytest.mark.parametrize("damage", ["", "{", '{"content": "x", "edits": []}', '{"edits": 3}', '{"content": "', "[]"])
def test_a_damaged_note_of_what_was_typed_is_none(tmp_path: Path, damage: str) -> None:
    study = tmp_path / "study [1].cqda"
    put_down(study, DRAFT)
    assert put_back(study, "abc", 2) == DRAFT
    assert left(study) == [DRAFT] and left(tmp_path / "study 1.cqda") == []
    assert put_back(study, "abc", 1) is None
    path_of(study, "abc").write_text(damage, encoding="utf-8")
    assert put_back(study, "abc", 2) is None and left(study) == []
    put_down(study, Draft(DRAFT.source, DRAFT.name, "abc", (), "ab"))
    assert [*tmp_path.iterdir()] == []


def test_where_nothing_can_be_put_down_typing_goes_on(tmp_path: Path) -> None:
    nowhere = tmp_path / "no folder" / "study.cqda"
    put_down(nowhere, DRAFT)
    assert put_back(nowhere, "abc", 2) is None
