"""Everything about one file that can be said before it is imported: what to look at, how it is read, who speaks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.source import Alike
from cohesion_qda.ui.sources import preview_text
from cohesion_qda.ui.sources.asking import Ask, AskList
from cohesion_qda.ui.sources.how_pane import HowPane
from cohesion_qda.ui.sources.review_item import SPEECH, Item, Speaker
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.sources.speakers_pane import SpeakersView
from cohesion_qda.ui.sources.values_table import ValuesTable
from cohesion_qda.ui.sources.words import looks_like_a_name, sentence, shared_words, why_alike
from cohesion_qda.ui.widgets import Label, LinkButton

MOST_OFFERED = 12  # names of attributes of other files


class Panel(QScrollArea):
    """`said` is emitted when a person said something that needs no reading, `how_wanted` when it does."""

    said = Signal()
    how_wanted = Signal(object)  # HowToRead
    same_wanted = Signal()  # who of those with one name are one person
    answered = Signal()  # there is nothing more to be pressed where the focus was

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._item: Item | None = None
        self._which = 0  # of several sources in the file
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.asks = AskList(_("To look at"))
        self.how = HowPane()
        self.people = SpeakersView()
        self.nobody = Label("", "interface", "text2")
        self.typed = Label(_("A name can be typed over; two with the same name are one person."), "meta", "text2")
        self.settled = AskList(_("What was settled"))
        self.shared = Label("", "meta", "text2")
        self.same = LinkButton(_("The same person? …"), on_click=self.same_wanted.emit)
        self.same.setProperty("flush", True)
        self.values = ValuesTable()
        self.valued = AskList(_("What was said about the values"))
        self._values_title = Label("", "panel_title")
        self._sections: dict[str, QWidget] = {}
        self._build()
        self.how.kind_chosen.connect(self._set_kind)
        self.how.how_wanted.connect(self.how_wanted)
        self.people.speakers.renamed.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        self.people.speakers.role_chosen.connect(self._set_role, Qt.ConnectionType.QueuedConnection)
        for asks in (self.asks, self.settled, self.valued):
            asks.answered.connect(self.answered)
        self.values.value_set.connect(self._set_value, Qt.ConnectionType.QueuedConnection)

    def _build(self) -> None:
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("surface", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(24)
        for label in (self.shared, self.nobody, self.typed):
            label.setWordWrap(True)
        for name, title, widgets in (
            ("asks", _("To look at"), (self.asks,)),
            ("how", _("How it is read"), (self.how,)),
            ("people", _("Who speaks"), (self.people, self.nobody, self.typed, self.settled, self.shared, self.same)),
            ("values", "", (self._values_title, self.values, self.valued)),
        ):
            section = QWidget()
            inner = QVBoxLayout(section)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(8)
            if title:
                inner.addWidget(Label(title, "panel_title"))
            for widget in widgets:
                inner.addWidget(widget)
            self._sections[name] = section
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inside)

    def show_item(self, item: Item | None) -> None:
        """Show what is known of a file, from the top when it is another one."""
        if item is not self._item:
            self.verticalScrollBar().setValue(0)
            self._which = 0
        self._item = item
        self.widget().setVisible(item is not None and item.error is None)
        if item is None or item.draft is None:
            return
        open_asks = self._open(item)
        self.asks.show_asks(open_asks)
        self._sections["asks"].setVisible(bool(open_asks))
        self.how.show_item(item)
        self.people.show_item(item)
        several = len(item.read.drafts)
        speaks = self.people.speakers.rowCount() > 0
        self.people.setVisible(speaks)
        self.typed.setVisible(speaks)
        self.nobody.setVisible(not speaks)
        self.nobody.setText(self._who(item, several))
        self.settled.show_asks(self._settled(item))
        self._show_shared(item)
        self._show_values(item)
        if self.how.trouble.isVisibleTo(self.how):
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.how.trouble, 0, 8))

    def show_source(self, which: int) -> None:
        """Show what is known of another of several sources in the file."""
        self._which = which
        if self._item is not None and self._item.draft is not None:
            self._show_values(self._item)

    def _show_values(self, item: Item) -> None:
        drafts = item.read.drafts
        self._which = min(self._which, len(drafts) - 1)
        offered = dict.fromkeys(name for other in self._review.items for name in other.attributes)
        values = item.values_of(self._which)
        self.values.show_values(values | {name: "" for name in list(offered)[:MOST_OFFERED] if name not in values})
        about = _("What is known about {name}").format(name=drafts[self._which].name)
        self._values_title.setText(about if len(drafts) > 1 else _("What is known about it"))
        self.valued.show_asks(self._valued(item) if len(drafts) > 1 else ())

    def _who(self, item: Item, several: int) -> str:
        if several > 1:
            people = len(item.read.said.by)
            spoken = ngettext("{n} person speaks in them.", "{n} people speak in them.", people).format(n=people)
            words = _("The file holds {n} sources.").format(n=f"{several:,}")
            return f"{words} {spoken}" if people else words
        return _("Nobody was recognised as a speaker: all of it is text.")

    def _show_shared(self, item: Item) -> None:
        names = {speaker.name for speaker in item.speakers()} if len(item.read.drafts) == 1 else set()
        shared = {name: len(items) for name, items in self._review.shared().items() if name in names}
        kept = {name: n for name, n in shared.items() if name not in self._review.same}
        joined = [name for name in shared if name in self._review.same]
        words = [shared_words(kept)]
        if joined:
            words.append(_("One person in all files: {names}.").format(names=", ".join(joined)))
        self.shared.setText(" ".join(part for part in words if part))
        self.shared.setVisible(bool(shared))
        self.same.setVisible(bool(shared))

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _open(self, item: Item) -> list[Ask]:
        asks: list[Ask] = []
        if item.is_encoding_doubtful:
            asks.append(self._encoding(item))
        if item.much_as:
            words = _("Most of what is said here is in {file}, too.").format(file=item.much_as)
            leave = partial(self._say, setattr, item, "is_ticked", False)
            asks.append(Ask(words, ((_("Leave this one out"), leave),), icon="warning", tone="warn"))
        for pair in item.proposals:
            yes, no = (_("Right"), _("Keep apart")) if pair.is_joined else (_("Join"), _("Not the same"))
            answers = ((yes, partial(self._say, item.join, pair)), (no, partial(self._keep_apart, item, pair)))
            asks.append(Ask(why_alike(pair), answers, icon="people", tone="warn"))
        for label in item.doubtful:
            n = sum(preview_text.times_left(draft, label) for draft in item.read.drafts)
            answers = ((_("This is a speaker"), partial(self._how, item, label, "participant")),
                       (_("This is speech"), partial(self._how, item, label, SPEECH)))  # fmt: skip
            asks.append(Ask(looks_like_a_name(label, n), answers, icon="person", tone="warn"))
        asks.extend(Ask(sentence(warning), icon="warning", tone="warn") for warning in item.warnings)
        return asks

    def _encoding(self, item: Item) -> Ask:
        draft = item.draft
        sample = dict(draft.encodings).get(draft.encoding, "")
        answers = [(_("It reads right"), lambda: self.how.encoding_is_right())]
        if len(draft.encodings) > 1:
            answers.append((_("Another encoding …"), self.how.focus_encoding))
        words = _("The file does not say how its letters are written. Read as {name}, is this right?").format(
            name=draft.encoding
        )
        return Ask(words, tuple(answers), sample=sample, icon="help", tone="warn")

    def _settled(self, item: Item) -> list[Ask]:
        asks = []
        for pair in item.joined:
            words = _("“{label}” was read as {into}.").format(label=pair.label, into=item.called(pair.into))
            act = self._keep_apart if pair.is_joined else self._take_out
            asks.append(Ask(words, ((_("Keep apart"), partial(act, item, pair)),)))
        for label in sorted(item.how.apart):
            words = _("“{label}” is kept apart.").format(label=label)
            asks.append(Ask(words, ((_("Take this back"), partial(self._let_join, item, label)),)))
        for label in sorted(item.how.speech):
            words = _("“{label}” is read as speech.").format(label=label)
            answer = (_("Take this back"), partial(self._how, item, label, "participant"))
            asks.append(Ask(words, (answer,)))
        return asks

    def _valued(self, item: Item) -> list[Ask]:
        """For which of the sources in the file a value was typed, and what can be done about it."""
        n, source, asks = len(item.read.drafts), item.read.drafts[self._which].name, []
        for name, value in item.choices.of_one.get(source, {}).items():
            words = _("{attribute} “{value}” is for {name} only.").format(attribute=name, value=value, name=source)
            every = ngettext("Use it for {n} source", "Use it for all {n} sources", n).format(n=n)
            asks.append(Ask(words, ((every, partial(self._say, item.set_attribute, name, value)),
                                    (_("Take this back"), partial(self._say, item.forget_attribute, name, source)))))  # fmt: skip
        for name, value in item.choices.attributes.items():
            words = _("{attribute} “{value}” is for all {n} sources.").format(attribute=name, value=value, n=n)
            asks.append(Ask(words, ((_("Take this back"), partial(self._say, item.forget_attribute, name)),)))
        return asks

    # -- what is answered ----------------------------------------------------------------------------------------------

    def _say(self, verb, *about: object) -> None:
        verb(*about)
        self.said.emit()

    def _how(self, item: Item, label: str, role: str) -> None:
        self.how_wanted.emit(item.how_with(label, role))

    def _keep_apart(self, item: Item, pair: Alike) -> None:
        item.tell_apart(pair)
        if pair.is_joined:
            self.how_wanted.emit(item.how_apart(pair.label))
        else:
            self.said.emit()

    def _take_out(self, item: Item, pair: Alike) -> None:
        self._say(item.take_out, pair.label)

    def _let_join(self, item: Item, label: str) -> None:
        item.ask_again(label)
        self.how_wanted.emit(item.how_apart(label, on=False))

    def _set_kind(self, kind: str) -> None:
        if self._item is not None:
            self._say(self._item.set_kind, kind)

    def _rename(self, name: str, new: str) -> None:
        if self._item is not None:
            self._say(self._item.rename, name, new)

    def _set_role(self, speaker: Speaker, role: str) -> None:
        item = self._item
        if item is None:
            return
        if role != SPEECH:
            self._say(item.set_role, speaker.name, role)
            return
        how = item.how_without(speaker.writings)
        self.how_wanted.emit(how)

    def _set_value(self, name: str, value: str) -> None:
        if self._item is not None:
            self._say(self._item.set_attribute_of, self._which, name, value)
