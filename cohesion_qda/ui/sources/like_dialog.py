"""What was said about one file, for others like it: what is used, and for which files."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.sources import review_like
from cohesion_qda.ui.sources.review_item import Item
from cohesion_qda.ui.sources.review_like import Offer
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

ROW = 28
MOST_ROWS = 5  # of what is used, without scrolling


class LikeDialog(QDialog):
    """`chosen` holds what is to be used, `items` for which files, after it was accepted."""

    def __init__(self, item: Item, others: Iterable[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Use this for other files"))
        self._item = item
        self.what = _list(_("What is used"))
        self.files = _list(_("For which files"))
        offers = review_like.offers(item)
        for offer in offers:
            _add(self.what, offer.words, offer, on=len(offers) == 1 or not offer.name)
        for other in others:
            _add(self.files, other.file_name, other, on=True)
        about = Label(
            _("Files about which you have said something yourself are not listed. It can be taken back."),
            "meta", "text2",
        )  # fmt: skip
        about.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        self.take = PrimaryButton("", on_click=self.accept)
        self.take.setDefault(True)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        title = Label(_("What holds for others, too?"), "page_title")
        column.addWidget(title)
        column.addWidget(Label(_("From {name}").format(name=item.file_name), "interface", "text2"))
        column.addWidget(self.what)
        column.addSpacing(8)
        column.addWidget(Label(_("For these files"), "panel_title"))
        column.addWidget(self.files, 1)
        column.addWidget(about)
        column.addLayout(foot)
        self.what.setFixedHeight(current_theme().px(ROW) * min(MOST_ROWS, self.what.count()) + 8)
        self.resize(current_theme().px(480), current_theme().px(440))
        self.what.itemChanged.connect(self._changed)
        self.files.itemChanged.connect(self._recount)
        self._changed()

    @property
    def chosen(self) -> list[Offer]:
        """What is ticked."""
        return _ticked(self.what)

    @property
    def items(self) -> list[Item]:
        """The files that are ticked, and would change."""
        return [item for item in _ticked(self.files) if self._fits(item)]

    def _fits(self, item: Item) -> bool:
        return any(review_like.fits(offer, item, self._item.how) for offer in self.chosen)

    def _changed(self) -> None:
        """A file is listed only where something that is ticked would change it."""
        for n in range(self.files.count()):
            row = self.files.item(n)
            row.setHidden(not self._fits(row.data(Qt.ItemDataRole.UserRole)))
        self._recount()

    def _recount(self) -> None:
        n = len(self.items)
        self.take.setText(ngettext("Use for {n} file", "Use for {n} files", n).format(n=n))
        self.take.disable("" if n else _("Nothing is ticked."))


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    return made


def _add(made: QListWidget, words: str, data: object, *, on: bool) -> None:
    row = QListWidgetItem(words)
    row.setData(Qt.ItemDataRole.UserRole, data)
    row.setToolTip(words)
    row.setSizeHint(QSize(0, current_theme().px(ROW)))
    row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    row.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    made.addItem(row)
    if made.count() == 1:
        made.setCurrentRow(0)


def _ticked(made: QListWidget) -> list:
    rows = (made.item(n) for n in range(made.count()))
    return [
        row.data(Qt.ItemDataRole.UserRole) for row in rows
        if row.checkState() == Qt.CheckState.Checked and not row.isHidden()
    ]  # fmt: skip
