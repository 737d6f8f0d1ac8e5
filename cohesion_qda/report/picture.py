"""A finished picture: SVG with real text, PNG, and the sentence for those who cannot see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.report import style

_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="([^"]+)"')
_TAG = re.compile(r"<[^<>]*>")
_HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_INK = {
    style.TEXT: "text", style.TEXT2: "text2", style.LINE: "line", style.PAPER: "paper", style.QUIET: "quiet",
    **{colour: f"ink{n}" for n, colour in enumerate(style.ON_WHITE)},
}  # fmt: skip
_COLOUR = re.compile("|".join(_INK), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` is a whole file; `width` and `height` are in inches. `alt` tells what the picture shows, in numbers."""

    title: str
    alt: str
    svg: str
    png: bytes
    width: float
    height: float

    def save(self, path: Path) -> None:
        """Write the picture as .svg or .png, by the name's ending. Raises BadInput for another ending, OSError."""
        kind = path.suffix.casefold()
        if kind == ".svg":
            path.write_text(self.svg, encoding="utf-8", newline="\n")
        elif kind == ".png":
            path.write_bytes(self.png)
        else:
            raise BadInput(
                _("A picture cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
                _("Give a name that ends in .svg or .png."),
            )

    def inline(self, key: str) -> str:
        """The SVG as part of a web page: ids that begin with `key`, colours that follow the page's variables."""
        body = _HEAD.sub("", self.svg)
        body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
        body = re.sub(r'(<style type="text/css">).*?</style>\s*', "", body, flags=re.DOTALL)
        return _TAG.sub(lambda tag: _adapted(tag.group(), key), body)


def _adapted(tag: str, key: str) -> str:
    """A tag with its ids made unique and its colours handed to the page; text between tags is never touched."""
    tag = re.sub(r'\bid="', f'id="{key}-', tag)
    tag = re.sub(r'(href="|url\()#', rf"\g<1>#{key}-", tag)
    tag = tag.replace('aria-labelledby="title desc"', f'aria-labelledby="{key}-title {key}-desc"')
    return _COLOUR.sub(lambda colour: f"var(--{_INK[colour.group().upper()]})", tag)


def accessible(svg: str, title: str, alt: str) -> str:
    """`svg` with the role of an image, and a title and description as its first children."""
    root = _ROOT.search(svg)
    if root is None:
        raise ValueError("not an SVG")
    box = _VIEW_BOX.search(root.group())
    size = (box.group(1).split() if box else ["0", "0", "100", "100"])[2:]
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" role="img" '
        f'aria-labelledby="title desc" width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}">'
        f'\n <title id="title">{escape(style.clean(title))}</title>\n <desc id="desc">{escape(style.clean(alt))}</desc>'
    )
    return svg[: root.start()] + opened + svg[root.end() :]
