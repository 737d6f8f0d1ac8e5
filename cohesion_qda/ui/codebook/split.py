"""Splitting a code: walking through its passages and sending each one way. Nothing is done before the end of the walk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import InContext
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.codebook.passage import PassageCard
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Button, ElidedLabel, Label, PrimaryButton, QuietButton

PARTS = 9
KEPT = -1  # where a passage goes that stays with the code


class SplitDialog(QDialog):
    """Once accepted, `parts` are the codes that passages go to and `sent` says which goes where."""

    def __init__(
        self, runner: Runner, tree: CodeTree, code: CodeId, walk: Sequence[CodingId], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._tree, self._code, self._walk = runner, tree, code, list(walk)
        self._parts: list[CodeId | str] = []
        self._went: dict[CodingId, int] = {}
        self._at = 0
        self.setWindowTitle(_("Split {name}").format(name=tree[code].name))
        self.passage = PassageCard(self)
        self.passage.pressed.connect(self._press)
        self.progress = Label("", "interface_strong")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, len(walk))
        self._bar.setFixedHeight(4)
        self._bar.setAccessibleName(_("How far you have walked"))
        self.field = PartField(self._known_names())
        self.field.returnPressed.connect(self._add_part)
        self.trouble = Label("", "meta", "err")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.rows: list[PartRow] = []
        self.keep_row = PartRow("0", _("Keep in {name}").format(name=tree[code].name))
        self.keep_row.clicked.connect(lambda _checked=False: self.send(KEPT))
        self.done_button = PrimaryButton(on_click=self.accept)
        self._build()
        self._show_parts()
        self._read()
        self.field.setFocus()

    def _head(self) -> QHBoxLayout:
        """What is split, and how far one has come."""
        theme = current_theme()
        shape, colour = self._tree.shape(self._code), self._tree[self._code].colour
        mark = Label()
        mark.setPixmap(theme.shape_icon(shape, colour, 16).pixmap(theme.px(16), theme.px(16)))
        title = ElidedLabel(_("Split {name}").format(name=self._tree[self._code].name), "page_title")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(mark)
        head.addWidget(title, 1)
        head.addWidget(self.progress)
        return head

    def _make_side(self) -> QWidget:
        """Where the passages go."""
        self._side = QVBoxLayout()
        self._side.setSpacing(4)
        asked = Label(_("Where do the passages go?"), "panel_title")
        asked.setWordWrap(True)
        self._side.addWidget(asked)
        self._side.addSpacing(4)
        self._side.addWidget(self.field)
        self._side.addWidget(self.trouble)
        self._side.addSpacing(8)
        self._side.addWidget(self.keep_row)
        self._side.addStretch(1)
        self._hint = Label(_("1–9 send it on · 0 or Space keep it · Backspace go back"), "meta", "text2")
        self._hint.setWordWrap(True)
        self._side.addWidget(self._hint)
        side = QWidget()
        side.setLayout(self._side)
        side.setFixedWidth(min(current_theme().px(280), self.screen().availableGeometry().width() // 3))
        self._side.setContentsMargins(0, 0, 0, 0)
        return side

    def _build(self) -> None:
        theme = current_theme()
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.passage, 1)
        middle.addWidget(self._make_side())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Label(_("What is not sent stays. It is one act, undone by one key."), "meta", "text2"), 1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._bar)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        room = self.screen().availableGeometry().size()
        self.resize(min(theme.px(880), room.width() - 40), min(theme.px(560), room.height() - 80))

    # ---- what comes of it
    def parts(self) -> list[CodeId | str]:
        """The codes to send passages to: those that are there by id, new ones by name."""
        return list(self._parts)

    def sent(self) -> dict[CodingId, int]:
        """For each passage that does not stay, the place in `parts` that it goes to."""
        return {coding: place for coding, place in self._went.items() if place != KEPT}

    # ---- the parts
    def _known_names(self) -> list[str]:
        return [self._tree.path(code.id) for code in self._tree.offered() if code.id != self._code]

    def _add_part(self) -> None:
        """What was typed becomes a part; with nothing typed, the walk goes on."""
        typed = " ".join(self.field.text().split())
        if not typed:
            self.passage.setFocus()
            return
        part, why = self._part_of(typed)
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))
        if part is not None:
            self._parts.append(part)
            self.field.clear()
            self._show_parts()

    def _part_of(self, typed: str) -> tuple[CodeId | str | None, str]:
        """The part that was meant, or why it cannot be."""
        known = self._tree.find(typed)
        names = {comparable(part) for part in self._parts if isinstance(part, str)}
        if known is not None and known.id == self._code:
            return None, _("What is not sent stays in {name} anyway.").format(name=known.name)
        if (known is not None and known.id in self._parts) or comparable(typed) in names:
            return None, _("It is there already.")
        if known is not None:
            return known.id, ""
        if "/" in typed:
            return None, _("The name of a code cannot hold a slash.")
        beside = self._tree.children(self._tree[self._code].parent)
        if any(comparable(code.name) == comparable(typed) for code in beside):
            return next(c.id for c in beside if comparable(c.name) == comparable(typed)), ""
        return typed, ""

    def _show_parts(self) -> None:
        """One row for each part; the field goes when there is no key left."""
        for n in range(len(self.rows), len(self._parts)):
            part = self._parts[n]
            words = _("{name} (new)").format(name=part) if isinstance(part, str) else self._tree[part].name
            row = PartRow(str(n + 1), words)
            row.clicked.connect(lambda _checked=False, n=n: self.send(n))
            self.rows.append(row)
            self._side.insertWidget(self._side.indexOf(self.keep_row), row)
        self.field.setVisible(len(self._parts) < PARTS)
        self.field.setPlaceholderText(
            _("Another code, new or not") if self._parts else _("Name a code, new or not, then Enter")
        )
        self._count()

    def _count(self) -> None:
        places = list(self._went.values())
        for n, row in enumerate(self.rows):
            row.show_count(places.count(n))
        self.keep_row.show_count(places.count(KEPT))
        n = len(self.sent())
        self.done_button.setText(ngettext("Split: {n} passage goes", "Split: {n} passages go", n).format(n=n))
        self.done_button.disable("" if n else _("Send a passage to a code first."))
        done = self._at == len(self._walk)
        shown = len(self._walk) if done else self._at + 1
        words = _("All {n} seen") if done else _("{at} of {n}")
        self.progress.setText(words.format(at=shown, n=len(self._walk)))
        self._bar.setValue(self._at)

    # ---- the walk
    def _press(self, event: QKeyEvent) -> None:
        """A key that was pressed on the passage."""
        text = event.text()
        if text in ("0", " "):
            self.send(KEPT)
        elif event.key() == Qt.Key.Key_Backspace:
            self.back()
        elif text.isdigit() and int(text) <= len(self._parts):
            self.send(int(text) - 1)
        elif text.isdigit():
            self.field.setFocus()
        elif event.key() == Qt.Key.Key_Right and self._at < len(self._walk):
            self._go(self._at + 1)
        elif event.key() == Qt.Key.Key_Left:
            self.back()

    def send(self, place: int) -> None:
        """Send the passage that is shown to a part, or keep it, and go on to the next."""
        if self._at < len(self._walk):
            self._went[self._walk[self._at]] = place
            self._go(self._at + 1)

    def back(self) -> None:
        """To the passage before, as it was left."""
        if self._at > 0:
            self._go(self._at - 1)

    def _go(self, at: int) -> None:
        self._at = at
        self._count()
        self._read()

    def _read(self) -> None:
        if self._at == len(self._walk):
            self._show_end()
            return
        coding = self._walk[self._at]
        self._runner.ask(lambda p: p.codebook.in_context(coding), self._show, key=(self, "passage"))

    def _show(self, found: InContext | None) -> None:
        if self._at == len(self._walk):
            return
        went = self._went.get(self._walk[self._at])
        for n, row in enumerate(self.rows):
            row.mark(n == went)
        self.keep_row.mark(went == KEPT)
        self.passage.show_passage(found)
        if self._parts and not self.field.text():
            self.passage.setFocus()

    def _show_end(self) -> None:
        for row in (*self.rows, self.keep_row):
            row.mark(False)
        n, stays = len(self.sent()), len(self._walk) - len(self.sent())
        goes = ngettext("{n} passage goes to another code.", "{n} passages go to other codes.", n).format(n=n)
        stay = ngettext("{n} stays in {name}.", "{n} stay in {name}.", stays)
        self.passage.show_words(
            _("That was the last one."), f"{goes} {stay.format(n=stays, name=self._tree[self._code].name)}"
        )
        (self.done_button if n else self.passage).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses it; on the passage it does nothing, so that nobody ends the walk by a slip."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            return
        super().keyPressEvent(event)


class PartField(QLineEdit):
    """A line for the name of a part, completed from the codes that are there. Escape goes on with the walk."""

    def __init__(self, names: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setAccessibleName(_("A code to send passages to, new or not"))


class PartRow(Button):
    """A code that passages go to: its key, its name, how many went there. The one that this passage went to is marked."""

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        self._key, self._words, self._n, self._is_on = key, words, 0, False
        super().__init__("", parent=parent)
        self.setObjectName("part")
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(current_theme().px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        badge = QFrame()
        badge.setObjectName("badge")
        badge.setFixedSize(current_theme().px(20), current_theme().px(20))
        inside = QHBoxLayout(badge)
        inside.setContentsMargins(0, 0, 0, 0)
        self._badge = Label(key, "badge", "text2")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._badge)
        self._name = ElidedLabel(words, "interface")
        self._count = Label("0", "meta", "text2")
        row.addWidget(badge)
        row.addWidget(self._name, 1)
        row.addWidget(self._count)
        for part in (badge, self._badge, self._name, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look()

    def show_count(self, n: int) -> None:
        """How many passages go there."""
        self._n = n
        self._count.setText(str(n))
        self._tell()

    def mark(self, is_on: bool) -> None:
        """Whether the passage that is shown went there already."""
        self._is_on = is_on
        self._look()

    def _look(self) -> None:
        theme = current_theme()
        edge, fill = ("accent", "soft") if self._is_on else ("line", "paper")
        self.setStyleSheet(
            f"#part {{ text-align: left; padding: 0; border: 1px solid {theme.hex(edge)}; border-radius: 6px;"
            f" background: {theme.hex(fill)}; }} #part:focus {{ border: 2px solid {theme.hex('focus')}; }}"
            f"#badge {{ border: 1px solid {theme.hex('ctl')}; border-radius: 4px; background: {theme.hex('raised')}; }}"
        )
        self._name.setFont(theme.font("interface_strong" if self._is_on else "interface"))
        self._tell()

    def _tell(self) -> None:
        words = (
            _("{name}, key {key}, {n} so far, this passage goes there")
            if self._is_on
            else _("{name}, key {key}, {n} so far")
        )
        self.setAccessibleName(words.format(name=self._words, key=self._key, n=self._n))
