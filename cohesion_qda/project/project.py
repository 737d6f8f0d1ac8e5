"""A project: one study, one file."""

from __future__ import annotations

import getpass
from pathlib import Path
from types import TracebackType

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder, coder_named
from cohesion_qda.model.change import Change
from cohesion_qda.project.agreement import Agreement
from cohesion_qda.project.answers import Answers
from cohesion_qda.project.attributes import Attributes
from cohesion_qda.project.autocode import Autocode
from cohesion_qda.project.cases import Cases
from cohesion_qda.project.clouds import Clouds
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.corrections import Corrections
from cohesion_qda.project.details import Details
from cohesion_qda.project.evidence import Evidence
from cohesion_qda.project.frames import Frames
from cohesion_qda.project.framework import Framework
from cohesion_qda.project.guide import Guide
from cohesion_qda.project.history import History
from cohesion_qda.project.key_terms import KeyTerms
from cohesion_qda.project.memos import Memos
from cohesion_qda.project.plan import Plan
from cohesion_qda.project.proposed_codes import ProposedCodes
from cohesion_qda.project.proposed_themes import ProposedThemes
from cohesion_qda.project.reports import Reports
from cohesion_qda.project.retrieval import Retrieval
from cohesion_qda.project.search import Search
from cohesion_qda.project.sections import Sections
from cohesion_qda.project.session import Session
from cohesion_qda.project.sources import Sources
from cohesion_qda.project.suggestions import Suggestions
from cohesion_qda.project.tables import Tables
from cohesion_qda.project.team import TeamVerbs
from cohesion_qda.project.themes import Themes
from cohesion_qda.project.wording import OwnWording
from cohesion_qda.project.worksheets import Worksheets
from cohesion_qda.store import cases, codes, connection, study
from cohesion_qda.store.journal import Journal

SUFFIX = ".cqda"


class Project:
    """An open project. Use it from one thread at a time; every verb that changes something returns a `Change`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sources = Sources(session)
        self.guide = Guide(session)
        self.sections = Sections(session)
        self.cases = Cases(session)
        self.attributes = Attributes(session)
        self.codebook = Codebook(session)
        self.codings = Codings(session)
        self.memos = Memos(session)
        self.corrections = Corrections(session)
        self.themes = Themes(session)
        self.wording = OwnWording(session)
        self.tables = Tables(session, self.wording)
        self.answers = Answers(session)
        self.agreement = Agreement(session, self.answers)
        self.framework = Framework(session)
        self.plan = Plan(session)
        self.evidence = Evidence(session)
        self.team = TeamVerbs(session)
        self.retrieval = Retrieval(session)
        self.suggestions = Suggestions(session, self.tables)
        self.proposed_themes = ProposedThemes(session, self.suggestions)
        self.proposed_codes = ProposedCodes(session, self.suggestions)
        self.key_terms = KeyTerms(session, self.suggestions)
        self.reports = Reports(session, self.tables, self.suggestions)
        self.details = Details(session, self.reports)
        self.frames = Frames(session, self.reports)
        self.worksheets = Worksheets(session, self.tables, self.suggestions, self.frames, self.reports)
        self.search = Search(session)
        self.autocode = Autocode(session, self.search)
        self.clouds = Clouds(session, self.suggestions, self.key_terms, self.search)
        self.history = History(session)

    @classmethod
    def create(
        cls,
        path: Path | str,
        codebook: str | Path = "empty",
        coder: str | None = None,
        title: str = "",
        frame: str = "",
    ) -> Project:
        """A new project file at `path`, with the built-in codebook `cohesion`, an `empty` one, or that of a file; and all that
        the study frame with the key `frame` brings.

        Raises ProjectError when there is a file already or the folder cannot be written, NotFound for another frame, and BadInput or
        CannotReadSource for a codebook that cannot be read; in each case no file is left.
        """
        path = Path(path)
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        name, drafts = _coder_name(coder), Codebook.read(codebook).codes
        wanted = Frames.get(frame) if frame else None
        with connection.making(path) as unfinished:
            journal = Journal(path)
            db = connection.create(unfinished, journal.current_action)
            try:
                journal.attach(db)
                journal.coder = name
                session = Session(path, db, journal, read_only=False)
                with session.act("new-project", title=title or path.stem) as action:
                    session.coder_inside()
                    cases.set_setting(db, "title", title or path.stem)
                    Codebook.write_drafts(session, drafts)
                    if wanted is not None:
                        cls(session).frames.take_inside(wanted)
                connection.set_undo_floor(db, action.id)
            finally:
                db.close()
        return cls.open(path, name)

    @classmethod
    def open(cls, path: Path | str, coder: str | None = None, *, read_only: bool = False) -> Project:
        """The project at `path`. `coder` is who codes, and joins the project with the first act that needs a coder;
        without one it is the system's user if they have coded here, else the first coder.

        Raises ProjectMissing, NotAProject, ProjectDamaged, ProjectLocked, ProjectReadOnly or ProjectNewer.
        """
        path = Path(path)
        name = _coder_name(coder)
        journal = Journal(path)
        db = connection.open_(path, journal.current_action, read_only=read_only)
        journal.attach(db)
        with connection.telling(path):
            known = cases.coders(db)
        found = coder_named(known, name) or (known[0] if coder is None and known else None)
        journal.coder = found.name if found else name
        return cls(Session(path, db, journal, read_only=read_only))

    def close(self) -> None:
        """Let go of the file. Everything that was done is already saved; what was worked out of sources that are gone goes."""
        connection.close(self._session.db, read_only=self.is_read_only)

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

    @property
    def made(self) -> str:
        """When the project was made, and by whom: what its copies share, wherever the file lies."""
        return codes.project_made(self._session.db)

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

    def seen_coders(self) -> list[Coder]:
        """Those of them whose codings may be seen."""
        who = self._session.whose()
        return [coder for coder in self.coders() if who in (None, coder.id)]

    def use_coder(self, name: str) -> Change:
        """Code as `name` from now on; somebody new joins the project with their first act that needs a coder."""
        name = _coder_name(name)
        known = cases.find_coder(self._session.db, name)
        self._session.journal.coder = known.name if known else name
        return Change.nothing("use-coder")

    def look_as(self, coder: str | None) -> None:
        """From now on see, count and undo only what `coder` coded and did (blind double-coding); None for everybody's."""
        known = cases.find_coder(self._session.db, coder) if coder is not None else None
        self._session.only = known.name if known else coder

    def version(self) -> tuple[int, int]:
        """Two numbers: the first changes when another program writes to the file, the second with every act, whoever does it.
        What is worked out of texts and kept is no act.
        """
        return study.data_version(self._session.db), study.last_act(self._session.db)

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
