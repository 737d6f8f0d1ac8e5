"""The columns of a table: the values of an attribute of sources or of participants, or the questions that were asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, Lines, distinct, lines
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import guess_type, sort_key
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, OF, QUESTION
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints

ABOUT_SECTIONS = "section"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by `by`. `nowhere` is the column of what has no value.

    `talk` holds the participants' turns, by QUESTION cut where a section begins, and `of_line` the column of each.
    Where a column is made of whole sources, `of_source` says of which. `parts` are the sections, with all that lies
    between them, and `of_part` the column of each; only by QUESTION. `note` says which of two attributes was meant.
    """

    by: str
    values: tuple[str, ...]
    nowhere: int
    talk: Lines
    of_line: Ints
    of_source: Ints | None = None
    parts: Lines | None = None
    of_part: Ints | None = None
    note: str = ""

    def unsaid(self, g: Grid, start: Ints, end: Ints, source: Ints) -> tuple[Ints, Ints]:
        """The columns of those of some stretches that lie where nobody speaks: pairs (number of the stretch, column)."""
        import numpy as np

        silent = np.flatnonzero(~g.spoken[source])
        if self.parts is None or self.of_part is None:
            return silent, np.full(len(silent), self.nowhere)
        owner, part = self.parts.overlaps(start[silent], end[silent])
        return silent[owner], self.of_part[part]

    def placed(self, g: Grid, start: Ints, end: Ints, source: Ints, owner: Ints, line: Ints) -> tuple[Ints, Ints]:
        """In which columns stretches lie, as distinct pairs (number of the stretch, column). `source` is that of each
        stretch; `owner` and `line` are its overlaps with `talk`.
        """
        import numpy as np

        if self.of_source is not None:
            return np.arange(len(source)), self.of_source[source]
        silent, where = self.unsaid(g, start, end, source)
        owner, where = np.concatenate((owner, silent)), np.concatenate((self.of_line[line], where))
        return np.divmod(distinct(owner * len(self.values) + where), len(self.values))

    def label(self, column: int) -> str:
        """What stands over a column."""
        if not self.by:
            return _("Whole study")
        if column != self.nowhere:
            return self.values[column]
        return _("(no question)") if self.parts is not None else _("(no value)")


def columns_of(data: StudyData, g: Grid, by: str) -> Columns:
    """The columns for `by`; empty: a single one for the whole study. Raises NotFound and BadInput as `attribute_of` does."""
    import numpy as np

    if not by:
        nothing = np.zeros(len(g.source_ids), dtype=np.int64)
        return Columns("", (NO_VALUE,), 0, g.talk, nothing[g.talk.source], nothing)
    name, about = attribute_of(data, by)
    if about == ABOUT_SECTIONS:
        return _by_question(data, g)
    said, note = _told_apart(data, name, about, by)
    if about == "source":
        facts = {fact.id: fact.attributes.get(name, NO_VALUE) for fact in data.sources}
        values = [facts[source] for source in sorted(facts)]
        named, where = _numbered(values, values, data.types.get((about, name), ""))
        return Columns(said, named, len(named) - 1, g.talk, where[g.talk.source], where, note=note)
    people = {case.id: case.attributes.get(name, NO_VALUE) for case in data.cases.values()}
    values = [people[case] for case in sorted(people)]
    used = [values[n] for n in distinct(g.talk.case)]
    named, where = _numbered(values, used, data.types.get((about, name), ""))
    return Columns(said, named, len(named) - 1, g.talk, where[g.talk.case], note=note)


def attribute_of(data: StudyData, by: str) -> tuple[str, str]:
    """The attribute called `by` as it is written in the study, and what it is about: "source", "participant", or,
    for the question that was asked, "section".

    An attribute of both is taken as the sources', unless `by` says whose (OF). Raises NotFound with the nearest names,
    and BadInput for an attribute of which no value is known.
    """
    of_sources, of_people = _attributes(data)
    of_sections = [QUESTION] if data.sections else []
    ours = [*((name, "source") for name in of_sources), *((name, "participant") for name in of_people)]
    plain = [*ours, *((name, ABOUT_SECTIONS) for name in of_sections)]
    for said, (name, about) in (
        *((own[0], own) for own in plain),
        *((OF[own[1]].format(name=own[0]), own) for own in ours),
    ):
        if comparable(said) == comparable(by):
            return name, about
    if of_sections and comparable(by) == "question":
        return QUESTION, ABOUT_SECTIONS
    for name in (name for _about, name in data.types if comparable(name) == comparable(by)):
        raise BadInput(
            _("No value of the attribute “{name}” is known yet.").format(name=name),
            _("Fill some in, or choose another attribute."),
        )
    raise NotFound(_("attribute"), by, [*of_sources, *(n for n in of_people if n not in of_sources), *of_sections])


def _attributes(data: StudyData) -> tuple[list[str], list[str]]:
    """The attributes of sources and those of participants of which a value is known."""
    people = (case for case in data.cases.values() if case.kind == "participant")
    return (
        sorted({name for fact in data.sources for name in fact.attributes}),
        sorted({name for case in people for name in case.attributes}),
    )


def _told_apart(data: StudyData, name: str, about: str, by: str) -> tuple[str, str]:
    """How an attribute is called over its table; and where there is one of that name of the others too, and `by` does not
    say which is meant, a sentence that does.
    """
    is_of_both = all(any(comparable(other) == comparable(name) for other in names) for names in _attributes(data))
    if not is_of_both:
        return name, ""
    if comparable(by) != comparable(name):
        return OF[about].format(name=name), ""
    said = _("“{name}” is known of sources and of people: this is by that of sources. The other is “{other}”.")
    return name, said.format(name=name, other=OF["participant"].format(name=name))


def titles_of(sections: Iterable[tuple[int, int, int, str]], questions: Iterable[GuideQuestion]) -> list[str]:
    """The questions and headings that have a section: the guide's in its order, then the others as they come. What differs
    in case or spaces only is one.
    """
    titles: dict[str, str] = {}
    for *_place, title in sections:
        titles.setdefault(comparable(title), title)
    asked = {comparable(question.text): question.text for question in questions}
    return [text for key, text in asked.items() if key in titles] + [t for key, t in titles.items() if key not in asked]


def _numbered(values: Sequence[str], used: Iterable[str], kind: str) -> tuple[tuple[str, ...], Ints]:
    """The columns for the values that are `used`, in the order of their type (`kind`, or else a guess), and the column of
    each of `values`.
    """
    import numpy as np

    kind = kind or guess_type(values)
    named = (*sorted({value for value in used if value != NO_VALUE}, key=lambda v: (sort_key(kind, v), v)), NO_VALUE)
    number = {value: n for n, value in enumerate(named)}
    return named, np.array([number.get(value, len(named) - 1) for value in values], dtype=np.int64)


def _by_question(data: StudyData, g: Grid) -> Columns:
    """One column for each question and heading."""
    import numpy as np

    values = titles_of(data.sections, data.questions)
    number = {comparable(title): n for n, title in enumerate(values)}
    source, start, end, column = _parts(data, g, number)
    parts, order = lines(start, end, source, np.zeros_like(source))
    of_part = column[order]
    part, line = g.talk.overlaps(parts.start, parts.end)
    talk, order = lines(
        np.maximum(parts.start[part], g.talk.start[line]), np.minimum(parts.end[part], g.talk.end[line]),
        g.talk.source[line], g.talk.case[line],
    )  # fmt: skip
    return Columns(QUESTION, (*values, NO_VALUE), len(values), talk, of_part[part][order], parts=parts, of_part=of_part)


def _parts(data: StudyData, g: Grid, number: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints]:
    """Source, start, end (on the line) and column of all sections, and of what lies before, between and after them."""
    import numpy as np

    found: list[tuple[int, int, int, int]] = []
    sections: dict[int, list[tuple[int, int, int]]] = {}
    for source, start, end, title in data.sections:
        sections.setdefault(source, []).append((start, end, number[comparable(title)]))
    place = {source: n for n, source in enumerate(g.source_ids.tolist())}
    for fact in data.sources:
        n, at = place[fact.id], 0
        for start, end, column in [*sections.get(fact.id, ()), (fact.length, fact.length, len(number))]:
            found += [(n, at, start, len(number)), (n, start, end, column)]
            at = end
    table = np.array([part for part in found if part[1] < part[2]], dtype=np.int64).reshape(-1, 4).T
    return table[0], table[1] + g.offset[table[0]], table[2] + g.offset[table[0]], table[3]
