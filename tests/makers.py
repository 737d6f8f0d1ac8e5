"""Small studies for tests."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project

WOMEN = [
    ("Moderator", "What does getting on well together mean to you?"),
    ("Amina", "Knowing your neighbours, I think. We share food over the wall 😀 every Eid."),
    ("Carol", "For me it is the park. Everybody is in the park on a Saturday."),
    ("Moderator", "And what gets in the way?"),
    ("Amina", "The buses. Nobody comes down after six."),
    ("Joan", "(laughs) That is exactly it."),
]
YOUNG = [
    ("Int", "What gets in the way round here?"),
    ("Amina", "The youth club closed and now there is nothing."),
    ("Dev", "People judge you by your trainers. And the park is locked at four."),
]


def draft(name: str, talk: list[tuple[str, str]], kind: str = "focus group", **attributes: str) -> SourceDraft:
    """A source as a reader would hand it over."""
    text, turns = "", []
    for label, words in talk:
        start = len(text)
        text += words + "\n"
        turns.append(TurnDraft(Span(start, len(text) - 1), label))
    roles = {label: "moderator" if label in ("Moderator", "Int") else "participant" for label, _words in talk}
    return SourceDraft(name, kind, text.rstrip("\n"), tuple(turns), roles, attributes, f"{name}.txt", f"sha-{name}")


def small_study(path: Path) -> Project:
    """Two focus groups in two places and a codebook of two questions; nothing is coded yet."""
    project = Project.create(path, "empty", coder="Asha", title="Small study")
    project.sources.add([draft("Women", WOMEN, place="Dewsbury"), draft("Young people", YOUNG, place="Batley")])
    for question, names in (("What unites", ["Public spaces", "Food"]), ("What divides", ["Cuts", "Class"])):
        parent = project.codebook.added(project.codebook.add(question, is_question=True))
        for name in names:
            project.codebook.add(name, parent)
    return project


def code(project: Project, source: str, quote: str, *paths: str) -> None:
    """Code a quote, as a researcher would on the command line."""
    found = project.sources.get(source).id
    tree = project.codebook.tree()
    project.codings.apply(found, project.codings.find_quote(found, quote), [tree.get(path).id for path in paths])
