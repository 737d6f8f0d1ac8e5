"""The help text inside the program: how to work with it, and every key."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMessageBox, QTextBrowser, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui import actions
from cohesion_qda.ui.theme import current_theme


def room_keys() -> tuple[tuple[str, str], ...]:
    """Keys that work in the transcript or in lists, not in menus: (keys, what they do)."""
    from cohesion_qda.ui.codebook.view import key_help as codebook_keys
    from cohesion_qda.ui.textpane.keys import key_help

    return (
        (_("Arrows, Shift+arrows"), _("Move and select in the transcript")),
        *((help_.key, help_.words) for help_ in key_help()),
        ("1–9", _("Apply the code with that key")),
        ("Ctrl+F", _("Find on this page")),
        ("Ctrl+G / Ctrl+Shift+G", _("Next / previous place found")),
        ("Ctrl+Shift+B", _("Show or hide the codebook")),
        ("F2", _("Rename")),
        (_("Delete"), _("Remove; Undo brings it back")),
        *codebook_keys(),
        (_("Shift+F10 or Menu"), _("What can be done with this")),
        (_("Esc"), _("Close, or go back")),
    )


def chapters() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The guide: (heading, paragraphs)."""
    return (
        (
            _("From transcripts to a report"),
            (
                _(
                    "1. Make a project: one file that holds the study. Start from the codes of a community cohesion "
                    "review, from none, or from a codebook of your own."
                ),
                _(
                    "2. Bring in transcripts: drop files or a folder on the window. Look over who was recognised as "
                    "moderator; what moderators say is never counted as a participant’s. A sheet can give each "
                    "transcript its place, kind of group and date."
                ),
                _(
                    "3. People and attributes: who took part and what is known of them, as a sheet. Type, paste from a "
                    "spreadsheet or import a sheet; Compare can then count by it."
                ),
                _(
                    "4. Read & code: select what somebody said and press C, then type the beginning of a code’s name. "
                    "Or double-click a code, drag the words onto it, or press its key."
                ),
                _("5. Retrieve: read everything that was coded alike, one click from its place in the transcript."),
                _(
                    "6. Compare: see in how many groups, and from how many people, each code came. Each number opens its quotes."
                ),
                _("7. Suggest: themes and terms that the program noticed. Nothing is coded until you accept it."),
                _("8. Report: write the findings with tables and figures into a folder."),
            ),
        ),
        (
            _("Nothing is lost"),
            (
                _(
                    "Every change is saved at once. Undo takes back anything, also after the project was closed; "
                    "History tells what was done, and can take back everything after a point."
                ),
                _("Save a copy makes a whole second file, for a backup or a colleague."),
            ),
        ),
        (
            _("Privacy"),
            (
                _("The program never connects to the internet. What you bring in stays in your project file."),
                _("Removing a source can be undone, so its words stay in the file and in your backups."),
            ),
        ),
    )


def guide_html(made: Mapping[str, QAction]) -> str:
    """The guide as rich text."""
    parts = [f"<h1>{html.escape(_('Guide'))}</h1>"]
    for heading, paragraphs in chapters():
        parts.append(f"<h2>{html.escape(heading)}</h2>")
        parts.extend(f"<p>{html.escape(words)}</p>" for words in paragraphs)
    parts.append(f"<h2>{html.escape(_('All keys'))}</h2>")
    rows = [
        (actions.key_words(action), action.text().replace("&&", "&")) for action in made.values() if action.shortcuts()
    ]
    parts.append(_key_table(rows))
    parts.append(f"<h2>{html.escape(_('Keys in the transcript and in lists'))}</h2>")
    parts.append(_key_table(room_keys()))
    return "".join(parts)


def _key_table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td width='190'><b>{html.escape(keys)}</b></td><td>{html.escape(words)}</td></tr>" for keys, words in rows
    )
    return f"<table cellpadding='3' cellspacing='0'>{cells}</table>"


def show_about(window: QWidget) -> None:
    """What the program is, in a box over `window`."""
    from cohesion_qda import __version__

    words = _(
        "Cohesion QDA {version}: code what residents said in focus groups and interviews, and turn it into findings "
        "that can be defended. It works on this computer alone and never connects to the internet.\n\n"
        "The program is free under the MIT licence; its typeface is Inter (SIL Open Font Licence)."
    ).format(version=__version__)
    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About Cohesion QDA"), words, parent=window)
    box.setIconPixmap(current_theme().pixmap("app", "accent", 48))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class Guide(QDialog):
    """A window beside the main one, so that one can read and try."""

    def __init__(self, made: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Guide"))
        self._made = made
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Guide"))
        self.text.setProperty("ring", True)
        self.text.document().setDocumentMargin(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.resize(640, 720)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _dress(self) -> None:
        theme = current_theme()
        self.text.setFont(theme.font("quote"))
        self.text.document().setDefaultFont(theme.font("quote"))
        self.text.document().setDefaultStyleSheet(
            f"h1 {{ font-size: {theme.px(18)}px; }} h2 {{ font-size: {theme.px(14)}px; }}"
        )
        self.text.setHtml(guide_html(self._made))
