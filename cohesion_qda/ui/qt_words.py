"""Qt's own words (buttons of questions, menus of fields and scroll bars) in a language that Qt does not bring."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from cohesion_qda.base import i18n
from cohesion_qda.base.i18n import _


def words() -> dict[str, str]:
    """Qt's words that can be seen in this program, as we say them."""
    return {
        "OK": _("OK"),
        "&OK": _("&OK"),
        "Cancel": _("Cancel"),
        "&Cancel": _("&Cancel"),
        "Close": _("Close"),
        "&Close": _("&Close"),
        "&Yes": _("&Yes"),
        "&No": _("&No"),
        "Save": _("Save"),
        "&Save": _("&Save"),
        "Open": _("Open"),
        "&Open": _("&Open"),
        "Discard": _("Discard"),
        "Apply": _("Apply"),
        "Help": _("Help"),
        "Show Details...": _("Show details …"),
        "Hide Details...": _("Hide details …"),
        "&Undo": _("&Undo"),
        "&Redo": _("&Redo"),
        "Cu&t": _("Cu&t"),
        "&Copy": _("&Copy"),
        "Copy &Link Location": _("Copy &link location"),
        "&Paste": _("&Paste"),
        "Delete": _("Delete"),
        "Select All": _("Select all"),
        "&Select All": _("&Select all"),
        "&Step up": _("&Step up"),
        "Step &down": _("Step &down"),
        "Clear": _("Clear"),
        **_of_scroll_bars(),
        **_of_file_dialogs(),
    }


def _of_scroll_bars() -> dict[str, str]:
    return {
        "Scroll here": _("Scroll here"),
        "Top": _("Top"),
        "Bottom": _("Bottom"),
        "Left edge": _("Left edge"),
        "Right edge": _("Right edge"),
        "Page up": _("Page up"),
        "Page down": _("Page down"),
        "Page left": _("Page left"),
        "Page right": _("Page right"),
        "Scroll up": _("Scroll up"),
        "Scroll down": _("Scroll down"),
        "Scroll left": _("Scroll left"),
        "Scroll right": _("Scroll right"),
    }


def _of_file_dialogs() -> dict[str, str]:
    return {
        "Look in:": _("Look in:"),
        "File &name:": _("File &name:"),
        "Files of type:": _("Files of type:"),
        "&Choose": _("&Choose"),
        "Directory:": _("Folder:"),
        "Back": _("Back"),
        "Forward": _("Forward"),
        "Parent Directory": _("Parent folder"),
        "Create New Folder": _("Create a new folder"),
        "List View": _("List"),
        "Detail View": _("Details"),
        "Name": _("Name"),
        "Size": _("Size"),
        "Type": _("Type"),
        "Date Modified": _("Date changed"),
        "All files (*)": _("All files (*)"),
    }


class QtWords(QTranslator):
    """Gives Qt our words for its own; what it has no word for stays as Qt has it."""

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._words = words()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return self._words.get(source)


def speak_for_qt(app: QCoreApplication) -> QtWords:
    """Have Qt speak the language of the program, and write dates and numbers by it."""
    made = QtWords(app)
    app.installTranslator(made)
    QLocale.setDefault(QLocale(i18n.locale()))
    return made
