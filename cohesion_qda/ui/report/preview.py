"""A part of the report as a reader will see it, near enough: headings, words, figures, tables, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.report.blocks import Block, Figure, Grid, ThemePart
    from cohesion_qda.report.values import Quotation

WIDE = 620  # pixels of a figure


class Preview(QTextBrowser):
    """Shows blocks. It leads nowhere; what is shown can be chosen and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(_("Preview of this part"))
        self.setProperty("ring", True)
        self._blocks: tuple[Block, ...] = ()
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these from the top."""
        self._blocks = tuple(blocks)
        self._show()
        self.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        pictures: list[Figure] = []
        words = "\n".join(_told(block, pictures) for block in self._blocks)
        if not self._blocks:
            words = f"<p>{escape(_('This part has nothing to say yet, so it will not be in the report.'))}</p>"
        document = QTextDocument(self)
        document.setDocumentMargin(24)
        document.setDefaultFont(current_theme().font("interface"))
        document.setDefaultStyleSheet(_sheet())
        for figure in pictures:
            image = _scaled(QImage.fromData(figure.picture.png), _wide(figure), self.devicePixelRatioF())
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(figure.anchor), image)
        document.setHtml(words)
        self.setDocument(document)

    def _dress(self) -> None:
        self._show()


def _sheet() -> str:
    theme = current_theme()
    text, text2, line = theme.hex("text"), theme.hex("text2"), theme.hex("line")
    return (
        f"body {{ color: {text}; }} .meta {{ color: {text2}; }} th {{ text-align: left; }}"
        f"td, th {{ padding: 3px 8px; border-bottom: 1px solid {line}; }} .n {{ text-align: right; }}"
        "h2 { margin-top: 8px; } h3 { margin-top: 12px; } blockquote { margin-left: 16px; }"
    )


def _told(block: Block, pictures: list[Figure]) -> str:
    """A block as the small part of HTML that Qt knows."""
    from cohesion_qda.report import blocks

    if isinstance(block, blocks.Heading):
        level = min(block.level + 1, 4)
        return f"<h{level}>{escape(block.text)}</h{level}>"
    if isinstance(block, blocks.Paragraph):
        kind = ' class="meta"' if block.kind == "note" else ""
        return f"<p{kind}>{escape(block.text)}</p>"
    if isinstance(block, blocks.Bullets):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, blocks.Figures):
        pictures += block.figures
        return "".join(_figure(figure) for figure in block.figures)
    if isinstance(block, blocks.Grid):
        return _table(block)
    if isinstance(block, blocks.ThemePart):
        return _theme(block)
    if isinstance(block, blocks.Cited):
        return _quotation(block.quotation)
    return ""


def _wide(figure: Figure) -> int:
    return min(WIDE, round(figure.picture.width * 96))


def _scaled(image: QImage, wide: int, ratio: float) -> QImage:
    """An image as wide as it is shown: Qt draws a larger one coarsely."""
    made = image.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
    made.setDevicePixelRatio(ratio)
    return made


def _figure(figure: Figure) -> str:
    wide = _wide(figure)
    alt = escape(figure.picture.alt, quote=True)
    return (
        f'<p><img src="{figure.anchor}" width="{wide}" alt="{alt}"></p><p class="meta">{escape(figure.caption)}</p>'
    )  # fmt: skip


def _table(grid: Grid) -> str:
    def cells(words: Iterable[str], tag: str, indent: int = 0) -> str:
        found = []
        for n, text in enumerate(words):
            kind = ' class="n" align="right"' if n >= grid.numbers else ""
            shown = escape(text).replace("\n", "<br>")
            found.append(f"<{tag}{kind}>{'&nbsp;' * 4 * indent if n == 0 else ''}{shown}</{tag}>")
        return "<tr>" + "".join(found) + "</tr>"

    rows = "".join(cells(row, "td", grid.indent(n)) for n, row in enumerate(grid.rows))
    return f'<p class="meta">{escape(grid.caption)}</p><table cellspacing="0">{cells(grid.head, "th")}{rows}</table>'


def _theme(part: ThemePart) -> str:
    level = min(part.heading.level + 1, 4)
    lines = [f"<h{level}>{escape(part.heading.text)}</h{level}>"]
    told = (part.said, part.definition, part.origin, part.where, *part.words)
    lines += [f"<p>{escape(words)}</p>" for words in told if words]
    return "".join([*lines, *(_quotation(quotation) for quotation in part.quotations)])


def _quotation(quotation: Quotation) -> str:
    said = []
    for part in quotation.parts:
        speaker = f"<b>{escape(part.speaker)}:</b> " if part.speaker and len(quotation.parts) > 1 else ""
        said.append(f"<p>{speaker}{escape(part.words)}</p>")
    by = f'<p class="meta">{escape(quotation.attribution)}</p>' if quotation.attribution else ""
    return f"<blockquote>{''.join(said)}{by}</blockquote>"
