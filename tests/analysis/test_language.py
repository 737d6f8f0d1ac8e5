from __future__ import annotations

from pathlib import Path

import pytest
from made_studies import talk

from cohesion_qda.analysis import pipelines
from cohesion_qda.analysis.heard import Heard
from cohesion_qda.analysis.language import Words, listen
from cohesion_qda.model.study import Talk


@pytest.fixture(params=["ours", "blank"])
def pipeline(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What holds with the pipeline that ships must hold without parts of speech, too."""
    if request.param == "blank":
        monkeypatch.setattr(pipelines, "choose", lambda language, *_more: pipelines.blank(language))
    elif pipelines.choose("en").kind != "ours":
        pytest.skip("the weights are not there")
    return str(request.param)


def said(words: Words) -> dict[str, int]:
    return dict(zip(words.terms, words.counts()[0].tolist(), strict=True))


def test_talk_noise_moderators_and_stage_notes_are_left_out(pipeline: str) -> None:
    words = listen(
        talk([
            ("MOD", "Tell me about the library and the weather."),
            ("Ann", "Um, you know, it’s kind of like, I mean, the library (laughter in the library) is erm lovely, I don't think so."),
            ("Bob", "Yeah, yeah. I think they're going to close the library, Ann, aren't they? [pause]"),
        ])
    )  # fmt: skip
    assert said(words) == {"close": 1, "library": 2}
    assert len(words.utterances) == 2
    assert words.voices == 2


def test_kind_people_stay_when_kind_of_goes(pipeline: str) -> None:
    words = listen(
        talk([("Ann", "It is kind of nice, sort of (well) there’s that."), ("Bob", "Kind people, you know.")])
    )
    assert said(words)["people"] == 1
    assert said(words).get("kind", 0) == (1 if pipeline == "ours" else 0), "that of the kind people alone"
    assert not [term for term in said(words) if "sort" in term or "well" in term]


def test_man_is_a_word_but_not_where_somebody_is_addressed(pipeline: str) -> None:
    words = listen(
        talk(
            [
                ("Ann", "Sorry, man. It's messy, man, honest. Hey man! A man, tall, fixed the bus."),
                ("Bob", "At the till, man"),
            ]
        )
    )
    assert said(words)["man"] == 1


def test_forms_of_one_word_are_counted_together_and_shown_as_said_most_often() -> None:
    words = listen(
        talk([
            ("Ann", "Communities matter. Our community, this community. She walked to the mosque. Women prayed."),
            ("Bob", "I walk past mosques. Mosques, churches. A scar. I was scared. A woman prays, they prayed. Housing, a house. News is new."),
        ])
    )  # fmt: skip
    assert said(words) == {
        "churches": 1, "community": 3, "house": 1, "housing": 1, "mosques": 3, "news": 1, "prayed": 3, "scar": 1,
        "scared": 1, "walk": 2, "woman": 2,
    }  # fmt: skip


def test_phrases_need_two_voices_and_a_subject_at_the_end(pipeline: str) -> None:
    words = listen(
        talk([
            ("Ann", "The food bank saved us. A cost of living crisis. The purple gate, the purple gate."),
            ("Bob", "We started a food bank, of course, and the cost of living is up. Hong Kong people came. In Hong Kong."),
            ("Cat", "The Hong Kong people run the Food Bank."),
        ])
    )  # fmt: skip
    phrases = {term: n for term, n in said(words).items() if " " in term}
    assert phrases == {"food bank": 3, "cost of living": 2, "Hong Kong people": 2, "Hong Kong": 3}
    at = words.terms.index("Hong Kong people")
    for n in [n for n, t in enumerate(words.term.tolist()) if t == at]:
        u = words.utterances[words.utterance[n]]
        assert u.text[words.start[n] - u.span.start : words.end[n] - u.span.start].lower() == "hong kong people"


def test_speakers_names_are_not_terms_unless_they_are_words_too(pipeline: str) -> None:
    words = listen(talk([("Grace", "Asha said grace at the iftar."), ("Asha", "Grace cooked for the iftar.")]))
    assert said(words) == {"cooked": 1, "grace": 2, "iftar": 2}


def test_counts_are_of_mentions_participants_groups_and_voices(pipeline: str) -> None:
    words = listen(
        talk([("Ann", "Buses, buses."), ("Bob", "The bus.")], [("Cat", "A bus stop.")], "Buses are cut.\nMore buses.")
    )
    mentions, people, groups, voices = (counts[words.terms.index("buses")] for counts in words.counts())
    assert (mentions, people, groups, voices) == (6, 3, 2, 4)


def test_nothing_said(pipeline: str) -> None:
    words = listen(Talk((), (), {}))
    assert (words.terms, words.voices, words.utterances) == ((), 0, ())
    assert listen(talk([("Ann", "Yeah. Um (laughs).")])).terms == ()


def test_places_hold_with_emoji_and_other_scripts(pipeline: str) -> None:
    words = listen(talk([("Ann", "🎉🎉 naïve café (😀) سلام library"), ("Bob", "the café by the library")]))
    for n, t in enumerate(words.term.tolist()):
        u = words.utterances[words.utterance[n]]
        said_there = u.text[words.start[n] - u.span.start : words.end[n] - u.span.start]
        assert said_there.lower() == words.terms[t].lower()


def test_on_real_focus_groups(focus_groups: Path, pipeline: str) -> None:
    lines = []
    for line in (focus_groups / "focus_group_1.txt").read_text(encoding="utf-8").splitlines():
        who, _colon, words = line.partition(": ")
        if words and len(who) < 20:
            lines.append(("MOD" if who in ("GA", "CA") else who, words))
    words = listen(talk(lines))
    mentions, people, _groups, _voices = words.counts()
    widest = [words.terms[t] for t in sorted(range(len(words.terms)), key=lambda t: (-people[t], -mentions[t]))[:12]]
    assert {"diabetes", "sensor"} <= set(widest)
    assert "blood sugar" in words.terms
    assert not {"um", "think", "just", "know", "yeah", "like"} & set(words.terms)


@pytest.mark.parametrize("noise", ["um", "you know", "don't", "don’t", "it’s", "Kind of", "SORT OF", "y’know"])
def test_noise_is_noise_with_either_apostrophe(noise: str) -> None:
    assert listen(talk([("Ann", f"{noise} bread")])).terms == ("bread",)


def test_the_sample_study_reads_well(heard_sample: Heard) -> None:
    """What is said most widely is what the groups are about, not how people talk."""
    words = heard_sample.words
    mentions, people, _groups, _voices = words.counts()
    widest = sorted(range(len(words.terms)), key=lambda t: (-people[t], -mentions[t], words.terms[t]))
    first = [words.terms[t] for t in widest[:80]]
    assert len(set(words.terms)) == len(words.terms), "what is shown alike is one"
    assert {"bus", "school", "English", "community", "work", "family"} <= set(first)
    assert not {
        "um", "yeah", "think", "know", "like", "just", "going", "sure", "really", "thing", "lot", "mean", "n't", "'s", "I",
    } & {word for term in words.terms for word in (term, *term.split())}  # fmt: skip
    phrases = {words.terms[t] for t in widest if len(words.parts[t]) > 1}
    assert {"youth worker", "English class", "bus station", "Hong Kong"} <= phrases
    assert all(words.nominal[t] for t in range(len(words.terms)) if len(words.parts[t]) > 1)
    assert all(words.utterances[u].role != "moderator" for u in set(words.utterance.tolist()))


def test_captions_in_capitals_are_read_like_others() -> None:
    if pipelines.choose("en").kind != "ours":
        pytest.skip("the weights are not there")
    lines = [
        "The women walked to the library and the children played in the garden.",
        "The library closed when the council had no money.",
    ]
    small, large = (listen(talk([("Ann", f(line)) for line in lines])) for f in (str.lower, str.upper))
    assert [term.lower() for term in large.terms] == [term.lower() for term in small.terms]
    assert large.start.tolist() == small.start.tolist()
