"""Taking an answer away: what the dialog offers and says, and what is written."""

from __future__ import annotations

import csv
import threading

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from cohesion_qda.base.jobs import Job
from cohesion_qda.model.asked import Asked
from cohesion_qda.report import files
from cohesion_qda.ui import choose, palette
from cohesion_qda.ui import runner as runner_module
from cohesion_qda.ui.compare.export import ExportDialog
from cohesion_qda.ui.compare.page import ComparePage
from cohesion_qda.ui.compare.taking import Taking
from cohesion_qda.ui.compare.wish import Wish, about_hiding, endings, naming_words


@pytest.fixture
def dialog(theme, qtbot) -> ExportDialog:
    made = ExportDialog("Codes by place", "crosstab", True, Wish())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(open_page) -> ComparePage:
    return open_page(ComparePage)


def test_small_numbers_under_five_are_hidden_unless_somebody_decides_otherwise(dialog: ExportDialog) -> None:
    assert dialog.wish.hides == 5 and dialog.hides[5].isChecked()
    assert "becomes [c]" in dialog.about.text() or "become [c]" in dialog.about.text()
    dialog.hides[0].click()
    assert dialog.wish.hides == 0
    assert "Do not publish this." in dialog.about.text()


def test_each_form_has_its_formats(dialog: ExportDialog) -> None:
    def offered() -> list[str]:
        return [dialog.format.itemData(n) for n in range(dialog.format.count())]

    assert offered() == [".xlsx", ".csv", ".ods", ".sav", ".dta", ".md", ".tex"]
    assert not dialog.width_box.isVisible()
    dialog.whats["figure"].click()
    assert offered() == [".svg", ".png", ".pdf"] and dialog.wish.ending == ".svg"
    assert dialog.width_box.isVisible() and not dialog.dpi_box.isVisible()
    dialog.format.setCurrentIndex(1)
    dialog.format.activated.emit(1)
    assert dialog.dpi_box.isVisible()
    dialog.width_box.setValue(20)
    dialog.dpi_box.setValue(300)
    assert (round(dialog.wish.width * 2.54), dialog.wish.dpi) == (20, 300)
    dialog.whats["tidy"].click()
    assert offered() == [".xlsx", ".csv", ".ods", ".sav", ".dta"]
    assert dialog.quotes.isVisible() and not dialog.hides[5].isEnabled()
    assert "not for publication" in dialog.about.text()
    assert ".docx" in endings("table", "framework") and ".docx" not in endings("table", "crosstab")


def test_a_part_without_a_figure_offers_none(theme, qtbot) -> None:
    made = ExportDialog("Pairs", "cooccurrence", False, Wish("figure", ".svg"))
    qtbot.addWidget(made)
    assert made.wish.what == "table" and made.wish.ending == ".xlsx"
    assert not made.whats["figure"].isEnabled()


def test_warnings_stand_over_the_button(dialog: ExportDialog) -> None:
    dialog.show_warnings(["Only one woman of Luton is over 65."])
    assert dialog.warning.isVisible() and "Luton" in dialog.warning.hint.text()
    dialog.show_warnings([f"Only one woman of group {n} is over 65." for n in range(9)])
    assert dialog.warning.hint.text().splitlines()[-2:] == ["Only one woman of group 2 is over 65.", "And 6 more."]
    assert dialog.warning.hint.height() >= dialog.warning.hint.heightForWidth(dialog.warning.hint.width())
    dialog.show_warnings([])
    assert not dialog.warning.isVisible()


def test_an_answer_about_single_people_says_so() -> None:
    assert naming_words("dynamics", Wish(hides=0)) and naming_words("portrait", Wish("figure", ".svg"))
    assert not naming_words("crosstab", Wish()) and not naming_words("dynamics", Wish("tidy"))
    assert not naming_words("dynamics", Wish()), "who is named is left out of it"
    assert "10" in about_hiding(Wish(hides=10))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_is_not_chosen_can_be_seen(dialog: ExportDialog, theme, mode: str) -> None:
    theme.set_mode(mode)
    dialog.whats["tidy"].click()
    for choice in (dialog.whats["table"], dialog.whats["tidy"], dialog.quotes):
        picture = choice.grab().toImage()
        row = {picture.pixelColor(x, picture.height() // 2).name() for x in range(theme.px(18))}
        assert max(palette.contrast(colour, theme.hex("bg")) for colour in row) >= 3


def export(page: ComparePage, monkeypatch: pytest.MonkeyPatch, path, **chosen) -> None:
    monkeypatch.setattr(choose, "save_file", lambda *_asked: path)
    page.export_button.click()
    dialog = page.taking.dialog
    for name, value in chosen.items():
        {"what": dialog.whats, "hides": dialog.hides}[name][value].click()
    if "quotes" in chosen:
        dialog.quotes.click()
    dialog.accept()


def test_a_table_is_written_and_told(page, open_page, tmp_path, monkeypatch) -> None:
    export(page, monkeypatch, tmp_path / "out.csv", hides=0)
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert any("Public spaces" in row[0] for row in rows if row)
    assert "[c]" not in text
    assert open_page.said[-1] == ("Exported to out.csv", False)
    export(page, monkeypatch, tmp_path / "again.csv")
    assert "[c]" not in (tmp_path / "again.csv").read_text(encoding="utf-8-sig"), (
        "what was chosen last is offered again"
    )


def test_for_publication_small_numbers_are_hidden(page, tmp_path, monkeypatch) -> None:
    export(page, monkeypatch, tmp_path / "out.csv")
    assert "[c]" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_a_figure_is_written(page, open_page, tmp_path, monkeypatch, ending: str) -> None:
    page.ask_kind("frequencies")
    path = tmp_path / f"figure{ending}"
    export(page, monkeypatch, path, what="figure", hides=0)
    if ending == ".svg":
        assert "Public spaces" in path.read_text(encoding="utf-8")
    else:
        assert QImage(str(path)).width() == pytest.approx(6.5 * 200, abs=2)
    assert open_page.said[-1] == (f"Exported to {path.name}", False)


def test_the_long_form_has_a_row_for_each_passage(page, tmp_path, monkeypatch) -> None:
    export(page, monkeypatch, tmp_path / "tidy.csv", what="tidy")
    rows = list(csv.reader((tmp_path / "tidy.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert sum(1 for row in rows if any("Public spaces" in cell for cell in row)) == 2


def test_who_could_be_recognised_in_quotations_is_said_before_anything_is_written(page) -> None:
    page.export_button.click()
    dialog = page.taking.dialog
    assert not dialog.warning.isVisible()
    dialog.whats["tidy"].click()
    dialog.quotes.click()
    assert dialog.warning.isVisible() and dialog.warning.hint.text()
    dialog.done(QDialog.DialogCode.Rejected)
    assert page.taking.dialog is None


def test_a_file_that_cannot_be_written_is_told_calmly(page, open_page, tmp_path, monkeypatch) -> None:
    export(page, monkeypatch, tmp_path / "no" / "out.csv")
    assert str(open_page.runner.problems.pop())
    assert open_page.said == []


def test_while_a_long_answer_is_written_the_project_is_free(
    threaded_runner, study, qtbot, tmp_path, monkeypatch
) -> None:
    """It is written off the project thread, says so, can be stopped, and then there is no file."""
    runner, go_on, said, shown = threaded_runner, threading.Event(), [], []
    monkeypatch.setattr(runner_module, "SHOWN_AFTER", 0)
    with qtbot.waitSignal(runner.opened):
        runner.open(study)

    def slow(export: files.Export, job: Job) -> None:
        while not go_on.wait(0.005):
            job.step(3, 9, "Long form")

    monkeypatch.setattr(files, "write", slow)
    owner = QWidget()
    qtbot.addWidget(owner)
    taking = Taking(runner, lambda *words: said.append(words), owner)
    answers = []
    runner.ask(lambda project: project.answers.ask(Asked()), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    runner.working.connect(shown.append)
    taking.write(answers[0], answers[0].parts[0], "", Wish(), tmp_path / "a.xlsx")
    qtbot.waitUntil(lambda: any(p is not None and p.done == 3 for p in shown))
    done = []
    runner.do(lambda project: project.codebook.add("Meanwhile"), done.append)
    qtbot.waitUntil(lambda: bool(done))
    progress = [p for p in shown if p is not None and p.job is not None][-1]
    assert (progress.title, progress.total, progress.what) == ("Exporting the answer", 9, "Long form")
    progress.job.cancel()
    qtbot.waitUntil(lambda: not runner.is_busy)
    trail = []
    runner.ask(lambda project: [entry.kind for entry in project.history.trail(2)], trail.append)
    qtbot.waitUntil(lambda: bool(trail))
    assert said == [] and not list(tmp_path.glob("a.*")) and not any("export" in kind for kind in trail[0])
