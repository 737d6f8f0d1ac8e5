"""The style sheet of the whole program, from the theme's tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cohesion_qda.ui import palette

if TYPE_CHECKING:
    from cohesion_qda.ui.theme import Theme

# @token is a colour, ~n a length in pixels that grows with the text size, ~n-m is m pixels less, ~n/2 at most half of it
_SHEET = """
QToolTip { background: @raised; color: @text; border: 1px solid @ctl; padding: 4px 8px; }
QMenu { background: @raised; color: @text; border: 1px solid @ctl; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @soft; color: @accenttext; }
QMenu::item:disabled { color: @text2; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @bg; color: @text; spacing: 2px; padding: 1px 8px; }
QMenuBar::item { padding: 3px 8px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @soft; color: @accenttext; }

QPushButton { min-height: ~30; padding: 0 12px; border: 1px solid @ctl; border-radius: 6px; background: @raised;
  color: @text; }
QPushButton:hover { background: @bg; }
QPushButton:pressed { background: @soft; }
QPushButton:focus { border: 2px solid @focus; padding: 0 11px; min-height: ~30-2; }
QPushButton:disabled { color: @text2; border: 1px dashed @ctl; background: transparent; }
PlainButton:disabled, LinkButton:disabled, IconButton:disabled { border: 2px solid transparent; }
PrimaryButton { background: @accent; color: @onaccent; border: 1px solid @accent; }
PrimaryButton:hover, PrimaryButton:pressed { background: @accent; border-color: @text; }
PrimaryButton:focus { border: 2px solid @focus; }
[wide="true"] { min-height: ~38; text-align: left; padding: 0 16px; }
[wide="true"]:focus { min-height: ~38-2; padding: 0 15px; }
LinkButton { background: transparent; border: 2px solid transparent; color: @link; padding: 0 4px; min-height: ~24; }
LinkButton:hover { text-decoration: underline; background: transparent; }
LinkButton:pressed { background: transparent; }
LinkButton:focus { border: 2px solid @focus; padding: 0 4px; min-height: ~24; }
[flush="true"] { padding: 0; margin-left: -2px; }
[flush="true"]:focus { padding: 0; }
PlainButton { background: transparent; border: 2px solid transparent; padding: 0 8px; min-height: ~28; color: @text2; }
PlainButton:hover { background: @line; }
PlainButton:focus { border: 2px solid @focus; padding: 0 8px; }
[small="true"], [small="true"]:focus { min-height: ~18; padding: 0 4px; }
IconButton { background: transparent; border: 2px solid transparent; padding: 0; border-radius: 6px;
  min-height: ~24; max-height: ~24; min-width: ~24; max-width: ~24; }
IconButton:hover { background: @line; }
IconButton:focus { border: 2px solid @focus; padding: 0; min-height: ~24; }
Chip { border-radius: ~30/2; padding: 0 15px; background: @raised; color: @text; min-height: ~30; text-align: left; }
Chip:disabled { border: 1px solid @line; background: transparent; }
Chip:focus { padding: 0 14px; min-height: ~30-2; }
Chip[on="true"] { background: @soft; border-color: @accent; color: @accenttext; }
Chip[on="true"]:focus { border-color: @focus; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 6px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: @focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: ~14; height: ~14;
  border: 1px solid @ctl; background: @paper; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: ~16/2; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { border-color: @accent; background: @accent;
  image: url("@tick"); }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
  fx: 0.5, fy: 0.5, stop: 0 @accent, stop: 0.5 @accent, stop: 0.6 @paper, stop: 1 @paper); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @line; background: transparent; }
QRadioButton::indicator:checked:disabled { background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
  stop: 0 @ctl, stop: 0.5 @ctl, stop: 0.6 @bg, stop: 1 @bg); }
QCheckBox::indicator:checked:disabled { border-color: @ctl; background: @ctl; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit[field="true"], QTextEdit[field="true"], QSpinBox, QDateEdit, QComboBox { min-height: ~28;
  border: 1px solid @ctl; border-radius: 6px; background: @paper; color: @text; padding: 1px 8px;
  selection-background-color: @sel; selection-color: @text; }
QLineEdit:focus, QPlainTextEdit[field="true"]:focus, QTextEdit[field="true"]:focus, QSpinBox:focus,
QDateEdit:focus, QComboBox:focus {
  border: 2px solid @focus; padding: 0 7px; }
QLineEdit:disabled, QComboBox:disabled { color: @text2; border: 1px dashed @ctl; }
SearchField:disabled { border: 1px solid @line; background: transparent; }
[cell="true"], [cell="true"]:focus { border: 2px solid @focus; border-radius: 0; padding: 0 4px; min-height: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("@chevron"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @ctl; padding: 4px;
  selection-background-color: @soft; selection-color: @accenttext; outline: none; }

QAbstractScrollArea { border: none; background: @paper; }
[ring="true"] { border: 2px solid transparent; }
[ring="true"]:focus { border-color: @focus; }
QAbstractItemView { outline: none; selection-background-color: @soft; selection-color: @accenttext; }
QHeaderView { background: @paper; border: none; }
QHeaderView::section { background: @paper; color: @text; border: none; border-bottom: 1px solid @ctl; padding: 4px 8px;
  font-weight: 600; }
[listing="true"] QComboBox { min-height: ~26; margin: 3px 4px; }
[listing="true"]::item { padding: 0 5px; }
[spaced="two lines"]::item { padding: ~6 8px; }
[spaced="two lines"]::item:selected { background: @soft; color: @text; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @ctl; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
QProgressBar { border: none; border-radius: 2px; background: @line; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QDialog { background: @bg; }

[surface="paper"] { background: @paper; }
[surface="bg"] { background: @bg; }
[surface="raised"] { background: @raised; }
[edge="bottom"] { border-bottom: 1px solid @line; }
[edge="top"] { border-top: 1px solid @line; }
[edge="right"] { border-right: 1px solid @line; }
[edge="left"] { border-left: 1px solid @line; }
[card="true"] { background: @paper; border: 1px solid @line; border-radius: 8px; }
[tone="text2"] { color: @text2; }
[tone="link"] { color: @link; }
[tone="accent"] { color: @accenttext; }
[tone="ok"] { color: @ok; }
[tone="warn"] { color: @warn; }
[tone="err"] { color: @err; }
Banner { border-left: 3px solid @err; background: @errbg; }
Banner[kind="caution"] { border-left-color: @warn; background: @warnbg; }
Banner[kind="success"] { border-left-color: @ok; background: @okbg; }
Toast { background: @toast; border-radius: 8px; border: 1px solid @ctl; }
Toast QLabel { color: @ontoast; background: transparent; }
Toast QPushButton, Toast LinkButton { color: @toastlink; background: transparent; text-decoration: underline; }
Toast LinkButton:focus { border: 2px solid @toastlink; }
"""


def sheet(theme: Theme) -> str:
    """The style sheet in the colours and the text size of `theme`."""
    from cohesion_qda.base.resources import resource

    mode = "dark" if theme.is_dark else "light"
    values = {name: resource(f"icons/{name}-{mode}.svg").as_posix() for name in ("chevron", "tick")}
    values |= {token: theme.hex(token) for token in palette.TOKENS}

    def length(found: re.Match[str]) -> str:
        pixels = theme.px(int(found["n"])) - int(found["less"] or 0)
        return f"{pixels // 2 if found['half'] else pixels}px"

    lengths = re.sub(r"~(?P<n>\d+)(?:-(?P<less>\d+)|(?P<half>/2))?", length, _SHEET)
    return re.sub(r"@(\w+)", lambda m: values[m.group(1)], lengths)
