"""Narrowing what is shown to a coder, or to the sources or people that have a value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.table import OF, QUESTION
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.project import Project

Attributes = tuple[tuple[str, str, tuple[str, ...]], ...]  # (name, about, values)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: coders, and for each attribute its values. `about` is source, participant or section (the
    question asked). The name of an attribute of both sources and people says whose it is (`model.table.OF`).
    """

    coders: tuple[str, ...] = ()
    attributes: Attributes = ()

    def pairs(self) -> set[tuple[str, str]]:
        """Every (attribute, value), and the empty pair."""
        return {("", "")} | {(name, value) for name, _about, values in self.attributes for value in values}

    def names(self, about: str = "") -> list[str]:
        """The attributes of sources or of participants, or all."""
        return [name for name, whose, _values in self.attributes if about in ("", whose)]


def choices_of(project: Project) -> Choices:
    """Read what can be chosen. Runs on the project thread."""
    values: dict[tuple[str, str], set[str]] = {
        (name, about): set() for about in ABOUT for name in project.attributes.names(about)
    }
    for held in project.attributes.values("source").values():
        for name, value in held.items():
            values.setdefault((name, "source"), set()).add(value)
    for case in project.cases.list("participant"):
        if case.role == "participant":
            for name, value in case.attributes.items():
                values.setdefault((name, "participant"), set()).add(value)
    kept = tuple(
        (name, about, tuple(sorted((value for value in found if value), key=str.casefold)))
        for (name, about), found in values.items()
    )
    kept = _told_apart(tuple(row for row in kept if row[2]))
    asked = (QUESTION, "section", tuple(project.sections.titles()))
    return Choices(tuple(coder.name for coder in project.coders()), tuple(row for row in (*kept, asked) if row[2]))


def _told_apart(attributes: Attributes) -> Attributes:
    often = Counter(comparable(name) for name, _about, _values in attributes)
    return tuple(
        (OF[about].format(name=name) if often[comparable(name)] > 1 else name, about, values)
        for name, about, values in attributes
    )


def name_in_words(attribute: str) -> str:
    """An attribute's name as it is shown."""
    if attribute == QUESTION:
        return _("question asked")
    for about, words in (("source", _("{attribute} of sources")), ("participant", _("{attribute} of people"))):
        plain = _plain(attribute, about)
        if plain != attribute:
            return words.format(attribute=plain.replace("_", " "))
    return attribute.replace("_", " ")


def _plain(attribute: str, about: str) -> str:
    """The name without the words that say whose it is."""
    return attribute.removesuffix(OF[about].format(name=""))


def _menu_title(name: str, about: str) -> str:
    if about == "section":
        return name_in_words(name).capitalize()
    return name_in_words(OF[about].format(name=_plain(name, about)))


def filter_menu(parent: QWidget, choices: Choices, coder: str, attribute: str, value: str) -> QMenu:
    """A menu of coders and attribute values; an action's data are the values to set."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, about, values in choices.attributes:
        below = menu.addMenu(_menu_title(name, about))
        for item in values:
            _add(below, item, {"attribute": name, "value": item}, (name, item) == (attribute, value))
    if len(choices.coders) > 1:
        below = menu.addMenu(_("Coder"))
        for name in choices.coders:
            _add(below, name, {"coder": name}, name == coder)
    menu.addSeparator()
    everything = menu.addAction(_("Show everything"))
    everything.setData({"coder": "", "attribute": "", "value": ""})
    everything.setEnabled(bool(coder or value))
    return menu


def _add(menu: QMenu, words: str, data: dict[str, str], is_on: bool) -> None:
    action = menu.addAction(words)
    action.setData(dict.fromkeys(data, "") if is_on else data)
    action.setCheckable(True)
    action.setChecked(is_on)
