"""The tables of the visual language, worked out from the palette itself (WCAG 2, rounded down to one place)."""

from __future__ import annotations

import math

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
