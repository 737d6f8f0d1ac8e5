"""Errors and words for people."""

from __future__ import annotations

import gettext
import pickle
from pathlib import Path

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
    assert "and 4 more" in said
