"""Tests of differences as a part of a crosstab, only where they were asked for; never stars, and never without their caution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.analysis import significance
from cohesion_qda.analysis.significance import RESAMPLES, SEED, USUAL_LEAST, Tested
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Cell, Head, Key, Line, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report import words

TESTABLE = ("participants", "groups")  # what is counted once each


@dataclass(frozen=True, slots=True)
class Row:
    """A code of the table: `counts` are how many (of the question's unit) said it, column by column; `made_of` the keys of
    these, and of what they are out of.
    """

    code: CodeId
    label: str
    path: str
    depth: int
    counts: Sequence[int]
    made_of: tuple[Key, ...] = ()


def tests_part(asked: Asked, columns: Sequence[tuple[str, int]], rows: Sequence[Row], total: int) -> Part:
    """One test for each code. `columns` are label and denominator of each value compared (those without a value left out), `total` how many
    there are in all of them, nobody counted twice. Raises BadInput where the unit is neither participants nor groups, where there is one
    value only, and where somebody stands under two; NotFound for a test or correction that is none.
    """
    test, correction = str(asked.option("test", "")), str(asked.option("correction", "holm"))
    _check(asked.unit, test, correction, columns, total)
    found = [significance.tested(row.counts, [of for _label, of in columns], test) for row in rows]
    done = [one for one in found if one is not None]
    fair = iter(significance.corrected([one.p for one in done], correction))
    corrected = [None if one is None else next(fair) for one in found]
    is_two = sum(1 for _label, of in columns if of) == 2
    lines = tuple(
        Line(
            row.label, tuple(replace(cell, made_of=row.made_of) for cell in _cells(one, p, test, is_two, columns)),
            row.depth, row.path, row.code, note=_note(one, test),
        )
        for row, one, p in zip(rows, found, corrected, strict=True)
    )  # fmt: skip
    telling = tuple(_how_many(done, test, correction))
    return Part(
        "tests", _("Tests of differences"), _("Code"), _heads(test, correction, is_two, columns), lines,
        notes=(*_notes(asked, test, is_two, columns), *telling), telling=telling,
    )  # fmt: skip


def _check(unit: str, test: str, correction: str, columns: Sequence[tuple[str, int]], total: int) -> None:
    if unit not in TESTABLE:
        raise BadInput(
            _("A test of differences needs people or groups, each counted once. Mentions, turns and words are not independent of one another."),
            _("Count in participants or groups, or ask without a test."),
        )  # fmt: skip
    if test not in significance.TESTS:
        raise NotFound(_("test"), test, significance.TESTS)
    if correction not in significance.CORRECTIONS:
        raise NotFound(_("correction"), correction, significance.CORRECTIONS)
    if sum(1 for _label, of in columns if of) < 2:
        raise BadInput(
            _("There is only one value here, so there is nothing to test."),
            _("Compare by an attribute with several values."),
        )
    stands_twice = sum(of for _label, of in columns) > total
    if stands_twice and unit == "participants":
        raise BadInput(
            _("Some participants stand under more than one value, so the values are not independent of one another."),
            _("Compare by an attribute of participants, or ask without a test."),
        )
    if stands_twice:
        raise BadInput(
            _("Some groups stand under more than one value, so the values are not independent of one another."),
            _("Compare by an attribute in which each group has one value, or ask without a test."),
        )


def _heads(test: str, correction: str, is_two: bool, columns: Sequence[tuple[str, int]]) -> tuple[Head, ...]:
    heads = [
        Head(_("p"), "number", places=3),
        Head(_("p, corrected"), "number", note=_correction(correction), places=3),
        Head(_("phi") if is_two else _("Cramér’s V"), "number", note=_("0: no difference at all; 1: the largest there can be."), places=3),
    ]  # fmt: skip
    if is_two:
        first, second = (label for label, of in columns if of)
        said = _("The odds of having said it: {first} against {second}, with the 95 % confidence interval.")
        heads.append(Head(_("Odds ratio"), "number", note=said.format(first=first, second=second)))
    heads.append(Head(_("Smallest expected count"), "number"))
    if test == "chi-squared":
        heads += [Head(_("Chi-squared"), "number"), Head(_("Degrees of freedom"), "number")]
        for over in (_("Expected to have said it"), _("Expected not to have said it")):
            heads += [Head(label, "number", over) for label, of in columns if of]
    return tuple(heads)


def _cells(
    one: Tested | None, corrected: float | None, test: str, is_two: bool, columns: Sequence[tuple[str, int]]
) -> tuple[Cell, ...]:
    if one is None:
        return (Cell(),) * len(_heads(test, "holm", is_two, columns))
    cells = [Cell(one.p), Cell(corrected), Cell(one.effect)]
    if is_two:
        cells.append(Cell() if one.odds is None else Cell(one.odds[0], low=one.odds[1], high=one.odds[2]))
    cells.append(Cell(one.least_expected))
    if test == "chi-squared":
        cells += [Cell(one.statistic), Cell(one.freedom), *(Cell(n) for row in one.expected for n in row)]
    return tuple(cells)


def _note(one: Tested | None, test: str) -> str:
    if one is None:
        return _("Not calculable: nobody said it, or everybody did.")
    if test == "chi-squared" and one.least_expected < USUAL_LEAST:
        return _("An expected count is below {least}: chi-squared is doubtful here.").format(least=USUAL_LEAST)
    return ""


def _notes(asked: Asked, test: str, is_two: bool, columns: Sequence[tuple[str, int]]) -> list[str]:
    if asked.unit == "participants":
        notes = [
            _("Each test takes participants as independent of one another. People in one focus group hear each other, so they are not: p comes out too small. Read it as a reason to go back to the passages, not as a finding."),
        ]  # fmt: skip
    else:
        notes = [
            _("Each test takes groups as independent of one another, and knows nothing of how many in a group said it.")
        ]
    notes.append(
        _(
            "What was not said was not always asked, and who was silent did not disagree; a test cannot tell these apart."
        )
    )
    left = [label for label, of in columns if not of]
    if left:
        notes.append(_("Nobody is counted there, so it is not compared: {values}.").format(values=", ".join(left)))
    return [*notes, _method(test, is_two)]


def _how_many(done: Sequence[Tested], test: str, correction: str) -> Iterator[str]:
    """How many were tested, and how many tests are doubtful."""
    yield ngettext(
        "{n} code was tested. {correction}", "{n} codes were tested. {correction}", len(done)
    ).format(n=words.number(len(done)), correction=_correction(correction))  # fmt: skip
    doubtful = sum(1 for one in done if one.least_expected < USUAL_LEAST)
    if test == "chi-squared" and doubtful:
        yield ngettext(
            "In {n} of these tests an expected count is below {least}, where chi-squared is doubtful: ask for Fisher’s exact test.",
            "In {n} of these tests an expected count is below {least}, where chi-squared is doubtful: ask for Fisher’s exact test.",
            doubtful,
        ).format(n=words.number(doubtful), least=USUAL_LEAST)  # fmt: skip


def _method(test: str, is_two: bool) -> str:
    if test == "chi-squared":
        return _("Pearson’s chi-squared test of those who said it and those who did not, without Yates’ correction.")
    if is_two:
        return _("Fisher’s exact test, two-sided, of those who said it and those who did not.")
    return _(
        "Fisher’s exact test for more than two values (Freeman and Halton), p estimated from {n} random tables with the same totals, always the same ones (seed {seed})."
    ).format(n=words.number(RESAMPLES), seed=SEED)  # fmt: skip


def _correction(correction: str) -> str:
    return {
        "holm": _("Corrected for the number of tests after Holm (1979): the risk of even one false difference."),
        "benjamini-hochberg": _("Corrected for the number of tests after Benjamini and Hochberg (1995): the share of false differences among those found."),
    }[correction]  # fmt: skip
