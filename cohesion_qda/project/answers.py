"""Verbs on answers: asking, opening the passages behind a number, keeping what was asked under a name, writing it to files."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.answer import Answer, Evidence, Key, Part
from cohesion_qda.model.asked import KINDS, Asked, SavedAnswer, as_json, from_json
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import AnswerId, CodingId, SourceId
from cohesion_qda.model.quotation import who_speaks
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.project.agreement import read_settlements
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.framework import check_seen, read_places, read_summaries
from cohesion_qda.project.session import Session
from cohesion_qda.project.still import named, still
from cohesion_qda.project.tables import hidden_note, study_data
from cohesion_qda.report.answers.material import Material
from cohesion_qda.store import answers, cases, codings, settlements, sources

if TYPE_CHECKING:
    from cohesion_qda.report.files import Export

THRESHOLDS = (0, 5, 10)
"""Numbers of people from 1 to below it are hidden in what is written to be published; 0: none."""
QUOTING = {"agreement": "disagreements", "framework": "passages"}
"""The kinds that quote, with the part that does."""


class Answers:
    """`project.answers`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    # -- asking ----------------------------------------------------------------------------------------------------------

    def ask(self, asked: Asked) -> Answer:
        """The answer, with the codings that may be seen. Raises NotFound for a code, attribute, value or coder that is not
        there, with the nearest names, and BadInput for what cannot be asked together or may not be seen. Of what was kept, or
        shown before, some may be gone: it is answered as `still` says, with notes of what was left out.
        """
        from cohesion_qda.report.answers import said

        left, left_out = self.still(asked)
        found: Answer = _kind(left).answer(self.material(left), left)
        # what is written or asked again later, from the answer, says what was left out too
        asked = asked if left_out else found.asked
        notes = (*hidden_note(self._s), *left_out, *self._settled(left), *said.caveat(left), *found.notes)
        return replace(found, asked=asked, notes=notes)

    def behind(self, asked: Asked, part: str, key: Key) -> builtins.list[Evidence]:
        """The passages behind a number: by source and place. Empty for a key without passages."""
        asked = self.still(asked)[0]
        found = _kind(asked).behind(self.material(asked), asked, part, key)
        if found and isinstance(found[0], tuple):
            return self._places(found)
        return self._codings(found)

    def still(self, asked: Asked) -> tuple[Asked, tuple[str, ...]]:
        """What of a question can still be asked, and a sentence for each thing that is gone and was left out. Raises BadInput where
        what it is about is gone, or hidden.
        """
        if asked.kind == "framework":
            check_seen(self._s)
        return still(asked, study_data(self._s), self._s.only)

    def named(self, asked: Asked) -> Asked:
        """A question with what the things in it are called now, so that they can be named when they are gone."""
        return named(asked, study_data(self._s))

    def material(self, asked: Asked | None = None) -> Material:
        """The study as it may be seen, for those who count; with the option `settled`, as it was settled."""
        db = self._s.db
        return Material(
            data=study_data(self._s) if asked is None else self._looked_at(asked),
            title=cases.setting(db, "title") or self._s.path.stem,
            at=datetime.now().astimezone().isoformat(timespec="seconds"),
            text=lambda source: sources.text(db, source),
            reads={
                "words": self._s.study.words,
                "summaries": lambda: read_summaries(self._s),
                "summary_places": lambda: read_places(self._s),
                "settlements": lambda: read_settlements(self._s),
                "settled": lambda: settlements.codings(db),
                "imported": lambda: {source.id: source.imported_at for source in sources.all_(db)},
                "coded_at": lambda: codings.times(db),
                "weights": lambda: codings.weights(db),
            },
        )

    def _settled(self, asked: Asked) -> tuple[str, ...]:
        """What is said of an answer where something was settled."""
        from cohesion_qda.report.answers import said

        if self._s.only is not None or not settlements.all_(self._s.db):
            return ()
        return said.settled(asked, len(settlements.codings(self._s.db)))

    def _looked_at(self, asked: Asked) -> StudyData:
        data = study_data(self._s)
        if not asked.option("settled") or asked.kind == "agreement":
            return data
        if asked.coders:
            raise BadInput(
                _("What was settled is not of one coder."), _("Choose either coders, or what was settled, not both.")
            )
        if self._s.only is not None:
            raise BadInput(
                _("What was settled cannot be counted while others’ codings are hidden."),
                _("Show others’ codings first."),
            )
        from cohesion_qda.analysis.settled import as_settled

        db = self._s.db
        return as_settled(data, settlements.all_(db), settlements.codings(db), lambda source: sources.text(db, source))

    def _codings(self, found: Sequence[CodingId]) -> builtins.list[Evidence]:
        return [_evidence(passage) for passage in Codings(self._s).passages(found)]

    def _places(self, found: Sequence[tuple[SourceId, Span]]) -> builtins.list[Evidence]:
        readings = {source: self._s.read(source) for source in dict.fromkeys(source for source, _span in found)}
        told = []
        for source, span in found:
            reading = readings[source]
            names, turn = who_speaks(reading.turns, reading.speakers, span)
            told.append(Evidence(source, span, reading.source.name, span.of(reading.text), names, turn))
        return told

    # -- kept under a name -----------------------------------------------------------------------------------------------

    def list(self) -> builtins.list[SavedAnswer]:
        """Every answer that is kept, by name. One that a newer version of the program kept is left out."""
        found = []
        for saved, name, text in answers.all_(self._s.db):
            try:
                found.append(SavedAnswer(saved, name, from_json(text)))
            except BadInput:
                continue
        return found

    def get(self, name: str) -> SavedAnswer:
        """The kept answer of that name. Raises NotFound with the nearest names, BadInput for one of a newer version."""
        rows = answers.all_(self._s.db)
        for saved, known, text in rows:
            if comparable(known) == comparable(name):
                return SavedAnswer(saved, known, from_json(text))
        raise NotFound(_("saved answer"), name, [known for _id, known, _text in rows])

    def save(self, name: str, asked: Asked) -> Change:
        """Keep what was asked under `name`, in place of what is there. Raises BadInput without a name."""
        name, asked = _name(name), self.named(asked)
        there = self._named(name)
        kind = "save-answer" if there is None else "change-answer"
        with self._s.act(kind, name=name if there is None else there[1]) as action:
            if there is None:
                answers.add(self._s.db, name, as_json(asked))
            else:
                answers.edit(self._s.db, there[0], as_json(asked))
        return action.change

    def rename(self, saved: AnswerId, name: str) -> Change:
        """Call a kept answer `name`. Raises NotFound, and BadInput for a name that is empty or taken."""
        name, old = _name(name), self._by_id(saved)
        there = self._named(name)
        if there is not None and there[0] != saved:
            raise BadInput(
                _("There is a saved answer “{name}” already.").format(name=there[1]), _("Choose another name.")
            )
        with self._s.act("rename-answer", old=old, name=name) as action:
            if name != old:
                answers.rename(self._s.db, saved, name)
        return action.change

    def delete(self, saved: AnswerId) -> Change:
        """Take a kept answer away. Undoable; nothing that it counts is touched."""
        with self._s.act("delete-answer", name=self._by_id(saved)) as action:
            answers.delete(self._s.db, saved)
        return action.change

    def _named(self, name: str) -> tuple[AnswerId, str] | None:
        return next((r[:2] for r in answers.all_(self._s.db) if comparable(r[1]) == comparable(name)), None)

    def _by_id(self, saved: AnswerId) -> str:
        rows = answers.all_(self._s.db)
        for known, name, _text in rows:
            if known == saved:
                return name
        raise NotFound(_("saved answer"), str(saved), [name for _id, name, _text in rows])

    # -- taking it away --------------------------------------------------------------------------------------------------

    def hidden(self, asked: Asked, threshold: int, answer: Answer | None = None) -> Answer:
        """The answer as it may be published: without numbers from 1 to below `threshold`, and those they could be worked out from.
        `answer` is what was answered, where that is at hand. Raises what `ask` does.
        """
        from cohesion_qda.report.hiding import hide

        return hide(answer or self.ask(asked), threshold)

    def write(self, asked: Asked, path: Path | str, *, job: Job | None = None, **wanted: Any) -> Change:
        """Write what is answered to a file and note it in the trail: `snapshot`, `report.files.write`, `note` in one. Takes and raises
        what they do; Cancelled, too: then nothing was written.
        """
        from cohesion_qda.report import files

        export = self.snapshot(asked, path, **wanted)
        return self.note(export.path, files.write(export, job))

    def snapshot(
        self,
        asked: Asked,
        path: Path | str,
        *,
        suppress: int = 5,
        part: str = "",
        figure: str = "",
        width: float | None = None,
        dpi: int | None = None,
        tidy: bool = False,
        quotes: bool = False,
    ) -> Export:
        """All that is needed to write what is answered to a file by its ending (`report.files.write`), without numbers from 1 to below
        `suppress` (0: with all). With `tidy` also the long form, with `quotes` in it what was said. `width` is in inches.

        Raises what `ask` does, BadInput for an ending or part that there is not, for the long form with numbers hidden and for a part that is left
        out then, CannotWrite without the folder.
        """
        from cohesion_qda.report import files

        check_threshold(suppress)
        if tidy and suppress:
            raise BadInput(
                _("The long form lists every coding: the numbers that are hidden could be counted in it."),
                _("Write it with nothing hidden, and do not publish it."),
            )
        answer = self.ask(asked)
        files.check(answer, Path(path), part)
        if suppress:
            _check_is_left(answer, part, figure)
        extra = self.tidy(asked, quotes) if tidy else None
        people = self.participants(asked) if tidy else None
        return files.Export(answer, Path(path), suppress, extra, part, figure, width, dpi, people)

    def note(self, path: Path | str, written: Answer) -> Change:
        """Note in the trail that an answer was written to `path`, as `written` is: with every number, or with small ones hidden."""
        threshold = written.made.threshold
        return self._s.note(
            "export-answer-hidden" if threshold else "export-answer", path, title=written.title, suppress=threshold
        )

    def tidy(self, asked: Asked, quotes: bool = False) -> Part:
        """The long form: a line for every coding that is counted and every participant who speaks in it. With `quotes` its notes say
        whom they could single out. Raises NotFound.
        """
        from cohesion_qda.report.answers import tidy

        asked = self.still(asked)[0]
        part = tidy.tidy(self.material(asked), asked, quotes)
        return replace(part, notes=(*part.notes, *self.singled(asked, tidy=True))) if quotes else part

    def participants(self, asked: Asked) -> Part:
        """Everybody whom the long form is out of, also who says nothing that is coded. Raises NotFound."""
        from cohesion_qda.report.answers import tidy

        asked = self.still(asked)[0]
        return tidy.participants(self.material(asked), asked)

    def warnings(self, asked: Asked, tidy: bool = False, quotes: bool = False, suppress: int = 0) -> builtins.list[str]:
        """What who writes this answer should know of the people in it: a sentence each."""
        from cohesion_qda.report.hiding import names_people, warning

        found = [warning()] if tidy or names_people(asked.kind, suppress) else []
        return [*found, *(self.singled(asked, tidy) if quotes or not tidy else ())]

    def singled(self, asked: Asked, tidy: bool = False) -> tuple[str, ...]:
        """A sentence for each combination of transcript and values that so few participants share that a quotation beside it could be
        traced to one: in the answer where it quotes, or in its long form. Raises what `ask` does.
        """
        from cohesion_qda.analysis.narrowed import narrowed
        from cohesion_qda.report import singling

        if not tidy and asked.kind not in QUOTING:
            return ()
        asked = self.still(asked)[0]
        data = narrowed(self._looked_at(asked), asked.where, asked.coders).data
        names = sorted({name for case in data.cases.values() if case.role == "participant" for name in case.attributes})
        if tidy:
            quoted = singling.speakers(data, [CodingId(row[0]) for row in data.codings])
        else:
            quoted = singling.speaking(data, self._quoted(asked))
            names = (
                names if asked.kind == "framework" and asked.option("cases", "participants") == "participants" else []
            )
        return singling.warnings(singling.singled(data, quoted, names))

    def _quoted(self, asked: Asked) -> Iterator[tuple[SourceId, Span]]:
        """Where what an answer quotes was said."""
        material, kind = self.material(), _kind(asked)
        at = {row[0]: (SourceId(row[1]), Span(row[2], row[3])) for row in material.data.codings}
        for part in self.ask(asked).parts:
            if part.key == QUOTING[asked.kind]:
                for key in dict.fromkeys(cell.key for line in part.lines for cell in line.cells if cell.key):
                    found: Sequence[Any] = kind.behind(material, asked, part.key, key)
                    yield from (place if isinstance(place, tuple) else at[place] for place in found)


def _check_is_left(answer: Answer, part: str, figure: str) -> None:
    """Raise BadInput where what is wanted of an answer is left out when small numbers are hidden, and not all of it is."""
    wanted = [p for p in answer.parts if (p.key == part or not part) and (figure in p.figures or not figure)]
    if wanted and all(p.names_people for p in wanted) and not all(p.names_people for p in answer.parts):
        raise BadInput(
            _("“{table}” names people, so it is left out where small numbers are hidden.").format(
                table=wanted[0].title
            ),
            _("Write it with nothing hidden, and do not publish it."),
        )


def check_threshold(threshold: int) -> None:
    """Raise BadInput unless small numbers can be hidden below `threshold`: one of THRESHOLDS."""
    if threshold not in THRESHOLDS:
        raise no_threshold(threshold)


def no_threshold(said: object) -> BadInput:
    """What is told of a number below which numbers cannot be hidden."""
    return BadInput(
        _("Small numbers cannot be hidden below {n}.").format(n=said), _("Say 5 or 10, or off to hide none.")
    )


def _kind(asked: Asked) -> ModuleType:
    if asked.kind not in KINDS:
        raise NotFound(_("kind of answer"), asked.kind, KINDS)
    return import_module(f"cohesion_qda.report.answers.{asked.kind}")


def _evidence(passage: Passage) -> Evidence:
    coding = passage.coding
    return Evidence(
        coding.source, coding.span, passage.source_name, passage.quote, passage.speakers, passage.turn, passage
    )


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("A saved answer needs a name."), _("Type a few words."))
    return name
