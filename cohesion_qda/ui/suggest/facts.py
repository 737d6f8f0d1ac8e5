"""What suggestions stand on here: which pipeline reads the talk, whether there are sentence vectors, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.start.body import DialogBody
from cohesion_qda.ui.widgets import Label, PrimaryButton


@dataclass(frozen=True, slots=True)
class Facts:
    """The pipeline's key, its scores on speech it has never seen (from 0 to 1), what it does not give, in sentences, and why there are no
    sentence vectors (empty where there are).
    """

    pipeline: str
    is_ours: bool
    scores: Mapping[str, float]
    lacking: Sequence[str]
    no_vectors: str

    @property
    def in_brief(self) -> str:
        """The line on the page where there is little room."""
        return _("By words alone") if self.no_vectors else _("By meaning and words")

    @property
    def in_short(self) -> str:
        """The line on the page."""
        if self.no_vectors:
            return _("By words alone: {pipeline}, no sentence vectors").format(pipeline=self.pipeline)
        return _("By meaning and words: {pipeline}, sentence vectors").format(pipeline=self.pipeline)


def facts(language: str, wish: str) -> Facts:
    """Look at what is there. Reads files; loads no model."""
    from cohesion_qda.analysis import pipelines, sentences

    used = pipelines.choose(language, wish)
    is_ours = used.kind == "ours"
    scores = pipelines.scores().get("spoken", {}) if is_ours else {}
    lacking = [*pipelines.missing(used), *([used.note] if used.note else [])]
    return Facts(used.key, is_ours, scores, lacking, sentences.missing(used.language))


def told(found: Facts) -> list[tuple[str, list[str]]]:
    """The facts as headings with their sentences."""
    reads = [_("The talk is read with {pipeline}, on this computer alone.").format(pipeline=found.pipeline)]
    for key, words in (
        ("part_of_speech", _("{share} of parts of speech are right.")),
        ("lemma", _("{share} of dictionary forms are right.")),
        ("noun_phrases", _("{share} is its score for noun phrases of several words (F).")),
        ("names_recall", _("{share} of names of people and places are found.")),
    ):
        if key in found.scores:
            reads.append(words.format(share=f"{found.scores[key]:.1%}"))
    if found.scores:
        reads.append(_("Measured on spoken English that it has never seen."))
    if found.no_vectors:
        vectors = [found.no_vectors, _("Everything works from words alone; themes and codes are found less well.")]
    else:
        vectors = [_("What is said is compared by its meaning, with all-MiniLM-L6-v2, which ships with the program.")]
    lacking = list(found.lacking) or [_("Nothing is missing.")]
    return [(_("Words and phrases"), reads), (_("Meaning"), vectors), (_("What is missing"), lacking)]


class FactsDialog(QDialog):
    """The facts, to be read and copied."""

    def __init__(self, found: Facts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What suggestions stand on"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(4)
        for heading, sentences in told(found):
            column.addWidget(Label(heading, "panel_title"))
            for sentence in sentences:
                label = Label(sentence, "interface")
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(label)
            column.addSpacing(12)
        self.body = DialogBody(inside, 480)
        close = PrimaryButton(_("Close"), on_click=self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 20)
        row.addStretch(1)
        row.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body, 1)
        outer.addLayout(row)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
