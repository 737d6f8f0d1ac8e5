"""How the transcript is set, and that it stays readable: headings, numbers, people, what steps back, other scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from cohesion_qda.base.settings import REGISTER, Settings
from cohesion_qda.model.text import Span
from cohesion_qda.ui import palette
from cohesion_qda.ui.textpane.headings import words_of
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.paint import VEIL, mixed, over
from cohesion_qda.ui.textpane.reading import SETTINGS, SIZES, SPACINGS, WIDTHS, ReadingLook, families
from cohesion_qda.ui.textpane.reading_panel import ReadingFields
from cohesion_qda.ui.textpane.view import TranscriptView
from tests.ui.textpane.rooms import LINE, coding, long_talk, reading, show

WRAPPED = int(Qt.TextFlag.TextWordWrap)
HEADING = "What brings people together round here, and what is it that keeps them apart from each other?"


@pytest.fixture
def view(qtbot, theme) -> Iterator[TranscriptView]:
    made = TranscriptView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made


# ---- looks


def test_a_look_is_kept_and_comes_back(tmp_path) -> None:
    look = ReadingLook("DejaVu Sans", 20, 2.0, "wide", "turns", underlines_only=True, people_coloured=True)
    Settings(tmp_path).update(look.settings())
    assert ReadingLook.kept(Settings(tmp_path)) == look
    assert ReadingLook.kept(Settings(tmp_path / "new")) == ReadingLook()
    assert all(REGISTER[name].check(value) for name, value in look.settings().items())


@pytest.mark.parametrize(
    ("name", "bad"),
    [("reading_font", 3), ("reading_size", 9), ("reading_size", True), ("reading_size", 16.5), ("reading_spacing", 0.5),
     ("reading_width", "all"), ("reading_numbers", "lines"), ("underlines_only", "yes"), ("people_coloured", 1)],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(tmp_path, name: str, bad: object) -> None:
    assert name in SETTINGS.values()
    with pytest.raises(ValueError):
        Settings(tmp_path)[name] = bad


def test_every_choice_of_the_panel_can_be_kept(tmp_path, theme) -> None:
    kept = Settings(tmp_path)
    looks = [ReadingLook(size=size, spacing=spacing) for size in SIZES for spacing in SPACINGS]
    for look in [*looks, *(ReadingLook(width=width) for width in WIDTHS)]:
        kept.update(look.settings())
        assert ReadingLook.kept(kept) == look


def test_size_spacing_and_width_hold_at_once_and_the_place_stays(view: TranscriptView) -> None:
    show(view, reading(long_talk(60)))
    view.scroll_to(view.reading.turns[30].span.start)
    top = view.top_point()
    for look in (
        ReadingLook(size=22),
        ReadingLook(spacing=2.3),
        ReadingLook(width="narrow"),
        ReadingLook(width="room"),
    ):
        view.set_look(look)
        assert view.top_point() == top
        block = next(b for b in view.screen() if b.layout.lineCount() > 1)
        assert block.layout.lineAt(1).y() - block.layout.lineAt(0).y() == look.line(view.theme)
        assert view.document().defaultFont().pixelSize() == look.size
    assert view.text_width > 480
    view.set_look(ReadingLook(width="narrow"))
    assert view.text_width <= 480


def test_a_typeface_of_the_computer_is_used_and_one_that_is_gone_is_replaced(view: TranscriptView) -> None:
    easy, others = families()
    assert not set(easy) & set(others)
    assert not any(name.startswith("Inter") for name in others)
    view.set_look(ReadingLook(family="No such typeface at all"))
    assert "Inter" in view.document().defaultFont().families()
    show(view, reading(long_talk(3)))
    view.grab()


def test_the_fields_show_what_holds_even_what_is_not_offered(qtbot, theme) -> None:
    look = ReadingLook("Gone Sans", 19, 1.9, "wide", "turns", underlines_only=True)
    fields = ReadingFields(look)
    assert fields.family.currentData() == "Gone Sans" and fields.size.currentData() == 19
    said: list[ReadingLook] = []
    fields.changed.connect(said.append)
    fields.show_look(ReadingLook())
    assert not said and fields.size.currentData() == 16
    fields.size.setCurrentIndex(fields.size.findData(20))
    fields.underlines.setChecked(True)
    assert said[-1] == fields.look == ReadingLook(size=20, underlines_only=True)


# ---- numbers, roles and people


def numbers(view: TranscriptView) -> list[str]:
    return [view.gutter.number(block) for block in view.screen() if block.info.opens]


def test_turns_or_paragraphs_are_numbered_where_that_is_wanted(view: TranscriptView) -> None:
    show(view, reading([("Helen", "One."), ("Asha", "Two."), ("Ben", "Three.")]))
    assert numbers(view) == ["", "", ""]
    view.set_look(ReadingLook(numbers="turns"))
    assert numbers(view) == ["1", "2", "3"] and view.gutter.numbers_width > 0
    view.set_look(ReadingLook(numbers="paragraphs"))
    assert numbers(view) == ["1", "2", "3"]
    view.grab()


def test_role_and_time_stand_under_the_name(view: TranscriptView) -> None:
    show(view, reading([("Helen", "One."), ("Asha", "Two."), ("Sam", "Three."), ("MODERATOR", "Four.")]))
    assert [view.gutter.meta(n) for n in range(4)] == ["moderator · 0:00", "P1 · 1:05", "observer · 2:10", "3:15"]
    block = view.screen()[1]
    assert "participant, turn 2" in view.gutter.tip(block, view.blocks.speaker(1))


def test_each_participant_has_a_colour_when_wanted_and_nobody_else(view: TranscriptView) -> None:
    show(view, reading([("Helen", "One."), ("Asha", "Two."), ("Ben", "Three."), ("Asha", "Four.")]))
    colours = [view.gutter._colour_of(view.blocks.speaker(n)) for n in range(4)]
    assert colours[0] == "" and colours[1] == colours[3] != colours[2] != ""
    plain = view.gutter.grab().toImage()
    view.set_look(ReadingLook(people_coloured=True))
    assert view.gutter.grab().toImage() != plain


# ---- headings


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([420, 700, 1100]), st.sampled_from([0.8, 1.0, 2.0]), st.sampled_from(["narrow", "usual", "room"]),
    st.integers(0, 20),
)  # fmt: skip
def test_a_heading_never_reaches_its_own_line(
    view: TranscriptView, theme, width: int, scale: float, text: str, at: int
) -> None:
    """Whatever the page's width and the size of the letters, there is room for all its words above the turn."""
    theme.set_scale(scale)
    view.set_look(ReadingLook(width=text))
    view.resize(width, 600)
    show(view, reading(long_talk(24), [(0, HEADING), (4, HEADING), (9, "Short"), (15, HEADING * 2)]))
    view.scroll_to(view.reading.turns[at].span.start)
    view.grab()
    metrics = QFontMetricsF(theme.font("meta_strong"))
    for block in view.screen():
        section = view.headings.at(block.number)
        line = block.layout.lineAt(0)
        if section is not None:
            words_high = metrics.boundingRect(QRectF(0, 0, view.text_width, 9999), WRAPPED, words_of(section)).height()
            assert line.y() - (view.look.line(theme) - line.height()) / 2 >= words_high


def test_a_heading_that_comes_after_the_page_was_laid_out_finds_its_room(view: TranscriptView) -> None:
    talk = long_talk(12)
    show(view, reading(talk))
    before = view.screen()[2].layout.lineAt(0).y()
    view.reading = reading(talk, [(2, HEADING)])
    view.headings.place()
    view._layout.forget()
    after = view.screen()[2].layout.lineAt(0).y()
    assert after >= before + view.headings.room(2)


# ---- what is coded


def ink(view: TranscriptView, colour: QColor) -> int:
    """How many pixels of the page are of a colour."""
    picture = view.viewport().grab().toImage()
    wanted = colour.rgb()
    return sum(picture.pixel(x, y) == wanted for y in range(0, picture.height()) for x in range(0, picture.width(), 3))


def test_underlines_only_leaves_no_tint_and_draws_every_level(view: TranscriptView) -> None:
    what = reading(long_talk(6))
    span = what.turns[1].span
    show(view, what, [coding(1, span, 2), coding(2, Span(span.start + 10, span.end - 10), 3)])
    outer, inner = (view.looks.of_code(code) for code in (2, 3))
    assert ink(view, outer.tint) > 1000 and ink(view, outer.ink) == 0 < ink(view, inner.ink)
    view.set_look(ReadingLook(underlines_only=True))
    assert ink(view, outer.tint) == 0
    assert ink(view, outer.ink) > 50 and ink(view, inner.ink) > 50


def test_what_has_a_code_steps_back_and_what_has_none_has_a_bar(view: TranscriptView) -> None:
    show(view, reading(long_talk(12)), [coding(1, Span(100, 160))])
    plain = view.viewport().grab().toImage()
    view.dim_coded(True)
    dimmed = view.viewport().grab().toImage()
    assert plain != dimmed
    accent = view.theme.colour("accent").rgb()
    for block in view.screen():
        y = int(block.top + block.layout.lineAt(0).y() + 6)
        if 0 <= y < dimmed.height():
            assert (dimmed.pixel(1, y) == accent) == (view.coded_turns.state(block.info.turn) is False)
    view.replace_codings([], [coding(2, view.reading.turns[2].span)])
    assert view.coded_turns.state(2) is True


def test_what_steps_back_can_still_be_read() -> None:
    def brightness(colour: QColor) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
                 for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for mode in (0, 1):
        text, paper = (QColor(palette.TOKENS[token][mode]) for token in ("text", "paper"))
        for name in ("paper", *palette.CODES):
            ground = paper if name == "paper" else mixed(QColor(palette.CODES[name][mode].tint), paper, VEIL)
            a, b = sorted((brightness(mixed(text, paper, VEIL)), brightness(ground)))
            assert (b + 0.05) / (a + 0.05) >= 4.5, (name, mode)


def test_one_coding_more_costs_the_screen_and_not_the_transcript(view: TranscriptView, monkeypatch) -> None:
    """Blocks described and laid out, codings looked at, cells drawn, turns asked about: the same for ten times the text."""

    def cost(turns: int) -> list[int]:
        what = reading(long_talk(turns))
        show(view, what, [coding(i, Span(i * 25, i * 25 + 60), 2 + i % 7) for i in range(1, turns * 6)])
        view.overview.colours()
        _ = view.coded_turns.coded
        view.scroll_to(what.turns[turns // 2].span.start)
        view.grab()
        before = [view._layout.prepared, view.layers.looked_at, view.overview.drawn]
        start = view.screen()[2].info.span.start
        view.replace_codings([], [coding(99_999, Span(start, start + 70))])
        _ = view.coded_turns.coded
        view.grab()
        return [
            b - a
            for a, b in zip(before, [view._layout.prepared, view.layers.looked_at, view.overview.drawn], strict=True)
        ]

    small, large = cost(200), cost(2000)
    assert large[0] == small[0] == 0 and large[2] <= small[2] + 1
    assert large[1] <= 1.5 * small[1] + 256 and large[1] < 6000


def test_layers_and_positions_are_not_made_anew_for_a_coding(view: TranscriptView) -> None:
    show(view, reading(long_talk(20)), [coding(1, Span(0, 30))])
    layers, positions, runs = view.layers, view.positions, view.layers._runs
    view.replace_codings([], [coding(2, Span(40, 90))])
    assert view.layers is layers and view.positions is positions and view.layers._runs is runs


def test_a_corrected_text_keeps_place_names_and_filters(view: TranscriptView) -> None:
    what = reading(long_talk(60))
    show(view, what, [coding(1, Span(0, 30))])
    view.set_filter(lambda c: c.code == 2)
    view.scroll_to(what.turns[30].span.start)
    changed = reading([(label, words.replace("themselves", "them")) for label, words in long_talk(60)])
    top = view.top_point()
    view.update_reading(changed)
    assert abs(view.top_point() - top) < 2 * len(LINE) and len(view.tree) > 1
    view.set_codings(Layers([coding(1, Span(0, 30)), coding(2, Span(0, 30), 3)]))
    view.scroll_to(0)
    assert [c.id for c, _role in view.on_screen()] == [1]


# ---- other scripts

ARABIC = "لا أحد يأتي بعد السادسة مساء والحافلة لا تقف هنا منذ عام. " * 3
HINDI = "यहाँ कोई बस नहीं आती। क्षत्रिय लोग कहते हैं कि सब अलग रहते हैं। " * 3
URDU = "یہاں کوئی بس نہیں آتی، لوگ اپنے گھر میں رہتے ہیں۔ " * 3
COMBINING = "e\u0301te\u0301 o\u0308ffnet a\u0328 👨‍👩‍👧 🏳️‍🌈 " * 6
SCRIPTS = [("Asha", ARABIC), ("Ben", HINDI), ("Asha", URDU), ("Ben", COMBINING), ("Asha", "The bus, الحافلة, stops.")]


def test_each_turn_runs_in_its_own_direction(view: TranscriptView) -> None:
    show(view, reading(SCRIPTS))
    blocks = view.screen()
    assert [b.info.from_right for b in blocks] == [True, False, True, False, False]
    for block in blocks:
        last = block.layout.lineAt(block.layout.lineCount() - 1)
        at_right = last.x() + last.naturalTextWidth() >= view.viewport().width() - 12
        assert at_right == block.info.from_right


@pytest.mark.parametrize(
    ("words", "from_right"),
    [
        ("نلتقي في the community centre كل يوم جمعة.", True),
        ("السلام عليكم everyone, thanks for coming here.", False),
        ("السلام everyone", True),
        ("Everyone السلام", False),
        ("We said السلام عليكم to them.", False),
    ],
)
def test_a_line_of_two_scripts_runs_as_most_of_its_words_do(view: TranscriptView, words: str, from_right: bool) -> None:
    show(view, reading([("Asha", words)]))
    assert view.screen()[0].info.from_right == from_right


@given(st.integers(0, 4), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_marked_in_any_script_lies_on_its_lines_and_its_bracket_beside_them(
    view: TranscriptView, turn: int, data: st.DataObject
) -> None:
    what = reading(SCRIPTS)
    inside = what.turns[turn].span
    start = data.draw(st.integers(inside.start, inside.end - 1))
    span = Span(start, data.draw(st.integers(start + 1, inside.end)))
    show(view, what, [coding(1, span)])
    block = view.screen()[turn]
    pieces = over(block, span, view.positions)
    assert pieces or not span.of(what.text).strip() or _joins_on(span, what.text)
    for piece in pieces:
        assert -1 <= piece.left < piece.right <= view.viewport().width() + 1
    if pieces:
        bracket = view.margin.brackets([coding(1, span)])[1]
        half = view.look.half(view.theme)
        middles = [piece.middle for piece in pieces]
        assert bracket.top <= min(middles) - half + 30 and bracket.bottom >= max(middles) + half - 30
        assert bracket.top >= block.top - 1 and bracket.bottom <= block.top + block.height + 80


def _joins_on(span: Span, text: str) -> bool:
    """A mark or a joiner alone has no width of its own."""
    import unicodedata

    return all(unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf", "So", "Sk", "Zs", "Lo") for c in span.of(text))


def test_a_look_is_a_value() -> None:
    assert replace(ReadingLook(), size=20) != ReadingLook()
