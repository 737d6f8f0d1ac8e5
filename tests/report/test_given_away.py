"""What small numbers were once given away by: each a study made by hand, told with the help of what stands elsewhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.study import StudyData
from cohesion_qda.report import files, tabled
from cohesion_qda.report.answers import cooccurrence, crosstab, dynamics, frequencies, timeline
from cohesion_qda.report.figuring import figure
from cohesion_qda.report.hiding import hide
from tests.analysis.made_studies import code, facts, group, person, study
from tests.report.answers.made_material import material
from tests.report.attack import found_out

KINDS = {
    "frequencies": frequencies,
    "crosstab": crosstab,
    "cooccurrence": cooccurrence,
    "dynamics": dynamics,
    "timeline": timeline,
}
CUTS, PARKS = 1, 2
CODES = [code(CUTS, name="Cuts"), code(PARKS, name="Parks")]


def hidden(data: StudyData, asked: Asked, threshold: int = 5) -> Answer:
    """The answer with small numbers hidden, and nobody finds them out."""
    before = KINDS[asked.kind].answer(material(data), asked)
    after = hide(before, threshold)
    parts = {part.key: part for part in before.parts}
    ordered = []
    for part in after.parts:  # as the lines stand now
        was = parts[part.key]
        order = [[line.label for line in was.lines].index(line.label) for line in part.lines]
        now = {old: new for new, old in enumerate(order)} | {-1: -1}
        sums = tuple(
            replace(s, parts=tuple((now[n], m) for n, m in s.parts), whole=s.whole and (now[s.whole[0]], s.whole[1]))
            for s in was.sums
        )
        ordered.append(replace(was, lines=tuple(was.lines[n] for n in order), sums=sums))
    assert found_out(replace(before, parts=tuple(ordered)), after, threshold) == []
    return after


def seen(part: Part, label: str) -> list[object]:
    line = {line.label: line for line in (*part.lines, *([part.foot] if part.foot else ()))}[label]
    return ["[c]" if cell.is_hidden else cell.value for cell in line.cells]


def talk(people: range, source: int = 1) -> list[tuple[int, int, int, int]]:
    """One turn of ten each, one after the other."""
    return [(source, 10 * n, 10 * n + 9, who) for n, who in enumerate(people)]


def asked_of_eight() -> StudyData:
    """Six of eight speak to the first question, two to the other."""
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, CUTS, 1) for n in range(6)]
    return study(
        [facts(1, group=101, length=100)], [group(101), *(person(n, group=101) for n in range(1, 9))], CODES[:1],
        talk(range(1, 9)), codings, [(1, 0, 60, "Why here?"), (1, 60, 100, "Intro")], ["Why here?", "Intro"],
    )  # fmt: skip


def old_and_young(more: int = 0) -> StudyData:
    """Ten old people in D, six of whom speak of cuts; three young ones in B, who say seven things, `more` of cuts."""
    people = [person(n, group=101, age="old") for n in range(1, 11)] + [
        person(n, group=102, age="young") for n in range(11, 14)
    ]
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, CUTS, 1) for n in range(6)]
    codings += [(200 + n, 2, n % 3 * 10 + n // 3 * 3, n % 3 * 10 + n // 3 * 3 + 2, CUTS, 1) for n in range(more)]
    return study(
        [facts(1, group=101, length=100, place="D"), facts(2, group=102, place="B")], [group(101), group(102), *people], CODES,
        [*talk(range(1, 11)), *talk(range(11, 14), 2)], codings,
    )  # fmt: skip


def test_who_was_silent_is_not_told_by_what_the_counts_are_out_of() -> None:
    after = hidden(asked_of_eight(), Asked("crosstab", by=("question asked",)))
    there, spoke, silent = seen(after.part("silence"), "Why here?")
    head = after.part("counts").heads[0].of
    assert silent == "[c]" and (there == "[c]" or (spoke == "[c]" and head is None)), "8 there less 6 who spoke are 2"
    intro = seen(after.part("silence"), "Intro")[0]
    assert there == intro, "the same people were there"
    assert "8 participants" not in after.parts[0].subtitle + " ".join(after.made.counted), (
        "nor by those there are in all"
    )


@pytest.mark.parametrize("test", ["chi-squared", "fisher"])
def test_tests_do_not_tell_what_counts_are_out_of(test: str) -> None:
    after = hidden(old_and_young(), Asked("crosstab", by=("age",), options={"test": test}))
    assert [head.of for head in after.part("counts").heads[:2]] == [None, None]
    part = after.part("tests")
    assert set(seen(part, "Cuts")) == {"[c]"} == set(seen(part, "Parks")), "expected 4.6 and 5.4 are 10 old people"
    assert not any("tested" in note for note in part.notes) and any("Fisher" in n or "Pearson" in n for n in part.notes)
    assert all(not line.note for line in part.lines), (
        "that it cannot be calculated tells that nobody or everybody said it"
    )


def test_all_mentions_of_all_codes_are_what_mentions_are_out_of() -> None:
    after = hidden(old_and_young(7), Asked("crosstab", by=("place",), unit="mentions")).part("counts")
    b, d, whole = (head.of for head in after.heads)
    assert seen(after, "Cuts")[:2] == ["[c]", "[c]"], "three people made seven mentions"
    assert b is None and (d is None or whole is None), "13 - 6 are these seven"
    rows = hidden(old_and_young(7), Asked("crosstab", by=("place",), unit="mentions", share="row")).part("counts")
    assert seen(rows, "Cuts")[:4] == ["[c]"] * 4


def test_nor_where_many_speak_and_few_say_it() -> None:
    people = [person(n, group=101 + n % 2) for n in range(1, 21)]
    turns = [(1 + n % 2, 10 * n, 10 * n + 9, n) for n in range(1, 21)]
    codings = [(100 + n, 1, 20 + n, 21 + n, CUTS, 1) for n in range(7)]
    codings += [(200 + n, 2, 10 * n, 10 * n + 5, CUTS, 1) for n in range(1, 20, 2)]
    sources = [facts(1, group=101, length=220, place="B"), facts(2, group=102, length=220, place="D")]
    data = study(sources, [group(101), group(102), *people], CODES, turns, codings)
    part = hidden(data, Asked("crosstab", by=("place",), unit="mentions")).part("counts")
    assert seen(part, "Any of these codes")[0] == "[c]" and part.heads[0].of is None, "one person made all seven"
    assert part.heads[1].of is None or part.heads[2].of is None, "17 - 10 are these seven"


@pytest.mark.parametrize("asked", [
    Asked("crosstab", by=("place",), unit="groups"), Asked(unit="groups"), Asked("crosstab", by=("question asked",)),
])  # fmt: skip
def test_a_subtitle_tells_no_hidden_whole(asked: Asked) -> None:
    data = asked_of_eight() if "question asked" in asked.by else old_and_young()
    after = hidden(data, asked)
    assert KINDS[asked.kind].answer(material(data), asked).parts[0].subtitle != after.parts[0].subtitle
    assert not any(letter.isdigit() for letter in after.parts[0].subtitle), after.parts[0].subtitle


def one_of_twelve() -> StudyData:
    """The last of twelve people says all that is said of both codes together: seven pairs of mentions."""
    number = count(100)
    codings = [(next(number), 1, 10 * n, 10 * n + 2, PARKS if n % 2 else CUTS, 1) for n in range(11)]
    codings.append((next(number), 1, 110, 119, PARKS, 1))
    codings += [(next(number), 1, 110 + n, 111 + n, CUTS, 1) for n in range(7)]
    return study(
        [facts(1, group=101, length=130)], [group(101), *(person(n, group=101) for n in range(1, 13))], CODES,
        talk(range(1, 13)), codings,
    )  # fmt: skip


@pytest.mark.parametrize("how", ["overlap", "near", "turn"])
@pytest.mark.parametrize("unit", ["participants", "mentions"])
def test_what_one_person_joins_is_hidden_however_often(how: str, unit: str) -> None:
    after = hidden(one_of_twelve(), Asked("cooccurrence", unit=unit, options={"how": how, "turns": 0}))
    assert seen(after.part("matrix"), "Cuts")[1] == seen(after.part("matrix"), "Parks")[0] == "[c]"
    assert not after.part("pairs").lines and "What is hidden is not listed here." in after.part("pairs").notes
    assert not after.part("matrix").headline


def test_the_turns_of_one_person_are_hidden_however_many() -> None:
    turns = [(1, 10 * n, 10 * n + 9, 1 if n < 7 else n) for n in range(20)]
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, CUTS, 1) for n in range(20)]
    codings += [(200 + n, 1, 10 * n, 10 * n + 5, PARKS, 1) for n in range(7)]
    data = study(
        [facts(1, group=101, length=200)],
        [group(101), *(person(n, group=101) for n in range(1, 20))],
        CODES,
        turns,
        codings,
    )
    after = hidden(data, Asked("cooccurrence", options={"how": "turn"}))
    assert seen(after.part("matrix"), "Parks") == ["[c]", "[c]"], "seven turns, all of one"


def test_the_fewest_that_are_listed_tell_nothing_of_a_hidden_pair() -> None:
    pairs = [hidden(one_of_twelve(), Asked("cooccurrence", options={"how": "overlap", "least": n})) for n in (1, 7, 8)]
    assert len({str((answer.part("pairs"), answer.part("matrix"))) for answer in pairs}) == 1


def test_who_does_not_respond_is_not_listed_beside() -> None:
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, CUTS if n < 2 else PARKS, 1) for n in range(7)]
    data = study(
        [facts(1, group=101, length=100)], [group(101), *(person(n, group=101) for n in range(1, 10))], CODES,
        talk(range(1, 9)), codings,
    )  # fmt: skip
    asked = Asked("dynamics", options={"source": 1, "agrees": (CUTS,), "dissents": (PARKS,)})
    after = hidden(data, asked)
    assert [part.key for part in after.parts] == ["totals"], "who is named in the others could be counted there"
    assert seen(after.parts[0], "Agrees") == seen(after.parts[0], "Does not respond") == ["[c]"]
    assert any("Who says how much; Who follows whom; How each responds" in note for note in after.notes)
    assert not any("Do not publish" in note for note in after.notes)
    every = hidden(data, replace(asked, options={"agrees": (CUTS,)}))
    assert [part.key for part in every.parts] == ["follows", "totals"], "groups are no people"


def test_one_person_s_mentions_by_date_are_hidden() -> None:
    codings = [(100 + n, 1, n, n + 1, CUTS, 1) for n in range(8)]
    codings += [(200 + n, 1, 10 * n, 10 * n + 5, PARKS, 1) for n in range(12)]
    data = study(
        [facts(1, group=101, length=130, date="2024-03-04")], [group(101), *(person(n, group=101) for n in range(1, 13))],
        CODES, talk(range(1, 13)), codings,
    )  # fmt: skip
    for unit in ("mentions", "turns", "words"):
        after = hidden(data, Asked("timeline", codes=(CUTS, PARKS), unit=unit, options={"date": "date"})).part("events")
        row = seen(after, "4 March 2024")
        assert row[4] == "[c]", unit
        assert unit != "mentions" or "[c]" in (row[3], row[5]), "20 mentions of all codes less 12 of parks are these 8"


def test_a_branch_does_not_tell_its_leaves() -> None:
    tree = [code(1, name="Services"), code(2, 1, name="Cuts"), code(3, 1, name="Parks")]
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, 2 if n < 9 else 3, 1) for n in range(12)]
    data = study(
        [facts(1, group=101, length=200)], [group(101), *(person(n, group=101) for n in range(1, 21))], tree,
        talk(range(1, 21)), codings,
    )  # fmt: skip
    after = hidden(data, Asked(branch=True, unit="mentions", options={"order": "codebook"})).parts[0]
    shown = [seen(after, label)[0] for label in ("Cuts", "Parks", "Any of these codes")]
    assert shown[1] == "[c]" and shown != [9, "[c]", 12], "12 of any less 9 of cuts"


def by_place_and_age() -> StudyData:
    people = [person(n, group=101 + n % 2, age="old" if n % 3 else "young") for n in range(1, 21)]
    turns = [(1 + n % 2, 10 * n, 10 * n + 9, n + 1) for n in range(20)]
    codings = [(100 + n, 1 + n % 2, 10 * n, 10 * n + 5, CUTS, 1) for n in range(11)]
    codings += [(200 + n, 1 + n % 2, 10 * n, 10 * n + 5, PARKS, 1) for n in range(3)]
    sources = [facts(1, group=101, length=200, place="B"), facts(2, group=102, length=200, place="D")]
    return study(sources, [group(101), group(102), *people], CODES, turns, codings)


def test_a_heat_map_has_one_tile_for_a_count_and_its_share_also_where_they_are_hidden() -> None:
    after = hidden(by_place_and_age(), Asked("crosstab", by=("place", "age"), share="column"))
    part = after.part("counts")
    assert [seen(part, "Parks")[6], seen(part, "Parks")[7]] == [0, "[c]"], "0 is shown, the share of so few is not"
    drawn = figure(part, "heat map", after)
    assert len(drawn.spots) == 2 * 5, "two codes by four columns and their total"


def test_nothing_around_the_table_tells_it() -> None:
    """The figure and its words, what is copied, what lies beside a file, the cover of a workbook."""
    after = hidden(by_place_and_age(), Asked("crosstab", by=("place",)))
    part = after.part("counts")
    assert seen(part, "Parks") == ["[c]"] * 3
    told = [files.clipboard(part)[0], tabled.about(after, part)]
    for name in part.figures:
        drawn = figure(part, name, after)
        told += [drawn.alt, *(spot.said for spot in drawn.spots)]
    book = tabled.book(after)
    told += [str(book.about), str(book.notes)]
    assert not [text for text in told if "3 of 20" in text or " 3 " in text or "14 codings" in text]
    assert any("[c]" in text for text in told)
    assert not any(cell.people or cell.base or cell.made_of for line in part.lines for cell in line.cells)


def test_that_nothing_differs_or_several_are_first_is_not_said_of_hidden_numbers() -> None:
    """One code is said by as many as another: with that told, it would stand in the headline."""
    codings = [(100 + n, 1, 10 * n, 10 * n + 5, CUTS, 1) for n in range(6)]
    codings += [(200 + n, 1, 10 * n, 10 * n + 5, PARKS, 1) for n in range(6)]
    data = study(
        [facts(1, group=101, length=100)], [group(101), *(person(n, group=101) for n in range(1, 11))], CODES,
        talk(range(1, 11)), codings,
    )  # fmt: skip
    assert "“Cuts”" in frequencies.answer(material(data), Asked()).parts[0].headline
    assert hidden(data, Asked()).parts[0].headline == ""
