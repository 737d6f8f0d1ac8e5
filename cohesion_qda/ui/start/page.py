"""The first page a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.start.recent import Recent
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Button, Label, LinkButton, PrimaryButton, QuietButton, elided

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from cohesion_qda.ui.status import ProgressStrip
    from cohesion_qda.ui.widgets import Banner

LEFT = 480


class RecentRow(QAbstractButton):
    """One recent project: title, counts, when, how much has been read. Opens it."""

    forget = Signal()

    def __init__(self, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        forget = QAction(_("Take off this list (the file stays)"), self)
        forget.triggered.connect(self.forget)
        self.addAction(forget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.show_recent(recent)

    @property
    def recent(self) -> Recent:
        return self._recent

    def show_recent(self, recent: Recent) -> None:
        """Show what has been found out since."""
        self._recent = recent
        self.setAccessibleName(", ".join(filter(None, (recent.title, recent.trouble or recent.about, recent.when))))
        self.setToolTip(str(recent.path))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            is_lit = self.hasFocus() or self.underMouse()
            if is_lit:
                painter.setBrush(theme.colour("soft" if self.hasFocus() else "bg"))
                painter.setPen(QPen(theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(box, 8, 8)
            else:
                painter.setPen(theme.colour("line"))
                painter.drawLine(
                    box.bottomLeft() + QPointF(theme.px(15), 0), box.bottomRight() - QPointF(theme.px(15), 0)
                )
            self._paint_words(painter)
        finally:
            painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, recent = current_theme(), self._recent
        px = theme.px
        trouble = bool(recent.trouble)
        icon = px(18)
        theme.icon("warning" if trouble else "document", "warn" if trouble else "text2", 18).paint(
            painter, px(17), (self.height() - icon) // 2, icon, icon
        )
        left, right = px(51), self.width() - px(16)
        top, under = px(12), px(34)
        align = Qt.AlignmentFlag.AlignVCenter
        meta = theme.font("meta")
        metrics = QFontMetrics(meta)
        painter.setFont(meta)
        painter.setPen(theme.colour("text2"))
        room_right = px(170)
        painter.drawText(
            QRectF(right - room_right, top, room_right, px(20)), align | Qt.AlignmentFlag.AlignRight, recent.when
        )
        taken = 0
        if recent.share is not None:
            taken = self._paint_share(painter, right, under, metrics)
        painter.setPen(theme.colour("warn" if trouble else "text2"))
        about = elided(recent.trouble or recent.about, metrics, int(right - left - taken - px(16)))
        painter.drawText(QRectF(left, under, right - left - taken, px(18)), align | Qt.AlignmentFlag.AlignLeft, about)
        painter.setFont(theme.font("panel_title"))
        painter.setPen(theme.colour("text"))
        width = right - left - metrics.horizontalAdvance(recent.when) - px(16)
        title = elided(recent.title, painter.fontMetrics(), int(width))
        painter.drawText(QRectF(left, top, width, px(20)), align | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_share(self, painter: QPainter, right: float, top: float, metrics: QFontMetrics) -> float:
        theme = current_theme()
        width, share = theme.px(80), self._recent.share or 0.0
        bar = QRectF(right - width, top + theme.px(6), width, theme.px(7))
        words = _("{percent}% read").format(percent=round(share * 100))
        room = metrics.horizontalAdvance(words) + theme.px(8)
        text = QRectF(bar.left() - room - theme.px(8), top, room, theme.px(18))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("ctl"))
        painter.drawRect(bar)
        inner = bar.adjusted(1, 1, 0, 0)
        inner.setWidth(inner.width() * share)
        painter.fillRect(inner, theme.colour("accent"))
        painter.restore()
        return width + room + theme.px(16)


class StartPage(QWidget):
    """New, open, practice; recent projects; three steps."""

    new_wanted = Signal()
    open_wanted = Signal()
    practice_wanted = Signal()
    guide_wanted = Signal()
    path_wanted = Signal(object)  # Path of a recent project
    forget_wanted = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self._banner: Banner | None = None
        self._progress: ProgressStrip | None = None
        self._rows: dict[Path, RecentRow] = {}
        self._left = QFrame()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        self._build_left()
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._build_right(), 1)
        row.addLayout(right, 1)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _build_left(self) -> None:
        self._left.setProperty("surface", "bg")
        self._left.setProperty("edge", "right")
        inside = QWidget()
        inside.setProperty("surface", "bg")
        column = self._left_column = QVBoxLayout(inside)
        column.setSpacing(8)
        self._logo = QLabel()
        column.addWidget(self._logo)
        column.addSpacing(16)
        column.addWidget(Label(_("Cohesion QDA"), "start_title"))
        lead = Label(_("Read what people said, mark what matters, and show how you got there."), "lead", "text2")
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addSpacing(16)
        self.new = PrimaryButton(_("New project"), "plus", self.new_wanted.emit)
        self.open = QuietButton(_("Open a project file …"), "folder", self.open_wanted.emit)
        self.practice = QuietButton(_("Try the practice project"), "play", self.practice_wanted.emit)
        for button in (self.new, self.open, self.practice):
            button.setProperty("wide", True)
            column.addWidget(button)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self._lock = QLabel()
        foot.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        promise = Label(
            _("Everything stays on this computer. The program never connects to the internet."), "interface", "text2"
        )
        promise.setWordWrap(True)
        foot.addWidget(promise, 1)
        column.addSpacing(16)
        column.addLayout(foot)
        around = QVBoxLayout(self._left)
        around.setContentsMargins(0, 0, 1, 0)
        around.addWidget(_scrolling(inside, "bg"))

    def _build_right(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("surface", "paper")
        column = QVBoxLayout(inside)
        column.setSpacing(0)
        self._inside = column
        self._recent_title = Label(_("Recent projects"), "page_title")
        column.addWidget(self._recent_title)
        column.addSpacing(12)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addSpacing(12)
        drop = Label(
            _("Or drop a project, transcripts or a folder of them anywhere on this window."), "interface", "text2"
        )
        drop.setWordWrap(True)
        column.addWidget(drop)
        column.addSpacing(48)
        column.addWidget(Label(_("New here? Three steps"), "page_title"))
        column.addSpacing(12)
        steps = QHBoxLayout()
        steps.setSpacing(24)
        for number, title, words in (
            (
                "1",
                _("Bring in transcripts"),
                _("Word, PDF, captions or a sheet. We show how every speaker was recognised."),
            ),
            ("2", _("Read and code"), _("Select what someone said, press C, and type the first letters of a code.")),
            ("3", _("Compare and report"), _("See which codes came up where. Every number opens the quotes.")),
        ):
            steps.addLayout(_step(number, title, words), 1)
        column.addLayout(steps)
        column.addSpacing(16)
        guide = LinkButton(_("Open the guide  (F1)"), on_click=self.guide_wanted.emit)
        guide.setProperty("flush", True)
        column.addWidget(guide)
        column.addStretch(1)
        return _scrolling(inside, "paper")

    def show_recent(self, recents: Iterable[Recent]) -> None:
        """List the recent projects; rows that are there already are brought up to date."""
        listed = list(recents)
        if [r.path for r in listed] != list(self._rows):
            while self._list.count():
                self._list.takeAt(0).widget().deleteLater()
            self._rows = {}
            for recent in listed:
                self._add_row(recent)
        for recent in listed:
            self._rows[recent.path].show_recent(recent)
        self._recent_title.setText(_("Recent projects") if listed else _("No projects yet"))

    @property
    def has_banner(self) -> bool:
        return self._banner is not None

    @property
    def banner(self) -> Banner:
        """What the person should know; hidden until then."""
        if self._banner is None:
            from cohesion_qda.ui.widgets import Banner

            self._banner = Banner()
            self._banner.hide()
            self._right.insertWidget(0, self._banner)
        return self._banner

    @property
    def progress(self) -> ProgressStrip:
        """Long work under way; hidden while there is none."""
        if self._progress is None:
            from cohesion_qda.ui.status import ProgressStrip

            self._progress = ProgressStrip()
            self._right.insertWidget(self._right.count() - 1, self._progress)
        return self._progress

    def rows(self) -> list[RecentRow]:
        return list(self._rows.values())

    def buttons(self) -> list[Button]:
        return [self.new, self.open, self.practice]

    def _add_row(self, recent: Recent) -> None:
        row = RecentRow(recent)
        row.clicked.connect(lambda _on=False, path=recent.path: self.path_wanted.emit(path))
        row.forget.connect(lambda path=recent.path: self.forget_wanted.emit(path))
        self._rows[recent.path] = row
        self._list.addWidget(row)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        width = min(
            max(LEFT, theme.px(LEFT * 0.7)), max(320, round(self.width() * (0.34 if theme.scale < 1.3 else 0.42)))
        )
        self._left.setFixedWidth(width)
        side = 80 if width >= LEFT and theme.scale < 1.3 else 40
        top = max(24, min(120, round(self.height() * 0.13)))
        self._left_column.setContentsMargins(side, top, min(side, 48), 40)
        self._inside.setContentsMargins(side, top, side, 40)
        self._logo.setPixmap(theme.pixmap("app", "accent", 48))
        self._lock.setPixmap(theme.pixmap("lock", "text2", 18))
        wide = max(theme.px(256), *(button.sizeHint().width() for button in self.buttons()))
        for button in self.buttons():
            button.setFixedWidth(min(wide, width - 2 * 40))


def _scrolling(inside: QWidget, surface: str) -> QScrollArea:
    area = QScrollArea()
    area.setProperty("surface", surface)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _step(number: str, title: str, words: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(Label(number, "interface_strong", "accent"))
    column.addWidget(Label(title, "panel_title"))
    told = Label(words, "interface", "text2")
    told.setWordWrap(True)
    told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    column.addWidget(told, 1)
    return column
