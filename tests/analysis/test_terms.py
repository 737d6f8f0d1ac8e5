from __future__ import annotations

import numpy as np
import pytest
from made_studies import talk

from cohesion_qda.analysis import terms
from cohesion_qda.analysis.language import listen
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

FILL = ["bread", "school", "weather", "park", "street", "garden", "window", "river", "music", "market"]


def study() -> Talk:
    """Six people talk of allotments in two groups; one person alone keeps saying turnip; in two other groups nobody does."""
    here = [
        (f"P{n}", f"Our allotment brings {FILL[n]} and {FILL[n + 1]}, the allotment committee says.") for n in range(6)
    ]
    here[0] = ("P0", here[0][1] + " Turnip, turnip, turnip, turnip, turnip, turnip, turnip.")
    there = [
        (f"P{n}", f"The {FILL[n]} and the {FILL[n + 1]} near the {FILL[n + 2]} beside the {FILL[n + 3]}.")
        for n in range(6)
    ]
    return talk([("MOD", "Tell me about bandits."), *here], here[:3], there, there[1:])


def whole(*sources: int) -> list[tuple[SourceId, Span]]:
    return [(SourceId(s), Span(0, 10_000)) for s in sources]


@pytest.mark.parametrize(
    ("cells", "value"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((10, 0, 3, 31764), 167.23)],
)
def test_g_squared_gives_dunnings_worked_values(cells: tuple[int, int, int, int], value: float) -> None:
    a, b, c, d = (np.array([float(cell)]) for cell in cells)
    n = a + b + c + d
    expected = ((a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n)
    assert terms.g_squared((a, b, c, d), expected)[0] == pytest.approx(value, abs=0.01)


def test_log_odds_as_by_hand() -> None:
    chosen, rest = np.array([8, 2, 0]), np.array([2, 8, 20])
    single = np.array([True, True, True])
    prior, n_prior = chosen + rest, 40
    one = np.log((8 + 10) / (10 + n_prior - 18)) - np.log((2 + 10) / (30 + n_prior - 12))
    assert terms.log_odds(chosen, rest, single)[0] == pytest.approx(
        one / np.sqrt(1 / (8 + prior[0]) + 1 / (2 + prior[0]))
    )


def test_what_many_say_sets_apart_and_one_voices_pet_word_does_not() -> None:
    found = terms.key_terms(study(), whole(1, 2))
    names = [term.term for term in found]
    assert "allotment" in names[0]
    assert "turnip" not in [name.lower() for name in names]
    first = found[0]
    assert first.count.participants == 9
    assert first.count.groups == 2
    assert first.rest == Count()
    assert first.score > 0
    assert first.key.startswith("term allotment")


def test_passages_are_turns_of_different_speakers_inside_what_was_chosen() -> None:
    given = study()
    first = terms.key_terms(given, whole(1))[0]
    cases = {u.span: u.case for u in given.utterances if u.source == 1}
    assert {p.source for p in first.passages} == {1}
    assert len({cases[p.span] for p in first.passages[:6]}) == 6
    assert [p.score for p in first.passages] == sorted((p.score for p in first.passages), reverse=True)


def test_only_what_lies_in_the_passages_counts() -> None:
    given = talk([("Ann", "Trains and buses"), ("Bob", "Buses and trains")])
    words = listen(given)
    here = terms.inside(words, [(SourceId(1), Span(0, 8)), (SourceId(1), Span(3, 10)), (SourceId(9), Span(0, 99))])
    assert [words.terms[t] for t in words.term[here]] == ["trains"]
    assert terms.inside(words, None).all()
    assert not terms.inside(words, []).any()


def test_without_passages_the_widest_said_come_first() -> None:
    found = terms.key_terms(study(), number=5)
    assert len(found) == 5
    breadth = [(term.count.participants, term.count.mentions) for term in found]
    assert breadth == sorted(breadth, reverse=True)
    assert all(term.count.participants >= 2 and term.rest == Count() for term in found)
    assert terms.key_terms(study()) == terms.key_terms(study())


def test_words_that_stand_only_in_a_phrase_do_not_echo_it() -> None:
    given = talk(
        [("Ann", "My blood sugar."), ("Bob", "Blood sugar again."), ("Cat", "Check blood sugar, and the bread.")]
    )
    assert [term.term for term in terms.key_terms(given)] == ["blood sugar"]


def test_hardly_anything_passes_when_speakers_are_drawn_at_random() -> None:
    rng = np.random.default_rng(7)
    stock = [
        f"{a}{b}"
        for a in ("mar", "tol", "ven", "kip", "dor", "lum")
        for b in ("mak", "tof", "gel", "bix", "pok", "dun", "saf", "rop")
    ]
    people = []
    for n in range(60):
        own = rng.choice(stock, 12, replace=False)
        people.append((f"P{n}", " and the ".join(rng.choice(own, 40)) + "."))
    words = listen(talk(people))
    single = np.ones(len(words.terms), dtype=bool)
    passed = tried = 0
    for _round in range(60):
        here = (rng.random(words.voices) < 0.4)[words.voice[words.utterance]]
        a, b = words.counts(here)[3], words.counts(~here)[3]
        z = terms.log_odds(words.counts(here)[0], words.counts(~here)[0], single)
        passed += int(((terms._surprise(words, here, a, b, single) >= terms.GATE) & (z > 0) & (a >= 2)).sum())
        tried += len(words.terms)
    assert passed / tried <= 0.006


def test_nothing_to_say() -> None:
    assert terms.key_terms(Talk((), (), {})) == []
    assert terms.key_terms(Talk((), (), {}), whole(1)) == []
    assert terms.key_terms(study(), []) == []
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        terms.key_terms(study(), None, stopped)
