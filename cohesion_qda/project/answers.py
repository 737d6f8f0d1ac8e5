"""Verbs on answers: asking, opening the passages behind a number, keeping what was asked under a name, writing it to files."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Evidence, Key, Part
from cohesion_qda.model.asked import KINDS, Asked, SavedAnswer, as_json, from_json
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import AnswerId, CodingId, SourceId
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.project.agreement import read_settlements
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.framework import read_places, read_summaries
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import hidden_note, study_data
from cohesion_qda.report.answers.material import Material
from cohesion_qda.store import answers, cases, codings, settlements, sources

THRESHOLDS = (0, 5, 10)
"""Numbers of people from 1 to below it are hidden in what is written to be published; 0: none."""


class Answers:
    """`project.answers`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    # -- asking ----------------------------------------------------------------------------------------------------------

    def ask(self, asked: Asked) -> Answer:
        """The answer, with the codings that may be seen. Raises NotFound for a code, attribute, value or coder that is not
        there, with the nearest names, and BadInput for what cannot be asked together.
        """
        found: Answer = _kind(asked).answer(self.material(), asked)
        return replace(found, notes=(*hidden_note(self._s), *found.notes))

    def behind(self, asked: Asked, part: str, key: Key) -> builtins.list[Evidence]:
        """The passages behind a number: by source and place. Empty for a key without passages."""
        found = _kind(asked).behind(self.material(), asked, part, key)
        if found and isinstance(found[0], tuple):
            return self._places(found)
        return self._codings(found)

    def material(self) -> Material:
        """The study as it may be seen, for those who count."""
        db = self._s.db
        return Material(
            data=study_data(self._s),
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

    def _codings(self, found: Sequence[CodingId]) -> builtins.list[Evidence]:
        return [_evidence(passage) for passage in Codings(self._s).passages(found)]

    def _places(self, found: Sequence[tuple[SourceId, Span]]) -> builtins.list[Evidence]:
        readings = {source: self._s.read(source) for source in dict.fromkeys(source for source, _span in found)}
        told = []
        for source, span in found:
            reading = readings[source]
            turns = [t for t in reading.turns if t.span.start < span.end and span.start < t.span.end]
            names = dict.fromkeys(reading.speakers[t.speaker].label for t in turns)
            told.append(
                Evidence(
                    source, span, reading.source.name, reading.text[span.start : span.end], tuple(names),
                    turns[0].number if turns else 0,
                )
            )  # fmt: skip
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
        name = _name(name)
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

        answer = answer or self.ask(asked)
        in_people = _in_people(asked) if threshold else None
        return hide(answer, threshold, self.ask(in_people) if in_people else None)

    def write(
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
    ) -> Change:
        """Write what is answered to a file, by its ending (`report.files`), without numbers from 1 to below `suppress` (0: with all).
        With `tidy` also the long form, with `quotes` in it what was said. `width` is in inches. Noted in the trail.

        Raises what `ask` does, BadInput for an ending, part or figure that there is not and for the long form with numbers hidden, and CannotWrite.
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
        extra = self.tidy(asked, quotes) if tidy else None
        files.write_answer(
            self.hidden(asked, suppress, answer), Path(path), tidy=extra, part=part, figure=figure, width=width, dpi=dpi
        )
        if not suppress:
            return self._s.note("export-answer", path, title=answer.title, suppress=0)
        return self._s.note("export-answer-hidden", path, title=answer.title, suppress=suppress)

    def tidy(self, asked: Asked, quotes: bool = False) -> Part:
        """The long form: a line for every coding that is counted and every participant who speaks in it. With `quotes` its notes say
        whom they could single out. Raises NotFound.
        """
        from cohesion_qda.report.answers import tidy

        part = tidy.tidy(self.material(), asked, quotes)
        return replace(part, notes=(*part.notes, *self.singled(asked))) if quotes else part

    def warnings(self, asked: Asked, tidy: bool = False, quotes: bool = False) -> builtins.list[str]:
        """What who writes this answer should know of the people in it: a sentence each."""
        from cohesion_qda.report.hiding import names_people, warning

        found = [warning()] if tidy or names_people(asked.kind) else []
        return [*found, *(self.singled(asked) if tidy and quotes else ())]

    def singled(self, asked: Asked) -> tuple[str, ...]:
        """A sentence for each combination of transcript and values in the long form that so few participants share that a quotation
        beside it could be traced to one.
        """
        from cohesion_qda.analysis.narrowed import narrowed
        from cohesion_qda.report import singling

        data = narrowed(study_data(self._s), asked.where, asked.coders).data
        names = sorted({name for case in data.cases.values() if case.role == "participant" for name in case.attributes})
        quoted = singling.speakers(data, [CodingId(row[0]) for row in data.codings])
        return singling.warnings(singling.singled(data, quoted, names))


def _in_people(asked: Asked) -> Asked | None:
    """The same question in participants, where it is asked in mentions, turns or words and does not tell them beside."""
    if asked.kind == "crosstab" and asked.unit not in ("participants", "groups"):
        return replace(asked, unit="participants").with_option(test=None)
    if asked.kind == "cooccurrence" and asked.option("how", "overlap") not in ("participant", "group"):
        return asked.with_option(how="participant")
    return None


def check_threshold(threshold: int) -> None:
    """Raise BadInput unless small numbers can be hidden below `threshold`: one of THRESHOLDS."""
    if threshold not in THRESHOLDS:
        raise BadInput(
            _("Small numbers cannot be hidden below {n}.").format(n=threshold), _("Say 5 or 10, or off to hide none.")
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
