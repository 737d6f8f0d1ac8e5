"""Verbs on sources: read files, add, describe, remove."""

from __future__ import annotations

import builtins
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cohesion_qda.base.errors import BadInput, CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model import called
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.source import AS_FOUND, SOURCE_KINDS, HowToRead, Reading, Source, SourceDraft, Speaker
from cohesion_qda.project import sheets
from cohesion_qda.project.asked import Sought, begin, questions_added, to_seek
from cohesion_qda.project.attributes import Attributes
from cohesion_qda.project.joining import check_together
from cohesion_qda.project.session import Session, now
from cohesion_qda.project.values import Cell, Values, change_kind, name_in_file, new_name
from cohesion_qda.store import cases, codings, memos, sections, sources

if TYPE_CHECKING:
    from cohesion_qda.formats.watch import Readers
    from cohesion_qda.project.matching import Known, Unmatched

Row = TypeVar("Row", bound=tuple[int, ...])


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import. `already` are (file, source) pairs of content that the project had;
    `unmatched` are the names in the sheet that no source or participant answers to, `proposals` the same with what may
    have been meant; `sections` is how many stretches under a question or heading were found.
    """

    change: Change
    added: tuple[Source, ...]
    already: tuple[tuple[str, str], ...] = ()
    unmatched: tuple[str, ...] = ()
    proposals: tuple[Unmatched, ...] = ()
    sections: int = 0


class Sources:
    """`project.sources`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    @staticmethod
    def read_files(
        paths: Iterable[Path | str],
        job: Job | None = None,
        how: HowToRead | Mapping[Path, HowToRead] = AS_FOUND,
        readers: Readers | None = None,
    ) -> builtins.list[SourceDraft | CannotReadSource]:
        """Read transcripts, or folders of them. A file that cannot be read is an error in the list and stops nothing;
        what of a folder is no transcript is told as `LeftOut`. `how` says how all are to be read, or some of the paths.

        Each file is read in a process that is watched: in one of `readers`, where some are given, which makes reading
        again quick. Touches no database. Raises Cancelled.
        """
        from cohesion_qda.formats.watch import read_all

        return readers.read(paths, job, how) if readers is not None else read_all(paths, job, how)

    @staticmethod
    def check_how(how: HowToRead) -> None:
        """Raises BadInput for an encoding or a convention that there is not."""
        from cohesion_qda.formats.decoding import codec_of

        if how.encoding:
            codec_of(how.encoding)
        if how.convention:
            Sources.convention_in_words(how.convention)

    @staticmethod
    def convention_in_words(form: str) -> str:
        """The name of a convention for a menu. Raises BadInput for one that there is not."""
        from cohesion_qda.formats.talk.conventions import in_words

        return in_words(form)

    @staticmethod
    def read_sheet(path: Path | str) -> AttributeSheet:
        """An attributes sheet (.csv, .xlsx or .ods). Raises CannotReadSource or BadInput."""
        from cohesion_qda.formats.sheet import read_sheet

        return read_sheet(Path(path))

    @staticmethod
    def read_table(rows: Sequence[Sequence[str]], about: str, name: str) -> AttributeSheet:
        """The same from a table that was copied, whose first row are its titles: about `source`s or `participant`s; `name` is
        what messages call it. Raises BadInput.
        """
        from cohesion_qda.formats.sheet import sheet_of

        return sheet_of(rows, about, name)

    def known(self) -> Known:
        """By what names a sheet may speak of the sources and people in the project (see `project.matching`)."""
        with self._s.reading():
            return sheets.known(self._s)

    def list(self) -> builtins.list[Source]:
        """Every source, by name."""
        with self._s.reading():
            return sources.all_(self._s.db)

    def get(self, wanted: SourceId | str) -> Source:
        """The source with that name or id. Raises NotFound with the nearest names."""
        return self._s.source(wanted)

    def text(self, source: SourceId) -> str:
        """The canonical text."""
        return sources.text(self._s.db, source)

    def reading(self, source: SourceId) -> Reading:
        """All that is needed to show a source."""
        with self._s.reading():
            return self._s.read(source)

    def speakers(self) -> dict[SourceId, Sequence[Speaker]]:
        """The speakers of every source, in the order in which they first speak."""
        found: dict[SourceId, Sequence[Speaker]] = {}
        for speaker in sources.speakers(self._s.db):
            found[speaker.source] = [*found.get(speaker.source, ()), speaker]
        return found

    def twin(self, draft: SourceDraft) -> str:
        """The name of the source that the project has already for what was read; empty where there is none."""
        with self._s.reading():
            return sources.twin(self._s.db, draft) or ""

    def add(
        self,
        drafts: Iterable[SourceDraft],
        sheet: AttributeSheet | None = None,
        kind: str = "",
        attributes: Mapping[str, str] | None = None,
        guide: Iterable[str] = (),
        together: Iterable[Sequence[tuple[int, str]]] = (),
        sought: Sought | None = None,
        only_new: bool = False,
    ) -> ImportResult:
        """Add what was read, with its speakers as cases and its sections, in one undoable act.

        `kind` and `attributes` hold for all; the sheet's values come after them. The same label in two sources is two
        people, unless both stand in one of `together`, as (place in `drafts`, label).
        `guide` are the questions that are looked for in these sources, and join the project's guide; without it they are
        all those of the project's guide. They are sought here, but for what `sections.to_seek` gave and was `sought` before
        in the same drafts. Content that the project already has is left out and named in the result; with `only_new` the
        sheet sets nothing of that either, nor of any other source or person that was there. Raises BadInput for an
        unknown kind, a question that is there twice, one of `attributes` whose name is not free, and labels `together` that
        do not speak or differ in role.
        """
        _check_kind(kind)
        given = {new_name("source", name): value for name, value in (attributes or {}).items()}
        added: builtins.list[SourceId] = []
        known: builtins.list[Cell] = []
        already: builtins.list[tuple[str, str]] = []
        drafts = builtins.list(drafts)
        asked = to_seek(self._s, drafts, guide).seek(known=sought)
        places: dict[int, SourceId] = {}
        together = builtins.list(together)
        check_together(drafts, together)
        with self._s.act("import" if asked.begins or sheet is not None else "set-guide") as action:
            questions = questions_added(self._s, asked.questions)
            taken = sources.names(self._s.db)
            for place, draft in enumerate(drafts):
                twin = sources.twin(self._s.db, draft)
                if twin is not None:
                    already.append((draft.file_name or draft.name, twin))
                    continue
                source = self._add_one(draft, kind or draft.kind, taken)
                begin(self._s, source, asked.begins[place], questions)
                added.append(source)
                places[place] = source
                known += [(source, name_in_file("source", title), value) for title, value in draft.attributes.items()]
                known += [(source, name, value) for name, value in given.items()]
            Values(self._s, "source", known).write()
            self._join(together, places)
            applied = sheets.apply(self._s, sheet, added if only_new else None) if sheet is not None else None
            unmatched = applied.unmatched if applied is not None else ()
            found = tuple(self._s.source(source) for source in added)
            n = len(added) if action.kind == "import" else len(sections.questions(self._s.db))
            action.details.update(n=n, source=found[0].name if len(found) == 1 else "")
        n = sum(len(asked.begins[place]) for place in places)
        return ImportResult(action.change, found, tuple(already), tuple(map(str, unmatched)), unmatched, n)

    def add_sheet(self, sheet: AttributeSheet) -> ImportResult:
        """Give sources and participants that are already there the values of a sheet, in one undoable act."""
        with self._s.act("set-attributes") as action:
            done = sheets.apply(self._s, sheet)
            action.details["n"] = done.changed
        return ImportResult(action.change, (), (), tuple(map(str, done.unmatched)), done.unmatched)

    def rename(self, source: SourceId, name: str) -> Change:
        """Call a source `name`. Raises BadInput when the name is empty or taken."""
        found = self._s.source(source)
        old, name = found.name, " ".join(name.split())
        twin = sources.find(self._s.db, name)
        if not name or (twin is not None and twin.id != source):
            raise BadInput(_("A source needs a name of its own."), _("Type a name that no other source has."))
        with self._s.act("rename-source", old=old, source=name) as action:
            if name != old:
                sources.update(self._s.db, source, name=name)
                cases.rename_group(self._s.db, found.group, old, name)
        return action.change

    def set_kind(self, source: SourceId, kind: str) -> Change:
        """Say what a source is: a focus group becomes a group that is counted, anything else is none."""
        _check_kind(kind)
        found = self._s.source(source)
        with self._s.act("set-source-kind", source=found.name, what=kind) as action:
            change_kind(self._s, found, kind)
        return action.change

    def set_attribute(self, source: SourceId, name: str, value: str) -> Change:
        """Give a source a value; an empty one takes it away."""
        return Attributes(self._s).set_many("source", [(source, name, value)]).change

    def remove(self, source: SourceId) -> Change:
        """Take a source away with its codings and memos, and the people who speak nowhere else. Undoable. Raises BadInput
        where others, whose codings may not be seen, have coded it.
        """
        who = self._s.whose()
        if who is not None and any(coding.coder != who for coding in codings.of_source(self._s.db, source)):
            raise BadInput(
                _("Others have coded this source, and their codings are hidden."),
                _("Show others’ codings first, to see what would go or change with it."),
            )
        name, going = self._s.source(source).name, memos.going_with(self._s.db, source=source)
        with self._s.act("remove-source", source=name, n=going) as action:
            sources.delete(self._s.db, source)
            cases.seat(self._s.db)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def states(self) -> dict[SourceId, str]:
        """`done` for what the researcher marked as finished."""
        return sources.states(self._s.db)

    def state(self, source: SourceId) -> str:
        """`done` or nothing."""
        return sources.states(self._s.db).get(source, "")

    def set_state(self, source: SourceId, state: str) -> Change:
        """Mark a source as `done`, or take the mark away with an empty string."""
        if state not in ("", "done"):
            raise BadInput(_("A source can be marked as done, or not."), _("Say done, or nothing."))
        name = self._s.source(source).name
        with self._s.act("set-source-state", source=name, state=state) as action:
            if sources.states(self._s.db)[source] != state:
                sources.update(self._s.db, source, state=state)
        return action.change

    def progress(self, sources: Iterable[SourceId] | None = None) -> dict[SourceId, float]:
        """For each source, or each of `sources` that is there, the share (0 to 1) of participants' turns that a coding of the
        current coder touches; where no participant speaks, the share of its characters.
        """
        with self._s.reading():
            study, mine = self._s.study.of(), self._s.coder.id
        wanted = None if sources is None else set(sources)
        found = {}
        for fact in study.sources:
            if wanted is None or fact.id in wanted:
                turns = _within(study.turns, fact.id, 0)
                coded = [(row[2], row[3]) for row in _within(study.codings, fact.id, 1) if row[5] == mine]
                said = [(row[1], row[2]) for row in turns if study.cases[CaseId(row[3])].role == "participant"]
                found[fact.id] = _touched(said, coded) if said else _covered(coded) / max(1, fact.length)
        return found

    def _join(self, together: Sequence[Sequence[tuple[int, str]]], places: Mapping[int, SourceId]) -> None:
        """Let labels of sources that were just added be one person's. Part of an action under way."""
        if not together:
            return
        whose = {(speaker.source, speaker.label): speaker.case for speaker in sources.speakers(self._s.db)}
        for same in together:
            people = builtins.list(dict.fromkeys(whose[places[n], label] for n, label in same if n in places))
            for other in people[1:]:
                cases.join(self._s.db, other, people[0])
        cases.seat(self._s.db)

    def _add_one(self, draft: SourceDraft, kind: str, taken: set[str]) -> SourceId:
        """Add one source, under a name that is not `taken` yet."""
        db = self._s.db
        name = sources.unused_name(taken, draft.name)
        taken.add(name.casefold())
        words = draft.words_of_turns()
        group = cases.add(db, name, kind="group") if kind == "focus group" else None
        source = sources.add(
            db, draft, name=name, kind=kind, coder=self._s.coder_inside(), at=now(), group=group, words=sum(words)
        )
        speakers = {}
        for label in dict.fromkeys(turn.label for turn in draft.turns):
            role = draft.roles.get(label, "participant")
            case = cases.add(db, label, kind="participant", role=role, group=group)
            speakers[label] = sources.add_speaker(db, source, label, case)
        sources.add_turns(db, source, draft.turns, speakers, words[: len(draft.turns)])
        return source


def _check_kind(kind: str) -> None:
    if kind and kind not in SOURCE_KINDS:
        raise BadInput(
            _("There is no kind of source “{kind}”.").format(kind=kind),
            _("Use one of: {kinds}.").format(kinds=called.to_write(SOURCE_KINDS, called.kinds())),
        )


def _within(rows: Sequence[Row], source: SourceId, column: int) -> Sequence[Row]:
    """Those of `rows`, which are in the order of the source in `column`, that are of one source."""
    first = bisect_left(rows, source, key=itemgetter(column))
    return rows[first : bisect_right(rows, source, first, key=itemgetter(column))]


def _touched(turns: Sequence[tuple[int, int]], coded: Sequence[tuple[int, int]]) -> float:
    """The share of `turns` (in order, disjoint) that one of `coded` (in order of start) overlaps."""
    touched, at, reach = 0, 0, 0
    for start, end in turns:
        while at < len(coded) and coded[at][0] < end:
            reach = max(reach, coded[at][1])
            at += 1
        touched += reach > start
    return touched / len(turns)


def _covered(coded: Sequence[tuple[int, int]]) -> int:
    """How many code points lie in at least one of `coded` (in order of start)."""
    covered = reach = 0
    for start, end in coded:
        covered += max(0, end - max(start, reach))
        reach = max(reach, end)
    return covered
