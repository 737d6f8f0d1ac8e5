"""Word clouds: what people said, each term as large as the number who said it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.report import style, words
from cohesion_qda.report.drawing import Drawing, Mark, Text
from cohesion_qda.report.picture import Picture, pictured

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weights = Sequence[tuple[str, Count]]
COLOURS = tuple(colour for colour in style.ON_WHITE if style.contrast(colour, style.PAPER) >= 4.5)
_SEED = 20
_WEIGHT = 600
_PIXELS_AN_INCH = 150  # of the canvas the words are laid out on
_LISTED = 20  # terms an alt text names


def draw(weights: Weights, path: Path, by: str = "participants", width: int = 1000, height: int = 600) -> list[str]:
    """Write a word cloud of (term, count) to an .svg, .png or .pdf file of `width` by `height` pixels (a PNG has twice as many),
    each term as large as its count of `by`. Gives the terms that did not fit, or that no font here can write.

    The same terms give the same bytes. Raises BadInput when nothing can be drawn or for another file ending, CannotWrite.
    """
    picture, left_out = cloud(weights, by=by, width=width, height=height)
    try:
        picture.save(Path(path))
    except OSError as error:
        raise CannotWrite(
            _("The word cloud could not be written to “{path}”.").format(path=path),
            _("Choose a folder you may write to, and close the picture where it is open."),
        ) from error
    return left_out


def cloud(
    weights: Weights, *, by: str = "participants", width: int = 1000, height: int = 600, smallest: int = 11,
    title: str = "",
) -> tuple[Picture, list[str]]:  # fmt: skip
    """A word cloud, and the terms that were left out. Sizes are in pixels; `smallest` is the least size of a letter."""
    counts = {style.clean(term): count for term, count in reversed(list(weights)) if count.of(by) and style.clean(term)}
    font, unwritable = _font(list(counts))
    ordered = sorted(((t, c.of(by)) for t, c in counts.items() if t not in unwritable), key=lambda p: (-p[1], p[0]))
    layout = _layout(ordered, font, width, height, smallest)
    if not layout:
        raise BadInput(
            _("There are no words to draw."), _("Import transcripts first, or choose a code that has passages.")
        )
    drawn = {placed[0][0] for placed in layout}
    left_out = [term for term, _n in ordered if term not in drawn] + sorted(unwritable)
    shown = title or _("The words most people used")
    alt = _alt([(term, counts[term]) for term, _n in ordered if term in drawn], by, shown)
    drawing = Drawing(width, height, style.clean(shown), style.clean(alt), tuple(_marks(layout, font)))
    return pictured(drawing, width / _PIXELS_AN_INCH, 2 * _PIXELS_AN_INCH), left_out


def _font(terms: Sequence[str]) -> tuple[Path, set[str]]:
    """The font to set the terms in, and the terms it cannot write: Inter, or DejaVu Sans when that can write more."""
    inter, dejavu = style.font_file(_WEIGHT), style.dejavu(_WEIGHT)
    missing = {font: {term for term in terms if not style.can_write(term, font)} for font in (inter, dejavu)}
    best = inter if len(missing[inter]) <= len(missing[dejavu]) else dejavu
    return best, missing[best]


def _layout(terms: Sequence[tuple[str, int]], font: Path, width: int, height: int, smallest: int) -> list[Any]:
    """Where each term that fits stands: ((term, share), size, (top, left), None, colour)."""
    if not terms:
        return []
    from wordcloud import WordCloud

    rank = {term: n for n, (term, _n) in enumerate(terms)}
    maker = WordCloud(
        font_path=str(font),
        width=width,
        height=height,
        margin=max(5, width // 160),
        max_words=len(terms),
        min_font_size=smallest,
        max_font_size=max(smallest, min(height // 4, width // 9)),
        relative_scaling=0.6,
        prefer_horizontal=1.0,
        random_state=_SEED,
        color_func=lambda word, **_rest: COLOURS[rank[word] % len(COLOURS)],
    )
    return list(maker.generate_from_frequencies(dict(terms)).layout_)


def _face(font: Path, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(font), size)


def _marks(layout: Sequence[Any], font: Path) -> list[Mark]:
    """The terms as text that can be selected; a pixel of the layout is a point."""
    marks: list[Mark] = []
    for (term, _share), size, (top, left), _turned, colour in layout:
        ink_left, ink_top, _right, _bottom = _face(font, size).getbbox(term, anchor="ls")
        length = style.text_length(term, size, _WEIGHT)
        marks.append(
            Text(float(left - ink_left), float(top - ink_top), term, float(size), colour, _WEIGHT, length=length)
        )
    return marks


def _alt(drawn: Weights, by: str, title: str) -> str:
    listed = "; ".join(f"{term} ({words.number(count.of(by))})" for term, count in drawn[:_LISTED])
    how = {
        "groups": _("each as large as the number of groups in which it was said"),
        "participants": _("each as large as the number of participants who said it"),
        "mentions": _("each as large as the number of times it was said"),
    }[by]
    alt = ngettext(
        "Word cloud. {title}: {n} term, {how}. {listed}.",
        "Word cloud. {title}: {n} terms, {how}. The first: {listed}.",
        len(drawn),
    )
    return alt.format(title=title.rstrip("."), n=len(drawn), how=how, listed=listed)
