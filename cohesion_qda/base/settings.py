"""Personal settings: a register of what there is, kept as TOML in the person's config folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "settings.toml"
FOLDER_VARIABLE = "COHESION_QDA_CONFIG"
RECENT = 12


class Setting(NamedTuple):
    """One setting. `check` says whether a value can be used; a value that cannot is replaced by `default`."""

    name: str
    default: Any
    check: Callable[[Any], bool]
    help: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_paths(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_size(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(isinstance(n, int) and not isinstance(n, bool) and -100_000 < n < 100_000 for n in value)
        and value[2] >= 1
        and value[3] >= 1
    )


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_scale(value: Any) -> bool:
    return _is_number(value) and 0.8 <= value <= 2.0


REGISTER: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("theme", "system", lambda v: v in ("system", "light", "dark"),
                "How the window looks: as the system does, light, or dark."),
        Setting("text_size", 1.0, _is_scale, "The size of all text, 0.8 to 2.0."),
        Setting("window", [0, 0, 1440, 900], _is_size, "Where the window was: left, top, width, height in pixels."),
        Setting("maximised", False, _is_bool, "Whether the window filled the screen."),
        Setting("coder", "", _is_text, "The name under which you code; empty: the name you are logged in with."),
        Setting("code_keys", True, _is_bool, "Whether single letters and digits work in the transcript."),
        Setting("reading_font", "", _is_text, "The typeface of transcripts; empty: the program's own."),
        Setting("reading_size", 16, lambda v: _is_number(v) and 10 <= v <= 48 and v == int(v),
                "The size of letters in transcripts, in pixels at a text size of 1."),
        Setting("reading_spacing", 1.75, lambda v: _is_number(v) and 1.2 <= v <= 3.0,
                "From line to line in transcripts, as a multiple of the size of letters."),
        Setting("reading_width", "usual", lambda v: v in ("narrow", "usual", "wide", "room"),
                "How wide the text of transcripts is: narrow, usual, wide, or room for all there is."),
        Setting("reading_numbers", "none", lambda v: v in ("none", "turns", "paragraphs"),
                "What is numbered beside transcripts: none, turns or paragraphs."),
        Setting("underlines_only", False, _is_bool, "Whether coded words are underlined and never tinted."),
        Setting("people_coloured", False, _is_bool, "Whether each participant has a colour beside the transcript."),
        Setting("language", "system", lambda v: v in ("system", "en", "cy"),
                "The language of the program: the system's, en (English) or cy (Welsh)."),
        Setting("language_pipeline", "", _is_text,
                "Which pipeline reads the language of the talk, by its name; empty: the one that ships with the program."),
        Setting("weights", False, _is_bool, "Whether codings can be given weights, 0 to 100."),
        Setting("hide_others_in", [], _is_paths, "Projects in which only your own codings are shown to you."),
        Setting("recent", [], _is_paths, "Project files opened lately, the last one first."),
    )
}  # fmt: skip


def config_folder() -> Path:
    """Where the settings are kept: COHESION_QDA_CONFIG, or the platform's folder for a program's settings."""
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    if sys.platform == "linux":  # as platformdirs has it; start-up has no time to load that
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "cohesion-qda"
    import platformdirs

    return Path(platformdirs.user_config_dir("cohesion-qda", appauthor=False))


class Settings:
    """The settings of one person. A file that is missing or cannot be understood gives the defaults; entries of a
    newer version of the program are kept as they are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or config_folder()) / FILE
        self._values: dict[str, Any] = dict(_read(self._path))

    def __getitem__(self, name: str) -> Any:
        """The value of a setting of REGISTER. Raises KeyError for any other name."""
        setting = REGISTER[name]
        value = self._values.get(name, setting.default)
        return value if setting.check(value) else setting.default

    def __setitem__(self, name: str, value: Any) -> None:
        """Keep a value at once. Raises ValueError for one that cannot be used."""
        self.update({name: value})

    def update(self, values: Mapping[str, Any]) -> None:
        """Keep several values in one go. Raises ValueError for one that cannot be used; then none is kept.

        Where the folder cannot be written to, they hold until the program ends.
        """
        for name, value in values.items():
            if not REGISTER[name].check(value):
                raise ValueError(f"{name} cannot be {value!r}")
        if any(self._values.get(name) != value for name, value in values.items()):
            self._values.update(values)
            self._write()

    def add_recent(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        place = str(path)
        self["recent"] = [place, *(p for p in self["recent"] if p != place)][:RECENT]

    def remove_recent(self, path: Path) -> None:
        """Forget a project; its file is not touched."""
        self["recent"] = [p for p in self["recent"] if p != str(path)]

    def _write(self) -> None:
        temporary = self._path.with_name(f"{FILE}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(_written(self._values), encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _written(values: Mapping[str, Any]) -> str:
    import tomli_w

    def line(name: str, value: Any) -> str:
        if isinstance(value, list):
            inside = ", ".join(line("x", item).partition(" = ")[2].strip() for item in value)
            return f"{name} = [{inside}]\n"
        return tomli_w.dumps({name: value})

    return "".join(line(name, value) for name, value in values.items() if not isinstance(value, dict)) + "".join(
        "\n" + tomli_w.dumps({name: value}) for name, value in values.items() if isinstance(value, dict)
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    plain = _read_plain(written)
    return _read_toml(written) if plain is None else plain


def _read_plain(written: str) -> Mapping[str, Any] | None:
    """The settings, when every line is one name and a value that TOML and Python surely read alike, as in the files we
    write; else None. Saves start-up the time to load the reader of TOML.
    """
    import ast
    import re

    text = r'"(?:[^"\\\x00-\x1f\x7f]|\\["\\])*"'  # any other escape, quote or kind of string is left to TOML
    number = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
    one = rf"(?:{text}|{number})"
    plain = re.compile(rf"{one}|\[(?:{one}(?:, {one})*)?\]")

    found: dict[str, Any] = {}
    for line in written.splitlines():
        name, equals, value = line.partition(" = ")
        if not line or line.startswith("#"):
            continue
        if not equals or name in found or not (name.isascii() and name.isidentifier()):
            return None
        if value in ("true", "false"):
            found[name] = value == "true"
        elif plain.fullmatch(value):
            found[name] = ast.literal_eval(value)
        else:
            return None
    return found


def _read_toml(written: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(written)
    except ValueError:  # not TOML, or a number too long to be read
        return {}
