"""Word clouds: what people said, each term as large as the number who said it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.report import style, words
from cohesion_qda.report.picture import Picture, accessible

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weights = Sequence[tuple[str, Count]]
COLOURS = tuple(colour for colour in style.ON_WHITE if style.contrast(colour, style.PAPER) >= 4.5)
_SEED = 20
_PIXELS_AN_INCH = 150  # of the canvas the words are laid out on
_LISTED = 20  # terms an alt text names


def draw(weights: Weights, path: Path, by: str = "participants", width: int = 1000, height: int = 600) -> list[str]:
    """Write a word cloud of (term, count) to an .svg or .png file of `width` by `height` pixels (a PNG has twice as many),
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
    svg = accessible(_svg(layout, font, width, height), shown, alt)
    size = (width / _PIXELS_AN_INCH, height / _PIXELS_AN_INCH)
    return Picture(shown, alt, svg, _png(layout, font, width, height), *size), left_out


def _font(terms: Sequence[str]) -> tuple[Path, set[str]]:
    """The font to set the terms in, and the terms it cannot write: Inter, or DejaVu Sans when that can write more."""
    inter, dejavu = style.font_file(600), style.dejavu(600)
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


def _svg(layout: Sequence[Any], font: Path, width: int, height: int) -> str:
    family = "Inter" if font.name.startswith("Inter") else "DejaVu Sans"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<svg viewBox="0 0 {width} {height}">',
        f' <rect width="{width}" height="{height}" fill="{style.PAPER}"/>',
        f" <g font-family=\"'{family}', 'DejaVu Sans', sans-serif\" font-weight=\"{600 if family == 'Inter' else 700}\">",
    ]
    for (term, _share), size, (top, left), _turned, colour in layout:
        face = _face(font, size)
        ink_left, ink_top, _right, _bottom = face.getbbox(term, anchor="ls")
        lines.append(
            f'  <text x="{left - ink_left:.1f}" y="{top - ink_top:.1f}" font-size="{size}" fill="{colour}" '
            f'textLength="{face.getlength(term):.1f}" lengthAdjust="spacingAndGlyphs">{escape(term)}</text>'
        )
    return "\n".join([*lines, " </g>", "</svg>", ""])


def _png(layout: Sequence[Any], font: Path, width: int, height: int) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (2 * width, 2 * height), style.PAPER)
    pen = ImageDraw.Draw(image)
    for (term, _share), size, (top, left), _turned, colour in layout:
        face = _face(font, 2 * size)
        small = _face(font, size).getbbox(term, anchor="ls")
        pen.text((2 * (left - small[0]), 2 * (top - small[1])), term, fill=colour, font=face, anchor="ls")
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(2 * _PIXELS_AN_INCH, 2 * _PIXELS_AN_INCH))
    return out.getvalue()


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
