"""Every action of the window in one table: its place in the menus, its words and its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _

LINE = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is what the window calls it; `needs` is `project` when it makes sense only with one open,
    `writable` when it changes it. `group` makes a choice of one; `is_switch` is on or off; `is_native` keys are
    known to every field and list, so they are shown and not taken from them.
    """

    name: str
    menu: str
    words: str = ""
    keys: tuple[str, ...] = ()
    needs: str = ""
    group: str = ""
    is_switch: bool = False
    is_native: bool = False


def pages() -> tuple[tuple[str, str, str], ...]:
    """The pages of the window in order: (name, words, icon)."""
    return (
        ("read", _("Read & code"), "read"),
        ("search", _("Search"), "search"),
        ("retrieve", _("Retrieve"), "filter"),
        ("memos", _("Memos"), "note"),
        ("themes", _("Themes"), "star"),
        ("compare", _("Compare"), "compare"),
        ("suggest", _("Suggest"), "suggest"),
        ("report", _("Report"), "report"),
        ("history", _("History"), "history"),
        ("attributes", _("People and attributes"), "people"),
    )


PAGE_KEYS = {
    "read": "Ctrl+1", "retrieve": "Ctrl+2", "compare": "Ctrl+3", "suggest": "Ctrl+4", "report": "Ctrl+5",
    "history": "Ctrl+6", "attributes": "Ctrl+7", "memos": "Ctrl+8", "themes": "Ctrl+9", "search": "Ctrl+Shift+F",
}  # fmt: skip


def menus() -> tuple[tuple[str, str], ...]:
    """The menus in order: (name, words)."""
    return (
        ("file", _("&File")),
        ("edit", _("&Edit")),
        ("view", _("&View")),
        ("code", _("&Code")),
        ("help", _("&Help")),
    )


def entries() -> tuple[Entry, ...]:
    """The table."""
    return (
        Entry("new_project", "file", _("New project …"), ("Ctrl+N",)),
        Entry("open_project", "file", _("Open a project file …"), ("Ctrl+O",)),
        Entry("recent", "file", _("Recent projects")),
        Entry("new_window", "file", _("New window on this project"), ("Ctrl+Shift+N",), "project"),
        Entry("practice", "file", _("Practice project …")),
        Entry(LINE, "file"),
        Entry("import_files", "file", _("Import transcripts …"), ("Ctrl+Shift+I",), "writable"),
        Entry("import_folder", "file", _("Import a folder of transcripts …"), needs="writable"),
        Entry("import_sheet", "file", _("Import an attributes sheet …"), needs="writable"),
        Entry("questions", "file", _("Moderator’s guide …"), needs="writable"),
        Entry("import_codebook", "file", _("Import a codebook …"), needs="writable"),
        Entry("take_frame", "file", _("Take up a study frame …"), needs="writable"),
        Entry("export_codebook", "file", _("Export the codebook …"), ("Ctrl+E",), "project"),
        Entry(LINE, "file"),
        Entry("set_title", "file", _("Change the project’s title …"), needs="writable"),
        Entry("save", "file", _("Save now"), ("Ctrl+S",), "project"),
        Entry("save_copy", "file", _("Save a copy …"), ("Ctrl+Shift+S",), "project"),
        Entry("check", "file", _("Check the project file"), needs="project"),
        Entry("close_project", "file", _("Close project"), ("Ctrl+W",), "project"),
        Entry(LINE, "file"),
        Entry("quit", "file", _("Quit"), ("Ctrl+Q",)),
        Entry("undo", "edit", _("Undo"), ("Ctrl+Z",), "writable"),
        Entry("redo", "edit", _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "writable"),
        Entry(LINE, "edit"),
        Entry("copy", "edit", _("Copy"), ("Ctrl+C",), is_native=True),
        Entry("select_all", "edit", _("Select all"), ("Ctrl+A",), is_native=True),
        Entry(LINE, "edit"),
        Entry("go_to", "edit", _("Go to anything …"), ("Ctrl+K",), "project"),
        Entry(LINE, "edit"),
        Entry("settings", "edit", _("Settings …"), ("Ctrl+,",)),
        *(
            Entry(f"page_{name}", "view", words.replace("&", "&&"), (PAGE_KEYS[name],), "project", group="page")
            for name, words, _icon in pages()
        ),
        Entry(LINE, "view"),
        Entry("larger", "view", _("Larger text"), ("Ctrl++", "Ctrl+=")),
        Entry("smaller", "view", _("Smaller text"), ("Ctrl+-",)),
        Entry("normal", "view", _("Normal text"), ("Ctrl+0",)),
        Entry(LINE, "view"),
        Entry("theme_system", "view", _("Light or dark, as the system"), group="theme"),
        Entry("theme_light", "view", _("Light"), group="theme"),
        Entry("theme_dark", "view", _("Dark"), group="theme"),
        Entry(LINE, "view"),
        Entry("next_area", "view", _("Next area"), ("F6",)),
        Entry("previous_area", "view", _("Previous area"), ("Shift+F6",)),
        Entry("full_screen", "view", _("Full screen"), ("F11",), is_switch=True),
        Entry("autocode", "code", _("Auto-code …"), ("Ctrl+Shift+J",), "writable"),
        Entry("coder", "code", _("Who is coding …"), needs="project"),
        Entry("hide_others", "code", _("Hide others’ codings"), needs="project", is_switch=True),
        Entry("weights", "code", _("Weights: how strongly a code fits"), is_switch=True),
        Entry("code_keys", "code", _("Single letters and digits work in the transcript"), is_switch=True),
        Entry("guide", "help", _("Guide and all keys"), ("F1",)),
        Entry("all_actions", "help", _("All actions and keys …"), ("Ctrl+Shift+P", "Ctrl+?")),
        Entry("about", "help", _("About Cohesion QDA")),
    )


def build(owner: QWidget, slots: Callable[[str], Callable[..., None]], names: set[str]) -> dict[str, QAction]:
    """The actions, with their keys, on `owner`; `slots(name)` is what each calls. `names` are left out
    (they are menus of their own).
    """
    from PySide6.QtGui import QActionGroup

    made: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for entry in entries():
        if entry.name == LINE or entry.name in names:
            continue
        action = QAction(entry.words, owner)
        action.setObjectName(entry.name)
        keys = [QKeySequence(written) for written in entry.keys]
        if entry.is_native:
            action.setText(f"{entry.words}\t{keys[0].toString(QKeySequence.SequenceFormat.NativeText)}")
        else:
            action.setShortcuts(keys)
        action.setMenuRole(
            {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}.get(
                entry.name, QAction.MenuRole.NoRole
            )
        )
        action.setCheckable(entry.is_switch or bool(entry.group))
        if entry.group:
            groups.setdefault(entry.group, QActionGroup(owner)).addAction(action)
        action.triggered.connect(slots(entry.name))
        made[entry.name] = action
    owner.addActions(list(made.values()))
    return made


def fill(menu: QMenu, name: str, made: dict[str, QAction], submenus: dict[str, QMenu]) -> None:
    """Put the actions of the menu `name` into `menu`."""
    for entry in entries():
        if entry.menu != name:
            continue
        if entry.name == LINE:
            menu.addSeparator()
        elif entry.name in submenus:
            submenus[entry.name].setTitle(entry.words)
            menu.addMenu(submenus[entry.name])
        else:
            menu.addAction(made[entry.name])


def key_words(action: QAction) -> str:
    """An action's keys, as they are written on this computer."""
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(keys.toString(native) for keys in action.shortcuts())
