"""Every number of the sample study's tables, counted once more by a second, plain implementation from the long form."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from cohesion_qda.model.asked import Asked
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.report.answers.tidy import tidy
from tests.report.answers.plain_count import UNITS, PlainStudy, Turn

BY = (
    "place", "thematic group", "date", "age band", "gender", "first language", "years in the area", "question asked",
)  # fmt: skip
_NOTE = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]")
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


def _plain(project: Project) -> PlainStudy:
    material = project.answers.material()
    data, names = material.data, {fact.id: fact.name for fact in material.data.sources}
    part = tidy(material, Asked())
    labels = [head.label for head in part.heads]
    lines = [dict(zip(labels, (cell.value for cell in line.cells), strict=True)) for line in part.lines]
    turns = []
    for source, start, end, case in data.turns:
        said = _NOTE.sub(lambda note: " " * len(note.group()), material.text(source)[start:end])
        words = tuple(start + word.start() for word in _WORD.finditer(said))
        turns.append(Turn(names[source], start, end, case, data.cases[case].role == "participant", words))
    groups = {case.id: case.name for case in data.cases.values() if case.kind == "group"}
    sections: dict[str, list[tuple[int, int, str]]] = {}
    for source, start, end, title in data.sections:
        sections.setdefault(names[source], []).append((start, end, title))
    return PlainStudy(
        lines, turns,
        {f.name: (dict(f.attributes), groups.get(f.group, "") if f.kind == "focus group" else "") for f in data.sources},
        {case.id: dict(case.attributes) for case in data.cases.values()}, sections,
    )  # fmt: skip


@pytest.fixture(scope="module", params=["as it is", "coded anyhow"])
def study(request, built_sample: Path, tmp_path_factory):
    """The sample study, and the same with codings that a person would not make: over the edges of turns and questions, over
    each other, of moderators alone.
    """
    path = Path(shutil.copy(built_sample, tmp_path_factory.mktemp("recomputed") / "study.cqda"))
    if request.param == "coded anyhow":
        for number, coder in enumerate(("Asha Verity", "Ben Oldroyd")):
            with Project.open(path, coder) as project:
                _code_anyhow(project, random.Random(number))
    with Project.open(path) as project:
        yield project, _plain(project)


def _code_anyhow(project: Project, dice: random.Random) -> None:
    codes = [code.id for code in project.codebook.tree()][:12]
    data = project.tables.study()
    moderators = [turn for turn in data.turns if data.cases[turn[3]].role == "moderator"]
    for _n in range(50):
        fact = dice.choice(data.sources[:5])
        start = dice.randrange(fact.length - 1)
        end = min(fact.length, start + dice.choice((20, 200, 900, 3000)))
        code = dice.choice(codes)
        project.codings.apply(fact.id, Span(start, end), [code])
        if end + 40 < fact.length:  # another that touches it
            project.codings.apply(fact.id, Span(end, end + 40), [code])
    for source, start, end, _case in dice.sample(moderators, 8):
        project.codings.apply(source, Span(start, end), [dice.choice(codes)])


def _codes(project: Project, *, branch: bool) -> dict[int, set[str]]:
    """For each code what it is counted with, by path."""
    tree = project.codebook.tree()
    return {c.id: {tree.path(x) for x in (tree.branch(c.id) if branch else [c.id])} for c in tree}


def _mentions_of_each(plain: PlainStudy, codes: set[str], by: str) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for code in codes:
        for column, n in plain.count({code}, by)["mentions"].items():
            found[column] = found.get(column, 0) + n
    return found


@pytest.mark.parametrize("branch", [False, True])
def test_every_number_of_the_frequencies(study, branch: bool) -> None:
    project, plain = study
    members = _codes(project, branch=branch)
    counts = {code: plain.count(paths) for code, paths in members.items()}
    base = plain.out_of()
    for unit in UNITS:
        part = project.answers.ask(Asked("frequencies", unit=unit, branch=branch)).part("codes")
        assert len(part.lines) >= 30
        shown = set()
        for line in part.lines:
            assert not line.is_heading
            for head, cell in zip(part.heads, line.cells, strict=True):
                assert cell.value == counts[line.code][head.unit].get(None, 0), (line.path, head.unit)
                assert cell.of == head.of == base[head.unit][None]
            shown |= members[line.code]
        together, each = plain.count(shown), _mentions_of_each(plain, shown, "")
        for head, cell in zip(part.heads, part.foot.cells, strict=True):
            assert cell.value == (each[None] if head.unit == "mentions" else together[head.unit][None])


@pytest.mark.parametrize("by", BY)
def test_every_number_of_the_crosstabs(study, by: str) -> None:
    project, plain = study
    base = plain.out_of(by)
    for branch in (False, True):
        members = _codes(project, branch=branch)
        counts = {code: plain.count(paths, by) for code, paths in members.items()}
        for unit in UNITS:
            part = project.answers.ask(Asked("crosstab", by=(by,), unit=unit, branch=branch)).part("counts")
            assert len(part.heads) > 2
            shown = set().union(*(members[line.code] for line in part.lines))
            foot = plain.count(shown, by)[unit] if unit != "mentions" else _mentions_of_each(plain, shown, by)
            for line in (*part.lines, part.foot):
                expected = foot if line is part.foot else counts[line.code][unit]
                assert len(line.cells) == len(part.heads)
                for head, cell in zip(part.heads, line.cells, strict=True):
                    column = cell.key[1] if len(cell.key) > 1 else None
                    if line.is_heading:
                        assert cell.value is None and not any(expected.values()) and not branch, line.path
                        continue
                    assert cell.value == expected.get(column, 0), (line.path, head.label, unit)
                    assert cell.of == head.of == base[unit].get(column, 0), (head.label, unit)


def test_shares_are_of_the_row_the_column_and_the_whole(study) -> None:
    project, plain = study
    base, counts = plain.out_of("place"), {}
    for share in ("row", "column", "total"):
        part = project.answers.ask(Asked("crosstab", by=("place",), share=share)).part("counts")
        for line in (line for line in part.lines if not line.is_heading):
            path = project.codebook.tree().path(line.code)
            counts.setdefault(path, plain.count({path}, "place")["participants"])
            for head, cell in zip(part.heads, line.cells, strict=True):
                if head.form != "share":
                    continue
                column = cell.key[1] if len(cell.key) > 1 else None
                of = {
                    "row": counts[path].get(None, 0), "column": base["participants"][column],
                    "total": base["participants"][None],
                }[share]  # fmt: skip
                assert cell.value == (counts[path].get(column, 0) / of if of else None)


def test_every_pair_of_codes_that_share_text(study) -> None:
    project, plain = study
    part = project.answers.ask(Asked("cooccurrence", options={"how": "overlap"})).part("matrix")
    paths = [line.path.removesuffix(" (the code itself)") for line in part.lines]
    assert len(paths) >= 30
    for n, line in enumerate(part.lines):
        for m, cell in enumerate(line.cells):
            assert cell.value == plain.together(paths[n], paths[m]), (paths[n], paths[m])


def test_every_share_of_talk(study) -> None:
    project, plain = study
    sources = {source.name: source for source in project.sources.list()}
    for name, source in sources.items():
        part = project.answers.ask(Asked("dynamics", options={"source": source.id})).part("shares")
        expected = plain.talk(name)
        assert len(part.lines) == len(expected)
        for line in part.lines:
            share, words, turns = (cell.value for cell in line.cells[:3])
            assert (turns, words, share) == expected[line.key[2]]
        words, turns = (cell.value for cell in part.foot.cells[1:3])
        assert [cell.of for cell in part.lines[0].cells[:3]] == [words, words, turns]


def test_the_long_form_has_what_it_says(study) -> None:
    _project, plain = study
    for line in plain.lines:
        turns = [
            turn for turn in plain.turns_of[line["Source"]]
            if turn.person == line["Participant ID"] and turn.start < line["End"] and line["Start"] < turn.end
        ]  # fmt: skip
        assert line["Turns"] == len(turns)
        assert line["Words"] == sum(1 for turn in turns for w in turn.words if line["Start"] <= w < line["End"])


@pytest.mark.parametrize("by", ["", *BY[:-1]])
def test_what_counts_are_out_of_is_in_the_table_of_participants(study, by: str) -> None:
    project, plain = study
    part = project.answers.participants(Asked())
    labels = [head.label for head in part.heads]
    lines = [dict(zip(labels, (cell.value for cell in line.cells), strict=True)) for line in part.lines]
    found = {unit: {} for unit in ("turns", "words", "participants", "groups")}
    for line in (line for line in lines if line["Turns"]):
        for column in {line[by] if by else "", None}:
            for unit, name in (("turns", "Turns"), ("words", "Words")):
                found[unit][column] = found[unit].get(column, 0) + line[name]
            for unit, name in (("participants", "Participant ID"), ("groups", "Group")):
                found[unit].setdefault(column, set()).update({line[name]} - {""})
    for unit, expected in plain.out_of(by).items():
        if unit in found:
            counted = {c: n if isinstance(n, int) else len(n) for c, n in found[unit].items()}
            assert {c: n for c, n in counted.items() if n} == {c: n for c, n in expected.items() if n}, unit
    names = {line["Participant"]: line["Participant ID"] for line in lines}
    assert len(names) == len(set(names.values())) == len({line["Participant ID"] for line in lines}) >= 80
