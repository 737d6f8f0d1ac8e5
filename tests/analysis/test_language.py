from __future__ import annotations

from pathlib import Path

import pytest
from made_studies import talk

from cohesion_qda.analysis.language import Words, cleaned, listen
from cohesion_qda.model.study import Talk


def said(words: Words) -> dict[str, int]:
    return dict(zip(words.terms, words.counts()[0].tolist(), strict=True))


def test_talk_noise_moderators_and_stage_notes_are_left_out() -> None:
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


def test_kind_people_stay_when_kind_of_goes() -> None:
    assert (
        cleaned("kind of nice, sort of (well) there’s that") == " " * 7 + " nice,         " + " " * 6 + " there's that"
    )
    assert len(cleaned("You know what I mean?")) == len("You know what I mean?")


def test_forms_of_one_word_are_counted_together_and_shown_as_said_most_often() -> None:
    words = listen(
        talk([
            ("Ann", "Communities matter. Our community, this community. She walked to the mosque. Women prayed."),
            ("Bob", "I walk past mosques. Mosques, churches. A scar. I was scared. A woman prays, they prayed. Housing, a house. News is new."),
        ])
    )  # fmt: skip
    assert said(words) == {
        "churches": 1, "community": 3, "house": 1, "housing": 1, "mosques": 3, "news": 1, "prayed": 2, "prays": 1, "scar": 1,
        "scared": 1, "walk": 2, "woman": 2,
    }  # fmt: skip


def test_phrases_need_two_voices_and_a_subject_at_the_end() -> None:
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


def test_speakers_names_are_not_terms_unless_they_are_words_too() -> None:
    words = listen(talk([("Grace", "Asha said grace at the iftar."), ("Asha", "Grace cooked for the iftar.")]))
    assert said(words) == {"cooked": 1, "grace": 2, "iftar": 2}


def test_counts_are_of_mentions_participants_groups_and_voices() -> None:
    words = listen(
        talk([("Ann", "Buses, buses."), ("Bob", "The bus.")], [("Cat", "A bus stop.")], "Buses are cut.\nMore buses.")
    )
    mentions, people, groups, voices = (counts[words.terms.index("buses")] for counts in words.counts())
    assert (mentions, people, groups, voices) == (6, 3, 2, 4)


def test_nothing_said() -> None:
    words = listen(Talk((), (), {}))
    assert (words.terms, words.voices, words.utterances) == ((), 0, ())
    assert listen(talk([("Ann", "Yeah. Um (laughs).")])).terms == ()


def test_places_hold_with_emoji_and_other_scripts() -> None:
    words = listen(talk([("Ann", "🎉🎉 naïve café (😀) سلام library"), ("Bob", "the café by the library")]))
    for n, t in enumerate(words.term.tolist()):
        u = words.utterances[words.utterance[n]]
        said_there = u.text[words.start[n] - u.span.start : words.end[n] - u.span.start]
        assert said_there.lower() == words.terms[t].lower()


def test_on_real_focus_groups(focus_groups: Path) -> None:
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
