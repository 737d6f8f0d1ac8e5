"""What the groups of verbs share: the open file, its journal, and who is coding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import NotFound, ProjectReadOnly
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, CoderId, SourceId
from cohesion_qda.model.source import Reading, Source
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.project.kept import KeptStudy
from cohesion_qda.project.sentences import sentence
from cohesion_qda.store import attributes, cases, codes, connection, sections, sources
from cohesion_qda.store.connection import Database
from cohesion_qda.store.journal import Action, Journal

NOBODY = CoderId(0)  # who has coded nothing
WRITTEN = (
    "summary",
    "settlement",
    "report_quote",
    "worksheet",
    "worksheet_passage",
    "indicator_code",
    "reference_figure",
)  # what somebody wrote, and what goes with codes, people and passages: always told
SAYING_WHAT_GOES = ("write-summary", "unlink-summary", "merge-codes", "join-cases", "settle-applied", "settle-not",
                   "unchoose-quotes", "remove-worksheet", "unlink-worksheet", "remove-indicator",
                   "remove-indicators", "unbear-indicator", "bear-indicator-on", "set-reference", "remove-references")  # fmt: skip


class Session:
    """One open project file."""

    def __init__(self, path: Path, db: Database, journal: Journal, *, read_only: bool) -> None:
        self.path = path
        self.db = db
        self.journal = journal
        self.read_only = read_only
        self.study = KeptStudy(db)
        self.only: str | None = None  # the one coder whose codings may be seen and counted; None for everybody's

    @property
    def coder(self) -> Coder:
        """Who codes; id 0 until the first act of theirs that needs a coder."""
        name = self.journal.coder
        return cases.find_coder(self.db, name) or Coder(NOBODY, name)

    def whose(self, coder: str | None = None) -> CoderId | None:
        """Whose codings alone are read where those of `coder` (None: of everybody) are asked for. NOBODY where these may not
        be seen, and for who codes now and has coded nothing yet. Raises NotFound for a coder that is not there.
        """
        names = [name for name in (coder, self.only) if name is not None]
        if len({comparable(name) for name in names}) != 1:
            return NOBODY if names else None
        found = cases.find_coder(self.db, names[0])
        if found is None and self.only is None and comparable(names[0]) != comparable(self.journal.coder):
            raise NotFound(_("coder"), names[0], [c.name for c in cases.coders(self.db)])
        return NOBODY if found is None else found.id

    def coder_inside(self) -> CoderId:
        """The row of who codes, made if need be, as part of an action under way."""
        return (cases.find_coder(self.db, self.journal.coder) or cases.add_coder(self.db, self.journal.coder)).id

    def writing(self) -> Journal:
        """The journal, where the project may be changed. Raises ProjectReadOnly."""
        if self.read_only:
            raise ProjectReadOnly(
                self.path,
                _("{name} was opened for reading only.").format(name=self.path.name),
                _("Copy it to a folder of your own and open the copy."),
            )
        return self.journal

    @contextmanager
    def act(
        self,
        kind: str,
        *,
        focus: tuple[SourceId, Span] | None = None,
        merge_key: str = "",
        note: bool = False,
        **details: Any,
    ) -> Iterator[Action]:
        """One journalled action; afterwards `action.change` says in words what was done, if anything was."""
        with self.writing().action(kind, focus=focus, merge_key=merge_key, note=note, **details) as action:
            yield action
            if kind not in SAYING_WHAT_GOES and (gone := self.journal.gone(action.id, WRITTEN)):
                action.details["gone"] = gone
        if action.change.action:
            action.change = replace(action.change, said=sentence(action.kind, action.details))

    def note(self, kind: str, path: Path | str, **details: Any) -> Change:
        """Note in the trail that something was written to `path`; there is nothing to undo."""
        if self.read_only:
            return Change.nothing(kind)
        with self.act(kind, note=True, path=str(path), **details) as action:
            pass
        return action.change

    def source(self, wanted: SourceId | str) -> Source:
        """The source with that id or name. Raises NotFound with the nearest names."""
        found = sources.find(self.db, wanted) if isinstance(wanted, str) else sources.by_id(self.db, wanted)
        if found is None:
            raise NotFound(_("source"), str(wanted), [s.name for s in sources.all_(self.db)])
        return found

    def read(self, wanted: SourceId) -> Reading:
        """All that is needed to show a source. Raises NotFound."""
        found = self.source(wanted)
        return Reading(
            found,
            sources.text(self.db, wanted),
            tuple(sources.turns(self.db, wanted)),
            {speaker.id: speaker for speaker in sources.speakers(self.db, wanted)},
            attributes.values_of(self.db, wanted),
            tuple(sections.of_source(self.db, wanted)),
        )

    def code_name(self, code: CodeId) -> str:
        """The name of a code. Raises NotFound."""
        tree = codes.tree(self.db)
        if code not in tree:
            raise NotFound(_("code"), str(code), [tree.path(c.id) for c in tree])
        return tree[code].name

    def reading(self) -> Any:
        """Turns SQLite's errors while reading into sentences about the file."""
        return connection.telling(self.path)


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
