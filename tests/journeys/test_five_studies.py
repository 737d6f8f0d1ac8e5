"""The five studies that the program was made for, each begun from its frame in the real window and told in its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.report import painted
from cohesion_qda.report.blocks import Block, Bullets, Cited, Figures, Grid, Heading, Paragraph, ThemePart
from cohesion_qda.report.contents import part_of
from tests.conftest import plain_png, shared_data
from tests.journeys.researcher import Researcher

WOMEN = """Moderator: What brings people together?
Amina: The park, honestly. Everybody is in the park on a Saturday.
Carol: The school gate. You stand there ten minutes and you talk.
Moderator: And what gets in the way?
Amina: They are all treated better than us.
Carol: There is nowhere to go after six.
"""
YOUNG = """Moderator: What brings people together?
Dev: We play in the park, all of us.
Zed: People help each other round here.
Moderator: And what gets in the way?
Dev: They judge you by your trainers.
Zed: You hear the word and nobody says what it means.
"""
OFFICER = """Moderator: What does the term mean to you?
Officer: Everybody says cohesion and nobody says what it means.
Moderator: Who is it for?
Officer: The money went to one group only, and the others feel it.
"""
STRATEGY = """Our strategy for a fair place

We talk with groups of residents before we decide.

Every service reports each year on who it reaches.
"""


@pytest.fixture
def researcher(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Researcher]:
    monkeypatch.setattr(painted, "png", plain_png)  # figures are read in words
    made = Researcher(qtbot)
    yield made
    made.leaves()


def sheet_of(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Two focus groups, an interview and a strategy in two areas, with who collected each."""
    folder = tmp_path / "talks"
    folder.mkdir()
    files = {"Women": WOMEN, "Young people": YOUNG, "Officer": OFFICER, "Strategy": STRATEGY}
    for name, words in files.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    (folder / "attributes.csv").write_text(
        sheet_of(
            "source,participant,kind,place,area,thematic group,collected by",
            "Women,,focus group,Dewsbury,Almondbury,women,Ben",
            "Young people,,focus group,Batley,Thornton,young people,Carys",
            "Officer,,interview,Dewsbury,Almondbury,,Asha",
            "Strategy,,document,Batley,Thornton,,Asha",
        ),
        encoding="utf-8",
    )
    return folder


def told(researcher: Researcher, *keys: str) -> dict[str, str]:
    """What parts of the report say, as it would be written now."""

    def read(project: Any) -> dict[str, str]:
        data = project.reports.snapshot(suppress=0)
        return {key: "\n".join(words_of(part_of(data, key))) for key in keys}

    return researcher.ask(read)


def words_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of each block: a heading, a paragraph, a row of a table."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Grid):
            yield block.caption
            yield from (" | ".join(row).replace("\n", " ") for row in (block.head, *block.rows))
        elif isinstance(block, ThemePart):
            yield from (block.heading.text, block.said, *block.words)
            yield from (part.words for quotation in block.quotations for part in quotation.parts)
        elif isinstance(block, Cited):
            yield " ".join([*(part.words for part in block.quotation.parts), *block.notes])
        elif isinstance(block, Figures):
            yield from (figure.picture.alt for figure in block.figures)


def test_the_kirklees_review_by_place_and_by_group_with_its_further_analyses_and_its_plan(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    researcher.starts_a_study(tmp_path / "Kirklees.cqda", "kirklees").imports(talks)
    assert researcher.ask(lambda p: len(p.retrieval.saved())) == 6, "the further analyses are ready retrievals"
    researcher.reads("Women").selects("Everybody is in the park on a Saturday").applies("Public spaces")
    researcher.selects("They are all treated better than us.").applies("Perceptions of the other")
    researcher.reads("Young people").selects("We play in the park, all of us.").applies("Public spaces")
    researcher.selects("They judge you by your trainers.").applies("Class and wealth")

    contents = researcher.goes_to("report").tab_named("contents")
    shown = [part.name for part in contents.contents.parts if part.is_shown]
    chapters = ["Defining cohesion", "What unites", "What divides"]
    assert [name for name in shown if name in chapters] == chapters
    assert (
        shown.index("Engagement and sample") < shown.index("Defining cohesion") < shown.index("Plan: what happens next")
    )
    page = researcher.window.workspace.page_named("report")
    page.turn_to("plan")
    researcher.rests()
    dates = page.tab.sheets["date"]
    cabinet = next(line.id for line in dates.rows.lines if line.cells.get("name") == "Cabinet")
    dates.choose(cabinet)
    QTest.keyClick(dates, Qt.Key.Key_Delete)
    researcher.rests().undoes()

    unites = f"question {researcher.ask(lambda p: p.codebook.tree().get('What unites').id)}"
    said = told(researcher, "engagement", unites, "further", "plan")
    assert "Dewsbury | " in said["engagement"] and "By thematic group" in said["engagement"]
    assert "Said in 2 of 2 groups" in said[unites] and "We play in the park" in said[unites]
    assert "Further analysis 1: interaction, what helps and what hinders" in said["further"]
    assert "Cabinet | 19 May 2020 | 7 May 2020" in said["plan"]


def test_the_huddersfield_pilot_compares_two_areas_by_kind_of_evidence_and_tells_of_its_team(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    researcher.starts_a_study(tmp_path / "Pilot.cqda", "riep").imports(talks)
    kinds = researcher.ask(lambda p: {s.name: s.kind for s in p.sources.list()})
    assert kinds == {
        "Women": "focus group",
        "Young people": "focus group",
        "Officer": "interview",
        "Strategy": "document",
    }
    researcher.reads("Officer").selects("Everybody says cohesion and nobody says what it means.")
    researcher.applies("The term and its meaning")
    researcher.reads("Young people").selects("You hear the word and nobody says what it means.")
    researcher.applies("The term and its meaning")
    researcher.reads("Women").selects("They are all treated better than us.").applies("Feeling treated unfairly")
    researcher.window.runner.do(lambda p: p.use_coder("Ben"))
    researcher.selects("They are all treated better than us.").applies("Feeling treated unfairly")

    page = researcher.goes_to("report")
    page.turn_to("team")
    researcher.rests()
    tab = page.tab
    tab.trainer.setCurrentIndex(1)
    tab.trainer.activated.emit(1)
    researcher.rests()
    QTest.mouseClick(tab.training, Qt.MouseButton.LeftButton)
    QTest.keyClicks(tab.ticks.field, "women")
    QTest.keyClick(tab.ticks.field, Qt.Key.Key_Return)
    tab.ticks.hide()
    researcher.rests(lambda: tab.training.text() == "1 source")
    people = {line.id: line.cells for line in tab.people.rows.lines}
    assert people["Carys"]["collected"] == "1" and people["Carys"]["coded"] == "0"
    assert people["Ben"]["agreed"] == "1 of 1" and people["Ben"]["collected"] == "1"

    said = told(researcher, "areas", "team")
    both, one = said["areas"].split("What both areas say")[1], said["areas"]
    assert "The term and its meaning" in both and "Feeling treated unfairly" in one
    assert "interview" in said["areas"].lower() and "Almondbury" in said["areas"]
    assert "Carys | 1 | 0 | 0 | 0" in said["team"] and "Ben | 1 of 1 | 1 of 1" in said["team"]


def test_the_east_midlands_toolkit_holds_a_strategy_against_its_principles(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    researcher.starts_a_study(tmp_path / "Toolkit.cqda", "east_midlands").imports(talks / "Strategy.txt")
    strategy = researcher.ask(lambda p: p.sources.get("Strategy").id)
    researcher.does(lambda p: p.worksheets.start("east_midlands", "inclusion", strategy))
    page = researcher.goes_to("report")
    page.turn_to("worksheets")
    researcher.rests(lambda: page.tab.current() is not None)
    tab, filled = page.tab, page.tab.current()
    first = tab.list.current()
    tab.list.setFocus()
    for key in "1234":
        QTest.keyClicks(tab.list, key)
        researcher.rests()
        QTest.keyClick(tab.list, Qt.Key.Key_Down)
    answers = researcher.ask(lambda p: p.worksheets.read(filled.worksheet.id).tally())
    assert answers is not None
    talk, id_ = "We talk with groups of residents before we decide", filled.worksheet.id
    place = researcher.ask(lambda p: p.codings.find_quote(strategy, talk))
    researcher.does(lambda p: p.worksheets.link(id_, first, [(strategy, place)]))
    assert tab.progress.text().startswith("4 of ")
    said = told(researcher, "worksheets")["worksheets"]
    assert "Filled in for Strategy: 4 of " in said and "| Found | 1\n" in said, "with its one passage"
    printed = researcher.ask(lambda p: p.worksheets.write(id_, tmp_path / "checklist.html").read_text("utf-8"))
    assert talk in printed
    assert researcher.undoes().ask(lambda p: p.check()) == []


def test_the_five_documents_themselves_are_held_against_the_checklist(researcher: Researcher, tmp_path: Path) -> None:
    seeds = shared_data().parent / "seeds"
    if not seeds.is_dir():
        pytest.skip("the five documents (../shared/seeds) are not on this machine")
    researcher.starts_a_study(tmp_path / "Strategies.cqda", "east_midlands").imports(*sorted(seeds.glob("*.txt")))
    sources = researcher.ask(lambda p: p.sources.list())
    assert len(sources) == 5
    for source in sources:
        researcher.does(lambda p, source=source.id: p.worksheets.start("east_midlands", "inclusion", source))
        researcher.does(lambda p, source=source.id: p.sources.set_kind(source, "document"))
    page = researcher.goes_to("report")
    page.turn_to("worksheets")
    researcher.rests(lambda: page.tab.which.count() == 5)
    for sheet in researcher.ask(lambda p: p.worksheets.list()):
        page.tab.take(sheet.id)
        researcher.rests(lambda sheet=sheet: page.tab.which.currentData() == sheet.id)
        QTest.keyClicks(page.tab.list, "1")
        researcher.rests()
    said = told(researcher, "worksheets")["worksheets"]
    assert said.count("Filled in for ") == 5 and all(source.name in said for source in sources)


def test_the_welsh_review_is_filled_in_and_printed_in_two_languages(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    researcher.starts_a_study(tmp_path / "Review.cqda", "wales").imports(talks / "Strategy.txt")
    page = researcher.goes_to("report")
    page.turn_to("worksheets")
    researcher.rests(lambda: bool(page.tab.standing.offers))
    page.tab.start_menu().actions()[1].trigger()
    researcher.rests(lambda: page.tab.current() is not None)
    (sheet,) = researcher.ask(lambda p: p.worksheets.list())
    form = researcher.ask(lambda p: p.worksheets.read(sheet.id).form)
    for section in form.sections:
        for item in section.items:
            for field in form.fields_of(item):
                value = {"text": "Nobody was asked yet.", "date": "2027-01-31"}.get(field.kind, "")
                value = field.choices[0].key if field.kind == "choice" else value
                if value:
                    researcher.window.runner.do(
                        lambda p, i=item.key, f=field.key, v=value: p.worksheets.answer(sheet.id, i, f, v)
                    )
    researcher.rests()
    for headings in ("en", "cy", "both"):
        written = tmp_path / f"review-{headings}.html"
        researcher.ask(lambda p, to=written, headings=headings: p.worksheets.write(sheet.id, to, headings))
    english, both = ((tmp_path / f"review-{n}.html").read_text("utf-8") for n in ("en", "both"))
    assert "Nobody was asked yet." in english and form.name.en in both and form.name.cy in both
    assert 'lang="cy"' in both
    assert "Nobody was asked yet." in told(researcher, "worksheets")["worksheets"]


def test_the_delivery_framework_counts_for_and_against_and_names_actions_for_its_issues(
    researcher: Researcher, talks: Path, tmp_path: Path
) -> None:
    researcher.starts_a_study(tmp_path / "Delivery.cqda", "delivery").imports(talks)
    researcher.reads("Young people").selects("People help each other round here.").applies("People help one another")
    researcher.reads("Women").selects("There is nowhere to go after six.").applies("There is nowhere to go")
    researcher.selects("They are all treated better than us.").applies("Difference is not respected")
    area = researcher.ask(lambda p: p.frames.get("delivery").area_types[0])
    dewsbury = researcher.ask(lambda p: p.sources.get("Women").id)
    researcher.does(lambda p: p.attributes.set_many("source", [(dewsbury, "area type", area.name.said)]))
    page = researcher.goes_to("report")
    page.turn_to("issues")
    researcher.rests()
    said = told(researcher, "directions", "issues")
    assert "Pulling together" in said["directions"] and "Facilities" in said["directions"]
    issue = researcher.ask(lambda p: p.frames.issues()[0].issue)
    assert issue.key == "respect" and issue.name.said in said["issues"]
    assert issue.actions[0].name.said in said["issues"]
    for point in (*issue.evidence[:1], *issue.pitfalls[:1]):
        assert point.text.said in said["issues"], "what is known, and what to beware of, stands under the issue"
    assert area.average in said["directions"], "beside it the average of areas of the same kind"
    page.turn_to("worksheets")
    researcher.rests(lambda: bool(page.tab.standing.offers))
    assert ("delivery", "mapping") in [(offer.frame, offer.sheet) for offer in page.tab.standing.offers]
