"""Proposed themes: made codes of, merged, split, dismissed; what is done can be undone, and what was found is found again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cohesion_qda.analysis import sentences
from cohesion_qda.base.errors import BadInput, ProjectReadOnly
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.model.theming import (
    Recipe,
    ThemeModel,
    ThemeSuggestion,
    Unit,
    dismissal_of,
    dismissed_from,
    dismissed_keys,
    recipe_from,
)
from cohesion_qda.project import Project
from tests.makers import draft

SUBJECTS = (
    "bus timetable driver fare ticket route passenger shelter depot", "samosa curry kitchen recipe rice oven spice chapati",
    "mosque chapel prayer temple vicar imam hymn gurdwara", "club football skateboard pitch teenager hut coach league",
)  # fmt: skip


def group_talk(seed: int) -> list[tuple[str, str]]:
    rng, lines = random.Random(seed), []
    for subject in SUBJECTS:
        lines.append(
            ("Moderator", "Thank you all, and now please tell me a little more about what comes next for you all.")
        )
        for n in range(18):
            a, b, c, d = rng.sample(subject.split(), 4)
            lines.append(
                (("Amina", "Bea", "Carol")[n % 3], f"There is the {a} and the {b}, and then a {c} with the {d}.")
            )
    return lines


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("themes") / "study.cqda"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "missing", lambda language="en": "left out of this test")
        with Project.create(path, "empty", coder="Asha") as project:
            project.sources.add([draft(f"Group {n}", group_talk(n), place=f"Town {n}") for n in (1, 2)])
            project.codebook.add("Getting about")
            project.suggestions.heard()  # the parse is kept, for every test
    return path


@pytest.fixture
def project(made, tmp_path, monkeypatch) -> Iterator[Project]:
    monkeypatch.setattr(sentences, "missing", lambda language="en": "left out of this test")
    path = tmp_path / "study.cqda"
    path.write_bytes(made.read_bytes())
    with Project.open(path, "Asha") as opened:
        yield opened


@pytest.fixture
def model(project: Project) -> ThemeModel:
    return project.proposed_themes.find(Recipe(number=4))


def codings(project: Project) -> int:
    return len(project.codings.retrieve())


def test_finding_changes_nothing(project: Project, model: ThemeModel) -> None:
    before = len(project.history.trail())
    assert len(model.themes) == 4
    assert project.proposed_themes.recipe() is None
    assert project.proposed_themes.find(Recipe(number=4)) == model
    assert len(project.history.trail()) == before


def test_a_theme_becomes_a_code_with_its_passages_in_one_act(project: Project, model: ThemeModel) -> None:
    theme = model.themes[0]
    said = project.proposed_themes.make_code(theme, "  What  moves us ", None, theme.typical[:3]).said
    assert said == "Accepted 3 suggested passages as “What moves us”"
    assert project.proposed_themes.accepted() == {theme.key: project.codebook.tree().get("What moves us").id}
    project.history.undo()
    assert codings(project) == 0 and project.codebook.tree().find("What moves us") is None
    assert project.proposed_themes.accepted() == {}
    assert [entry.kind for entry in project.history.trail()][:2] == ["undo", "accept-suggestion"]


def test_a_theme_is_added_to_a_code_that_is_there(project: Project, model: ThemeModel) -> None:
    theme, code = model.themes[1], project.codebook.tree().get("Getting about").id
    project.proposed_themes.add_to_code(theme, code)
    assert codings(project) == len(theme.typical)
    with pytest.raises(BadInput, match="No passage was chosen"):
        project.proposed_themes.add_to_code(theme, code, [])
    again = project.proposed_themes.find(Recipe(number=4)).theme(theme.key)
    assert again.overlaps[0].code == code and again.overlaps[0].turns == len(theme.typical)


def test_what_was_merged_and_split_is_kept_and_found_again(project: Project, model: ThemeModel) -> None:
    verbs = project.proposed_themes
    assert verbs.keep(model).said == "Looked for themes: 4 are proposed"
    assert verbs.keep(model).said == "", "the same recipe is no act"
    a, b = (theme.key for theme in model.themes[:2])
    verbs.merge(model, [a, b])
    merged = verbs.find(verbs.recipe())
    assert len(merged.themes) == 3 and merged.number == 4
    large = max(merged.themes, key=lambda theme: len(theme.units))
    assert verbs.split(merged, large.key).said == f"Split the proposed theme “{large.label}” in two"
    parted = verbs.find(verbs.recipe())
    assert len(parted.themes) == 4
    path = project.path
    project.close()
    with Project.open(path, "Asha") as again:
        assert again.proposed_themes.find(again.proposed_themes.recipe()) == parted
        again.history.undo()
        assert again.proposed_themes.find(again.proposed_themes.recipe()).themes == merged.themes
        again.history.undo()
        assert again.proposed_themes.find(again.proposed_themes.recipe()).themes == model.themes


def test_what_cannot_be_merged_or_split_is_told(project: Project, model: ThemeModel) -> None:
    verbs, key = project.proposed_themes, model.themes[0].key
    with pytest.raises(BadInput, match="cannot be merged with itself"):
        verbs.merge(model, [key, key])
    for verb in (lambda: verbs.split(model, "theme-gone"), lambda: verbs.merge(model, [key, "theme-gone"])):
        with pytest.raises(BadInput, match="no longer proposed"):
            verb()
    with pytest.raises(BadInput, match="no longer proposed"):
        verbs.dismiss(model, "theme-gone")


def test_a_dismissed_theme_stays_away_under_another_number_and_undo_brings_it_back(
    project: Project, model: ThemeModel
) -> None:
    verbs, gone = project.proposed_themes, model.themes[0]
    verbs.dismiss(model, gone.key)
    for number in (4, 5):
        other = verbs.find(Recipe(number=number))
        left = verbs.left(other)
        assert len(left) < len(other.themes)
        said = {other.units[n] for theme in left for n in theme.units}
        held = {model.units[n] for n in gone.units}
        assert len(said & held) < len(held) / 2, "most of what was dismissed is proposed no more"
    project.history.undo()
    assert len(verbs.left(verbs.find(Recipe(number=5)))) == 5


def grouped(*sizes: int) -> ThemeModel:
    """Themes of so many units each, in one long source, all with other terms."""
    units, theme_of, themes = [], [], []
    for n, size in enumerate(sizes):
        held = range(len(units), len(units) + size)
        units += [Unit(SourceId(1), Span(10 * u, 10 * u + 9), (f"turn {u}",)) for u in held]
        theme_of += [f"theme-{sizes}-{n}"] * size
        words = (f"word {sizes} {n}",)
        themes.append(ThemeSuggestion(theme_of[-1], "Label", words, words, Count(), (), tuple(held)))
    return ThemeModel(tuple(themes), Recipe(), len(sizes), units=tuple(units), theme_of=tuple(theme_of))


@pytest.mark.parametrize(
    ("sizes", "gone"),
    [
        ((100, 900), {0}),
        ((120, 880), {0}),
        ((60, 940), {0}),
        ((900, 100), set()),
        ((40, 40, 920), set()),
        ((1000,), set()),
    ],
)
def test_a_dismissed_theme_is_known_by_most_of_what_either_holds(sizes: tuple[int, ...], gone: set[int]) -> None:
    first = grouped(100, 90, 810)
    kept = dismissal_of(first, first.themes[0])
    assert 50 <= len(kept.words) <= 60
    again = grouped(*sizes)
    assert dismissed_keys(again, [replace(kept, key="theme-before")]) == {again.themes[n].key for n in gone}


def test_a_dismissed_theme_is_known_by_its_terms_when_its_words_are_gone(project: Project, model: ThemeModel) -> None:
    kept = dismissal_of(model, model.themes[0])
    same_words = replace(dismissed_from("theme-other", kept.to_json()), words=("no such words",))
    assert dismissed_keys(model, [same_words]) == {model.themes[0].key}
    assert dismissed_keys(model, [dismissed_from("theme-other", "nothing that can be read")]) == frozenset()
    assert dismissed_keys(model, [dismissed_from(model.themes[1].key, "")]) == {model.themes[1].key}


def test_a_dismissed_theme_stays_away_when_a_long_passage_is_put_in_before_it(
    project: Project, model: ThemeModel
) -> None:
    """Every place moves, and other turns come together in windows; the words are the same."""
    gone = next(theme for theme in model.themes if {"bus", "fare"} & set(theme.terms))
    project.proposed_themes.dismiss(model, gone.key)
    long = "There is the timetable and the fare, and then a driver with the ticket. " * 16
    for number in (1, 2):
        source = project.sources.get(f"Group {number}").id
        at = project.sources.text(source).index("There is the")
        project.corrections.correct(source, [Edit(at, at, long)])
    other = project.proposed_themes.find(Recipe(number=4))
    assert gone.key not in {theme.key for theme in other.themes}
    known = dismissed_keys(other, project.proposed_themes.dismissed())
    assert len(known) == 1
    (theme,) = (theme for theme in other.themes if theme.key in known)
    assert set(gone.terms) & set(theme.terms)


def test_what_a_theme_spreads_over_is_as_it_is_now(project: Project, model: ThemeModel) -> None:
    def places(found: ThemeModel) -> list[str]:
        return next([row[0] for row in s.rows] for s in found.themes[0].spreads if s.name == "place")

    assert places(model) == ["Town 1", "Town 2"]
    project.sources.set_attribute(project.sources.get("Group 1").id, "place", "Dewsbury")
    again = project.proposed_themes.find(Recipe(number=4))
    assert places(again) == ["Dewsbury", "Town 2"]
    assert again.about != model.about and again.recipe == model.recipe, "the talk is the same"


def test_a_dismissed_theme_can_be_brought_back(project: Project, model: ThemeModel) -> None:
    verbs, theme = project.proposed_themes, model.themes[0]
    verbs.dismiss(model, theme.key)
    other = verbs.find(Recipe(number=5))
    (known,) = dismissed_keys(other, verbs.dismissed())
    assert verbs.take_back(other, known).said.startswith("Brought back the suggestion")
    assert len(verbs.left(model)) == 4 and verbs.dismissed() == ()
    with pytest.raises(BadInput, match="was not dismissed"):
        verbs.take_back(model, theme.key)
    project.history.undo()
    assert len(verbs.left(model)) == 3


def test_blind_coders_dismiss_and_merge_for_themselves(project: Project, model: ThemeModel) -> None:
    verbs, (a, b, c) = project.proposed_themes, (theme.key for theme in model.themes[:3])
    verbs.dismiss(model, a)
    verbs.merge(model, [b, c])
    project.suggestions.dismiss("term bus", "bus")
    project.use_coder("Ben")
    project.look_as("Ben")
    assert len(verbs.left(model)) == 4 and project.suggestions.dismissed() == set()
    assert verbs.recipe() is None, "what a colleague merged tells what they think"
    verbs.dismiss(model, a)
    project.suggestions.dismiss("term bus", "bus")
    verbs.keep(model)
    assert len(verbs.left(model)) == 3 and project.suggestions.dismissed() == {"term bus", a}
    assert verbs.recipe() == model.recipe
    project.look_as(None)
    project.use_coder("Asha")
    assert verbs.recipe().edits, "the recipe of the others is as it was"
    assert len(verbs.left(model)) == 3 and len(verbs.dismissed()) == 2
    project.use_coder("Cat")
    project.look_as("Cat")
    assert len(verbs.left(model)) == 4
    assert project.check() == []


def test_a_removed_source_and_a_changed_talk(project: Project, model: ThemeModel) -> None:
    verbs = project.proposed_themes
    verbs.merge(model, [model.themes[0].key, model.themes[1].key])
    verbs.dismiss(model, model.themes[2].key)
    project.sources.remove(project.sources.get("Group 2").id)
    other = verbs.find(verbs.recipe())
    assert [edit.kind for edit in other.unknown_edits] == ["merge"], "it held what is gone"
    assert other.recipe.talk != model.recipe.talk
    assert len(verbs.left(other)) == 3, "half of its words are still there"


def test_a_project_that_is_only_read_keeps_nothing(project: Project, model: ThemeModel) -> None:
    path = project.path
    project.close()
    with Project.open(path, read_only=True) as reader:
        assert reader.proposed_themes.find(Recipe(number=4)).themes == model.themes
        assert reader.proposed_themes.keep(model).said == ""
        with pytest.raises(ProjectReadOnly):
            reader.proposed_themes.split(model, model.themes[0].key)


def test_recipes_that_are_none(project: Project, model: ThemeModel) -> None:
    assert recipe_from(model.recipe.to_json()) == model.recipe
    assert recipe_from('{"recipe": {"number": 5, "later": 1}}') == Recipe(number=5)
    for text in (
        "", "[]", "7", '{"method": "magic"}', '{"number": 0}', '{"number": "x"}', '{"edits": [{"kind": "turn", "themes": []}]}',
        '{"edits": 4}', '{"seed": "x"}',
    ):  # fmt: skip
        with pytest.raises(BadInput, match="no recipe for themes"):
            recipe_from(text)


def test_others_codings_that_are_hidden_are_not_held_against_themes(project: Project, model: ThemeModel) -> None:
    source = project.sources.get("Group 1").id
    project.codings.apply(source, Span(0, 400), [project.codebook.tree().get("Getting about").id])
    assert len(project.proposed_themes.coded()) == 1
    project.look_as("Ben")
    assert project.proposed_themes.coded() == []
    assert project.proposed_themes.accepted() == {}


def test_passages_found_before_a_correction_are_coded_where_their_words_stand_now(
    project: Project, model: ThemeModel
) -> None:
    theme = model.themes[0]
    one = theme.typical[0]
    read = one.span.of(project.sources.text(one.source))
    project.corrections.correct(one.source, [Edit(0, 5, "Well then, to begin with, thank")])
    project.proposed_themes.make_code(theme, "Made", None, [one])
    project.proposed_themes.add_to_code(theme, project.codebook.tree().get("Getting about").id, [one])
    text = project.sources.text(one.source)
    assert [c.span.of(text) for c in project.codings.of_source(one.source)] == [read, read]
    at = text.index(read)
    project.corrections.correct(one.source, [Edit(at, at + 8, "Nobody knows")])
    with pytest.raises(BadInput, match="corrected since this was found"):
        project.proposed_themes.make_code(theme, "Other", None, [one])
    assert project.codebook.tree().find("Other") is None
