"""The tree of lines, and what is said near a word, as drawings whose marks open their lines."""

from __future__ import annotations

import pytest

from cohesion_qda.analysis.collocations import Concordance, concordance
from cohesion_qda.base.errors import BadInput
from cohesion_qda.report import style, wordtrees
from cohesion_qda.report.drawing import Path
from tests.analysis.made_studies import talk
from tests.analysis.made_words import words_of
from tests.report import drawings

SAID = words_of(
    talk(
        [(f"P{n}", f"the park is {'locked' if n < 6 else 'open'} and we go home") for n in range(9)]
        + [
            ("P0", "the park"),
            ("P1", f"park {'Llanfairpwllgwyngyllgogerychwyrndrobwll'}"),
            ("P2", "oh park 😀 سلام عليكم"),
        ]
        + [(f"Q{n}", f"park word{n} alone") for n in range(30)]
    )
)


@pytest.fixture(scope="module")
def found() -> Concordance:
    return concordance(SAID, "park")


@pytest.mark.parametrize("toward", ["after", "before"])
@pytest.mark.parametrize("width", [4.0, 9.0])
def test_every_branch_stands_on_the_sheet_and_opens_its_lines(found: Concordance, toward: str, width: float) -> None:
    drawing = wordtrees.tree(found, toward, width)
    drawings.check(drawing)
    assert drawing.title in (f"What follows “{'park'}”", f"What goes before “{'park'}”")
    root = found.after if toward == "after" else found.before
    assert set(wordtrees.places(found, drawing.spots[-1].key)) == set(root.places)
    from_the_word = [spot for spot in drawing.spots[:-1] if "." not in str(spot.key[2])]
    opened = sorted(place for spot in from_the_word for place in wordtrees.places(found, spot.key))
    ends = len(root.places) - sum(len(child.places) for child in root.children)
    assert len(opened) == len(set(opened)) == len(root.places) - ends  # each line in one branch, those drawn as one too


def test_a_branch_is_as_thick_as_the_people_who_said_it(found: Concordance) -> None:
    drawing = wordtrees.tree(found)
    thick = [mark.thick for mark in drawing.marks if isinstance(mark, Path) and mark.stroke == style.TIE]
    first = found.after.children[0]
    assert first.said == "is" and first.count.participants == 9
    branches = {child.said: child.count.participants for child in first.children}
    assert branches == {"locked and we go home": 6, "open and we go home": 3}
    assert (
        thick[0] == max(thick)
        and thick[1] == pytest.approx(thick[0] * 6 / 9)
        and thick[2] == pytest.approx(thick[0] / 3)
    )
    assert "is: 9 participants, 9 mentions" in drawing.alt
    said = drawings.words(drawing)
    assert "andotherways" not in said and "otherways" in said and "Llanfairpwllgwyngyll" in said


def test_what_is_said_near_is_bars_that_open_their_lines(found: Concordance) -> None:
    drawing = wordtrees.near(found)
    drawings.check(drawing)
    assert [spot.key for spot in drawing.spots] == [("near", n) for n in range(len(found.near))]
    assert wordtrees.places(found, ("near", 0)) == found.near[0].places
    assert "logDice" in " ".join(text.text for text in drawings.texts(drawing))
    with pytest.raises(KeyError):
        wordtrees.places(found, ("other", 1))


def test_a_word_nobody_says_has_no_tree() -> None:
    nobody = concordance(SAID, "unicorn")
    with pytest.raises(BadInput, match="Nobody said “unicorn” here"):
        wordtrees.tree(nobody)
    with pytest.raises(BadInput, match="near “unicorn”"):
        wordtrees.near(nobody)


def test_a_word_at_the_end_of_every_sentence_says_so() -> None:
    said = words_of(talk([("Ann", "We want a park."), ("Bob", "A park!")]))
    drawing = wordtrees.tree(concordance(said, "park"))
    assert "at the end of a sentence" in " ".join(text.text for text in drawings.texts(drawing))
