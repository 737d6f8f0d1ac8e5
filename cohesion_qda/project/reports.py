"""Verbs on the findings report: what its author decides, and writing it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job, Stage
from cohesion_qda.model import reporting
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, SegmentId, SourceId, ThemeId
from cohesion_qda.model.reporting import ATTRIBUTIONS, DISSENT, NAMED, ROLES, Part, Quote, Stray, Template
from cohesion_qda.model.text import Span
from cohesion_qda.project import report_data
from cohesion_qda.project.places import segment_inside, worded
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, codes, codings, details, reports, themes

if TYPE_CHECKING:
    from cohesion_qda.project.checking import Checked
    from cohesion_qda.project.suggestions import Suggestions
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.report.data import ReportData

SETTINGS = ("title", "authors", "date", "version", "summary", "small numbers", "attribution", "areas", "template")
SMALL = ("5", "10", "off")
"""What the report does with small numbers of people: hide those below, or none. The first is what it does unless it is told."""


class Reports:
    """`project.reports`."""

    def __init__(self, session: Session, tables: Tables, suggestions: Suggestions) -> None:
        self._s = session
        self._tables = tables
        self._suggestions = suggestions

    # -- settings --------------------------------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """The author's own words for the report: title, authors, date (ISO 8601), version, summary (empty where nothing was written); which
        "small numbers" it hides, one of SMALL; the "attribution" of its quotations, one of ATTRIBUTIONS; the attribute of sources whose values are
        "areas" (empty: the one that is called so, `report.areas.AREAS`); and the "template" that was last used.
        """
        found = {name: cases.setting(self._s.db, f"report {name}") for name in SETTINGS}
        found["small numbers"] = found["small numbers"] if found["small numbers"] in SMALL else SMALL[0]
        found["attribution"] = found["attribution"] if found["attribution"] in ATTRIBUTIONS else NAMED
        return found

    def set(self, name: str, value: str) -> Change:
        """Keep one of `settings`. Raises BadInput for another name, for a value that is none of SMALL or ATTRIBUTIONS, and for a date that is
        none. An empty date is the day on which something in the project last changed. A template is set by `use_template`.
        """
        if name not in SETTINGS or name == "template":
            raise BadInput(_("The report has no {name}.").format(name=name), ", ".join(SETTINGS[:-1]))
        value = value.strip()
        _check(name, value)
        with self._s.act("set-report", merge_key=f"report:{name}", name=name) as action:
            cases.set_setting(self._s.db, f"report {name}", value)
        return action.change

    # -- parts and words -------------------------------------------------------------------------------------------------

    def outline(self, template: str | None = None) -> tuple[Part, ...]:
        """All parts that the report can have, in order, with the author's words: as they were put in order, what is new at its usual place; or
        as `template` has them. The chapter of each question is a part of its own. The words of the summary are the setting.

        Raises NotFound for a template that is not there.
        """
        usual = self._usual()
        kept = reports.parts(self._s.db) if template is None else _shown(self.template(template), usual)
        words = {**reports.words(self._s.db), "summary": self.settings()["summary"]}
        return tuple(Part(key, on, words.get(key, "")) for key, on in reporting.arranged(kept, usual).items())

    def names(self) -> dict[str, str]:
        """What each part of `outline` is called, by its key."""
        tree, called = codes.tree(self._s.db), reporting.part_names()
        return {
            key: tree[CodeId(of)].name if (of := reporting.place_of(key)[1]) else called[key] for key in self._usual()
        }

    def arrange(self, keys: Sequence[str]) -> Change:
        """Put parts in this order; those that are not named stand after them. Raises NotFound for a part that is not there."""
        shown = {part.key: part.is_shown for part in self.outline()}
        for key in keys:
            self._check_part(key, shown)
        with self._s.act("arrange-report") as action:
            reports.set_parts(self._s.db, {key: shown[key] for key in [*keys, *shown]})
        return action.change

    def show(self, key: str, is_shown: bool) -> Change:
        """Write a part, or leave it out. Raises NotFound for a part that is not there."""
        shown = {part.key: part.is_shown for part in self.outline()}
        self._check_part(key, shown)
        kind = "show-report-part" if is_shown else "leave-out-report-part"
        about: dict[str, Any] = self._told(key)
        with self._s.act(kind, **about) as action:
            reports.set_parts(self._s.db, {**shown, key: is_shown})
        return action.change

    def words(self) -> dict[str, str]:
        """The author's words by the key of their place: a part's, `code 12` or `theme 3`; also those whose place is gone."""
        return reports.words(self._s.db)

    def write_words(self, key: str, body: str) -> Change:
        """Keep the author's words for a part, or for what the report says of a code (`code 12`), a theme (`theme 3`) or an item of what a study
        is to tell of itself (`coreq 8`); typing within a minute is one act. Those of the summary are its setting. Raises
        NotFound for a place that is not there, unless words are kept for it.
        """
        if key == "summary":
            return self.set("summary", body)
        if key not in self.words():
            self._check_place(key)
        about: dict[str, Any] = self._told(key)
        with self._s.act("write-report-words", merge_key=f"report-words:{key}", **about) as action:
            reports.write_words(self._s.db, key, body.strip())
        return action.change

    def strays(self) -> tuple[Stray, ...]:
        """The words that are in no report, because the question, code or theme that they were written for is gone. They are kept, and come back
        with it; `write_words` empties them.
        """
        found = ((key, body) for key, body in self.words().items() if not self._is_there(key))
        return tuple(Stray(key, next(iter(self._told(key).values())), body) for key, body in found)

    # -- quotations ------------------------------------------------------------------------------------------------------

    def quotes(self, code: CodeId) -> tuple[Quote, ...]:
        """The passages that the author chose to quote for a code, in order, also those that lost their text. Where there are none, the report
        proposes two to four.
        """
        return report_data.quotes(self._s).get(code, ())

    def choose(self, code: CodeId, at: Sequence[tuple[SourceId, Span]], role: str = "") -> Change:
        """Quote passages for a code, coded or not, after those that are quoted; `role` is one of ROLES. One that is quoted already changes its
        role. Raises BadInput for a place without words or another role, and NotFound.
        """
        name = self._s.code_name(code)
        if role not in ROLES:
            raise BadInput(_("A quotation cannot stand for “{role}”.").format(role=role), ", ".join(ROLES[1:]))
        at = [(source, worded(self._s, source, span)) for source, span in at]
        kind = "choose-dissenting-quotes" if role else "choose-quotes"
        with self._s.act(kind, focus=at[0] if at else None, code=name) as action:
            segments = [segment_inside(self._s, source, span) for source, span in at]
            action.details["n"] = reports.choose(self._s.db, code, segments, role)
        return action.change

    def unchoose(self, code: CodeId, segments: Sequence[SegmentId]) -> Change:
        """Quote passages no longer for a code; their codings stay."""
        with self._s.act("unchoose-quotes", code=self._s.code_name(code)) as action:
            action.details["n"] = reports.unchoose(self._s.db, code, segments)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def order_quotes(self, code: CodeId, segments: Sequence[SegmentId]) -> Change:
        """Put the quotations of a code in this order; those that are not named stand after them."""
        known = [quote.place.segment for quote in self.quotes(code)]
        first = [segment for segment in segments if segment in known]
        with self._s.act("order-quotes", code=self._s.code_name(code)) as action:
            reports.order(self._s.db, code, [*first, *(segment for segment in known if segment not in first)])
        return action.change

    def theme_quotes(self, theme: ThemeId) -> tuple[Quote, ...]:
        """The key passages of a theme with what each stands for, by source and position; also those that lost their text."""
        return report_data.key_passages(self._s).get(theme, ())

    def mark_dissent(self, theme: ThemeId, segments: Sequence[SegmentId], is_dissent: bool = True) -> Change:
        """Say that key passages of a theme are views against it, or for it. Raises NotFound."""
        found = themes.by_id(self._s.db, theme)
        if found is None:
            raise NotFound(_("theme"), str(theme), [t.name for t in themes.all_(self._s.db)])
        kind = "mark-dissent" if is_dissent else "unmark-dissent"
        with self._s.act(kind, theme=found.name) as action:
            action.details["n"] = reports.set_theme_role(self._s.db, theme, segments, DISSENT if is_dissent else "")
        return action.change

    # -- templates -------------------------------------------------------------------------------------------------------

    def templates(self) -> tuple[Template, ...]:
        """The kinds of report there are: which parts each has, in order."""
        from cohesion_qda.report.templates import templates

        return templates()

    def template(self, key: str) -> Template:
        """The template with that key. Raises NotFound with the nearest ones."""
        known = self.templates()
        for template in known:
            if template.key == key:
                return template
        raise NotFound(_("report template"), key, [template.key for template in known])

    def use_template(self, key: str) -> Change:
        """Put the parts in the order of a template, and leave out those it does not have; the author's words stay. Raises NotFound."""
        with self._s.act("use-report-template", name=self.template(key).name) as action:
            self.lay_inside(key)
        return action.change

    def lay_inside(self, key: str) -> None:
        """As `use_template`, as part of an action under way."""
        usual = self._usual()
        reports.set_parts(self._s.db, reporting.arranged(_shown(self.template(key), usual), usual))
        cases.set_setting(self._s.db, "report template", key)

    # -- writing ---------------------------------------------------------------------------------------------------------

    def snapshot(
        self, suppress: int | None = None, template: str | None = None, attribution: str | None = None
    ) -> ReportData:
        """Everything the report says, as plain values, read in one go: without numbers of people from 1 to below `suppress` (0: with
        all; None: as it was set), with the parts of `template` and the `attribution` (None: as they were set). The same project gives the same.
        What may tell who somebody is and nobody has settled is masked (`project.details`); `singled` says so.
        """
        return self.checked(suppress, template, attribution).data

    def checked(
        self, suppress: int | None = None, template: str | None = None, attribution: str | None = None
    ) -> Checked:
        """As `snapshot`, with what was found in it that may tell who somebody is."""
        from cohesion_qda.project.checking import check

        data = self.unmasked(suppress, template, attribution)
        names = {**reporting.part_names(), **self.names()}
        heard = partial(self._suggestions.heard, vectors=False)
        return check(data, self._tables.study(), heard, details.all_(self._s.db), names)

    def unmasked(
        self, suppress: int | None = None, template: str | None = None, attribution: str | None = None
    ) -> ReportData:
        """As `snapshot`, with the details in it that may identify somebody."""
        settings = self.settings()
        if suppress is None:
            suppress = 0 if settings["small numbers"] == "off" else int(settings["small numbers"])
        if template is not None:
            settings["template"] = template
        if attribution is not None:
            _check("attribution", attribution)
            settings["attribution"] = attribution
        wish = report_data.Wish(settings, self.outline(template), suppress)
        return report_data.read(self._s, self._tables, self._suggestions, wish)

    def write(
        self,
        folder: Path | str,
        job: Job | None = None,
        warn: Callable[[str], object] | None = None,
        suppress: int | None = None,
        template: str | None = None,
        attribution: str | None = None,
    ) -> Path:
        """Write the findings report into `folder` and note it in the trail. Gives the path of report.html. `warn` is called with sentences on
        what was masked, and on words of the author that are in no part. The rest is as in `snapshot`.

        Raises CannotWrite and Cancelled; then nothing half-written is left.
        """
        from cohesion_qda.report.document import write_report

        job = job or Job()
        if self._tables.study().codings:  # what takes longest the first time, and can be stopped; it is kept
            self._suggestions.heard(Stage(job, 0, 40, _("Reading what was said")), vectors=False)
        data = self.snapshot(suppress, template, attribution)
        written = write_report(data, Path(folder), Stage(job, 40, 100))
        self.note(folder)
        if warn is not None:
            for sentence in (*data.singled, *(stray.said for stray in self.strays())):
                warn(sentence)
        return written

    def note(self, folder: Path | str) -> Change:
        """Note in the trail that the report was written to `folder`."""
        return self._s.note("export-report", folder)

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _usual(self) -> list[str]:
        """The parts there are, in the order of a report that nobody has ordered."""
        from cohesion_qda.report.contents import PARTS

        roots = codes.tree(self._s.db).children()
        questions = [reporting.place_key(reporting.QUESTION, code.id) for code in roots if code.is_question]
        found = []
        for key in PARTS:
            if key == "chapters":
                found += questions
                if roots and len(questions) == len(roots):
                    continue  # every code stands under a question
            found.append(key)
        return found

    def _told(self, key: str) -> dict[str, str]:
        """The values by which the trail tells of a place for words."""
        what, id_ = reporting.place_of(key)
        if what in ("", reporting.COREQ):
            return {"part": what or key}
        if what == reporting.THEME:
            theme = themes.by_id(self._s.db, ThemeId(id_))
            return {"theme": theme.name if theme else reports.last_name(self._s.db, "theme", id_)}
        tree = codes.tree(self._s.db)
        return {"code": tree[CodeId(id_)].name if id_ in tree else reports.last_name(self._s.db, "code", id_)}

    def _is_there(self, key: str) -> bool:
        what, id_ = reporting.place_of(key)
        if what == reporting.THEME:
            return themes.by_id(self._s.db, ThemeId(id_)) is not None
        if what == reporting.CODE:
            return CodeId(id_) in codes.tree(self._s.db)
        if what == reporting.COREQ:
            from cohesion_qda.report import coreq

            return any(item.number == id_ for item in coreq.items())
        return key in self._usual()

    def _check_place(self, key: str) -> None:
        if not self._is_there(key):
            raise NotFound(_("part of the report"), key, self._usual())

    def _check_part(self, key: str, shown: dict[str, bool]) -> None:
        if key not in shown:
            raise NotFound(_("part of the report"), key, list(shown))


def _shown(template: Template, usual: Sequence[str]) -> dict[str, bool]:
    """The parts of a template that there are, shown, then all others, not shown."""
    chapters = [key for key in usual if key == "chapters" or reporting.place_of(key)[0]]
    wanted = [key for part in template.parts for key in (chapters if part == "questions" else [part])]
    shown = {key: True for key in wanted if key in usual}
    return {**shown, **{key: False for key in usual if key not in shown}}


def _check(name: str, value: str) -> None:
    """Raises BadInput for a value that a setting cannot have."""
    if name == "small numbers" and value not in SMALL:
        raise BadInput(_("Small numbers cannot be hidden below “{value}”.").format(value=value), ", ".join(SMALL))
    if name == "attribution" and value not in ATTRIBUTIONS:
        raise BadInput(_("Quotations cannot be attributed by “{value}”.").format(value=value), ", ".join(ATTRIBUTIONS))
    if name == "date" and value:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise BadInput(_("“{value}” is not a date.").format(value=value), _("Write it as 2026-11-22.")) from None
