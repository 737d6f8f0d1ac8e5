"""Made talk of any size: focus groups that speak of twenty-four subjects in short turns. The same seed, the same talk."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from hashlib import sha256

from cohesion_qda.model.case import Case
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import SourceFacts, Talk, Utterance
from cohesion_qda.model.text import Span

SUBJECTS = {
    "buses": "bus route timetable driver fare shelter ticket depot late bus Sunday service concession pass bus station",
    "library": "library book reading group opening hour computer homework club story time librarian shelf quiet corner card",
    "parks": "park bench playground swing dog bin flower bed football pitch bandstand railing picnic duck pond",
    "food": "food bank kitchen parcel curry bread allotment shared meal recipe market stall tin cooking class harvest",
    "faith": "mosque church gurdwara prayer Eid Christmas vicar imam open day hymn festival candle congregation",
    "youth": "youth club teenager skate park youth worker gang music studio boxing gym hangout apprenticeship mentor",
    "schools": "school teacher classroom uniform catchment area parents' evening exam breakfast club governor school gate bully",
    "housing": "landlord flat damp rent council house waiting list eviction estate tower block repair tenant boiler",
    "work": "job factory zero hours shift wage job centre redundancy warehouse training course employer agency",
    "health": "doctor surgery appointment nurse hospital waiting room pharmacy mental health clinic ambulance diabetes referral",
    "crime": "burglary police patrol knife drug dealer street light camera break-in witness neighbourhood watch theft",
    "traffic": "speeding car parking space zebra crossing roundabout pothole lorry traffic jam cycle lane school run pavement",
    "language": "English class interpreter accent mother tongue translation bilingual word grammar letter from the council dictionary",
    "neighbours": "neighbour fence garden gate street party spare key noise parcel cup of tea wall moving van",
    "shops": "high street corner shop charity shop butcher bakery post office empty unit cash machine supermarket market day",
    "council": "council councillor consultation budget cut committee letter complaint planning notice town hall meeting form",
    "energy": "heating bill meter gas boiler insulation solar panel winter fuel prepayment standing charge blanket window",
    "water": "flood river drain sandbag insurance cellar burst pipe water meter reservoir leak pump",
    "sport": "cricket pitch league coach training match swimming pool referee kit trophy changing room women's team",
    "arts": "choir theatre mural painting exhibition drama group stage costume instrument brass band rehearsal poem",
    "age": "pension care home carer lunch club walking frame loneliness bus pass grandchild memory day centre",
    "children": "nursery childminder toddler pram baby group play group nappy bedtime childcare cost crèche sandpit",
    "internet": "broadband phone signal password online form website social media laptop video call scam printer tablet",
    "waste": "bin recycling fly tipping skip litter rubbish collection compost mattress street sweeper tip rat",
}  # fmt: skip
FRAMES = (
    "I think the {a} round here is {q}.",
    "We used to have a {a}, and now there is only the {b}.",
    "When my {w} came here it was all about the {a}, you know.",
    "Nobody asked us about the {a} or the {b}.",
    "If they closed the {a} I don't know what people would do.",
    "The {a} is {q}, but the {b} is worse.",
    "It's the {a} that brings people together, isn't it?",
    "You go to the {a} and you see everybody.",
    "They spent all that money on a {a} and forgot the {b}.",
    "My {w} says the {a} was {q} in the old days.",
    "There's no {a} after six, so we stay in.",
    "I rang about the {b} and they sent me to the {a}.",
)
SHORT = ("Yeah.", "No, exactly.", "Mm.", "That's right.", "I agree with that.", "Not really, no.", "Well, yes.")
QUALITIES = [
    "terrible",
    "brilliant",
    "all right",
    "a disgrace",
    "better than it was",
    "for the young ones",
    "not what it was",
    "a lifeline",
]
WHO = ("mum", "neighbour", "son", "wife", "grandad", "sister", "friend", "husband")
TURNS = 200  # in a group


def groups(turns: int, seed: int = 20261121) -> Iterator[list[tuple[str, str]]]:
    """Focus groups of 200 turns, together `turns`: of each turn who speaks ("MOD" moderates) and what is said. A quarter are
    interjections; the others have about twenty words, all in all as in the sample study.
    """
    dice = random.Random(seed)
    nouns = {name: _phrases(words) for name, words in SUBJECTS.items()}
    for first in range(0, turns, TURNS):
        talk: list[tuple[str, str]] = []
        subject, left = "", 0
        while len(talk) < min(TURNS, turns - first):
            if not left:
                subject, left = dice.choice(sorted(nouns)), dice.randint(15, 40)
                talk.append(
                    ("MOD", f"Thank you. Now tell me about the {dice.choice(nouns[subject])} where you live, please.")
                )
                continue
            left -= 1
            talk.append((f"P{dice.randint(1, 8)}", _turn(dice, nouns[subject])))
        yield talk


def _phrases(words: str) -> list[str]:
    parts = words.split()
    return [*parts, *(f"{a} {b}" for a, b in zip(parts[::3], parts[1::3], strict=False))]


def _turn(dice: random.Random, nouns: list[str]) -> str:
    if dice.random() < 0.25:
        return dice.choice(SHORT)
    return " ".join(
        dice.choice(FRAMES).format(
            a=dice.choice(nouns), b=dice.choice(nouns), q=dice.choice(QUALITIES), w=dice.choice(WHO)
        )
        for _ in range(dice.choice((1, 1, 2, 2, 3)))
    )


def made_talk(turns: int, seed: int = 20261121) -> Talk:
    """The same as a study's talk, each group with people of its own."""
    utterances: list[Utterance] = []
    sources: list[SourceFacts] = []
    cases: dict[CaseId, Case] = {}
    contents: dict[SourceId, str] = {}
    texts: dict[str, str] = {}
    for n, talk in enumerate(groups(turns, seed), 1):
        source, group, at = SourceId(n), CaseId(n * 100), 0
        cases[group] = Case(group, f"Group {n}", "group", "", None)
        people: Mapping[str, CaseId] = {
            who: CaseId(n * 100 + k) for k, who in enumerate(sorted({w for w, _t in talk}), 1)
        }
        for who, case in people.items():
            cases[case] = Case(
                case, f"{who} of {n}", "participant", "moderator" if who == "MOD" else "participant", group
            )
        for who, words in talk:
            case = people[who]
            utterances.append(Utterance(source, Span(at, at + len(words)), case, cases[case].role, words))
            at += len(words) + 1
        text = "\n".join(words for _who, words in talk)
        contents[source] = sha256(text.encode()).hexdigest()
        texts[contents[source]] = text
        sources.append(SourceFacts(source, f"Group {n}", "focus group", group, len(text), len(text.split()), {}))
    return Talk(tuple(utterances), tuple(sources), cases, contents, texts)
