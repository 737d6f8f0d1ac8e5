"""Themes: nothing of a moderator, every unit in one theme, the same from the same, whatever order it comes in."""

from __future__ import annotations

import pickle
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from types import SimpleNamespace

import numpy as np
import pytest
from made_studies import talk
from threadpoolctl import threadpool_limits

from cohesion_qda.analysis import assigning, spaces, theme_words
from cohesion_qda.analysis import themes as themes_module
from cohesion_qda.analysis.heard import Heard, hear
from cohesion_qda.analysis.themes import Theming, themes
from cohesion_qda.analysis.units import units_of
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import Recipe, ThemeEdit, ThemeModel

SUBJECTS = {
    "buses": "bus timetable driver fare ticket route passenger shelter depot bus stop",
    "food": "samosa curry kitchen recipe rice oven spice chapati dumpling food stall",
    "faith": "mosque chapel prayer temple vicar imam hymn gurdwara service faith leader",
    "youth": "club football skateboard pitch teenager youth worker hut training league coach",
}

USUAL = Recipe()


def sources(groups: int = 4, seed: int = 3) -> list[list[tuple[str, str]]]:
    """Groups that speak of four subjects, one after the other; each turn takes words of one."""
    rng, made = random.Random(seed), []
    for _g in range(groups):
        lines = []
        for subject, words in SUBJECTS.items():
            asked = f"Thank you all very much, now tell me please what {subject} means for the people in this place."
            lines.append(("MOD", asked))
            for n in range(18):
                turn = rng.sample(words.split(), 5)
                said = f"Um, the {turn[0]} and the {turn[1]}. You know, a {turn[2]} with the {turn[3]}, yeah, or the {turn[4]}."
                lines.append((f"P{n % 6}", said))
        made.append(lines)
    return made


def heard_of(given: Talk) -> Heard:
    return hear(given, vectors=False)[0]


@cache
def heard(groups: int = 4) -> Heard:
    return heard_of(talk(*sources(groups)))


@cache
def theming() -> Theming:
    return Theming(heard())


@cache
def found(recipe: Recipe = USUAL) -> ThemeModel:
    return theming().themes(recipe)


def test_subjects_that_are_there_are_found() -> None:
    model = found()
    assert model.number == len(model.themes) == 4
    assert model.curve[0].number == 4
    met = set()
    for theme in model.themes:
        words = {part.lower() for term in theme.terms for part in term.split()}
        best = max(SUBJECTS, key=lambda subject: len(set(SUBJECTS[subject].split()) & words))
        others = set().union(*(text.split() for text in SUBJECTS.values())) - set(SUBJECTS[best].split())
        assert not words & others
        met.add(best)
        assert theme.count == Count(72, 24, 4)
        assert theme.stability is not None and theme.stability > 0.9
        assert theme.coherence > 0.1
        assert set(theme.label.casefold().split(", ")) <= set(SUBJECTS[best].casefold().split()) and "," in theme.label
    assert met == set(SUBJECTS)
    assert model.base == Count(288, 24, 4)
    assert model.stability is not None and model.stability > 0.9


def test_every_unit_is_in_one_theme_and_holds_nothing_of_a_moderator() -> None:
    model, given = found(), heard().talk
    said = {u.source: [] for u in given.utterances}
    for u in given.utterances:
        if u.role == "moderator":
            said[u.source].append(u.span)
    assert len(model.theme_of) == len(model.units)
    keys = [theme.key for theme in model.themes]
    assert set(model.theme_of) == set(keys)
    units = sorted(n for theme in model.themes for n in theme.units)
    assert units == list(range(len(model.units)))
    for theme in model.themes:
        assert {model.theme_of[n] for n in theme.units} == {theme.key}
    for unit in model.units:
        inside = [s for s in said[unit.source] if unit.span.start < s.end and s.start < unit.span.end]
        assert not inside, "a moderator's question parts windows here"


def test_typical_and_divergent_passages_are_turns_of_different_people() -> None:
    turns = {(u.source, u.span): u for u in heard().talk.utterances}
    for theme in found().themes:
        said = [turns[p.source, p.span] for p in theme.typical]
        assert len(said) == len({u.case for u in said}) == 12
        assert all(u.role == "participant" for u in said)
        scores = [p.score for p in theme.typical]
        assert min(scores) >= max(p.score for p in theme.divergent)
        assert not {p.span for p in theme.typical if p.source == 1} & {p.span for p in theme.divergent if p.source == 1}


def test_same_seed_same_result_in_every_process() -> None:
    again = Theming(heard()).themes()
    assert again == found()
    assert pickle.loads(pickle.dumps(again)) == again
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(themes, heard()).result() == again


def test_the_number_of_threads_changes_nothing() -> None:
    with threadpool_limits(2):
        assert Theming(heard()).themes() == found()


def test_of_very_many_terms_the_commonest_are_used(monkeypatch) -> None:
    monkeypatch.setattr(spaces, "MOST_TERMS", 12)
    assert len(Theming(heard()).themes(Recipe(number=4)).themes) == 4


def test_the_order_of_sources_does_not_matter() -> None:
    there = themes(heard_of(talk(*reversed(sources()))))
    here = found()
    assert [(t.key, t.label, t.terms, t.count, t.stability) for t in there.themes] == [
        (t.key, t.label, t.terms, t.count, t.stability) for t in here.themes
    ]


def test_merging_and_splitting_keep_every_unit_and_are_repeated() -> None:
    first = found(Recipe(number=6))
    a, b = first.themes[0], first.themes[1]
    merged = found(Recipe(number=6, edits=(ThemeEdit("merge", (a.key, b.key)),)))
    assert len(merged.themes) == 5 and merged.number == 6
    one = next(theme for theme in merged.themes if set(theme.units) == {*a.units, *b.units})
    assert one.stability is None
    untouched = {t.key for t in first.themes} - {a.key, b.key}
    assert {t.key: t.stability for t in merged.themes if t.key in untouched} == {
        t.key: t.stability for t in first.themes if t.key in untouched
    }
    edits = (*merged.recipe.edits, ThemeEdit("split", (one.key,)))
    parted = found(Recipe(number=6, edits=edits))
    assert len(parted.themes) == 6 and not parted.unknown_edits
    halves = [set(t.units) for t in parted.themes if t.key not in untouched]
    assert len(halves) == 2 and halves[0] | halves[1] == set(one.units) and not halves[0] & halves[1]
    assert sum(len(t.units) for t in parted.themes) == len(parted.units)
    assert "1 merged, 1 split" in parted.method
    assert Theming(heard()).themes(parted.recipe) == parted


@pytest.mark.parametrize(
    "edit",
    [ThemeEdit("merge", ("theme-gone", "theme-lost")), ThemeEdit("split", ("theme-gone",)), ThemeEdit("merge", ())],
)
def test_edits_of_themes_that_are_not_there_are_told(edit: ThemeEdit) -> None:
    model = found(Recipe(edits=(edit,)))
    assert model.unknown_edits == (edit,)
    assert model.themes == found().themes


@pytest.mark.parametrize(("method", "same"), [("nmf", 4), ("lda", 2)])
def test_other_methods_find_the_same_subjects(method: str, same: int) -> None:
    model = found(Recipe(method=method, number=4))
    assert 3 <= len(model.themes) <= 4, "a topic that is the strongest nowhere is no theme"
    assert method.upper() in model.method and "K-means" not in model.method
    here = {frozenset(theme.units) for theme in model.themes}
    assert len(here & {frozenset(theme.units) for theme in found().themes}) >= same
    assert model == Theming(heard()).themes(Recipe(method=method, number=4))


def test_the_number_asked_for() -> None:
    assert len(found(Recipe(number=7)).themes) == 7
    assert "the number that was asked for" in found(Recipe(number=7)).method
    with pytest.raises(BadInput, match="too little talk for 400 themes"):
        theming().themes(Recipe(number=400))
    with pytest.raises(BadInput, match="Choose between 2"):
        theming().themes(Recipe(number=1))


def test_the_method_can_be_cited() -> None:
    model = found()
    for word in (
        f"{len(model.units)} units", "TF-IDF", "silhouette", "seed", "scikit-learn", "spaCy", "moderators", "Hennig 2007",
        "Bouma 2009", "Sentence vectors were not used",
    ):  # fmt: skip
        assert word in model.method
    assert "{" not in model.method
    recipe = model.recipe
    assert recipe.tier == "words" and recipe.pipeline == heard().info.key and recipe.talk == heard().talk.stamp


def test_vectors_are_joined_where_there_are_any() -> None:
    class Pieces:
        """The subject of each turn, as a vector."""

        def of_stretches(self, source, start, end):
            names = list(SUBJECTS)
            rows = np.zeros((len(source), 384), dtype=np.float32)
            at = {(int(u.source), u.span.start): n // 19 for n, u in enumerate(heard(1).talk.utterances)}
            for n, place in enumerate(zip(source.tolist(), start.tolist(), strict=True)):
                rows[n, at[place] % len(names)] = 1
            return rows

    model = themes(replace(heard(1), pieces=Pieces()))  # type: ignore[arg-type]
    assert model.recipe.tier == "minilm" and "all-MiniLM-L6-v2" in model.method
    assert len(model.themes) >= 2


class Noisy:
    """Vectors that tell nothing."""

    def of_stretches(self, source, start, end):
        rng = np.random.default_rng(1)
        rows = rng.normal(size=(len(source), 384)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_words_alone_are_words_alone_also_where_there_are_vectors(method: str) -> None:
    """Same talk and recipe, same themes: whatever was asked of the study before."""
    with_vectors = Theming(replace(heard(1), pieces=Noisy()))  # type: ignore[arg-type]
    before = with_vectors.themes(Recipe(number=3))
    there, here = with_vectors.themes(Recipe(method=method)), Theming(heard(1)).themes(Recipe(method=method))
    assert there == here and there.recipe.tier == "words"
    assert with_vectors.themes(Recipe(number=3)) == before and before.recipe.tier == "minilm"


@pytest.mark.parametrize("number", [None, 5, 9])
def test_there_is_one_stability_for_one_number(number: int | None) -> None:
    model = found(Recipe(number=number))
    (point,) = (one for one in model.curve if one.number == model.number)
    assert point.stability == pytest.approx(model.stability, abs=1e-4)
    assert [one.number for one in model.curve] == sorted({one.number for one in model.curve})
    assert "Ward's groups found anew" in model.method and "if anything, lower" in model.method


def called(*themes: dict[str, tuple[float, range]], speakers: int, nouns: bool = True) -> list[str]:
    """What themes are called in which so many speak: of each phrase how well it stands for the theme, and who said it there."""
    terms = list(dict.fromkeys(term for said in themes for term in said))
    nobody = (0.0, range(0))
    voices = np.array([[len(said.get(term, nobody)[1]) for term in terms] for said in themes], dtype=np.int64)
    who = [np.array(said.get(term, nobody)[1], dtype=np.int64) for said in themes for term in terms]
    place = np.repeat(np.arange(len(who)), [len(one) for one in who])
    found = theme_words.Scores(
        np.array([[said.get(term, nobody)[0] * len(said.get(term, nobody)[1]) for term in terms] for said in themes]),
        voices, np.full(len(themes), speakers), theme_words.Said.sorted(len(terms), place, np.concatenate(who)),
        np.array([" " in term for term in terms]), np.array([nouns or not term.istitle() for term in terms]),
    )  # fmt: skip
    words = SimpleNamespace(terms=terms, parts=[tuple(term.split()) for term in terms])
    names = theme_words.names(words, found, range(len(themes)))
    return [", ".join(terms[t] for t in names[n].label) for n in range(len(themes))]


def test_a_theme_is_called_what_a_fair_share_of_its_voices_said() -> None:
    rare, park, bench, swings = (9.0, range(3)), (2.0, range(8)), (1.9, range(10, 18)), (1.8, range(20, 27))
    assert called({"chip shop": rare, "park": (2.0, range(12))}, speakers=40) == ["park, chip shop"], (
        "a fair share first"
    )
    assert called({"park": park, "bench": bench, "swings": swings}, speakers=40) == ["park, bench"], "found well by two"
    assert called({"park": park, "bench": (1.9, range(6)), "swings": (1.5, range(7))}, speakers=40) == [
        "park, bench"
    ], "a third word of the same few voices finds nobody else"
    assert called({"chip shop": rare, "oven": (1.0, range(2))}, speakers=8) == ["chip shop"], "three of eight are many"
    assert called({"chip shop": rare}, speakers=70) == ["chip shop"], "there is nothing better"


def test_a_theme_is_called_what_tells_it_from_others() -> None:
    """A word that is said in both says less than one that is said in one; a phrase of several words more than a word."""
    both = (3.0, range(20))
    first = {"school": both, "swings": (2.0, range(10)), "chip shop": (1.0, range(8, 12))}
    second = {"school": both, "bus": (2.0, range(5, 15)), "bus shelter": (1.0, range(5, 9)), "fare": (1.0, range(8))}
    one, other = called(first, second, speakers=30)
    assert (one, other) == ("chip shop, swings", "bus shelter, fare")


def test_a_theme_is_called_by_another_word_than_a_noun_only_where_that_stands_for_it_far_better() -> None:
    said = {"White": (6.0, range(11)), "market": (2.0, range(5)), "Asian": (2.0, range(8))}
    assert called(said, speakers=20, nouns=False) == ["White, market"]
    assert called(said | {"White": (3.0, range(5))}, speakers=20, nouns=False)[0].startswith("market")


def test_no_two_themes_share_a_phrase_of_their_names() -> None:
    model = found(Recipe(number=9))
    used = [phrase for theme in model.themes for phrase in theme.phrases[: theme.named]]
    assert len(used) == len(set(used)) >= 9
    for theme in model.themes:
        assert theme.label.casefold() == ", ".join(theme.phrases[: theme.named]).casefold()
        assert not set(theme.other_terms) & set(theme.phrases[: theme.named])


def test_more_units_than_can_be_looked_at_together_are_assigned(monkeypatch) -> None:
    monkeypatch.setattr(themes_module, "MOST_TOGETHER", 40)
    monkeypatch.setattr(themes_module, "DISCOVER", 36)
    monkeypatch.setattr(themes_module, "BATCH", 7)
    model = Theming(heard()).themes(Recipe(number=4))
    whole = found(Recipe(number=4))
    agree = {frozenset(t.units) for t in model.themes} & {frozenset(t.units) for t in whole.themes}
    assert len(agree) == 4, "subjects so far apart are told apart from a part of the talk"
    monkeypatch.setattr(themes_module, "BATCH", 100)
    assert Theming(heard()).themes(Recipe(number=4)) == model, "the size of a batch changes nothing"
    halves = Theming(heard()).themes(Recipe(number=2))
    assert len(halves.themes) == 2 and sum(len(t.units) for t in halves.themes) == len(halves.units)
    assert assigning.MOST_TOGETHER == 60_000


def test_overlaps_with_codes_and_spread_are_counted() -> None:
    given = talk(*sources(2))
    cases = {
        case.id: replace(case, attributes={"age": "young" if case.name in ("P0", "P1") else "old"})
        for case in given.cases.values()
    }
    facts = tuple(replace(f, attributes={"place": f"Town {n}"}) for n, f in enumerate(given.sources, 9))
    both = heard_of(replace(given, cases=cases, sources=facts))
    turns = [u for u in both.talk.utterances if u.role == "participant"]
    buses = [u for n, u in enumerate(turns) if n % 72 < 18]
    coded = [(u.source, u.span.start + 3, u.span.start + 9, 5) for u in buses]
    coded.append((turns[20].source, turns[20].span.start, turns[20].span.end, 6))
    model = themes(both, Recipe(number=4), coded)
    theme = next(t for t in model.themes if t.overlaps and t.overlaps[0].code == 5)
    assert (theme.overlaps[0].turns, theme.overlaps[0].coded) == (36, 36)
    assert not any(one.code == 5 for other in model.themes if other is not theme for one in other.overlaps)
    groups, places, ages = theme.spreads
    assert (groups.about, places.about, places.name, ages.about, ages.name) == (
        "group", "source", "place", "participant", "age",
    )  # fmt: skip
    assert [value for value, _n, _of in places.rows] == ["Town 9", "Town 10"]
    assert {value: (n.participants, of.participants) for value, n, of in ages.rows} == {"old": (8, 8), "young": (4, 4)}
    assert sum(n.mentions for _v, n, _of in groups.rows) == theme.count.mentions
    assert all(of.mentions == 72 for _v, _n, of in groups.rows)


# -- units -----------------------------------------------------------------------------------------------------------------


def sizes(given: Talk) -> list[list[int]]:
    """Of each unit, in the order of the talk, how many words its parts have."""
    listened = heard_of(given)
    units = units_of(listened.words, listened.talk)
    order: dict[int, list[int]] = {}
    for n, unit in enumerate(units.unit.tolist()):
        u = listened.words.utterances[units.utterance[n]]
        said = u.text[units.start[n] - u.span.start : units.end[n] - u.span.start]
        order.setdefault(unit, []).append(len(said.split()))
    return list(order.values())


def test_windows_end_after_six_turns_or_enough_words_and_never_cross_sources() -> None:
    given = talk([("Ann", "bus " * 12), ("Bob", "fare " * 12)] * 5, [("Cat", "park " * 160), ("Dan", "gate " * 30)])
    assert sizes(given) == [[12] * 6, [12] * 4, [160], [30]]
    short = talk([("Ann", "bus " * 12), ("Bob", "Yes, it is.")] * 6)
    assert sizes(short) == [[12, 3] * 4, [12, 3] * 2], "six turns of few words are no window yet"


def test_a_longer_question_parts_windows_and_a_short_one_does_not() -> None:
    question = "Thank you very much, now tell me please what would make this place better."
    long_, short = (
        talk([*[("Ann", "bus " * 20)] * 3, ("MOD", said), *[("Bob", "fare " * 20)] * 3])
        for said in (question, "Go on.")
    )
    assert sizes(long_) == [[20] * 3, [20] * 3]
    assert sizes(short) == [[20] * 6]


def test_long_turns_are_cut_between_sentences_and_short_ends_join_what_was_before() -> None:
    sentence = "The bus to the market was late again today. "
    given = talk([("Ann", sentence * 40), ("Bob", "Yes, always late.")])
    first, *rest = sizes(given)
    assert sum(map(sum, sizes(given))) == 363
    assert all(number % 9 == 0 for number in first) and len(rest) == 2
    assert rest[-1][-1] == 3, "what was answered goes with what it answers"


def test_paragraphs_where_nobody_speaks_stand_alone_and_headings_go_with_what_follows() -> None:
    given = talk("Buses\nThe bus to the market was late again.\nThe library shuts at noon on every Saturday now.")
    assert sizes(given) == [[1, 8], [9]]


def test_units_of_one_study_do_not_hang_on_the_order_of_sources() -> None:
    here, there = heard(), heard_of(talk(*reversed(sources())))
    assert units_of(here.words, here.talk).digest == units_of(there.words, there.talk).digest


# -- small studies -----------------------------------------------------------------------------------------------------------


def test_small_studies() -> None:
    with pytest.raises(BadInput, match="There is no talk"):
        themes(heard_of(Talk((), (), {})))
    with pytest.raises(BadInput, match="too little talk to find themes in: 1 turn by"):
        themes(heard_of(talk([("Ann", "The bus is late again, and the next bus too.")])))
    mixed = talk([("Ann", "The bus is late."), ("Bob", "It is always late.")], "Rain fell.\nNobody came.\nStalls shut.")
    with pytest.raises(BadInput) as few:
        themes(heard_of(mixed))
    assert few.value.message == (
        "There is too little talk to find themes in: 2 turns by participants and 3 paragraphs where nobody speaks."
    )
    with pytest.raises(BadInput):
        themes(heard_of(talk([("Ann", "Yeah."), ("Bob", "Um.")] * 60)))
    assert len(themes(heard(1)).themes) >= 2


def test_documents_alone_have_themes_of_no_participant() -> None:
    rng, documents = random.Random(5), []
    for n in range(60):
        words = list(SUBJECTS.values())[n % 4].split()
        documents.append(" and the ".join(rng.sample(words, 8)) + ".")
    model = themes(heard_of(talk(*documents)))
    assert len(model.themes) == 4 and len(model.units) == 60
    assert {theme.count for theme in model.themes} == {Count(15, 0, 0)}
    assert {unit.source for unit in model.units} == {SourceId(n) for n in range(1, 61)}


def test_it_can_be_stopped() -> None:
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        themes(heard(), None, (), stopped)
