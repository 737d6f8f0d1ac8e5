"""Which way a code points: said in its dialog, told under the codebook."""

from __future__ import annotations

from cohesion_qda.ui.codebook.dialog import CodeDialog


def test_a_direction_is_chosen_in_the_dialog_and_told_under_the_codebook(person, qtbot) -> None:
    divides = person.chooses("What divides")
    panel = person.panel
    dialog = CodeDialog(panel.model.tree, panel.model.tree[divides], panel)
    qtbot.addWidget(dialog)
    assert [dialog.direction.itemText(n) for n in range(3)] == ["Neither way", "For cohesion", "Against cohesion"]
    dialog.direction.setCurrentIndex(2)
    panel.acts.keep(divides, dialog.values())
    assert person.asks(lambda p: p.codebook.tree()[divides].direction) == "against"
    assert "What is said with it counts as against cohesion." in panel.foot.meaning.text()
    cuts = person.chooses("What divides/Cuts")
    assert "What is said with it counts as against cohesion." in panel.foot.meaning.text(), "as the code above it"
    dialog = CodeDialog(panel.model.tree, panel.model.tree[cuts], panel)
    qtbot.addWidget(dialog)
    assert (
        dialog.direction.currentText() == "Against cohesion, as the code above it" and dialog.values().direction == ""
    )
    person.chooses("What unites")
    assert "counts as" not in panel.foot.meaning.text()
