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
    """The columns of a table by the attributes `by`: none, one, or two, the second nested in the first. `keys` are the
    values that each column stands for, one for each attribute; `nowhere` is the column of what has no value.

    `talk` holds the participants' turns, by QUESTION cut where a section begins; `of_line` is the column of each and
    `turn` the number of the grid's line that it is of. `of_silent` is the column of each source for what lies where nobody speaks.
    Where a column is made of whole sources, `of_source` says of which. `parts` are the sections, with all that lies
    between them, and `of_part` the column of each; only by QUESTION. `notes` say which of two attributes was meant.
    `asked` are the attributes with what each is about.
    """

    by: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    nowhere: int
    talk: Lines
    of_line: Ints
    turn: Ints
    of_silent: Ints
    of_source: Ints | None = None
    parts: Lines | None = None
    of_part: Ints | None = None
    notes: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    def unsaid(self, g: Grid, start: Ints, end: Ints, source: Ints) -> tuple[Ints, Ints]:
        """The columns of those of some stretches that lie where nobody speaks: pairs (number of the stretch, column)."""
        import numpy as np

        silent = np.flatnonzero(~g.spoken[source])
        if self.parts is None or self.of_part is None:
            return silent, self.of_silent[source[silent]]
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
        return np.divmod(distinct(owner * len(self) + where), len(self))

    def labels(self, column: int) -> tuple[str, ...]:
        """What stands over a column, one for each attribute."""
        return tuple(
            value or (_("(no question)") if name == QUESTION and self.parts is not None else _("(no value)"))
            for name, value in zip(self.by, self.keys[column], strict=True)
        )

    def label(self, column: int) -> str:
        """What stands over a column, where there is at most one attribute."""
        return self.labels(column)[-1] if self.by else _("Whole study")


def columns_of(data: StudyData, g: Grid, by: str | Sequence[str]) -> Columns:
    """The columns for one attribute or several (at most two); empty: a single one for the whole study. Raises NotFound
    and BadInput as `attribute_of` does, and BadInput for the same attribute twice and for more than two.
    """
    import numpy as np

    names = [by] if isinstance(by, str) else list(by)
    names = [name for name in names if name]
    if not names:
        nothing = np.zeros(len(g.source_ids), dtype=np.int64)
        every = np.arange(len(g.talk.start))
        return Columns((), ((),), 0, g.talk, nothing[g.talk.source], every, nothing, nothing)
    if len(names) > 2:
        raise BadInput(_("A table goes by at most two attributes, one within the other."), _("Leave some out."))
    if len({attribute_of(data, name) for name in names}) < len(names):
        raise BadInput(
            _("The table is by “{name}” already.").format(name=names[0]), _("Choose another attribute to nest in it.")
        )
    found = [_columns(data, g, name) for name in names]
    return found[0] if len(found) == 1 else _nested(g, *found)


def _columns(data: StudyData, g: Grid, by: str) -> Columns:
    import numpy as np

    name, about = attribute_of(data, by)
    if about == ABOUT_SECTIONS:
        return _by_question(data, g)
    said, note = _told_apart(data, name, about, by)
    notes, every = (note,) if note else (), np.arange(len(g.talk.start))
    if about == "source":
        facts = {fact.id: fact.attributes.get(name, NO_VALUE) for fact in data.sources}
        values = [facts[source] for source in sorted(facts)]
        keys, where = _numbered(values, values, data.types.get((about, name), ""))
        of_line = where[g.talk.source]
        return Columns(
            (said,), keys, len(keys) - 1, g.talk, of_line, every, where, where, notes=notes, asked=((name, about),)
        )
    people = {case.id: case.attributes.get(name, NO_VALUE) for case in data.cases.values()}
    values = [people[case] for case in sorted(people)]
    used = [values[n] for n in distinct(g.talk.case)]
    keys, where = _numbered(values, used, data.types.get((about, name), ""))
    silent = np.full(len(g.source_ids), len(keys) - 1)
    return Columns(
        (said,), keys, len(keys) - 1, g.talk, where[g.talk.case], every, silent, notes=notes, asked=((name, about),)
    )


def _nested(g: Grid, outer: Columns, inner: Columns) -> Columns:
    """The columns of one attribute within those of another: every pair of values under which there is something."""
    import numpy as np

    n = len(inner)
    cut = inner if inner.parts is not None else outer
    of_outer = outer.of_line if cut is outer else outer.of_line[cut.turn]
    of_inner = inner.of_line if cut is inner else inner.of_line[cut.turn]
    of_line, of_silent = of_outer * n + of_inner, outer.of_silent * n + inner.of_silent
    of_source = of_part = None
    if outer.of_source is not None and inner.of_source is not None:
        of_source = outer.of_source * n + inner.of_source
    if cut.parts is not None and cut.of_part is not None:
        own = cut.of_part * n if cut is outer else cut.of_part
        other = inner.of_silent if cut is outer else outer.of_silent * n
        of_part = own + other[cut.parts.source]
    there = of_line if of_source is None else of_source
    silent = of_silent[~g.spoken] if of_part is None or cut.parts is None else of_part[~g.spoken[cut.parts.source]]
    nowhere = outer.nowhere * n + inner.nowhere
    pairs = distinct(np.concatenate((there, silent, [nowhere])))

    def place(pair: Ints) -> Ints:
        return np.minimum(np.searchsorted(pairs, pair), len(pairs) - 1)

    return Columns(
        (*outer.by, *inner.by),
        tuple((*outer.keys[pair // n], *inner.keys[pair % n]) for pair in pairs.tolist()),
        int(np.searchsorted(pairs, nowhere)), cut.talk, place(of_line), cut.turn, place(of_silent),
        None if of_source is None else place(of_source),
        cut.parts, None if of_part is None else place(of_part), (*outer.notes, *inner.notes),
        (*outer.asked, *inner.asked),
    )  # fmt: skip


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
    """How an attribute is called over its table; and where there is one of that name of the others too, and `by` does
    not say which is meant, a sentence that does.
    """
    is_of_both = all(any(comparable(other) == comparable(name) for other in names) for names in _attributes(data))
    if not is_of_both:
        return name, ""
    if comparable(by) != comparable(name):
        return OF[about].format(name=name), ""
    said = _("“{name}” is known of sources and of people: this is by that of sources. The other is “{other}”.")
    return name, said.format(name=name, other=OF["participant"].format(name=name))


def titles_of(sections: Iterable[tuple[int, int, int, str]], questions: Iterable[GuideQuestion]) -> list[str]:
    """The questions and headings that have a section: the guide's in its order, then the others as they come. What
    differs in case or spaces only is one.
    """
    titles: dict[str, str] = {}
    for *_place, title in sections:
        titles.setdefault(comparable(title), title)
    asked = {comparable(question.text): question.text for question in questions}
    return [text for key, text in asked.items() if key in titles] + [t for key, t in titles.items() if key not in asked]


def _numbered(values: Sequence[str], used: Iterable[str], kind: str) -> tuple[tuple[tuple[str, ...], ...], Ints]:
    """The columns for the values that are `used`, in the order of their type (`kind`, or else a guess), and the column
    of each of `values`.
    """
    import numpy as np

    kind = kind or guess_type(values)
    named = (*sorted({value for value in used if value != NO_VALUE}, key=lambda v: (sort_key(kind, v), v)), NO_VALUE)
    number = {value: n for n, value in enumerate(named)}
    return tuple((value,) for value in named), np.array(
        [number.get(value, len(named) - 1) for value in values], dtype=np.int64
    )


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
    nowhere = len(values)
    return Columns(
        (QUESTION,), tuple((value,) for value in (*values, NO_VALUE)), nowhere, talk, of_part[part][order], line[order],
        np.full(len(g.source_ids), nowhere), parts=parts, of_part=of_part,
        asked=((QUESTION, ABOUT_SECTIONS),),
    )  # fmt: skip


def _parts(data: StudyData, g: Grid, number: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints]:
    """Source, start, end (on the line) and column of all sections, and of what lies before, between and after them, if
    that is looked at.
    """
    import numpy as np

    found: list[tuple[int, int, int, int]] = []
    sections: dict[int, list[tuple[int, int, int]]] = {}
    for source, start, end, title in data.sections:
        sections.setdefault(source, []).append((start, end, number[comparable(title)]))
    place = {source: n for n, source in enumerate(g.source_ids.tolist())}
    for fact in data.sources:
        n, at = place[fact.id], 0
        for start, end, column in [*sections.get(fact.id, ()), (fact.length, fact.length, len(number))]:
            found += (
                [(n, start, end, column)] if data.is_cut else [(n, at, start, len(number)), (n, start, end, column)]
            )
            at = end
    table = np.array([part for part in found if part[1] < part[2]], dtype=np.int64).reshape(-1, 4).T
    return table[0], table[1] + g.offset[table[0]], table[2] + g.offset[table[0]], table[3]
