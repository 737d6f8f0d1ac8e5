"""Where one was reading: known again after the program was closed, wherever the project lies, and never too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.base.lastread import FILE, PROJECTS, SOURCES, LastRead

STUDY = "2026-11-21T10:00:00Z|Asha"


def test_a_place_is_there_in_the_next_sitting(tmp_path: Path) -> None:
    last = LastRead(tmp_path)
    assert last.place(STUDY, 1) is None
    last.keep(STUDY, 1, 400)
    last.keep(STUDY, 2, 7)
    last.write()
    again = LastRead(tmp_path)
    assert (again.place(STUDY, 1), again.place(STUDY, 2), again.place("another", 1)) == (400, 7, None)


def test_nothing_is_written_unless_a_place_was_kept(tmp_path: Path) -> None:
    last = LastRead(tmp_path / "new")
    last.place(STUDY, 1)
    last.write()
    assert not (tmp_path / "new").exists()


def test_two_windows_do_not_take_each_other_s_places_away(tmp_path: Path) -> None:
    one, other = LastRead(tmp_path), LastRead(tmp_path)
    assert one.place(STUDY, 1) is other.place(STUDY, 1) is None
    one.keep(STUDY, 1, 10)
    other.keep(STUDY, 2, 20)
    one.write()
    other.write()
    again = LastRead(tmp_path)
    assert (again.place(STUDY, 1), again.place(STUDY, 2)) == (10, 20)


def test_nobody_s_name_is_in_the_file(tmp_path: Path) -> None:
    last = LastRead(tmp_path)
    last.keep(STUDY, 1, 400)
    last.write()
    assert "Asha" not in (tmp_path / FILE).read_text(encoding="utf-8")


def test_what_was_not_read_for_the_longest_time_is_forgotten(tmp_path: Path) -> None:
    last = LastRead(tmp_path)
    for project in range(PROJECTS):
        last.keep(f"{project}", 1, 5)
    last.keep("0", 1, 6)
    last.keep("one more", 1, 5)
    assert (last.place("0", 1), last.place("1", 1), last.place("one more", 1)) == (6, None, 5)
    for source in range(SOURCES + 1):
        last.keep("0", source + 10, 5)
    assert last.place("0", 1) is None and last.place("0", 11) == 5
    last.write()
    assert sum(len(places) for places in json.loads((tmp_path / FILE).read_text()).values()) < PROJECTS + SOURCES + 2


@pytest.mark.parametrize(
    "written", ["", "not json", "[1]", '{"a": 3}', '{"a": {"1": "x", "2": -1, "3": true}}', "[" * 100_000, "\ud800"]
)
def test_a_file_that_cannot_be_understood_holds_no_places(tmp_path: Path, written: str) -> None:
    (tmp_path / FILE).write_bytes(written.encode("utf-8", "surrogatepass"))
    last = LastRead(tmp_path)
    assert [last._known().get("a", {}).get(key) for key in "123"] == [None, None, None]
    last.keep(STUDY, 1, 3)
    last.write()
    assert LastRead(tmp_path).place(STUDY, 1) == 3


def test_where_the_folder_cannot_be_written_to_it_holds_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    last = LastRead(tmp_path / "file" / "under")
    last.keep(STUDY, 1, 3)
    last.write()
    assert last.place(STUDY, 1) == 3


def test_the_source_read_last_is_known(tmp_path: Path) -> None:
    last = LastRead(tmp_path)
    assert last.latest("one") is None
    for source, point in ((3, 10), (7, 20), (3, 10)):
        last.keep("one", source, point)
    assert last.latest("one") == 3, "though its place is what it was"
    last.write()
    again = LastRead(tmp_path)
    assert (again.latest("one"), again.place("one", 7), again.latest("two")) == (3, 20, None)
