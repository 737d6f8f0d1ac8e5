"""Small studies for the tests: made by hand, and made up by Hypothesis."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, QuestionId, SourceId
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.study import SourceFacts, StudyData, Talk, Utterance
from cohesion_qda.model.text import Span

KINDS = ("focus group", "interview", "document")


def code(n: int, parent: int | None = None, name: str = "") -> Code:
    return Code(CodeId(n), None if parent is None else CodeId(parent), name or f"code {n}", "navy", position=n)


def person(n: int, role: str = "participant", group: int | None = None, **attributes: str) -> Case:
    return Case(CaseId(n), f"person {n}", "participant", role, None if group is None else CaseId(group), attributes)


def group(n: int) -> Case:
    return Case(CaseId(n), f"group {n}", "group", "", None)


def facts(
    n: int, kind: str = "focus group", group: int | None = None, length: int = 100, **attributes: str
) -> SourceFacts:
    return SourceFacts(
        SourceId(n), f"source {n}", kind, None if group is None else CaseId(group), length, 0, attributes
    )


def study(sources=(), cases=(), codes=(), turns=(), codings=(), sections=(), questions=()) -> StudyData:
    return StudyData(
        tuple(sources), {case.id: case for case in cases}, CodeTree(codes), (Coder(CoderId(1), "A"), Coder(CoderId(2), "B")),
        tuple(sorted(turns, key=lambda t: (t[0], t[1]))),
        tuple(sorted(codings, key=lambda c: (c[1], c[2], c[3], c[0]))),
        tuple(sorted(sections)),
        tuple(GuideQuestion(QuestionId(n), n, text) for n, text in enumerate(questions)),
    )  # fmt: skip


def touches(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    return a_start < b_end and b_start < a_end


@st.composite
def studies(draw: st.DrawFn) -> StudyData:
    """A few sources (some silent), speakers in several of them, turns that may lie inside others, missing attributes, a guide."""
    value = st.sampled_from([{}, {"place": "9"}, {"place": "10"}, {"place": ""}, {"place": "Dewsbury"}])
    age = st.sampled_from([{}, {"age": "18–24"}, {"age": "65+"}])
    n_sources, n_codes = draw(st.integers(0, 4)), draw(st.integers(1, 5))
    sources, cases = [], []
    for n in range(n_sources):
        kind = draw(st.sampled_from(KINDS))
        its_group = draw(st.sampled_from([101, 102, 103])) if kind == "focus group" else None
        sources.append(facts(7 - n, kind, its_group, 60, **draw(value)))
    cases.extend(group(n) for n in (101, 102, 103))
    for n in range(1, 6):
        role = draw(st.sampled_from(["participant", "participant", "moderator", "observer"]))
        cases.append(person(n, role, **draw(age)))
    codes = [code(n, draw(st.sampled_from([None, *range(1, n)]))) for n in range(1, n_codes + 1)]
    span = st.tuples(st.integers(0, 55), st.integers(1, 20)).map(lambda p: (p[0], min(60, p[0] + p[1])))
    turns, codings, sections = [], [], []
    for source in sources:
        starts = [*sorted(draw(st.sets(st.integers(0, 59), max_size=4))), 60]
        for start, end in pairwise(starts):
            title = draw(st.sampled_from(["", "Why here?", "What else?", "WHAT ELSE?", "Background"]))
            sections += [(source.id, start, end, title)] if title else []
        for start, end in draw(st.lists(span, max_size=7)):
            turns.append((source.id, start, end, draw(st.integers(1, 5))))
        for start, end in draw(st.lists(span, max_size=9)):
            codings.append(
                (1000 - len(codings), source.id, start, end, draw(st.integers(1, n_codes)), draw(st.integers(1, 2)))
            )
    return study(sources, cases, codes, turns, codings, sections, ["What else?", "Never asked?", "Why here?"])


def talk(*sources: list[tuple[str, str]] | str) -> Talk:
    """Talk of sources: each a list of (who, words) (a focus group; "MOD" moderates), or the text of a document."""
    utterances, found, cases, ids = [], [], {}, {}
    for n, source in enumerate(sources, 1):
        lines = [("", line) for line in source.split("\n")] if isinstance(source, str) else source
        at = 0
        for who, words in lines:
            case = None
            if who:
                case = ids.setdefault((n, who), CaseId(len(ids) + 1))
                role = "moderator" if who == "MOD" else "participant"
                cases[case] = Case(case, who, "participant", role, CaseId(1000 + n), {})
            role = cases[case].role if case else ""
            utterances.append(Utterance(SourceId(n), Span(at, at + len(words)), case, role, words))
            at += len(words) + 1
        is_group = not isinstance(source, str)
        if is_group:
            cases[CaseId(1000 + n)] = Case(CaseId(1000 + n), f"group {n}", "group", "", None)
        kind, its_group = ("focus group", CaseId(1000 + n)) if is_group else ("document", None)
        found.append(SourceFacts(SourceId(n), f"source {n}", kind, its_group, at, 0, {}))
    return Talk(tuple(utterances), tuple(found), cases)
