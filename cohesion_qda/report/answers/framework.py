"""The framework matrix: cases by codes, each cell the researcher's own summary, with the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cohesion_qda.analysis import charting
from cohesion_qda.analysis.narrowed import narrowed
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Made, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.case import Case
from cohesion_qda.model.framework import CASES, Matrix, Summaries
from cohesion_qda.model.ids import CaseId, CodeId, SegmentId, SourceId
from cohesion_qda.model.place import Place
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span
from cohesion_qda.report import words
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material


def matrix(material: Material, asked: Asked) -> Matrix:
    """What is laid out. Raises NotFound for a code that is not there, BadInput for cases that are none of CASES."""
    data = narrowed(material.data, asked.where, asked.coders).data
    kind = _kind(asked)
    summaries: Summaries = material.read("summaries")
    codes, coded = _codes(material.data, asked, kind, data, summaries)
    found = charting.cases(data, kind)
    if not asked.where:
        found = _with_written(material.data, found, kind, summaries)
    names = said.case_names(material.data)
    return Matrix(
        tuple(replace(case, name=names[case.id]) for case in found), codes, summaries, coded,
        {case.id: _about(material.data, case) for case in found},
    )  # fmt: skip


def _codes(
    study: StudyData, asked: Asked, kind: str, data: StudyData, summaries: Summaries
) -> tuple[tuple[CodeId, ...], Mapping[tuple[CaseId, CodeId], int]]:
    """The columns, and how often each is coded of each case. Of the whole codebook those that only group others (nothing is
    coded with them, nothing written) are left out.
    """
    codes = tuple(said.codes_asked(study, asked))
    coded = charting.coded(data, kind, codes, asked.branch)
    if asked.codes:
        return codes, coded
    used = {code for _case, code in (*coded, *summaries.of)}
    return tuple(code for code in codes if code in used or not study.codes.children(code)), coded


def answer(material: Material, asked: Asked) -> Answer:
    """The matrix, how many coded passages each of its cells has, and the passages that its summaries rest on."""
    laid = matrix(material, asked)
    numbered = _numbered(laid)
    labels = _labels(material.data, laid.codes)
    parts = [_summaries(laid, labels, numbered), _coded(laid, labels, asked)]
    if numbered:
        parts.append(_passages(material.read("summary_places"), labels, numbered))
    notes = (_("A summary is the researcher’s own words. It is read with the passages it rests on."),)
    return Answer(asked, _title(asked), tuple(parts), notes, _made(material, asked, laid))


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """What lies behind a cell: of a summary the passages it rests on and those coded of the case, of a count the codings it counts."""
    if part == "passages":
        place = material.read("summary_places").get(SegmentId(int(key[1])))
        return [(place.source, place.span)] if place is not None and not place.is_lost else []
    case, code = CaseId(int(key[1])), CodeId(int(key[2]))
    data = narrowed(material.data, asked.where, asked.coders).data
    codings = charting.passages(data, _kind(asked), case, code, asked.branch)
    if part == "coded":
        return codings
    at = {coding: (SourceId(source), Span(start, end)) for coding, source, start, end, _code, _coder in data.codings}
    summary, there = material.read("summaries").of.get((case, code)), material.read("summary_places")
    linked: list[Place] = [there[segment] for segment in (summary.passages if summary else ()) if segment in there]
    places = [(place.source, place.span) for place in linked if not place.is_lost]
    return list(dict.fromkeys([*places, *(at[coding] for coding in codings)]))


def _kind(asked: Asked) -> str:
    kind = str(asked.option("cases", CASES[0]))
    if kind not in CASES:
        raise BadInput(
            _("A framework matrix has no lines of “{kind}”.").format(kind=kind),
            _("Its lines are participants or groups."),
        )
    return kind


def _with_written(data: StudyData, found: Sequence[Case], kind: str, summaries: Summaries) -> list[Case]:
    """With those of whom something is written, though they speak nowhere."""
    there, wanted = {case.id for case in found}, kind.removesuffix("s")
    written = dict.fromkeys(case for case, _code in summaries.of if case not in there and case in data.cases)
    return [*found, *(data.cases[case] for case in written if data.cases[case].kind == wanted)]


def _about(data: StudyData, case: Case) -> str:
    """What is known of a case: `Women; Age: 34; Place: Dewsbury`."""
    known = dict(case.attributes)
    if case.kind == "group":
        for fact in data.sources:
            known |= fact.attributes if fact.group == case.id else {}
    values = [_("{name}: {value}").format(name=name, value=value) for name, value in known.items() if value]
    group = data.cases.get(case.group) if case.group is not None else None
    return "; ".join(([group.name] if group is not None else []) + values)


def _labels(data: StudyData, codes: Iterable[CodeId]) -> dict[CodeId, str]:
    """The codes' names; in full where two are called the same."""
    names = [data.codes[code].name for code in codes]
    return {
        code: name if names.count(name) == 1 else data.codes.path(code) for code, name in zip(codes, names, strict=True)
    }


def _numbered(laid: Matrix) -> dict[SegmentId, tuple[int, Case, CodeId]]:
    """The passages that summaries rest on, by their place in the matrix: their number, and where they were met first."""
    numbered: dict[SegmentId, tuple[int, Case, CodeId]] = {}
    for case in laid.cases:
        for code in laid.codes:
            for segment in laid.summary(case.id, code).passages:
                numbered.setdefault(segment, (len(numbered) + 1, case, code))
    return numbered


def _summaries(laid: Matrix, labels: dict[CodeId, str], numbered: dict[SegmentId, tuple[int, Case, CodeId]]) -> Part:
    def cell(case: Case, code: CodeId) -> Cell:
        summary = laid.summary(case.id, code)
        refers = [numbered[s][0] for s in summary.passages if s in numbered]
        text = " ".join(filter(None, (summary.body.strip(), f"[{', '.join(map(str, refers))}]" if refers else "")))
        n = laid.coded.get((case.id, code), 0)
        has_passages = bool(refers or n)
        if n and not text:
            text = ngettext("({n} coded passage, no summary yet)", "({n} coded passages, no summary yet)", n).format(
                n=words.number(n)
            )
        return Cell(text, key=_key(case.id, code) if has_passages else ())

    heads = (Head(_("About"), "text"), *(Head(labels[code], "text") for code in laid.codes))
    lines = tuple(
        Line(
            case.name, (Cell(laid.about[case.id]), *(cell(case, code) for code in laid.codes)),
            key=("case", case.id),
        )
        for case in laid.cases
    )  # fmt: skip
    notes = (_("A number in brackets points to a passage in the table of passages."),) if numbered else ()
    return Part("matrix", _("Summaries by case and code"), _corner(laid), heads, lines, notes=notes, names_people=True)


def _coded(laid: Matrix, labels: dict[CodeId, str], asked: Asked) -> Part:
    def cell(case: CaseId, code: CodeId) -> Cell:
        n = laid.coded.get((case, code), 0)
        return Cell(n, key=_key(case, code) if n else ())

    counted = [sum(1 for code in laid.codes if laid.coded.get((case.id, code))) for case in laid.cases]
    open_ = sum(counted) - sum(
        1 for case in laid.cases for code in laid.codes
        if laid.coded.get((case.id, code)) and laid.summary(case.id, code).body.strip()
    )  # fmt: skip
    headline = ngettext(
        "{n} cell has coded passages and no summary yet", "{n} cells have coded passages and no summary yet", open_
    ).format(n=open_)
    return Part(
        "coded", _("Coded passages by case and code"), _corner(laid),
        tuple(Head(labels[code], "count", unit="mentions") for code in laid.codes),
        tuple(
            Line(case.name, tuple(cell(case.id, code) for code in laid.codes), key=("case", case.id))
            for case in laid.cases
        ),
        figures=("heat map",) if laid.coded else (), headline=headline, names_people=True,
        notes=(
            _("A passage is counted once, however many coded it; one in which several people speak is counted for each of them."),
        ),
    )  # fmt: skip


def _passages(
    places: Mapping[SegmentId, Place], labels: dict[CodeId, str], numbered: dict[SegmentId, tuple[int, Case, CodeId]]
) -> Part:
    heads = (_("Case"), _("Code"), _("Passage"), _("Who speaks"), _("Source"), _("Turn"))
    lines = []
    for segment, (n, case, code) in numbered.items():
        place = places[segment]
        quote = _("{quote} (corrected away since)").format(quote=place.quote) if place.is_lost else place.quote
        cells = (case.name, labels[code], quote, ", ".join(place.speakers), place.source_name, str(place.turn or ""))
        key: Key = ("passage", segment)
        lines.append(
            Line(str(n), tuple(Cell(text, key=key if m == 2 else ()) for m, text in enumerate(cells)), key=key)
        )
    return Part("passages", _("Passages that the summaries rest on"), _("Number"), tuple(Head(h, "text") for h in heads), tuple(lines), names_people=True)  # fmt: skip


def _key(case: CaseId, code: CodeId) -> Key:
    return ("cell", case, code)


def _corner(laid: Matrix) -> str:
    return _("Group") if laid.cases and laid.cases[0].kind == "group" else _("Participant")


def _title(asked: Asked) -> str:
    return _("Framework matrix of groups") if _kind(asked) == "groups" else _("Framework matrix of participants")


def _made(material: Material, asked: Asked, laid: Matrix) -> Made:
    written = sum(1 for case in laid.cases for code in laid.codes if laid.summary(case.id, code).body.strip())
    n = len(laid.cases)
    cases = words.groups(n) if _kind(asked) == "groups" else words.participants(n)
    codes = ngettext("{n} code", "{n} codes", len(laid.codes)).format(n=len(laid.codes))
    counted = ngettext(
        "{cases} by {codes}, {n} summary written.", "{cases} by {codes}, {n} summaries written.", written
    ).format(cases=cases, codes=codes, n=written)
    return said.made(material, asked, narrowed(material.data, asked.where, asked.coders), (counted,))
