"""Linking words that are selected in the room to a memo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import MemoId, SourceId
from cohesion_qda.model.memo import MemoEntry
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos.choosing import Choice, Choosing, tell
from cohesion_qda.ui.runner import Runner


def link_to_memo(runner: Runner, source: SourceId, span: Span, parent: QWidget) -> None:
    """Ask for a memo, the last written first, and let it point to the words at `span`; or begin a memo on them."""
    runner.ask(
        lambda project: project.memos.entries(),
        lambda entries: _open(runner, source, span, entries, parent),
        key=(parent, "link to memo"),
    )


def _open(runner: Runner, source: SourceId, span: Span, entries: Sequence[MemoEntry], parent: QWidget) -> None:
    from cohesion_qda.ui.memos.dialog import write_memo_at

    choices = [Choice(entry.memo.id, entry.memo.headline, entry.subject.words) for entry in entries]
    dialog = Choosing(
        _("Link to a memo"), _("Find a memo"), choices, parent,
        making=_("New memo on these words …"), nothing=_("No memo like that."),
    )  # fmt: skip
    dialog.chosen.connect(
        lambda memo: runner.do(
            lambda project: project.memos.link(MemoId(memo), [(source, span)]), lambda change: tell(parent, change)
        )
    )
    dialog.made.connect(lambda _typed: write_memo_at(runner, source, span, _("the selected words"), parent))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
