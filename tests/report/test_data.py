"""What a report says: counts, order, quotations, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import NotFound
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.table import Count
from cohesion_qda.report import differences, words
from cohesion_qda.report.data import ReportData, attributes_to_compare
from cohesion_qda.report.quotes import marked
from cohesion_qda.report.values import Quotation, QuotePart, Spread, Theme
from tests.report.study import Made, codebook, suggested


def test_counts_are_those_of_the_tables(made: Made, data: ReportData) -> None:
    table = frequency.crosstab(made.study, branch=True)
    said = {row.code: row.total for row in table.rows}
    assert data.base == table.base
    assert [chapter.title for chapter in data.chapters] == ["Defining cohesion", "What unites", "What divides"]
    for chapter in data.chapters:
        assert chapter.code is not None and chapter.said == said[chapter.code]
        for theme in chapter.themes:
            assert theme.said == said[theme.code]
            assert theme.said.groups <= data.base.groups and theme.said.participants <= data.base.participants


def test_themes_stand_in_order_of_how_widely_they_were_said_each_before_its_parts(data: ReportData) -> None:
    assert data.ranked_by == "groups"
    for chapter in data.chapters:
        for depth in (0, 1):
            run: list[tuple[int, int, int]] = []
            for theme in chapter.themes:
                if theme.depth < depth:
                    run = []
                elif theme.depth == depth:
                    run.append((theme.said.groups, theme.said.participants, theme.said.mentions))
                    assert run == sorted(run, reverse=True)
    divides = [(theme.name, theme.depth) for theme in data.chapters[2].themes]
    assert ("Politics", 0) in divides
    assert divides[divides.index(("Politics", 0)) + 1][1] == 1


def test_spread_goes_by_place_and_group_and_adds_up(data: ReportData) -> None:
    theme = data.chapters[0].themes[0]
    assert {s.attribute for s in theme.spread} == {"place", "thematic group"}
    by_place = [s for s in theme.spread if s.attribute == "place"]
    assert len(by_place) == 4
    assert sum(s.said.mentions for s in by_place) == theme.said.mentions
    assert sum(s.said.groups for s in by_place) == theme.said.groups
    assert sum(s.base.participants for s in by_place) == data.base.participants


def test_attributes_that_are_dates_or_have_many_values_are_not_compared_by(
    made: Made, making: Callable[..., Made]
) -> None:
    assert attributes_to_compare(made.study) == ["place", "thematic group", "age band"]
    many = making(places=[f"Village {n}" for n in range(12)])
    assert "place" not in attributes_to_compare(many.study)


def test_an_attribute_that_is_not_there_is_named_with_the_nearest(made: Made) -> None:
    with pytest.raises(NotFound, match=r"plaice.*place"):
        made.report(by=["plaice"])


def test_quotations_are_exact_and_by_different_people_of_different_groups(made: Made, data: ReportData) -> None:
    where = {row[0]: row for row in made.study.codings}
    for chapter in data.chapters:
        for theme in chapter.themes:
            assert len(theme.quotations) <= 4
            if theme.said.groups >= 2 and not any(t.depth > theme.depth for t in chapter.themes):
                assert len(theme.quotations) >= 2
            sources = [where[q.coding][1] for q in theme.quotations]
            assert len(set(sources)) == len(sources)
            for quotation in theme.quotations:
                _id, source, start, end, code, _coder = where[quotation.coding]
                assert code == theme.code
                whole = made.texts[source][start:end]
                assert [part.words for part in quotation.parts] == [line for line in whole.split("\n") if line]
                assert any(not part.is_moderator for part in quotation.parts)


def test_a_quotation_is_attributed_to_its_speakers_and_source(made: Made, data: ReportData) -> None:
    found: list[Quotation] = [q for c in data.chapters for t in c.themes for q in t.quotations]
    both = next(q for q in found if len({p.speaker for p in q.parts if not p.is_moderator}) == 2)
    names = list(dict.fromkeys(p.speaker for p in both.parts if not p.is_moderator))
    assert both.attribution.startswith(f"{names[0]} and {names[1]}, ")
    assert all("Moderator" not in q.attribution for q in found)


def test_without_questions_one_chapter_holds_all_codes(made: Made) -> None:
    plain = CodeTree([replace(code, is_question=False) for code in codebook()])
    data = Made(replace(made.study, codes=plain), made.talk, made.texts, made.turns).report()
    (chapter,) = data.chapters
    assert chapter.code is None and chapter.title == "What was said"
    assert chapter.themes[0].depth == 0 and chapter.themes[1].depth == 1
    assert max(t.said.participants for t in chapter.themes) <= chapter.said.participants <= data.base.participants


def test_codes_outside_the_questions_have_their_own_chapter(made: Made) -> None:
    codes = [replace(code, is_question=False) if code.name == "What divides" else code for code in codebook()]
    data = Made(replace(made.study, codes=CodeTree(codes)), made.talk, made.texts, made.turns).report()
    assert [c.title for c in data.chapters] == ["Defining cohesion", "What unites", "Other codes"]
    (whole,) = [t for t in data.chapters[2].themes if t.depth == 0]
    assert data.chapters[2].said == whole.said


def test_what_was_not_used_is_said(data: ReportData) -> None:
    assert data.unused == ("Defining cohesion/Accepting differences",)
    assert data.chapters[0].unused == data.unused
    assert data.uncoded == ()
    assert any("2 coders" in note for note in data.notes)


def test_agreement_is_between_those_who_coded(data: ReportData) -> None:
    (pair,) = data.agreement
    assert (pair.first, pair.second) == ("Asha Verity", "Ben Oldroyd")
    assert pair.rows[0].code is None


def test_agreement_names_the_sources_both_coded_and_its_unit(made: Made, data: ReportData) -> None:
    (pair,) = data.agreement
    both = {c[1] for c in made.study.codings if c[5] == 1} & {c[1] for c in made.study.codings if c[5] == 2}
    assert set(pair.sources) == {fact.name for fact in made.study.sources if fact.id in both}
    cases = made.study.cases
    assert pair.turns == sum(t[0] in both and cases[CaseId(t[3])].role == "participant" for t in made.study.turns)
    whole = pair.rows[0]
    assert pair.turns * pair.codes == whole.both + whole.only_a + whole.only_b + whole.neither


def test_themes_are_ranked_by_groups_then_by_people(made: Made) -> None:
    first = [code for code in codebook() if code.name in ("Defining cohesion", "Getting to know people", "Respect")]
    codings = tuple(
        (n, source, 0, 5, int(first[1].id if n < 13 else first[2].id), 1)
        for n, source in enumerate([*range(1, 13), *range(1, 5)], 1)
    )
    turns = tuple((t[0], t[1], t[2], t[3] if t[1] else t[0] * 100 + 1) for t in made.study.turns)
    study = replace(made.study, codes=CodeTree(first), codings=codings, turns=turns)
    data = Made(study, made.talk, made.texts, made.turns).report()
    assert data.ranked_by == "groups"
    assert [theme.name for theme in data.chapters[0].themes] == ["Getting to know people", "Respect"]
    tied = replace(study, codings=(*codings, *((50 + s, s, 0, 5, int(first[2].id), 1) for s in range(5, 13))))
    more = replace(tied, codings=(*tied.codings, (99, 1, 60, 61, int(first[2].id), 1)))
    for study, names in ((tied, ["Getting to know people", "Respect"]), (more, ["Respect", "Getting to know people"])):
        data = Made(study, made.talk, made.texts, made.turns).report()
        said = [theme.said for theme in data.chapters[0].themes]
        assert said[0].groups == said[1].groups and said[0].participants >= said[1].participants
        assert [theme.name for theme in data.chapters[0].themes] == names


def test_a_study_of_few_groups_is_ranked_by_people(making: Callable[..., Made]) -> None:
    data = making(groups=2, people=12, codings=60, interviews=6).report()
    assert data.ranked_by == "participants"
    tops = [theme.said.participants for theme in data.chapters[0].themes if not theme.depth]
    assert tops == sorted(tops, reverse=True)


def spread(attribute: str, *shares: tuple[str, int, int]) -> tuple[Spread, ...]:
    return tuple(
        Spread(attribute, label, Count(said, said, min(said, 2)), Count(50, base, 2)) for label, said, base in shares
    )


def test_a_theme_says_only_where_it_was_said_unevenly(data: ReportData) -> None:
    theme = data.chapters[0].themes[0]
    alike = spread("place", ("Dewsbury", 6, 20), ("Rural", 4, 15), ("Huddersfield", 9, 28))
    assert differences.of_theme(replace(theme, spread=alike)) == []
    uneven = spread("place", ("Dewsbury", 6, 22), ("Rural", 1, 15), ("Huddersfield", 14, 28))
    (found,) = differences.of_theme(replace(theme, spread=uneven))
    assert found.sentence() == "Said in every place, but unevenly: Huddersfield 14 of 28 people, Rural 1 of 15."
    silent = spread("place", ("Dewsbury", 8, 22), ("Rural", 0, 15))
    (found,) = differences.of_theme(replace(theme, spread=silent))
    assert found.sentence() == "Uneven by place: Dewsbury 8 of 22 people, Rural 0 of 15."
    assert differences.of_theme(replace(theme, spread=spread("place", ("Dewsbury", 8, 22)))) == []


def test_the_widest_differences_first_and_a_theme_and_its_parts_not_twice(data: ReportData) -> None:
    def of(name: str, path: str, most: int) -> Theme:
        shares = spread("place", ("Dewsbury", most, 20), ("Rural", 0, 20))
        return replace(data.chapters[0].themes[0], name=name, path=path, spread=shares)

    themes = (of("A", "Q/A", 12), of("B", "Q/A/B", 10), *(of(f"C{n}", f"Q/C{n}", 13 - n) for n in range(2, 8)))
    chapter = replace(data.chapters[0], themes=themes)
    found = differences.widest(replace(data, chapters=(chapter,)))
    assert [d.theme.name for d in found] == ["A", "C2", "C3", "C4", "C5"]


def test_codes_that_came_from_suggestions_are_known(made: Made) -> None:
    data = suggested(made, lambda n: True)
    theme = next(theme for theme in data.chapters[0].themes if theme.own)
    assert theme.suggested == theme.own and theme.is_proposed
    assert sum(n for _path, n, _all in data.accepted) == len(made.study.codings)
    assert (theme.path, theme.own, theme.own) in data.accepted
    half = suggested(made, lambda n: n % 2 == 0)
    assert {t.is_proposed for c in half.chapters for t in c.themes} == {True, False}
    assert made.report().accepted == ()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("It is a whole sentence.", "It is a whole sentence."),
        ("they all know what's going on", "…they all know what's going on…"),
        ("“not for us” she said, and", "…“not for us” she said, and…"),
        ("I said, “never again.”", "I said, “never again.”"),
        ("… and so it went …", "… and so it went …"),
        ("Well, I was going to –", "Well, I was going to –"),
        ("12 of us went!", "12 of us went!"),
        ("هل تعرف؟", "هل تعرف؟"),
    ],
)
def test_a_quotation_from_within_a_sentence_is_marked(said: str, shown: str) -> None:
    (part,) = marked([QuotePart("Zoë", said)])
    assert part.words == shown
    first, second = marked([QuotePart("A", "so we went"), QuotePart("B", "you did")])
    assert (first.words, second.words) == ("…so we went", "you did…")
    assert marked([]) == ()


def test_an_empty_study_still_makes_a_report(making: Callable[..., Made]) -> None:
    empty = making(groups=0, people=0, codings=0, codes=[])
    data = empty.report()
    assert data.base == Count() and data.chapters == () and not data.has_codings


def test_words() -> None:
    base = Count(100, 80, 12)
    assert (
        words.how_widely(Count(64, 37, 10), base) == "Said in 10 of 12 groups, by 37 of 80 participants, 64 mentions."
    )
    assert words.how_widely(Count(1, 1, 0), Count(5, 3, 0)) == "Said by 1 of 3 participants, 1 mention."
    assert words.how_widely(Count(2, 0, 0), Count(2, 0, 0)) == "2 mentions."
    assert words.out_of("groups", Count(1, 1, 1), Count(1, 1, 1)) == "1 of 1 group"
    assert words.people(Count(1, 1, 1), base) == "1 of 80 people"
    assert words.people(Count(1, 1, 1), Count(1, 1, 1)) == "1 of 1 person"
    assert words.out_of("mentions", Count(1234, 1, 1), base) == "1,234 mentions"
    assert words.day("2025-11-03") == "3 November 2025"
    assert words.day("soon") == "soon"
    assert words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.kind_of_source("diary", 2) == "2 sources of the kind “diary”"
