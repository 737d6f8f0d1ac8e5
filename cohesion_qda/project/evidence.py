"""Verbs on other evidence: figures from elsewhere with what they bear on, and reference figures of the area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.evidence import (
    READINGS,
    Indicator,
    IndicatorDraft,
    IndicatorSheet,
    ReferenceDraft,
    ReferenceFigure,
    number_in,
    reading_of,
    readings,
)
from cohesion_qda.model.ids import AttributeId, CodeId, IndicatorId, ReferenceId
from cohesion_qda.model.text import comparable
from cohesion_qda.project.session import Session
from cohesion_qda.store import attributes, codes, evidence

FIELDS = ("name", "place", "period", "value", "unit", "source", "note")
PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet of figures: how many are `new`, `changed` and the same as before; `passed_over` are the numbers of rows that give
    no figure, `unknown` what stands in the column of codes and is none of the codebook.
    """

    change: Change
    new: int
    changed: int
    same: int
    passed_over: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of the sheet was not taken, a sentence each."""
        said = []
        if self.passed_over:
            rows = ", ".join(map(str, self.passed_over))
            passed = ngettext(
                "Row {rows} gives no figure and was passed over.",
                "Rows {rows} give no figure and were passed over.",
                len(self.passed_over),
            )
            said.append(passed.format(rows=rows))
        if self.unknown:
            names = "; ".join(self.unknown)
            said.append(_("No code is called: {names}. Say by hand what these figures bear on.").format(names=names))
        return tuple(said)


class Evidence:
    """`project.evidence`. An attribute is given by its name; participants' comes before one of sources that is called the same."""

    def __init__(self, session: Session) -> None:
        self._s = session

    # -- figures from elsewhere ----------------------------------------------------------------------------------------

    def indicators(self) -> tuple[Indicator, ...]:
        """Every figure from elsewhere, in the researcher's order."""
        with self._s.reading():
            return tuple(evidence.all_(self._s.db))

    def get(self, indicator: IndicatorId) -> Indicator:
        """The figure with that id. Raises NotFound."""
        found = evidence.by_id(self._s.db, indicator)
        if found is None:
            raise NotFound(_("figure"), str(indicator), [other.name for other in self.indicators()])
        return found

    def add(
        self, name: str, *, place: str = "", period: str = "", value: str = "", unit: str = "", source: str = "", note: str = ""
    ) -> Change:  # fmt: skip
        """A new figure, last. A value is kept as a plain number where it is one: `76,4 %` is 76.4 with the unit %. Raises BadInput for
        an empty name.
        """
        given = {
            "name": name,
            "place": place,
            "period": period,
            "value": value,
            "unit": unit,
            "source": source,
            "note": note,
        }
        values = _checked(given)
        with self._s.act("add-indicator", name=values["name"]) as action:
            evidence.add(self._s.db, **values)
        return action.change

    def added(self, change: Change) -> IndicatorId:
        """The figure that an `add` made."""
        return IndicatorId(max(change.rows["indicator"]))

    def change(self, indicator: IndicatorId, **values: str) -> Change:
        """Write some of FIELDS of a figure anew; typing within a minute is one act. Raises as `add`."""
        was = self.get(indicator)
        now = _checked({name: getattr(was, name) for name in FIELDS} | values)
        act = self._s.act("change-indicator", merge_key=f"indicator:{indicator}", name=now["name"])
        with act as action:
            evidence.update(self._s.db, indicator, **now)
        return action.change

    def move(self, indicator: IndicatorId, position: int) -> Change:
        """Put a figure before the one that is `position`-th (from 0) among the others, or last."""
        found = self.get(indicator)
        order = [other.id for other in self.indicators() if other.id != indicator]
        order.insert(max(0, position), indicator)
        with self._s.act("move-indicator", name=found.name) as action:
            evidence.reorder(self._s.db, order)
        return action.change

    def remove(self, indicators: Sequence[IndicatorId]) -> Change:
        """Take figures away with what they bear on. Undoable."""
        names = [self.get(indicator).name for indicator in indicators]
        kind = "remove-indicator" if len(names) == 1 else "remove-indicators"
        with self._s.act(kind, name="".join(names[:1]), n=len(names)) as action:
            evidence.delete(self._s.db, indicators)
        return action.change

    # -- what they bear on ---------------------------------------------------------------------------------------------

    def bear(self, indicator: IndicatorId, code: CodeId, reading: str | None = None, note: str | None = None) -> Change:
        """Let a figure bear on what is said with a code, and say how it stands to that (one of READINGS, or words for one) or what is to be noted of it; what is
        not given stays. Raises NotFound, and BadInput for no reading.
        """
        reading = None if reading is None else _reading(reading)
        found, name = self.get(indicator), self._s.code_name(code)
        was = next((bearing for bearing in found.bears if bearing.code == code), None)
        new_reading = (was.reading if was else "") if reading is None else reading
        new_note = (was.note if was else "") if note is None else note.strip()
        kind = "bear-indicator"
        if was is not None and new_reading == was.reading:
            kind = "note-indicator"
        elif was is not None or new_reading:
            kind = "read-indicator"
        with self._s.act(kind, name=found.name, code=name, reading=new_reading) as action:
            evidence.bear(self._s.db, indicator, code, new_reading, new_note)
        return action.change

    def bear_on(self, indicator: IndicatorId, chosen: Sequence[CodeId]) -> Change:
        """Let a figure bear on these codes and no others; how it stands to those it bore on already stays. Raises NotFound."""
        found = self.get(indicator)
        for code in chosen:
            self._s.code_name(code)
        there = [bearing.code for bearing in found.bears]
        with self._s.act("bear-indicator-on", name=found.name, n=len(set(chosen))) as action:
            for code in there:
                if code not in chosen:
                    evidence.let_go(self._s.db, indicator, code)
            for code in chosen:
                if code not in there:
                    evidence.bear(self._s.db, indicator, code)
        return action.change

    def let_go(self, indicator: IndicatorId, code: CodeId) -> Change:
        """Let a figure no longer bear on a code. Raises NotFound."""
        found, name = self.get(indicator), self._s.code_name(code)
        with self._s.act("unbear-indicator", name=found.name, code=name) as action:
            evidence.let_go(self._s.db, indicator, code)
        return action.change

    # -- sheets --------------------------------------------------------------------------------------------------------

    @staticmethod
    def read(path: Path | str) -> IndicatorSheet:
        """The figures of a .csv, .xlsx or .ods file. Touches no database. Raises CannotReadSource."""
        from cohesion_qda.formats.evidence import read_indicators

        return read_indicators(Path(path))

    def import_sheet(self, path: Path | str) -> Imported:
        """Take the figures of a sheet over, in one act. One that is there already (the same indicator, place and period) takes over what the
        sheet says, so that a sheet can be imported again when it was brought up to date. Raises CannotReadSource.
        """
        return self.take(self.read(path))

    def take(self, sheet: IndicatorSheet) -> Imported:
        """As `import_sheet`, of a sheet that was read."""
        tree, unknown = codes.tree(self._s.db), dict[str, None]()
        n = Counter[str]()
        with self._s.act("import-indicators") as action:
            there: dict[tuple[str, str, str], list[Indicator]] = {}
            for each in evidence.all_(self._s.db):
                there.setdefault(_key(each), []).append(each)
            for draft in sheet.drafts:
                same = there.get(_key(draft))  # a sheet may have several that are called the same: each stands for one
                was = same.pop(0) if same else None
                figure, what = self._keep(draft, was)
                n[what] += 1
                for path in draft.codes:
                    code = tree.find(path)
                    if code is None:
                        unknown[path] = None
                    else:
                        evidence.bear(self._s.db, figure, code.id, *_kept(was, code.id, draft.reading))
            action.details |= {"n": n["new"] + n["changed"], "changed": n["changed"]}
        return Imported(action.change, n["new"], n["changed"], n["same"], sheet.passed_over, tuple(unknown))

    def _keep(self, draft: IndicatorDraft, was: Indicator | None) -> tuple[IndicatorId, str]:
        """The figure of a draft, and whether it is `new`, `changed` or the `same`. What the draft leaves empty stays."""
        values = _checked({name: getattr(draft, name) for name in FIELDS})
        if was is None:
            return evidence.add(self._s.db, **values), "new"
        given = {name: value for name, value in values.items() if value and name not in ("name", "place", "period")}
        return was.id, "changed" if evidence.update(self._s.db, was.id, **given) else "same"

    # -- reference figures ---------------------------------------------------------------------------------------------

    def references(self) -> tuple[ReferenceFigure, ...]:
        """How many people of the area have each value of attributes, by attribute."""
        with self._s.reading():
            return tuple(evidence.references(self._s.db))

    def set_reference(
        self, attribute: str, value: str, number: str, *, period: str = "", source: str = "", about: str = "", instead: str = ""
    ) -> Change:  # fmt: skip
        """Say how many people of the area have a value of an attribute: a whole number, or with a percent sign a share. An empty number takes the
        figure away; `instead` is the value that it was given for so far. Raises NotFound for the attribute, and BadInput for what is no number, or a
        value that is empty.
        """
        of, name = self._attribute(attribute, about)
        value = " ".join(value.split())
        if not value:
            raise BadInput(
                _("A reference figure needs a value that people can have."),
                _("Type the value as the attribute has it."),
            )
        if not number.strip():
            return self.remove_references(self._alike(of, value))
        plain = people(number)
        with self._s.act("set-reference", name=name, value=value) as action:
            if instead and comparable(instead) != comparable(value):
                evidence.remove_references(self._s.db, self._alike(of, instead))
            self._set(of, ReferenceDraft(name, value, plain, period.strip(), source.strip()))
        return action.change

    def import_references(self, path: Path | str, attribute: str = "", about: str = "") -> Change:
        """Take over from a sheet how many people of the area have each value of `attribute`, or of those that the sheet names, in one act. Raises
        CannotReadSource, NotFound, and BadInput where neither says of which attribute.
        """
        from cohesion_qda.formats.references import read_references

        drafts = read_references(Path(path), attribute)
        own = tuple(draft for draft in drafts if comparable(draft.attribute) == comparable(attribute))
        drafts = own or drafts  # of a sheet about several attributes, what is about this one
        if not attribute and not all(draft.attribute for draft in drafts):
            raise BadInput(
                _("{name} does not say which attribute its figures are for.").format(name=Path(path).name),
                _("Choose the attribute, or give the sheet a column with the title “attribute”."),
            )
        found = [(self._attribute(draft.attribute or attribute, about), draft) for draft in drafts]
        names = list(dict.fromkeys(name for (_id, name), _draft in found))
        with self._s.act("import-references", name=", ".join(names)) as action:
            action.details["n"] = sum(self._set(of, draft) for (of, _name), draft in found)
        return action.change

    def remove_references(self, figures: Sequence[ReferenceId]) -> Change:
        """Take reference figures away. Undoable."""
        there = [figure for figure in self.references() if figure.id in figures]
        names = ", ".join(dict.fromkeys(figure.name for figure in there))
        with self._s.act("remove-references", name=names, n=len(there)) as action:
            evidence.remove_references(self._s.db, [figure.id for figure in there])
        return action.change

    # -- inside --------------------------------------------------------------------------------------------------------

    def _of(self, attribute: AttributeId) -> list[ReferenceFigure]:
        return [figure for figure in evidence.references(self._s.db) if figure.attribute == attribute]

    def _alike(self, of: AttributeId, value: str) -> list[ReferenceId]:
        return [figure.id for figure in self._of(of) if comparable(figure.value) == comparable(value)]

    def _set(self, of: AttributeId, draft: ReferenceDraft) -> bool:
        """Under the value as it is written already, where it is there however written."""
        alike = (figure.value for figure in self._of(of) if comparable(figure.value) == comparable(draft.value))
        return evidence.set_reference(
            self._s.db, of, next(alike, draft.value), draft.number, period=draft.period, source=draft.source
        )

    def _attribute(self, name: str, about: str) -> tuple[AttributeId, str]:
        every = [
            found
            for what in ((about,) if about else (PARTICIPANT, "source"))
            for found in attributes.columns(self._s.db, what)
        ]
        exact = [found for found in every if found[1] == name]
        alike = exact or [found for found in every if comparable(found[1]) == comparable(name)]
        if not alike:
            raise NotFound(_("attribute"), name, [found[1] for found in every])
        return alike[0][:2]


def people(written: str) -> str:
    """How many people, as it is kept: `12345`, or a share as `23.4%`. Raises BadInput."""
    from cohesion_qda.formats.figures import figure

    is_share = "%" in written
    value, _unit = figure(written, decimal_comma=is_share)
    number = number_in(value)
    if number is None or number < 0 or (is_share and number > 100):
        raise BadInput(
            _("“{words}” is no number of people.").format(words=written.strip()),
            _("Type a whole number, such as 12,345, or a share of all people, such as 23.4%."),
        )
    return f"{value}%" if is_share else str(round(number))


def _reading(words: str) -> str:
    found = reading_of(words)
    if found is None:
        known = called.to_write(READINGS[1:], readings())
        raise BadInput(
            _("A figure cannot stand to what people say as “{reading}”.").format(reading=words),
            _("It is one of: {kinds}.").format(kinds=known),
        )
    return found


def _key(figure: Indicator | IndicatorDraft) -> tuple[str, str, str]:
    return comparable(figure.name), comparable(figure.place), comparable(figure.period)


def _kept(was: Indicator | None, code: CodeId, reading: str) -> tuple[str, str]:
    """The reading and note of a code that a sheet names: the sheet's reading where it has one, else what was said."""
    there: Iterable[tuple[str, str]] = ((b.reading, b.note) for b in was.bears if b.code == code) if was else ()
    old_reading, old_note = next(iter(there), ("", ""))
    return reading or old_reading, old_note


def _checked(values: dict[str, str]) -> dict[str, str]:
    """Values as they are kept: a number in plain form, its percent sign in the unit."""
    from cohesion_qda.formats.figures import figure

    values = {name: " ".join(words.split()) if name != "note" else words.strip() for name, words in values.items()}
    if not values["name"]:
        raise BadInput(_("A figure needs a name."), _("Type what it measures."))
    if values["value"]:
        read, unit = figure(values["value"])
        values["value"] = read or values["value"]
        values["unit"] = values["unit"] or unit
    return values
