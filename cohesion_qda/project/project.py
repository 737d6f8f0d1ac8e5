"""A project: one study, one file."""

from __future__ import annotations

import getpass
from pathlib import Path
from types import TracebackType

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CoderId
from cohesion_qda.project.cases import Cases
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.history import History
from cohesion_qda.project.memos import Memos
from cohesion_qda.project.reports import Reports
from cohesion_qda.project.session import Session
from cohesion_qda.project.sources import Sources
from cohesion_qda.project.suggestions import Suggestions
from cohesion_qda.project.tables import Tables
from cohesion_qda.store import cases, connection, study
from cohesion_qda.store.journal import Journal

SUFFIX = ".cqda"


class Project:
    """An open project. Use it from one thread at a time; every verb that changes something returns a `Change`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sources = Sources(session)
        self.cases = Cases(session)
        self.codebook = Codebook(session)
        self.codings = Codings(session)
        self.memos = Memos(session)
        self.tables = Tables(session)
        self.suggestions = Suggestions(session, self.tables)
        self.reports = Reports(session, self.tables)
        self.history = History(session)

    @classmethod
    def create(
        cls, path: Path | str, codebook: str | Path = "empty", coder: str | None = None, title: str = ""
    ) -> Project:
        """A new project file at `path`, with the built-in codebook `cohesion`, an `empty` one, or that of a file.

        Raises ProjectError when there is a file already or the folder cannot be written, and BadInput or
        CannotReadSource for a codebook that cannot be read; in each case no file is left.
        """
        path = Path(path)
        if not path.suffix:
            path = path.with_suffix(SUFFIX)
        drafts = Codebook.read(codebook)
        journal = Journal(path)
        db = connection.create(path, journal.current_action)
        journal.attach(db)
        session = Session(path, db, journal, Coder(CoderId(0), ""), read_only=False)
        name = _coder_name(coder)
        journal.coder = name
        with session.act("new-project", title=title or path.stem) as action:
            session.coder = cases.add_coder(db, name)
            cases.set_setting(db, "title", title or path.stem)
            Codebook.write_drafts(session, drafts)
        connection.set_floor_at_birth(db, action.id)
        return cls(session)

    @classmethod
    def open(cls, path: Path | str, coder: str | None = None, *, read_only: bool = False) -> Project:
        """The project at `path`; `coder` is who codes (made when new), else the system's user.

        Raises ProjectMissing, NotAProject, ProjectDamaged, ProjectLocked, ProjectReadOnly or ProjectNewer.
        """
        path = Path(path)
        journal = Journal(path)
        db = connection.open_(path, journal.current_action, read_only=read_only)
        journal.attach(db)
        with connection.telling(path):
            known = cases.coders(db)
        session = Session(path, db, journal, known[0] if known else Coder(CoderId(0), ""), read_only=read_only)
        project = cls(session)
        if coder:
            project.use_coder(coder, join=not read_only)
        else:
            project._resume_coder(_coder_name(None))
        return project

    def close(self) -> None:
        """Let go of the file. Everything that was done is already saved."""
        self._session.db.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._session.path

    @property
    def is_read_only(self) -> bool:
        return self._session.read_only

    @property
    def title(self) -> str:
        return cases.setting(self._session.db, "title") or self.path.stem

    def set_title(self, title: str) -> Change:
        """Call the project `title`."""
        if not title.strip():
            raise BadInput(_("A project needs a title."), _("Type a few words."))
        with self._session.act("set-title", title=title.strip()) as action:
            cases.set_setting(self._session.db, "title", title.strip())
        return action.change

    @property
    def coder(self) -> Coder:
        return self._session.coder

    def coders(self) -> list[Coder]:
        """Everyone who has coded here, in the order they came."""
        return cases.coders(self._session.db)

    def use_coder(self, name: str, *, join: bool = True) -> Change:
        """Code as `name` from now on; a new name joins the project (unless `join` is False)."""
        name = _coder_name(name)
        known = cases.find_coder(self._session.db, name)
        if known is None and not join:
            self._session.journal.coder = name
            return Change.nothing("add-coder")
        self._session.journal.coder = known.name if known else name
        if known is not None:
            self._session.coder = known
            return Change.nothing("add-coder")
        with self._session.act("add-coder", coder=name) as action:
            self._session.coder = cases.add_coder(self._session.db, name)
        return action.change

    def _resume_coder(self, name: str) -> None:
        """Without a name that was asked for: the system's user if they code here, else the first coder."""
        known = cases.find_coder(self._session.db, name)
        if known is not None:
            self._session.coder = known
        self._session.journal.coder = self._session.coder.name or name

    def data_version(self) -> int:
        """A number that changes when another program wrote to the file."""
        return study.data_version(self._session.db)

    def check(self) -> list[str]:
        """What is not as it should be, a sentence each; empty when the project is whole."""
        with connection.telling(self.path):
            return list(study.check(self._session.db))

    def save_copy(self, target: Path | str) -> Change:
        """A complete copy of the project at `target`."""
        target = Path(target)
        if target.exists() and target.samefile(self.path):
            raise CannotWrite(
                _("{name} is the project itself.").format(name=target.name), _("Choose another name for the copy.")
            )
        connection.copy_to(self._session.db, target)
        return self._session.note("save-copy", target)


def _coder_name(name: str | None) -> str:
    if name is None:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = _("Researcher")
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("A coder needs a name."), _("Type who is coding."))
    return name
