"""A made-up study: 12 groups in 4 places, 2 interviews, 80 and 2 people, 30 codes under 3 questions, two coders."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.analysis.heard import hear
from cohesion_qda.analysis.language import Words
from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.coding import Coding, Passage
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SegmentId, SourceId
from cohesion_qda.model.study import SourceFacts, StudyData, Talk, Utterance
from cohesion_qda.model.text import Span, count_words
from cohesion_qda.report.data import ReportData, build

PLACES = ["Huddersfield", "Dewsbury", "Batley & Spen", "Rural"]
KINDS = [
    "Women",
    "Young people",
    "Faith communities",
    "Teachers",
    "New and emerging communities",
    "Supporting refugees",
]
AGES = ["14–17", "18–24", "25–44", "45–64", "65+"]
NAMES = [
    "Maureen",
    "Denise",
    "Zoë",
    "Farah",
    "Iqra",
    "Łukasz",
    "Dev",
    "Nasreen",
    "Tom",
    "Shazia",
    "Grace",
    "Olu",
    "Samina",
    "Keith",
    "Priya",
    "Bea",
    "Yusuf",
    "Hana",
    "Colin",
    "Amrit",
]

QUESTIONS: dict[str, list[str | tuple[str, list[str]]]] = {
    "Defining cohesion": [
        "Getting to know people", "Unity and togetherness", "Creating a bond", "Accepting differences", "Friendship",
        "Being connected", "Respect", "Non-judgemental", "Learning", "Helping",
    ],
    "What unites": ["Events", "Opportunities", "Safe spaces", "Innovation", "Public spaces"],
    "What divides": [
        ("Politics", ["Austerity and cuts", "Loss of youth services", "Policy and bureaucracy"]),
        ("Negative experiences and perceptions", ["Class and wealth", "Perceived unfairness", "Language and culture"]),
        ("Lack of interaction", ["Lack of mixing", "Fear of the unknown", "Them and us"]),
    ],
}  # fmt: skip

SENTENCES = [
    "They cut the half past six bus and now my mum can't get to the class at the library.",
    "Well, you knew every single one on the terrace, and if her curtains weren't drawn back by ten you'd knock.",
    "It's the park, it's always been the park, because it costs nothing and nobody moves you on.",
    "I don't think people mean it, I really don't, but you do get looked at on that side of town.",
    "When the youth club closed there was nowhere, so it was bus shelters, and then they complain about bus shelters.",
    "We had the iftar in the church hall and there were more casseroles than chairs.",
    "My neighbour speaks Polish and I speak Punjabi and between us there's enough English to fix a fence.",
    "That rumour on Facebook went round the estate in an hour and it took us a year to undo it.",
    "Yeah, I agree with Farah there, it is about making the first move, you know, saying hello.",
    "Everything goes to the other end of the borough, doesn't it? That's how it feels from here anyway.",
    "You stand at the school gate for three years and then one day somebody asks your name.",
    "Cricket on a Saturday, and a flask of tea going round whoever happens to be sat there.",
]


_HEARD: dict[str, Words] = {}


@dataclass
class Made:
    """A study with its texts, and what the project layer would give a report of it."""

    study: StudyData
    talk: Talk
    texts: dict[int, str]
    turns: dict[int, list[tuple[int, int, int]]]

    def passages(self, ids: Sequence[CodingId]) -> list[Passage]:
        rows = {row[0]: row for row in self.study.codings}
        return [self._passage(*rows[i]) for i in ids]

    def _passage(self, coding: int, source: int, start: int, end: int, code: int, coder: int) -> Passage:
        said = [(n, t) for n, t in enumerate(self.turns[source], 1) if t[0] < end and start < t[1]]
        name = next(f.name for f in self.study.sources if f.id == source)
        return Passage(
            Coding(CodingId(coding), SegmentId(coding), SourceId(source), Span(start, end), CodeId(code), CoderId(coder), ""),
            name, self.texts[source][start:end], tuple(self.study.cases[CaseId(t[2])].name for _n, t in said),
            said[0][0] if said else 0, self.study.coders[coder - 1].name, self.study.codes.path(CodeId(code)),
        )  # fmt: skip

    def words(self) -> Words:
        """Its words and phrases, heard once."""
        stamp = self.talk.stamp
        if stamp not in _HEARD:
            _HEARD[stamp] = hear(self.talk, vectors=False)[0].words
        return _HEARD[stamp]

    def report(self, **words: object) -> ReportData:
        chosen = {"title": "What Kirklees said", "date": "2025-11-21", "text": self.texts.__getitem__, **words}
        return build(self.study, self.words, self.passages, **chosen)  # type: ignore[arg-type]


def codebook() -> list[Code]:
    codes: list[Code] = []

    def add(name: str, parent: int | None, question: bool = False) -> int:
        n = len(codes) + 1
        codes.append(
            Code(CodeId(n), CodeId(parent) if parent else None, name, "navy", f"What people say about {name.lower()}.",
                 f"Somebody speaks of {name.lower()}.", "It is said in passing.", "“Well, you know.”", question, n)
        )  # fmt: skip
        return n

    for question, themes in QUESTIONS.items():
        top = add(question, None, True)
        for theme in themes:
            name, under = (theme, []) if isinstance(theme, str) else theme
            parent = add(name, top)
            for each in under:
                add(each, parent)
    return codes


def make(
    *, groups: int = 12, people: int = 80, codings: int = 420, codes: list[Code] | None = None, seed: int = 7,
    interviews: int = 2, sentences: Sequence[str] = SENTENCES, places: Sequence[str] = PLACES, names: Sequence[str] = NAMES,
) -> Made:  # fmt: skip
    """A study of that size; the same arguments make the same study."""
    dice = random.Random(seed)
    tree = CodeTree(codebook() if codes is None else codes)
    cases: dict[CaseId, Case] = {}
    facts, texts, all_turns = [], {}, {}
    sizes = [people // groups + (n < people % groups) for n in range(groups)] + [1] * interviews if groups else []
    for n, size in enumerate(sizes, 1):
        is_group = n <= groups
        place, kind = places[(n - 1) % len(places)], KINDS[(n - 1) // 2 % len(KINDS)]
        name = f"{n:02d} {place} {kind.lower()}" if is_group else f"{n:02d} Interview in {place}"
        group = CaseId(n * 100) if is_group else None
        if group:
            cases[group] = Case(group, name, "group", "", None)
        moderator = CaseId(n * 100 + 99)
        cases[moderator] = Case(moderator, "Moderator", "participant", "moderator", group)
        members = []
        for k in range(size):
            who = CaseId(n * 100 + 1 + k)
            cases[who] = Case(who, names[(n * 7 + k) % len(names)], "participant", "participant", group,
                              {"age band": dice.choice(AGES)})  # fmt: skip
            members.append(who)
        text, turns = "", []
        for k in range(60):
            who = moderator if k % 9 == 0 else members[k % len(members)] if k < 20 else dice.choice(members)
            said = "What brings people together round here?" if who == moderator else dice.choice(sentences)
            turns.append((len(text), len(text) + len(said), int(who)))
            text += said + "\n"
        texts[n], all_turns[n] = text, turns
        facts.append(
            SourceFacts(SourceId(n), name, "focus group" if is_group else "interview", group, len(text), count_words(text),
                        {"place": place, "thematic group": kind, "date": f"2025-09-{n + 10:02d}"})
        )  # fmt: skip
    coders = (Coder(CoderId(1), "Asha Verity"), Coder(CoderId(2), "Ben Oldroyd"))
    rows = _code(dice, [c for c in tree if not c.is_question], sizes, all_turns, codings)
    flat = tuple((s, *t) for s in sorted(all_turns) for t in all_turns[s])
    study = StudyData(tuple(facts), cases, tree, coders, flat, rows)
    utterances = tuple(
        Utterance(SourceId(s), Span(a, b), CaseId(c), cases[CaseId(c)].role, texts[s][a:b]) for s, a, b, c in flat
    )
    return Made(study, Talk(utterances, study.sources, cases), texts, all_turns)


def _code(
    dice: random.Random, codes: list[Code], sizes: list[int], turns: dict[int, list[tuple[int, int, int]]], n: int
) -> tuple[tuple[int, int, int, int, int, int], ...]:
    if not codes or not sizes:
        return ()
    weights = [1 / (1 + k % 7) for k in range(len(codes))]
    weights[3] = 0  # one code is never used
    found = []
    for _k in range(n):
        source = dice.randint(1, len(sizes))
        at = dice.randrange(1, len(turns[source]) - 1)
        start, end, _case = turns[source][at]
        if dice.random() < 0.1:
            end = turns[source][at + 1][1]
        code = dice.choices(codes, weights)[0]
        found.append((source, start, end, int(code.id), 1))
        if source <= 4 and dice.random() < 0.6:
            found.append((source, start, end, int(code.id), 2))
    unique = sorted(set(found), key=lambda r: (r[0], r[1], r[2], r[3], r[4]))
    return tuple((k, *row) for k, row in enumerate(unique, 1))


def suggested(made: Made, is_from: Callable[[int], bool]) -> ReportData:
    """The report of the same study where the codings whose ids `is_from` picks were accepted from a suggestion."""

    def passages(ids: Sequence[CodingId]) -> Iterable[Passage]:
        for passage in made.passages(ids):
            mark = "theme-1" if is_from(passage.coding.id) else ""
            yield replace(passage, coding=replace(passage.coding, suggestion=mark))

    return build(made.study, made.words, passages, title="What Kirklees said", date="2025-11-21")
