"""What is said of proposed themes, in sentences: the same in the window and on the command line."""

from __future__ import annotations

from collections import Counter

from cohesion_qda.base.i18n import _
from cohesion_qda.model.theming import ThemeModel, ThemeSuggestion

STEADY, SHAKY = 0.7, 0.4  # of the adjusted Rand index
IN_ONE = 0.9


def trust(value: float | None) -> str:
    """How far all themes together come back when the talk is drawn again."""
    if value is None:
        return ""
    shown = f"{value:.2f}"
    if value >= STEADY:
        return _("Steady: other looks at the talk find nearly the same themes (stability {value} of 1).").format(
            value=shown
        )
    if value >= SHAKY:
        return _("Fairly steady: other looks at the talk find partly the same themes (stability {value} of 1).").format(
            value=shown
        )
    return _(
        "Not steady: other looks at the talk find other themes (stability {value} of 1). Take them as a way to read, not as a finding."
    ).format(value=shown)


def place(model: ThemeModel, theme: ThemeSuggestion) -> str:
    """That a theme is (nearly) all of one source, where there are several: it may tell of the transcript more than of the study."""
    said = Counter(model.units[n].source for n in theme.units)
    if not said or len({unit.source for unit in model.units}) < 2:
        return ""
    most = said.most_common(1)[0][1]
    if most == len(theme.units):
        return _("All of it was said in one transcript.")
    return _("Nearly all of it was said in one transcript.") if most >= IN_ONE * len(theme.units) else ""
