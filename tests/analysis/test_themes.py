from __future__ import annotations

import pickle
import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from made_studies import talk

from cohesion_qda.analysis import worker
from cohesion_qda.analysis.language import listen
from cohesion_qda.analysis.themes import themes, windows
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

SUBJECTS = {
    "buses": "bus timetable driver fare ticket route passenger shelter depot bus stop",
    "food": "samosa curry kitchen recipe rice oven spice chapati dumpling food stall",
    "faith": "mosque chapel prayer temple vicar imam hymn gurdwara service faith leader",
    "youth": "club football skateboard pitch teenager youth worker hut training league coach",
}


def study(groups: int = 4, seed: int = 3) -> Talk:
    """Groups that speak of four subjects, one after the other; each turn takes words of one."""
    rng = random.Random(seed)
    sources = []
    for _g in range(groups):
        lines = []
        for subject, words in SUBJECTS.items():
            lines.append(
                (
                    "MOD",
                    f"Thank you all very much, now tell me please what {subject} means for the people in this place.",
                )
            )
            for n in range(18):
                turn = rng.sample(words.split(), 5)
                lines.append(
                    (
                        f"P{n % 6}",
                        f"Um, the {turn[0]} and the {turn[1]}. You know, a {turn[2]} with the {turn[3]}, yeah, or the {turn[4]}.",
                    )
                )
        sources.append(lines)
    return talk(*sources)


def test_subjects_that_are_there_are_found() -> None:
    given = study()
    model = themes(given)
    assert len(model.themes) == 4
    assert model.silhouettes[0][0] == 4
    stock = {subject: set(words.split()) for subject, words in SUBJECTS.items()}
    met = set()
    for theme in model.themes:
        words = {part.lower() for term in theme.terms for part in term.split()}
        best = max(stock, key=lambda subject: len(stock[subject] & words))
        assert len(stock[best] & words) >= 0.8 * len(words & set().union(*stock.values()))
        met.add(best)
        assert 5 <= len(theme.terms) <= 8
        assert theme.count == Count(72, 24, 4)
    assert met == set(SUBJECTS)


def test_every_passage_is_a_substantial_turn_of_a_participant_and_speakers_differ() -> None:
    given = study()
    turns = {(u.source, u.span): u for u in given.utterances}
    model = themes(given)
    labels = [theme.label for theme in model.themes]
    assert len(set(labels)) == len(labels)
    assert len({theme.key for theme in model.themes}) == len(labels)
    for theme in model.themes:
        said = [turns[p.source, p.span] for p in theme.passages]
        assert len(said) == 12
        assert all(u.role == "participant" for u in said)
        assert len({u.case for u in said}) == 12


def test_same_input_same_output_and_the_number_asked_for() -> None:
    assert themes(study()) == themes(study())
    assert len(themes(study(), 6).themes) == 6
    assert "the number that was asked for" in themes(study(), 6).method
    with pytest.raises(BadInput, match="too little talk for 400 themes"):
        themes(study(), 400)
    with pytest.raises(BadInput, match="Choose between 2"):
        themes(study(), 1)


def test_the_method_can_be_cited() -> None:
    model = themes(study())
    for word in (f"{model.units} windows", "TF-IDF", "silhouette", "seed", "scikit-learn", "spaCy", "moderators"):
        assert word in model.method
    assert "{" not in model.method


def test_windows_stay_inside_sources_and_questions_part_them() -> None:
    given = study(2)
    words = listen(given)
    window = windows(words, given)
    sources: dict[int, set[int]] = {}
    subjects: dict[int, set[int]] = {}
    for n, u in enumerate(words.utterances):
        sources.setdefault(int(window[n]), set()).add(u.source)
        subjects.setdefault(int(window[n]), set()).add(n // 18)
    assert all(len(found) == 1 for found in (*sources.values(), *subjects.values()))
    assert max(list(window).count(k) for k in set(window.tolist())) <= 6


def test_small_studies() -> None:
    with pytest.raises(BadInput, match="There is no talk"):
        themes(Talk((), (), {}))
    with pytest.raises(BadInput, match="too little talk to find themes in: 1 turn by"):
        themes(talk([("Ann", "The bus is late again, and the next bus too.")]))
    with pytest.raises(BadInput) as few:
        themes(
            talk(
                [("Ann", "The bus is late."), ("Bob", "It is always late.")],
                "Rain fell on the market.\nNobody came.\nThe stalls shut at noon.",
            )
        )
    assert few.value.message == (
        "There is too little talk to find themes in: 2 turns by participants and 3 paragraphs where nobody speaks."
    )
    with pytest.raises(BadInput):
        themes(talk([("Ann", "Yeah."), ("Bob", "Um.")] * 60))
    assert len(themes(study(1)).themes) >= 2


def test_documents_alone_have_themes_of_no_participant() -> None:
    rng = random.Random(5)
    documents = []
    for n in range(60):
        words = list(SUBJECTS.values())[n % 4].split()
        documents.append(" and the ".join(rng.sample(words, 8)) + ".")
    model = themes(talk(*documents))
    assert len(model.themes) == 4
    assert model.units == 60
    assert {theme.count for theme in model.themes} == {Count(15, 0, 0)}


def test_it_can_be_stopped() -> None:
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        themes(study(), None, stopped)


def test_dismissed_suggestions_stay_away() -> None:
    given = study()
    model = worker.suggest_themes(given)
    gone = model.themes[0].key
    assert gone not in [theme.key for theme in worker.suggest_themes(given, None, {gone}).themes]
    term = worker.suggest_terms(given)[0]
    assert term.key not in [t.key for t in worker.suggest_terms(given, None, {term.key})]


def test_clouds_weigh_voices() -> None:
    given = talk(
        [
            ("Ann", "Turnips! Turnips! Turnips! Bread."),
            ("Bob", "Bread."),
            ("Cat", "Bread at the food bank, the food bank."),
        ]
    )
    assert worker.cloud_weights(given)[0] == ("bread", Count(3, 3, 1))
    louder = talk([("Ann", "Turnips! Turnips! Turnips! Bread."), ("Bob", "Bread.")])
    assert [term for term, _count in worker.cloud_weights(louder)] == ["bread", "turnips"]
    assert [term for term, _count in worker.cloud_weights(louder, None, "mentions")] == ["turnips", "bread"]
    assert worker.cloud_weights(given, [(SourceId(1), Span(0, 9))]) == [("turnips", Count(1, 1, 1))]
    assert worker.cloud_weights(given, []) == []
    assert worker.cloud_weights(talk("Bread and bread.\nTurnips."))[0] == ("bread", Count(2, 0, 0))


def test_another_process_gives_the_same() -> None:
    given = study()
    assert pickle.loads(pickle.dumps(worker.suggest_themes(given))) == worker.suggest_themes(given)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(worker.suggest_themes, given, None, set()).result() == worker.suggest_themes(given)
        assert pool.submit(worker.suggest_terms, given, None, set()).result() == worker.suggest_terms(given)
        assert pool.submit(worker.cloud_weights, given, None).result() == worker.cloud_weights(given)
