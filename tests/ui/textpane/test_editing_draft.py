"""What is typed while a transcript is corrected is put down beside the project, and put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.model.textmap import Edit
from cohesion_qda.ui.textpane.editing_draft import path_of, put_back, put_down


@pytest.mark.parametrize("damage", ["", "{", '{"content": "x", "edits": []}', '{"edits": 3}', '{"content": "', "[]"])
def test_a_damaged_note_of_what_was_typed_is_none(tmp_path: Path, damage: str) -> None:
    study, edits = tmp_path / "study.cqda", [Edit(1, 2, "😀")]
    put_down(study, "abc", edits)
    assert put_back(study, "abc", 2) == edits
    assert put_back(study, "abc", 1) == []
    path_of(study, "abc").write_text(damage, encoding="utf-8")
    assert put_back(study, "abc", 2) == []
    put_down(study, "abc", [])
    assert [*tmp_path.iterdir()] == []


def test_where_nothing_can_be_put_down_typing_goes_on(tmp_path: Path) -> None:
    nowhere = tmp_path / "no folder" / "study.cqda"
    put_down(nowhere, "abc", [Edit(0, 0, "x")])
    assert put_back(nowhere, "abc", 2) == []
