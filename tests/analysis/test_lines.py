"""A word in its lines: found where it stands and nowhere else, told as trees, and what is said near it."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.collocations import Concordance, collocations, concordance, pairs
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.lines import Lines, Node, lines, ordered, tree
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from tests.analysis.made_studies import talk
from tests.analysis.made_words import words_of

TALK = talk(
    [
        ("MOD", "Is the park safe?"),
        ("Ann", "The park is um dark. The Park is dark at night 😀, the park is locked."),
        ("Bob", "No park is dark here (the park, laughs)."),
        ("Cat", "Car park, and a parking ticket."),
    ],
    [("Dee", "Our park is safe! Our bus is late.")],
    "A park beside a bus.\nNothing here.",
)


@pytest.fixture(scope="module")
def words() -> Words:
    return words_of(TALK)


def quotes(found: Lines, said: Talk = TALK) -> list[str]:
    texts = {(u.source, u.span.start): u for u in said.utterances}
    return [
        line.span.of("x" * line.before.start + texts[line.source, line.before.start].text) for line in found.lines
    ]  # fmt: skip


def test_every_line_of_a_term_is_found_but_the_moderators(words: Words) -> None:
    found = lines(words, "PARK")
    assert found.is_term and found.word == "park"
    assert [q.lower() for q in quotes(found)] == ["park"] * len(found.lines)
    assert found.count == Count(8, 4, 2)
    assert found.base == Count(6, 4, 2)
    for line in found.lines:
        assert line.before.end == line.span.start and line.span.end == line.after.start


def test_what_was_typed_is_found_as_whole_words_or_as_a_beginning(words: Words) -> None:
    assert quotes(lines(words, "the park")) == ["The park", "The Park", "the park"]  # no stage note, no moderator
    assert not lines(words, "the park").is_term
    assert quotes(lines(words, "park*")) == [*["park", "Park", "park", "park", "park", "parking"], "park", "park"]
    assert quotes(lines(words, "par")) == []
    assert quotes(lines(words, "late. nothing")) == []


def test_a_form_is_found_in_all_forms_of_what_it_is_counted_as() -> None:
    said = talk([("Ann", "The bus is late. The buses are late."), ("Bob", "A bus! Buses, always two.")])
    words = words_of(said)
    bus, form = words.terms.index("bus"), words.terms.index("buses")
    unused = [tuple(one for n, one in enumerate(row) if n != form) for row in (words.terms, words.parts)]
    term = np.where(words.term == form, bus, words.term)
    words = replace(words, terms=unused[0], parts=unused[1], term=term - (term > form))
    found = lines(words, "Buses")
    assert (found.word, found.is_term, found.count.mentions) == ("bus", True, 4)
    assert found == lines(words, "bus")
    assert quotes(lines(words, "buses*"), said) == ["buses", "Buses"]


def test_a_place_is_looked_at_alone(words: Words) -> None:
    dee = next(u for u in TALK.utterances if "safe!" in u.text)
    found = lines(words, "park", [(dee.source, dee.span)])
    assert found.count == Count(1, 1, 1) and found.base == Count(1, 1, 1)
    assert lines(words, "park", []).lines == ()
    assert lines(words, "park", [(dee.source, Span(dee.span.start, dee.span.start + 6))]).lines == ()


def test_lines_can_be_ordered_by_what_stands_beside_the_word(words: Words) -> None:
    found = lines(words, "park")
    texts = {(u.source, u.span.start): u for u in TALK.utterances}
    beside = []
    for line in found.lines:
        whole = texts[line.source, line.before.start]
        at = whole.span.start
        beside.append((whole.text[: line.span.start - at], whole.text[line.span.end - at :]))
    assert ordered(found, beside, "transcript") == list(range(len(beside)))
    after = [re.findall(r"\w+", beside[n][1].casefold())[:2] for n in ordered(found, beside, "after")]
    assert after == sorted(after)
    before = [re.findall(r"\w+", beside[n][0].casefold())[::-1][:1] for n in ordered(found, beside, "before")]
    assert before == sorted(before)


# -- trees -------------------------------------------------------------------------------------------------------------


def test_a_tree_parts_where_people_go_on_differently(words: Words) -> None:
    root = tree(words, lines(words, "park"))
    said = root.children[0]
    assert said.said == "is" and said.count == Count(5, 3, 2)  # “um” and the capital part nothing
    assert [(child.said, child.count.participants) for child in said.children] == [
        ("dark", 2),
        ("locked", 1),
        ("safe", 1),
    ]
    before = tree(words, lines(words, "park"), "before")
    assert before.children[0].said.lower() == "the"
    assert all("laughs" not in child.said for child in root.children)


def test_words_before_are_read_towards_the_word() -> None:
    said = words_of(talk([("Ann", "We all go to the park. They go to the park.")]))
    before = tree(said, lines(said, "park"), "before")
    assert before.children[0].said == "go to the"
    assert sorted(child.said for child in before.children[0].children) == ["They", "We all"]


def _check(node: Node, found: Lines) -> None:
    assert node.count.mentions == len(node.places) == len(set(node.places))
    assert node.count.participants <= len({found.lines[n].voice for n in node.places})
    below = [place for child in node.children for place in child.places]
    assert len(below) == len(set(below)) and set(below) <= set(node.places)
    order = [(-child.count.participants, -child.count.mentions) for child in node.children]
    assert order == sorted(order)
    for child in node.children:
        assert child.said
        _check(child, found)


SAYING = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Bob", "MOD", "Cat"]),
        st.lists(st.sampled_from(["park ", "bus ", "is ", "um ", ". ", "late ", "(park) ", "😀 ", "\n"]), max_size=12).map("".join),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@given(SAYING)
def test_every_place_of_a_word_is_in_the_trees_once(said: list[tuple[str, str]]) -> None:
    spoken = talk(said)
    words = words_of(spoken)
    found = lines(words, "park")
    expected = sum(
        len(re.findall(r"\bpark\b", re.sub(r"\([^()\n]*\)", "", u.text)))
        for u in spoken.utterances if u.role == "participant"
    )  # fmt: skip
    typed = lines(words, "park*")
    assert len(typed.lines) == expected
    for toward in ("after", "before"):
        root = tree(words, found, toward)
        assert root.places == tuple(range(len(found.lines)))
        _check(root, found)


# -- what is said near it ----------------------------------------------------------------------------------------------


def test_log_dice_is_as_its_author_worked_it_out() -> None:
    """14 + log2 of 2 f(xy) / (f(x) + f(y)), over turns: 2 of 3 and 2 turns."""
    said = words_of(talk([
        ("Ann", "tea again biscuits tea biscuits"), ("Bob", "biscuits beside tea"), ("Cat", "tea alone"),
        ("Dee", "weather"),
    ]))  # fmt: skip
    found = collocations(said, lines(said, "tea"))
    assert [(one.term, one.count, one.places) for one in found] == [("biscuits", Count(2, 2, 1), (0, 2))]
    assert found[0].score == pytest.approx(14 + math.log2(2 * 2 / (3 + 2)))


def test_what_is_always_said_together_has_fourteen_and_one_persons_phrase_is_none() -> None:
    said = words_of(
        talk([("Ann", "old market hall"), ("Bob", "old market"), ("Bob", "hall market"), ("Bob", "hall market")])
    )
    found = {one.term: one for one in collocations(said, lines(said, "market"))}
    assert found["old"].count.participants == 2 and "hall" in found
    alone = words_of(talk([("Ann", "cheap chips"), ("Ann", "cheap chips"), ("Bob", "cheap"), ("Cat", "chips")]))
    assert collocations(alone, lines(alone, "cheap")) == ()
    always = words_of(talk([("Ann", "fish chips"), ("Bob", "fish chips")]))
    assert collocations(always, lines(always, "fish"))[0].score == pytest.approx(14)


def test_the_window_counts_words_within_a_turn() -> None:
    said = words_of(talk([("Ann", "tea a a a a cake"), ("Bob", "tea a a a a cake"), ("Cat", "tea"), ("Cat", "cake")]))
    assert [one.term for one in collocations(said, lines(said, "tea"))] == ["cake"]
    far = words_of(talk([("Ann", "tea a a a a a cake"), ("Bob", "tea a a a a a cake")]))
    assert collocations(far, lines(far, "tea")) == ()
    assert [one.term for one in collocations(far, lines(far, "tea"), window=6)] == ["cake"]


def test_what_was_typed_has_neighbours_too(words: Words) -> None:
    found = concordance(words, "is dark")
    assert isinstance(found, Concordance) and not found.lines.is_term
    assert "park" in [one.term for one in found.near]
    assert concordance(words, "nowhere").near == ()


@given(SAYING)
def test_neighbours_are_counted_as_a_plain_count_does(said: list[tuple[str, str]]) -> None:
    spoken = talk(said)
    words = words_of(spoken)
    found = {one.term: one for one in collocations(words, lines(words, "park"), number=100)}
    for other in ("bus", "late", "is"):
        near = set()
        for u in spoken.utterances:
            tokens = [m.group() for m in re.finditer(r"\w+", u.text)]
            at = [n for n, token in enumerate(tokens) if token == "park"]
            if u.role == "participant" and any(
                tokens[n] == other for place in at for n in range(max(0, place - 5), min(len(tokens), place + 6))
            ):
                near.add((u.span.start, u.case))
        people = {case for _start, case in near}
        voices = len({u.case for u in spoken.utterances if u.role == "participant"})
        if len(people) >= min(2, max(1, voices)) and near:
            assert found[other].count.mentions == len(near) and found[other].count.participants == len(people)
        else:
            assert other not in found


def test_pairs_of_all_talk_are_counted_as_a_plain_count_does() -> None:
    said = [
        ("Ann", "fish chips tea"), ("Bob", "fish chips a a a a a tea"), ("Cat", "chips beside fish fish"), ("Dee", "tea"),
        ("Eve", "fish a a a a a chips"), ("MOD", "tea chips tea chips"),
    ]  # fmt: skip
    spoken = words_of(talk(said))
    found = {(one.first, one.second): one for one in pairs(spoken)}
    assert set(found) == {("chips", "fish")}  # one voice says tea near either
    assert found["chips", "fish"].count == Count(3, 3, 1)
    assert found["chips", "fish"].score == pytest.approx(14 + math.log2(2 * 3 / (4 + 4)))
    assert pairs(spoken, []) == ()
    assert next((one.first, one.second) for one in pairs(spoken, window=6)) == ("chips", "fish")
    assert pairs(spoken, window=6)[0].count.participants == 4


def test_looking_for_pairs_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        pairs(words_of(talk([("Ann", "fish chips"), ("Bob", "fish chips")])), job=job)


def test_a_source_in_which_nobody_speaks_has_lines(words: Words) -> None:
    found = lines(words, "bus")
    assert [line.source for line in found.lines] == [SourceId(2), SourceId(3)]
    assert found.count == Count(2, 1, 1)
