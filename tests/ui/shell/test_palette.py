"""The tables of the visual language, worked out from the palette itself (WCAG 2, rounded down to one place)."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from cohesion_qda.model.codebook import COLOURS
from cohesion_qda.ui.palette import CODES, TOKENS, contrast

# foreground, backgrounds, what is needed, light, dark
PAIRS = [
    ("text", "paper bg raised soft sel", 4.5, "16.1 14.8 16.1 13.1 11.0", "13.3 14.3 11.5 9.8 6.5"),
    ("text2", "paper bg raised soft", 4.5, "7.2 6.6 7.2 5.8", "7.7 8.2 6.6 5.7"),
    ("accenttext", "soft", 4.5, "8.3", "7.5"),
    ("onaccent", "accent", 4.5, "10.2", "9.1"),
    ("link", "paper bg", 4.5, "7.2 6.6", "8.7 9.4"),
    ("err", "paper errbg", 4.5, "6.5 5.6", "8.1 6.9"),
    ("warn", "warnbg", 4.5, "6.2", "7.4"),
    ("ok", "bg soft okbg", 4.5, "5.6 5.0 5.3", "9.1 6.3 6.3"),
    ("text", "errbg warnbg okbg", 4.5, "13.9 14.7 14.1", "11.3 10.3 9.8"),
    ("ctl", "paper bg", 3, "3.7 3.4", "4.2 4.5"),
    ("focus", "paper bg raised soft", 3, "5.7 5.2 5.7 4.6", "7.7 8.3 6.7 5.7"),
]

# bracket on paper / text on tint / ink on tint, paper, soft
CODE_RATIOS = {
    "navy": ("10.2/13.1/8.3/10.2/8.3", "5.7/9.2/5.5/7.9/5.9"),
    "teal": ("3.1/13.8/5.1/6.0/4.9", "5.2/9.5/5.5/7.6/5.7"),
    "plum": ("9.7/13.0/7.8/9.7/7.9", "4.3/10.1/5.5/7.2/5.4"),
    "orange": ("3.0/13.7/4.9/5.8/4.7", "5.5/9.6/5.5/7.6/5.6"),
    "charcoal": ("10.8/13.2/8.8/10.8/8.8", "6.4/8.9/5.5/8.1/6.0"),
    "lilac": ("3.0/14.0/5.4/6.2/5.1", "5.4/9.4/5.5/7.8/5.7"),
    "sky": ("4.0/13.4/4.7/5.6/4.6", "5.7/9.3/5.5/7.9/5.8"),
    "leaf": ("5.0/13.3/4.6/5.6/4.6", "5.6/9.3/5.5/7.9/5.8"),
    "ochre": ("3.9/13.6/5.0/5.9/4.8", "5.9/9.3/5.5/7.9/5.9"),
    "rose": ("4.2/13.2/4.6/5.6/4.6", "5.2/9.6/5.5/7.5/5.6"),
    "brick": ("6.8/13.3/5.6/6.8/5.5", "4.7/9.9/5.5/7.4/5.5"),
    "indigo": ("6.3/13.5/5.3/6.3/5.1", "5.1/9.5/5.5/7.6/5.6"),
}


def down(ratio: float) -> float:
    return math.floor(ratio * 10) / 10


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("front, backs, needed, light, dim", PAIRS)
def test_words_and_controls_stand_out(front: str, backs: str, needed: float, light: str, dim: str, dark: bool) -> None:
    for back, told in zip(backs.split(), (dim if dark else light).split(), strict=True):
        ratio = contrast(TOKENS[front][dark], TOKENS[back][dark])
        assert ratio >= needed, (front, back)
        assert down(ratio) == float(told), (front, back)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", CODES)
def test_every_code_colour_stands_out(name: str, dark: bool) -> None:
    trio, paper, soft, text = CODES[name][dark], *(TOKENS[token][dark] for token in ("paper", "soft", "text"))
    ratios = [
        contrast(trio.bracket, paper),
        contrast(text, trio.tint),
        contrast(trio.ink, trio.tint),
        contrast(trio.ink, paper),
        contrast(trio.ink, soft),
    ]
    assert ratios[0] >= 3
    assert min(ratios[1:]) >= 4.5
    assert [down(r) for r in ratios] == [float(told) for told in CODE_RATIOS[name][dark].split("/")]


def test_toast_is_readable() -> None:
    for dark in (False, True):
        assert contrast(TOKENS["ontoast"][dark], TOKENS["toast"][dark]) >= 4.5
        assert contrast(TOKENS["toastlink"][dark], TOKENS["toast"][dark]) >= 4.5


def test_the_palette_is_the_codebooks() -> None:
    assert tuple(CODES) == COLOURS


# what is drawn on what beyond the tables of the visual language: words need 4.5, graphics and edges 3
WORDS_ON = {
    "text": "line sel okbg",  # under the pointer, selected
    "text2": "line warnbg errbg okbg",  # hints in banners, what is disabled, times
    "accenttext": "paper bg raised",
    "link": "raised soft",
    "err": "bg raised soft",
    "warn": "paper bg raised soft",
    "ok": "paper raised",
}
GRAPHICS_ON = {
    "accent": "paper bg raised soft",  # bars of charts, the bar beside what is chosen
    "bar": "paper bg",  # the other bars
    "ctl": "raised soft",  # edges of controls
    "focus": "line sel warnbg errbg okbg",  # the ring, the ends of a selection
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_else_that_is_drawn_stands_out(dark: bool) -> None:
    for pairs, needed in ((WORDS_ON, 4.5), (GRAPHICS_ON, 3.0)):
        for front, backs in pairs.items():
            for back in backs.split():
                assert contrast(TOKENS[front][dark], TOKENS[back][dark]) >= needed, (front, back)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", CODES)
def test_a_code_stands_out_on_every_surface(name: str, dark: bool) -> None:
    """Its ink writes its name and edges its shape; words of every tone can be read on its tint, and the focus seen there."""
    trio = CODES[name][dark]
    for back in ("paper", "bg", "raised", "soft"):
        assert contrast(trio.ink, TOKENS[back][dark]) >= 4.5, back
    for front in ("text", "text2", "accenttext", "link"):
        assert contrast(TOKENS[front][dark], trio.tint) >= 4.5, front
    assert contrast(TOKENS["focus"][dark], trio.tint) >= 3


def rules() -> list[tuple[str, dict[str, str]]]:
    """(selector, properties) of the style sheet, with the names of tokens instead of colours."""
    from cohesion_qda.ui import style

    sheet = max((value for value in vars(style).values() if isinstance(value, str)), key=len)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        properties = (part.partition(":") for part in body.split(";") if ":" in part)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, _colon, value in properties}))
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_stands_out(dark: bool) -> None:
    """Where a rule says both what it writes in and on what, that is enough; every ring of the focus is of its token."""
    seen = 0
    for selector, body in rules():
        for front, back in (("color", "background"), ("selection-color", "selection-background-color")):
            if body.get(front, "").startswith("@") and body.get(back, "").startswith("@"):
                seen += 1
                pair = body[front][1:], body[back][1:]
                assert contrast(*(TOKENS[token][dark] for token in pair)) >= 4.5, (selector, pair)
        border = body.get("border", "") or body.get("border-color", "")
        if ":focus" in selector and border:
            assert re.search(r"@(focus|toastlink)\b", border), selector
    assert seen >= 12


def test_every_colour_of_the_style_sheet_is_a_token() -> None:
    """No colour is written out, so what the tests of the palette hold holds for the window."""
    for selector, body in rules():
        for name, value in body.items():
            assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(|\b(?:white|black|gr[ae]y|red)\b", value), (
                selector,
                name,
            )


def test_no_colour_is_written_out_in_the_window() -> None:
    """What is painted is painted in tokens and in colours of codes, in both themes."""
    ui = Path(__file__).resolve().parents[3] / "cohesion_qda" / "ui"
    wrong = [
        f"{path.name}: {found}"
        for path in sorted(ui.rglob("*.py"))
        if path.name not in ("palette.py", "icons.py")
        for found in re.findall(
            r"\"#[0-9A-Fa-f]{6}\"|QColor\((?!0, 0, 0, )\d+|GlobalColor\.(?!transparent)\w+", path.read_text("utf-8")
        )
    ]
    assert wrong == []
