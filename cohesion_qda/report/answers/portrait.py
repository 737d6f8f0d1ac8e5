"""The portrait of a transcript, a person or a group: its codes in their order (see `analysis.portrait`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.analysis.narrowed import Narrowed, narrowed
from cohesion_qda.analysis.portrait import Stretch, stretches
from cohesion_qda.analysis.portrait import behind as codings_behind
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material
from cohesion_qda.report.answers.scene import of_sources, word_counter
from cohesion_qda.report.words import number


@dataclass(frozen=True, slots=True)
class _Sitter:
    """Whose portrait it is: `sources` in order of their names, and the `person`, where it is one's."""

    name: str
    data: StudyData
    sources: tuple[SourceId, ...]
    names: Mapping[SourceId, str]
    person: CaseId | None = None


def answer(material: Material, asked: Asked) -> Answer:
    """The stretches in order. Options: `source`, or `case` (a participant or a group). Raises NotFound for a source,
    case or code that is not there, BadInput where none was chosen or the filters leave it out.
    """
    sitter = _sitter(material, asked)
    rows = _rows(material.data, asked)
    words = word_counter(material)
    found = stretches(material.data, sitter.data, sitter.sources, rows, words, sitter.person)
    several = len(sitter.sources) > 1
    heads = [
        Head(_("Code"), "text"), Head(_("Speaker"), "text"), Head(_("Turn"), "number"), Head(_("From"), "share"),
        Head(_("To"), "share"), Head(_("Words"), unit="words"), *([Head(_("Source"), "text")] if several else []),
    ]  # fmt: skip
    part = Part(
        "order", _("Codes in their order"), _("Place"), tuple(heads),
        tuple(_line(sitter, n, stretch, several) for n, stretch in enumerate(found, 1)), figures=("portrait",),
        headline=_headline(sitter, found),
        subtitle=said.subtitle(asked, _("Coded stretches in the order of the text"), sitter.data),
        notes=tuple(_notes(sitter, several)), names_people=True,
    )  # fmt: skip
    counted = (
        _("Stretches: codings of one code that overlap are one, whoever made them."),
        _("Codings in which no participant speaks are left out, where anybody speaks."),
    )
    return Answer(
        asked, _("Portrait: {name}").format(name=sitter.name), (part,), made=said.made(material, asked, Narrowed(sitter.data), counted)
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings that a stretch is made of."""
    code, source, start, end = (int(piece) for piece in key[1:])
    sitter = _sitter(material, asked)
    rows = _rows(material.data, asked)
    return codings_behind(sitter.data, rows.get(CodeId(code), ()), SourceId(source), Span(start, end))


def _rows(data: StudyData, asked: Asked) -> dict[CodeId, list[CodeId]]:
    return {
        code: data.codes.branch(code) if asked.branch and asked.codes else [code]
        for code in said.codes_asked(data, asked)
    }


def _sitter(material: Material, asked: Asked) -> _Sitter:
    looked_at = narrowed(material.data, asked.where, asked.coders)
    source, case = asked.option("source"), asked.option("case")
    if source is None and case is None:
        raise BadInput(_("A portrait is of a transcript, a person or a group."), _("Choose one."))
    found = _of_source(material.data, SourceId(int(source))) if source is not None else _of_case(material.data, case)
    there = [fact for fact in looked_at.data.sources if fact.id in found[1]]
    if not there:
        raise BadInput(
            _("“{name}” is left out by the filters.").format(name=found[0]), _("Take a filter away, or choose another.")
        )
    names = {fact.id: fact.name for fact in there}
    return _Sitter(found[0], of_sources(looked_at.data, names.keys()), tuple(names), names, found[2])


def _of_source(data: StudyData, source: SourceId) -> tuple[str, set[int], CaseId | None]:
    for fact in data.sources:
        if fact.id == source:
            return fact.name, {source}, None
    raise NotFound(_("source"), str(source), [fact.name for fact in data.sources])


def _of_case(data: StudyData, case: int) -> tuple[str, set[int], CaseId | None]:
    """What a case is called, the sources it speaks in (or of which it is the group), and who it is, if it is a
    person.
    """
    names, found = said.case_names(data), data.cases.get(CaseId(int(case)))
    if found is None:
        raise NotFound(_("case"), str(case), list(names.values()))
    if found.kind == "group":
        sources, person = {int(fact.id) for fact in data.sources if fact.group == found.id}, None
    else:
        sources, person = {row[0] for row in data.turns if row[3] == found.id and row[1] < row[2]}, found.id
    if not sources:
        told = (
            _("There is nothing of “{name}”: it has no transcript.")
            if person is None
            else _("There is nothing of “{name}”: they speak in no source.")
        )
        raise BadInput(told.format(name=names[found.id]), _("Choose another."))
    if person is not None and found.role != "participant":
        raise BadInput(
            _("“{name}” is no participant: what they say is not counted.").format(name=names[found.id]),
            _("Choose a participant, or say on the page Sources that they are one."),
        )
    return names[found.id], sources, person


def _line(sitter: _Sitter, n: int, one: Stretch, several: bool) -> Line:
    codes = sitter.data.codes
    speakers = ", ".join(said.case_names(sitter.data)[case] for case in one.speakers)
    cells = [
        Cell(codes[one.code].name, key=("stretch", one.code, one.source, one.span.start, one.span.end)), Cell(speakers),
        Cell(one.turn or None), Cell(one.first), Cell(one.last), Cell(one.words),
        *([Cell(sitter.names[one.source])] if several else []),
    ]  # fmt: skip
    return Line(number(n), tuple(cells), path=codes.path(one.code), code=one.code)


def _headline(sitter: _Sitter, found: Sequence[Stretch]) -> str:
    if not found:
        return _("Nothing is coded here.")
    words = Counter[CodeId]()
    for stretch in found:
        words[stretch.code] += stretch.words
    code = min(words, key=lambda c: (-words[c], sitter.data.codes.path(c)))
    return ngettext(
        "{n} stretch is coded; most is said under “{code}”.",
        "{n} stretches are coded; most is said under “{code}”.", len(found),
    ).format(n=number(len(found)), code=sitter.data.codes[code].name)  # fmt: skip


def _notes(sitter: _Sitter, several: bool) -> Iterator[str]:
    yield (
        _("From and to say where in the text it lies: 0% is its beginning, 100% its end.")
        if not several
        else _("From and to say where it lies in all the texts laid end to end, in the order of their names.")
    )
    if sitter.person is not None:
        yield _("Only stretches in which {name} speaks; words are theirs.").format(name=sitter.name)
