"""The strip of tabs under a page's header."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget

from cohesion_qda.ui.theme import current_theme

_TABS = """
QTabBar {{ background: {paper}; border: none; }}
QTabBar::tab {{ background: {paper}; color: {text2}; padding: 8px 4px 6px 4px; margin: 0 12px 0 0;
  border: 2px solid transparent; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {accenttext}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus:selected {{ border: 2px solid {focus}; border-radius: 4px; }}
"""


class TabStrip(QFrame):
    """Tabs at the left; what `add` is given stands at the right, in order."""

    def __init__(self, name: str, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(name)
        for label in words:
            self.tabs.addTab(label)
        self.tabs.currentChanged.connect(lambda _at: self.tabs.updateGeometry())  # bold letters are wider
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 24, 1)
        self._row.setSpacing(8)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addStretch(1)
        self._is_bare = True
        self._dress()
        current_theme().changed.connect(self._dress)

    def add(self, widget: QWidget) -> QWidget:
        """Put something at the right, after what is there."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._is_bare = False
        self._dress()
        return widget

    def _dress(self) -> None:
        theme = current_theme()
        names = ("paper", "text", "text2", "accenttext", "accent", "focus")
        self.tabs.setStyleSheet(_TABS.format(**{name: theme.hex(name) for name in names}))
        self.tabs.setFont(theme.font("interface_medium"))
        self.setMinimumHeight(0 if self._is_bare else theme.px(44))
