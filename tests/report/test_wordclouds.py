"""Word clouds: sizes that keep their promise, words that can be read, selected and opened, and the bars they stand for."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.analysis.clouds import cloud as counted
from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.model.cloud import BY, Cloud, CloudWish, CloudWord, Family, without_few
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.shapes import CORNERS
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.report import cloudwords, style, wordclouds
from cohesion_qda.report.drawing import Drawing, Text
from cohesion_qda.report.packing import Canvas
from cohesion_qda.ui import palette
from tests.analysis.made_studies import talk
from tests.analysis.made_words import words_of
from tests.report import drawings

SVG = "{http://www.w3.org/2000/svg}"
HERE = Path(__file__).parents[2]
NAMES = [
    "parc",
    "cymuned",
    "Llanfairpwllgwyngyllgogerychwyrndrobwll",
    "y",
    "Zoë",
    "school gate",
    "bus",
    "jog",
    "سلام",
    "Ťřžď",
    "<b>&",
]


def made(weights: list[tuple[str, float]], by: str = "participants", families: tuple[Family, ...] = ()) -> Cloud:
    ordered = sorted(weights, key=lambda one: (-one[1], one[0]))
    own = [n % (len(families) + 1) - 1 for n in range(len(ordered))]
    words = [
        CloudWord(word, Count(2 * int(n) + 1, int(n), 3), float(n), family) for (word, n), family in zip(ordered, own, strict=True)
    ]  # fmt: skip
    return Cloud(CloudWish(by=by), tuple(words), by, Count(900, 60, 12), families, study="A study", about="All talk")


def many(number: int = 60) -> Cloud:
    return made(
        [(f"{NAMES[n % len(NAMES)]}{n}" if n % 4 else f"word {n}", 2 + 4000 // (90 + 20 * n)) for n in range(number)]
    )


def words_in(drawn: wordclouds.Drawn) -> list[Text]:
    return [mark for mark in drawn.drawing.marks if isinstance(mark, Text) and mark.weight == wordclouds.WEIGHT][1:]


def inks(marks: list[Text]) -> list[tuple[float, float, float, float]]:
    boxes = []
    for mark in marks:
        left, top, right, bottom = (edge * mark.size for edge in style.ink_box(mark.text, mark.weight))
        boxes.append((mark.x + left, mark.y + top, mark.x + right, mark.y + bottom))
    return boxes


def check(given_: Cloud, drawn: wordclouds.Drawn) -> None:
    """What every cloud promises."""
    marks = words_in(drawn)
    weights = {each.word: each.weight for each in given_.words}
    shown = [mark.text for mark in marks]
    assert set(shown) | set(drawn.left_out) | set(drawn.unwritable) == set(weights)
    assert len(shown) + len(drawn.left_out) + len(drawn.unwritable) == len(weights)
    order = [each.word for each in given_.words if each.word not in drawn.unwritable]
    assert order == [*shown, *drawn.left_out]  # none is left out before a lighter one
    for mark in marks:  # the area of the letters is the number
        assert (mark.size / marks[0].size) ** 2 == pytest.approx(weights[mark.text] / weights[marks[0].text], rel=1e-9)
        assert mark.size >= wordclouds.SMALLEST - 1e-6 or len(marks) == 1
    for (left, top, right, bottom), (l2, t2, r2, b2) in combinations(inks(marks), 2):
        assert right <= l2 or r2 <= left or bottom <= t2 or b2 <= top
    for left, top, right, bottom in inks(marks):
        assert left >= 0 and top >= 0 and right <= drawn.drawing.width and bottom <= drawn.drawing.height
    said = [spot.key for spot in drawn.drawing.spots]
    assert said == [("word", word) for word in shown]


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 400)), min_size=1, max_size=11, unique_by=lambda one: one[0]),
    st.sampled_from([3.0, 6.5, 11.0]),
)  # fmt: skip
def test_sizes_are_the_numbers_and_nothing_lies_over_another(weights: list[tuple[str, int]], width: float) -> None:
    given_ = made([(word, float(n)) for word, n in weights])
    check(given_, wordclouds.cloud(given_, width))


def test_many_words_keep_the_promise_and_those_without_room_are_named() -> None:
    for width in (3.0, 6.5):
        given_ = many()
        drawn = wordclouds.cloud(given_, width)
        check(given_, drawn)
        drawings.check(drawn.drawing)
    small = wordclouds.cloud(many(), 3.0)
    assert small.left_out
    said = "".join(text.text for text in drawings.texts(small.drawing)).replace(" ", "")
    assert all(word.replace(" ", "") in said for word in small.left_out)
    assert "There was no room for" in small.drawing.alt


def test_the_caption_says_what_the_size_promises() -> None:
    for by, words in (
        ("participants", "four times as many said is twice as tall"), ("groups", "the number of groups"),
        ("mentions", "said four times as often"), ("keyness", "z-score"),
    ):  # fmt: skip
        drawing = wordclouds.cloud(made([("bus", 9.0), ("park", 4.0)], by)).drawing
        said = " ".join(text.text for text in drawings.texts(drawing))
        assert words in said and "Place means nothing" in said.replace(
            "Colour and place mean nothing", "Place means nothing"
        )
        assert "A study" in said


def coloured() -> Cloud:
    families = tuple(
        Family(CodeId(n), name, shape, colour)
        for n, (name, shape, colour) in enumerate(
            (
                ("Defining cohesion", "circle", "navy"),
                ("What unites", "diamond", "leaf"),
                ("What divides", "triangle", "orange"),
            )
        )
    )
    return replace(
        many(24),
        words=made([(each.word, each.weight) for each in many(24).words], families=families).words,
        families=families,
    )


def test_colours_are_of_the_palette_and_can_be_read_light_and_dark() -> None:
    assert {name: pair[0].ink for name, pair in palette.CODES.items()} == style.CODE_INKS
    for light, dark in palette.CODES.values():
        assert style.contrast(light.ink, palette.TOKENS["paper"][0]) >= 4.5
        assert style.contrast(dark.ink, palette.TOKENS["paper"][1]) >= 4.5
    from cohesion_qda.ui.compare.figure import inks as figure_inks

    families = tuple(
        Family(CodeId(n), f"Code {n}", shape, colour)
        for n, (shape, colour) in enumerate(zip([*CORNERS, "circle"] * 2, palette.CODES, strict=True))
    )
    given_ = made([(f"word{n}", 40.0 - n) for n in range(26)], families=families)
    drawn = wordclouds.cloud(given_)
    used = {mark.colour for mark in words_in(drawn)}
    assert used == {*style.CODE_INKS.values(), style.TEXT2}  # what stands in no passage of theirs is grey
    for colour in used:
        assert style.contrast(figure_inks()[colour.upper()], palette.TOKENS["paper"][1]) >= 4.5
    said = " ".join(text.text for text in drawings.texts(drawn.drawing))
    assert "Code 3" in said and "not said in any of their passages" in said
    shapes = [mark for mark in drawn.drawing.marks if not isinstance(mark, Text)]
    assert len(shapes) == 24 + 12  # beside each word that has a code, and in the legend: never colour alone
    drawings.check(drawn.drawing)


def test_the_same_words_give_the_same_picture_in_every_process() -> None:
    script = "from tests.report.test_wordclouds import *; print(hash_of(wordclouds.cloud(many()).drawing))"
    there = subprocess.run(
        [sys.executable, "-c", script], check=True, cwd=HERE, capture_output=True, text=True,
        env={"PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2", "PATH": "", "HOME": "/nonexistent"},
    )  # fmt: skip
    assert there.stdout.strip() == hash_of(wordclouds.cloud(many()).drawing)


def hash_of(drawing: Drawing) -> str:
    from hashlib import sha256

    return sha256(drawing.svg().encode()).hexdigest()


def test_an_svg_has_text_that_can_be_selected_and_tells_its_words() -> None:
    drawing = wordclouds.cloud(many(20)).drawing
    root = ElementTree.fromstring(drawing.svg())
    shown = [e.text for e in root.iter(f"{SVG}text")]
    assert {each.word for each in many(20).words} <= set(shown)
    told = root.find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    assert told.startswith("Word cloud. ") and root.get("role") == "img"
    for each in many(20).words[:5]:
        assert f"{each.word}: {int(each.weight)} of 60 participants" in told


def test_files_of_every_kind_hold_the_words(tmp_path: Path) -> None:
    given_ = made([("Tŷ cymunedol", 30.0), ("bus", 9.0)])
    for ending in (".svg", ".png", ".pdf"):
        wordclouds.save(given_, tmp_path / f"c{ending}")
        wordclouds.save(given_, tmp_path / f"b{ending}", is_bars=True)
    document = pypdfium2.PdfDocument(tmp_path / "c.pdf")
    try:
        assert "Tŷ cymunedol" in document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert b"/StructTreeRoot" in (tmp_path / "c.pdf").read_bytes()
    with pytest.raises(BadInput, match=r"“\.gif”.*\.svg, \.png or \.pdf"):
        wordclouds.save(given_, tmp_path / "c.gif")
    with pytest.raises(CannotWrite, match="could not be written"):
        wordclouds.save(given_, tmp_path / "nowhere" / "c.svg")


def test_the_bars_have_every_word_with_its_number() -> None:
    given_ = many(30)
    drawing = wordclouds.bars(given_)
    drawings.check(drawing)
    said = drawings.words(drawing)
    for each in given_.words:
        assert f"{int(each.weight)}of60participants" in said
    assert [spot.key for spot in drawing.spots] == [("word", each.word) for each in given_.words]


def test_words_no_font_can_write_are_named() -> None:
    drawn = wordclouds.cloud(made([("سلام", 3.0), ("😀🏳️‍🌈", 2.0), ("<b>&", 1.0)]))
    assert drawn.unwritable == ("😀🏳️‍🌈",)
    assert "<b>&" in {mark.text for mark in words_in(drawn)}


@pytest.mark.parametrize(("why", "sentence"), [
    ("", "Import transcripts first"), ("nothing to compare", "choose a code, a question"),
    ("nothing stands out", "No word sets this talk apart"), ("all hidden", "Too few people said each word"),
])  # fmt: skip
def test_a_cloud_without_words_says_why(why: str, sentence: str) -> None:
    empty = replace(made([]), why=why)
    for draw in (wordclouds.cloud, wordclouds.bars):
        with pytest.raises(BadInput, match="no words to draw") as caught:
            draw(empty)
        assert sentence in str(caught.value)


def test_words_of_few_people_are_left_out_and_not_named() -> None:
    given_ = made([("bus", 9.0), ("secret", 4.0), ("park", 5.0)])
    told = without_few(given_, 5)
    assert [each.word for each in told.words] == ["bus", "park"]
    drawing = wordclouds.cloud(told).drawing
    assert "fewer than 5 people" in " ".join(text.text for text in drawings.texts(drawing))
    assert "secret" not in drawing.svg()
    assert without_few(given_, 0) == given_ and without_few(given_, 4) == given_
    quiet = replace(given_, words=(CloudWord("tea", Count(5), 5.0), CloudWord("rain", Count(4), 4.0)))
    assert [each.word for each in without_few(quiet, 5).words] == ["tea"]  # nobody speaks: by how often
    assert without_few(given_, 10).why == "all hidden"
    quiet = without_few(replace(quiet, base=Count(60)), 5)
    said = cloudwords.notes(quiet)
    assert any("said fewer than 5 times" in one for one in said) and not any("people" in one for one in said)
    assert "said too seldom" in cloudwords.why(without_few(quiet, 9))


def test_phrases_are_promised_only_where_there_are_any() -> None:
    phrases = made([("bus", 9.0), ("food bank", 4.0)])
    assert "2 words and phrases by" in cloudwords.subtitle(phrases)
    for by in BY:
        single = replace(made([("bus", 9.0), ("park", 4.0)], by), more=12)
        assert cloudwords.subtitle(single).startswith("2 words by")
        assert "No phrase comes up often enough" in " ".join(cloudwords.notes(single))
        assert "12 more words further down the ranking" in " ".join(cloudwords.notes(single))
    alone = replace(single, wish=replace(single.wish, phrases=False))
    assert "No phrase" not in " ".join(cloudwords.notes(alone))


def test_boxes_are_packed_from_the_middle_until_one_does_not_fit() -> None:
    canvas = Canvas(100, 60)
    first, second = canvas.packed([(40, 15), (40, 15)])
    assert first == pytest.approx((30, 22.5), abs=1.5) and second != first
    assert canvas.packed([(200, 10), (1, 1)]) == []
    assert 2 <= len(canvas.packed([(40, 15)] * 20)) < 10


# -- what the numbers are ----------------------------------------------------------------------------------------------

TALK = talk(
    [("Ann", "bus bus bus bus park"), ("Bob", "park church"), ("MOD", "tea tea")],
    [("Cat", "park bus shop")],
    "shop shop",
)


def weights(wish: CloudWish, chosen: list[tuple[SourceId, Span]] | None = None) -> dict[str, float]:
    return {each.word: each.weight for each in counted(words_of(TALK), wish, chosen).words}


def test_one_voice_has_one_vote_unless_another_number_is_asked_for() -> None:
    assert weights(CloudWish()) == {"park": 3, "bus": 2, "church": 1, "shop": 1}
    assert weights(CloudWish(by="mentions")) == {"bus": 5, "park": 3, "shop": 3, "church": 1}
    assert weights(CloudWish(by="groups")) == {"bus": 2, "park": 2, "church": 1, "shop": 1}
    assert list(weights(CloudWish(number=2))) == ["park", "bus"]
    assert counted(words_of(TALK), CloudWish(number=2)).more == 2


def test_where_nobody_speaks_words_are_counted_by_mentions() -> None:
    chosen = [(SourceId(3), Span(0, 9))]
    made_ = counted(words_of(TALK), CloudWish(), chosen)
    assert (made_.by, [(each.word, each.weight) for each in made_.words]) == ("mentions", [("shop", 2.0)])
    assert counted(words_of(TALK), CloudWish(), []).why == "nothing said"


def test_a_word_takes_after_the_code_in_which_most_people_said_it() -> None:
    ann, cat = TALK.utterances[0], TALK.utterances[3]
    families = (
        Family(CodeId(1), "One", "circle", "navy", ((ann.source, ann.span),)),
        Family(CodeId(2), "Two", "diamond", "leaf", ((ann.source, Span(16, 20)), (cat.source, Span(0, 4)))),
        Family(CodeId(3), "Never", "diamond", "leaf", ()),
    )
    found = counted(words_of(TALK), CloudWish(colours="code"), None, families)
    own = {each.word: found.families[each.family].name if each.family >= 0 else "" for each in found.words}
    assert own == {"park": "Two", "bus": "One", "church": "", "shop": ""}
    assert [family.name for family in found.families] == ["One", "Two"]


def test_keyness_needs_something_to_compare_with() -> None:
    assert counted(words_of(TALK), CloudWish(by="keyness")).why == "nothing to compare"
    assert counted(words_of(TALK), CloudWish(by="keyness"), [(SourceId(1), Span(0, 40))]).why == "nothing stands out"
    many_ = talk(
        *[
            [(f"{who}{n}", "weather and rain" if n else "bus late again") for n in range(2) for who in "abcdefgh"]
            for _g in range(4)
        ]
    )
    chosen = [(u.source, u.span) for u in many_.utterances if "bus" in u.text]
    found = counted(words_of(many_), CloudWish(by="keyness"), chosen)
    assert {each.word for each in found.words} == {"bus", "late"} and all(each.weight > 0 for each in found.words)
    words = words_of(many_)
    merged = replace(words, terms=tuple("our bus" if term == "bus" else term for term in words.terms))
    for by in ("keyness", "mentions"):
        without = counted(merged, CloudWish(by=by, phrases=False), chosen)
        assert "our bus" in {each.word for each in without.words}, "what was made one is no phrase"
