"""Everything that a findings report counts, before small numbers are hidden."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, Column, Count, Row, Table
from cohesion_qda.model.team import attribute_of
from cohesion_qda.model.theme import Theme
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.values import CoderPair, Engagement, theme_row

MOST_VALUES = 10
_MOST_CODERS = 4
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s+\w+\s+\d{4}")


def attributes_to_compare(study: StudyData) -> list[str]:
    """The attributes a report compares by when nobody has chosen: two to ten values, none of them dates; those of
    sources first.
    """
    return [name for name, _about, values in attributes(study) if 2 <= len(values) <= MOST_VALUES]


def attributes(study: StudyData) -> list[tuple[str, str, set[str]]]:
    """Every attribute that is not a date, and does not tell who somebody is: name, what it is about, its values among sources or participants."""
    values: dict[tuple[str, str], set[str]] = {}
    collector = attribute_of({name for fact in study.sources for name in fact.attributes})  # told of the team
    for fact in study.sources:
        for name, value in fact.attributes.items():
            if name != collector:
                values.setdefault((name, "source"), set()).add(value)
    for case in study.cases.values():
        if case.kind == "participant" and case.role == "participant":
            for name, value in case.attributes.items():
                if (name, "source") not in values:
                    values.setdefault((name, "participant"), set()).add(value)
    found = [(name, about, known - {""}) for (name, about), known in values.items()]
    return [
        (name, about, known)
        for name, about, known in found
        if known and not all(_DATE.fullmatch(value.strip()) for value in known) and not _tells_who(about, known)
    ]


def _tells_who(about: str, values: Collection[str]) -> bool:
    """Whether values are addresses, telephone numbers or post codes, or most of them names of people who take part: “real name”, “contact”."""
    from cohesion_qda.analysis.details import in_figures, in_writing
    from cohesion_qda.model.detail import NAME

    if len(values) > 2 * MOST_VALUES:  # too many for a table
        return False
    if any(in_figures(value) for value in values):
        return True
    named = sum(any(one.kind == NAME for one in in_writing(value)) for value in values)
    return about == "participant" and 2 * named > len(values)


def numbers(
    study: StudyData,
    by: Sequence[str],
    engagement: Sequence[Table],
    agreement: tuple[CoderPair, ...],
    themes: Sequence[Theme] = (),
) -> Numbers:
    """All that is counted. Raises NotFound for an attribute that is not there."""
    from cohesion_qda.analysis import frequency

    roots = study.codes.children()
    questions, tops = [c for c in roots if c.is_question], [c for c in roots if not c.is_question]
    direct = frequency.crosstab(study, codes=[question.id for question in questions])
    built = [theme for theme in themes if theme.codes]
    return Numbers(
        overview=frequency.crosstab(study, branch=True),
        crosstabs=tuple(frequency.crosstab(study, attribute, branch=True) for attribute in by),
        engagement=tuple(engagement),
        others=_said_in_all(study, tops) if tops else Count(),
        tops=tuple(code.id for code in tops),
        direct={row.code: row.total for row in direct.rows},
        agreement=agreement,
        themes=tuple(_of_themes(study, attribute, built) for attribute in ("", *by)) if built else (),
        members={theme_row(theme.id): theme.codes for theme in built},
    )


def rows(study: StudyData, themes: Iterable[Theme] = ()) -> dict[CodeId, tuple[CodeId, ...]]:
    """What the rows of all tables count: every code with those under it, and the codes of the researcher's themes."""
    of_codes = {code.id: tuple(study.codes.branch(code.id)) for code in study.codes}
    return of_codes | {theme_row(t.id): with_branches(study.codes, t.codes) for t in themes if t.codes}


def with_branches(codes: CodeTree, chosen: Iterable[CodeId]) -> tuple[CodeId, ...]:
    """Codes and all under them, each once; what is not in the codebook is left out."""
    return tuple(dict.fromkeys(code for above in chosen if above in codes for code in codes.branch(above)))


def _of_themes(study: StudyData, by: str, themes: Sequence[Theme]) -> Table:
    """The researcher's themes by an attribute: the codes of each, with those under them, taken as one code."""
    from cohesion_qda.analysis import frequency

    found = frequency.count(study, [with_branches(study.codes, theme.codes) for theme in themes], by)
    columns, kept = found.columns, found.shown
    return Table(
        by=columns.by[0] if columns.by else "",
        columns=tuple(
            Column(columns.keys[c][0] if columns.by else NO_VALUE, columns.label(c), found.bases.columns[c], found.bases.sources[c])
            for c in kept
        ),
        rows=tuple(
            Row(theme_row(theme.id), theme.name, theme.name, 0, tuple(found.rows.cell(n, c) for c in kept), found.rows.total(n))
            for n, theme in enumerate(themes)
        ),
        base=found.bases.whole,
        sources=len(study.sources),
        branch=True,
    )  # fmt: skip


def _said_in_all(study: StudyData, top: Sequence[Code]) -> Count:
    """How widely anything under `top` was said, where no code stands over them."""
    from cohesion_qda.analysis import frequency

    roof = Code(CodeId(-1), None, "", "")
    roots = {code.id for code in top}
    codes = [replace(code, parent=roof.id) if code.id in roots else code for code in study.codes]
    roofed = replace(study, codes=CodeTree([roof, *codes]))
    return frequency.crosstab(roofed, codes=[roof.id], branch=True).rows[0].total


def engagement(study: StudyData) -> list[tuple[Engagement, Table]]:
    """Who took part by each attribute, and the table that it is from."""
    from cohesion_qda.analysis import frequency

    names = [(name, about) for name, about, values in attributes(study) if len(values) <= 2 * MOST_VALUES]
    return [(Engagement(name, about, ()), frequency.crosstab(study, name, codes=[])) for name, about in names]


def agreement(study: StudyData) -> tuple[CoderPair, ...]:
    """How any two of those who coded most agree, where they coded the same sources."""
    from cohesion_qda.analysis import agreement as agreements

    active = {coding[5] for coding in study.codings}
    coders = [coder for coder in study.coders if coder.id in active][:_MOST_CODERS]
    coded = {coder.id: {coding[1] for coding in study.codings if coding[5] == coder.id} for coder in coders}
    pairs = []
    for a, b in combinations(coders, 2):
        rows = tuple(agreements.agreement(study, a.id, b.id))
        if any((row.both, row.only_a, row.only_b) != (0, 0, 0) for row in rows):
            names = tuple(fact.name for fact in study.sources if fact.id in coded[a.id] & coded[b.id])
            turns = rows[1].both + rows[1].only_a + rows[1].only_b + rows[1].neither
            pairs.append(CoderPair(a.name, b.name, rows, names, turns))
    return tuple(pairs)
