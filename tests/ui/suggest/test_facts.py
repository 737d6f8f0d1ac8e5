"""What suggestions stand on is said on the page, and told in full when it is asked for."""

from __future__ import annotations

from PySide6.QtTest import QTest

from cohesion_qda.ui.suggest.facts import Facts, FactsDialog, told
from cohesion_qda.ui.suggest.page import SuggestPage
from cohesion_qda.ui.widgets import Label

OURS = Facts("cohesion-en 1.0", True, {"part_of_speech": 0.964, "lemma": 0.981}, (), "")
BLANK = Facts(
    "blank-cy", False, {}, ("Names of people and places are not found.",), "Sentence vectors know English only."
)


def test_the_line_says_which_tier_and_which_pipeline():
    assert OURS.in_short == "By meaning and words: cohesion-en 1.0, sentence vectors"
    assert BLANK.in_short == "By words alone: blank-cy, no sentence vectors"


def test_the_facts_are_told_with_what_is_missing():
    said = dict(told(OURS))
    assert "96.4% of parts of speech are right." in said["Words and phrases"]
    assert said["What is missing"] == ["Nothing is missing."]
    said = dict(told(BLANK))
    assert said["Meaning"][0] == "Sentence vectors know English only."
    assert said["What is missing"] == ["Names of people and places are not found."]


def test_the_line_opens_the_facts_and_follows_the_language(open_page):
    page = open_page(SuggestPage)
    assert page.facts is not None and page.facts_link.isVisible()
    assert page.facts_link.text() == page.facts.in_short
    open_page.do(lambda p: p.wording.set_language("cy"))
    assert page.facts_link.text().startswith("By words alone: blank-cy")
    page.facts_link.click()
    dialog = page.findChild(FactsDialog)
    assert dialog is not None
    words = [label.text() for label in dialog.findChildren(Label)]
    assert "Sentence vectors know English only." in words
    dialog.accept()
    page.resize(560, 700)
    QTest.qWait(0)
    assert page.facts_link.text() in ("By words alone", "?")
    assert page.facts_link.accessibleName() == page.facts.in_short
