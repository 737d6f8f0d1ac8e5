"""A small study that two have coded, and the reader of what they coded differently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.model.asked import Asked
from cohesion_qda.ui.agreement.reader import DisagreementReader
from tests.makers import code, small_study


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Asha and Ben coded the women: they differ in four places, and agree on Food."""
    path = tmp_path / "p.cqda"
    with small_study(path) as made:
        code(made, "Women", "The buses.", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Women", "We share food over the wall 😀", "Food")
        made.use_coder("Ben")
        code(made, "Women", "The buses. Nobody comes down after six.", "Cuts")
        code(made, "Women", "That is exactly it.", "Class")
        code(made, "Women", "We share food over the wall 😀", "Food")
        code(made, "Women", "every Eid.", "Public spaces")
    return path


@pytest.fixture
def reader(qtbot: Any, theme: Any, runner: Any, coded: Path) -> Iterator[Any]:
    """The reader of all that they coded on other words, as Asha opens it."""
    runner.coder = "Asha"
    runner.open(coded)
    made = DisagreementReader(runner)
    qtbot.addWidget(made)
    made.said = []
    made.say.connect(lambda text, can_undo: made.said.append((text, can_undo)))
    runner.changed.connect(made.on_change)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    made.show_asked(Asked("agreement", options={"over": "characters"}))
    yield made
    assert not runner.problems
