"""The Welsh catalogue: complete, as compiled, and honest about who made it."""

from __future__ import annotations

import pytest

from cohesion_qda.base import i18n
from tests.tools import catalogue

LANGUAGES = [
    pytest.param(
        language,
        marks=pytest.mark.skipif(
            not catalogue.po(language).exists(), reason=f"there is no catalogue of {language} yet"
        ),
    )
    for language in catalogue.others()
]


@pytest.fixture(scope="module")
def template() -> catalogue.Catalog:
    return catalogue.extracted()


def test_the_program_has_its_messages(template: catalogue.Catalog) -> None:
    ids = {catalogue._key(message.id) for message in template}
    assert len(ids) > 2000
    assert {"History", "Undo", "{person} undid: {what}"} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_fits(language: str, template: catalogue.Catalog) -> None:
    assert catalogue.missing(language, template) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_was_translated(language: str) -> None:
    assert catalogue.mo(language).read_bytes() == catalogue.compiled(catalogue.read(catalogue.po(language))), (
        "run python -m tests.tools.catalogue compile"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_nobody_has_reviewed_it(language: str) -> None:
    text = catalogue.po(language).read_text("utf-8")
    assert text.count(catalogue.STATUS) == 2, "in the comment at the top and in the header"
    assert "nplurals=5" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_speaks_it(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    try:
        assert i18n.speak(language) == language
        assert i18n._("History") != "History"
        assert i18n.locale() == f"{language}_GB"
    finally:
        i18n.speak("en")
