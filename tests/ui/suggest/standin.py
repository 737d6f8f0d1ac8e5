"""A machine for tests of the window: its order is known, and another one after each act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cohesion_qda.analysis import worker
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import Honesty, Near, Proposal, Ranked, Why
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, draft

TURNS = 40


def long_study(path: Path) -> Project:
    """A group in which forty things are said, `thing 0 of the park` to `thing 39 of the park`; the first two are coded."""
    project = Project.create(path, "empty", coder="Asha", title="Long study")
    talk = [("Moderator", "What is said?")]
    talk += [(("Amina", "Carol", "Joan")[n % 3], f"Here is thing {n} of the park.") for n in range(TURNS)]
    project.sources.add([draft("Women", talk, place="Dewsbury")])
    question = project.codebook.added(project.codebook.add("What unites", is_question=True))
    for name in ("Public spaces", "Food"):
        project.codebook.add(name, question)
    code(project, "Women", "Here is thing 0 of the park.", "Public spaces")
    code(project, "Women", "Here is thing 1 of the park.", "Public spaces")
    return project


class Machine:
    """Ranks the turns with a word, those coded or passed over left out. `turned` turns the order round."""

    def __init__(self, text: str, source: SourceId, of: str = "") -> None:
        self.source, self.turned, self.of = source, False, of
        self.asked: list[tuple[str, Any]] = []
        self.places: list[Span] = []
        at = 0
        for line in text.split("\n"):
            if line.startswith("Here is"):
                self.places.append(Span(at, at + len(line)))
            at += len(line) + 1

    def install(self, monkeypatch: Any) -> Machine:
        for name in ("ranked", "codes_for", "honesty", "like"):
            monkeypatch.setattr(worker, name, getattr(self, name), raising=False)
        return self

    def _proposal(self, coded: Any, code_id: CodeId, span: Span, score: float) -> Proposal:
        near = tuple(Near(row[0], row[1], Span(row[2], row[3]), 0.8) for row in coded.codings if row[4] == code_id)[:2]
        why = Why((("park", 1.0),), near, by_definition=not near)
        return Proposal(code_id, self.source, span, score, why, of=self.of)

    def ranked(self, _stamp: str, coded: Any, code_id: CodeId, number: int) -> Ranked:
        self.asked.append(("ranked", number))
        mine = {(row[2], row[3]) for row in coded.codings if row[4] == code_id}
        passed = {(row[1], row[2]) for row in coded.passed_over if row[3] == code_id}
        left = [place for place in self.places if (place.start, place.end) not in mine | passed]
        if self.turned:
            left.reverse()
        proposals = [self._proposal(coded, code_id, place, 1.0 - n / 100) for n, place in enumerate(left)]
        return Ranked(code_id, tuple(proposals[:number]), len(left), len(mine), "minilm")

    def codes_for(self, _stamp: str, coded: Any, source: SourceId, span: Span, number: int) -> tuple[Proposal, ...]:
        self.asked.append(("codes_for", span))
        taken = {row[4] for row in coded.codings if (row[1], row[2], row[3]) == (source, span.start, span.end)}
        codes = [described.code for described in coded.codes if described.is_offered and described.code not in taken]
        return tuple(self._proposal(coded, one, span, 1.0) for one in codes[:number])

    def honesty(self, _stamp: str, coded: Any, codes: Any, branch: bool = False) -> tuple[Honesty, ...]:
        self.asked.append(("honesty", tuple(codes)))
        found = []
        for one in codes:
            n = sum(1 for row in coded.codings if row[4] == one)
            if n < 2:
                found.append(Honesty(one, n, n, lacking=2 - n))
            else:
                found.append(Honesty(one, n, 2, tested=n, expected=float(min(10, n + 2)), low=1.0, high=9.0))
        return tuple(found)

    def like(self, _stamp: str, source: SourceId, span: Span, number: int) -> list[Evidence]:
        self.asked.append(("like", span))
        others = [place for place in self.places if place != span]
        return [Evidence(self.source, place, 0.9 - n / 100, of=self.of) for n, place in enumerate(others[:number])]
