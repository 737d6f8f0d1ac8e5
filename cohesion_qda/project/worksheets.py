"""Verbs on worksheets: start one from a study frame, answer its questions, link passages to them, print it."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.frame import CHOICE, DATE, PASSAGES, Field, Frame, Item, Sheet
from cohesion_qda.model.ids import SegmentId, SourceId, WorksheetId
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.model.worksheet import ONE_SOURCE, WHOLE_STUDY, Filled, Worksheet, is_day
from cohesion_qda.project import filled
from cohesion_qda.project.frames import Frames
from cohesion_qda.project.places import segment_inside, worded
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, worksheets
from cohesion_qda.store.sources import unused_name

if TYPE_CHECKING:
    from cohesion_qda.project.reports import Reports
    from cohesion_qda.project.suggestions import Suggestions
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.report.worksheets import Printed


class Worksheets:
    """`project.worksheets`."""

    def __init__(
        self, session: Session, tables: Tables, suggestions: Suggestions, frames: Frames, reports: Reports
    ) -> None:
        self._s = session
        self._tables, self._suggestions, self._frames, self._reports = tables, suggestions, frames, reports

    def list(self) -> builtins.list[Worksheet]:
        """Every worksheet, in the order they were started; also one of a frame of a newer program."""
        with self._s.reading():
            return worksheets.all_(self._s.db)

    def get(self, worksheet: WorksheetId | str) -> Worksheet:
        """The worksheet with that id or name. Raises NotFound."""
        known = self.list()
        for found in known:
            if worksheet == found.id or (
                isinstance(worksheet, str) and comparable(worksheet) == comparable(found.name)
            ):
                return found
        raise NotFound(_("worksheet"), str(worksheet), [found.name for found in known])

    def read(self, worksheet: WorksheetId) -> Filled:
        """A worksheet with the sheet it follows and its passages. Raises NotFound, also for a sheet that this program does not know."""
        with self._s.reading():
            return filled.read(self._s, self.get(worksheet))

    def filled(self) -> builtins.list[Filled]:
        """Every worksheet as `read` gives it; one whose sheet this program does not know is left out."""
        with self._s.reading():
            return filled.all_(self._s)

    def offered(self) -> builtins.list[tuple[Frame, Sheet]]:
        """The sheets that a worksheet can be started from: first those of the frames that the study has taken up."""
        taken = {frame.key for frame in self._frames.taken()}
        order = sorted(self._frames.available(), key=lambda frame: frame.key not in taken)
        return [(frame, sheet) for frame in order for sheet in frame.sheets]

    # -- the worksheet itself --------------------------------------------------------------------------------------------

    def start(self, frame: str, sheet: str, source: SourceId | None = None, name: str = "") -> Change:
        """A new worksheet on a sheet of a frame, for one source or for the whole study (None), called `name` or after both.

        Raises NotFound, and BadInput for a sheet that is not held against such, and for a name that is taken.
        """
        form = self._frames.get(frame).sheet(sheet)
        held = None if source is None else self._s.source(source).name
        if form.about_what == (WHOLE_STUDY if held else ONE_SOURCE):
            raise BadInput(
                _("“{sheet}” is filled in for the whole study, not for one source.").format(sheet=form.name.said)
                if held
                else _("“{sheet}” is filled in for one source.").format(sheet=form.name.said),
                _("Leave the source away.") if held else _("Say which source."),
            )
        named = name or (
            form.name.said if held is None else _("{sheet}: {source}").format(sheet=form.name.said, source=held)
        )
        named = self._checked(named) if name else unused_name({w.name.casefold() for w in self.list()}, named)
        with self._s.act("start-worksheet", worksheet=named) as action:
            worksheets.add(self._s.db, frame, sheet, named, source)
        return action.change

    def started(self, change: Change) -> WorksheetId:
        """The worksheet that a `start` made."""
        return WorksheetId(max(change.rows["worksheet"]))

    def rename(self, worksheet: WorksheetId, name: str) -> Change:
        """Call a worksheet `name`. Raises BadInput when it is empty or taken."""
        was = self.get(worksheet)
        name = self._checked(name, but=worksheet)
        with self._s.act("rename-worksheet", old=was.name, worksheet=name) as action:
            worksheets.rename(self._s.db, worksheet, name)
        return action.change

    def remove(self, worksheet: WorksheetId) -> Change:
        """Take a worksheet away with its answers; the passages stay in the project. Undoable."""
        found = self.get(worksheet)
        with self._s.act("remove-worksheet", worksheet=found.name, n=len(found.values)) as action:
            worksheets.delete(self._s.db, worksheet)
            codings.drop_empty_segments(self._s.db)
        return action.change

    # -- answering it ----------------------------------------------------------------------------------------------------

    def answer(self, worksheet: WorksheetId, item: str, field: str, value: str) -> Change:
        """Answer a field of an item: with the key or the name of a choice, words, or a day; empty takes the answer back. Typing within a
        minute is one act. Raises NotFound, and BadInput for what the field does not take.
        """
        found = self.read(worksheet)
        asked = found.form.item(item)
        of = _field(found.form, asked, field)
        value = _taken(of, value)
        details: dict[str, Any] = {"worksheet": found.worksheet.name, "item": asked.question.said}
        kind, key = ("answer-worksheet" if value else "empty-worksheet"), ""
        if of.kind != CHOICE:
            key = f"worksheet:{worksheet}:{asked.key}:{of.key}"
        elif value:
            kind, details = "choose-worksheet", {**details, "choice": _choice_name(of, value)}
        with self._s.act(kind, merge_key=key, **details) as action:
            worksheets.answer(self._s.db, worksheet, asked.key, of.key, value)
        return action.change

    def link(self, worksheet: WorksheetId, item: str, at: Sequence[tuple[SourceId, Span]]) -> Change:
        """Link passages, coded or not, to an item. Raises NotFound, and BadInput for an item that takes none, or a place without words."""
        found = self.read(worksheet)
        asked = found.form.item(item)
        if all(field.kind != PASSAGES for field in found.form.fields_of(asked)):
            raise BadInput(
                _("No passages are linked to “{question}”.").format(question=asked.question.said),
                _("Answer it in words."),
            )
        at = [(source, worded(self._s, source, span)) for source, span in at]
        named: dict[str, Any] = {"worksheet": found.worksheet.name, "item": asked.question.said}
        with self._s.act("link-worksheet", focus=at[0] if at else None, **named) as action:
            segments = [segment_inside(self._s, source, span) for source, span in at]
            action.details["n"] = worksheets.link(self._s.db, worksheet, asked.key, segments)
        return action.change

    def unlink(self, worksheet: WorksheetId, item: str, segments: Sequence[SegmentId]) -> Change:
        """Link passages no longer to an item; their codings stay. Raises NotFound."""
        found = self.read(worksheet)
        named: dict[str, Any] = {"worksheet": found.worksheet.name, "item": found.form.item(item).question.said}
        with self._s.act("unlink-worksheet", **named) as action:
            action.details["n"] = worksheets.unlink(self._s.db, worksheet, item, segments)
            codings.drop_empty_segments(self._s.db)
        return action.change

    # -- printing it -----------------------------------------------------------------------------------------------------

    def write(self, worksheet: WorksheetId, path: Path | str, headings: str = "", job: Job | None = None) -> Path:
        """Print a worksheet as a document (.docx, .html or .pdf, by the name's ending), passages attributed as in the report; noted in the
        trail. `headings` are in "en", "cy" or "both"; empty: in the language of the program. The same worksheet gives the same file.

        Raises NotFound, BadInput for another ending or language, CannotWrite and Cancelled; then no file is left.
        """
        from cohesion_qda.report.printing import write_worksheet

        path = Path(path)
        printed = self.printed(worksheet, job)
        write_worksheet(printed, path, headings, job or Job())
        self.note(worksheet, path)
        return path

    def printed(self, worksheet: WorksheetId, job: Job | None = None) -> Printed:
        """What `write` prints, with what may tell who somebody is masked unless it was settled (`project.details`). Raises NotFound and Cancelled."""
        heard = partial(self._suggestions.heard, job, vectors=False)
        with self._s.reading():
            return filled.printed(self._s, self._tables.study(), heard, self.get(worksheet), self._reports.settings())

    def note(self, worksheet: WorksheetId, path: Path | str) -> Change:
        """Note in the trail that a worksheet was printed to `path`."""
        return self._s.note("export-worksheet", path, worksheet=self.get(worksheet).name)

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _checked(self, name: str, but: WorksheetId | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise BadInput(_("A worksheet needs a name."), _("Type a few words."))
        for other in self.list():
            if other.id != but and comparable(other.name) == comparable(name):
                raise BadInput(
                    _("There is already a worksheet “{name}”.").format(name=other.name), _("Choose another name.")
                )
        return name


def _field(form: Sheet, item: Item, key: str) -> Field:
    """The field of that key or name, other than the passages. Raises NotFound."""
    known = [field for field in form.fields_of(item) if field.kind != PASSAGES]
    for field in known:
        if comparable(key) in map(comparable, (field.key, field.name.en, field.name.cy)):
            return field
    raise NotFound(_("field of this question"), key, [field.key for field in known])


def _taken(field: Field, value: str) -> str:
    """What is kept of an answer. Raises NotFound and BadInput."""
    value = value.strip()
    if field.kind == CHOICE and value:
        for choice in field.choices:
            if comparable(value) in map(comparable, (choice.key, choice.name.en, choice.name.cy)):
                return choice.key
        raise NotFound(_("choice"), value, [choice.key for choice in field.choices])
    if field.kind == DATE and value and not is_day(value):
        raise BadInput(
            _("“{value}” is not a date.").format(value=value),
            _("Write it as 2020-01-30, or only the month (2020-01) or the year (2020)."),
        )
    return value


def _choice_name(field: Field, key: str) -> str:
    choice = field.choice(key)
    return choice.name.said if choice else key
