"""Verbs on study frames: take one up, say which codes bear out which issue, take the average of areas like one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeDraft, CodeTree
from cohesion_qda.model.frame import Borne, Frame, ReadyQuery
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.incoming import incoming
from cohesion_qda.model.query import Query, Term, as_json
from cohesion_qda.model.text import comparable
from cohesion_qda.project import codebook_files, taken
from cohesion_qda.project.reports import Reports
from cohesion_qda.project.session import Session, now
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import attributes, codes, frames, plan, queries, reports, sources

AREA_TYPE = "area type"
"""The attribute of sources that says of which kind their area is."""


class Frames:
    """`project.frames`."""

    def __init__(self, session: Session, reports_: Reports) -> None:
        self._s = session
        self._reports = reports_

    @staticmethod
    def available() -> tuple[Frame, ...]:
        """Every frame that a study can be started from, or take up later. Touches no database."""
        from cohesion_qda.formats.frames import frames as shipped

        return shipped()

    @staticmethod
    def get(key: str) -> Frame:
        """The frame of that key. Touches no database. Raises NotFound with the nearest keys."""
        from cohesion_qda.formats.frames import KEYS, read_frame

        if key not in KEYS:
            raise NotFound(_("study frame"), key, KEYS)
        return read_frame(key)

    def taken(self) -> tuple[Frame, ...]:
        """The frames that the study has taken up, in that order; one of a newer program is left out."""
        with self._s.reading():
            return taken.taken(self._s)

    # -- taking one up -------------------------------------------------------------------------------------------------

    def take(self, key: str) -> Change:
        """Take up a frame in one act: its codes with their directions, retrievals, attributes, dates and steps, the codes that bear out its
        issues, and its kind of report where the author has not arranged the parts yet. What is there stays; taken again, a frame
        brings what is missing. Its worksheets are started when they are wanted. Raises NotFound.
        """
        frame = self.get(key)
        with self._s.act("take-frame", name=frame.name.said) as action:
            action.details["n"] = self.take_inside(frame)
        return action.change

    def take_inside(self, frame: Frame) -> int:
        """As `take`, as part of an action under way. Gives how many codes are new."""
        db = self._s.db
        n = self._add_codes(frame.codes)
        tree = codes.tree(db)
        by_path = {comparable(tree.path(code.id)): code.id for code in tree}
        self._save_queries(frame, by_path, tree)
        for issue in frame.issues:
            for path in issue.codes:
                if (code := by_path.get(comparable(path))) is not None:
                    frames.bear_out(db, frame.key, issue.key, code)
        self._add_attributes(frame)
        there = {(entry.kind, comparable(entry.name)) for entry in plan.all_(db)}
        for entry in frame.plan:
            if (entry.kind, comparable(entry.name)) not in there:
                plan.add(db, entry.kind, entry.name, at=entry.at, due=entry.due, who=entry.who, note=entry.note)
        if frame.template and not reports.parts(db):
            self._reports.lay_inside(frame.template)
        frames.take(db, frame.key, now())
        return n

    def _add_codes(self, drafts: tuple[CodeDraft, ...]) -> int:
        """Gives how many are new. A code that is there takes over the frame's direction where it has none."""
        db = self._s.db
        for each in incoming(codes.tree(db), drafts):
            if each.code is not None and each.draft.direction and not codes.tree(db)[each.code].direction:
                codes.update(db, each.code, direction=each.draft.direction)
        return codebook_files.add(self._s, drafts)[0]

    def _save_queries(self, frame: Frame, by_path: Mapping[str, CodeId], tree: CodeTree) -> None:
        names = {comparable(name) for _id, name, _text in queries.all_(self._s.db)}
        for ready in frame.queries:
            if names.isdisjoint(comparable(name) for name in (ready.name.en, ready.name.cy) if name):
                query = Query(tuple(_terms(ready, by_path))).named(tree)
                queries.add(self._s.db, ready.name.said, as_json(query))

    def _add_attributes(self, frame: Frame) -> None:
        for wanted in frame.attributes:
            known = {comparable(name) for _id, name, _type in attributes.columns(self._s.db, wanted.about)}
            if comparable(wanted.name) not in known:
                attributes.add(self._s.db, wanted.about, wanted.name, "category")

    def area_types(self) -> dict[str, str]:
        """The kind of area that each source is of, by its name: what the attribute AREA_TYPE says; sources without one are left out."""
        values = attributes.values(self._s.db, "source")
        names = {source.id: source.name for source in sources.all_(self._s.db)}
        return {
            names[SourceId(source)]: value
            for source, held in values.items()
            for name, value in held.items()
            if comparable(name) == AREA_TYPE and value
        }

    def set_area_type(self, frame: str, key: str, place: str = "") -> Change:
        """Say of which kind the area is that the study is about, in one act; or that of the sources with the value `place` of some attribute. An
        empty `key` takes it away. The report then tells the average of all areas of that kind. Raises NotFound.
        """
        name = self.get(frame).area_type(key).name.en if key else ""
        values = attributes.values(self._s.db, "source")
        chosen = [
            source.id
            for source in sources.all_(self._s.db)
            if not place or comparable(place) in map(comparable, values.get(source.id, {}).values())
        ]
        if place and not chosen:
            raise NotFound(_("value"), place, sorted({value for held in values.values() for value in held.values()}))
        with self._s.act("set-area-type" if name else "clear-area-type", area=name, n=len(chosen)) as action:
            known = {comparable(each): id_ for id_, each, _type in attributes.columns(self._s.db, "source")}
            column = known.get(AREA_TYPE) or attributes.add(self._s.db, "source", AREA_TYPE, "category")
            attributes.set_values(self._s.db, "source", [(column, source, name) for source in chosen])
        return action.change

    # -- issues --------------------------------------------------------------------------------------------------------

    def borne(self) -> tuple[Borne, ...]:
        """Every issue of the frames that the study has taken up, with the codes that bear it out, if any; by frame and in the frame's order."""
        with self._s.reading():
            return taken.borne(self._s)

    def issues(self) -> tuple[Borne, ...]:
        """The issues that codes of the study bear out, with how widely: those with a mention, the most widely said first (groups, then
        participants, then mentions).
        """
        from cohesion_qda.analysis import frequency

        mapped = [each for each in self.borne() if each.codes]
        data = study_data(self._s)
        sets = [
            [under for code in each.codes if code in data.codes for under in data.codes.branch(code)] for each in mapped
        ]
        counts, base = frequency.together(data, sets, self._s.whose())
        found = [
            Borne(each.frame, each.issue, each.codes, said, base)
            for each, said in zip(mapped, counts, strict=True)
            if said.mentions
        ]
        return tuple(sorted(found, key=lambda b: (-b.said.groups, -b.said.participants, -b.said.mentions)))

    def bear_out(self, frame: str, issue: str, code: CodeId) -> Change:
        """Say that a code, with those under it, bears out an issue of a frame. Raises NotFound."""
        name, called = self._s.code_name(code), self.get(frame).issue(issue).name.said
        with self._s.act("map-issue", code=name, issue=called) as action:
            frames.bear_out(self._s.db, frame, issue, code)
        return action.change

    def set_codes(self, frame: str, issue: str, chosen: Sequence[CodeId]) -> Change:
        """Say which codes bear out an issue, all of them, in one act. Raises NotFound."""
        called = self.get(frame).issue(issue).name.said
        for code in chosen:
            self._s.code_name(code)
        with self._s.act("set-issue-codes", issue=called, n=len(chosen)) as action:
            for code in frames.issues(self._s.db).get((frame, issue), []):
                if code not in chosen:
                    frames.let_go(self._s.db, frame, issue, code)
            for code in chosen:
                frames.bear_out(self._s.db, frame, issue, code)
        return action.change

    def let_go(self, frame: str, issue: str, code: CodeId) -> Change:
        """Say that a code no longer bears out an issue. Raises NotFound."""
        name, called = self._s.code_name(code), self.get(frame).issue(issue).name.said
        with self._s.act("unmap-issue", code=name, issue=called) as action:
            frames.let_go(self._s.db, frame, issue, code)
        return action.change


def _terms(ready: ReadyQuery, by_path: Mapping[str, CodeId]) -> Iterator[Term]:
    for term in ready.terms:
        code = by_path.get(comparable(term.code))
        if code is None:
            raise BadInput(
                _("There is no code “{name}”.").format(name=term.code), _("Bring it back, or undo its deletion.")
            )
        yield Term(code, True, term.joiner, term.turns, term.code)
