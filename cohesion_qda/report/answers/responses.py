"""How each participant responds to a question: the parts `responses` (person by person) and `totals` of group
dynamics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cohesion_qda.analysis.dynamics import NONE, RESPONSES, SILENT, Response, responses
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.scene import Scene

MARKS = {
    "agrees": "A",
    "example": "SE",
    "dissents": "D",
    "dissenting": "DE",
    SILENT: "NR",
}  # as Onwuegbuzie et al. write
ANY = "any"
EVERY = SourceId(0)  # in a key: all groups together


def parts(s: Scene, asked: Asked) -> tuple[Part, Part]:
    """Person by person, and how many. Raises NotFound for a code that is not there."""
    codes = _codes(s, asked)
    found = responses(s.data, s.seats, codes)
    chosen = [name for name in RESPONSES if codes[name]]
    return _people(s, asked, found, codes), _totals(s, asked, found, chosen)


def behind(s: Scene, asked: Asked, key: Key) -> Behind:
    """The codings behind a response; behind who spoke without any, their turns; behind silence, nothing."""
    found = responses(s.data, s.seats, _codes(s, asked))
    if key[0] == "said":
        which, source, case = str(key[3]), key[1], key[2]
        found = [one for one in found if (one.source, one.case) == (source, case)]
    else:
        which, source = str(key[1]), key[2]
        held = _by_person(found, SourceId(int(source)))
        found = [one for _who, ones, holds in held if which in holds for one in ones]
    if which == NONE:
        return [(one.source, span) for one in found for span in one.turns]
    names = RESPONSES if which == ANY else (which,)
    return list(dict.fromkeys(_codings(found, names)))


def _codings(found: Sequence[Response], names: Sequence[str]) -> Iterator[CodingId]:
    for one in found:
        for name in names:
            yield from one.codings.get(name, ())


def _codes(s: Scene, asked: Asked) -> dict[str, list[CodeId]]:
    """The codes chosen for each response, with those under them where `asked` wants the branch."""
    found: dict[str, list[CodeId]] = {}
    for name in RESPONSES:
        chosen = [CodeId(int(code)) for code in asked.option(name, ()) or ()]
        known = said.codes_asked(s.data, replace(asked, codes=tuple(chosen))) if chosen else []
        found[name] = [c for code in known for c in (s.data.codes.branch(code) if asked.branch else [code])]
    return found


def _names() -> dict[str, str]:
    return {
        "agrees": _("Agrees"), "example": _("Gives an example"), "dissents": _("Dissents"),
        "dissenting": _("Gives a dissenting example"), ANY: _("Any of these"), NONE: _("Spoke, none of these"),
        SILENT: _("Does not respond"),
    }  # fmt: skip


# -- person by person --------------------------------------------------------------------------------------------------


def _people(s: Scene, asked: Asked, found: Sequence[Response], codes: dict[str, list[CodeId]]) -> Part:
    chosen = [name for name in RESPONSES if codes[name]]
    heads = [Head(_names()[name], unit="mentions", note=_of_codes(s, codes[name])) for name in chosen]
    heads.append(Head(_("In short"), "text"))
    if not s.is_one:
        heads.insert(0, Head(_("Group"), "text"))
    return Part(
        "responses", _("How each responds"), _("Participant"), tuple(heads), tuple(_line(s, one, chosen) for one in found),
        figures=("stacked",) if chosen else (), names_people=True,
        headline=_("How each participant responds to “{question}”").format(question=s.question) if s.question else "",
        subtitle=said.subtitle(asked, _("Mentions, {where}").format(where=s.where()), s.data), notes=tuple(_notes(s, codes)),
    )  # fmt: skip


def _line(s: Scene, one: Response, chosen: Sequence[str]) -> Line:
    is_silent = one.holds == (SILENT,)
    cells = [
        Cell(None) if is_silent else Cell(one.mentions[name], None, ("said", one.source, one.case, name))
        for name in chosen
    ]
    cells.append(_short(one, chosen))
    if not s.is_one:
        cells.insert(0, Cell(s.group(one.source)))
    name = s.name_in(one.source, one.case)
    path = name if s.is_one else f"{s.group(one.source)}/{name}"
    return Line(name, tuple(cells), path=path, key=("person", one.source, one.case))


def _short(one: Response, chosen: Sequence[str]) -> Cell:
    if one.holds == (SILENT,):
        return Cell(MARKS[SILENT])
    if one.holds == (NONE,):
        return Cell(_("spoke, none of these") if chosen else _("spoke"), None, ("said", one.source, one.case, NONE))
    return Cell(", ".join(MARKS[name] for name in one.holds), None, ("said", one.source, one.case, ANY))


def _of_codes(s: Scene, codes: Sequence[CodeId]) -> str:
    return _("Coded {codes}.").format(codes=", ".join(_("“{code}”").format(code=s.data.codes[c].name) for c in codes))


def _notes(s: Scene, codes: dict[str, list[CodeId]]) -> Iterator[str]:
    if without := [_names()[name] for name in RESPONSES if not codes[name]]:
        yield _("No code is chosen for: {responses}. Whether anybody does so is not told.").format(
            responses="; ".join(without)
        )
    if not s.question:
        yield _("This is about the whole talk. Choose a question to see how each responds to it.")
    yield _(
        "A: agrees; SE: gives an example that supports it; D: dissents; DE: gives an example of dissent; NR: does not respond. Several may hold."
    )
    yield _(
        "Who is silent is shown as silent, which is not to disagree; who speaks without any of these is told apart."
    )
    yield said.who_was_there()
    yield _(
        "Micro-interlocutor analysis after Onwuegbuzie, Dickinson, Leech and Zoran (2009), International Journal of Qualitative Methods 8(3)."
    )


# -- how many ----------------------------------------------------------------------------------------------------------


Held = tuple[int, list[Response], set[str]]


def _by_person(found: Sequence[Response], source: SourceId) -> list[Held]:
    """Everybody in a source, or in all: their responses and what holds of them, NONE and SILENT only where nothing
    else does.
    """
    people: dict[int, list[Response]] = {}
    for one in found:
        if source in (EVERY, one.source):
            people.setdefault(one.case, []).append(one)
    held = []
    for who, ones in people.items():
        holds = {name for one in ones for name in one.holds}
        if holds & set(RESPONSES):
            holds = (holds & set(RESPONSES)) | {ANY}
        elif NONE in holds:
            holds = {NONE}
        held.append((who, ones, holds))
    return held


def _totals(s: Scene, asked: Asked, found: Sequence[Response], chosen: Sequence[str]) -> Part:
    places = [EVERY] if s.is_one else [*(fact.id for fact in s.sources), EVERY]
    of: dict[SourceId, list[Response]] = {place: [] for place in places}
    for one in found:
        of.setdefault(one.source, []).append(one)
    held = {place: _by_person(found if place == EVERY else of[place], place) for place in places}
    heads = [
        Head(_("Participants") if s.is_one else s.group(place), of=len(held[place]), unit="participants")
        if place != EVERY or s.is_one
        else Head(_("All groups"), of=len(held[place]), unit="participants", note="total")
        for place in places
    ]
    rows = [*chosen, *([ANY] if chosen else []), NONE, SILENT]
    names = _names() if chosen else {**_names(), NONE: _("Spoke")}
    lines = [Line(names[row], tuple(_total(held[place], row, place) for place in places)) for row in rows]
    return Part(
        "totals", _("How many respond"), _("Response"), tuple(heads), tuple(lines), figures=("bars",),
        headline=_("How the participants respond to “{question}”").format(question=s.question) if s.question else "",
        subtitle=said.subtitle(asked, _("Participants, {where}").format(where=s.where()), s.data),
        notes=(_("One participant can stand in several lines; who is silent stands in that one alone."),),
        sums=tuple(_sums(rows, [len(held[place]) for place in places])),
    )  # fmt: skip


def _total(held: Sequence[Held], row: str, place: SourceId) -> Cell:
    n = sum(1 for _who, _ones, holds in held if row in holds)
    return Cell(n, len(held), ("all", row, place), base=("all", "", place))


def _sums(rows: Sequence[str], totals: Sequence[int]) -> Iterator[Sum]:
    """Who responds, who spoke without and who is silent are everybody; the responses are at least those who respond."""
    whole = [n for n, row in enumerate(rows) if row in (ANY, NONE, SILENT)]
    each = [n for n, row in enumerate(rows) if row in RESPONSES]
    for column in range(len(totals)):
        yield Sum(tuple((n, column) for n in whole))
        if each:
            yield Sum(tuple((n, column) for n in each), (rows.index(ANY), column), "together")
    if last := len(totals) - 1:
        holds = "exactly" if sum(totals[:-1]) == totals[-1] else "together"
        yield Sum(tuple((0, m) for m in range(last)), (0, last), holds, is_of=True)
        for n, row in enumerate(rows):
            if holds == "exactly" or row in (*RESPONSES, ANY):
                yield Sum(tuple((n, m) for m in range(last)), (n, last), holds)
