"""What of the transcript is shown: one speaker, one code with those under it, one coder; and what is to stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip

GAP = 8  # pixels beside a chip in the header
LONGEST = 22  # characters of a name on a chip


@dataclass(frozen=True, slots=True)
class Shown:
    """The filters; None shows all. `only` is uncoded (what has a code steps back), memos (the turns that somebody wrote
    a memo about) or empty.
    """

    speaker: SpeakerId | None = None
    code: CodeId | None = None
    coder: CoderId | None = None
    only: str = ""


class Filters(QObject):
    """Four chips with their menus."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self._branch: frozenset[CodeId] = frozenset()
        self._menus = [QMenu(parent) for _chip in range(4)]
        self.speaker = Chip(_("Everyone"), self._menus[0], parent=parent)
        self.code = Chip(_("All codes"), self._menus[1], parent=parent)
        self.coder = Chip(_("All coders"), self._menus[2], parent=parent)
        self.only = Chip(_("All turns"), self._menus[3], parent=parent)
        self.all = Chip(_("Filters"), self._menu_of_all(parent), parent=parent)
        self._room = 1 << 20
        self.only.cleared.connect(lambda: self.set(only=""))
        self.speaker.cleared.connect(lambda: self.set(speaker=None))
        self.code.cleared.connect(lambda: self.set(code=None))
        self.coder.cleared.connect(lambda: self.set(coder=None))
        self._reading: Reading | None = None
        self._tree = CodeTree()
        self._coders: Sequence[Coder] = ()
        self._menus[0].aboutToShow.connect(self._fill_speakers)
        self._menus[1].aboutToShow.connect(self._fill_codes)
        self._menus[2].aboutToShow.connect(self._fill_coders)
        self._menus[3].aboutToShow.connect(self._fill_only)
        self._tell()

    def show_reading(self, reading: Reading | None) -> None:
        """Another source: its speakers; a speaker of the last one is let go. None: there is nothing to filter."""
        self._reading = reading
        if reading is None or self.shown.speaker not in reading.speakers:
            self.shown = replace(self.shown, speaker=None)
        self._tell()

    def show_codes(self, tree: CodeTree, coders: Sequence[Coder], me: CoderId) -> None:
        """The codes and coders that can be chosen; what is gone is let go."""
        self._tree, self._coders, self._me = tree, coders, me
        code = self.shown.code if self.shown.code in tree else None
        coder = self.shown.coder if self.shown.coder in {c.id for c in coders} else None
        self.shown = replace(self.shown, code=code, coder=coder)
        self._branch = frozenset(tree.branch(code)) if code is not None else frozenset()
        self._tell()

    def set(self, **values: int | str | None) -> None:
        """Change some of the filters: speaker, code, coder, only."""
        self.shown = replace(self.shown, **values)  # type: ignore[arg-type]
        self._branch = frozenset(self._tree.branch(self.shown.code)) if self.shown.code is not None else frozenset()
        self._tell()
        self.changed.emit()

    @property
    def branch(self) -> frozenset[CodeId]:
        """The code that is chosen and those under it; empty when all are shown."""
        return self._branch

    def lets_through(self, coding: Coding) -> bool:
        """Whether a coding is to be shown."""
        shown = self.shown
        return (shown.code is None or coding.code in self._branch) and (
            shown.coder is None or coding.coder == shown.coder
        )

    def _tell(self) -> None:
        shown, reading = self.shown, self._reading
        who = reading.speakers[shown.speaker].label if reading and shown.speaker in reading.speakers else _("Everyone")
        what = self._tree[shown.code].name if shown.code in self._tree else _("All codes")
        coder = next((c.name for c in self._coders if c.id == shown.coder), _("All coders"))
        for chip, words, on in (
            (self.speaker, who, shown.speaker is not None),
            (self.code, what, shown.code is not None),
            (self.coder, coder, shown.coder is not None),
            (self.only, _only_words()[shown.only], bool(shown.only)),
        ):
            chip.set_on(on, words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…")
            chip.setToolTip(words if len(words) > LONGEST else "")
        self._place()

    def set_room(self, room: int) -> None:
        """How many pixels of the header are free for chips. Where all have no room, one opens all filters, and beside it stand
        those that are on, and of the others as many as fit.
        """
        if room != self._room:
            self._room = room
            self._place()

    def _place(self) -> None:
        reading = self._reading
        has_coders, has_turns = len(self._coders) > 1, bool(reading and reading.turns)
        makes_sense = (bool(reading and reading.speakers), reading is not None, has_coders and bool(reading), has_turns)
        chips = self.chips()[:-1]
        widths = [chip.sizeHint().width() + GAP for chip in chips]
        sensible = [at for at, makes in enumerate(makes_sense) if makes]
        are_all = sum(widths[at] for at in sensible) <= self._room
        shown = sensible if are_all else [at for at in sensible if chips[at].is_on]
        left = self._room - self.all.sizeHint().width() - GAP - sum(widths[at] for at in shown)
        for at in [] if are_all else sensible:
            if not chips[at].is_on:
                left -= widths[at]
                if left < 0:
                    break
                shown.append(at)
        for at, chip in enumerate(chips):
            chip.setVisible(at in shown)
            self._menus[at].menuAction().setVisible(makes_sense[at])
        self.all.setVisible(not are_all)

    def chips(self) -> list[Chip]:
        """As they stand in the header."""
        return [self.speaker, self.code, self.coder, self.only, self.all]

    def _menu_of_all(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for submenu, words in zip(self._menus, (_("Who speaks"), _("Code"), _("Coder"), _("Turns")), strict=True):
            submenu.setTitle(words)
            menu.addMenu(submenu)
        return menu

    def _fill_speakers(self) -> None:
        menu = self._menus[0]
        menu.clear()
        self._choice(menu, _("Everyone"), self.shown.speaker is None, speaker=None)
        menu.addSeparator()
        for speaker in self._reading.speakers.values() if self._reading else ():
            words = _("{name} ({n} turns)").format(name=speaker.label, n=speaker.turns)
            self._choice(menu, words, self.shown.speaker == speaker.id, speaker=speaker.id)

    def _fill_codes(self) -> None:
        menu = self._menus[1]
        menu.clear()
        self._choice(menu, _("All codes"), self.shown.code is None, code=None)
        menu.addSeparator()
        for root in self._tree.children():
            if not self._tree.children(root.id):
                self._code_choice(menu, root.id, root.name)
                continue
            under = menu.addMenu(root.name)
            self._code_choice(under, root.id, _("All of {name}").format(name=root.name))
            under.addSeparator()
            for code in self._tree.branch(root.id)[1:]:
                self._code_choice(under, code, "   " * (self._tree.depth(code) - 1) + self._tree[code].name)

    def _code_choice(self, menu: QMenu, code: CodeId, words: str) -> None:
        action = menu.addAction(
            current_theme().shape_icon(self._tree.shape(code), self._tree[code].colour),
            words,
            lambda: self.set(code=code),
        )
        action.setCheckable(True)
        action.setChecked(self.shown.code == code)

    def _fill_coders(self) -> None:
        menu = self._menus[2]
        menu.clear()
        self._choice(menu, _("All coders"), self.shown.coder is None, coder=None)
        menu.addSeparator()
        for coder in self._coders:
            words = _("Only mine ({name})").format(name=coder.name) if coder.id == self._me else coder.name
            self._choice(menu, words, self.shown.coder == coder.id, coder=coder.id)

    def _fill_only(self) -> None:
        menu = self._menus[3]
        menu.clear()
        for only, words in _only_words().items():
            self._choice(menu, words, self.shown.only == only, only=only)

    def _choice(self, menu: QMenu, words: str, on: bool, **values: int | str | None) -> None:
        action = menu.addAction(words, lambda: self.set(**values))
        action.setCheckable(True)
        action.setChecked(on)


def _only_words() -> dict[str, str]:
    return {"": _("All turns"), "uncoded": _("Uncoded stands out"), "memos": _("Only turns with memos")}
