"""Themes in a shell: every unit with its theme, the recipe, and what was dismissed or merged."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from cohesion_qda.analysis import sentences
from cohesion_qda.model.theming import Recipe
from cohesion_qda.project import Project
from tests.cli.test_commands import Shell, shell  # noqa: F401
from tests.project.test_proposed_themes import made  # noqa: F401


@pytest.fixture
def study(shell: Shell, made: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:  # noqa: F811
    monkeypatch.setattr(sentences, "missing", lambda language="en": "left out of this test")
    shutil.copy(made, shell.study)
    return shell


def test_every_unit_is_told_with_its_source_span_and_theme(study: Shell) -> None:
    told = study.json("suggest", study.study, "themes", "--number", "4")
    sizes = {theme["key"]: theme["units"] for theme in told["themes"]}
    assert Counter(unit["theme"] for unit in told["units"]) == sizes
    assert told["recipe"]["number"] == 4 and told["recipe"]["talk"]
    assert (told["base"]["participants"], told["base"]["groups"], told["dismissed"]) == (6, 2, 0)
    with Project.open(study.study, read_only=True) as project:
        for unit in told["units"]:
            text = project.sources.text(project.sources.get(unit["source"]).id)
            assert text[unit["start"] : unit["end"]].startswith("There is the")
            assert "Thank you all" not in text[unit["start"] : unit["end"]]
        for passage in (p for theme in told["themes"] for p in (*theme["passages"], *theme["divergent"])):
            text = project.sources.text(project.sources.get(passage["source"]).id)
            assert text[passage["start"] : passage["end"]] == passage["quote"]
    for theme in told["themes"]:
        said = theme["label"].casefold().split(", ")
        assert said == [phrase.casefold() for phrase in theme["phrases"][: len(said)]]
        assert {spread["about"] for spread in theme["spread"]} == {"group", "source"}
        assert all(value["of"]["participants"] == 3 for value in theme["spread"][0]["values"])
    assert study.json("suggest", study.study, "themes", "--number", "4") == told


def test_a_recipe_is_cooked_again(study: Shell, tmp_path: Path) -> None:
    with Project.open(study.study, "Asha") as project:
        model = project.proposed_themes.find(Recipe(number=5))
        project.proposed_themes.merge(model, [theme.key for theme in model.themes[:2]])
        project.proposed_themes.dismiss(model, model.themes[4].key)
    kept = study.json("suggest", study.study, "themes", "--recipe", "kept")
    assert len(kept["themes"]) == 3 and kept["dismissed"] == 1
    assert {unit["theme"] for unit in kept["units"]} == {"", *(theme["key"] for theme in kept["themes"])}
    (tmp_path / "recipe.json").write_text(json.dumps(kept), encoding="utf-8")
    assert study.json("suggest", study.study, "themes", "--recipe", str(tmp_path / "recipe.json")) == kept
    out, err = study.run("suggest", study.study, "themes", "--recipe", "kept")
    assert out.count("\n    Talk like this in ") == 3 and "not yet checked by a person" in out
    assert "1 theme was dismissed." in err


def test_other_methods_and_recipes_that_cannot_be_read(study: Shell, tmp_path: Path) -> None:
    assert study.json("suggest", study.study, "themes", "--method", "nmf", "--number", "3")["recipe"]["method"] == "nmf"
    assert (
        "left out of this test"
        not in study.run("suggest", study.study, "themes", "--method", "nmf", "--number", "3")[1]
    )
    assert "left out of this test" in study.run("suggest", study.study, "themes", "--number", "3")[1], (
        "which tier it is"
    )
    (tmp_path / "wrong.json").write_text('{"edits": [{"kind": "merge", "themes": ["a", "b"]}], "number": 4}')
    _out, err = study.run("suggest", study.study, "themes", "--recipe", str(tmp_path / "wrong.json"))
    assert "could not be repeated" in err
    for recipe, said in (("kept", "No recipe for themes is kept"), (str(tmp_path / "none.json"), "cannot be read")):
        assert said in study.run("suggest", study.study, "themes", "--recipe", recipe, status=1)[1]


def test_themes_are_written_as_a_table_with_what_each_number_is_out_of(study: Shell, tmp_path: Path) -> None:
    path = tmp_path / "themes.csv"
    out, err = study.run("suggest", study.study, "themes", "--number", "4", "-o", path, "--suppress", "off")
    assert (out, err.splitlines()[-1]) == ("", f"Wrote {path}.")
    head, *rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert head[:3] == ["Theme", "Participants (out of 6)", "Groups (out of 2)"] and head[-1] == "Terms"
    told = study.json("suggest", study.study, "themes", "--number", "4")["themes"]
    assert [(row[0], int(row[1]), int(row[2]), int(row[3]), row[-1]) for row in rows] == [
        (t["label"], t["participants"], t["groups"], t["mentions"], ", ".join(t["terms"])) for t in told
    ]
    about = path.with_name("themes.about.txt").read_text(encoding="utf-8")
    assert "Suggested, not yet checked by a person" in about and "Ward's method" in about
    study.run("suggest", study.study, "themes", "--number", "4", "-o", path)
    hidden = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert all(row[2] == "[c]" for row in hidden[1:]), "two groups are few"
    with Project.open(study.study, read_only=True) as project:
        assert project.history.trail(1)[0].kind == "export-answer-hidden"
