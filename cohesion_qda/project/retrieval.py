"""Verbs on queries: find the passages that fit one, keep it under a name, write what it finds to a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import QueryId, SourceId
from cohesion_qda.model.query import FoundPassage, PassagePage, Query, SavedQuery, as_json, from_json, in_words
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import comparable
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import cases, codes, queries, sources

if TYPE_CHECKING:
    from cohesion_qda.analysis.arrangement import Arranged
    from cohesion_qda.analysis.joining import Study
    from cohesion_qda.analysis.retrieval import Fitting
    from cohesion_qda.report.passages import PassageReport

PAGE = 50


class Retrieval:
    """`project.retrieval`. What was read of the study is kept until something in the file changes."""

    def __init__(self, session: Session) -> None:
        self._s = session
        self._study: Study | None = None
        self._found: dict[Query, Fitting] = {}
        self._put: dict[tuple[Query, str, str], Arranged] = {}

    # -- finding -------------------------------------------------------------------------------------------------------

    def find(
        self,
        query: Query,
        *,
        order: str = "source",
        group: str = "",
        first: int = 0,
        count: int | None = PAGE,
    ) -> PassagePage:
        """The passages from `first` on that fit `query`, `count` of them (None: all), in one of `model.query.ORDERS`; those of a
        `group` (see `analysis.arrangement.arranged`) together.

        Raises BadInput for another order, NotFound and BadInput for an attribute that cannot be grouped by.
        """
        with self._s.reading():
            study = self._ready()
            fitting = self._fitting(study, query)
            put = self._arranged(study, query, fitting, order, group)
            total = len(put.pieces)
            last = total if count is None else min(total, first + count)
            passages = self._read(study, query, put, first, last)
        return PassagePage(
            query, passages, first, total, fitting.count, fitting.base, put.parts, tuple(missing(query, study.data))
        )

    def missing(self, query: Query) -> list[str]:
        """What of `query` is no longer in the project, a sentence each. What is gone finds nothing."""
        with self._s.reading():
            return list(missing(query, self._ready().data))

    def attribute(self, name: str) -> tuple[str, str]:
        """What an attribute is about and how it is written: (source or participant, name). Raises NotFound and BadInput."""
        from cohesion_qda.analysis.columns import attribute_of

        with self._s.reading():
            known, about = attribute_of(self._ready().data, name)
        if about not in ABOUT:
            raise BadInput(_("“{name}” is no attribute.").format(name=name), _("Name the question itself."))
        return about, known

    def _ready(self) -> Study:
        """The study as it is now."""
        data = study_data(self._s)
        if self._study is None or self._study.data is not data:
            from cohesion_qda.analysis import joining

            self._found, self._put = {}, {}
            self._study = joining.study(data, queries.weights(self._s.db))
        return self._study

    def _fitting(self, study: Study, query: Query) -> Fitting:
        from cohesion_qda.analysis import retrieval

        if query not in self._found:
            is_by_turns = any(term.joiner in ("and", "near") for term in query.terms[1:])
            paragraphs = queries.paragraphs(self._s.db) if is_by_turns else ()
            self._found = {query: retrieval.find(study, query, paragraphs)}
        return self._found[query]

    def _arranged(self, study: Study, query: Query, fitting: Fitting, order: str, group: str) -> Arranged:
        from cohesion_qda.analysis import arrangement

        key = (query, order, group)
        if key not in self._put:
            self._put = {key: arrangement.arranged(study, fitting.pieces, order, group)}
        return self._put[key]

    def _read(self, study: Study, query: Query, put: Arranged, first: int, last: int) -> tuple[FoundPassage, ...]:
        """The words of some of the passages, and what is said about them."""
        from cohesion_qda.analysis import retrieval

        places = retrieval.places(study, query, put.pieces[slice(first, last)])
        db, data = self._s.db, study.data
        texts = sources.texts(db, {place.source for place in places})
        numbers = queries.turn_numbers(
            db, [(place.source, p) for place in places if (p := place.turn_start) is not None]
        )
        codings = [place.coding for place in places]
        memos = queries.memos(db, codings, self._s.whose())
        made = queries.coded_at(db, codings)
        names: dict[int, str] = {fact.id: fact.name for fact in data.sources}
        coders = {who.id: who.name for who in data.coders}
        return tuple(
            FoundPassage(
                place.coding,
                place.source,
                names[place.source],
                place.span,
                place.span.of(texts[place.source]),
                tuple(dict.fromkeys(data.cases[case].name for case in place.cases)),
                0 if place.turn_start is None else numbers.get((place.source, place.turn_start), 0),
                place.code,
                place.also,
                coders[place.coder],
                made[place.coding],
                study.weights.get(place.coding),
                tuple(memos.get(place.coding, ())),
            )
            for place in places
        )

    # -- kept under a name ---------------------------------------------------------------------------------------------

    def saved(self) -> list[SavedQuery]:
        """Every saved query, by name. One that a newer version of the program wrote is left out."""
        found = []
        for saved, name, text in queries.all_(self._s.db):
            try:
                found.append(SavedQuery(saved, name, from_json(text)))
            except BadInput:
                continue
        return found

    def get(self, name: str) -> SavedQuery:
        """The saved query of that name. Raises NotFound with the nearest names, BadInput for one of a newer version."""
        rows = queries.all_(self._s.db)
        for saved, known, text in rows:
            if comparable(known) == comparable(name):
                return SavedQuery(saved, known, from_json(text))
        raise NotFound(_("saved query"), name, [known for _id, known, _text in rows])

    def save(self, name: str, query: Query) -> Change:
        """Keep `query` under `name`, in place of the one that is there. Raises BadInput without a name."""
        name, query = _name(name), query.named(codes.tree(self._s.db))
        there = self._named(name)
        kind = "save-query" if there is None else "change-query"
        with self._s.act(kind, name=name if there is None else there[1]) as action:
            if there is None:
                queries.add(self._s.db, name, as_json(query))
            else:
                queries.edit(self._s.db, there[0], as_json(query))
        return action.change

    def rename(self, saved: QueryId, name: str) -> Change:
        """Call a saved query `name`. Raises NotFound, and BadInput for a name that is empty or taken."""
        name, old = _name(name), self._by_id(saved)
        there = self._named(name)
        if there is not None and there[0] != saved:
            raise BadInput(
                _("There is a saved query “{name}” already.").format(name=there[1]), _("Choose another name.")
            )
        with self._s.act("rename-query", old=old, name=name) as action:
            if name != old:
                queries.rename(self._s.db, saved, name)
        return action.change

    def delete(self, saved: QueryId) -> Change:
        """Take a saved query away. Undoable; nothing that it finds is touched."""
        with self._s.act("delete-query", name=self._by_id(saved)) as action:
            queries.delete(self._s.db, saved)
        return action.change

    def _named(self, name: str) -> tuple[QueryId, str] | None:
        return next((r[:2] for r in queries.all_(self._s.db) if comparable(r[1]) == comparable(name)), None)

    def _by_id(self, saved: QueryId) -> str:
        rows = queries.all_(self._s.db)
        for known, name, _text in rows:
            if known == saved:
                return name
        raise NotFound(_("saved query"), str(saved), [name for _id, name, _text in rows])

    # -- in a file -----------------------------------------------------------------------------------------------------

    def snapshot(self, query: Query, *, order: str = "source", group: str = "", title: str = "") -> PassageReport:
        """All that fits `query`, as plain values, for `report.passages.write`. Arguments and errors as `find`."""
        from cohesion_qda.report.passages import PassageReport

        page = self.find(query, order=order, group=group, count=None)
        tree = self._ready().data.codes
        return PassageReport(
            title or _("Passages"),
            cases.setting(self._s.db, "title") or self._s.path.stem,
            datetime.datetime.now(datetime.UTC).date().isoformat(),
            tuple(_words(query, tree, self._s.only)),
            page,
            {code.id: tree.path(code.id) for code in tree},
            self.singled(page),
        )

    def singled(self, page: PassagePage) -> tuple[str, ...]:
        """A sentence for each source in which so few participants speak that its name under a quotation singles them out."""
        from cohesion_qda.report import singling

        data = self._ready().data
        return singling.warnings(singling.singled(data, singling.speakers(data, [p.coding for p in page.passages])))

    def write(
        self,
        query: Query,
        path: Path | str,
        *,
        order: str = "source",
        group: str = "",
        title: str = "",
        job: Job | None = None,
    ) -> Change:
        """Write all that fits `query` to a .docx, .xlsx or .html file, and note it in the trail. Raises as `find`, BadInput for
        another ending, CannotWrite and Cancelled; then the file is as it was.
        """
        from cohesion_qda.report import passages

        passages.check_ending(Path(path))
        passages.write(self.snapshot(query, order=order, group=group, title=title), Path(path), job)
        return self.note(path)

    def note(self, path: Path | str) -> Change:
        """Note in the trail that passages were written to `path`."""
        return self._s.note("export-passages", path)


def missing(query: Query, data: StudyData) -> Sequence[str]:
    """What of `query` is not in a study, a sentence each."""
    said = []
    for term in query.terms:
        if term.code not in data.codes:
            said.append(_("The code “{name}” is no longer in the codebook: it finds nothing.").format(name=term.path))
    coders = {comparable(coder.name) for coder in data.coders}
    said += [
        _("There is no coder “{name}”.").format(name=name) for name in query.coders if comparable(name) not in coders
    ]
    for case, name in query.cases:
        if case not in data.cases:
            said.append(_("“{name}” is no longer among the people and groups.").format(name=name))
    there: set[SourceId] = {fact.id for fact in data.sources}
    for source, name in query.sources:
        if source not in there:
            said.append(_("The source “{name}” is no longer there.").format(name=name))
    kinds = {comparable(fact.kind) for fact in data.sources}
    said += [
        _("No source is of the kind “{name}”.").format(name=kind)
        for kind in query.kinds
        if comparable(kind) not in kinds
    ]
    titles = {comparable(title) for _source, _start, _end, title in data.sections}
    for question in query.questions:
        if comparable(question) not in titles:
            said.append(_("No section answers “{name}” any more.").format(name=question))
    return [*said, *_missing_values(query, data)]


def _missing_values(query: Query, data: StudyData) -> list[str]:
    said = []
    for having in query.having:
        held: list[Mapping[str, str]] = [fact.attributes for fact in data.sources]
        if having.about == "participant":
            held = [case.attributes for case in data.cases.values()]
        known = {
            value for values in held for name, value in values.items() if comparable(name) == comparable(having.name)
        }
        for value in having.values:
            if value and value not in known:
                said.append(
                    _("Nothing has the value “{value}” of “{name}” any more.").format(value=value, name=having.name)
                )
    return said


def _words(query: Query, tree: CodeTree, only: str | None) -> Iterator[str]:
    yield from in_words(query, tree)
    if only is not None:
        yield _("Only what {coder} has coded").format(coder=only)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("A saved query needs a name."), _("Type a few words."))
    return name
