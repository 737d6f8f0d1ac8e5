"""Errors and words for people."""

from __future__ import annotations

import gettext
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base import errors, i18n


class Loud(gettext.NullTranslations):
    """A language in which everything is shouted."""

    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper()


def test_words_come_from_the_catalogue_in_use() -> None:
    i18n.use(Loud())
    try:
        assert i18n._("Coded.") == "CODED."
        assert i18n.ngettext("one", "many", 2) == "MANY"
    finally:
        i18n.use(gettext.NullTranslations())
    assert i18n._("Coded.") == "Coded."


def test_errors_come_whole_through_another_process() -> None:
    for error in (
        errors.NotFound("code", "Fear", ["Fears", "Pride"]),
        errors.CannotReadSource(Path("a.txt"), "It is empty.", "Choose another."),
        errors.ProjectLocked(Path("a.cqda"), "Somebody writes.", "Wait."),
        errors.BadInput("No.", "Yes."),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert (str(again), again.__dict__) == (str(error), error.__dict__)


def test_long_lists_of_names_say_how_many_more() -> None:
    said = str(errors.NotFound("code", "zzz", [f"name {n}" for n in range(12)]))
    assert "and 7 more" in said


@pytest.fixture
def no_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield monkeypatch
    monkeypatch.delenv("LANGUAGE", raising=False)  # it would have the last word
    i18n.speak("en")


@pytest.mark.parametrize(
    "wanted, environment, spoken",
    [
        ("system", {}, "en"),
        ("system", {"LANG": "cy_GB.UTF-8"}, "en"),  # a machine's draft has to be chosen
        ("system", {"LANG": "cy_GB.UTF-8", "LANGUAGE": "cy"}, "cy"),
        ("system", {"LANG": "cy_GB.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ("system", {"LANG": "de_DE.UTF-8"}, "en"),
        ("en", {"LANG": "cy_GB.UTF-8"}, "en"),
        ("cy", {"LANG": "en_GB.UTF-8"}, "cy"),
        ("cy", {"LANGUAGE": "en_GB:en"}, "en"),
        ("en", {"LANGUAGE": "fr:cy:en"}, "cy"),
    ],
)
def test_which_language_is_spoken(
    no_language: pytest.MonkeyPatch, wanted: str, environment: dict[str, str], spoken: str
) -> None:
    for name, value in environment.items():
        no_language.setenv(name, value)
    assert i18n.chosen(wanted) == spoken


def test_english_loads_nothing(no_language: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from cohesion_qda.base import i18n; i18n.speak(); print('gettext' in sys.modules, i18n.language())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "en"]


def test_a_language_whose_catalogue_is_missing_is_english(no_language: pytest.MonkeyPatch) -> None:
    no_language.setattr(i18n, "DOMAIN", "nothing_of_that_name")
    assert i18n.speak("cy") == "en"
    assert i18n._("Coded.") == "Coded."


def test_the_draft_says_what_it_is() -> None:
    assert i18n.named("en") == "English"
    assert i18n.named("cy") == "Cymraeg (machine-drafted, awaiting review)"
