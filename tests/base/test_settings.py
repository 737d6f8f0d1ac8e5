from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.settings import (
    FILE,
    RECENT,
    REGISTER,
    Settings,
    _read_plain,
    _read_toml,
    _written,
    config_folder,
)

plain_values = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.lists(st.text(), max_size=4),
    st.lists(st.integers(-1000, 1000), max_size=4),
)


def test_defaults_hold_without_a_file(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "nowhere")
    assert {name: settings[name] for name in REGISTER} == {name: s.default for name, s in REGISTER.items()}
    assert all(s.check(s.default) and s.help.endswith(".") for s in REGISTER.values())


def test_values_are_kept_as_toml(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings["coder"] = 'Zoë "Z" ‘Ó’ \\ 😀'
    settings["window"] = [1, 2, 900, 600]
    settings["maximised"] = True
    again = Settings(tmp_path)
    assert (again["coder"], again["window"], again["maximised"]) == (settings["coder"], [1, 2, 900, 600], True)
    assert tomllib.loads((tmp_path / FILE).read_text("utf-8"))["window"] == [1, 2, 900, 600]
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


@given(st.dictionaries(st.sampled_from(["coder", "a", "recent", "x_1"]), plain_values))
def test_the_quick_reader_reads_what_toml_reads(values) -> None:
    written = _written(values)
    assert _read_toml(written) == values
    quick = _read_plain(written)
    assert quick is None or quick == values


def test_what_we_write_is_read_quickly(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.update({"theme": "dark", "text_size": 1.25, "recent": ["/a/b c.cqda", "C:\\x.cqda"], "code_keys": False})
    assert _read_plain((tmp_path / FILE).read_text("utf-8")) == settings._values


def test_a_file_of_another_hand_is_read_too(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "theme = 'dark' # night\nwindow = [\n  0, 0,\n  1000, 700,\n]\n[later]\nx = 1\n", "utf-8"
    )
    settings = Settings(tmp_path)
    assert (settings["theme"], settings["window"]) == ("dark", [0, 0, 1000, 700])
    settings["coder"] = "Ann"
    assert tomllib.loads((tmp_path / FILE).read_text("utf-8"))["later"] == {"x": 1}


@pytest.mark.parametrize(
    "value",
    [
        r"['C:\new\table.cqda']",
        r"'C:\new'",
        r'"\u00e9"',
        r'"\x41"',
        r'"\a"',
        '"a" "b"',
        '"""a"""',
        "1_000",
        "0x10",
        "1 + 2j",
        "(1, 2)",
        "None",
        '{"a": 1}',
        "[1, 2, ]",
        "1" * 5000,
    ],
)
def test_the_quick_reader_takes_only_what_is_surely_plain(value: str) -> None:
    assert _read_plain(f"recent = {value}\n") is None


def test_paths_written_by_hand_in_single_quotes_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("recent = ['C:\\new\\table.cqda']\n", "utf-8")
    assert Settings(tmp_path)["recent"] == ["C:\\new\\table.cqda"]


@pytest.mark.parametrize(
    "written", ["", "nonsense", "theme = ", "\x00", "theme = [", 'theme = "blue"', "text_size = 9"]
)
def test_nonsense_gives_the_defaults(tmp_path: Path, written: str) -> None:
    (tmp_path / FILE).write_text(written, "utf-8")
    settings = Settings(tmp_path)
    assert (settings["theme"], settings["text_size"]) == ("system", 1.0)


def test_a_value_that_cannot_be_used_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(ValueError, match="text_size"):
        settings.update({"theme": "dark", "text_size": 7.0})
    assert settings["theme"] == "system"
    with pytest.raises(KeyError):
        settings["colour"]


def test_settings_hold_where_the_folder_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings = Settings(blocked)
    settings["coder"] = "Ann"
    assert settings["coder"] == "Ann"


def test_recent_projects_are_few_and_the_last_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for n in range(RECENT + 3):
        settings.add_recent(Path(f"/p{n}.cqda"))
    settings.add_recent(Path("/p5.cqda"))
    assert settings["recent"][0] == str(Path("/p5.cqda"))
    assert len(settings["recent"]) == len(set(settings["recent"])) == RECENT
    settings.remove_recent(Path("/p5.cqda"))
    assert str(Path("/p5.cqda")) not in settings["recent"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
def test_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COHESION_QDA_CONFIG", raising=False)
    for place in (None, "/somewhere/else"):
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        if place:
            monkeypatch.setenv("XDG_CONFIG_HOME", place)
        assert config_folder() == Path(platformdirs.user_config_dir("cohesion-qda", appauthor=False))
