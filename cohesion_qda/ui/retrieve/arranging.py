"""The two chips that say in which order passages stand, and under which headings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.retrieve.filters import Choices, name_in_words
from cohesion_qda.ui.widgets import Chip


def orders() -> dict[str, str]:
    """What passages can be sorted by."""
    return {
        "source": _("Sorted by place"),
        "speaker": _("Sorted by speaker"),
        "code": _("Sorted by code"),
        "length": _("Longest first"),
        "weight": _("Heaviest first"),
        "date": _("Newest first"),
    }


def groups(choices: Choices) -> dict[str, str]:
    """What passages can be grouped by."""
    plain = {
        "source": _("By source"),
        "speaker": _("By speaker"),
        "code": _("By code"),
        "": _("In one list"),
    }
    named = {name: _("By {attribute}").format(attribute=name_in_words(name)) for name, _a, _v in choices.attributes}
    return {**plain, **{name: words for name, words in named.items() if name not in plain}}


def menu_under(chip: Chip, entries: dict[str, str], current: str, choose: Callable[[str], object]) -> None:
    """Open a menu of one choice."""
    menu = QMenu(chip)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key, words in entries.items():
        action = menu.addAction(words.replace("&", "&&"), lambda key=key: choose(key))
        action.setCheckable(True)
        action.setChecked(key == current)
    menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
