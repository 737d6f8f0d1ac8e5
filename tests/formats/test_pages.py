"""Whatever stands wherever on a page: nothing is lost that is not told of."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.formats.pages.furniture import without_furniture
from cohesion_qda.formats.pages.lines import Word, in_lines
from cohesion_qda.formats.pages.paragraphs import in_paragraphs

PLACES = st.integers(-40, 800).map(lambda n: n * 0.75) | st.sampled_from([72.0, 300.0, 540.0])
TEXTS = st.sampled_from(
    ["Anna:", "Yes.", "12", "7", "3.", "the", "commu-", "nity", "(laughs)", "•", "-", "שלום", "Page", "[Ben]", "P1"]
)
SIZES = st.sampled_from([8.0, 10.0, 10.0, 10.0, 18.0])


@st.composite
def words(draw: st.DrawFn) -> Word:
    text, left, size = draw(TEXTS), draw(PLACES), draw(SIZES)
    return Word(
        text,
        left,
        left + 0.5 * size * len(text),
        draw(PLACES),
        size,
        draw(st.sampled_from([0, 0, 1, len(text)])) % (len(text) + 1),
    )


@given(st.lists(st.lists(words(), max_size=30), min_size=1, max_size=6))
def test_no_letter_is_lost_and_no_bold_goes_beyond_the_text(pages):
    lines, left_out = without_furniture([in_lines(page, number) for number, page in enumerate(pages)])
    found = list(in_paragraphs(lines))
    given_letters = Counter("".join(word.text for page in pages for word in page)) - Counter()
    letters = Counter("".join(char for part in found for char in part.text if not char.isspace()))
    lost = given_letters - letters
    assert not letters - given_letters
    assert left_out or set(lost) <= {"-"}
    for part in found:
        assert part.text.strip() == part.text != ""
        assert not part.bold or 0 < part.bold[0] <= len(part.text)
